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

package io.routekit.observation;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.routekit.ChatRequest;
import io.routekit.FilePart;
import io.routekit.FinishReason;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skyscreamer.jsonassert.JSONAssert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelContentObservationFilter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelContentObservationFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final ModelResponse RESPONSE = ModelResponse.of("It is cold.");

	private Observation.Context context;

	@Test
	void conversationIsRecorded() throws Exception {
		ChatRequest request = ChatRequest.of(List.of(Message.system("Be brief."), Message.user("Weather in Oslo?"),
				Message.assistant(new ReasoningPart("I need the weather.", state()), new TextPart("I look."),
						new OpaquePart(state()), ToolCall.of("c1", "get_weather", "{\"city\":\"Oslo\"}", state())),
				Message.tool("c1", new TextPart("4 °C"), ImagePart.ofBytes(new byte[1], "image/png")),
				Message.system("In English.")));

		record(request, RESPONSE, (content) -> content);

		JSONAssert.assertEquals("""
				[{"type": "text", "content": "Be brief."}, {"type": "text", "content": "In English."}]
				""", value("gen_ai.system_instructions"), true);
		JSONAssert.assertEquals("""
				[
				  {"role": "user", "parts": [{"type": "text", "content": "Weather in Oslo?"}]},
				  {"role": "assistant", "parts": [
				    {"type": "reasoning", "content": "I need the weather."},
				    {"type": "text", "content": "I look."},
				    {"type": "tool_call", "id": "c1", "name": "get_weather", "arguments": {"city": "Oslo"}}
				  ]},
				  {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c1", "response": "4 °C"},
				    {"type": "blob", "modality": "image", "mime_type": "image/png", "content": ""}]}
				]
				""", value("gen_ai.input.messages"), true);
		JSONAssert.assertEquals("""
				[{"role": "assistant", "parts": [{"type": "text", "content": "It is cold."}], "finish_reason": "stop"}]
				""", value("gen_ai.output.messages"), true);
		assertThat(value("gen_ai.tool.definitions")).isNull();
		assertThat(this.context.getAllKeyValues().toString()).doesNotContain("signature");
	}

	@Test
	void imagesAndFilesAreRecordedWithoutTheirBytes() throws Exception {
		ChatRequest request = ChatRequest
			.of(List.of(Message.user(new TextPart("See"), ImagePart.ofUrl("https://example.com/a.png"),
					ImagePart.ofUrl("data:image/png;base64,c2VjcmV0"), ImagePart.ofBytes(new byte[9], "image/png"),
					FilePart.ofBytes("a.pdf", new byte[9], "application/pdf"))));

		record(request, RESPONSE, (content) -> content);

		JSONAssert.assertEquals("""
				[{"role": "user", "parts": [
				  {"type": "text", "content": "See"},
				  {"type": "uri", "modality": "image", "uri": "https://example.com/a.png"},
				  {"type": "blob", "modality": "image", "content": ""},
				  {"type": "blob", "modality": "image", "mime_type": "image/png", "content": ""},
				  {"type": "blob", "modality": "document", "mime_type": "application/pdf", "content": ""}
				]}]
				""", value("gen_ai.input.messages"), true);
	}

	@Test
	void toolsAreRecorded() throws Exception {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.tools(Tool.of("get_weather", "Tells the weather", "{\"type\":\"object\"}"),
					new Tool("now", null, null, null))
			.build();

		record(request, RESPONSE, (content) -> content);

		JSONAssert.assertEquals("""
				[
				  {"type": "function", "name": "get_weather", "description": "Tells the weather",
				   "parameters": {"type": "object"}},
				  {"type": "function", "name": "now"}
				]
				""", value("gen_ai.tool.definitions"), true);
	}

	@Test
	void answerWithToolCallAndRefusalIsRecorded() throws Exception {
		ModelResponse response = ModelResponse.builder()
			.part(new ReasoningPart("", state()))
			.part(ToolCall.of("c1", "f", "{\"a\":"))
			.refusal("I cannot do that.")
			.finishReason(FinishReason.TOOL_CALLS)
			.build();

		record(ChatRequest.of("Hi"), response, (content) -> content);

		JSONAssert.assertEquals("""
				[{"role": "assistant", "finish_reason": "tool_call", "parts": [
				  {"type": "tool_call", "id": "c1", "name": "f", "arguments": "{\\"a\\":"},
				  {"type": "refusal", "content": "I cannot do that."}
				]}]
				""", value("gen_ai.output.messages"), true);
	}

	@Test
	void refusalAloneIsRecordedOnce() {
		ModelResponse response = ModelResponse.builder()
			.refusal("I cannot do that.")
			.finishReason(FinishReason.CONTENT_FILTERED)
			.build();

		record(ChatRequest.of("Hi"), response, (content) -> content);

		assertThat(value("gen_ai.output.messages")).containsOnlyOnce("I cannot do that.")
			.contains("\"finish_reason\":\"content_filter\"");
	}

	@Test
	void streamIsRecordedLikeChat() {
		recordStream(Flux.just(new StreamEvent.Text("It is cold."), new StreamEvent.Completed(RESPONSE)));

		assertThat(value("gen_ai.input.messages")).contains("Hi");
		assertThat(value("gen_ai.output.messages")).contains("It is cold.");
	}

	@Test
	void failedCallHasItsPromptOnly() {
		recordStream(Flux.concat(Flux.just(new StreamEvent.Text("It is")), Flux.error(new IllegalStateException())));

		assertThat(value("gen_ai.input.messages")).contains("Hi");
		assertThat(value("gen_ai.output.messages")).isNull();
	}

	@Test
	void everyPieceOfContentIsRedacted() {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.system("secret-1"), Message.user(new TextPart("secret-2"), ImagePart.ofUrl("secret-3")),
					Message.assistant(new ReasoningPart("secret-4", null),
							ToolCall.of("c1", "f", "{\"a\":\"secret-5\"}")),
					Message.tool("c1", "secret-6"))
			.tools(Tool.of("f", "secret-7", "{\"description\":\"secret-8\"}"))
			.build();
		ModelResponse response = ModelResponse.builder()
			.part(new TextPart("secret-9"))
			.part(ToolCall.of("c2", "f", "{\"a\":\"secret-0\"}"))
			.refusal("secret-11")
			.build();

		record(request, response, (content) -> content.replaceAll("secret-\\d+", "***"));

		assertThat(this.context.getAllKeyValues().toString()).doesNotContain("secret").contains("{\"a\":\"***\"}");
	}

	@Test
	void redactorThatFailsNeitherBreaksTheCallNorLetsContentPass(CapturedOutput output) {
		record(ChatRequest.of("secret"), RESPONSE, (content) -> {
			throw new IllegalStateException(content);
		});

		assertThat(value("gen_ai.input.messages")).contains("[redaction failed]");
		assertThat(value("gen_ai.output.messages")).contains("[redaction failed]");
		assertThat(this.context.getAllKeyValues().toString()).doesNotContain("secret", "It is cold.");
		assertThat(output).containsOnlyOnce("failed with java.lang.IllegalStateException")
			.doesNotContain("secret", "It is cold.");
	}

	@Test
	void redactorThatOverflowsTheStackDoesNotBreakTheCall() {
		record(ChatRequest.of("secret"), RESPONSE, (content) -> overflow(content));

		assertThat(value("gen_ai.input.messages")).contains("[redaction failed]").doesNotContain("secret");
	}

	private static String overflow(String content) {
		return overflow(content) + content;
	}

	@Test
	void redactorThatReturnsNothingLetsNoContentPass() {
		record(ChatRequest.of("secret"), RESPONSE, (content) -> null);

		assertThat(value("gen_ai.input.messages")).contains("[redaction failed]").doesNotContain("secret");
	}

	@Test
	void longTextIsCutAfterRedaction() {
		String text = "x".repeat(8188) + "secret" + "x".repeat(100);

		record(ChatRequest.of(text), RESPONSE, (content) -> content.replace("secret", "***"));

		JsonNode content = JsonMapper.shared().readTree(value("gen_ai.input.messages")).at("/0/parts/0/content");
		assertThat(content.asString()).hasSize(8192).endsWith("x***…");
	}

	@Test
	void cutDoesNotSplitCharacter() {
		record(ChatRequest.of("x".repeat(8190) + "😀😀"), RESPONSE, (content) -> content);

		assertThat(value("gen_ai.input.messages")).contains("xx…");
	}

	@Test
	void attributeIsBoundedAndKeepsTheNewestMessages() {
		List<Message> messages = IntStream.range(0, 1000)
			.mapToObj((i) -> (Message) Message.user(i + ":" + "\u0001".repeat(200)))
			.toList();

		record(ChatRequest.of(messages), RESPONSE, (content) -> content);

		JsonNode recorded = JsonMapper.shared().readTree(value("gen_ai.input.messages"));
		assertThat(value("gen_ai.input.messages")).hasSizeBetween(60_000, 65_536);
		assertThat(recorded.get(recorded.size() - 1).at("/parts/0/content").asString()).startsWith("999:");
		assertThat(recorded.get(recorded.size() - 2).at("/parts/0/content").asString()).startsWith("998:");
	}

	@Test
	void manySmallMessagesAndToolsAreBoundedAsWell() {
		ChatRequest request = ChatRequest.builder()
			.messages(Collections.nCopies(5000, Message.user("x")))
			.messages(Collections.nCopies(5000, Message.system("x")))
			.tools(IntStream.range(0, 5000).mapToObj((i) -> new Tool("t" + i, null, null, null)).toList())
			.build();

		record(request, RESPONSE, (content) -> content);

		assertThat(value("gen_ai.input.messages")).hasSizeBetween(64_000, 65_536);
		assertThat(value("gen_ai.system_instructions")).hasSizeBetween(64_000, 65_536);
		assertThat(value("gen_ai.tool.definitions")).hasSizeBetween(64_000, 65_536);
	}

	@Test
	void refusalIsBoundedAsWell() {
		TextPart part = new TextPart("\u0001".repeat(9000));

		record(ChatRequest.of("Hi"), ModelResponse.builder().part(part).refusal("\u0002".repeat(9000)).build(),
				(content) -> content);

		assertThat(value("gen_ai.output.messages")).hasSizeBetween(49_000, 65_536).contains("\"refusal\"");
	}

	@Test
	void partsAreBoundedAsWell() {
		TextPart part = new TextPart("\u0001".repeat(9000));

		record(ChatRequest.of(List.of(Message.user(part, part, part))),
				ModelResponse.builder().parts(Collections.nCopies(20, part)).build(), (content) -> content);

		assertThat(value("gen_ai.input.messages")).hasSizeBetween(49_000, 65_536);
		assertThat(value("gen_ai.output.messages")).hasSizeBetween(49_000, 65_536);
	}

	@Test
	void otherObservationsAreLeftAlone() {
		Observation.Context other = new Observation.Context();

		assertThat(new ModelContentObservationFilter(new SecretRedactor(), (content) -> content).map(other))
			.isSameAs(other);
		assertThat(other.getAllKeyValues()).isEmpty();
	}

	private void record(ChatRequest request, ModelResponse response, ContentRedactor redactor) {
		TestModel.of(Mono.just(response)).filter(filter(redactor)).chat(request).block(TIMEOUT);
	}

	private void recordStream(Flux<StreamEvent> events) {
		TestModel.of(events).filter(filter((content) -> content)).stream("Hi").onErrorComplete().blockLast(TIMEOUT);
	}

	private MeteringFilter filter(ContentRedactor redactor) {
		TestObservationRegistry observations = TestObservationRegistry.create();
		observations.observationConfig()
			.observationFilter(new ModelContentObservationFilter(new SecretRedactor(), redactor))
			.observationFilter((context) -> {
				this.context = context;
				return context;
			});
		return new MeteringFilter(observations, null);
	}

	private String value(String key) {
		return (this.context.getHighCardinalityKeyValue(key) != null)
				? this.context.getHighCardinalityKeyValue(key).getValue() : null;
	}

	private static ProviderState state() {
		return new ProviderState("anthropic", "{\"signature\":\"s\"}");
	}

}
