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

import java.util.List;

import io.routekit.Message;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Thrown when a run ends without an answer. It tells how far the run came; if the model
 * failed, the cause is its {@link io.routekit.ModelException}.
 *
 * @since 0.1.0
 */
public final class AgentException extends RuntimeException {

	private final Reason reason;

	private final transient Progress progress;

	AgentException(Reason reason, String message, Progress progress, @Nullable Throwable cause) {
		super(message, cause);
		Assert.notNull(reason, "'reason' must not be null");
		Assert.notNull(progress, "'progress' must not be null");
		this.reason = reason;
		this.progress = progress;
	}

	/**
	 * Return why the run ended.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Return how far the run came.
	 * @return what was done by then
	 */
	public Progress getProgress() {
		return this.progress;
	}

	/**
	 * How far a run came.
	 *
	 * @param run the id of the run
	 * @param messages the conversation; each call in it has a result, unless it waits for
	 * approval
	 * @param steps the calls of tools that ended
	 * @param rounds how many times the model was asked and has answered
	 * @param usage the tokens and the cost of the rounds together, {@code null} if no
	 * round reported any
	 */
	public record Progress(String run, List<Message> messages, List<ToolStep> steps, int rounds,
			@Nullable Usage usage) {

		public Progress {
			Assert.hasText(run, "'run' must not be empty");
			Assert.notNull(messages, "'messages' must not be null");
			Assert.notNull(steps, "'steps' must not be null");
			messages = List.copyOf(messages);
			steps = List.copyOf(steps);
		}

		@Override
		public String toString() {
			return "Progress[run=%s, rounds=%d, steps=%d]".formatted(this.run, this.rounds, this.steps.size());
		}

	}

	/**
	 * Why a run ended without an answer.
	 * <p>
	 * Further reasons may be added, so code that tells them apart needs a default branch.
	 */
	public enum Reason {

		/**
		 * The model was asked as often as the limit allows.
		 */
		ROUNDS("rounds"),

		/**
		 * The model called tools more often than the limit allows.
		 */
		TOOL_CALLS("tool-calls"),

		/**
		 * The rounds cost as much as the limit allows, or what they cost is not known.
		 */
		COST("cost"),

		/**
		 * The run took longer than the limit allows.
		 */
		TOTAL("total"),

		/**
		 * Too many calls of tools failed in a row.
		 */
		FAILED_CALLS(null),

		/**
		 * Calls need approval, while the caller waits for an answer of a type. The
		 * conversation is the one to {@linkplain Agent#run(AgentRequest, Class) go on
		 * with}, together with the decisions.
		 */
		APPROVAL(null),

		/**
		 * The model failed, or its answer does not fit the type.
		 */
		MODEL(null);

		private final @Nullable String limit;

		Reason(@Nullable String limit) {
			this.limit = limit;
		}

		/**
		 * Return the limit that ended the run, as the configuration names it.
		 * @return the name, for example {@code tool-calls}, or {@code null} if it was no
		 * limit
		 */
		public @Nullable String limit() {
			return this.limit;
		}

	}

}
