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

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

import io.routekit.JsonType;
import io.routekit.JsonTypes;
import io.routekit.Tool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * A tool that an {@link Agent} runs when the model calls it. Thread-safe: calls of one
 * reply run at once, unless the tool is {@linkplain #isSerial() serial}.
 *
 * @since 0.1.0
 */
public interface AgentTool {

	/**
	 * Return the tool as the model is told of it.
	 * @return the tool
	 */
	Tool definition();

	/**
	 * Run the tool. It must not block the thread that subscribes.
	 * @param context what the tool is called with
	 * @return the result, empty if there is nothing to say; a {@link ToolException} tells
	 * the model why it failed, a {@link io.routekit.JsonFaultsException} what is wrong
	 * with the arguments, any other failure is told as a neutral text; cancelled when the
	 * run is
	 */
	Mono<ToolResult> call(ToolContext context);

	/**
	 * Return whether no two calls of the tool in a reply may run at once.
	 * @return whether they run one after the other, in the order of the reply
	 */
	default boolean isSerial() {
		return false;
	}

	/**
	 * Return how long a call may take.
	 * @return the time, or {@code null} if only the run limits it
	 */
	default @Nullable Duration timeout() {
		return null;
	}

	/**
	 * Return whether somebody must approve a call before it runs. Asked on the thread of
	 * the answer, so it must not block; if it throws, approval is needed.
	 * @param context what the tool would be called with
	 * @return whether the run stops and waits for a decision
	 */
	default boolean needsApproval(ToolContext context) {
		return false;
	}

	/**
	 * Return a builder for a tool that is a function.
	 * @param <T> the type of the arguments
	 * @param name the name of the tool
	 * @param arguments the type of the arguments, for example a record
	 * @return the builder
	 */
	static <T> Builder<T> builder(String name, Class<T> arguments) {
		Assert.notNull(arguments, "'arguments' must not be null");
		return new Builder<>(name, (types) -> types.of(arguments));
	}

	/**
	 * Builder for a tool that is a function.
	 *
	 * @param <T> the type of the arguments
	 */
	final class Builder<T> {

		private final String name;

		private final Function<JsonTypes, JsonType<T>> arguments;

		private @Nullable String description;

		private @Nullable BiFunction<? super T, ToolContext, ?> function;

		private boolean nonBlocking;

		private boolean strict;

		private boolean serial;

		private @Nullable Duration timeout;

		private @Nullable BiPredicate<? super T, ToolContext> approval;

		private @Nullable JsonTypes jsonTypes;

		private @Nullable Scheduler scheduler;

		Builder(String name, Function<JsonTypes, JsonType<T>> arguments) {
			Assert.hasText(name, "'name' must not be empty");
			this.name = name;
			this.arguments = arguments;
		}

		/**
		 * Set what the tool does, for the model to read.
		 * @param description the description, or {@code null} for none
		 * @return this builder
		 */
		public Builder<T> description(@Nullable String description) {
			this.description = description;
			return this;
		}

		/**
		 * Set what the tool does. The function may block, unless the tool is
		 * {@link #nonBlocking()}. A run that is cancelled interrupts it.
		 * <p>
		 * It may give back a text, a {@link io.routekit.ContentPart} or a list of these,
		 * a {@link ToolResult}, anything else that becomes JSON, or {@code null} if there
		 * is nothing to say; or a {@link Mono}, a
		 * {@link java.util.concurrent.CompletionStage} or another type that Spring adapts
		 * of any of these. The elements of a {@link reactor.core.publisher.Flux} or a
		 * stream, 1,000 at most, are told as a list.
		 * @param function makes the result of the arguments
		 * @return this builder
		 */
		public Builder<T> function(Function<? super T, ?> function) {
			Assert.notNull(function, "'function' must not be null");
			this.function = (arguments, context) -> function.apply(arguments);
			return this;
		}

		/**
		 * Set what the tool does, by what it is called with too.
		 * @param function makes the result of the arguments and the context
		 * @return this builder
		 * @see #function(Function)
		 */
		public Builder<T> function(BiFunction<? super T, ToolContext, ?> function) {
			Assert.notNull(function, "'function' must not be null");
			this.function = function;
			return this;
		}

		/**
		 * Tell that the function does not block, so it needs no thread of the scheduler.
		 * @return this builder
		 */
		public Builder<T> nonBlocking() {
			this.nonBlocking = true;
			return this;
		}

		/**
		 * Demand that the model keeps to the schema of the arguments strictly. Where no
		 * strict schema can tell the arguments, such as a map, the usual one is told.
		 * @return this builder
		 */
		public Builder<T> strict() {
			this.strict = true;
			return this;
		}

		/**
		 * Run the calls of a reply one after the other.
		 * @return this builder
		 * @see AgentTool#isSerial()
		 */
		public Builder<T> serial() {
			this.serial = true;
			return this;
		}

		/**
		 * Set how long a call may take.
		 * @param timeout the time, or {@code null} if only the run limits it
		 * @return this builder
		 */
		public Builder<T> timeout(@Nullable Duration timeout) {
			Assert.isTrue(timeout == null || (!timeout.isNegative() && !timeout.isZero()),
					"'timeout' must be positive");
			this.timeout = timeout;
			return this;
		}

		/**
		 * Demand that somebody approves each call before it runs.
		 * @return this builder
		 */
		public Builder<T> approval() {
			return approval((arguments, context) -> true);
		}

		/**
		 * Demand that somebody approves some of the calls before they run. A call whose
		 * arguments are not valid needs none, since nothing would run.
		 * @param approval tells which calls need it; it must not block
		 * @return this builder
		 * @see AgentTool#needsApproval(ToolContext)
		 */
		public Builder<T> approval(BiPredicate<? super T, ToolContext> approval) {
			Assert.notNull(approval, "'approval' must not be null");
			this.approval = approval;
			return this;
		}

		/**
		 * Set what knows the JSON of the arguments and of the results. By default, this
		 * is what the agent has, or {@link JsonTypes#defaults()} without an agent.
		 * @param jsonTypes knows the JSON
		 * @return this builder
		 */
		public Builder<T> jsonTypes(JsonTypes jsonTypes) {
			Assert.notNull(jsonTypes, "'jsonTypes' must not be null");
			this.jsonTypes = jsonTypes;
			return this;
		}

		/**
		 * Set what runs the function, unless it does not block. By default, this is what
		 * the agent has, or {@link Schedulers#boundedElastic()} without an agent.
		 * @param scheduler runs the function
		 * @return this builder
		 */
		public Builder<T> scheduler(Scheduler scheduler) {
			Assert.notNull(scheduler, "'scheduler' must not be null");
			this.scheduler = scheduler;
			return this;
		}

		/**
		 * Build the tool.
		 * @return the tool
		 * @throws IllegalArgumentException if the name is malformed or no schema can tell
		 * the arguments
		 */
		public AgentTool build() {
			return build((this.jsonTypes != null) ? this.jsonTypes : JsonTypes.defaults(), Schedulers.boundedElastic());
		}

		/**
		 * Build the tool of an agent.
		 * @param jsonTypes knows the JSON of types, unless the tool has its own
		 * @param scheduler runs what may block, unless the tool has its own
		 * @return the tool
		 * @throws IllegalArgumentException if the name is malformed or no schema can tell
		 * the arguments
		 */
		public AgentTool build(JsonTypes jsonTypes, Scheduler scheduler) {
			Assert.notNull(jsonTypes, "'jsonTypes' must not be null");
			Assert.notNull(scheduler, "'scheduler' must not be null");
			Assert.state(this.function != null, "'function' must be set");
			JsonTypes types = (this.jsonTypes != null) ? this.jsonTypes : jsonTypes;
			JsonType<T> arguments = this.arguments.apply(types);
			String strictSchema = this.strict ? arguments.strictSchema() : null;
			Tool definition = (strictSchema != null) ? new Tool(this.name, this.description, strictSchema, true)
					: new Tool(this.name, this.description, arguments.schema(), null);
			Scheduler blocking = (this.scheduler != null) ? this.scheduler : scheduler;
			return new FunctionTool<>(definition, arguments, this.function, this.nonBlocking ? null : blocking,
					new ToolResults(types), this.serial, this.timeout, this.approval);
		}

	}

}
