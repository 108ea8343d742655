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

package io.routekit.openai;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.StructuredOutput;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.Usage;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.completions.CompletionsProperties.MaxTokensField;
import io.routekit.completions.CompletionsProperties.SystemRole;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.StreamOutcome;
import io.routekit.http.TestCalls;
import io.routekit.http.TestHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.responseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the OpenAI provider against a server that says exactly what each test wants.
 */
class OpenAiModelTests {

	private static final String ANSWER = """
			{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-5-mini-2025-08-07","choices":[{"index":0,
			"message":{"role":"assistant","content":"Hello","refusal":null},"logprobs":null,"finish_reason":"stop"}],
			"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}}""";

	private static final String STREAM = """
			data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}

			data: {"id":"chatcmpl-1","model":"m","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}],"obfuscation":"a8Xq"}

			data: {"id":"chatcmpl-1","model":"m","choices":[{"index":0,"delta":{"content":"lö \\ud83d"},"finish_reason":null}]}

			data: {"id":"chatcmpl-1","model":"m","choices":[{"index":0,"delta":{"content":"\\ude00 世"},"finish_reason":null}]}

			data: {"id":"chatcmpl-1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

			data: {"id":"chatcmpl-1","model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":1}}}

			data: [DONE]

			""";

	private static final Tool WEATHER = Tool.of("get_weather", "Tells the weather",
			"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

	private static final String RESPONSE = """
			{"id":"resp_1","object":"response","status":"completed","model":"m","output":[{"type":"message","id":"msg_1",
			"status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hi","annotations":[]}]}]}""";

	private final RawServer server = new RawServer();

	private final Model model = model(new CompletionsProperties());

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(CompletionsProperties properties) {
		return new OpenAiModelProvider(TestHttp.factory()).create(
				TestHttp.settings(properties).baseUrl(this.server.url("/v1")).apiKey("sk-secret").model("m").build());
	}

	private ModelResponse chat(ChatRequest request) {
		return this.model.chat(request).block(LIMIT);
	}

	private JsonNode bodyOf(ChatRequest request) {
		this.server.reply(Script.json(200, ANSWER));
		chat(request);
		return this.server.request().json();
	}

	private ModelResponse answer(String message) {
		this.server.reply(Script.json(200, message));
		return chat(ChatRequest.of("Hi"));
	}

	private ModelException failure(Script script) {
		this.server.reply(script);
		return failureOf(this.model.chat("Hi"));
	}

	private List<StreamEvent> events(String stream) {
		return StreamOutcome.eventsOf(this.model, this.server, stream);
	}

	private static String chunks(String... choices) {
		return List.of(choices)
			.stream()
			.map((choice) -> "data: {\"id\":\"1\",\"model\":\"m\",\"choices\":[" + choice + "]}\n\n")
			.collect(Collectors.joining());
	}

	@ParameterizedTest
	@CsvSource({ "/v1,/v1/chat/completions", "/v1/,/v1/chat/completions", "'',/chat/completions",
			"/v1beta/openai?x=1,/v1beta/openai/chat/completions?x=1" })
	void joinsTheBaseUrlWithThePath(String baseUrl, String target) {
		Model model = new OpenAiModelProvider(TestHttp.factory())
			.create(TestHttp.settings().baseUrl(this.server.url(baseUrl)).build());
		this.server.reply(Script.json(200, ANSWER));
		model.chat("Hi").block(LIMIT);
		assertThat(this.server.request().target()).isEqualTo(target);
		assertThat(this.server.request().headers()).doesNotContainKey("Authorization");
	}

	@Test
	void sendsTheKeyAndItsScope() {
		Model model = new OpenAiModelProvider(TestHttp.factory()).create(TestHttp.settings()
			.baseUrl(this.server.url())
			.apiKey("sk-1\n")
			.organization("org-1")
			.project("proj-1")
			.headers(Map.of("X-Team", "red"))
			.build());
		this.server.reply(Script.json(200, ANSWER));
		model.chat("Hi").block(LIMIT);
		assertThat(this.server.request().headers()).containsEntry("Authorization", "Bearer sk-1")
			.containsEntry("OpenAI-Organization", "org-1")
			.containsEntry("OpenAI-Project", "proj-1")
			.containsEntry("X-Team", "red")
			.containsEntry("Content-Type", "application/json")
			.containsEntry("Accept", "application/json");
	}

	@Test
	void sendsNothingThatNobodySet() {
		assertThat(bodyOf(ChatRequest.of("Hi"))).isEqualTo(json("""
				{"model":"m","messages":[{"role":"user","content":"Hi"}]}"""));
	}

	@Test
	void sendsEveryOption() {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.system("Be brief"), Message.user("Hi"))
			.tools(new Tool("now", null, null, true), WEATHER)
			.options((options) -> options.model("other")
				.temperature(0.2)
				.topP(0.9)
				.maxTokens(100)
				.stop("END")
				.seed(7L)
				.toolChoice(ToolChoice.tool("now"))
				.parallelToolCalls(false)
				.responseFormat(ResponseFormat.jsonSchema("answer", "{\"type\":\"object\"}"))
				.reasoning(Reasoning.effort("low"))
				.serviceTier("flex")
				.user("u1")
				.extra("verbosity", "low")
				.extra("logit_bias", Map.of("50256", -100)))
			.build();
		assertThat(bodyOf(request)).isEqualTo(
				json("""
						{"model":"other","messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"}],
						"tools":[{"type":"function","function":{"name":"now","strict":true,
						"parameters":{"type":"object","properties":{},"additionalProperties":false}}},
						{"type":"function","function":{"name":"get_weather","description":"Tells the weather",
						"parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}],
						"tool_choice":{"type":"function","function":{"name":"now"}},"parallel_tool_calls":false,
						"temperature":0.2,"top_p":0.9,"max_completion_tokens":100,"stop":["END"],"seed":7,"reasoning_effort":"low",
						"service_tier":"flex","user":"u1",
						"response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},
						"verbosity":"low","logit_bias":{"50256":-100}}"""));
	}

	@Test
	void sendsToolChoices() {
		Map<ToolChoice, String> choices = Map.of(ToolChoice.AUTO, "\"auto\"", ToolChoice.NONE, "\"none\"",
				ToolChoice.REQUIRED, "\"required\"", ToolChoice.tool("get_weather"),
				"{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}");
		choices.forEach((choice, expected) -> {
			ChatRequest request = ChatRequest.builder()
				.messages(Message.user("Hi"))
				.tools(WEATHER)
				.options((options) -> options.toolChoice(choice))
				.build();
			assertThat(bodyOf(request).path("tool_choice")).isEqualTo(json(expected));
		});
	}

	@Test
	void sendsTheOlderFieldForTheLimitOfTokensWhereConfigured() {
		CompletionsProperties properties = new CompletionsProperties();
		properties.setMaxTokensField(MaxTokensField.MAX_TOKENS);
		this.server.reply(Script.json(200, ANSWER));
		ChatRequest request = ChatRequest.of("Hi").withOptions(ChatOptions.builder().maxTokens(100).build());
		model(properties).chat(request).block(LIMIT);
		assertThat(this.server.request().json()).isEqualTo(json("""
				{"model":"m","messages":[{"role":"user","content":"Hi"}],"max_tokens":100}"""));
	}

	@Test
	void sendsSystemMessagesInTheRoleThatIsConfigured() {
		CompletionsProperties properties = new CompletionsProperties();
		properties.setSystemRole(SystemRole.DEVELOPER);
		this.server.reply(Script.json(200, ANSWER));
		model(properties).chat(List.of(Message.system("Be brief"), Message.user("Hi"))).block(LIMIT);
		assertThat(this.server.request().json().at("/messages/0")).isEqualTo(json("""
				{"role":"developer","content":"Be brief"}"""));
	}

	@ParameterizedTest
	@CsvSource({ "https://api.mistral.ai/v1,max_tokens,false", "https://api.deepseek.com,max_tokens,true",
			"https://openrouter.ai/api/v1,max_completion_tokens,true",
			"https://notmistral.ai/v1,max_completion_tokens,true" })
	void sendsToAKnownServerWhatItTakes(String baseUrl, String maxTokensField, boolean streamUsage) {
		JsonNode body = bodyFor(baseUrl, new CompletionsProperties());
		assertThat(body.path(maxTokensField).intValue()).isEqualTo(100);
		assertThat(body.has("stream_options")).isEqualTo(streamUsage);
		CompletionsProperties properties = new CompletionsProperties();
		properties.setMaxTokensField(MaxTokensField.MAX_COMPLETION_TOKENS);
		properties.setStreamUsage(true);
		body = bodyFor(baseUrl, properties);
		assertThat(body.path("max_completion_tokens").intValue()).isEqualTo(100);
		assertThat(body.has("stream_options")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1,JSON_SCHEMA,JSON_SCHEMA",
			"https://eu.api.openai.com/v1,JSON_SCHEMA,JSON_SCHEMA", "https://api.mistral.ai/v1,JSON_SCHEMA,NONE",
			"https://api.groq.com/openai/v1,JSON_SCHEMA,NONE", "http://localhost:11434/v1,JSON_SCHEMA,NONE",
			"https://ollama.com/v1,JSON_SCHEMA,NONE", "https://api.deepseek.com,JSON_OBJECT,NONE",
			"https://api.moonshot.cn/v1,JSON_OBJECT,NONE", "https://api.moonshot.ai/v1,JSON_OBJECT,NONE",
			"https://api.z.ai/api/paas/v4,JSON_OBJECT,NONE", "https://open.bigmodel.cn/api/paas/v4,JSON_OBJECT,NONE",
			"https://llm.example.com/v1,NONE,NONE" })
	void tellsWhichFormatsAKnownServerKeepsTo(String baseUrl, StructuredOutput plain, StructuredOutput withTools) {
		ChatRequest request = ChatRequest.of("Hi");
		ProviderFacts facts = TestHttp.facts("openai", URI.create(baseUrl));

		assertThat(facts.structuredOutput(request)).isEqualTo(plain);
		assertThat(facts.structuredOutput(request.mutate().tools(WEATHER).build())).isEqualTo(withTools);
	}

	@Test
	void asksForTypedAnswersAsConfigured() {
		CompletionsProperties properties = new CompletionsProperties();
		properties.setStructuredOutput(StructuredOutput.JSON_OBJECT);
		this.server.reply(Script.json(200, ANSWER)).reply(Script.json(200, ANSWER));

		assertThat(failureOf(model(properties).chat("Hi", Integer.class)).getKind()).isEqualTo(Kind.INVALID_RESPONSE);

		JsonNode body = this.server.requests().get(0).json();
		assertThat(body.path("response_format")).isEqualTo(json("{\"type\":\"json_object\"}"));
		assertThat(body.at("/messages/0/content").asString()).contains("JSON Schema");
	}

	private JsonNode bodyFor(String baseUrl, CompletionsProperties properties) {
		this.server.reply(Script.events(STREAM));
		ExchangeFilterFunction redirect = (request, next) -> next
			.exchange(ClientRequest.from(request).url(this.server.url(request.url().getPath())).build());
		Model model = new OpenAiModelProvider(TestHttp.factory(WebClient.builder().filter(redirect)))
			.create(TestHttp.settings(properties).baseUrl(URI.create(baseUrl)).model("m").build());
		model.stream(ChatRequest.of("Hi").withOptions(ChatOptions.builder().maxTokens(100).build())).blockLast(LIMIT);
		return this.server.request().json();
	}

	@Test
	void refusesExtraFieldsThatContradictTheCall() {
		for (Map.Entry<String, Object> field : Map
			.of("stream", (Object) true, "n", "2", "stream_options", Map.of("include_usage", true))
			.entrySet()) {
			ChatRequest request = ChatRequest.of("Hi")
				.withOptions(ChatOptions.builder().extra(field.getKey(), field.getValue()).build());
			assertThat(failureOf(this.model.chat(request))).hasMessageContaining("'" + field.getKey() + "'")
				.extracting(ModelException::getKind)
				.isEqualTo(Kind.INVALID_REQUEST);
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void sendsOneLimitOfTokensOnly() {
		JsonNode body = bodyOf(
				ChatRequest.of("Hi").withOptions(ChatOptions.builder().maxTokens(5).extra("max_tokens", 7).build()));
		assertThat(body.path("max_tokens").intValue()).isEqualTo(7);
		assertThat(body.has("max_completion_tokens")).isFalse();
	}

	@Test
	void refusesAnImageAsTheResultOfATool() {
		ToolCall call = ToolCall.of("c1", "look", "{}");
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> bodyOf(ChatRequest.of(List.of(Message.user("Hi"), Message.assistant(call),
					Message.tool("c1", ImagePart.ofUrl("https://example.org/a.png"))))))
			.withMessageContaining("set 'openai.api' to 'responses'")
			.returns(Kind.INVALID_REQUEST, ModelException::getKind);
	}

	@Test
	void callsTheResponsesApiThatIsConfigured() {
		CompletionsProperties properties = new CompletionsProperties();
		properties.setApi(Api.RESPONSES);
		Model responses = new OpenAiModelProvider(TestHttp.factory())
			.create(TestHttp.settings(properties).baseUrl(this.server.url("/v1/?x=1")).model("m").build());
		this.server.reply(Script.json(200, RESPONSE));
		assertThat(responses.chat("Hi").block(LIMIT).content()).isEqualTo("Hi");
		assertThat(this.server.request().target()).isEqualTo("/v1/responses?x=1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					400 | Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions. Please use /v1/responses instead.
					404 | This model is only supported in v1/responses and not in v1/chat/completions.
					404 | This is not a chat model and thus not supported in the v1/chat/completions endpoint.
					""")
	void saysHowToCallAModelThatNeedsTheOtherApi(int status, String message) {
		ModelException failure = failure(Script.json(status,
				"{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":null}}"
					.formatted(message)));
		assertThat(failure).hasMessageContainingAll(message, "Set 'openai.api' to 'responses'");
		assertThat(failure.getKind()).isEqualTo((status == 400) ? Kind.INVALID_REQUEST : Kind.NOT_FOUND);
		assertThat(failure.isRetryable()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 405, 501 })
	void saysThatAServerMayHaveNoResponsesApi(int status) {
		ModelException failure = failureOfResponses(
				Script.body(status, "text/html", "<html><body>Not there</body></html>"));
		assertThat(failure).hasMessageContaining("set 'openai.api' to 'chat-completions'");
		assertThat(failure.getKind()).isEqualTo(Kind.NOT_FOUND);
		assertThat(failure.isRetryable()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "include,,extra field 'include'", "input,invalid_encrypted_content,reasoning of another account" })
	void saysWhatAServerDoesNotTakeBack(String param, String code, String advice) {
		ModelException failure = failureOfResponses(Script.json(400,
				"{\"error\":{\"message\":\"No\",\"type\":\"invalid_request_error\",\"param\":\"%s\",\"code\":%s}}"
					.formatted(param, (code != null) ? "\"" + code + "\"" : null)));
		assertThat(failure).hasMessageContaining(advice);
		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
	}

	private ModelException failureOfResponses(Script script) {
		CompletionsProperties properties = new CompletionsProperties();
		properties.setApi(Api.RESPONSES);
		this.server.reply(script);
		return failureOf(model(properties).chat("Hi"));
	}

	@Test
	void givesEachCallItsOwnResultAlthoughTheirIdsAreTheSame() {
		ToolCall first = ToolCall.of("c1", "now", "{\"n\":1}");
		ToolCall second = ToolCall.of("c1", "now", "{\"n\":2}");
		JsonNode messages = bodyOf(ChatRequest.of(List.of(Message.user("Hi"), Message.assistant(first, second),
				Message.tool("c1", "one"), Message.tool("c1", "two"))))
			.path("messages");
		assertThat(messages.findValuesAsString("tool_call_id")).containsExactly("c1", "c1_2");
		assertThat(messages.get(2).path("content").stringValue()).isEqualTo("one");
		assertThat(messages.get(3).path("content").stringValue()).isEqualTo("two");
		assertThat(messages.get(1).findValuesAsString("id")).containsExactly("c1", "c1_2");
	}

	@Test
	void asksForUsageInStreamsUnlessToldNotTo() {
		events(STREAM);
		assertThat(this.server.request().json().path("stream_options")).isEqualTo(json("{\"include_usage\":true}"));
		assertThat(this.server.request().header("Accept")).isEqualTo("text/event-stream");
		CompletionsProperties properties = new CompletionsProperties();
		properties.setStreamUsage(false);
		model(properties).stream("Hi").blockLast(LIMIT);
		assertThat(this.server.request().json().path("stream").booleanValue()).isTrue();
		assertThat(this.server.request().json().has("stream_options")).isFalse();
	}

	@Test
	void sendsImages() {
		ChatRequest request = ChatRequest.of(List.of(Message.user(new TextPart("What is it?"),
				ImagePart.ofUrl("https://example.org/a.png").withDetail("low"),
				ImagePart.ofBytes(new byte[] { 1, 2, 3 }, "image/png"))));
		assertThat(bodyOf(request).at("/messages/0/content")).isEqualTo(json("""
				[{"type":"text","text":"What is it?"},
				{"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"low"}},
				{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]"""));
	}

	@Test
	void sendsResultsRightAfterTheirCallsInTheOrderOfTheCalls() {
		ChatRequest request = ChatRequest.of(List.of(Message.user("Weather?"),
				Message.assistant(ToolCall.of("c1", "get_weather", "{\"city\":\"Oslo\"}"), ToolCall.of("c2", "now", ""),
						ToolCall.of("c3", "now", "")),
				Message.toolError("c2", "No clock"), Message.tool("c1", "4 °C"), Message.user("And?")));
		assertThat(bodyOf(request).path("messages")).isEqualTo(json("""
				[{"role":"user","content":"Weather?"},
				{"role":"assistant","content":null,"tool_calls":[
				{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}},
				{"id":"c2","type":"function","function":{"name":"now","arguments":"{}"}},
				{"id":"c3","type":"function","function":{"name":"now","arguments":"{}"}}]},
				{"role":"tool","tool_call_id":"c1","content":"4 °C"},
				{"role":"tool","tool_call_id":"c2","content":"No clock"},
				{"role":"tool","tool_call_id":"c3","content":"The tool was not called"},
				{"role":"user","content":"And?"}]"""));
	}

	@Test
	void sendsEmptyContentForAnEmptyAnswer() {
		ChatRequest request = ChatRequest.of(List.of(Message.user("Hi"), Message.assistant(), Message.user("Hi?")));
		assertThat(bodyOf(request).at("/messages/1")).isEqualTo(json("{\"role\":\"assistant\",\"content\":\"\"}"));
	}

	@Test
	void refusesWhatChatCompletionsCannotExpress() {
		for (ChatOptions.Builder options : List.of(ChatOptions.builder().reasoning(Reasoning.budget(1000)),
				ChatOptions.builder().extra("stream", true), ChatOptions.builder().extra("n", 2))) {
			ModelException failure = failureOf(this.model.chat(ChatRequest.of("Hi").withOptions(options.build())));
			assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void readsAnAnswer() {
		this.server.reply(Script.json(200, ANSWER, "x-request-id: req_1"));
		ModelResponse response = chat(ChatRequest.of("Hi"));
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.provider()).isEqualTo("openai");
		assertThat(response.model()).isEqualTo("gpt-5-mini-2025-08-07");
		assertThat(response.id()).isEqualTo("chatcmpl-1");
		assertThat(response.requestId()).isEqualTo("req_1");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.rawFinishReason()).isEqualTo("stop");
		assertThat(response.usage()).extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens)
			.containsExactly(9L, 1L, 10L);
		assertThat(response.usage().cachedTokens()).isNull();
		assertThat(response.usage().cost()).isNull();
	}

	@Test
	void readsToolCallsWhateverTheFinishReason() {
		for (String reason : List.of("\"tool_calls\"", "\"stop\"", "null", "\"\"")) {
			ModelResponse response = answer("""
					{"choices":[{"message":{"content":null,"tool_calls":[{"id":"c1","type":"function",
					"function":{"name":"get_weather","arguments":"{\\"id\\":9007199254740993}"}},
					{"function":{"name":"now","arguments":{"zone":1.50}}}]},"finish_reason":%s}]}""".formatted(reason));
			assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
			assertThat(response.content()).isEmpty();
			assertThat(response.toolCalls()).extracting(ToolCall::arguments)
				.containsExactly("{\"id\":9007199254740993}", "{\"zone\":1.50}");
			assertThat(response.toolCalls()).allMatch(ToolCall::complete)
				.extracting(ToolCall::id)
				.doesNotHaveDuplicates()
				.allMatch((id) -> !id.isBlank());
		}
	}

	@ParameterizedTest
	@CsvSource({ "stop,STOP", "STOP,STOP", "length,LENGTH", "model_length,LENGTH", "content_filter,CONTENT_FILTERED",
			"foo,OTHER", "'',OTHER" })
	void mapsFinishReasons(String raw, FinishReason expected) {
		ModelResponse response = answer(
				ANSWER.replace("\"finish_reason\":\"stop\"", "\"finish_reason\":\"" + raw + "\""));
		assertThat(response.finishReason()).isEqualTo(expected);
		assertThat(response.rawFinishReason()).isEqualTo(raw.isEmpty() ? null : raw);
	}

	@Test
	void surfacesARefusal() {
		ModelResponse response = answer("""
				{"choices":[{"message":{"content":null,"refusal":"I can't"},"finish_reason":"stop"}]}""");
		assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
		assertThat(response.refusal()).isEqualTo("I can't");
		assertThat(response.content()).isEmpty();
	}

	@Test
	void readsUsageLeniently() {
		ModelResponse response = answer("""
				{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":"12",
				"completion_tokens":7.0,"prompt_tokens_details":null,"completion_tokens_details":{"reasoning_tokens":3},
				"cost":0.00000555}}""");
		Usage usage = response.usage();
		assertThat(usage).extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens)
			.containsExactly(12L, 7L, 19L);
		assertThat(usage.reasoningTokens()).isEqualTo(3);
		assertThat(usage.raw().get("cost")).hasToString("0.00000555");
		assertThat(answer("""
				{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],
				"usage":{"prompt_tokens":1,"cost":null}}""").usage().raw()).doesNotContainKey("cost");
		assertThat(answer("""
				{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],"usage":null}""").usage()).isNull();
	}

	@Test
	void keepsReasoningApart() {
		for (String fields : List.of("\"reasoning_content\":\"Hm\"", "\"reasoning\":\"Hm\"",
				"\"reasoning\":\"Hm\",\"reasoning_content\":\"Hm\"")) {
			ModelResponse response = answer(
					"{\"choices\":[{\"message\":{\"content\":\"x\"," + fields + "},\"finish_reason\":\"stop\"}]}");
			assertThat(response.reasoning()).isEqualTo("Hm");
			assertThat(response.content()).isEqualTo("x");
		}
		ModelResponse mistral = answer("""
				{"choices":[{"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]},
				{"type":"text","text":"x"}]},"finish_reason":"stop"}]}""");
		assertThat(mistral.reasoning()).isEqualTo("Hm");
		assertThat(mistral.content()).isEqualTo("x");
	}

	@Test
	void losesNothingOfSeveralChoices() {
		ModelResponse response = answer("""
				{"choices":[{"message":{"content":"x"},"finish_reason":"stop"},{"message":{"tool_calls":[{"id":"c1",
				"function":{"name":"now","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""");
		assertThat(response.content()).isEqualTo("x");
		assertThat(response.toolCalls()).extracting(ToolCall::id).containsExactly("c1");
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
	}

	@Test
	void givesStateBackToItsServerOnly() {
		this.server.expectUnknown("reasoning_content", "extra_content");
		ModelResponse response = answer(
				"""
						{"choices":[{"message":{"content":"","reasoning_content":"Hm","tool_calls":[{"id":"c1","type":"function",
						"function":{"name":"now","arguments":"{}"},"extra_content":{"google":{"thought_signature":"sig=="}}}]},
						"finish_reason":"tool_calls"}]}""");
		ChatRequest request = ChatRequest
			.of(List.of(Message.user("Hi"), response.toMessage(), Message.tool("c1", "noon")));
		assertThat(bodyOf(request).at("/messages/1")).isEqualTo(
				json("""
						{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{}"},
						"extra_content":{"google":{"thought_signature":"sig=="}}}],"reasoning_content":"Hm"}"""));
		try (RawServer other = new RawServer()) {
			other.reply(Script.json(200, ANSWER));
			new OpenAiModelProvider(TestHttp.factory()).create(TestHttp.settings().baseUrl(other.url()).build())
				.chat(request)
				.block(LIMIT);
			assertThat(other.request().body()).doesNotContain("sig==", "reasoning_content");
		}
	}

	@Test
	void streamsText() {
		List<StreamEvent> events = events(STREAM);
		assertThat(events.subList(0, 3)).containsExactly(new StreamEvent.Text("Hel"), new StreamEvent.Text("lö "),
				new StreamEvent.Text("\uD83D\uDE00 世"));
		assertThat(events).hasSize(4);
		ModelResponse response = responseOf(events);
		assertThat(response.content()).isEqualTo("Hello 😀 世".replace("llo", "llö"));
		assertThat(response.id()).isEqualTo("chatcmpl-1");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.usage())
			.extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens, Usage::cachedTokens,
					Usage::reasoningTokens)
			.containsExactly(9L, 1L, 10L, 4L, 1L);
	}

	@Test
	void streamsParallelToolCalls() {
		String stream = chunks(
				"""
						{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"get_weather","arguments":""}}]}}""",
				"""
						{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"city\\":\\"M\\\\u00"}}]}}""",
				"""
						{"index":0,"delta":{"tool_calls":[{"index":0,"id":"","function":{"arguments":"fcnchen\\"}"}},{"index":1,"id":"call_b","type":"function","function":{"name":"now","arguments":""}}]}}""",
				"""
						{"index":0,"delta":{"tool_calls":[{"index":2,"id":"","function":{"arguments":null}}]},"finish_reason":"tool_calls"}""")
				+ "data: [DONE]\n\n";
		List<StreamEvent> events = events(stream);
		ToolCall weather = ToolCall.of("call_a", "get_weather", "{\"city\":\"M\\u00fcnchen\"}");
		ToolCall now = ToolCall.of("call_b", "now", "{}");
		assertThat(events.subList(0, 6)).containsExactly(new StreamEvent.ToolCallStart(0, "call_a", "get_weather"),
				new StreamEvent.ToolCallArguments(0, "{\"city\":\"M\\u00"),
				new StreamEvent.ToolCallArguments(0, "fcnchen\"}"), new StreamEvent.ToolCallStart(1, "call_b", "now"),
				new StreamEvent.ToolCallComplete(0, weather), new StreamEvent.ToolCallComplete(1, now));
		assertThat(responseOf(events).toolCalls()).containsExactly(weather, now);
		assertThat(weather.argumentsAsMap()).containsEntry("city", "München");
	}

	@Test
	void routesToolCallDeltasOfLessCarefulServers() {
		assertThat(streamedCalls("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
				"{\"function\":{\"arguments\":\"}\"}}",
				"{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"))
			.containsExactly(ToolCall.of("a", "f", "{}"), ToolCall.of("b", "g", "{}"));
		assertThat(streamedCalls("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
				"{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"))
			.containsExactly(ToolCall.of("a", "f", "{}"), ToolCall.of("b", "g", "{}"));
		assertThat(streamedCalls("{\"index\":0,\"id\":\"a\"}", "{\"index\":0,\"function\":{\"name\":\"f\"}}",
				"{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}"))
			.containsExactly(ToolCall.of("a", "f", "{\"x\":1}"));
		assertThat(streamedCalls("{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")).hasSize(1)
			.allMatch((call) -> !call.id().isBlank());
	}

	private List<ToolCall> streamedCalls(String... deltas) {
		String stream = chunks(List.of(deltas)
			.stream()
			.map((delta) -> "{\"delta\":{\"tool_calls\":[" + delta + "]}}")
			.toArray(String[]::new)) + chunks("{\"delta\":{},\"finish_reason\":\"stop\"}");
		try (RawServer other = new RawServer()) {
			other.reply(Script.events(stream));
			return new OpenAiModelProvider(TestHttp.factory()).create(TestHttp.settings().baseUrl(other.url()).build())
				.stream("Hi")
				.collectList()
				.map(TestCalls::responseOf)
				.block(LIMIT)
				.toolCalls();
		}
	}

	@Test
	void streamsCallsThatAreWhole() {
		assertThat(streamedCalls(
				"{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}},"
						+ "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":2}\"}}"))
			.containsExactly(ToolCall.of("a", "f", "{\"x\":1}"), ToolCall.of("b", "f", "{\"x\":2}"));
	}

	@Test
	void streamsReasoningOnceAndApart() {
		List<StreamEvent> events = events(chunks(
				"{\"delta\":{\"content\":\"\",\"reasoning\":\"H\",\"reasoning_content\":\"H\"}}",
				"{\"delta\":{\"content\":null,\"reasoning\":\"m\",\"reasoning_content\":\"m\"}}",
				"{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"!\"}]},{\"type\":\"text\",\"text\":\"x\"}]}}",
				"{\"delta\":{},\"finish_reason\":\"stop\"}"));
		assertThat(events.subList(0, 4)).containsExactly(new StreamEvent.Reasoning("H"), new StreamEvent.Reasoning("m"),
				new StreamEvent.Reasoning("!"), new StreamEvent.Text("x"));
		assertThat(responseOf(events).reasoning()).isEqualTo("Hm!");
		assertThat(responseOf(events).content()).isEqualTo("x");
	}

	@Test
	void streamsARefusal() {
		List<StreamEvent> events = events(chunks("{\"delta\":{\"content\":null,\"refusal\":\"I \"}}",
				"{\"delta\":{\"refusal\":\"can't\"}}", "{\"delta\":{},\"finish_reason\":\"stop\"}"));
		assertThat(responseOf(events).finishReason()).isEqualTo(FinishReason.REFUSAL);
		assertThat(responseOf(events).refusal()).isEqualTo("I can't");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}",
			"{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}]}",
			"{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}],\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}}" })
	void findsUsageWhereverItIs(String chunk) {
		List<StreamEvent> events = events(
				chunks("{\"delta\":{\"content\":\"a\"}}") + "data: " + chunk + "\n\ndata: [DONE]\n\n");
		assertThat(responseOf(events).content()).isEqualTo("ab");
		assertThat(responseOf(events).usage().totalTokens()).isEqualTo(5);
	}

	@Test
	void usageIsCumulative() {
		List<StreamEvent> events = events(
				"""
						data: {"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}

						data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":null,"completion_tokens":2}}

						""");
		assertThat(responseOf(events).usage()).extracting(Usage::promptTokens, Usage::completionTokens)
			.containsExactly(3L, 2L);
	}

	@Test
	void toleratesTheNoiseOfStreams() {
		String stream = "\uFEFF: OPENROUTER PROCESSING\n\nretry: abc\nid: 1\n\n"
				+ "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[]}\n\n"
				+ chunks("{\"delta\":{\"content\":\"  a\",\"tool_calls\":[]}}", "{\"delta\":null}", "{}",
						"{\"delta\":{\"content\":\" \",\"tool_calls\":null}}", "{\"delta\":{\"content\":\"b\\n\"}}")
				+ "event: message\ndata: {\"choices\":[{\"delta\":{\"content\":\"c\"},\ndata: \"finish_reason\":\"stop\"}],\"error\":null}\r\n\r\n"
				+ chunks("{\"content_filter_offsets\":{},\"finish_reason\":null,\"index\":0}")
				+ "data: [DONE] \n\ngarbage\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"late\"}}]}\n\n";
		List<StreamEvent> events = events(stream);
		assertThat(events.subList(0, 4)).containsExactly(new StreamEvent.Text("  a"), new StreamEvent.Text(" "),
				new StreamEvent.Text("b\n"), new StreamEvent.Text("c"));
		assertThat(responseOf(events).content()).isEqualTo("  a b\nc");
		assertThat(responseOf(events).id()).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "data: [DONE]", "data: [DONE] " })
	void completesAtTheFinishReasonOrTheMarker(String end) {
		List<StreamEvent> events = events(
				chunks("{\"delta\":{\"content\":\"x\"}}", "{\"delta\":{},\"finish_reason\":\"stop\"}") + end);
		assertThat(responseOf(events).content()).isEqualTo("x");
		assertThat(responseOf(events).usage()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					data: {"error":{"message":"Oops","type":"server_error","param":null,"code":null}}   | SERVER
					event: error⏎data: {"error":{"message":"Too long","code":"context_length_exceeded"},"message":"x"} | CONTEXT_LENGTH
					event: error⏎data: something broke                                                  | SERVER
					data: {"id":"1","choices":[{"delta":{"content":""},"finish_reason":"error"}],"error":{"code":429,"message":"Slow"}} | RATE_LIMIT
					data: {"error":{"message":"m","type":"invalid_request_error","code":"tool_use_failed","status_code":400}} | INVALID_REQUEST
					data: {"error":"plain"}                                                             | SERVER
					data: {"error_type":"x","error_message":"y"}                                        | SERVER
					data: {"object":"error","message":"maximum context length is 1","code":400}         | CONTEXT_LENGTH
					error: {"code":503,"message":"Loading model"}⏎data: [DONE]                          | OVERLOADED
					{"error":{"message":"m","code":401}}                                                | AUTHENTICATION
					data: [DONE]                                                                        | INVALID_RESPONSE
					<html><h1>Gateway</h1></html>                                                       | INVALID_RESPONSE
					: ping                                                                              | INVALID_RESPONSE
					""")
	void findsErrorsInStreamsOfStatus200(String stream, Kind kind) {
		ModelException failure = StreamOutcome.of(this.model, this.server, stream.replace('⏎', '\n') + "\n\n")
			.failure();
		assertThat(failure.getKind()).as(failure.getMessage()).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					401 | {"error":{"message":"Incorrect API key provided: sk-secret","type":"invalid_request_error","code":"invalid_api_key"}} | AUTHENTICATION | false
					403 | {"error":{"message":"m","code":"unsupported_country_region_territory"}} | PERMISSION | false
					404 | {"error":{"message":"m","code":"model_not_found"}}          | NOT_FOUND | false
					422 | {"detail":[{"msg":"m"}]}                                    | INVALID_REQUEST | false
					402 | {"error":{"message":"Insufficient Balance"}}                | QUOTA | false
					429 | {"error":{"message":"m","code":"rate_limit_exceeded"}}      | RATE_LIMIT | true
					500 | {"error":{"message":"m","type":"server_error"}}             | SERVER | true
					503 | {"error":{"code":503,"message":"Loading model","type":"unavailable_error"}} | OVERLOADED | true
					""")
	void mapsStatusesAndCodesToKinds(int status, String body, Kind kind, boolean retryable) {
		ModelException failure = failure(Script.json(status, (body != null) ? body : "", "x-request-id: req_1"));
		assertThat(failure.getKind()).as(failure.getMessage()).isEqualTo(kind);
		assertThat(failure.isRetryable()).isEqualTo(retryable);
		assertThat(failure.getStatus()).isEqualTo(status);
		assertThat(failure.getProvider()).isEqualTo("openai");
		assertThat(failure.getModel()).isEqualTo("m");
		assertThat(failure.getRequestId()).isEqualTo("req_1");
		assertThat(failure.toString()).doesNotContain("sk-secret").hasSizeLessThan(500);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void needsAKeyForTheVendorOnly() {
		OpenAiModelProvider provider = new OpenAiModelProvider(TestHttp.factory());
		assertThatExceptionOfType(ModelConfigurationException.class)
			.isThrownBy(() -> provider.create(TestHttp.settings().build()))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("OPENAI_API_KEY", "routekit.provider.api-key"));
		Model model = provider.create(TestHttp.settings().apiKey("k").build());
		assertThat(model.endpoint()).isEqualTo(URI.create("https://api.openai.com/v1"));
		assertThat(model.name()).isEqualTo("gpt-5-mini");
		assertThat(model.toString()).doesNotContain("Bearer");
	}

	@Test
	void refusesWhatCannotBeWrittenAsJson() {
		Object circle = new Object() {

			@JsonProperty
			Object getCircle() {
				return this;
			}

		};
		ChatRequest request = ChatRequest.of("Hi").withOptions(ChatOptions.builder().extra("circle", circle).build());
		ModelException failure = failureOf(this.model.chat(request));
		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
		assertThat(failure.getStatus()).isNull();
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void sendsHalvesOfCharactersAsTheyAre() {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Hi \uD83D"))
			.tools(Tool.of("now", "Tells \uDE00", "{\"title\":\"\uD83D \uD83D\uDE00\"}"))
			.build();
		JsonNode body = bodyOf(request);
		assertThat(body.at("/messages/0/content").stringValue()).isEqualTo("Hi \uD83D");
		assertThat(body.at("/tools/0/function/parameters/title").stringValue()).isEqualTo("\uD83D \uD83D\uDE00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"choices\":[{\"message\":{\"content\":\"x\",\"reasoning_details\":1e4009999999999}}]}",
			"{\"choices\":[],\"usage\":{\"cost\":1e4009999999999}}", "{\"id\":1e4009999999999}" })
	void failsForANumberThatCannotBeRead(String body) {
		assertThat(failure(Script.json(200, body)).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	@Test
	void leavesMessagesReadableWhenTheKeyIsALetter() {
		this.server.reply(Script.json(401, "{\"error\":{\"message\":\"Unknown key\"}}"));
		Model model = new OpenAiModelProvider(TestHttp.factory())
			.create(TestHttp.settings().baseUrl(this.server.url()).apiKey("k").build());
		assertThat(failureOf(model.chat("Hi"))).hasMessageStartingWith("Unknown key");
	}

	@Test
	void refusesAKeyThatCannotBeSent() {
		assertThatExceptionOfType(ModelConfigurationException.class)
			.isThrownBy(() -> new OpenAiModelProvider(TestHttp.factory())
				.create(TestHttp.settings().apiKey("sk-1\nsk-2").build()))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction())
				.contains("'routekit.provider.api-key' contains a line break")
				.doesNotContain("sk-"));
	}

	private static JsonNode json(String text) {
		return new JsonMapper().readTree(text);
	}

}
