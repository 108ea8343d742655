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

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.SystemMessage;
import io.routekit.Tool;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ assertions about a {@link ChatRequest}. Failures show the conversation.
 *
 * @since 0.1.0
 * @see RouteKitAssertions#assertThat(ChatRequest)
 */
public final class ChatRequestAssert extends AbstractAssert<ChatRequestAssert, ChatRequest> {

	ChatRequestAssert(@Nullable ChatRequest actual) {
		super(actual, ChatRequestAssert.class);
	}

	/**
	 * Verify the messages.
	 * @param messages all the expected messages in their order
	 * @return this assertion
	 */
	public ChatRequestAssert hasMessages(Message... messages) {
		isNotNull();
		if (!this.actual.messages().equals(List.of(messages))) {
			throw mismatch("the messages" + Conversation.describeMessages(List.of(messages)));
		}
		return this;
	}

	/**
	 * Verify the text of the last message of the user.
	 * @param text the expected text
	 * @return this assertion
	 */
	public ChatRequestAssert hasUserText(String text) {
		if (!text.equals(lastText(UserMessage.class))) {
			throw mismatch("the last user message “%s”".formatted(text));
		}
		return this;
	}

	/**
	 * Verify that the last message of the user contains a text.
	 * @param text the expected part of the text
	 * @return this assertion
	 */
	public ChatRequestAssert hasUserTextContaining(String text) {
		String actual = lastText(UserMessage.class);
		if (actual == null || !actual.contains(text)) {
			throw mismatch("a last user message that contains “%s”".formatted(text));
		}
		return this;
	}

	/**
	 * Verify that there is a system message with a text.
	 * @param text the expected text
	 * @return this assertion
	 */
	public ChatRequestAssert hasSystemText(String text) {
		return hasMessage(SystemMessage.class, text, "a system message");
	}

	/**
	 * Verify that the result of a tool is part of the conversation.
	 * @param text the expected text of the result
	 * @return this assertion
	 */
	public ChatRequestAssert hasToolResult(String text) {
		return hasMessage(ToolMessage.class, text, "a tool result");
	}

	private ChatRequestAssert hasMessage(Class<? extends Message> type, String text, String description) {
		isNotNull();
		if (this.actual.messages().stream().filter(type::isInstance).map(Message::text).noneMatch(text::equals)) {
			throw mismatch("%s “%s”".formatted(description, text));
		}
		return this;
	}

	/**
	 * Verify the names of the tools that the request offers.
	 * @param names all the expected names, in any order
	 * @return this assertion
	 */
	public ChatRequestAssert hasTools(String... names) {
		isNotNull();
		List<String> actual = this.actual.tools().stream().map(Tool::name).sorted().toList();
		if (!actual.equals(Arrays.stream(names).sorted().toList())) {
			throw mismatch("the tools %s but there are %s".formatted(List.of(names), actual));
		}
		return this;
	}

	/**
	 * Verify the model that the request asks for.
	 * @param model the expected name, or {@code null} for none
	 * @return this assertion
	 */
	public ChatRequestAssert hasModel(@Nullable String model) {
		isNotNull();
		String actual = this.actual.options().model();
		if (!Objects.equals(actual, model)) {
			throw mismatch("the model '%s' but it is '%s'".formatted(model, actual));
		}
		return this;
	}

	/**
	 * Verify a tag.
	 * @param key the key
	 * @param value the expected value
	 * @return this assertion
	 */
	public ChatRequestAssert hasTag(String key, String value) {
		isNotNull();
		if (!value.equals(this.actual.tags().get(key))) {
			throw mismatch(
					"the tag '%s' with the value '%s' but there are %s".formatted(key, value, this.actual.tags()));
		}
		return this;
	}

	/**
	 * Verify the options by other assertions.
	 * @param requirements makes assertions about the options
	 * @return this assertion
	 */
	public ChatRequestAssert hasOptionsSatisfying(Consumer<ChatOptions> requirements) {
		isNotNull();
		requirements.accept(this.actual.options());
		return this;
	}

	private @Nullable String lastText(Class<? extends Message> type) {
		isNotNull();
		String text = null;
		for (Message message : this.actual.messages()) {
			text = type.isInstance(message) ? message.text() : text;
		}
		return text;
	}

	private AssertionError mismatch(String expected) {
		return failure("Expected %s in%s", expected, Conversation.describeMessages(this.actual.messages()));
	}

}
