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

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.StreamEvent;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Request;
import io.routekit.http.RawServer.Script;
import io.routekit.http.StreamOutcome;
import io.routekit.http.TestHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.responseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the Anthropic provider against a server that says exactly what each test
 * wants.
 */
class AnthropicModelTests {

	private static final String ANSWER = """
			{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hello"}],
			"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}""";

	private static final String START = """
			event: message_start
			data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":28,"cache_creation_input_tokens":0,"cache_read_input_tokens":5,"output_tokens":5,"service_tier":"standard"}}} \s

			event: ping
			data: {"type": "ping"}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lö \\ud83d"}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\\ude00 世"}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":0}

			""";

	private static final String CALL = """
			event: content_block_start
			data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"M\\\\u00"}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"fcnchen\\"}"}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":1}

			""";

	private static final String DELTA = """
			event: message_delta
			data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89,"output_tokens_details":{"thinking_tokens":67}}}

			""";

	private static final String STOP = """
			event: message_stop
			data: {"type":"message_stop"}

			""";

	private final RawServer server = new RawServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void requestHasTheHeadersAndThePathOfTheApi() {
		Request request = requestTo("", TestHttp.settings().apiKey(" sk-secret\n"), ChatRequest.of("Hi"));
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.target()).isEqualTo("/v1/messages");
		assertThat(request.headers()).containsEntry("x-api-key", "sk-secret")
			.containsEntry("anthropic-version", "2023-06-01")
			.containsEntry("Content-Type", "application/json")
			.doesNotContainKeys("Authorization", "anthropic-beta");
		assertThat(request.json().path("model").stringValue()).isEqualTo("claude-sonnet-5-5");
	}

	@ParameterizedTest
	@CsvSource({ "/,/v1/messages", "/v1,/v1/messages", "/v1/,/v1/messages", "/anthropic,/anthropic/v1/messages",
			"/anthropic/v1?x=1,/anthropic/v1/messages?x=1" })
	void pathIsBelowTheBaseUrl(String base, String target) {
		assertThat(requestTo(base, TestHttp.settings(), ChatRequest.of("Hi")).target()).isEqualTo(target);
	}

	@Test
	void serverOfOnesOwnNeedsNoKey() {
		assertThat(requestTo("", TestHttp.settings(), ChatRequest.of("Hi")).headers()).doesNotContainKeys("x-api-key",
				"Authorization");
	}

	@Test
	void tokenTakesThePlaceOfTheKey() {
		AnthropicProperties properties = new AnthropicProperties();
		properties.setAuthToken(" token\n");
		Request request = requestTo("", TestHttp.settings(properties), ChatRequest.of("Hi"));
		assertThat(request.headers()).containsEntry("Authorization", "Bearer token")
			.containsEntry("anthropic-beta", "oauth-2025-04-20")
			.doesNotContainKey("x-api-key");
	}

	@Test
	void betaFeaturesAreSentOnceWhereverTheyAreSet() {
		AnthropicProperties properties = new AnthropicProperties();
		properties.getBeta().addAll(List.of("a", "b"));
		ChatOptions options = ChatOptions.builder().extra("anthropic_beta", List.of("b", "d")).build();
		Request request = requestTo("", TestHttp.settings(properties).headers(Map.of("Anthropic-Beta", "c, a")),
				ChatRequest.of("Hi").withOptions(options));
		assertThat(request.header("anthropic-beta")).isEqualTo("a,b,c,d");
		assertThat(request.json().has("anthropic_beta")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nb", "é" })
	void betaFeatureThatNoHeaderCanHoldIsRefused(String beta) {
		AnthropicProperties properties = new AnthropicProperties();
		properties.getBeta().add(beta);
		assertThatExceptionOfType(ModelConfigurationException.class)
			.isThrownBy(() -> create(TestHttp.settings(properties)))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("routekit.provider.anthropic.beta"));
		Model model = create(TestHttp.settings());
		ChatOptions options = ChatOptions.builder().extra("anthropic_beta", beta).build();
		assertThat(failureOf(model.chat(ChatRequest.of("Hi").withOptions(options))).getKind())
			.isEqualTo(Kind.INVALID_REQUEST);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void configuredVersionAndHeadersWin() {
		AnthropicProperties properties = new AnthropicProperties();
		properties.setVersion("2030-01-01");
		assertThat(requestTo("", TestHttp.settings(properties), ChatRequest.of("Hi")).header("anthropic-version"))
			.isEqualTo("2030-01-01");
		assertThat(requestTo("", TestHttp.settings(properties).headers(Map.of("Anthropic-Version", "2031-01-01")),
				ChatRequest.of("Hi"))
			.header("anthropic-version")).isEqualTo("2031-01-01");
	}

	@Test
	void configuredLimitOfTokensIsTheDefault() {
		AnthropicProperties properties = new AnthropicProperties();
		properties.setMaxTokens(77);
		assertThat(
				requestTo("", TestHttp.settings(properties), ChatRequest.of("Hi")).json().path("max_tokens").intValue())
			.isEqualTo(77);
	}

	@Test
	void vendorNeedsAKey() {
		assertThatExceptionOfType(ModelConfigurationException.class)
			.isThrownBy(() -> new AnthropicModelProvider(TestHttp.factory()).create(TestHttp.settings().build()))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("routekit.provider.api-key", "ANTHROPIC_API_KEY"));
	}

	@Test
	void keyAndTokenTogetherAreRefused() {
		AnthropicProperties properties = new AnthropicProperties();
		properties.setAuthToken("token");
		assertThatExceptionOfType(ModelConfigurationException.class)
			.isThrownBy(() -> create(TestHttp.settings(properties).apiKey("sk-secret")))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction())
				.contains("routekit.provider.api-key", "routekit.provider.anthropic.auth-token")
				.doesNotContain("sk-secret"));
	}

	@Test
	void limitOfTokensMustBePositive() {
		AnthropicProperties properties = new AnthropicProperties();
		properties.setMaxTokens(0);
		assertThatExceptionOfType(ModelConfigurationException.class)
			.isThrownBy(() -> create(TestHttp.settings(properties)))
			.withMessageContaining("routekit.provider.anthropic.max-tokens");
	}

	@Test
	void modelIsNamedByTheSettings() {
		Model model = create(TestHttp.settings().model("claude-x"));
		assertThat(model.name()).isEqualTo("claude-x");
		assertThat(model.provider()).isEqualTo("anthropic");
	}

	@Test
	void vendorIsTheDefault() {
		Model model = new AnthropicModelProvider(TestHttp.factory()).create(TestHttp.settings().apiKey("k").build());
		assertThat(model.endpoint()).isEqualTo(URI.create("https://api.anthropic.com"));
	}

	@Test
	void variablesNameTheKeyFirst() {
		assertThat(new AnthropicModelProvider(TestHttp.factory()).variables()).containsExactly(
				Map.entry("api-key", "ANTHROPIC_API_KEY"), Map.entry("anthropic.auth-token", "ANTHROPIC_AUTH_TOKEN"),
				Map.entry("base-url", "ANTHROPIC_BASE_URL"));
	}

	@Test
	void chatAnswers() {
		this.server.reply(Script.json(200, ANSWER, "request-id: req_1"));
		ModelResponse response = create(TestHttp.settings()).chat("Hi").block(LIMIT);
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.requestId()).isEqualTo("req_1");
		assertThat(response.usage().totalTokens()).isEqualTo(10);
		assertThat(this.server.request().header("Accept")).isEqualTo("application/json");
		assertThat(this.server.request().json().has("stream")).isFalse();
	}

	@Test
	void streamIsTheSameHoweverItIsCut() {
		List<StreamEvent> events = stream(START + CALL + DELTA + STOP);
		ModelResponse response = responseOf(events);
		assertThat(Flux.fromIterable(events).transform(StreamEvent::text).collectList().block(LIMIT))
			.containsExactly("Hel", "lö ", "\ud83d\ude00 世");
		assertThat(response.content()).isEqualTo("Hellö \ud83d\ude00 世");
		assertThat(response.toolCalls()).singleElement()
			.satisfies((call) -> assertThat(call.argumentsAsMap()).isEqualTo(Map.of("city", "München")));
		assertThat(events).contains(new StreamEvent.ToolCallComplete(0, response.toolCalls().get(0)));
		assertThat(response.usage()).satisfies((usage) -> {
			assertThat(usage.promptTokens()).isEqualTo(33);
			assertThat(usage.completionTokens()).isEqualTo(89);
			assertThat(usage.reasoningTokens()).isEqualTo(67);
		});
		assertThat(this.server.request().json().path("stream").booleanValue()).isTrue();
	}

	@Test
	void streamNeedsNoNamesOfEventsAndMayEndWithADoneMarker() {
		String stream = (START + DELTA + STOP).replaceAll("event: .*\n", "") + "data: [DONE]\n\n";
		assertThat(responseOf(stream(stream)).content()).startsWith("Hel");
	}

	@ParameterizedTest
	@CsvSource({ "401,authentication_error,AUTHENTICATION", "402,billing_error,QUOTA",
			"500,overloaded_error,OVERLOADED", "504,timeout_error,TIMEOUT" })
	void errorsHaveTheirKind(int status, String type, Kind kind) {
		this.server.reply(Script.json(status, """
				{"type":"error","error":{"type":"%s","message":"Bad sk-secret"},"request_id":"req_2"}"""
			.formatted(type)));
		ModelException failure = failureOf(create(TestHttp.settings().apiKey("sk-secret")).chat("Hi"));
		assertThat(failure.getKind()).isEqualTo(kind);
		assertThat(failure.getRequestId()).isEqualTo("req_2");
		assertThat(failure).hasMessageNotContaining("sk-secret");
	}

	@Test
	void conversationGoesOnWithTheAnswerOfAStream() {
		ModelResponse response = responseOf(stream(START + CALL + DELTA + STOP));
		this.server.reply(Script.json(200, ANSWER));
		create(TestHttp.settings())
			.chat(ChatRequest.of(List.of(Message.user("Hi"), response.toMessage(), Message.tool("toolu_1", "4 °C"))))
			.block(LIMIT);
		assertThat(this.server.request().body()).contains(
				"{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"get_weather\",\"input\":{\"city\": \"M\\u00fcnchen\"}}")
			.contains("{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"4 °C\"}");
	}

	private Model create(ModelSettings.Builder settings) {
		return new AnthropicModelProvider(TestHttp.factory()).create(settings.baseUrl(this.server.url()).build());
	}

	private Request requestTo(String base, ModelSettings.Builder settings, ChatRequest request) {
		this.server.reply(Script.json(200, ANSWER));
		new AnthropicModelProvider(TestHttp.factory()).create(settings.baseUrl(this.server.url(base)).build())
			.chat(request)
			.block(LIMIT);
		return this.server.request();
	}

	private List<StreamEvent> stream(String stream) {
		return StreamOutcome.eventsOf(create(TestHttp.settings()), this.server, stream);
	}

}
