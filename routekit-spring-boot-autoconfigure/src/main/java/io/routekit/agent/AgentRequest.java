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

package io.routekit.agent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What an agent is asked: a conversation, and what belongs to the run. Immutable.
 *
 * @since 0.1.0
 */
public final class AgentRequest {

	private final List<Message> messages;

	private final ChatOptions options;

	private final Map<String, String> tags;

	private final Map<String, Object> attributes;

	private final List<ApprovalDecision> decisions;

	private AgentRequest(Builder builder) {
		this.messages = List.copyOf(builder.messages);
		this.options = builder.options;
		this.tags = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags));
		this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
		this.decisions = List.copyOf(builder.decisions);
	}

	/**
	 * Create a request with a single user message.
	 * @param text the text of the message
	 * @return the request
	 */
	public static AgentRequest of(String text) {
		return of(List.of(Message.user(text)));
	}

	/**
	 * Create a request.
	 * @param messages the conversation, oldest first
	 * @return the request
	 */
	public static AgentRequest of(List<? extends Message> messages) {
		return builder().messages(messages).build();
	}

	/**
	 * Return the conversation.
	 * @return the messages, oldest first, never empty
	 */
	public List<Message> messages() {
		return this.messages;
	}

	/**
	 * Return the options for the calls of the model.
	 * @return the options
	 */
	public ChatOptions options() {
		return this.options;
	}

	/**
	 * Return the tags that the calls of the model get.
	 * @return values by key, unmodifiable, empty if there is none
	 * @see io.routekit.ChatRequest#tags()
	 */
	public Map<String, String> tags() {
		return this.tags;
	}

	/**
	 * Return what only the tools get, such as the tenant.
	 * @return values by name, unmodifiable, empty if there is none
	 */
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	/**
	 * Return what was decided about the calls that the conversation ends with.
	 * @return the decisions, empty if there is none
	 */
	public List<ApprovalDecision> decisions() {
		return this.decisions;
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
		Builder builder = new Builder().messages(this.messages).options(this.options).decisions(this.decisions);
		this.tags.forEach(builder::tag);
		this.attributes.forEach(builder::attribute);
		return builder;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof AgentRequest other && this.messages.equals(other.messages)
				&& this.options.equals(other.options) && this.tags.equals(other.tags)
				&& this.attributes.equals(other.attributes) && this.decisions.equals(other.decisions);
	}

	@Override
	public int hashCode() {
		return this.messages.hashCode();
	}

	@Override
	public String toString() {
		return "AgentRequest[%d messages, %d decisions]".formatted(this.messages.size(), this.decisions.size());
	}

	/**
	 * Builder for {@link AgentRequest}.
	 */
	public static final class Builder {

		private final List<Message> messages = new ArrayList<>();

		private ChatOptions options = ChatOptions.empty();

		private final Map<String, String> tags = new LinkedHashMap<>();

		private final Map<String, Object> attributes = new LinkedHashMap<>();

		private final List<ApprovalDecision> decisions = new ArrayList<>();

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
		 * Set the options for the calls of the model.
		 * @param options the options
		 * @return this builder
		 */
		public Builder options(ChatOptions options) {
			Assert.notNull(options, "'options' must not be null");
			this.options = options;
			return this;
		}

		/**
		 * Add a tag. It takes the place of an earlier one with the same key.
		 * @param key the key
		 * @param value the value, one of few
		 * @return this builder
		 */
		public Builder tag(String key, String value) {
			Assert.hasText(key, "'key' must not be empty");
			Assert.hasText(value, () -> "The value of the tag '%s' must not be empty".formatted(key));
			this.tags.put(key, value);
			return this;
		}

		/**
		 * Add something for the tools alone. It takes the place of an earlier one with
		 * the same name.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 */
		public Builder attribute(String name, Object value) {
			Assert.hasText(name, "'name' must not be empty");
			Assert.notNull(value, "'value' must not be null");
			this.attributes.put(name, value);
			return this;
		}

		/**
		 * Add decisions about the calls that the conversation ends with.
		 * @param decisions the decisions
		 * @return this builder
		 */
		public Builder decisions(List<ApprovalDecision> decisions) {
			Assert.notNull(decisions, "'decisions' must not be null");
			Assert.noNullElements(decisions, "'decisions' must not contain null elements");
			this.decisions.addAll(decisions);
			return this;
		}

		/**
		 * Build the request.
		 * @return the request
		 * @throws IllegalArgumentException if there is no message
		 */
		public AgentRequest build() {
			Assert.notEmpty(this.messages, "'messages' must not be empty");
			return new AgentRequest(this);
		}

	}

}
