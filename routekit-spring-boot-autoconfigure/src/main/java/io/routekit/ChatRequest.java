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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A conversation to answer: its messages, the tools that the model may call, and options.
 * Tags say what the call is for. No provider gets them.
 *
 * @since 0.1.0
 */
public final class ChatRequest {

	private final List<Message> messages;

	private final List<Tool> tools;

	private final ChatOptions options;

	private final Map<String, String> tags;

	private ChatRequest(List<Message> messages, List<Tool> tools, ChatOptions options, Map<String, String> tags) {
		this.messages = messages;
		this.tools = tools;
		this.options = options;
		this.tags = tags;
	}

	/**
	 * Create a request with a single user message.
	 * @param text the text of the message
	 * @return the request
	 */
	public static ChatRequest of(String text) {
		return of(List.of(Message.user(text)));
	}

	/**
	 * Create a request.
	 * @param messages the messages, oldest first
	 * @return the request
	 * @see Builder#build()
	 */
	public static ChatRequest of(List<? extends Message> messages) {
		return builder().messages(messages).build();
	}

	/**
	 * Return the messages, oldest first.
	 * @return the messages, never empty
	 */
	public List<Message> messages() {
		return this.messages;
	}

	/**
	 * Return the tools that the model may call.
	 * @return the tools, empty if there is none
	 */
	public List<Tool> tools() {
		return this.tools;
	}

	/**
	 * Return the options.
	 * @return the options
	 */
	public ChatOptions options() {
		return this.options;
	}

	/**
	 * Return the tags that say what the call is for, for example the feature or the
	 * tenant. Those whose keys {@code routekit.observations.tags} lists become tags of
	 * meters and spans. No provider gets them.
	 * @return values by key, unmodifiable, empty if there is none
	 */
	public Map<String, String> tags() {
		return this.tags;
	}

	/**
	 * Return a copy with other options.
	 * @param options the options
	 * @return the copy
	 * @throws ModelException of kind {@code INVALID_REQUEST} if the options do not fit
	 * the tools
	 */
	public ChatRequest withOptions(ChatOptions options) {
		Assert.notNull(options, "'options' must not be null");
		checkToolChoice(options, this.tools);
		return new ChatRequest(this.messages, this.tools, options, this.tags);
	}

	private static void checkToolChoice(ChatOptions options, List<Tool> tools) {
		ToolChoice choice = options.toolChoice();
		if (choice == null || options.extra().containsKey("tools")) {
			return;
		}
		if (choice.mode() == ToolChoice.Mode.REQUIRED && tools.isEmpty()) {
			throw ModelException.invalidRequest("'toolChoice' requires a tool, but there is none");
		}
		if (choice.tool() != null && tools.stream().noneMatch((tool) -> tool.name().equals(choice.tool()))) {
			throw ModelException
				.invalidRequest("'toolChoice' names '%s', which is not among the tools".formatted(choice.tool()));
		}
	}

	/**
	 * Return a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with the content of this request.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder().messages(this.messages).tools(this.tools).options(this.options).tags(this.tags);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ChatRequest other && this.messages.equals(other.messages)
				&& this.tools.equals(other.tools) && this.options.equals(other.options) && this.tags.equals(other.tags);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.messages, this.tools, this.options, this.tags);
	}

	@Override
	public String toString() {
		return "ChatRequest[%d messages, %d tools]".formatted(this.messages.size(), this.tools.size());
	}

	/**
	 * Builder for {@link ChatRequest}.
	 */
	public static final class Builder {

		private final List<Message> messages = new ArrayList<>();

		private final List<Tool> tools = new ArrayList<>();

		private ChatOptions options = ChatOptions.empty();

		private final Map<String, String> tags = new LinkedHashMap<>();

		private Builder() {
		}

		/**
		 * Add messages.
		 * @param messages the messages, oldest first
		 * @return this builder
		 */
		public Builder messages(List<? extends Message> messages) {
			Assert.notNull(messages, "'messages' must not be null");
			Assert.noNullElements(messages, "'messages' must not contain null elements");
			this.messages.addAll(messages);
			return this;
		}

		/**
		 * Add messages.
		 * @param messages the messages, oldest first
		 * @return this builder
		 */
		public Builder messages(Message... messages) {
			Assert.notNull(messages, "'messages' must not be null");
			return messages(Arrays.asList(messages));
		}

		/**
		 * Add messages before those that there are.
		 * @param messages the messages, oldest first
		 * @return this builder
		 */
		public Builder firstMessages(Message... messages) {
			Assert.notNull(messages, "'messages' must not be null");
			this.messages.addAll(0, List.of(messages));
			return this;
		}

		/**
		 * Add tools.
		 * @param tools the tools
		 * @return this builder
		 */
		public Builder tools(List<Tool> tools) {
			Assert.notNull(tools, "'tools' must not be null");
			Assert.noNullElements(tools, "'tools' must not contain null elements");
			this.tools.addAll(tools);
			return this;
		}

		/**
		 * Add tools.
		 * @param tools the tools
		 * @return this builder
		 */
		public Builder tools(Tool... tools) {
			Assert.notNull(tools, "'tools' must not be null");
			return tools(Arrays.asList(tools));
		}

		/**
		 * Set the options.
		 * @param options the options
		 * @return this builder
		 */
		public Builder options(ChatOptions options) {
			Assert.notNull(options, "'options' must not be null");
			this.options = options;
			return this;
		}

		/**
		 * Change the options.
		 * @param options a function that changes a builder of the options
		 * @return this builder
		 */
		public Builder options(Consumer<ChatOptions.Builder> options) {
			Assert.notNull(options, "'options' must not be null");
			ChatOptions.Builder builder = this.options.mutate();
			options.accept(builder);
			this.options = builder.build();
			return this;
		}

		/**
		 * Add tags that say what the call is for. A tag takes the place of an earlier one
		 * with the same key.
		 * @param tags values by key
		 * @return this builder
		 * @throws IllegalArgumentException if a key or a value is {@code null} or blank
		 * @see #tag(String, String)
		 */
		public Builder tags(Map<String, String> tags) {
			Assert.notNull(tags, "'tags' must not be null");
			tags.forEach(this::tag);
			return this;
		}

		/**
		 * Add a tag that says what the call is for. It takes the place of an earlier one
		 * with the same key.
		 * @param key the key, for example {@code feature}
		 * @param value the value, one of few
		 * @return this builder
		 * @throws IllegalArgumentException if the key or the value is {@code null} or
		 * blank
		 * @see ChatRequest#tags()
		 */
		public Builder tag(String key, String value) {
			Assert.hasText(key, "'key' must not be empty");
			Assert.hasText(value, () -> "The value of the tag '%s' must not be empty".formatted(key));
			this.tags.put(key, value);
			return this;
		}

		/**
		 * Build the request.
		 * @return the request
		 * @throws IllegalArgumentException if there is no message
		 * @throws ModelException of kind {@code INVALID_REQUEST} if the result of a tool
		 * does not follow its call, if two tools have one name, or if the options do not
		 * fit the tools
		 */
		public ChatRequest build() {
			checkMessages();
			checkTools();
			checkToolChoice(this.options, this.tools);
			return new ChatRequest(List.copyOf(this.messages), List.copyOf(this.tools), this.options,
					Collections.unmodifiableMap(new LinkedHashMap<>(this.tags)));
		}

		private void checkMessages() {
			Assert.notEmpty(this.messages, "'messages' must not be empty");
			// How many calls wait for a result: some servers give two calls one id
			Map<String, Integer> calls = Collections.emptyMap();
			for (int i = 0; i < this.messages.size(); i++) {
				Message message = this.messages.get(i);
				if (message instanceof AssistantMessage assistant) {
					calls = countById(assistant.toolCalls());
				}
				else if (message instanceof ToolMessage tool && !takeOne(calls, tool.toolCallId())) {
					throw ModelException.invalidRequest(
							"'messages[%s]' is the result of the tool call '%s', which no message before it makes or which has one"
								.formatted(i, tool.toolCallId()));
				}
			}
		}

		private static Map<String, Integer> countById(List<ToolCall> toolCalls) {
			Map<String, Integer> counts = new HashMap<>();
			toolCalls.forEach((toolCall) -> counts.merge(toolCall.id(), 1, Integer::sum));
			return counts;
		}

		private static boolean takeOne(Map<String, Integer> calls, String id) {
			Integer count = calls.get(id);
			if (count != null) {
				calls.put(id, count - 1);
			}
			return count != null && count > 0;
		}

		private void checkTools() {
			Set<String> names = new HashSet<>();
			for (Tool tool : this.tools) {
				if (!names.add(tool.name())) {
					throw ModelException
						.invalidRequest("There are two tools with the name '%s'".formatted(tool.name()));
				}
			}
		}

	}

}
