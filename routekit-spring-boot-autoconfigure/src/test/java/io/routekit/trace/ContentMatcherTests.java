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
import java.util.List;

import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContentMatcher}.
 */
class ContentMatcherTests {

	private static RequestDifference difference(ChatRequest recorded, ChatRequest actual) {
		return RecordingMatcher.byContent()
			.difference(new RequestedCall("openai", "m", false, recorded),
					new RequestedCall("anthropic", "n", false, actual));
	}

	private static ChatRequest conversation(String id, String arguments, String result, String state) {
		return ChatRequest.of(List.of(Message.user("What is the weather?"),
				Message.assistant(new ReasoningPart("Hm", new ProviderState("openai", state)),
						ToolCall.of(id, "get_weather", arguments), ToolCall.of(id + "-2", "get_time", "{}")),
				Message.tool(id + "-2", "noon"), Message.tool(id, result)));
	}

	@Test
	void ignoresIdsAndFormsThatChangeByNature() {
		ChatRequest recorded = conversation("call_1", "{\"city\":\"Oslo\",\"days\":1}", "{\"a\":1,\"b\":2}",
				"{\"n\":1}");
		ChatRequest actual = conversation("toolu_9", "{ \"days\" : 1.0, \"city\" : \"Oslo\" }", "{\"b\":2, \"a\":1}",
				"{\"n\":2}");

		assertThat(difference(recorded, actual)).isNull();
	}

	@Test
	void ignoresWhatOnlyTheProviderUnderstands() {
		OpaquePart opaque = new OpaquePart(new ProviderState("anthropic", "{}"));
		ChatRequest recorded = ChatRequest
			.of(List.of(Message.assistant(new TextPart("Hi"), opaque), Message.user("Hi")));

		assertThat(difference(recorded, ChatRequest.of(List.of(Message.assistant("Hi"), Message.user("Hi"))))).isNull();
	}

	@Test
	void ignoresTheFormOfSchemasAndTheTags() {
		ChatRequest recorded = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.tools(Tool.of("a", "Does a", "{\"type\":\"object\",\"required\":[\"x\"]}"))
			.options((options) -> options.responseFormat(ResponseFormat.jsonSchema("r", "{\"a\":1,\"b\":2}"))
				.extra("top", 0.5))
			.build();
		ChatRequest actual = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.tools(Tool.of("a", "Does a", "{ \"required\": [\"x\"], \"type\": \"object\" }"))
			.options((options) -> options.responseFormat(ResponseFormat.jsonSchema("r", "{\"b\":2,\"a\":1}"))
				.extra("top", new BigDecimal("0.50")))
			.tag("feature", "search")
			.build();

		assertThat(difference(recorded, actual)).isNull();
	}

	@Test
	void tellsWhereMessagesDiffer() {
		ChatRequest recorded = ChatRequest.of(List.of(Message.system("Be brief"), Message.user("Who is Jane?")));
		ChatRequest actual = ChatRequest.of(List.of(Message.system("Be brief"), Message.user("Who is Joe?")));

		assertThat(difference(recorded, actual))
			.isEqualTo(new RequestDifference("messages[1].content", "\"Who is Jane?\"", "\"Who is Joe?\""));
	}

	@Test
	void tellsWhereLongTextsDiffer() {
		String lead = "x".repeat(500);

		RequestDifference difference = difference(ChatRequest.of(lead + "Jane" + lead),
				ChatRequest.of(lead + "Joe" + lead));

		assertThat(difference.expected()).contains("xJane").startsWith("…").endsWith("…").hasSizeLessThan(210);
		assertThat(difference.actual()).contains("xJoe").hasSizeLessThan(210);
	}

	@Test
	void tellsThatAMessageIsMissing() {
		RequestDifference difference = difference(ChatRequest.of(List.of(Message.user("a"), Message.user("b"))),
				ChatRequest.of("a"));

		assertThat(difference)
			.isEqualTo(new RequestDifference("messages[1]", "{\"role\":\"user\",\"content\":\"b\"}", null));
	}

	@Test
	void tellsWhereArgumentsDiffer() {
		RequestDifference difference = difference(conversation("a", "{\"city\":\"Oslo\"}", "1", "{}"),
				conversation("a", "{\"city\":\"Rome\"}", "1", "{}"));

		assertThat(difference)
			.isEqualTo(new RequestDifference("messages[1].content[1].arguments.city", "\"Oslo\"", "\"Rome\""));
	}

	@Test
	void tellsWhichResultBelongsToAnotherCall() {
		ToolCall first = ToolCall.of("1", "a", "{}");
		ToolCall second = ToolCall.of("2", "a", "{}");
		ChatRequest recorded = ChatRequest.of(List.of(Message.assistant(first, second), Message.tool("1", "x")));
		ChatRequest actual = ChatRequest.of(List.of(Message.assistant(first, second), Message.tool("2", "x")));

		assertThat(difference(recorded, actual).path()).isEqualTo("messages[1].toolCallId");
	}

	@Test
	void tellsWhereOptionsDiffer() {
		ChatRequest recorded = ChatRequest.of("Hi").mutate().options((options) -> options.temperature(0.2)).build();
		ChatRequest actual = ChatRequest.of("Hi").mutate().options((options) -> options.temperature(0.3)).build();

		assertThat(difference(recorded, actual)).isEqualTo(new RequestDifference("options.temperature", "0.2", "0.3"));
	}

	@Test
	void tellsThatAStreamIsAskedFor() {
		RequestDifference difference = RecordingMatcher.byContent()
			.difference(new RequestedCall("openai", "m", false, ChatRequest.of("Hi")),
					new RequestedCall("openai", "m", true, ChatRequest.of("Hi")));

		assertThat(difference).isEqualTo(new RequestDifference("stream", "false", "true"));
	}

}
