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

package io.routekit.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.http.RawServer.Request;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the requests of all providers have in common.
 */
@ParameterizedClass
@EnumSource
class RequestContractTests {

	private static final ToolCall CALL = ToolCall.of("call_1", "get_weather", "{\"city\":\"Köln\"}");

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	RequestContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(this.server);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Request chat(ChatRequest request) {
		this.server.reply(Script.json(200, this.provider.answer("Hello")));
		this.model.chat(request).block(LIMIT);
		return this.server.request();
	}

	private Request chat(Message... messages) {
		return chat(ChatRequest.of(List.of(messages)));
	}

	@Test
	void hasTheHeadersOfJson() {
		Request request = chat(ChatRequest.of("Größe 世"));
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.headers()).containsEntry("Content-Type", "application/json")
			.containsEntry("Accept", "application/json");
		assertThat(request.header(this.provider.keyHeader())).endsWith(WireProvider.KEY);
		assertThat(request.body()).contains("Größe 世");
		this.model.stream("Hi").blockLast(LIMIT);
		assertThat(this.server.request().header("Accept")).isEqualTo("text/event-stream");
		JsonNode body = this.server.request().json();
		assertThat(body.path("stream").booleanValue()).isTrue();
		assertThat(body.at("/stream_options/include_usage").asBoolean(false)).isEqualTo(isCompletions());
	}

	private boolean isCompletions() {
		return this.provider != WireProvider.ANTHROPIC && this.provider != WireProvider.RESPONSES;
	}

	@Test
	void hasNothingThatNobodySet() {
		JsonNode body = chat(ChatRequest.of("Hi")).json();
		// One server must be told to keep nothing
		assertThat(body.propertyNames()).isSubsetOf("model", "messages", "max_tokens", "input",
				(this.provider == WireProvider.RESPONSES) ? "store" : "model");
		assertThat(this.provider.messages(body)).hasSize(1);
		assertThat(body.findValues("content")).isNotEmpty();
		assertThat(body.toString()).doesNotContain("null", "[]", "{}");
	}

	@Test
	void tagsAreNotSent() {
		ChatRequest request = ChatRequest.builder().messages(Message.user("Hi")).tag("feature", "search-7").build();

		assertThat(chat(request).toString()).contains("Hi").doesNotContain("search-7");
	}

	@Test
	void modelOfTheRequestIsAskedFor() {
		String path = chat(ChatRequest.of("Hi")).target();
		assertThat(path + this.server.request().body()).containsAnyOf("\"model\":\"m\"", "/deployments/m/");
	}

	@Test
	void extraFieldsKeepTheirTypes() {
		this.server.expectUnknown("x_number", "x_flag", "x_object");
		JsonNode body = chat(ChatRequest.of("Hi")
			.withOptions(ChatOptions.builder()
				.extra("x_number", 1.5)
				.extra("x_flag", true)
				.extra("x_object", Map.of("a", List.of(1, "b")))
				.build()))
			.json();
		assertThat(body.path("x_number").decimalValue()).isEqualTo("1.5");
		assertThat(body.path("x_flag").booleanValue()).isTrue();
		assertThat(body.path("x_object").toString()).isEqualTo("{\"a\":[1,\"b\"]}");
		assertThat(body.has("extra_body")).isFalse();
	}

	@Test
	void toolWithoutParametersIsOne() {
		JsonNode tools = chat(
				ChatRequest.builder().messages(Message.user("Hi")).tools(new Tool("now", null, null, null)).build())
			.json()
			.path("tools");
		assertThat(tools).hasSize(1);
		assertThat(tools.findValuesAsString("name")).containsExactly("now");
		assertThat(tools.toString()).doesNotContain("null");
		assertThat(schemaOf(tools)).isEqualTo(json("{\"type\":\"object\",\"properties\":{}}"));
	}

	private JsonNode schemaOf(JsonNode tools) {
		return tools.findValue((this.provider == WireProvider.ANTHROPIC) ? "input_schema" : "parameters");
	}

	private static JsonNode json(String json) {
		return new JsonMapper().readTree(json);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                                     | {"type":"object","properties":{}}
					{"type":"object"}                                      | {"type":"object","properties":{}}
					{"type":"object" , "properties":{"a":{}}}              | {"type":"object","properties":{"a":{}}}
					{"properties":{"a":{}}}                                | {"properties":{"a":{}},"type":"object"}
					{"description":"\\"type\\"","additionalProperties":false} | {"description":"\\"type\\"","additionalProperties":false,"type":"object","properties":{}}
					{"type":"object","anyOf":[{"properties":{}}]}          | {"type":"object","anyOf":[{"properties":{}}]}
					""")
	void schemaOfAToolSaysThatItIsAnObject(String parameters, String expected) {
		JsonNode tools = chat(
				ChatRequest.builder().messages(Message.user("Hi")).tools(Tool.of("now", null, parameters)).build())
			.json()
			.path("tools");
		assertThat(schemaOf(tools)).isEqualTo(json(expected));
	}

	@Test
	void strictToolWithoutParametersTakesNoOthers() {
		JsonNode tools = chat(
				ChatRequest.builder().messages(Message.user("Hi")).tools(new Tool("now", null, null, true)).build())
			.json()
			.path("tools");
		assertThat(schemaOf(tools).path("additionalProperties")).isEqualTo(json("false"));
	}

	@Test
	void messageThatOnlyCallsToolsHasAContent() {
		JsonNode body = chat(Message.user("Hi"), Message.assistant(CALL), Message.tool("call_1", "4 °C")).json();
		if (this.provider == WireProvider.RESPONSES) {
			assertThat(body.at("/input/1/type").asString()).as("whose calls are no messages")
				.isEqualTo("function_call");
			return;
		}
		JsonNode answer = body.at("/messages/1");
		assertThat(answer.has("content")).isTrue();
		assertThat(answer.path("content").isNull()).isEqualTo(isCompletions());
	}

	@Test
	void nothingIsSaidAboutToolsWhenThereAreNone() {
		JsonNode body = chat(ChatRequest.of("Hi")
			.withOptions(ChatOptions.builder().toolChoice(ToolChoice.AUTO).parallelToolCalls(false).build())).json();
		assertThat(body.propertyNames()).doesNotContain("tools", "tool_choice", "parallel_tool_calls");
	}

	@Test
	void conversationGoesOnWithTheCallsOfAStream() {
		this.server.reply(Script.events(this.provider.stream()
			.text("See")
			.call("call_1", "get_weather")
			.arguments(0, "{\"city\":\"K\\u00")
			.arguments(0, "f6ln\"}")
			.call("call_2", "now")
			.finish(FinishReason.TOOL_CALLS)
			.end()
			.take()));
		ModelResponse response = TestCalls.responseOf(TestCalls.eventsOf(this.model.stream("Weather?")));
		assertFollowUp(response.toMessage());
	}

	@Test
	void conversationGoesOnWithTheCallsOfAnAnswer() {
		this.server.reply(Script.json(200,
				this.provider.answer("See", ToolCall.of("call_1", "get_weather", "{\"city\":\"K\\u00f6ln\"}"),
						ToolCall.of("call_2", "now", "{}"))));
		assertFollowUp(this.model.chat("Weather?").block(LIMIT).toMessage());
	}

	private void assertFollowUp(AssistantMessage answer) {
		JsonNode messages = this.provider.messages(chat(Message.user("Weather?"), answer,
				Message.toolError("call_2", "No clock"), Message.tool("call_1", "4 °C"), Message.user("And?"))
			.json());
		assertThat(this.provider.callIds(messages)).containsExactly("call_1", "call_2");
		assertThat(messages.findValuesAsString("name")).containsExactly("get_weather", "now");
		assertThat(this.provider.resultIds(messages)).containsExactly("call_1", "call_2");
		String text = messages.toString();
		assertThat(text).containsSubsequence("Weather?", "See", "get_weather", "4 °C", "No clock", "And?");
		assertThat(argumentsOf(messages, 0).path("city").stringValue()).isEqualTo("Köln");
		assertThat(argumentsOf(messages, 1)).isEmpty();
	}

	private static JsonNode argumentsOf(JsonNode messages, int position) {
		List<JsonNode> inputs = messages.findValues("input");
		if (!inputs.isEmpty()) {
			return inputs.get(position);
		}
		return new JsonMapper().readTree(messages.findValuesAsString("arguments").get(position));
	}

	@Test
	void callWithoutIdGetsOneForItsResult() {
		this.server.reply(Script.events(
				this.provider.stream().call("", "now").call("", "find").finish(FinishReason.TOOL_CALLS).end().take()));
		List<StreamEvent> events = TestCalls.eventsOf(this.model.stream("Hi"));
		List<String> ids = TestCalls.responseOf(events).toolCalls().stream().map(ToolCall::id).toList();
		assertThat(ids).hasSize(2).doesNotHaveDuplicates().noneMatch(String::isBlank);
		JsonNode messages = this.provider.messages(chat(Message.user("Hi"), TestCalls.responseOf(events).toMessage(),
				Message.tool(ids.get(0), "a"), Message.tool(ids.get(1), "b"))
			.json());
		assertThat(this.provider.callIds(messages)).isEqualTo(ids);
		assertThat(this.provider.resultIds(messages)).isEqualTo(ids);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{\"a\":", "oops", "[1]" })
	void argumentsThatAreNoObjectDoNotBreakTheRequest(String arguments) {
		JsonNode messages = this.provider.messages(chat(Message.user("Hi"),
				Message.assistant(ToolCall.of("call_1", "now", arguments)), Message.tool("call_1", "noon"))
			.json());
		assertThat(this.provider.resultIds(messages)).containsExactly("call_1");
		Map<?, ?> sent = new JsonMapper().convertValue(argumentsOf(messages, 0), Map.class);
		assertThat(sent).isEqualTo(arguments.isBlank() ? Collections.emptyMap() : Map.of("INVALID_JSON", arguments));
	}

	@Test
	void callWithoutResultGetsOne() {
		JsonNode messages = this.provider
			.messages(chat(Message.user("Hi"), Message.assistant(CALL), Message.user("Never mind")).json());
		assertThat(this.provider.resultIds(messages)).containsExactly("call_1");
		assertThat(messages.toString()).containsSubsequence("get_weather", "The tool was not called", "Never mind");
	}

	@Test
	void emptyAnswerInTheHistoryDoesNotBreakTheRequest() {
		JsonNode messages = this.provider
			.messages(chat(Message.user("a"), Message.assistant(), Message.user("b")).json());
		assertThat(messages.get(0).path("role").stringValue()).isEqualTo("user");
		assertThat(messages.toString()).containsSubsequence("\"a\"", "\"b\"").doesNotContain("null", "\"text\":\"\"");
	}

	@Test
	void systemMessagesAreSentOnceAndInOrder() {
		String body = chat(Message.system("first rule"), Message.system("second rule"), Message.user("Hi"),
				Message.assistant("Hello"), Message.system("third rule"), Message.user("Bye"))
			.body();
		assertThat(body.split("rule", -1)).hasSize(4);
		assertThat(body.indexOf("first rule")).isLessThan(body.indexOf("second rule"));
		assertThat(body.indexOf("second rule")).isLessThan(body.indexOf("third rule"));
	}

	@Test
	void stateOfAnotherProviderIsNotSent() {
		WireProvider other = (this.provider == WireProvider.ANTHROPIC) ? WireProvider.OPENAI : WireProvider.ANTHROPIC;
		try (RawServer otherServer = new RawServer()) {
			otherServer.reply(Script.json(200, other.answer("Hm", ToolCall.of("call:1", "now", "{}"))
				.replace("\"role\":\"assistant\",\"content\":\"", "\"reasoning_content\":\"foreign\",\"content\":\"")
				.replace("\"content\":[",
						"\"content\":[{\"type\":\"thinking\",\"thinking\":\"foreign\",\"signature\":\"foreign\"},")));
			ModelResponse response = other.model(otherServer).chat("Hi").block(LIMIT);
			assertThat(response.reasoning()).isEqualTo("foreign");
			String body = chat(Message.user("Hi"), response.toMessage(), Message.tool("call:1", "noon")).body();
			assertThat(body).contains("Hm", "noon").doesNotContain("foreign");
		}
	}

}
