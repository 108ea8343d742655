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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.Usage;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.MaxTokensField;
import io.routekit.cost.CatalogueCostCalculator;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PricingFilter;
import io.routekit.http.Chunking;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.TestHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.responseOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for servers that claim to be compatible with OpenAI, by what each of them does
 * differently. A server is known by nothing but its base URL.
 */
class CompatibleServerTests {

	private static final ChatRequest REQUEST = ChatRequest.builder()
		.messages(Message.user("Where is Oslo?"))
		.tools(Tool.of("get_weather", "Tells the weather",
				"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"))
		.build();

	private static final String OSLO = "{\"city\":\"Oslo\"}";

	private static final String BERGEN = "{\"city\":\"Bergen\"}";

	private final RawServer server = new RawServer().expectUnknown("reasoning_content", "reasoning",
			"reasoning_details", "extra_content", "content part");

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(String path, Object... properties) {
		return new OpenAiModelProvider(TestHttp.factory())
			.create(TestHttp.settings(properties).baseUrl(this.server.url(path)).model("m").build());
	}

	private static String read(String fixture) {
		try (InputStream in = CompatibleServerTests.class.getResourceAsStream(fixture)) {
			assertThat(in).as(fixture).isNotNull();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode json(String text) {
		return new JsonMapper().readTree(text);
	}

	private ModelResponse chat(Model model, String fixture) {
		this.server.reply(Script.json(200, read(fixture)));
		return model.chat(REQUEST).block(LIMIT);
	}

	private List<StreamEvent> events(Model model, String fixture, Chunking chunking) {
		this.server.reply(Script.events(read(fixture), chunking));
		return eventsOf(model.stream(REQUEST));
	}

	private ModelResponse stream(Model model, String fixture, Chunking chunking) {
		return responseOf(events(model, fixture, chunking));
	}

	private ModelException failure(Model model, int status, String fixture) {
		this.server.reply(Script.json(status, read(fixture)));
		return failureOf(model.chat(REQUEST));
	}

	private ModelException failureOfStream(Model model, String fixture, Chunking chunking) {
		this.server.reply(Script.events(read(fixture), chunking));
		return failureOf(model.stream(REQUEST));
	}

	// The text that reaches the user before a stream fails
	private String textBeforeFailure(Model model, String fixture, Chunking chunking) {
		this.server.reply(Script.events(read(fixture), chunking));
		List<StreamEvent> events = new ArrayList<>();
		failureOf(model.stream(REQUEST).doOnNext(events::add));
		assertThat(events).noneMatch(StreamEvent.Completed.class::isInstance);
		return textOf(events);
	}

	// The answer as it goes back to the server in the next request
	private JsonNode sentBack(Model model, ModelResponse response) {
		List<Message> messages = new ArrayList<>(REQUEST.messages());
		messages.add(response.toMessage());
		response.toolCalls().forEach((call) -> messages.add(Message.tool(call.id(), "4 °C")));
		this.server.reply(Script.json(200, read("proxy/answer.json")));
		model.chat(ChatRequest.of(messages)).block(LIMIT);
		return this.server.request().json().at("/messages/1");
	}

	private static void assertSame(ModelResponse streamed, ModelResponse whole) {
		assertThat(streamed).usingRecursiveComparison().isEqualTo(whole);
	}

	private static void assertAnswer(ModelResponse response, String content, String reasoning) {
		assertThat(response.content()).isEqualTo(content);
		assertThat(response.reasoning()).isEqualTo(reasoning);
		assertThat(response.refusal()).isNull();
		assertThat(response.toolCalls()).isEmpty();
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.rawFinishReason()).isEqualTo("stop");
		assertThat(response.provider()).isEqualTo("openai");
	}

	private static void assertCalls(ModelResponse response, String rawFinishReason, ToolCall... calls) {
		assertThat(response.toolCalls()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("state")
			.containsExactly(calls);
		assertThat(response.toolCalls()).allMatch(ToolCall::complete);
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(response.rawFinishReason()).isEqualTo(rawFinishReason);
	}

	// Prompt, completion, total, cached, written to the cache, reasoning
	private static void assertUsage(ModelResponse response, Long... counts) {
		Usage usage = response.usage();
		assertThat(Arrays.asList(usage.promptTokens(), usage.completionTokens(), usage.totalTokens(),
				usage.cachedTokens(), usage.cacheWriteTokens(), usage.reasoningTokens()))
			.containsExactly(counts);
	}

	private static void assertFailure(ModelException failure, Kind kind, boolean retryable, String message) {
		assertThat(failure.getKind()).as(failure.getMessage()).isEqualTo(kind);
		assertThat(failure.isRetryable()).isEqualTo(retryable);
		assertThat(failure).hasMessageStartingWith(message);
	}

	private static ToolCall weather(String id, String arguments) {
		return ToolCall.of(id, "get_weather", arguments);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/v1", "/openai/v1", "/api/v1", "/v1beta/openai", "/compatible-mode/v1" })
	void asksBelowThePathOfTheServerForNothingThatNobodySet(String path) {
		this.server.reply(Script.json(200, read("proxy/answer.json")));
		model(path).chat("Hi").block(LIMIT);
		assertThat(this.server.request().target()).isEqualTo(path + "/chat/completions");
		assertThat(this.server.request().headers()).doesNotContainKey("Authorization");
		assertThat(this.server.request().json())
			.isEqualTo(json("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
	}

	@Nested
	class Ollama {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void tellsReasoningApartAndUsageWhenAsked(Chunking chunking) {
			ModelResponse response = stream(this.model, "ollama/stream.txt", chunking);
			assertAnswer(response, "Oslo ligger på 59,9° N 🌲", "The user asks for a latitude.");
			assertUsage(response, 26L, 31L, 57L, null, null, null);
			assertThat(response.id()).isEqualTo("chatcmpl-473");
			assertThat(response.model()).isEqualTo("qwen3:8b");
			assertThat(response.metadata()).containsExactly(Map.entry("system_fingerprint", "fp_ollama"));
			assertThat(CompatibleServerTests.this.server.request().json().path("stream_options"))
				.isEqualTo(json("{\"include_usage\":true}"));
			assertSame(response, chat(this.model, "ollama/answer.json"));
		}

		@ParameterizedTest
		@EnumSource
		void tellsNoUsageWhenNotAsked(Chunking chunking) {
			CompletionsProperties properties = new CompletionsProperties();
			properties.setStreamUsage(false);
			ModelResponse response = stream(model("/v1", properties), "ollama/stream-without-usage.txt", chunking);
			assertAnswer(response, "Oslo ligger på 59,9° N 🌲", "The user asks for a latitude.");
			assertThat(response.usage()).isNull();
		}

		@ParameterizedTest
		@EnumSource
		void givesCallsTheSameIndexAndStops(Chunking chunking) {
			List<StreamEvent> events = events(this.model, "ollama/tool-calls.txt", chunking);
			ToolCall oslo = weather("call_5wdr3h0t", OSLO);
			ToolCall bergen = weather("call_p1x0v8kz", BERGEN);
			assertThat(events.subList(0, 6)).containsExactly(
					new StreamEvent.ToolCallStart(0, "call_5wdr3h0t", "get_weather"),
					new StreamEvent.ToolCallArguments(0, OSLO),
					new StreamEvent.ToolCallStart(1, "call_p1x0v8kz", "get_weather"),
					new StreamEvent.ToolCallArguments(1, BERGEN), new StreamEvent.ToolCallComplete(0, oslo),
					new StreamEvent.ToolCallComplete(1, bergen));
			ModelResponse response = responseOf(events);
			assertCalls(response, "stop", oslo, bergen);
			assertUsage(response, 182L, 40L, 222L, null, null, null);
			assertSame(response, chat(this.model, "ollama/tool-calls.json"));
		}

		@Test
		void ignoresTheToolChoice() {
			CompatibleServerTests.this.server.reply(Script.json(200, read("ollama/answer.json")));
			ModelResponse response = this.model
				.chat(REQUEST.mutate().options((options) -> options.toolChoice(ToolChoice.REQUIRED)).build())
				.block(LIMIT);
			assertAnswer(response, "Oslo ligger på 59,9° N 🌲", "The user asks for a latitude.");
			assertThat(CompatibleServerTests.this.server.request().json().path("tool_choice"))
				.isEqualTo(json("\"required\""));
		}

		@Test
		void takesAnyKey() {
			CompatibleServerTests.this.server.reply(Script.json(200, read("ollama/answer.json")));
			new OpenAiModelProvider(TestHttp.factory())
				.create(TestHttp.settings()
					.baseUrl(CompatibleServerTests.this.server.url("/v1"))
					.apiKey("ollama")
					.model("m")
					.build())
				.chat(REQUEST)
				.block(LIMIT);
			assertThat(CompatibleServerTests.this.server.request().headers()).containsEntry("Authorization",
					"Bearer ollama");
		}

		@Test
		void cutsThePromptWithoutAWord() {
			ModelResponse response = chat(this.model, "ollama/answer-of-cut-prompt.json");
			assertAnswer(response, "Which city do you mean?", null);
			assertUsage(response, 4096L, 6L, 4102L, null, null, null);
		}

		@ParameterizedTest
		@EnumSource
		void leaksTokensOfTheTemplate(Chunking chunking) {
			assertAnswer(stream(this.model, "ollama/harmony.txt", chunking),
					"<|channel|>analysis<|message|>Need weather.<|end|>", null);
		}

		@Test
		void doesNotKnowAModel() {
			assertFailure(failure(this.model, 404, "ollama/error.json"), Kind.NOT_FOUND, false,
					"model \"llama9\" not found, try pulling it first");
		}

	}

	@Nested
	class Vllm {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void repeatsUsageAndSendsEmptyToolCallsWithText(Chunking chunking) {
			List<StreamEvent> events = events(this.model, "vllm/stream.txt", chunking);
			assertThat(events.subList(0, 4)).containsExactly(new StreamEvent.Reasoning("Latitude "),
					new StreamEvent.Reasoning("of Oslo."), new StreamEvent.Text("59,9° "),
					new StreamEvent.Text("nord"));
			ModelResponse response = responseOf(events);
			assertAnswer(response, "59,9° nord", "Latitude of Oslo.");
			assertUsage(response, 17L, 9L, 26L, 16L, null, null);
			assertThat(response.metadata()).containsExactly(Map.entry("stop_reason", "###"));
			ModelResponse whole = chat(this.model, "vllm/answer.json");
			assertAnswer(whole, "59,9° nord", "Latitude of Oslo.");
			assertThat(response).usingRecursiveComparison().ignoringFields("message").isEqualTo(whole);
			assertThat(sentBack(this.model, whole)).isEqualTo(json("""
					{"role":"assistant","content":"59,9° nord","reasoning":"Latitude of Oslo.",
					"reasoning_content":"Latitude of Oslo."}"""));
		}

		@ParameterizedTest
		@EnumSource
		void calledTheReasoningDifferentlyBefore(Chunking chunking) {
			ModelResponse response = stream(this.model, "vllm/stream-of-older-version.txt", chunking);
			assertThat(response.reasoning()).isEqualTo(stream(this.model, "vllm/stream.txt", chunking).reasoning());
			assertThat(sentBack(this.model, response)).isEqualTo(json("""
					{"role":"assistant","content":"59,9° nord","reasoning_content":"Latitude of Oslo."}"""));
		}

		@ParameterizedTest
		@EnumSource
		void startsACallWithNothingButItsId(Chunking chunking) {
			ModelResponse response = stream(this.model, "vllm/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("chatcmpl-tool-41c7a9d0c1d14e8f", "{\"city\": \"Oslo\"}"));
			assertThat(response.content()).isEqualTo("I look it up.");
			assertThat(response.reasoning()).isEqualTo("A tool knows.");
			assertUsage(response, 210L, 19L, 229L, null, null, null);
			assertSame(response, chat(this.model, "vllm/tool-calls.json"));
		}

		@Test
		void failsWithAndWithoutWrapper() {
			assertFailure(failure(this.model, 400, "vllm/error-without-wrapper.json"), Kind.CONTEXT_LENGTH, false,
					"This model's maximum context length is 4096 tokens.");
			assertFailure(failure(this.model, 404, "vllm/error.json"), Kind.NOT_FOUND, false,
					"The model `Qwen/Qwen9` does not exist.");
		}

		@ParameterizedTest
		@EnumSource
		void failsInTheStream(Chunking chunking) {
			assertFailure(failureOfStream(this.model, "vllm/error-in-stream.txt", chunking), Kind.SERVER, true,
					"EngineCore encountered an issue.");
			assertThat(textBeforeFailure(this.model, "vllm/error-in-stream.txt", chunking)).isEqualTo("Os");
		}

	}

	@Nested
	class SgLang {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void sendsEveryFieldInEveryChunk(Chunking chunking) {
			ModelResponse response = stream(this.model, "sglang/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", "A latitude again.");
			assertUsage(response, 31L, 19L, 50L, 4L, null, 11L);
			assertThat(response.metadata()).isEmpty();
			assertSame(response, chat(this.model, "sglang/answer.json"));
		}

		@ParameterizedTest
		@EnumSource
		void sendsIdAndNameOfACallOnce(Chunking chunking) {
			ModelResponse response = stream(this.model, "sglang/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("call_1a2b3c4d5e6f", OSLO));
			assertUsage(response, 176L, 21L, 197L, null, null, 0L);
			assertSame(response, chat(this.model, "sglang/tool-calls.json"));
		}

		@Test
		void findsThePromptTooLong() {
			assertFailure(failure(this.model, 400, "sglang/error.json"), Kind.CONTEXT_LENGTH, false,
					"The input (40960 tokens) is longer than the model's context length (32768 tokens).");
		}

	}

	@Nested
	class LlamaCpp {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void startsWithoutContentAndEndsWithTimings(Chunking chunking) {
			ModelResponse response = stream(this.model, "llamacpp/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", "North, so 59,9.");
			assertUsage(response, 15L, 9L, 24L, 12L, null, null);
			assertThat(response.metadata()).containsExactly(Map.entry("system_fingerprint", "b6123-79c1160b"));
			assertSame(response, chat(this.model, "llamacpp/answer.json"));
		}

		@ParameterizedTest
		@EnumSource
		void callsATool(Chunking chunking) {
			ModelResponse response = stream(this.model, "llamacpp/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("xLAvNQ0t7gUJ1m3dPzRk5sWbY8cHe2fa", OSLO));
			assertThat(response.reasoning()).isEqualTo("I need the weather.");
			assertSame(response, chat(this.model, "llamacpp/tool-calls.json"));
		}

		@Test
		void isStillLoading() {
			assertFailure(failure(this.model, 503, "llamacpp/error-loading.json"), Kind.OVERLOADED, true,
					"Loading model");
		}

		@Test
		void findsThePromptTooLong() {
			for (int status : new int[] { 400, 500 }) {
				assertFailure(failure(this.model, status, "llamacpp/error-too-long.json"), Kind.CONTEXT_LENGTH, false,
						"request (5123 tokens) exceeds the available context size (4096 tokens)");
			}
		}

		@ParameterizedTest
		@EnumSource
		void findsThePromptTooLongAfterStatus200(Chunking chunking) {
			for (String fixture : List.of("llamacpp/error-line.txt", "llamacpp/error-in-stream.txt")) {
				assertFailure(failureOfStream(this.model, fixture, chunking), Kind.CONTEXT_LENGTH, false,
						"the request exceeds the available context size.");
			}
		}

	}

	@Nested
	class LmStudio {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void answers(Chunking chunking) {
			ModelResponse response = stream(this.model, "lmstudio/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", null);
			assertUsage(response, 19L, 8L, 27L, null, null, 0L);
			assertSame(response, chat(this.model, "lmstudio/answer.json"));
		}

		@ParameterizedTest
		@EnumSource
		void callsATool(Chunking chunking) {
			ModelResponse response = stream(this.model, "lmstudio/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("365174485", OSLO));
			assertSame(response, chat(this.model, "lmstudio/tool-calls.json"));
		}

		@ParameterizedTest
		@EnumSource
		void failsByAnEventWithAName(Chunking chunking) {
			assertFailure(failureOfStream(this.model, "lmstudio/error-too-long.txt", chunking), Kind.CONTEXT_LENGTH,
					false, "The number of tokens to keep from the initial prompt is greater than the context length.");
			assertFailure(failureOfStream(this.model, "lmstudio/error-in-stream.txt", chunking), Kind.SERVER, true,
					"The model has crashed without additional information.");
			assertThat(textBeforeFailure(this.model, "lmstudio/error-in-stream.txt", chunking)).isEqualTo("59");
		}

		@Test
		void doesNotKnowAnAddressAlthoughTheStatusIs200() {
			Model model = model("");
			assertFailure(failure(model, 200, "lmstudio/error-endpoint.json"), Kind.NOT_FOUND, false,
					"Unexpected endpoint or method. (POST /chat/completions)");
			CompatibleServerTests.this.server.reply(Script.json(200, read("lmstudio/error-endpoint.json")));
			assertFailure(failureOf(model.stream(REQUEST)), Kind.NOT_FOUND, false,
					"Unexpected endpoint or method. (POST /chat/completions)");
		}

		@Test
		void findsThePromptTooLong() {
			assertFailure(failure(this.model, 400, "lmstudio/error-too-long.json"), Kind.CONTEXT_LENGTH, false,
					"Trying to keep the first 9000 tokens");
		}

		@ParameterizedTest
		@EnumSource
		void saysNothingToAPromptThatIsTooLong(Chunking chunking) {
			assertFailure(failureOfStream(this.model, "lmstudio/no-deltas.txt", chunking), Kind.INVALID_RESPONSE, false,
					"The stream ended without any event");
		}

	}

	@Nested
	class Groq {

		private final Model model = model("/openai/v1");

		@ParameterizedTest
		@EnumSource
		void hidesUsageInAFieldOfItsOwn(Chunking chunking) {
			ModelResponse response = stream(this.model, "groq/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", "Latitude then.");
			assertUsage(response, 78L, 24L, 102L, null, null, 9L);
			assertThat(response.usage().raw()).containsEntry("queue_time", new BigDecimal("0.037493756"));
			assertThat(response.metadata()).containsOnly(Map.entry("system_fingerprint", "fp_9c2a7e41b0"),
					Map.entry("service_tier", "on_demand"));
			assertSame(response, chat(this.model, "groq/answer.json"));
		}

		@ParameterizedTest
		@EnumSource
		void callsATool(Chunking chunking) {
			ModelResponse response = stream(this.model, "groq/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("fc_7c1f0a52", OSLO));
			assertUsage(response, 78L, 24L, 102L, null, null, 9L);
			assertSame(response, chat(this.model, "groq/tool-calls.json"));
		}

		@ParameterizedTest
		@EnumSource
		void failsToCallATool(Chunking chunking) {
			ModelException failure = failureOfStream(this.model, "groq/error-in-stream.txt", chunking);
			assertFailure(failure, Kind.INVALID_REQUEST, false, "Failed to call a function.");
			assertThat(failure.getDetails()).containsEntry("code", "tool_use_failed");
			assertThat(failure.toString()).doesNotContain("<function=");
		}

		@ParameterizedTest
		@CsvSource({ "413,error-never-fits,RATE_LIMIT,false,Request too large for model",
				"413,error-too-large,INVALID_REQUEST,false,Request Entity Too Large",
				"498,error-flex,RATE_LIMIT,true,Flex tier capacity exceeded" })
		void failsWithStatusesOfItsOwn(int status, String fixture, Kind kind, boolean retryable, String message) {
			assertFailure(failure(this.model, status, "groq/" + fixture + ".json"), kind, retryable, message);
		}

	}

	@Nested
	class Mistral {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void thinksInPartsOfTheContent(Chunking chunking) {
			ModelResponse response = stream(this.model, "mistral/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", "Oslo is in Norway.");
			assertUsage(response, 10L, 34L, 44L, null, null, null);
			assertSame(response, chat(this.model, "mistral/answer.json"));
			assertThat(sentBack(this.model, response)).isEqualTo(
					json("""
							{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Oslo is in Norway."}]},
							{"type":"text","text":"59,9° nord"}]}"""));
		}

		@ParameterizedTest
		@EnumSource
		void callsToolsWithoutContent(Chunking chunking) {
			ModelResponse response = stream(this.model, "mistral/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("D681PevKs", OSLO), weather("a7Xw0qZ3b", BERGEN));
			assertUsage(response, 10L, 34L, 44L, null, null, null);
			assertSame(response, chat(this.model, "mistral/tool-calls.json"));
			assertThat(sentBack(this.model, response)).isEqualTo(
					json("""
							{"role":"assistant","content":null,"tool_calls":[
							{"id":"D681PevKs","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}},
							{"id":"a7Xw0qZ3b","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Bergen\\"}"}}
							]}"""));
		}

		@ParameterizedTest
		@EnumSource
		void runsOutOfContext(Chunking chunking) {
			ModelResponse response = stream(this.model, "mistral/model-length.txt", chunking);
			assertThat(response.content()).isEqualTo("59");
			assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
			assertThat(response.rawFinishReason()).isEqualTo("model_length");
		}

		@ParameterizedTest
		@EnumSource
		void finishesWithAnError(Chunking chunking) {
			assertFailure(failureOfStream(this.model, "mistral/error-in-stream.txt", chunking), Kind.SERVER, true,
					"The server stopped with an error that it did not explain");
			assertThat(textBeforeFailure(this.model, "mistral/error-in-stream.txt", chunking)).isEqualTo("59");
		}

		@ParameterizedTest
		@ValueSource(strings = { "mistral/error-unknown-field.json", "mistral/error-detail.json" })
		void namesTheFieldThatItDoesNotKnow(String fixture) {
			ModelException failure = failure(this.model, 422, fixture);
			assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
			assertThat(failure).hasMessageContaining("stream_options")
				.hasMessageContaining("Extra inputs are not permitted");
		}

		@Test
		void isNotSentFieldsThatItDoesNotKnowWhereConfigured() {
			CompletionsProperties properties = new CompletionsProperties();
			properties.setStreamUsage(false);
			properties.setMaxTokensField(MaxTokensField.MAX_TOKENS);
			CompatibleServerTests.this.server.reply(Script.events(read("mistral/stream.txt")));
			ChatRequest request = ChatRequest.of("Hi").mutate().options((options) -> options.maxTokens(9)).build();
			ModelResponse response = responseOf(eventsOf(model("/v1", properties).stream(request)));
			assertThat(CompatibleServerTests.this.server.request().json()).isEqualTo(json("""
					{"model":"m","messages":[{"role":"user","content":"Hi"}],"max_tokens":9,"stream":true}"""));
			assertUsage(response, 10L, 34L, 44L, null, null, null);
		}

		@ParameterizedTest
		@CsvSource({ "400,error-too-long,CONTEXT_LENGTH,Prompt contains 33512 tokens",
				"401,error-gateway,AUTHENTICATION,Unauthorized" })
		void failsInSeveralShapes(int status, String fixture, Kind kind, String message) {
			assertFailure(failure(this.model, status, "mistral/" + fixture + ".json"), kind, false, message);
		}

		@Test
		void tellsTheIdOfTheRequestInTheBody() {
			assertThat(failure(this.model, 401, "mistral/error-gateway.json").getRequestId())
				.isEqualTo("b1d5c1f1a0e84b0d");
		}

	}

	@Nested
	class DeepSeek {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void keepsTheConnectionAlive(Chunking chunking) {
			ModelResponse response = stream(this.model, "deepseek/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", "Oslo, Norway.");
			assertUsage(response, 80L, 21L, 101L, 64L, null, 12L);
			assertThat(response.metadata())
				.containsExactly(Map.entry("system_fingerprint", "fp_ffc7281d48_prod0820_fp8_kvcache"));
			assertThat(read("deepseek/answer.json")).startsWith("\n\n");
			assertSame(response, chat(this.model, "deepseek/answer.json"));
			assertThat(sentBack(this.model, response).path("reasoning_content").asString()).isEqualTo("Oslo, Norway.");
		}

		@ParameterizedTest
		@EnumSource
		void wantsItsReasoningBackWhileToolsAreCalled(Chunking chunking) {
			ModelResponse response = stream(this.model, "deepseek/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("call_00_Yf3kQ8wTqkJ0b2nR6mVx", OSLO));
			assertThat(response.reasoning()).isEqualTo("I look it up.");
			assertUsage(response, 80L, 21L, 101L, 64L, null, 12L);
			assertSame(response, chat(this.model, "deepseek/tool-calls.json"));
			assertThat(sentBack(this.model, response)).isEqualTo(
					json("""
							{"role":"assistant","content":null,"reasoning_content":"I look it up.","tool_calls":[{"id":"call_00_Yf3kQ8wTqkJ0b2nR6mVx",
							"type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}"""));
		}

		@ParameterizedTest
		@EnumSource
		void runsOutOfResources(Chunking chunking) {
			ModelResponse response = stream(this.model, "deepseek/out-of-resources.txt", chunking);
			assertThat(response.content()).isEqualTo("59");
			assertThat(response.finishReason()).isEqualTo(FinishReason.OTHER);
			assertThat(response.rawFinishReason()).isEqualTo("insufficient_system_resource");
		}

		@Test
		void hasNoBalanceOrNoTime() {
			assertFailure(failure(this.model, 402, "deepseek/error-balance.json"), Kind.QUOTA, false,
					"Insufficient Balance");
			assertFailure(failure(this.model, 503, "deepseek/error-busy.json"), Kind.OVERLOADED, true,
					"Service is too busy.");
		}

	}

	@Nested
	class OpenRouter {

		private final Model model = model("/api/v1");

		@ParameterizedTest
		@EnumSource
		void repeatsTheRoleAfterComments(Chunking chunking) {
			ModelResponse response = stream(this.model, "openrouter/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", null);
			assertUsage(response, 43L, 28L, 71L, 0L, null, 14L);
			assertThat(response.id()).isEqualTo("gen-1763900009-Qk7vYx2mD0bT3rLw");
			assertThat(response.model()).isEqualTo("anthropic/claude-sonnet-4.5");
			assertThat(response.metadata()).containsOnly(Map.entry("provider", "Anthropic"),
					Map.entry("native_finish_reason", "end_turn"));
			assertSame(response, chat(this.model, "openrouter/answer.json"));
		}

		@Test
		void tellsWhatItCosts() {
			PricingFilter pricing = new PricingFilter(new CatalogueCostCalculator(PriceCatalogue.bundled()));
			CompatibleServerTests.this.server.reply(Script.json(200, read("openrouter/answer.json")))
				.reply(Script.events(read("openrouter/stream.txt")));
			Cost cost = new Cost(new BigDecimal("0.00000555"), Cost.USD, Cost.Source.REPORTED);
			assertThat(pricing.chat(REQUEST, this.model).block(LIMIT).usage().cost()).isEqualTo(cost);
			assertThat(responseOf(eventsOf(pricing.stream(REQUEST, this.model))).usage().cost()).isEqualTo(cost);
		}

		@ParameterizedTest
		@EnumSource
		void wantsItsReasoningBackInOnePiece(Chunking chunking) {
			ModelResponse response = stream(this.model, "openrouter/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("toolu_01F7kq2mDh9XcVb3nR6tYwQe", OSLO));
			assertThat(response.reasoning()).isEqualTo("Let me look.");
			JsonNode expected = json(
					"""
							{"role":"assistant","content":null,"reasoning":"Let me look.","reasoning_details":[{"type":"reasoning.text","text":"Let me look.",
							"signature":"Et8BCmUIDxgCKkA=","format":"anthropic-claude-v1","index":0}],
							"tool_calls":[{"id":"toolu_01F7kq2mDh9XcVb3nR6tYwQe","type":"function",
							"function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}""");
			assertThat(sentBack(this.model, response)).isEqualTo(expected);
			ModelResponse whole = chat(this.model, "openrouter/tool-calls.json");
			assertThat(sentBack(this.model, whole)).isEqualTo(expected);
			assertThat(response).usingRecursiveComparison().ignoringFields("message").isEqualTo(whole);
			assertThat(response.toolCalls()).isEqualTo(whole.toolCalls());
		}

		@ParameterizedTest
		@EnumSource
		void wantsEncryptedReasoningBackAsItIs(Chunking chunking) {
			ModelResponse response = stream(this.model, "openrouter/encrypted-reasoning.txt", chunking);
			assertCalls(response, "tool_calls", weather("tool_get_weather_1", OSLO),
					weather("tool_get_weather_2", BERGEN));
			assertThat(sentBack(this.model, response).path("reasoning_details")).isEqualTo(json("""
					[{"type":"reasoning.summary","summary":"Two cities.","format":"google-gemini-v1","index":0},
					{"type":"reasoning.encrypted","data":"CpMBAdHtim8=","id":"tool_get_weather_1",
					"format":"google-gemini-v1","index":0},
					{"type":"reasoning.encrypted","data":"CrQBAdHtim9=","id":"tool_get_weather_2",
					"format":"google-gemini-v1","index":0}]"""));
		}

		@ParameterizedTest
		@EnumSource
		void wantsSignedReasoningBackInAsManyPiecesAsThereAreSignatures(Chunking chunking) {
			ModelResponse response = stream(this.model, "openrouter/several-reasonings.txt", chunking);
			assertAnswer(response, "59,9° nord", "One.Two.");
			assertThat(sentBack(this.model, response).path("reasoning_details")).isEqualTo(
					json("""
							[{"type":"reasoning.text","text":"One.","signature":"Et8BAAA=","format":"anthropic-claude-v1","index":0},
							{"type":"reasoning.text","text":"Two.","signature":"Et8BBBB=","format":"anthropic-claude-v1","index":0}]"""));
		}

		@Test
		void failsAlthoughTheStatusIs200() {
			assertFailure(failure(this.model, 200, "openrouter/error-in-200.json"), Kind.SERVER, true,
					"Provider returned error");
			assertFailure(failure(this.model, 200, "openrouter/error-of-choice.json"), Kind.RATE_LIMIT, true,
					"Rate limited upstream");
		}

		@ParameterizedTest
		@EnumSource
		void failsInTheStream(Chunking chunking) {
			for (String fixture : List.of("openrouter/error-in-stream.txt", "openrouter/error-without-status.txt")) {
				assertFailure(failureOfStream(this.model, fixture, chunking), Kind.SERVER, true,
						"Provider disconnected");
				assertThat(textBeforeFailure(this.model, fixture, chunking)).isEqualTo("59");
			}
		}

		@ParameterizedTest
		@CsvSource({ "402,QUOTA,false,Insufficient credits.",
				"403,CONTENT_FILTERED,false,anthropic/claude-sonnet-4.5 requires moderation",
				"408,TIMEOUT,true,Request timed out", "502,SERVER,true,Provider returned error",
				"503,SERVER,true,No instances available" })
		void failsForItselfAndForOthers(int status, Kind kind, boolean retryable, String message) {
			assertFailure(failure(this.model, status, "openrouter/error-" + status + ".json"), kind, retryable,
					message);
		}

	}

	@Nested
	class Gemini {

		private static final String SIGNATURE = "{\"google\":{\"thought_signature\":\"EjQKMgEMOdbHJChLX75QUCJjyYlm==\"}}";

		private final Model model = model("/v1beta/openai");

		@ParameterizedTest
		@EnumSource
		void signsItsTextInTheEnd(Chunking chunking) {
			ModelResponse response = stream(this.model, "gemini/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", null);
			assertUsage(response, 14L, 138L, 152L, null, null, null);
			assertSame(response, chat(this.model, "gemini/answer.json"));
			assertThat(sentBack(this.model, response)).isEqualTo(
					json("{\"role\":\"assistant\",\"content\":\"59,9° nord\",\"extra_content\":" + SIGNATURE + "}"));
		}

		@ParameterizedTest
		@EnumSource
		void wantsTheSignatureBackOnItsCall(Chunking chunking) {
			ModelResponse response = stream(this.model, "gemini/tool-calls.txt", chunking);
			assertCalls(response, "stop", weather("jm4owj31", OSLO), weather("k0p2v7ab", BERGEN));
			assertUsage(response, 14L, 194L, 208L, null, null, null);
			assertSame(response, chat(this.model, "gemini/tool-calls.json"));
			JsonNode calls = sentBack(this.model, response).path("tool_calls");
			assertThat(calls.at("/0/id").stringValue()).isEqualTo("jm4owj31");
			assertThat(calls.at("/0/extra_content")).isEqualTo(json(SIGNATURE));
			assertThat(calls.get(1).has("extra_content")).isFalse();
		}

		@ParameterizedTest
		@EnumSource
		void signsACallLater(Chunking chunking) {
			ModelResponse response = stream(this.model, "gemini/late-signature.txt", chunking);
			assertCalls(response, "stop", weather("jm4owj31", OSLO));
			assertThat(sentBack(this.model, response).at("/tool_calls/0/extra_content")).isEqualTo(json(SIGNATURE));
		}

		@ParameterizedTest
		@CsvSource({ "400,error,INVALID_REQUEST,false,Function call is missing a thought_signature",
				"400,error-too-long,CONTEXT_LENGTH,false,The input token count (1200345) exceeds",
				"429,error-exhausted,RATE_LIMIT,true,You exceeded your current quota" })
		void failsInAList(int status, String fixture, Kind kind, boolean retryable, String message) {
			ModelException failure = failure(this.model, status, "gemini/" + fixture + ".json");
			assertFailure(failure, kind, retryable, message);
			assertThat(failure.getDetails()).containsEntry("code", String.valueOf(status));
		}

	}

	@Nested
	class Qwen {

		private final Model model = model("/compatible-mode/v1");

		@ParameterizedTest
		@EnumSource
		void repeatsTheIdOfACall(Chunking chunking) {
			ModelResponse response = stream(this.model, "qwen/tool-calls.txt", chunking);
			assertCalls(response, "tool_calls", weather("call_1b3f5d7a9c", OSLO));
			assertUsage(response, 201L, 22L, 223L, 128L, null, null);
			assertSame(response, chat(this.model, "qwen/tool-calls.json"));
		}

		@Test
		void findsThePromptTooLong() {
			ModelException failure = failure(this.model, 400, "qwen/error-too-long.json");
			assertFailure(failure, Kind.CONTEXT_LENGTH, false, "<400> InternalError.Algo.InvalidParameter:");
			assertThat(failure.getRequestId()).isEqualTo("7f1c9a3e-5b2d-9d11-a1c4");
		}

	}

	@Nested
	class Kimi {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void tellsUsageWithinTheChoice(Chunking chunking) {
			ModelResponse response = stream(this.model, "kimi/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", null);
			assertUsage(response, 19L, 7L, 26L, 19L, null, null);
			assertSame(response, chat(this.model, "kimi/answer.json"));
		}

		@Test
		void findsThePromptTooLongOrItselfOverloaded() {
			assertFailure(failure(this.model, 400, "kimi/error-too-long.json"), Kind.CONTEXT_LENGTH, false,
					"Invalid request: Your request exceeded model token limit: 262144");
			assertFailure(failure(this.model, 429, "kimi/error-overloaded.json"), Kind.OVERLOADED, true,
					"The engine is currently overloaded");
		}

	}

	@Nested
	class GitHubCopilot {

		private final Model model = model("");

		@ParameterizedTest
		@EnumSource
		void doesNotSayWhen(Chunking chunking) {
			assertThat(read("copilot/tool-calls.json")).doesNotContain("created");
			ModelResponse response = stream(this.model, "copilot/stream.txt", chunking);
			assertAnswer(response, "59,9° nord", null);
			assertUsage(response, 90L, 18L, 108L, 0L, null, null);
			assertThat(response.id()).isEqualTo("chatcmpl-CfR2aYq0");
		}

		@Test
		void spreadsAnAnswerOverChoices() {
			ModelResponse response = chat(this.model, "copilot/tool-calls.json");
			assertThat(response.content()).isEqualTo("I look it up.");
			assertCalls(response, "tool_calls", weather("toolu_vrtx_01A", OSLO));
			assertUsage(response, 90L, 18L, 108L, 0L, null, null);
		}

		@Test
		void findsThePromptTooLong() {
			assertFailure(failure(this.model, 400, "copilot/error-too-long.json"), Kind.CONTEXT_LENGTH, false,
					"prompt token count of 135412 exceeds the limit of 128000");
		}

	}

	@Nested
	class Proxy {

		private final Model model = model("/v1");

		@ParameterizedTest
		@EnumSource
		void streamsWithoutBeingAsked(Chunking chunking) {
			CompatibleServerTests.this.server.reply(Script.events(read("proxy/stream.txt"), chunking));
			ModelResponse response = this.model.chat(REQUEST).block(LIMIT);
			assertThat(CompatibleServerTests.this.server.request().json().has("stream")).isFalse();
			assertAnswer(response, "59,9° nord", null);
			assertUsage(response, 9L, 4L, 13L, null, null, null);
			assertSame(response, stream(this.model, "proxy/stream.txt", chunking));
		}

		@Test
		void callsToolsAfterTheTextOfABody() {
			CompatibleServerTests.this.server.reply(Script.json(200, read("vllm/tool-calls.json")));
			List<StreamEvent> events = eventsOf(this.model.stream(REQUEST));
			assertThat(events.subList(0, 3)).containsExactly(new StreamEvent.Reasoning("A tool knows."),
					new StreamEvent.Text("I look it up."),
					new StreamEvent.ToolCallStart(0, "chatcmpl-tool-41c7a9d0c1d14e8f", "get_weather"));
		}

		@Test
		void doesNotStreamWhenAsked() {
			CompatibleServerTests.this.server.reply(Script.json(200, read("proxy/answer.json")));
			List<StreamEvent> events = eventsOf(this.model.stream(REQUEST));
			assertThat(CompatibleServerTests.this.server.request().json().path("stream").booleanValue()).isTrue();
			assertThat(events).hasSize(2).first().isEqualTo(new StreamEvent.Text("59,9° nord"));
			assertAnswer(responseOf(events), "59,9° nord", null);
			assertSame(responseOf(events), chat(this.model, "proxy/answer.json"));
		}

		@ParameterizedTest
		@EnumSource
		void labelsABodyAsAStream(Chunking chunking) {
			List<StreamEvent> events = events(this.model, "proxy/answer.json", chunking);
			assertThat(events).hasSize(2).first().isEqualTo(new StreamEvent.Text("59,9° nord"));
			assertUsage(responseOf(events), 9L, 4L, 13L, null, null, null);
		}

	}

}
