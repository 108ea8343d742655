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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.AssistantMessage;
import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.agent.AgentException.Progress;
import io.routekit.agent.AgentException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come. Thread-safe, as the time of a run ends on another thread.
 */
final class RunState {

	private static final ToolResult NOT_CALLED = ToolResult.error("The tool was not called");

	private static final ToolResult NOT_ENDED = ToolResult.error("The tool was cancelled");

	private final String run;

	private final List<Message> messages;

	private final List<ToolStep> steps = new ArrayList<>();

	private final UsageSum usage = new UsageSum();

	// The place of the last reply in the conversation
	private int reply = -1;

	// The calls of the last reply that have no result in the conversation
	private List<ToolCall> open = new ArrayList<>();

	private final Map<ToolCall, ToolStep> ended = new IdentityHashMap<>();

	private int rounds;

	private int toolCalls;

	private int failedInARow;

	private final Set<ToolCall> begun = Collections.newSetFromMap(new IdentityHashMap<>());

	RunState(String run, List<Message> messages) {
		this.run = run;
		this.messages = new ArrayList<>(messages);
	}

	synchronized int rounds() {
		return this.rounds;
	}

	synchronized List<Message> messages() {
		return List.copyOf(this.messages);
	}

	synchronized int toolCalls() {
		return this.toolCalls;
	}

	synchronized @Nullable Cost cost() {
		return this.usage.cost();
	}

	/**
	 * Add a reply of the model.
	 * @param response the reply
	 */
	synchronized void add(ModelResponse response) {
		this.rounds++;
		this.usage.add(response.usage());
		this.messages.add(response.toMessage());
		this.reply = this.messages.size() - 1;
		this.open = new ArrayList<>(response.toolCalls());
		this.begun.clear();
	}

	/**
	 * Begin with a conversation whose last calls have no result.
	 * @param open the calls
	 * @param reply their reply, which takes the place of the one in the conversation
	 */
	synchronized void reopen(OpenCalls open, AssistantMessage reply) {
		this.messages.set(open.index(), reply);
		this.reply = open.index();
		this.open = new ArrayList<>(open.calls());
	}

	/**
	 * Replace the last message, which is a reply of the model.
	 * @param messages what takes its place
	 */
	synchronized void replaceReply(List<? extends Message> messages) {
		this.messages.remove(this.messages.size() - 1);
		this.messages.addAll(messages);
	}

	/**
	 * Count calls that are about to run.
	 * @param calls the calls
	 */
	synchronized void begin(List<ToolCall> calls) {
		this.toolCalls += calls.size();
		this.begun.addAll(calls);
	}

	synchronized void ended(ToolStep step) {
		this.ended.put(step.call(), step);
	}

	/**
	 * Add the results of calls to the conversation, in the order of the reply.
	 * @param calls the calls, all of which have ended
	 * @return how many calls failed one after the other, up to the last one
	 */
	synchronized int addResults(List<ToolCall> calls) {
		int most = 0;
		for (ToolCall call : calls) {
			ToolStep step = this.ended.remove(call);
			this.open.removeIf((other) -> other == call);
			if (step == null) {
				this.messages.add(message(call, NOT_CALLED));
				continue;
			}
			this.steps.add(step);
			this.messages.add(step.toMessage());
			this.failedInARow = step.result().error() ? this.failedInARow + 1 : 0;
			most = Math.max(most, this.failedInARow);
		}
		return most;
	}

	/**
	 * Bring the results of the last reply, which came at different times, into the order
	 * of its calls.
	 */
	synchronized void sortResults() {
		List<Message> results = this.messages.subList(this.reply + 1, this.messages.size());
		if (this.reply < 0 || !(this.messages.get(this.reply) instanceof AssistantMessage message)
				|| !results.stream().allMatch(ToolMessage.class::isInstance)) {
			return;
		}
		List<ToolCall> calls = message.toolCalls();
		Map<String, Integer> places = new HashMap<>();
		calls.forEach((call) -> places.putIfAbsent(call.id(), places.size()));
		results.sort(Comparator.comparingInt((result) -> places.getOrDefault(((ToolMessage) result).toolCallId(), -1)));
	}

	/**
	 * Answer a call that is not to run.
	 * @param call the call
	 * @param result what the model is told
	 */
	synchronized void answer(ToolCall call, ToolResult result) {
		this.open.removeIf((other) -> other == call);
		this.messages.add(message(call, result));
	}

	private static ToolMessage message(ToolCall call, ToolResult result) {
		return new ToolMessage(call.id(), result.parts(), result.error());
	}

	/**
	 * Answer the calls that no tool is to run for.
	 */
	synchronized void closeCalls() {
		for (ToolCall call : List.copyOf(this.open)) {
			ToolStep step = this.ended.remove(call);
			if (step != null) {
				this.steps.add(step);
			}
			ToolResult notEnded = this.begun.contains(call) ? NOT_ENDED : NOT_CALLED;
			answer(call, (step != null) ? step.result() : notEnded);
		}
	}

	synchronized AgentResponse toResponse(ModelResponse response, AgentResponse.Stop stop, List<ToolCall> pending) {
		return new AgentResponse(this.run, response, this.messages, this.steps, this.rounds, this.usage.toUsage(), stop,
				pending);
	}

	/**
	 * End the run since calls need approval. They stay without a result, so that the run
	 * can go on.
	 * @param message why, in words
	 * @return the failure
	 */
	synchronized AgentException pendingFailure(String message) {
		return new AgentException(Reason.APPROVAL, message, progress(), null);
	}

	/**
	 * End the run without an answer.
	 * @param reason why
	 * @param message why, in words
	 * @param cause what failed, or {@code null}
	 * @return the failure
	 */
	synchronized AgentException failure(Reason reason, String message, @Nullable Throwable cause) {
		closeCalls();
		sortResults();
		return new AgentException(reason, message, progress(), cause);
	}

	private Progress progress() {
		return new Progress(this.run, this.messages, this.steps, this.rounds, this.usage.toUsage());
	}

}
