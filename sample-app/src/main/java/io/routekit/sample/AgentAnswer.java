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

package io.routekit.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.routekit.ToolCall;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.ToolStep;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an agent as the HTTP API shows it.
 *
 * @param answer the last answer of the model, with the tokens of all rounds together
 * @param stop why the run ended
 * @param rounds how many times the model was asked
 * @param steps the calls of tools that ended in this run
 * @param pending the calls that wait for a decision
 * @param messages the whole conversation, ready to be sent back
 */
record AgentAnswer(@JsonUnwrapped ChatAnswer answer, AgentResponse.Stop stop, int rounds, List<Step> steps,
		List<Pending> pending, List<MessageBody> messages) {

	static AgentAnswer of(AgentResponse response, StateSeal seal) {
		Set<String> pending = response.pending().stream().map(ToolCall::id).collect(Collectors.toSet());
		return new AgentAnswer(ChatAnswer.of(response.response().withUsage(response.usage())), response.stop(),
				response.rounds(), Step.of(response.steps()), response.pending().stream().map(Pending::of).toList(),
				response.messages().stream().map((message) -> MessageBody.of(message, pending, seal)).toList());
	}

	private static @Nullable Map<String, Object> argumentsOf(ToolCall call) {
		return call.complete() ? call.argumentsAsMap() : null;
	}

	/**
	 * A call of a tool that has ended.
	 *
	 * @param round the round of the run, from 1
	 * @param id the id of the call
	 * @param tool the name of the tool
	 * @param arguments the arguments, or {@code null} if they cannot be read
	 * @param result what the model is told
	 * @param error whether the tool failed
	 * @param millis how long the tool took, in milliseconds
	 */
	record Step(int round, String id, String tool, @Nullable Map<String, Object> arguments, String result,
			boolean error, long millis) {

		static Step of(ToolStep step) {
			return new Step(step.round(), step.call().id(), step.call().name(), argumentsOf(step.call()),
					step.result().text(), step.result().error(), step.duration().toMillis());
		}

		static List<Step> of(List<ToolStep> steps) {
			return steps.stream().map(Step::of).toList();
		}

	}

	/**
	 * A call that waits for a decision.
	 *
	 * @param id the id that the decision must name
	 * @param name the name of the tool
	 * @param arguments the arguments, or {@code null} if they cannot be read
	 */
	record Pending(String id, String name, @Nullable Map<String, Object> arguments) {

		static Pending of(ToolCall call) {
			return new Pending(call.id(), call.name(), argumentsOf(call));
		}

	}

}
