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

package io.routekit.test;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.routekit.test.RouteKitAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link RouteKitAssertions}, {@link FakeModelAssert} and
 * {@link ChatRequestAssert}.
 */
class RouteKitAssertionsTests {

	private static final String CONVERSATION = "\n  system: Be brief\n  user: Where is Oslo?⏎Tell me. [image]"
			+ "\n  assistant:  → locate({\"city\":\"Oslo\"}) as call_1\n  tool (call_1, failed): Not found";

	private static final ChatRequest REQUEST = ChatRequest.builder()
		.messages(Message.system("Be brief"),
				Message.user(new TextPart("Where is Oslo?\nTell me."), ImagePart.ofUrl("https://example.com/a.png")),
				Message.assistant(ToolCall.of("call_1", "locate", "{\"city\":\"Oslo\"}")),
				Message.toolError("call_1", "Not found"))
		.tools(Tool.of("locate", "Finds", "{}"), Tool.of("ask", "Asks", "{}"))
		.options(ChatOptions.builder().model("large").temperature(0.5).build())
		.tag("feature", "maps")
		.build();

	private final FakeModel model = FakeModel.of("one", "two", "three");

	private void ask(ChatRequest request) {
		this.model.chat(request).block(Duration.ofSeconds(10));
	}

	@Test
	void passIfAllIsAsExpected() {
		ask(ChatRequest.of("Hi"));
		ask(REQUEST);
		assertThat(this.model).hasReceived(2);
		assertThat(this.model).request(0).hasMessages(Message.user("Hi")).hasTools().hasModel(null);
		assertThat(this.model).lastRequest()
			.hasSystemText("Be brief")
			.hasUserText("Where is Oslo?\nTell me.")
			.hasUserTextContaining("Oslo")
			.hasToolResult("Not found")
			.hasTools("ask", "locate")
			.hasModel("large")
			.hasTag("feature", "maps")
			.hasOptionsSatisfying((options) -> assertThat(options.temperature()).isEqualTo(0.5));
	}

	@Test
	void passIfNothingHappened() {
		assertThat(this.model).hasReceivedNothing();
		assertThat(FakeModel.of()).hasNoUnusedResponses();
	}

	static Stream<Arguments> expectations() {
		return Stream
			.of(expectation((request) -> request.hasMessages(Message.user("Hi")),
					"Expected the messages\n  user: Hi in" + CONVERSATION),
					expectation((request) -> request.hasUserText("Hi"),
							"Expected the last user message “Hi” in" + CONVERSATION),
					expectation((request) -> request.hasUserTextContaining("Rome"),
							"Expected a last user message that contains “Rome” in" + CONVERSATION),
					expectation((request) -> request.hasSystemText("Be"),
							"Expected a system message “Be” in" + CONVERSATION),
					expectation((request) -> request.hasToolResult("4 °C"),
							"Expected a tool result “4 °C” in" + CONVERSATION),
					expectation((request) -> request.hasTools("ask"),
							"Expected the tools [ask] but there are [ask, locate] in" + CONVERSATION),
					expectation((request) -> request.hasModel("small"),
							"Expected the model 'small' but it is 'large' in" + CONVERSATION),
					expectation((request) -> request.hasTag("feature", "chat"),
							"Expected the tag 'feature' with the value 'chat' but there are {feature=maps} in"
									+ CONVERSATION),
					expectation(
							(request) -> request.hasOptionsSatisfying(
									(options) -> assertThat(options.maxTokens()).as("maximum").isEqualTo(3)),
							"[maximum]"));
	}

	private static Arguments expectation(Consumer<ChatRequestAssert> expectation, String message) {
		return arguments(expectation, message);
	}

	@ParameterizedTest
	@MethodSource("expectations")
	void failWithTheConversation(Consumer<ChatRequestAssert> expectation, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> expectation.accept(assertThat(REQUEST)))
			.withMessageStartingWith(message);
	}

	@Test
	void failWithAllConversations() {
		ask(ChatRequest.of("Hi"));
		ask(REQUEST);
		String requests = "2:\nrequest 0:\n  user: Hi\nrequest 1:" + CONVERSATION;
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.model).hasReceivedNothing())
			.withMessage("Expected the fake model to have received 0 requests but it has received " + requests);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.model).request(2))
			.withMessage(
					"Expected the fake model to have received a request with index 2 but it has received " + requests);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.model).hasNoUnusedResponses())
			.withMessage("Expected the fake model to have given all its answers but 1 are left; it has received "
					+ requests);
	}

	@Test
	void failIfThereIsNoRequest() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.model).lastRequest())
			.withMessage("Expected the fake model to have received a request but it has received none");
	}

	@Test
	void nameTheRequestThatFails() {
		ask(ChatRequest.of("Hi"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.model).lastRequest().hasUserText("Ho"))
			.withMessageStartingWith("[last request] Expected");
	}

	@Test
	void shortenLongTexts() {
		ChatRequest request = ChatRequest.of("𝄞".repeat(300));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(request).hasUserText("x"))
			.withMessageEndingWith("\n  user: " + "𝄞".repeat(200) + "…");
	}

}
