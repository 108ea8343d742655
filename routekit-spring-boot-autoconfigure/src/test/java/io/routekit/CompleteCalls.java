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

package io.routekit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests and an answer that together have everything that there is: each message, part,
 * tool and option, with all that it can hold. {@link CompleteCallsTests} finds what is
 * missing.
 */
public final class CompleteCalls {

	private static final ProviderState STATE = new ProviderState("anthropic", "{ \"signature\": \"a/+=\" }");

	private static final byte[] BYTES = "bytes".getBytes(StandardCharsets.UTF_8);

	private CompleteCalls() {
	}

	public static List<ChatRequest> requests() {
		return Stream.of(Reasoning.effort("low"), Reasoning.budget(1024)).map(CompleteCalls::request).toList();
	}

	private static ChatRequest request(Reasoning reasoning) {
		return ChatRequest.builder()
			.messages(Message.system("Be brief"),
					Message.user(new TextPart("What is it?"),
							ImagePart.ofUrl("https://example.org/a.png").withDetail("low"),
							ImagePart.ofBytes(BYTES, "image/png"), FilePart.ofBytes("a.pdf", BYTES, "application/pdf")),
					Message.assistant(parts()),
					Message.tool("call_1", new TextPart("4 °C"), ImagePart.ofBytes(BYTES, "image/png")),
					Message.toolError("call_2", "Arguments are cut"))
			.tools(new Tool("find", "Finds", "{ \"type\": \"object\" }", true))
			.options(options(reasoning))
			.tag("tenant", "acme")
			.build();
	}

	private static AssistantPart[] parts() {
		return new AssistantPart[] { new ReasoningPart("Hm", STATE), new TextPart("Let me see", STATE),
				new ToolCall("call_1", "find", "{ \"city\": \"Oslo\" }", true, STATE),
				new ToolCall("call_2", "find", "{ \"city\"", false, STATE), new OpaquePart(STATE) };
	}

	private static ChatOptions options(Reasoning reasoning) {
		return ChatOptions.builder()
			.model("m")
			.temperature(0.2)
			.topP(0.9)
			.maxTokens(100)
			.stop("a", "b")
			.seed(7L)
			.toolChoice(ToolChoice.tool("find"))
			.parallelToolCalls(false)
			.responseFormat(new ResponseFormat("answer", "{ \"type\": \"object\" }", true))
			.reasoning(reasoning)
			.serviceTier("flex")
			.user("jane")
			.extra(values())
			.timeouts(Timeouts.builder()
				.connect(Duration.ofSeconds(1))
				.firstEvent(Duration.ofSeconds(2))
				.idle(Duration.ofSeconds(3))
				.total(Duration.ofSeconds(4))
				.subscriber(Duration.ofNanos(5_000_000_001L))
				.build())
			.maxRetries(3)
			.build();
	}

	public static ModelResponse response() {
		return ModelResponse.builder()
			.parts(List.of(parts()))
			.refusal("I cannot")
			.finishReason(FinishReason.REFUSAL, "refusal")
			.usage(Usage.builder()
				.promptTokens(12L)
				.completionTokens(7L)
				.totalTokens(19L)
				.cachedTokens(1L)
				.cacheWriteTokens(2L)
				.reasoningTokens(3L)
				.unreadable("audio_tokens")
				.cost(new Cost(new BigDecimal("0.10"), Cost.USD, Cost.Source.REPORTED))
				.raw(values())
				.build())
			.provider("anthropic")
			.model("m-2026")
			.id("msg_1")
			.requestId("req_1")
			.metadata("values", values())
			.build();
	}

	private static Map<String, Object> values() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("top_k", 40);
		values.put("penalty", new BigDecimal("0.10"));
		values.put("nested", Map.of("list", List.of(1, true, "x")));
		return values;
	}

	/**
	 * Return the names of all options.
	 * @return the names
	 */
	public static Set<String> options() {
		return CompleteCallsTests.fields(ChatOptions.class)
			.map((field) -> field.getName())
			.collect(Collectors.toUnmodifiableSet());
	}

}
