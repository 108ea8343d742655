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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.routekit.AgentRound;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.agent.AgentException.Reason;
import io.routekit.agent.AgentResponse.Stop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One run: asks the model and runs the tools that it calls, round by round. What a
 * subscription does is in order, so that only the time limit needs the state to be
 * thread-safe.
 */
final class AgentLoop {

	private static final int FAILED_CALLS = 3;

	private final AgentSettings agent;

	private final AgentRun run;

	private final Model model;

	private final boolean streaming;

	private final @Nullable TypedAnswer<?> answer;

	private final RunState state;

	private final boolean resumed;

	private @Nullable OpenCalls open;

	private @Nullable ModelResponse response;

	private int round = 1;

	private boolean ended;

	/**
	 * Create a new {@link AgentLoop} instance.
	 * @param agent the agent
	 * @param run the run
	 * @param open the calls that the conversation ends with, or {@code null} if none has
	 * to be decided on
	 * @param streaming whether the model streams
	 * @param answer takes an answer that must be of a type, or {@code null} for any
	 */
	AgentLoop(AgentSettings agent, AgentRun run, @Nullable OpenCalls open, boolean streaming,
			@Nullable TypedAnswer<?> answer) {
		this.agent = agent;
		this.run = run;
		this.model = (answer != null) ? answer.applyTo(agent.model()) : agent.model();
		this.resumed = open != null;
		this.open = open;
		this.streaming = streaming;
		this.answer = answer;
		this.state = new RunState(run.id(), run.request().messages());
	}

	/**
	 * Return the events of the run.
	 * @return the events, for one subscription
	 */
	Flux<AgentEvent> events() {
		Flux<AgentEvent> events = Flux.defer(this::next).repeat(() -> !this.ended);
		if (this.agent.limits().total() != null) {
			events = events.takeUntilOther(Mono.delay(this.agent.limits().total()).then(Mono.error(this::tooLong)));
		}
		return events.onErrorMap((ex) -> !(ex instanceof AgentException), this::modelFailed);
	}

	private AgentException tooLong() {
		return this.state.failure(Reason.TOTAL, "The run of the agent '%s' took longer than %s"
			.formatted(this.agent.name(), this.agent.limits().total()), null);
	}

	private AgentException modelFailed(Throwable failure) {
		String why = (failure instanceof ModelException) ? ": " + failure.getMessage() : "";
		return this.state.failure(Reason.MODEL,
				"The model failed in round %d of the agent '%s'%s".formatted(this.round, this.agent.name(), why),
				failure);
	}

	private Flux<AgentEvent> next() {
		OpenCalls open = this.open;
		if (open != null) {
			this.open = null;
			return resume(open);
		}
		return round();
	}

	private Flux<AgentEvent> round() {
		checkLimits();
		int round = this.state.rounds() + 1;
		this.round = round;
		ChatRequest request = request(round);
		this.response = null;
		Flux<StreamEvent> answer = this.streaming ? this.model.stream(request)
				: this.model.chat(request).<StreamEvent>map(StreamEvent.Completed::new).flux();
		return answer.doOnNext(this::note)
			.contextWrite(
					(context) -> context.put(AgentRound.class, new AgentRound(this.run.id(), this.agent.name(), round)))
			.<AgentEvent>map((event) -> new AgentEvent.ModelEvent(round, event))
			.concatWith(Flux.defer(this::answered));
	}

	private void checkLimits() {
		AgentLimits limits = this.agent.limits();
		int rounds = this.state.rounds();
		if (rounds >= limits.rounds()) {
			throw this.state.failure(Reason.ROUNDS, "The agent '%s' has no answer after %d rounds, which is the limit"
				.formatted(this.agent.name(), rounds), null);
		}
		if (limits.cost() != null && rounds > 0) {
			checkCost(limits.cost());
		}
	}

	private void checkCost(BigDecimal limit) {
		Cost cost = this.state.cost();
		if (cost == null || !cost.currency().equals(Cost.USD)) {
			throw this.state.failure(Reason.COST,
					("The agent '%s' has a limit of %s USD, but what its rounds cost is "
							+ "not known: add the price of the model, or remove the limit")
						.formatted(this.agent.name(), limit.toPlainString()),
					null);
		}
		if (cost.amount().compareTo(limit) >= 0) {
			throw this.state.failure(Reason.COST, "The rounds of the agent '%s' cost %s USD by now, the limit is %s USD"
				.formatted(this.agent.name(), cost.amount().toPlainString(), limit.toPlainString()), null);
		}
	}

	private ChatRequest request(int round) {
		ChatRequest.Builder request = ChatRequest.builder();
		if (this.agent.instructions() != null) {
			request.messages(Message.system(this.agent.instructions()));
		}
		request.messages(this.state.messages()).tools(this.agent.runner().definitions());
		request.options(options(round)).tags(this.run.request().tags());
		return request.build();
	}

	private ChatOptions options(int round) {
		ChatOptions options = this.run.request().options().withDefaults(this.agent.options());
		ToolChoice choice = options.toolChoice();
		boolean forced = choice != null && choice.mode() != ToolChoice.Mode.AUTO
				&& choice.mode() != ToolChoice.Mode.NONE;
		// Who must call a tool in every round never answers
		return (forced && (round > 1 || this.resumed)) ? options.mutate().toolChoice(ToolChoice.AUTO).build() : options;
	}

	private void note(StreamEvent event) {
		if (event instanceof StreamEvent.Completed completed) {
			this.response = completed.response();
		}
	}

	private Flux<AgentEvent> answered() {
		ModelResponse response = this.response;
		if (response == null) {
			throw ModelException.of(Kind.INVALID_RESPONSE, "The model has not completed its answer");
		}
		this.state.add(response);
		List<ToolCall> calls = response.toolCalls();
		if (isRefusal(response)) {
			this.state.closeCalls();
			return roundFinished(response).concatWith(answer(Stop.REFUSAL, response));
		}
		if (calls.isEmpty()) {
			Stop stop = (response.finishReason() == FinishReason.LENGTH) ? Stop.LENGTH : Stop.DONE;
			return roundFinished(response).concatWith(answer(stop, response));
		}
		checkToolCalls(calls.size());
		List<ToolCall> pending = pending(calls);
		if (!pending.isEmpty()) {
			this.state.replaceReply(List.of(Approval.sign(this.run.id(), response.toMessage(), this.agent.signer())));
			return roundFinished(response).concatWith(waitForApproval(response, pending));
		}
		return run(calls).concatWith(roundFinished(response));
	}

	private static boolean isRefusal(ModelResponse response) {
		return response.refusal() != null || response.finishReason() == FinishReason.REFUSAL
				|| response.finishReason() == FinishReason.CONTENT_FILTERED;
	}

	private void checkToolCalls(int number) {
		int limit = this.agent.limits().toolCalls();
		if (this.state.toolCalls() + number > limit) {
			throw this.state.failure(Reason.TOOL_CALLS,
					"The agent '%s' would call more than %d tools, which is the limit".formatted(this.agent.name(),
							limit),
					null);
		}
	}

	private List<ToolCall> pending(List<ToolCall> calls) {
		return calls.stream().filter(this::needsApproval).toList();
	}

	private boolean needsApproval(ToolCall call) {
		AgentTool tool = this.agent.runner().find(call.name());
		// What cannot run anyway is told to the model at once
		if (tool == null || !call.complete()) {
			return false;
		}
		try {
			return tool.needsApproval(new ToolContext(call, this.run, Math.max(1, this.state.rounds())));
		}
		catch (Exception ex) {
			return true;
		}
	}

	private Flux<AgentEvent> run(List<ToolCall> calls) {
		if (calls.isEmpty()) {
			return Flux.empty();
		}
		this.state.begin(calls);
		return this.agent.runner()
			.run(calls, this.run, Math.max(1, this.state.rounds()))
			.doOnNext(this::noteStep)
			.concatWith(Flux.defer(() -> ran(calls)));
	}

	private void noteStep(AgentEvent event) {
		if (event instanceof AgentEvent.ToolFinished finished) {
			this.state.ended(finished.step());
		}
	}

	private Flux<AgentEvent> ran(List<ToolCall> calls) {
		if (this.state.addResults(calls) >= FAILED_CALLS) {
			throw this.state.failure(Reason.FAILED_CALLS,
					"%d calls of tools of the agent '%s' failed in a row".formatted(FAILED_CALLS, this.agent.name()),
					null);
		}
		return Flux.empty();
	}

	private Flux<AgentEvent> roundFinished(ModelResponse response) {
		return Flux.just(new AgentEvent.RoundFinished(this.state.rounds(), response));
	}

	private Flux<AgentEvent> answer(Stop stop, ModelResponse response) {
		if (this.answer == null) {
			return end(stop, response, Collections.emptyList());
		}
		return answer(this.answer, stop, response);
	}

	private Flux<AgentEvent> answer(TypedAnswer<?> answer, Stop stop, ModelResponse response) {
		return Flux.defer(() -> {
			List<Message> correction = answer.accept(response);
			if (correction.isEmpty()) {
				return end(stop, response, Collections.emptyList());
			}
			this.state.replaceReply(correction);
			return Flux.empty();
		});
	}

	private Flux<AgentEvent> waitForApproval(ModelResponse response, List<ToolCall> pending) {
		return (this.answer == null) ? end(Stop.APPROVAL, response, pending) : Flux.error(() -> this.state
			.pendingFailure("The agent '%s' has no answer before calls are approved".formatted(this.agent.name())));
	}

	private Flux<AgentEvent> end(Stop stop, ModelResponse response, List<ToolCall> pending) {
		this.ended = true;
		return Flux.just(new AgentEvent.Completed(this.state.toResponse(response, stop, pending)));
	}

	private Flux<AgentEvent> resume(OpenCalls open) {
		Map<String, ApprovalDecision> decisions = new HashMap<>();
		this.run.request().decisions().forEach((decision) -> decisions.put(decision.id(), decision));
		// A decision is about an id, so calls that share one wait for it together
		Set<String> undecided = open.calls()
			.stream()
			.filter((call) -> !decisions.containsKey(call.id()) && needsApproval(call))
			.map(ToolCall::id)
			.collect(Collectors.toSet());
		List<ToolCall> pending = open.calls().stream().filter((call) -> undecided.contains(call.id())).toList();
		this.state.reopen(open, pending.isEmpty() ? Approval.remove(open.reply()) : open.reply());
		List<ToolCall> approved = new ArrayList<>(open.calls());
		approved.removeIf((call) -> undecided.contains(call.id()));
		approved.removeIf((call) -> isRefused(call, decisions.get(call.id())));
		checkToolCalls(approved.size());
		return run(approved).concatWith(Flux.defer(() -> resumed(open, pending)));
	}

	private boolean isRefused(ToolCall call, @Nullable ApprovalDecision decision) {
		if (decision == null || decision.approved()) {
			return false;
		}
		this.state.answer(call, ToolResult.error((decision.reason() != null && !decision.reason().isBlank())
				? "The call was refused: " + decision.reason() : "The call was refused"));
		return true;
	}

	private Flux<AgentEvent> resumed(OpenCalls open, List<ToolCall> pending) {
		this.state.sortResults();
		if (pending.isEmpty()) {
			return Flux.empty();
		}
		ModelResponse response = ModelResponse.builder()
			.parts(open.reply().parts())
			.finishReason(FinishReason.TOOL_CALLS, null)
			.build();
		return waitForApproval(response, pending);
	}

}
