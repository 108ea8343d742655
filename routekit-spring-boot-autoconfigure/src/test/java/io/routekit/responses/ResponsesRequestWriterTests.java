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

package io.routekit.responses;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
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
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.ReasoningSummary;
import io.routekit.completions.CompletionsProperties.SystemRole;
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
 * Tests for {@link ResponsesRequestWriter}.
 */
class ResponsesRequestWriterTests {

	private static final JsonMapper mapper = new JsonMapper();

	private static final String ISSUER = "responses@openai";

	private static final String REASONING = """
			{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAAA","status":"completed","content":null}""";

	private static final String MESSAGE = """
			{"type":"message","id":"msg_1","status":"completed","role":"assistant","phase":"commentary",\
			"content":[{"type":"output_text","text":"Looking.","annotations":[]}],"new":{ "a":1.50}}""";

	private static final String CALL = """
			{"type":"function_call","id":"fc_1","call_id":"call_1","name":"now","arguments":"{ }","status":"completed",\
			"namespace":"clocks","created_by":"x"}""";

	private final CompletionsProperties properties = new CompletionsProperties();

	private JsonNode body(ChatRequest request) {
		return body(request, false);
	}

	private JsonNode body(ChatRequest request, boolean stream) {
		ResponsesDialect dialect = ResponsesDialect.of(URI.create("https://api.openai.com/v1"), "openai", null,
				this.properties);
		String body = new String(new ResponsesProtocol(dialect).write(request, stream), StandardCharsets.UTF_8);
		assertThat(RequestJudge.judge("/responses", body)).allMatch((complaint) -> complaint.equals("unknown: new"));
		return mapper.readTree(body);
	}

	private JsonNode body(Consumer<ChatOptions.Builder> options, Tool... tools) {
		ChatOptions.Builder builder = ChatOptions.builder().model("gpt-4.1");
		options.accept(builder);
		return body(ChatRequest.builder().messages(Message.user("Hi")).tools(tools).options(builder.build()).build());
	}

	private JsonNode input(Message... messages) {
		return body(ChatRequest.builder()
			.messages(messages)
			.options(ChatOptions.builder().model("gpt-6-sol").build())
			.build()).path("input");
	}

	// The input that follows the user's message, with a result for each call
	private JsonNode replayed(AssistantPart... parts) {
		List<Message> messages = new ArrayList<>(List.of(Message.user("Go"), Message.assistant(parts)));
		AssistantMessage assistant = (AssistantMessage) messages.get(1);
		assistant.toolCalls().forEach((call) -> messages.add(Message.tool(call.id(), "noon")));
		List<JsonNode> items = new ArrayList<>(input(messages.toArray(Message[]::new)).valueStream().toList());
		items.remove(0);
		return mapper.valueToTree(items);
	}

	private static JsonNode json(String text) {
		return mapper.readTree(text.replace('\'', '"'));
	}

	private static ReasoningPart reasoning(String json) {
		return new ReasoningPart("", new ProviderState(ISSUER, json));
	}

	private static TextPart text(String json) {
		return new TextPart("Looking.", new ProviderState(ISSUER, json));
	}

	private static ToolCall call(String json) {
		return ToolCall.of("call_1", "now", "{ }", new ProviderState(ISSUER, json));
	}

	private static final String OUTPUT = "{'type':'function_call_output','call_id':'call_1','output':'noon'}";

	private static final String REPLAYED_REASONING = "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAAA'}";

	private static final String REPLAYED_CALL = "{'type':'function_call','id':'fc_1','call_id':'call_1','name':'now','arguments':'{ }','namespace':'clocks'}";

	private static final String BARE_CALL = "{'type':'function_call','call_id':'call_1','name':'now','arguments':'{ }','namespace':'clocks'}";

	@Test
	void asksForNothingThatNobodySet() {
		assertThat(body((options) -> {
		})).isEqualTo(json("{'model':'gpt-4.1','input':[{'role':'user','content':'Hi'}],'store':false}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "o3", "gpt-5-mini", "gpt-6-sol", "gpt-oss-20b", "grok-4", "ft:gpt-5.4:o::x" })
	void asksModelsThatReasonForTheirReasoning(String model) {
		assertThat(body((options) -> options.model(model)).path("include"))
			.isEqualTo(json("['reasoning.encrypted_content']"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt-4o", "gpt-4.1-mini", "gpt-5-chat-latest", "llama-4", "gpt-35-turbo" })
	void doesNotAskOthersForReasoning(String model) {
		assertThat(body((options) -> options.model(model)).has("include")).isFalse();
	}

	@Test
	void includesWhatTheCallerWants() {
		assertThat(body((options) -> options.model("mine").reasoning(Reasoning.effort("low"))).path("include"))
			.isEqualTo(json("['reasoning.encrypted_content']"));
		assertThat(
				body((options) -> options.model("gpt-6-sol").extra("include", Collections.emptyList())).path("include"))
			.isEqualTo(json("[]"));
	}

	@Test
	void includesNothingWhereAPropertyIsAnEmptyList() {
		assertThat(body((options) -> options.model("gpt-6-sol").extra("include", "")).path("include"))
			.isEqualTo(json("[]"));
	}

	@Test
	void streamsWithoutAskingForUsage() {
		JsonNode body = body(ChatRequest.of("Hi"), true);
		assertThat(body.path("stream").booleanValue()).isTrue();
		assertThat(body.has("stream_options")).isFalse();
	}

	@Test
	void keepsInstructionsAtTheirPlaces() {
		assertThat(input(Message.system("a"), Message.user("b"), Message.system("c"), Message.user("d")))
			.isEqualTo(json("""
					[{'role':'system','content':'a'},{'role':'user','content':'b'},{'role':'system','content':'c'},
					{'role':'user','content':'d'}]"""));
		this.properties.setSystemRole(SystemRole.DEVELOPER);
		assertThat(input(Message.system("a"), Message.user("b")).path(0).path("role").stringValue())
			.isEqualTo("developer");
	}

	@Test
	void hasImagesAndFiles() {
		byte[] data = { 1 };
		assertThat(input(Message.user(new TextPart("See"), ImagePart.ofBytes(data, "image/png"),
				ImagePart.ofUrl("https://example.org/a.png").withDetail("low"),
				FilePart.ofBytes("a.pdf", data, "application/pdf"))))
			.isEqualTo(json("""
					[{'role':'user','content':[{'type':'input_text','text':'See'},
					{'type':'input_image','image_url':'data:image/png;base64,AQ==','detail':'auto'},
					{'type':'input_image','image_url':'https://example.org/a.png','detail':'low'},
					{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,AQ=='}]}]"""));
	}

	@Test
	void hasEachOption() {
		JsonNode body = body((options) -> options.maxTokens(300)
			.temperature(0.2)
			.topP(0.9)
			.reasoning(Reasoning.effort("low"))
			.serviceTier("flex")
			.user("jane")
			.extra("metadata", Map.of("a", "b")));
		assertThat(body.path("max_output_tokens").intValue()).isEqualTo(300);
		assertThat(body.path("temperature").doubleValue()).isEqualTo(0.2);
		assertThat(body.path("top_p").doubleValue()).isEqualTo(0.9);
		assertThat(body.path("reasoning")).isEqualTo(json("{'effort':'low'}"));
		assertThat(body.path("service_tier").stringValue()).isEqualTo("flex");
		assertThat(body.path("user").stringValue()).isEqualTo("jane");
		assertThat(body.path("metadata")).isEqualTo(json("{'a':'b'}"));
		assertThat(body.propertyNames()).doesNotContain("max_tokens", "max_completion_tokens", "tool_choice",
				"parallel_tool_calls", "text");
	}

	@Test
	void asksForASummaryOfTheReasoningIfConfigured() {
		this.properties.setReasoningSummary(ReasoningSummary.DETAILED);
		assertThat(body((options) -> options.reasoning(Reasoning.effort("low"))).path("reasoning"))
			.isEqualTo(json("{'effort':'low','summary':'detailed'}"));
		assertThat(body((options) -> options.model("o3")).path("reasoning")).isEqualTo(json("{'summary':'detailed'}"));
		assertThat(body((options) -> options.model("gpt-4.1")).has("reasoning")).isFalse();
	}

	@Test
	void extraFieldsJoinTheObjectsThatOptionsMake() {
		JsonNode body = body((options) -> options.reasoning(Reasoning.effort("low"))
			.responseFormat(ResponseFormat.jsonSchema("answer", "{'type':'object'}".replace('\'', '"')))
			.extra("text", Map.of("verbosity", "low"))
			.extra("reasoning", Map.of("summary", "auto", "effort", "high"))
			.extra("store", true));
		assertThat(body.path("text")).isEqualTo(json("""
				{'format':{'type':'json_schema','name':'answer','schema':{'type':'object'}},'verbosity':'low'}"""));
		assertThat(body.path("reasoning")).isEqualTo(json("{'effort':'high','summary':'auto'}"));
		assertThat(body.path("store").booleanValue()).isTrue();
	}

	@Test
	void hasFormats() {
		assertThat(body((options) -> options.responseFormat(ResponseFormat.JSON_OBJECT)).path("text"))
			.isEqualTo(json("{'format':{'type':'json_object'}}"));
		assertThat(
				body((options) -> options.responseFormat(new ResponseFormat("a", "{}", true))).at("/text/format/strict")
					.booleanValue())
			.isTrue();
	}

	@Test
	void toolsAreStrictOnlyIfTheCallerSaysSo() {
		JsonNode body = body((options) -> options.toolChoice(ToolChoice.tool("a")).parallelToolCalls(false),
				Tool.of("a", "Does a", "{\"type\":\"object\",\"properties\":{}}"), new Tool("b", null, null, true));
		assertThat(body.path("tools")).isEqualTo(json("""
				[{'type':'function','name':'a','description':'Does a','parameters':{'type':'object','properties':{}},
				'strict':false},{'type':'function','name':'b',
				'parameters':{'type':'object','properties':{},'additionalProperties':false},'strict':true}]"""));
		assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'function','name':'a'}"));
		assertThat(body.path("parallel_tool_calls").booleanValue()).isFalse();
	}

	@Test
	void choiceOfToolsIsOnlySentWithTools() {
		assertThat(
				body((options) -> options.toolChoice(ToolChoice.REQUIRED), Tool.of("a", "A", "{}")).path("tool_choice")
					.stringValue())
			.isEqualTo("required");
		JsonNode without = body((options) -> options.toolChoice(ToolChoice.AUTO).parallelToolCalls(true));
		assertThat(without.has("tool_choice")).isFalse();
		assertThat(without.has("parallel_tool_calls")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			n | 2 | openai.api' to 'chat-completions
			max_tokens | 5 | the option 'maxTokens'
			reasoning_effort | low | the option 'reasoning'
			response_format | x | the option 'responseFormat'
			verbosity | low | {"verbosity": "low"}
			logit_bias | x | no counterpart
			stream | true | call stream() or chat()
			background | true | there would be no answer
			stream_options | x | only be set for a stream
			""")
	void refusesExtraFieldsThatHaveNoPlace(String name, String value, String reason) {
		assertRefused((options) -> options.extra(name, value), "'" + name + "'", reason);
	}

	@Test
	void refusesOptionsWithoutCounterpart() {
		assertRefused((options) -> options.stop("x"), "'stop'", "'chat-completions'");
		assertRefused((options) -> options.seed(1L), "'seed'", "'chat-completions'");
		assertRefused((options) -> options.reasoning(Reasoning.budget(1024)), "budgetTokens", "reasoning.effort");
	}

	private void assertRefused(Consumer<ChatOptions.Builder> options, String... words) {
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> body(options))
			.withMessageContainingAll(words)
			.returns(Kind.INVALID_REQUEST, ModelException::getKind);
	}

	@Test
	void answerFromElsewhereIsTextAndCalls() {
		ProviderState other = new ProviderState("openai", "{\"id\":\"x\"}");
		assertThat(input(Message.user("Go"),
				Message.assistant(new ReasoningPart("Hm", other), new TextPart("I ", other), new TextPart("look"),
						ToolCall.of("a", "one", "", other), ToolCall.of("b", "two", "{\"x\":1}"),
						new OpaquePart(other)),
				Message.tool("b", "2"), Message.tool("a", "1")))
			.isEqualTo(json("""
					[{'role':'user','content':'Go'},{'role':'assistant','content':'I look'},
					{'type':'function_call','call_id':'a','name':'one','arguments':'{}'},
					{'type':'function_call','call_id':'b','name':'two','arguments':'{\\'x\\':1}'},
					{'type':'function_call_output','call_id':'a','output':'1'},
					{'type':'function_call_output','call_id':'b','output':'2'}]"""));
	}

	@Test
	void longIdsAreShortened() {
		String id = "functions.get:0/" + "x".repeat(70);
		JsonNode input = input(Message.user("Go"), Message.assistant(ToolCall.of(id, "a", "")), Message.tool(id, "1"));
		String sent = input.path(1).path("call_id").stringValue();
		assertThat(sent).matches("[a-zA-Z0-9_-]{1,64}");
		assertThat(input.path(2).path("call_id").stringValue()).isEqualTo(sent);
	}

	@Test
	void resultSaysThatTheToolFailedOrWasNotCalled() {
		ToolCall[] calls = { ToolCall.of("a", "x", ""), ToolCall.of("b", "x", ""), ToolCall.of("c", "x", "") };
		JsonNode input = input(Message.user("Go"), Message.assistant(calls), Message.toolError("a", ""),
				Message.toolError("b", "No clock"), Message.user("Well?"));
		assertThat(input.findValuesAsString("output")).containsExactly("The tool failed", "No clock",
				"The tool was not called");
		assertThat(input.path(7)).isEqualTo(json("{'role':'user','content':'Well?'}"));
	}

	@Test
	void resultHasImagesAndFiles() {
		ImagePart image = ImagePart.ofUrl("https://example.org/a.png");
		ToolCall[] calls = { ToolCall.of("a", "x", ""), ToolCall.of("b", "x", "") };
		JsonNode input = input(Message.user("Go"), Message.assistant(calls),
				Message.tool("a", new TextPart("See"), image), new ToolMessage("b", List.of(image), true));
		assertThat(input.path(3).path("output")).isEqualTo(json("""
				[{'type':'input_text','text':'See'},
				{'type':'input_image','image_url':'https://example.org/a.png','detail':'auto'}]"""));
		assertThat(input.path(4).path("output").path(0))
			.isEqualTo(json("{'type':'input_text','text':'The tool failed'}"));
	}

	@Test
	void ownTurnGoesBackAsItCameWithoutWhatOnlyAnswersHave() {
		assertThat(replayed(reasoning(REASONING), text(MESSAGE), call(CALL)))
			.isEqualTo(json("[%s,%s,%s,%s]".formatted(REPLAYED_REASONING, MESSAGE, REPLAYED_CALL, OUTPUT)));
	}

	@Test
	void orderOfTheItemsStays() {
		assertThat(replayed(call(CALL), text(MESSAGE)))
			.isEqualTo(json("[%s,%s,%s]".formatted(REPLAYED_CALL, MESSAGE, OUTPUT)));
	}

	@Test
	void numbersInItemsAreNotReadAnew() {
		AssistantMessage answer = Message.assistant(text(MESSAGE));
		ResponsesDialect dialect = ResponsesDialect.of(URI.create("https://api.openai.com"), "openai", null,
				this.properties);
		byte[] body = new ResponsesProtocol(dialect).write(ChatRequest.of(List.of(Message.user("Hi"), answer)), false);
		assertThat(new String(body, StandardCharsets.UTF_8)).contains("\"new\":{ \"a\":1.50}");
	}

	@Test
	void anotherServerGetsNoStateAndNoId() {
		AssistantPart[] parts = Arrays.stream(new AssistantPart[] { reasoning(REASONING), text(MESSAGE), call(CALL) })
			.toArray(AssistantPart[]::new);
		ResponsesDialect other = ResponsesDialect.of(URI.create("http://localhost:1234/v1"), null, null,
				this.properties);
		String body = new String(new ResponsesProtocol(other).write(
				ChatRequest.of(List.of(Message.user("Hi"), Message.assistant(parts), Message.tool("call_1", "noon"))),
				false), StandardCharsets.UTF_8);
		assertThat(mapper.readTree(body).path("input")).isEqualTo(json("""
				[{'role':'user','content':'Hi'},{'role':'assistant','content':'Looking.'},
				{'type':'function_call','call_id':'call_1','name':'now','arguments':'{ }'},
				{'type':'function_call_output','call_id':'call_1','output':'noon'}]"""));
	}

	@Test
	void reasoningThatIsNotEncryptedTakesTheIdsOfTheTurnAlong() {
		assertThat(replayed(reasoning("{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}"), text(MESSAGE),
				call(CALL)))
			.isEqualTo(json("[{'role':'assistant','phase':'commentary','content':'Looking.'},%s,%s]"
				.formatted(BARE_CALL, OUTPUT)));
	}

	@Test
	void reasoningThatIsToldGoesBackToItsServer() {
		String told = "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"content\":[{\"type\":\"reasoning_text\",\"text\":\"Hm\"}],\"encrypted_content\":null}";
		assertThat(replayed(reasoning(told), text(MESSAGE))).isEqualTo(json("""
				[{'type':'reasoning','id':'rs_1','content':[{'type':'reasoning_text','text':'Hm'}],'summary':[]},%s]"""
			.formatted(MESSAGE)));
	}

	@Test
	void phasesStay() {
		String last = MESSAGE.replace("commentary", "final_answer").replace("msg_1", "msg_2");
		assertThat(replayed(text(MESSAGE), text(last))).isEqualTo(json("[%s,%s]".formatted(MESSAGE, last)));
	}

	@Test
	void cutTurnHasNoReasoningWithoutFollowerAndNoCallWithoutOutput() {
		ToolCall cut = new ToolCall("call_1", "now", "{\"a\":", false, new ProviderState(ISSUER, CALL));
		JsonNode items = replayed(reasoning(REASONING), cut);
		assertThat(items.findValuesAsString("type")).containsExactly("function_call", "function_call_output");
		assertThat(items.path(0).has("id")).isFalse();
		assertThat(replayed(text(MESSAGE), reasoning(REASONING))).isEqualTo(json("[%s]".formatted(MESSAGE)));
		assertThat(replayed(text(MESSAGE), new ReasoningPart("Hm", null))).isEqualTo(json("[%s]".formatted(MESSAGE)));
	}

	@Test
	void itemsThatAreNotKnownGoBackWhereTheyWere() {
		String search = "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"x\"}}";
		OpaquePart opaque = new OpaquePart(new ProviderState(ISSUER, search));
		assertThat(replayed(reasoning(REASONING), opaque, text(MESSAGE)))
			.isEqualTo(json("[%s,%s,%s]".formatted(REPLAYED_REASONING, search, MESSAGE)));
	}

	@Test
	void refusesStateThatIsNoItem() {
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> replayed(text("[]")))
			.returns(Kind.INVALID_REQUEST, ModelException::getKind);
	}

}
