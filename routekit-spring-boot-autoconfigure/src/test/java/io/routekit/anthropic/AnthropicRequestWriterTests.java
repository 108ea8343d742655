/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.routekit.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.Reasoning;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.ToolMessage;
import io.routekit.http.RequestJudge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnthropicRequestWriter}.
 */
class AnthropicRequestWriterTests {

	private static final JsonMapper mapper = new JsonMapper();

	private static final Tool WEATHER = Tool.of("get_weather", "Tells the weather",
			"{\"type\":\"object\",\"properties\":{\"city\":{\"$ref\":\"#/$defs/c\"}},\"$defs\":{\"c\":{\"type\":\"string\"}}}");

	private static final ToolCall CALL = ToolCall.of("toolu_1", "get_weather", "{\"city\":\"Oslo\"}");

	private static final ReasoningPart SIGNED = new ReasoningPart("Hm",
			OwnState.ANTHROPIC.state("{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"Eq+/B==\"}"));

	@Test
	void onlyWhatIsSetIsSent() {
		assertThat(body(ChatRequest.of("Hi"))).isEqualTo(
				json("""
						{"model":"m","max_tokens":4096,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}"""));
	}

	@Test
	void streamIsAskedForOnlyWhenStreaming() {
		assertThat(body(ChatRequest.of("Hi"), true).path("stream").booleanValue()).isTrue();
		assertThat(body(ChatRequest.of("Hi"), false).has("stream")).isFalse();
	}

	@Test
	void optionsAreSentByTheirNamesInTheApi() {
		JsonNode body = body((options) -> options.temperature(0.5)
			.topP(0.9)
			.maxTokens(100)
			.stop("END")
			.serviceTier("standard_only")
			.user("u1"));
		assertThat(body.path("temperature").doubleValue()).isEqualTo(0.5);
		assertThat(body.path("top_p").doubleValue()).isEqualTo(0.9);
		assertThat(body.path("max_tokens").intValue()).isEqualTo(100);
		assertThat(body.path("stop_sequences")).isEqualTo(json("[\"END\"]"));
		assertThat(body.path("service_tier").stringValue()).isEqualTo("standard_only");
		assertThat(body.path("metadata")).isEqualTo(json("{\"user_id\":\"u1\"}"));
	}

	@Test
	void emptyListOfStopsIsNotSent() {
		assertThat(body((options) -> options.stop(Collections.emptyList())).has("stop_sequences")).isFalse();
	}

	@Test
	void extraFieldsAreSentAtTopLevelAndWin() {
		JsonNode body = body((options) -> options.maxTokens(5)
			.extra("max_tokens", 7)
			.extra("top_k", 3)
			.extra("cache_control", Map.of("type", "ephemeral")));
		assertThat(body.path("max_tokens").intValue()).isEqualTo(7);
		assertThat(body.path("top_k").intValue()).isEqualTo(3);
		assertThat(body.path("cache_control")).isEqualTo(json("{\"type\":\"ephemeral\"}"));
	}

	@Test
	void betaFeaturesAreNoFieldOfTheBody() {
		assertThat(body((options) -> options.extra("anthropic_beta", List.of("a"))).has("anthropic_beta")).isFalse();
	}

	@Test
	void extraFieldStreamIsRefused() {
		assertRefused((options) -> options.extra("stream", true), "stream");
	}

	@Test
	void optionsThatTheApiDoesNotKnowAreRefused() {
		assertRefused((options) -> options.seed(1L), "seed");
		assertRefused((options) -> options.responseFormat(ResponseFormat.JSON_OBJECT), "JSON Schema");
		assertRefused((options) -> options.stop("\n"), "stop");
	}

	@Test
	void systemMessagesAreBlocksInOrder() {
		JsonNode body = body(Message.system("One"), Message.system("Two"), Message.user("Hi"));
		assertThat(body.path("system")).isEqualTo(json("""
				[{"type":"text","text":"One"},{"type":"text","text":"Two"}]"""));
		assertThat(roles(body)).containsExactly("user");
	}

	@Test
	void systemMessageBetweenTurnsIsNotLost() {
		JsonNode body = body(Message.system("One"), Message.user("Hi"), Message.assistant("Hello"),
				Message.system("Later"), Message.user("Bye"));
		assertThat(body.path("system")).isEqualTo(json("""
				[{"type":"text","text":"One"},{"type":"text","text":"Later"}]"""));
		assertThat(roles(body)).containsExactly("user", "assistant", "user");
	}

	@Test
	void systemMessageStaysWhereTheModelTakesIt() {
		JsonNode body = body("claude-sonnet-5-5", Message.system("One"), Message.system("Two"), Message.user("Hi"),
				Message.system("Now"), Message.user("there"), Message.assistant("Hello"), Message.system("Later"),
				Message.user("Bye"));
		assertThat(body.path("system")).isEqualTo(json("""
				[{"type":"text","text":"One"},{"type":"text","text":"Two"}]"""));
		assertThat(roles(body)).containsExactly("user", "system", "assistant", "user", "system");
		assertThat(body.at("/messages/1/content")).isEqualTo(json("[{\"type\":\"text\",\"text\":\"Now\"}]"));
		assertThat(body.at("/messages/4/content")).isEqualTo(json("[{\"type\":\"text\",\"text\":\"Later\"}]"));
	}

	@Test
	void systemMessageAmongResultsFollowsAllOfThem() {
		JsonNode body = body("claude-sonnet-5-5", Message.user("Go"), Message.assistant(SIGNED, CALL),
				Message.system("Later"), Message.tool("toolu_1", "x"));
		assertThat(roles(body)).containsExactly("user", "assistant", "user", "system");
		assertThat(types(body, 2)).containsExactly("tool_result");
	}

	@Test
	void laterMessagesLeaveThePrefixOfThinkingAsItWas() {
		List<Message> first = List.of(Message.system("One"), Message.user("Hi"), Message.system("Later"));
		List<Message> second = new ArrayList<>(first);
		second.addAll(List.of(Message.assistant(SIGNED), Message.system("Last"), Message.user("Bye")));
		JsonNode before = body("claude-sonnet-5-5", first.toArray(Message[]::new));
		JsonNode after = body("claude-sonnet-5-5", second.toArray(Message[]::new));
		assertThat(after.path("system")).isEqualTo(before.path("system"));
		assertThat(after.path("messages").valueStream().limit(2)).containsExactlyElementsOf(before.path("messages"));
	}

	@Test
	void systemMessageAfterTheLastAnswerIsRefusedWhereTheModelTakesItInPlace() {
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> body("claude-sonnet-5-5", Message.user("Hi"), Message.assistant("Hello"),
					Message.system("Later")))
			.withMessageContaining("needs a message of the user");
	}

	@Test
	void conversationWithoutContentIsRefused() {
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> body(Message.system("Be brief"), Message.user(" ")))
			.satisfies((ex) -> assertThat(ex.getKind()).isEqualTo(Kind.INVALID_REQUEST));
	}

	@Test
	void sameRoleTurnsAreMerged() {
		assertThat(body(Message.user("a"), Message.user(" b "), Message.assistant("c"), Message.assistant("d"))
			.path("messages")).isEqualTo(json("""
					[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":" b "}]},
					{"role":"assistant","content":[{"type":"text","text":"c"},{"type":"text","text":"d"}]}]"""));
	}

	@Test
	void emptyTextIsLeftOutWithoutBreakingTheOrderOfRoles() {
		assertThat(body(Message.user("a"), Message.assistant(""), Message.user(new TextPart(""), new TextPart("b")))
			.path("messages")).isEqualTo(json("""
					[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]"""));
	}

	@Test
	void resultsOfOneTurnGoInOneUserMessageBeforeItsText() {
		JsonNode body = body(Message.user("Go"),
				Message.assistant(ToolCall.of("1", "a", ""), ToolCall.of("2", "b", ""), ToolCall.of("3", "c", "")),
				Message.tool("2", "two"), Message.tool("1", "one"), Message.toolError("3", "broken"),
				Message.user("And?"));
		assertThat(roles(body)).containsExactly("user", "assistant", "user");
		assertThat(body.path("messages").path(2).path("content")).isEqualTo(json("""
				[{"type":"tool_result","tool_use_id":"1","content":"one"},
				{"type":"tool_result","tool_use_id":"2","content":"two"},
				{"type":"tool_result","tool_use_id":"3","content":"broken","is_error":true},
				{"type":"text","text":"And?"}]"""));
	}

	@Test
	void userTextBeforeAResultStillFollowsTheResult() {
		JsonNode body = body(Message.user("Go"), Message.assistant(CALL), Message.user("Wait"),
				Message.tool("toolu_1", "4 °C"));
		assertThat(types(body, 2)).containsExactly("tool_result", "text");
	}

	@Test
	void emptyResultHasNoContentUnlessTheToolFailed() {
		JsonNode body = body(Message.user("Go"),
				Message.assistant(ToolCall.of("1", "a", ""), ToolCall.of("2", "b", "")), Message.tool("1", ""),
				Message.toolError("2", ""));
		assertThat(body.path("messages").path(2).path("content")).isEqualTo(json("""
				[{"type":"tool_result","tool_use_id":"1"},
				{"type":"tool_result","tool_use_id":"2","content":"The tool failed","is_error":true}]"""));
	}

	@Test
	void resultHasImagesAndDocuments() {
		byte[] data = { 1 };
		JsonNode body = body(Message.user("Go"), Message.assistant(CALL),
				Message.tool("toolu_1", new TextPart("See"), new TextPart(" "), ImagePart.ofBytes(data, "image/png"),
						FilePart.ofBytes("a.pdf", data, "application/pdf")));
		assertThat(body.path("messages").path(2).path("content").path(0).path("content")).isEqualTo(json("""
				[{"type":"text","text":"See"},
				{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQ=="}},
				{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AQ=="},
				"title":"a.pdf"}]"""));
	}

	@Test
	void refusesAnImageOfAToolThatFailed() {
		ToolMessage result = new ToolMessage("toolu_1", List.of(ImagePart.ofUrl("https://example.org/a.png")), true);
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> body(Message.user("Go"), Message.assistant(CALL), result))
			.withMessageContaining("only text as the result of a tool that failed")
			.returns(Kind.INVALID_REQUEST, ModelException::getKind);
	}

	@Test
	void callWithoutResultGetsOne() {
		JsonNode body = body(Message.user("Go"), Message.assistant(CALL), Message.user("Never mind"));
		assertThat(body.path("messages").path(2).path("content")).isEqualTo(json("""
				[{"type":"tool_result","tool_use_id":"toolu_1","content":"The tool was not called","is_error":true},
				{"type":"text","text":"Never mind"}]"""));
	}

	@Test
	void callAtTheEndGetsAResult() {
		assertThat(roles(body(Message.user("Go"), Message.assistant(CALL)))).containsExactly("user", "assistant",
				"user");
	}

	@Test
	void blankArgumentsAreAnEmptyObject() {
		assertThat(input(new ToolCall("1", "now", "", true, null))).isEqualTo(json("{}"));
	}

	@Test
	void cutArgumentsAreAnObjectAllTheSame() {
		assertThat(input(ToolCall.of("1", "now", "{\"a\":"))).isEqualTo(json("{\"INVALID_JSON\":\"{\\\"a\\\":\"}"));
	}

	@Test
	void numbersInArgumentsStayAsTheyAre() {
		String arguments = "{\"n\": 9007199254740993, \"d\": 1.50, \"e\": 1E400}";
		String body = text(request(Message.user("Go"), Message.assistant(ToolCall.of("1", "now", arguments))));
		assertThat(body).contains(arguments);
	}

	private JsonNode input(ToolCall call) {
		JsonNode body = body(Message.user("Go"), Message.assistant(call), Message.tool(call.id(), "x"));
		assertThat(types(body, 2)).containsExactly("tool_result");
		return body.path("messages").path(1).path("content").path(0).path("input");
	}

	@Test
	void idsOfOtherProvidersBecomeValidAndUnique() {
		JsonNode body = body(Message.user("Go"),
				Message.assistant(ToolCall.of("call:1", "a", ""), ToolCall.of("call.1", "a", "")),
				Message.tool("call.1", "dot"), Message.tool("call:1", "colon"),
				Message.assistant(ToolCall.of("call:1", "a", "")), Message.tool("call:1", "again"));
		assertThat(body.path("messages").findValuesAsString("id")).containsExactly("call_1", "call_1_2", "call_1_3");
		assertThat(body.path("messages").findValuesAsString("tool_use_id")).containsExactly("call_1", "call_1_2",
				"call_1_3");
		assertThat(body.path("messages").path(2).path("content").findValuesAsString("content")).containsExactly("colon",
				"dot");
	}

	@Test
	void stateOfAnthropicGoesBackByteForByteInItsPlace() {
		String redacted = "{\"type\": \"redacted_thinking\", \"data\":\"Em\\/w==\"}";
		ToolCall call = ToolCall.of("toolu_1", "now", "",
				OwnState.ANTHROPIC.state("{\"caller\":{\"type\":\"direct\"}}"));
		String body = text(request(Message.user("Go"), Message.assistant(SIGNED,
				new OpaquePart(OwnState.ANTHROPIC.state(redacted)), new TextPart("Let me see"), call),
				Message.tool("toolu_1", "noon")));
		assertThat(body).contains("{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"Eq+/B==\"}," + redacted
				+ ",{\"type\":\"text\",\"text\":\"Let me see\"},{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"now\","
				+ "\"input\":{},\"caller\":{\"type\":\"direct\"}}");
	}

	@Test
	void foreignStateAndUnsignedThinkingAreNotSent() {
		ProviderState foreign = new ProviderState("openai", "{\"reasoning_content\":\"x\"}");
		JsonNode body = body(Message.user("Go"),
				Message.assistant(new ReasoningPart("Secret", foreign), new ReasoningPart("Cut", null),
						new OpaquePart(foreign), new TextPart("Done"), ToolCall.of("1", "now", "", foreign)));
		assertThat(body.path("messages").path(1).path("content")).isEqualTo(json("""
				[{"type":"text","text":"Done"},{"type":"tool_use","id":"1","name":"now","input":{}}]"""));
	}

	@Test
	void stateThatIsNoJsonIsRefused() {
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> body(Message.user("Go"),
					Message.assistant(new OpaquePart(OwnState.ANTHROPIC.state("{\"type\":")))))
			.satisfies((ex) -> assertThat(ex.getKind()).isEqualTo(Kind.INVALID_REQUEST));
	}

	@Test
	void imageBytesAreBase64WithoutPrefix() {
		assertThat(content(ImagePart.ofBytes(new byte[] { 1, 2, 3 }, "image/png"))).isEqualTo(json("""
				{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}}"""));
	}

	@Test
	void imageAddressIsPassedOn() {
		assertThat(content(ImagePart.ofUrl("https://example.com/a.png"))).isEqualTo(json("""
				{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}"""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data:image/jpg;base64,AQID", "DATA:image/jpeg;charset=utf-8;base64,AQID",
			"data:image/jpeg,%01%02%03" })
	void dataUrlIsSplit(String url) {
		assertThat(content(ImagePart.ofUrl(url))).isEqualTo(json("""
				{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"AQID"}}"""));
	}

	@Test
	void filesAreDocumentsOrImages() {
		assertThat(content(FilePart.ofBytes("a.pdf", new byte[] { 1, 2, 3 }, "application/pdf"))).isEqualTo(
				json("""
						{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AQID"},"title":"a.pdf"}"""));
		assertThat(content(FilePart.ofBytes("a.txt", "é".getBytes(StandardCharsets.UTF_8), "text/plain"))).isEqualTo(
				json("""
						{"type":"document","source":{"type":"text","media_type":"text/plain","data":"é"},"title":"a.txt"}"""));
		assertThat(content(FilePart.ofBytes("a.gif", new byte[] { 1, 2, 3 }, "image/gif"))).isEqualTo(json("""
				{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"AQID"}}"""));
	}

	@Test
	void mediaThatTheApiDoesNotReadIsRefused() {
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> content(ImagePart.ofBytes(new byte[] { 1 }, "image/tiff")))
			.withMessageContaining("image/tiff");
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> content(FilePart.ofBytes("a.zip", new byte[] { 1 }, "application/zip")))
			.withMessageContaining("application/zip");
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> content(ImagePart.ofUrl("data:nothing")));
	}

	private JsonNode content(ContentPart part) {
		return body(Message.user(part)).path("messages").path(0).path("content").path(0);
	}

	@Test
	void toolKeepsItsSchemaAndStrictStandsBesideIt() {
		JsonNode tool = toolsBody((options) -> {
		}, new Tool(WEATHER.name(), WEATHER.description(), WEATHER.parameters(), true)).path("tools").path(0);
		assertThat(tool).isEqualTo(json("""
				{"name":"get_weather","description":"Tells the weather","input_schema":{"type":"object",
				"properties":{"city":{"$ref":"#/$defs/c"}},"$defs":{"c":{"type":"string"}}},"strict":true}"""));
	}

	@Test
	void toolWithoutParametersHasASchema() {
		JsonNode tools = toolsBody((options) -> {
		}, new Tool("now", null, null, null), new Tool("any", null, "{\"additionalProperties\":true}", null))
			.path("tools");
		assertThat(tools).isEqualTo(json("""
				[{"name":"now","input_schema":{"type":"object","properties":{}}},
				{"name":"any","input_schema":{"type":"object","additionalProperties":true,"properties":{}}}]"""));
	}

	@Test
	void toolChoicesHaveTheNamesOfTheApi() {
		assertThat(toolChoice((options) -> options.toolChoice(ToolChoice.AUTO))).isEqualTo(json("{\"type\":\"auto\"}"));
		assertThat(toolChoice((options) -> options.toolChoice(ToolChoice.REQUIRED)))
			.isEqualTo(json("{\"type\":\"any\"}"));
		assertThat(toolChoice((options) -> options.toolChoice(ToolChoice.tool("get_weather"))))
			.isEqualTo(json("{\"type\":\"tool\",\"name\":\"get_weather\"}"));
		assertThat(toolChoice((options) -> options.toolChoice(ToolChoice.NONE).parallelToolCalls(false)))
			.isEqualTo(json("{\"type\":\"none\"}"));
	}

	@Test
	void parallelCallsAreTurnedOffInTheToolChoice() {
		assertThat(toolChoice((options) -> options.parallelToolCalls(false)))
			.isEqualTo(json("{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"));
		assertThat(toolChoice((options) -> options.toolChoice(ToolChoice.REQUIRED).parallelToolCalls(false)))
			.isEqualTo(json("{\"type\":\"any\",\"disable_parallel_tool_use\":true}"));
		assertThat(toolChoice((options) -> options.parallelToolCalls(true)).isMissingNode()).isTrue();
	}

	@Test
	void toolChoiceIsNotSentWithoutTools() {
		JsonNode body = body((options) -> options.toolChoice(ToolChoice.AUTO).parallelToolCalls(false));
		assertThat(body.has("tools")).isFalse();
		assertThat(body.has("tool_choice")).isFalse();
	}

	private JsonNode toolChoice(Consumer<ChatOptions.Builder> options) {
		return toolsBody(options, WEATHER).path("tool_choice");
	}

	@Test
	void schemaAndEffortShareTheOutputConfiguration() {
		JsonNode body = body(
				(options) -> options.responseFormat(ResponseFormat.jsonSchema("city", "{\"type\":\"object\"}"))
					.reasoning(Reasoning.effort("high")));
		assertThat(body.path("output_config")).isEqualTo(json("""
				{"effort":"high","format":{"type":"json_schema","schema":{"type":"object"}}}"""));
		assertThat(body.path("thinking")).isEqualTo(json("{\"type\":\"adaptive\"}"));
		assertThat(body.path("max_tokens").intValue()).isEqualTo(20_480);
	}

	@Test
	void reasoningBudgetRaisesTheDefaultLimit() {
		JsonNode body = body((options) -> options.reasoning(Reasoning.budget(8000)));
		assertThat(body.path("thinking")).isEqualTo(json("{\"type\":\"enabled\",\"budget_tokens\":8000}"));
		assertThat(body.path("max_tokens").intValue()).isEqualTo(12096);
		assertThat(body.has("output_config")).isFalse();
	}

	@Test
	void reasoningBudgetOutOfRangeIsRefused() {
		assertRefused((options) -> options.reasoning(Reasoning.budget(8000)).maxTokens(8000), "maxTokens");
		assertRefused((options) -> options.reasoning(Reasoning.budget(1000)), "1024");
	}

	@Test
	void reasoningIsRefusedWhereTheApiForbidsIt() {
		assertRefused((options) -> options.reasoning(Reasoning.budget(2000)).temperature(0.5), "temperature");
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> toolChoice(
					(options) -> options.reasoning(Reasoning.effort("low")).toolChoice(ToolChoice.REQUIRED)))
			.withMessageContaining("tool");
	}

	@Test
	void reasoningIsLeftOffInAToolLoopThatBeganWithout() {
		Message[] loop = { Message.user("Go"), Message.assistant(CALL), Message.tool("toolu_1", "x") };
		JsonNode body = body(options(Reasoning.budget(2000)), loop);
		assertThat(body.has("thinking")).isFalse();
		assertThat(body.path("max_tokens").intValue()).isEqualTo(4096);
	}

	@Test
	void reasoningGoesOnInAToolLoopThatBeganWithIt() {
		JsonNode body = body(options(Reasoning.budget(2000)), Message.user("Go"), Message.assistant(SIGNED, CALL),
				Message.tool("toolu_1", "x"), Message.assistant(ToolCall.of("toolu_2", "now", "")),
				Message.tool("toolu_2", "y"));
		assertThat(body.has("thinking")).isTrue();
	}

	@Test
	void reasoningIsPossibleAfterAToolLoopHasEnded() {
		JsonNode body = body(options(Reasoning.budget(2000)), Message.user("Go"), Message.assistant(CALL),
				Message.tool("toolu_1", "x"), Message.assistant("Done"), Message.user("Thanks"));
		assertThat(body.has("thinking")).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			true  | false | false |    | system/1
			false | true  | false | 5m | tools/1
			false | false | true  | 1h | messages/2/content/0
			true  | true  | true  | 1h | system/1,tools/1,messages/2/content/0
			false | false | false | 1h |
			""")
	void partsOfThePromptAreCachedIfAskedFor(boolean system, boolean tools, boolean messages, String ttl,
			String marked) {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.system("One"), Message.system("Two"), Message.user("Go"), Message.assistant(CALL),
					Message.tool("toolu_1", "x"))
			.tools(WEATHER, new Tool("now", null, null, null))
			.options((options) -> options.model("m"))
			.build();
		String body = new String(
				new AnthropicProtocol(OwnState.ANTHROPIC, Generations.NAMED, null,
						new PromptCaching(system, tools, messages, ttl), new Betas())
					.write(request, false),
				StandardCharsets.UTF_8);
		assertThat(RequestJudge.judge("/v1/messages", body)).isEmpty();
		JsonNode control = json(
				(ttl != null) ? "{\"type\":\"ephemeral\",\"ttl\":\"" + ttl + "\"}" : "{\"type\":\"ephemeral\"}");
		String[] places = (marked != null) ? marked.split(",") : new String[0];
		assertThat(json(body).findValues("cache_control")).hasSize(places.length);
		for (String place : places) {
			assertThat(json(body).at("/" + place + "/cache_control")).isEqualTo(control);
		}
	}

	@Test
	void effortOfNoneTurnsThinkingOff() {
		JsonNode body = body(options(Reasoning.effort("none")));
		assertThat(body.path("thinking")).isEqualTo(json("{\"type\":\"disabled\"}"));
		assertThat(body.has("output_config")).isFalse();
	}

	@Test
	void whatAnthropicDoesNotKnowIsRefused() {
		assertRefused(options(Reasoning.effort("minimal")), "'minimal'");
		assertRefused((options) -> options.temperature(1.5), "but is 1.5");
		assertRefused((options) -> options.responseFormat(ResponseFormat.jsonSchema("a", "{\"type\":\"object\"}"))
			.extra("output_config", Map.of("effort", "low")), "'output_config'");
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> body(Message.user(ImagePart.ofUrl("data:image/png,%zz"))))
			.withMessageContaining("'data:' URL");
	}

	@Test
	void budgetAmongTheExtraFieldsRaisesTheLimitOfTokens() {
		JsonNode body = body((options) -> options.extra("thinking", Map.of("type", "enabled", "budget_tokens", 8000)));
		assertThat(body.path("max_tokens").intValue()).isEqualTo(12096);
	}

	@Test
	void schemaWhoseTypeIsNullIsOneOfAnObject() {
		JsonNode tools = toolsBody((options) -> {
		}, new Tool("now", null, "{\"type\":null}", null)).path("tools");
		assertThat(tools.at("/0/input_schema")).isEqualTo(json("{\"type\":\"object\",\"properties\":{}}"));
	}

	@Test
	void eachCallGetsItsOwnResultAlthoughTheirIdsAreTheSame() {
		JsonNode body = body(Message.user("Hi"),
				Message.assistant(ToolCall.of("c", "now", "{\"n\":1}"), ToolCall.of("c", "now", "{\"n\":2}")),
				Message.tool("c", "one"), Message.tool("c", "two"));
		assertThat(body.at("/messages/2/content")).isEqualTo(json("""
				[{"type":"tool_result","tool_use_id":"c","content":"one"},
				{"type":"tool_result","tool_use_id":"c_2","content":"two"}]"""));
	}

	private static Consumer<ChatOptions.Builder> options(Reasoning reasoning) {
		return (options) -> options.reasoning(reasoning);
	}

	private static void assertRefused(Consumer<ChatOptions.Builder> options, String message) {
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> body(options))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getKind()).isEqualTo(Kind.INVALID_REQUEST));
	}

	private static JsonNode body(Message... messages) {
		return body(request(messages));
	}

	private static JsonNode body(Consumer<ChatOptions.Builder> customizer) {
		return body(customizer, Message.user("Hi"));
	}

	private static JsonNode body(Consumer<ChatOptions.Builder> customizer, Message... messages) {
		ChatOptions.Builder options = ChatOptions.builder();
		customizer.accept(options);
		return body(request(messages).withOptions(options.build()));
	}

	private static JsonNode toolsBody(Consumer<ChatOptions.Builder> customizer, Tool... tools) {
		ChatOptions.Builder options = ChatOptions.builder();
		customizer.accept(options);
		return body(ChatRequest.builder().messages(Message.user("Hi")).tools(tools).options(options.build()).build());
	}

	private static ChatRequest request(Message... messages) {
		return ChatRequest.of(List.of(messages));
	}

	private static JsonNode body(String model, Message... messages) {
		String body = new String(
				new AnthropicProtocol(OwnState.ANTHROPIC, Generations.NAMED, null, PromptCaching.NONE, new Betas())
					.write(request(messages).withOptions(ChatOptions.builder().model(model).build()), false),
				StandardCharsets.UTF_8);
		assertThat(RequestJudge.judge("/v1/messages", body)).isEmpty();
		return json(body);
	}

	private static JsonNode body(ChatRequest request) {
		return body(request, false);
	}

	private static JsonNode body(ChatRequest request, boolean stream) {
		return json(text(request, stream));
	}

	private static String text(ChatRequest request) {
		return text(request, false);
	}

	private static String text(ChatRequest request, boolean stream) {
		ChatRequest withModel = request.withOptions(request.options().mutate().model("m").build());
		String body = new String(
				new AnthropicProtocol(OwnState.ANTHROPIC, Generations.NAMED, null, PromptCaching.NONE, new Betas())
					.write(withModel, stream),
				StandardCharsets.UTF_8);
		assertThat(RequestJudge.judge("/v1/messages", body)).isEmpty();
		return body;
	}

	private static JsonNode json(String text) {
		return mapper.readTree(text);
	}

	private static List<String> roles(JsonNode body) {
		List<String> roles = new ArrayList<>();
		body.path("messages").forEach((message) -> roles.add(message.path("role").stringValue()));
		return roles;
	}

	private static List<String> types(JsonNode body, int message) {
		List<String> types = new ArrayList<>();
		body.path("messages")
			.path(message)
			.path("content")
			.forEach((block) -> types.add(block.path("type").stringValue()));
		return types;
	}

}
