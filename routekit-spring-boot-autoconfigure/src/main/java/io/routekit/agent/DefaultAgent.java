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

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.routekit.AnswerFormat;
import io.routekit.Model;
import io.routekit.OneLine;
import io.routekit.ToolCall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * The {@link Agent} that {@link AgentBuilder} builds.
 */
final class DefaultAgent implements Agent {

	private final AgentSettings settings;

	DefaultAgent(AgentSettings settings) {
		this.settings = settings;
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public Model model() {
		return this.settings.model();
	}

	@Override
	public List<AgentTool> tools() {
		return this.settings.tools();
	}

	@Override
	public AgentLimits limits() {
		return this.settings.limits();
	}

	@Override
	public Mono<AgentResponse> run(AgentRequest request) {
		Assert.notNull(request, "'request' must not be null");
		return completed(request, null);
	}

	@Override
	public <T> Mono<T> run(AgentRequest request, Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return runTyped(request, type);
	}

	@Override
	public <T> Mono<T> run(AgentRequest request, ParameterizedTypeReference<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return runTyped(request, type.getType());
	}

	private <T> Mono<T> runTyped(AgentRequest request, Type type) {
		Assert.notNull(request, "'request' must not be null");
		return Mono.defer(() -> {
			TypedAnswer<T> answer = new TypedAnswer<>(AnswerFormat.of(this.settings.jsonTypes().get().of(type)));
			return completed(request, answer).map((response) -> answer.value());
		});
	}

	private Mono<AgentResponse> completed(AgentRequest request, @Nullable TypedAnswer<?> answer) {
		return events(request, false, answer).ofType(AgentEvent.Completed.class)
			.map(AgentEvent.Completed::response)
			.last();
	}

	@Override
	public Flux<AgentEvent> stream(AgentRequest request) {
		Assert.notNull(request, "'request' must not be null");
		return events(request, true, null);
	}

	private Flux<AgentEvent> events(AgentRequest request, boolean streaming, @Nullable TypedAnswer<?> answer) {
		// Tools and models find what the thread of the subscriber has: its observation,
		// its user
		return Flux.defer(() -> start(request, streaming, answer)).contextCapture();
	}

	private Flux<AgentEvent> start(AgentRequest request, boolean streaming, @Nullable TypedAnswer<?> answer) {
		OpenCalls open = OpenCalls.of(request.messages());
		Approval approval = check(request, open);
		String id = (approval != null) ? approval.run() : UUID.randomUUID().toString();
		AgentRun run = new AgentRun(id, name(), model(), request, this.settings.runner().definitions());
		// A filter may subscribe again, for example to retry the run
		Flux<AgentEvent> events = Flux.defer(() -> new AgentLoop(this.settings, run, open, streaming, answer).events());
		List<AgentFilter> filters = this.settings.filters();
		for (int i = filters.size() - 1; i >= 0; i--) {
			events = filters.get(i).filterRun(run, events);
		}
		return events;
	}

	private @Nullable Approval check(AgentRequest request, @Nullable OpenCalls open) {
		checkDecisions(request.decisions(), (open != null) ? open.calls() : Collections.emptyList());
		if (open == null) {
			return null;
		}
		Approval approval = Approval.of(open.reply());
		if (approval == null) {
			throw new InvalidApprovalException("The call '%s' has no result and no signature, so it cannot run"
				.formatted(OneLine.ofName(open.calls().get(0).id())));
		}
		approval.check(open.reply(), this.settings.signer());
		return approval;
	}

	private static void checkDecisions(List<ApprovalDecision> decisions, List<ToolCall> calls) {
		Set<String> waiting = calls.stream().map(ToolCall::id).collect(Collectors.toSet());
		Set<String> decided = new HashSet<>();
		for (ApprovalDecision decision : decisions) {
			if (!waiting.contains(decision.id())) {
				throw new InvalidApprovalException("The decision for '%s' is about a call that does not wait for one"
					.formatted(OneLine.ofName(decision.id())));
			}
			if (!decided.add(decision.id())) {
				throw new InvalidApprovalException(
						"There are two decisions for '%s'".formatted(OneLine.ofName(decision.id())));
			}
		}
	}

	@Override
	public String toString() {
		return "Agent[name=%s, model=%s, tools=%d]".formatted(name(), model().name(), tools().size());
	}

}
