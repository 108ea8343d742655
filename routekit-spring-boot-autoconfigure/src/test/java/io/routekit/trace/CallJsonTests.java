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

package io.routekit.trace;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.CompleteCalls;
import io.routekit.Cost;
import io.routekit.FilePart;
import io.routekit.FinishReason;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.Reasoning;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.Usage;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallJson}.
 */
class CallJsonTests {

	private static final JsonMapper mapper = new JsonMapper();

	private static final ProviderState STATE = new ProviderState("anthropic",
			"{ \"signature\" :\"a/+=\\u00e9\",\"n\":1.10}");

	private static final ToolCall CALL = new ToolCall("call_1", "get_weather", "{ \"city\": \"Oslo\" , \"n\":1.0 }",
			true, STATE);

	private final Usage usage = Usage.builder()
		.promptTokens(12L)
		.completionTokens(7L)
		.totalTokens(19L)
		.cachedTokens(0L)
		.reasoningTokens(0L)
		.cost(new Cost(new BigDecimal("0.0000169"), "USD", Cost.Source.CATALOGUE))
		.raw(Map.of("prompt_tokens", 12, "cost", new BigDecimal("0.10"), "big", new BigInteger("12345678901234567890"),
				"details", Map.of("list", List.of(1, "x", true))))
		.build();

	private final ModelResponse response = ModelResponse.builder()
		.part(new ReasoningPart("Thinking", STATE))
		.part(new TextPart("Hello"))
		.part(CALL)
		.part(new OpaquePart(STATE))
		.finishReason(FinishReason.TOOL_CALLS, "tool_use")
		.usage(this.usage)
		.provider("openai")
		.model("gpt-5-mini-2025-08-07")
		.id("answer-1")
		.requestId("req_1")
		.metadata("service_tier", "default")
		.build();

	private static TracedCall readBack(TracedCall call) {
		TracedCall read = CallJson.read(CallJson.write(call, true, new SecretRedactor()));
		assertThat(read).isNotNull();
		return read;
	}

	@Test
	void lineHasTheDocumentedMembersInOrder() {
		ChatRequest request = ChatRequest.of("Hi").mutate().tag("feature", "summary").build();

		assertThat(CallJson.write(TestTrace.call(request, this.response, null), false, new SecretRedactor())).isEqualTo(
				"""
						{"version":1,"type":"call","time":"2026-11-23T12:00:00.123Z","id":"call-1","traceId":"trace-1","spanId":"span-1",\
						"stream":true,"provider":"openai","model":"gpt-5-mini","responseModel":"gpt-5-mini-2025-08-07",\
						"endpoint":"https://api.openai.com/v1","outcome":"success","duration":1.234,"timeToFirstChunk":0.2,\
						"finishReason":"TOOL_CALLS","requestId":"req_1","usage":{"promptTokens":12,"completionTokens":7,\
						"totalTokens":19,"cachedTokens":0,"cacheWriteTokens":null,"reasoningTokens":0},\
						"cost":{"amount":"0.0000169","currency":"USD","source":"catalogue"},"error":null,\
						"tags":{"feature":"summary"},"run":null,"agent":null,"round":null}""");
	}

	@Test
	void lineOfAFailureTellsItsKindButNotItsMessage() {
		ModelException failure = ModelException.builder(Kind.RATE_LIMIT, "Slow down, Jane")
			.status(429)
			.retryAfter(Duration.ofSeconds(3))
			.requestId("req_2")
			.build();

		String line = CallJson.write(TestTrace.call(ChatRequest.of("Hi"), null, failure), false, new SecretRedactor());

		assertThat(line)
			.contains("\"error\":{\"kind\":\"RATE_LIMIT\",\"status\":429,\"retryable\":true,\"retryAfter\":3.0}",
					"\"requestId\":\"req_2\"", "\"outcome\":\"error\"", "\"usage\":null,\"cost\":null")
			.doesNotContain("Jane");
	}

	@Test
	void lineWithoutContentCannotBeReadBack() {
		assertThat(CallJson.read(CallJson.write(TestTrace.call("Hi"), false, new SecretRedactor()))).isNull();
	}

	@Test
	void lineWhoseContentCouldNotBeKeptCannotBeReadBack() {
		String line = CallJson.write(TestTrace.call("Hi").withoutContent(), true, new SecretRedactor());

		assertThat(line).endsWith(",\"round\":null,\"cut\":true}");
		assertThat(CallJson.read(line)).isNull();
	}

	@Test
	void eventsThatWereCutAreReadBackFromTheAnswer() {
		TracedCall call = TestTrace.call(ChatRequest.of("Hi"), ModelResponse.of("Hello"), null,
				new TimedEvent(Duration.ofSeconds(1), new StreamEvent.Text("He")));
		String line = CallJson.write(call, true, new SecretRedactor()).replace("\"cut\":false", "\"cut\":true");

		assertThat(CallJson.read(line).events()).extracting(TimedEvent::event)
			.containsExactly(new StreamEvent.Text("Hello"));
	}

	@Test
	void lineOfAnotherVersionIsRefused() {
		String line = CallJson.write(TestTrace.call("Hi"), true, new SecretRedactor())
			.replace("\"version\":1", "\"version\":2");

		assertThatIllegalArgumentException().isThrownBy(() -> CallJson.read(line))
			.withMessageContaining("version is 2");
	}

	@Test
	void everythingIsReadBackAsItWas() {
		assertThat(CompleteCalls.requests()).allSatisfy((request) -> {
			TracedCall read = readBack(TestTrace.call(request, CompleteCalls.response(), null));

			assertThat(read.request()).isEqualTo(request);
			assertThat(read.response()).isEqualTo(CompleteCalls.response());
		});
	}

	@Test
	void messagesAreReadBackAsTheyWere() {
		byte[] bytes = { 0, -1, 65, 127 };
		List<Message> messages = List.of(Message.system("Be brief"),
				Message.user(new TextPart("What is it?"),
						ImagePart.ofUrl("https://example.com/a.png").withDetail("low"),
						ImagePart.ofBytes(bytes, "image/png"), FilePart.ofBytes("a.pdf", bytes, "application/pdf")),
				Message.assistant(new ReasoningPart("Thinking", STATE), CALL, new OpaquePart(STATE)),
				Message.toolError("call_1", "No such city"), Message.assistant("A text"), Message.user("Well?"));

		ChatRequest read = readBack(TestTrace.call(ChatRequest.of(messages), this.response, null)).request();

		assertThat(read.messages()).isEqualTo(messages);
	}

	@Test
	void bytesAreWrittenInBase64() {
		byte[] bytes = { 0, -1, 65, 127 };
		ChatRequest request = ChatRequest.of(List.of(Message.user(ImagePart.ofBytes(bytes, "image/png"))));

		JsonNode line = mapper
			.readTree(CallJson.write(TestTrace.call(request, null, null), true, new SecretRedactor()));

		assertThat(line.at("/request/messages/0/content/0/data").stringValue())
			.isEqualTo(Base64.getEncoder().encodeToString(bytes));
	}

	@Test
	void toolsAreReadBackAsTheyWere() {
		List<Tool> tools = List.of(new Tool("a", "Does a", "{ \"type\":\"object\" }", true),
				new Tool("b", null, null, null));

		ChatRequest request = ChatRequest.of("Hi").mutate().tools(tools).build();

		assertThat(readBack(TestTrace.call(request, null, null)).request().tools()).isEqualTo(tools);
	}

	@Test
	void optionsAreReadBackAsTheyWere() {
		Map<String, Object> extra = new LinkedHashMap<>();
		extra.put("top_k", 40);
		extra.put("penalty", new BigDecimal("0.10"));
		extra.put("nested", Map.of("list", Arrays.asList(1, null, "x")));
		ChatOptions options = ChatOptions.builder()
			.model("m")
			.temperature(0.2)
			.topP(0.9)
			.maxTokens(100)
			.stop("a", "b")
			.seed(Long.MAX_VALUE)
			.toolChoice(ToolChoice.REQUIRED)
			.parallelToolCalls(false)
			.responseFormat(new ResponseFormat("answer", "{ \"type\": \"object\" }", true))
			.reasoning(Reasoning.budget(1024))
			.serviceTier("flex")
			.user("jane")
			.extra(extra)
			.build();

		ChatOptions read = readBack(TestTrace.call(request(options), null, null)).request().options();

		assertThat(read).usingRecursiveComparison().isEqualTo(options);
	}

	private static ChatRequest request(ChatOptions options) {
		return ChatRequest.builder()
			.messages(Message.user("Hi"))
			.tools(Tool.of("find", "Finds", "{}"))
			.options(options)
			.build();
	}

	@Test
	void responseIsReadBackAsItWas() {
		ModelResponse read = readBack(TestTrace.call(ChatRequest.of("Hi"), this.response, null)).response();

		assertThat(read).usingRecursiveComparison().isEqualTo(this.response);
		assertThat(read.usage()).isEqualTo(this.usage);
		assertThat(read.toMessage()).isEqualTo(this.response.toMessage());
	}

	@Test
	void refusalIsReadBackAsItWas() {
		ModelResponse refusal = ModelResponse.builder().refusal("I cannot").finishReason(FinishReason.REFUSAL).build();

		ModelResponse read = readBack(TestTrace.call(ChatRequest.of("Hi"), refusal, null)).response();

		assertThat(read).usingRecursiveComparison().isEqualTo(refusal);
		assertThat(read.content()).isEmpty();
	}

	@Test
	void eventsAreReadBackAsTheyWere() {
		TimedEvent[] events = { new TimedEvent(Duration.ofNanos(120_000), new StreamEvent.Reasoning("Hm")),
				new TimedEvent(Duration.ofMillis(120), new StreamEvent.Text("Hel")),
				new TimedEvent(Duration.ofSeconds(1), new StreamEvent.ToolCallStart(0, "call_1", "get_weather")),
				new TimedEvent(Duration.ofSeconds(100), new StreamEvent.ToolCallArguments(0, "{ \"ci")),
				new TimedEvent(Duration.ofSeconds(100, 1000), new StreamEvent.ToolCallComplete(0, CALL)) };
		TracedCall call = TestTrace.call(ChatRequest.of("Hi"), this.response, null, events);

		assertThat(readBack(call).events()).containsExactly(events);
		assertThat(CallJson.write(call, true, new SecretRedactor()))
			.contains("{\"at\":0.12,\"type\":\"text\",\"text\":\"Hel\"}");
	}

	@Test
	void failureIsReadBackAsItWas() {
		ModelException failure = ModelException.builder(Kind.OVERLOADED, "The server is busy")
			.provider("openai")
			.model("m")
			.status(529)
			.retryAfter(Duration.ofMillis(1500))
			.requestId("req_1")
			.retryable(false)
			.detail("code", "busy")
			.build();

		TracedCall read = readBack(TestTrace.call(ChatRequest.of("Hi"), null, failure));

		assertThat(read.failure()).isInstanceOfSatisfying(ModelException.class,
				(exception) -> assertThat(exception).usingRecursiveComparison()
					.ignoringFields("stackTrace", "cause", "suppressedExceptions")
					.isEqualTo(failure));
	}

	@Test
	void anotherFailureIsKnownByItsClassOnly() {
		TracedCall call = TestTrace.call(ChatRequest.of("Hi"), null, new IllegalArgumentException("Jane"));

		assertThat(CallJson.write(call, true, new SecretRedactor())).doesNotContain("Jane");
		assertThat(readBack(call).failure()).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining(IllegalArgumentException.class.getName());
	}

	@Test
	void halfACharacterIsReadBackAsItWas() {
		String text = "a\uD83D-\uDE00\uD83D\uDE00\u0000\n\u2028";
		String line = CallJson.write(TestTrace.call(text), true, new SecretRedactor());

		assertThat(line).doesNotContain("\n").contains("\uD83D\uDE00").contains("\\uD83D-\\uDE00");
		assertThat(CallJson.read(line).request().messages()).containsExactly(Message.user(text));
	}

}
