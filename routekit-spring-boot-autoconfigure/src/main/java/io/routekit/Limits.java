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

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How much a request may hold, and how much of an answer is kept in memory. A request
 * that holds more fails the call with {@code INVALID_REQUEST}, an answer with
 * {@code INVALID_RESPONSE}. Immutable.
 *
 * @since 0.1.0
 */
public final class Limits {

	/**
	 * The largest size that a limit can have.
	 */
	public static final DataSize MAX = DataSize.ofMegabytes(512);

	/**
	 * The largest number that a limit can have.
	 */
	public static final int MAX_COUNT = 1_000_000;

	private static final Limits DEFAULTS = builder().build();

	private final DataSize event;

	private final DataSize response;

	private final DataSize toolArguments;

	private final int messages;

	private final int parts;

	private final int toolCalls;

	private final int tools;

	private Limits(Builder builder) {
		this.event = check(builder.event, "event");
		this.response = check(builder.response, "response");
		this.toolArguments = check(builder.toolArguments, "toolArguments");
		this.messages = check(builder.messages, "messages");
		this.parts = check(builder.parts, "parts");
		this.toolCalls = check(builder.toolCalls, "toolCalls");
		this.tools = check(builder.tools, "tools");
	}

	private static DataSize check(DataSize size, String name) {
		Assert.notNull(size, () -> "'%s' must not be null".formatted(name));
		Assert.isTrue(size.toBytes() > 0, () -> "'%s' must be positive".formatted(name));
		Assert.isTrue(size.compareTo(MAX) <= 0, () -> "'%s' must be at most %s".formatted(name, MAX));
		return size;
	}

	private static int check(int count, String name) {
		Assert.isTrue(count > 0, () -> "'%s' must be positive".formatted(name));
		Assert.isTrue(count <= MAX_COUNT, () -> "'%s' must be at most %s".formatted(name, MAX_COUNT));
		return count;
	}

	/**
	 * Return the defaults: 16 MB an event, 16 MB an answer and 4 MB the arguments of a
	 * tool call; 10,000 messages, 10,000 parts and 1,000 tool calls of a message, and
	 * 1,000 tools.
	 * @return the defaults
	 */
	public static Limits defaults() {
		return DEFAULTS;
	}

	/**
	 * Return the largest event of a stream.
	 * @return the size, as sent
	 */
	public DataSize event() {
		return this.event;
	}

	/**
	 * Return the largest answer: as sent if it is not streamed, and what is kept of it or
	 * of its events, by what that takes in memory.
	 * @return the size
	 */
	public DataSize response() {
		return this.response;
	}

	/**
	 * Return the longest arguments of one tool call.
	 * @return the size
	 */
	public DataSize toolArguments() {
		return this.toolArguments;
	}

	/**
	 * Return how many messages a request may have.
	 * @return the number
	 */
	public int messages() {
		return this.messages;
	}

	/**
	 * Return how many parts a message may have, be it one of a request or an answer:
	 * texts, images, files, reasoning, tool calls and state of the provider.
	 * @return the number
	 */
	public int parts() {
		return this.parts;
	}

	/**
	 * Return how many tool calls a message may have, be it one of a request or an answer.
	 * @return the number
	 */
	public int toolCalls() {
		return this.toolCalls;
	}

	/**
	 * Return how many tools a request may have.
	 * @return the number
	 */
	public int tools() {
		return this.tools;
	}

	/**
	 * Return a new builder, which begins with the defaults.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with the content of these limits.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof Limits other && this.event.equals(other.event) && this.response.equals(other.response)
				&& this.toolArguments.equals(other.toolArguments) && this.messages == other.messages
				&& this.parts == other.parts && this.toolCalls == other.toolCalls && this.tools == other.tools;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.event, this.response, this.toolArguments, this.messages, this.parts, this.toolCalls,
				this.tools);
	}

	@Override
	public String toString() {
		return "Limits[event=%s, response=%s, toolArguments=%s, messages=%s, parts=%s, toolCalls=%s, tools=%s]"
			.formatted(this.event, this.response, this.toolArguments, this.messages, this.parts, this.toolCalls,
					this.tools);
	}

	/**
	 * Builder for {@link Limits}.
	 */
	public static final class Builder {

		private DataSize event = DataSize.ofMegabytes(16);

		private DataSize response = DataSize.ofMegabytes(16);

		private DataSize toolArguments = DataSize.ofMegabytes(4);

		private int messages = 10_000;

		private int parts = 10_000;

		private int toolCalls = 1_000;

		private int tools = 1_000;

		private Builder() {
		}

		private Builder(Limits limits) {
			this.event = limits.event;
			this.response = limits.response;
			this.toolArguments = limits.toolArguments;
			this.messages = limits.messages;
			this.parts = limits.parts;
			this.toolCalls = limits.toolCalls;
			this.tools = limits.tools;
		}

		/**
		 * Set the largest event of a stream.
		 * @param event the size, as sent
		 * @return this builder
		 */
		public Builder event(DataSize event) {
			this.event = event;
			return this;
		}

		/**
		 * Set the largest answer.
		 * @param response the size
		 * @return this builder
		 */
		public Builder response(DataSize response) {
			this.response = response;
			return this;
		}

		/**
		 * Set the longest arguments of one tool call.
		 * @param toolArguments the size
		 * @return this builder
		 */
		public Builder toolArguments(DataSize toolArguments) {
			this.toolArguments = toolArguments;
			return this;
		}

		/**
		 * Set how many messages a request may have.
		 * @param messages the number
		 * @return this builder
		 */
		public Builder messages(int messages) {
			this.messages = messages;
			return this;
		}

		/**
		 * Set how many parts a message may have, be it one of a request or an answer.
		 * @param parts the number
		 * @return this builder
		 */
		public Builder parts(int parts) {
			this.parts = parts;
			return this;
		}

		/**
		 * Set how many tool calls a message may have, be it one of a request or an
		 * answer.
		 * @param toolCalls the number
		 * @return this builder
		 */
		public Builder toolCalls(int toolCalls) {
			this.toolCalls = toolCalls;
			return this;
		}

		/**
		 * Set how many tools a request may have.
		 * @param tools the number
		 * @return this builder
		 */
		public Builder tools(int tools) {
			this.tools = tools;
			return this;
		}

		/**
		 * Build the limits.
		 * @return the limits
		 * @throws IllegalArgumentException if a limit is not positive, or larger than
		 * {@link #MAX} or {@link #MAX_COUNT}
		 */
		public Limits build() {
			return new Limits(this);
		}

	}

}
