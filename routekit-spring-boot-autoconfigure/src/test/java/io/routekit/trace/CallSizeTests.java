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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.routekit.ChatRequest;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.JsonRange;
import io.routekit.wire.UnreadObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link CallSize}.
 */
class CallSizeTests {

	private static final int LENGTH = 1_000_000;

	/**
	 * Calls by where they have a text of a given length.
	 */
	static final Map<String, Function<String, TracedCall>> PLACES = Map.ofEntries(
			Map.entry("system message", (text) -> call(Message.system(text))),
			Map.entry("user message", (text) -> call(Message.user(text))),
			Map.entry("image", (text) -> call(Message.user(ImagePart.ofUrl(text)))),
			Map.entry("assistant message", (text) -> call(Message.assistant(text))),
			Map.entry("tool call", (text) -> call(Message.assistant(ToolCall.of("c", "n", text)))),
			Map.entry("tool result",
					(text) -> call(Message.user("Hi"), Message.assistant(ToolCall.of("c", "n", "{}")),
							Message.tool("c", text))),
			Map.entry("state", (text) -> call(Message.assistant(new OpaquePart(new ProviderState("i", text))))),
			Map.entry("reasoning",
					(text) -> call(Message.assistant(new ReasoningPart("x", new ProviderState("i", text))))),
			Map.entry("tool",
					(text) -> call(ChatRequest.of("Hi").mutate().tools(new Tool("a", text, null, null)).build())),
			Map.entry("tag", (text) -> call(ChatRequest.of("Hi").mutate().tag("a", text).build())),
			Map.entry("stop", (text) -> call(ChatRequest.of("Hi").mutate().options((o) -> o.stop(text)).build())),
			Map.entry("schema",
					(text) -> call(ChatRequest.of("Hi")
						.mutate()
						.options((options) -> options
							.responseFormat(new ResponseFormat("a", "{\"a\":\"%s\"}".formatted(text), null)))
						.build())),
			Map.entry("extra",
					(text) -> call(ChatRequest.of("Hi")
						.mutate()
						.options((options) -> options.extra("a", Map.of("b", List.of(text))))
						.build())),
			Map.entry("tree",
					(text) -> call(ChatRequest.of("Hi")
						.mutate()
						.options((options) -> options.extra("a", new JsonMapper().createObjectNode().put("b", text)))
						.build())),
			Map.entry("answer", (text) -> call(ModelResponse.of(text))),
			Map.entry("refusal", (text) -> call(ModelResponse.builder().refusal(text).part(new TextPart("x")).build())),
			Map.entry("metadata",
					(text) -> call(ModelResponse.builder().metadata("a", Map.of("b", List.of(text))).build())),
			Map.entry("usage",
					(text) -> call(ModelResponse.builder()
						.usage(Usage.builder().promptTokens(1L).completionTokens(1L).raw(Map.of("a", text)).build())
						.build())),
			Map.entry("details",
					(text) -> TestTrace.call(ChatRequest.of("Hi"), null,
							ModelException.builder(Kind.SERVER, "x").detail("a", Map.of("b", text)).build())),
			Map.entry("failure", (text) -> TestTrace.call(ChatRequest.of("Hi"), null, new IllegalStateException(text))),
			Map.entry("text event", (text) -> call(new StreamEvent.Text(text))),
			Map.entry("reasoning event", (text) -> call(new StreamEvent.Reasoning(text))),
			Map.entry("arguments event", (text) -> call(new StreamEvent.ToolCallArguments(0, text))),
			Map.entry("tool call event",
					(text) -> call(new StreamEvent.ToolCallComplete(0, ToolCall.of("c", "n", text)))));

	static final List<String> NAMES = List.copyOf(PLACES.keySet());

	private static TracedCall call(Message... messages) {
		return call(ChatRequest.of(List.of(messages)));
	}

	private static TracedCall call(ChatRequest request) {
		return TestTrace.call(request, null, null);
	}

	private static TracedCall call(ModelResponse response) {
		return TestTrace.call(ChatRequest.of("Hi"), response, null);
	}

	private static TracedCall call(StreamEvent event) {
		return TestTrace.call(ChatRequest.of("Hi"), null, null, new TimedEvent(Duration.ZERO, event));
	}

	private static long size(TracedCall call) {
		return CallSize.of(call, Long.MAX_VALUE);
	}

	@ParameterizedTest
	@FieldSource("NAMES")
	void countsTexts(String name) {
		Function<String, TracedCall> place = PLACES.get(name);
		long difference = size(place.apply("x".repeat(LENGTH))) - size(place.apply("x"));
		assertThat(difference).isCloseTo(2L * LENGTH, within(10L));
	}

	@ParameterizedTest
	@FieldSource("NAMES")
	void nothingIsLeftWithoutContent(String name) {
		TracedCall call = PLACES.get(name).apply("x".repeat(LENGTH)).withoutContent();
		if (!List.of("tag", "details", "failure").contains(name)) {
			assertThat(size(call)).isLessThan(5000);
		}
		assertThat(CallJson.write(call, false, new SecretRedactor()))
			.isEqualTo(CallJson.write(PLACES.get(name).apply("x".repeat(LENGTH)), false, new SecretRedactor()));
	}

	@Test
	void countsBytes() {
		byte[] data = new byte[LENGTH];
		assertThat(size(call(Message.user(ImagePart.ofBytes(data, "image/png"))))).isGreaterThan(LENGTH);
		assertThat(size(call(Message.user(FilePart.ofBytes("a", data, "text/plain"))))).isGreaterThan(LENGTH);
	}

	@Test
	void readsNothingThatIsNotReadYet() {
		byte[] json = "x".repeat(LENGTH).getBytes(StandardCharsets.UTF_8);
		UnreadObject unread = new UnreadObject(Map.of("tokens", new JsonRange(json, 0, LENGTH)));
		assertThat(size(call(ModelResponse.builder().metadata("logprobs", unread).build())))
			.isGreaterThan(10L * LENGTH);
	}

	@Test
	void countsManySmallValues() {
		assertThat(size(call(ModelResponse.builder().metadata("a", Collections.nCopies(LENGTH, 0)).build())))
			.isGreaterThan(16L * LENGTH);
		TimedEvent[] events = Collections.nCopies(1000, new TimedEvent(Duration.ZERO, new StreamEvent.Text("")))
			.toArray(TimedEvent[]::new);
		assertThat(size(TestTrace.call(ChatRequest.of("Hi"), null, null, events))).isGreaterThan(100_000);
	}

	@Test
	void countsValuesInOneAnother() {
		int depth = 400;
		List<Object> deep = new ArrayList<>();
		for (int i = 0; i < depth; i++) {
			deep = new ArrayList<>(List.of(deep));
		}

		assertThat(size(call(ModelResponse.builder().metadata("a", deep).build()))).isGreaterThan(depth);
	}

}
