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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.CallGuard;
import io.routekit.OneLine;
import io.routekit.Tool;
import io.routekit.ToolCall;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Runs the calls of a reply. What goes wrong with a tool is a result that the model is
 * told. Only an error of the virtual machine fails the run.
 */
final class ToolRunner {

	private static final Log logger = LogFactory.getLog(ToolRunner.class);

	private final Map<String, KnownTool> tools;

	private final List<AgentFilter> filters;

	private final int parallel;

	private final ToolTexts texts;

	/**
	 * Create a new {@link ToolRunner} instance.
	 * @param tools the tools
	 * @param filters surround each call, the outermost first
	 * @param parallel how many calls of a reply run at once
	 * @param maxResultLength how many characters of a result the model is told
	 * @throws IllegalArgumentException if two tools have the same name, or one cannot be
	 * told
	 */
	ToolRunner(List<AgentTool> tools, List<AgentFilter> filters, int parallel, int maxResultLength) {
		Assert.isTrue(parallel > 0, "'parallel' must be positive");
		Assert.isTrue(maxResultLength > 0, "'maxResultLength' must be positive");
		this.tools = new LinkedHashMap<>();
		tools.forEach(this::add);
		this.filters = List.copyOf(filters);
		this.parallel = parallel;
		this.texts = new ToolTexts(maxResultLength);
	}

	private void add(AgentTool tool) {
		KnownTool known = known(tool);
		String name = known.definition().name();
		Assert.isTrue(this.tools.putIfAbsent(name, known) == null,
				() -> "Two tools are named '%s'; give one of them another name".formatted(name));
	}

	private static KnownTool known(AgentTool tool) {
		try {
			Tool definition = tool.definition();
			Assert.state(definition != null, "There is no definition");
			return new KnownTool(tool, definition, tool.isSerial());
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(
					"A tool of %s does not tell its definition".formatted(tool.getClass().getName()), ex);
		}
	}

	List<Tool> definitions() {
		return this.tools.values().stream().map(KnownTool::definition).toList();
	}

	@Nullable AgentTool find(String name) {
		KnownTool known = this.tools.get(name);
		return (known != null) ? known.tool() : null;
	}

	/**
	 * Run the calls of a reply.
	 * @param calls the calls
	 * @param run the run
	 * @param round the round of the run
	 * @return what happens, in the order in which it does
	 */
	Flux<AgentEvent> run(List<ToolCall> calls, AgentRun run, int round) {
		return Flux.fromIterable(lanes(calls))
			.flatMap((lane) -> Flux.fromIterable(lane).concatMap((call) -> run(new ToolContext(call, run, round))),
					this.parallel);
	}

	// Calls of one lane do not run at once
	private Collection<List<ToolCall>> lanes(List<ToolCall> calls) {
		Map<Object, List<ToolCall>> lanes = new LinkedHashMap<>();
		for (ToolCall call : calls) {
			KnownTool known = this.tools.get(call.name());
			Object lane = (known != null && known.serial()) ? call.name() : new Object();
			lanes.computeIfAbsent(lane, (key) -> new ArrayList<>()).add(call);
		}
		return lanes.values();
	}

	private Flux<AgentEvent> run(ToolContext context) {
		Mono<AgentEvent> finished = Mono.defer(() -> step(context)).map(AgentEvent.ToolFinished::new);
		return Flux.concat(Mono.just(new AgentEvent.ToolStarted(context.round(), context.call())), finished);
	}

	private Mono<ToolStep> step(ToolContext context) {
		long start = System.nanoTime();
		Mono<ToolStep> call = result(context).map((result) -> step(context, result, start));
		if (this.filters.isEmpty()) {
			return call;
		}
		Mono<ToolStep> step = call;
		for (int i = this.filters.size() - 1; i >= 0; i--) {
			step = surround(step, this.filters.get(i), context);
		}
		// A filter may fail as well, or give nothing, or the step of another call
		return step
			.flatMap((some) -> Mono.just(new ToolStep(context.round(), context.call(), some.result(), some.duration())))
			.switchIfEmpty(Mono.fromSupplier(() -> step(context, this.texts.unexpected(context.call()), start)))
			.onErrorResume((ex) -> !Exceptions.isJvmFatal(ex),
					(ex) -> Mono.just(step(context, failure(ex, context), start)));
	}

	private static ToolStep step(ToolContext context, ToolResult result, long start) {
		return new ToolStep(context.round(), context.call(), result, Duration.ofNanos(System.nanoTime() - start));
	}

	private static Mono<ToolStep> surround(Mono<ToolStep> step, AgentFilter filter, ToolContext context) {
		return CallGuard.mono((view) -> filter.filterTool(context, step));
	}

	private Mono<ToolResult> result(ToolContext context) {
		ToolCall call = context.call();
		AgentTool tool = find(call.name());
		if (tool == null) {
			return Mono.just(this.texts.unknown(call, this.tools.keySet()));
		}
		if (!call.complete()) {
			return Mono.just(this.texts.incomplete(call));
		}
		// The first value counts, if a tool has several
		return CallGuard.<ToolResult>mono((view) -> limited(tool, context))
			.flatMap((result) -> Mono.just(this.texts.bounded(result)))
			.switchIfEmpty(Mono.fromSupplier(this.texts::nothing))
			.onErrorResume((ex) -> !Exceptions.isJvmFatal(ex), (ex) -> Mono.just(failure(ex, context)));
	}

	private Mono<ToolResult> limited(AgentTool tool, ToolContext context) {
		Duration timeout = tool.timeout();
		if (timeout == null) {
			return tool.call(context);
		}
		return CallGuard.<ToolResult>mono((view) -> tool.call(context))
			.timeout(timeout, Mono.fromSupplier(() -> this.texts.timeout(context.call(), timeout)));
	}

	private ToolResult failure(Throwable thrown, ToolContext context) {
		Throwable failure = ToolTexts.unwrap(thrown);
		ToolResult told = this.texts.failure(context.call(), failure);
		if (told != null) {
			return told;
		}
		logger.warn(
				"The tool '%s' of the agent '%s' failed in the run %s; the model is not told why".formatted(
						ToolTexts.name(context.call()), context.run().agent(), OneLine.ofName(context.run().id())),
				OneLine.of(failure));
		return this.texts.unexpected(context.call());
	}

	/**
	 * A tool, and what it said of itself.
	 *
	 * @param tool the tool
	 * @param definition what the model is told
	 * @param serial whether no two calls of a reply run at once
	 */
	private record KnownTool(AgentTool tool, Tool definition, boolean serial) {

	}

}
