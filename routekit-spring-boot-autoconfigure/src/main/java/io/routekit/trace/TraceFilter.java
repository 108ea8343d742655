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
import java.util.UUID;
import java.util.function.Function;

import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Writes a line to a file for each call that ends, be it by an answer, a failure or a
 * cancellation. A call neither waits for the file nor fails with it.
 *
 * @since 0.1.0
 * @see TraceWriter
 */
public final class TraceFilter implements ModelFilter {

	private final TraceWriter writer;

	private final Function<ContextView, @Nullable SpanIds> spans;

	private final Clock clock;

	private final ModelFilter listening = ModelFilter.ofListener(this::trace);

	/**
	 * Create a new {@link TraceFilter} instance.
	 * @param writer writes the lines
	 * @param spans finds the span of a call in the context of its subscriber, if there is
	 * one
	 */
	public TraceFilter(TraceWriter writer, Function<ContextView, @Nullable SpanIds> spans) {
		this(writer, spans, Clock.systemUTC());
	}

	TraceFilter(TraceWriter writer, Function<ContextView, @Nullable SpanIds> spans, Clock clock) {
		Assert.notNull(writer, "'writer' must not be null");
		Assert.notNull(spans, "'spans' must not be null");
		this.writer = writer;
		this.spans = spans;
		this.clock = clock;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return this.listening.chat(request, next);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return this.listening.stream(request, next);
	}

	@Override
	public int getOrder() {
		return TRACE_ORDER;
	}

	private @Nullable CallListener trace(CallStart start) {
		CallSink sink = this.writer.sink();
		try {
			return new TracingListener(start, UUID.randomUUID().toString(), this.clock.instant(),
					this.spans.apply(start.context()), this.writer.isIncludeContent(), sink);
		}
		catch (Throwable ex) {
			sink.lost(ex);
			return null;
		}
	}

}
