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

package io.routekit.trace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.routekit.Outcome;
import io.routekit.StreamEvent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentListener;
import io.routekit.agent.AgentResponse.Stop;
import io.routekit.agent.AgentRun;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import io.routekit.agent.ToolStep;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Writes a line to the trace for each run of an agent and for each call of a tool that
 * ends. Neither waits for the file nor fails with it.
 *
 * @since 0.1.0
 * @see TraceFilter
 */
public final class AgentTraceFilter implements AgentFilter {

	/**
	 * The order of the filter, outside of which runs and tools are observed, so that
	 * lines have the ids of their spans.
	 */
	public static final int ORDER = 2000;

	private final TraceWriter writer;

	private final Function<ContextView, @Nullable SpanIds> spans;

	private final Clock clock = Clock.systemUTC();

	/**
	 * Create a new {@link AgentTraceFilter} instance.
	 * @param writer writes the lines
	 * @param spans finds the span in the context of a subscriber, if there is one
	 */
	public AgentTraceFilter(TraceWriter writer, Function<ContextView, @Nullable SpanIds> spans) {
		Assert.notNull(writer, "'writer' must not be null");
		Assert.notNull(spans, "'spans' must not be null");
		this.writer = writer;
		this.spans = spans;
	}

	@Override
	public Flux<AgentEvent> filterRun(AgentRun run, Flux<AgentEvent> events) {
		return AgentListener.follow(events, (subscriber) -> new RunListener(run, span(subscriber)));
	}

	@Override
	public Mono<ToolStep> filterTool(ToolContext call, Mono<ToolStep> step) {
		return Mono.fromDirect(AgentListener.follow(step, (subscriber) -> new ToolListener(call, span(subscriber))));
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	private @Nullable SpanIds span(ContextView subscriber) {
		try {
			return this.spans.apply(subscriber);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private static Duration since(long startNanos) {
		return Duration.ofNanos(System.nanoTime() - startNanos).truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * Follows a run.
	 */
	private final class RunListener implements AgentListener<AgentEvent> {

		private final AgentRun run;

		private final @Nullable SpanIds span;

		private final Instant time = AgentTraceFilter.this.clock.instant();

		private final long startNanos = System.nanoTime();

		private final AtomicInteger rounds = new AtomicInteger();

		private final AtomicInteger toolCalls = new AtomicInteger();

		private volatile @Nullable Stop stop;

		RunListener(AgentRun run, @Nullable SpanIds span) {
			this.run = run;
			this.span = span;
		}

		@Override
		public boolean onNext(AgentEvent event) {
			if (event instanceof AgentEvent.ModelEvent model && model.event() instanceof StreamEvent.Completed) {
				this.rounds.incrementAndGet();
			}
			else if (event instanceof AgentEvent.ToolFinished) {
				this.toolCalls.incrementAndGet();
			}
			else if (event instanceof AgentEvent.Completed completed) {
				this.stop = completed.response().stop();
				return true;
			}
			return false;
		}

		@Override
		public void onEnd(Outcome outcome, @Nullable Throwable failure) {
			AgentTraceFilter.this.writer.accept(new TracedRun(this.time, this.span, RunIds.of(this.run), outcome,
					since(this.startNanos), this.rounds.get(), this.toolCalls.get(), this.stop));
		}

	}

	/**
	 * Follows the call of a tool.
	 */
	private final class ToolListener implements AgentListener<ToolStep> {

		private final ToolContext call;

		private final @Nullable SpanIds span;

		private final Instant time = AgentTraceFilter.this.clock.instant();

		private final long startNanos = System.nanoTime();

		private volatile @Nullable ToolResult result;

		ToolListener(ToolContext call, @Nullable SpanIds span) {
			this.call = call;
			this.span = span;
		}

		@Override
		public boolean onNext(ToolStep step) {
			this.result = step.result();
			return true;
		}

		@Override
		public void onEnd(Outcome outcome, @Nullable Throwable failure) {
			ToolResult result = this.result;
			boolean failed = result != null && result.error();
			AgentTraceFilter.this.writer
				.accept(new TracedTool(this.time, this.span, RunIds.of(this.call.run()), this.call.round(),
						this.call.call(), failed ? Outcome.ERROR : outcome, since(this.startNanos), result, true));
		}

	}

}
