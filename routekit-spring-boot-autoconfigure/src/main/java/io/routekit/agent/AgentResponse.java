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
import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a run came to.
 *
 * @param run the id of the run
 * @param response the last response of the model
 * @param messages the whole conversation, ready to go on
 * @param steps the calls of tools that ended in this run, in the order of the replies
 * @param rounds how many times the model was asked
 * @param usage the tokens of all rounds together, with their cost; {@code null} if no
 * round reported any. A prompt, a completion or a cost that one round does not know is
 * not known of the sum
 * @param stop why the run ended
 * @param pending the calls that wait for a decision, empty unless {@code stop} is
 * {@link Stop#APPROVAL}
 * @since 0.1.0
 */
public record AgentResponse(String run, ModelResponse response, List<Message> messages, List<ToolStep> steps,
		int rounds, @Nullable Usage usage, Stop stop, List<ToolCall> pending) {

	public AgentResponse {
		Assert.hasText(run, "'run' must not be empty");
		Assert.notNull(response, "'response' must not be null");
		Assert.notNull(stop, "'stop' must not be null");
		Assert.notNull(messages, "'messages' must not be null");
		Assert.notNull(steps, "'steps' must not be null");
		Assert.notNull(pending, "'pending' must not be null");
		messages = List.copyOf(messages);
		steps = List.copyOf(steps);
		pending = List.copyOf(pending);
	}

	/**
	 * Return the text of the answer.
	 * @return the text of the last response, empty if there is none
	 */
	public String content() {
		return this.response.content();
	}

	@Override
	public String toString() {
		return "AgentResponse[run=%s, rounds=%d, steps=%d, stop=%s]".formatted(this.run, this.rounds, this.steps.size(),
				this.stop);
	}

	/**
	 * Why a run ended.
	 * <p>
	 * Further reasons may be added, so code that tells them apart needs a default branch.
	 */
	public enum Stop {

		/**
		 * The model has answered.
		 */
		DONE,

		/**
		 * Calls wait for a decision.
		 */
		APPROVAL,

		/**
		 * The answer is cut, since it was too long.
		 */
		LENGTH,

		/**
		 * The model refused to answer, or a filter cut its answer.
		 */
		REFUSAL

	}

}
