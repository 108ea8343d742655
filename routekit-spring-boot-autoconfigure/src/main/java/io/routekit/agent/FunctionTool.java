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

import io.routekit.CallGuard;
import io.routekit.JsonFaultsException;
import io.routekit.JsonType;
import io.routekit.Tool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.Assert;

/**
 * A tool that is a function of its arguments.
 *
 * @param <T> the type of the arguments
 */
final class FunctionTool<T> implements AgentTool {

	private final Tool definition;

	private final JsonType<T> arguments;

	private final BiFunction<? super T, ToolContext, ?> function;

	private final @Nullable Scheduler scheduler;

	private final ToolResults results;

	private final boolean serial;

	private final @Nullable Duration timeout;

	private final @Nullable BiPredicate<? super T, ToolContext> approval;

	/**
	 * Create a new {@link FunctionTool} instance.
	 * @param definition the tool as the model is told of it
	 * @param arguments the JSON of the arguments
	 * @param function makes the result
	 * @param scheduler runs the function, {@code null} if it does not block
	 * @param results makes what the model is told of a result
	 * @param serial whether no two calls of a reply run at once
	 * @param timeout how long a call may take
	 * @param approval whether a call needs approval, {@code null} if none does
	 */
	FunctionTool(Tool definition, JsonType<T> arguments, BiFunction<? super T, ToolContext, ?> function,
			@Nullable Scheduler scheduler, ToolResults results, boolean serial, @Nullable Duration timeout,
			@Nullable BiPredicate<? super T, ToolContext> approval) {
		this.definition = definition;
		this.arguments = arguments;
		this.function = function;
		this.scheduler = scheduler;
		this.results = results;
		this.serial = serial;
		this.timeout = timeout;
		this.approval = approval;
	}

	@Override
	public Tool definition() {
		return this.definition;
	}

	@Override
	public Mono<ToolResult> call(ToolContext context) {
		Assert.notNull(context, "'context' must not be null");
		// This operator sets what threads carry, such as the observation
		return CallGuard.mono((view) -> start(context)).handle(this::apply).flatMap((result) -> result);
	}

	private Mono<ToolContext> start(ToolContext context) {
		Mono<ToolContext> start = Mono.just(context);
		return (this.scheduler != null) ? start.publishOn(this.scheduler) : start;
	}

	private void apply(ToolContext context, SynchronousSink<Mono<ToolResult>> sink) {
		T arguments = this.arguments.read(context.call().arguments());
		sink.next(this.results.of(this.function.apply(arguments, context)));
	}

	@Override
	public boolean isSerial() {
		return this.serial;
	}

	@Override
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	@Override
	public boolean needsApproval(ToolContext context) {
		Assert.notNull(context, "'context' must not be null");
		if (this.approval == null) {
			return false;
		}
		try {
			return this.approval.test(this.arguments.read(context.call().arguments()), context);
		}
		catch (JsonFaultsException ex) {
			// Nothing would run
			return false;
		}
	}

	@Override
	public String toString() {
		return "FunctionTool[%s]".formatted(this.definition.name());
	}

}
