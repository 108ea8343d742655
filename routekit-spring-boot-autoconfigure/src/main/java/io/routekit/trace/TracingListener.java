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

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;

import io.routekit.CallEnd;
import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ChatOptions;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.StreamEvent;
import io.routekit.trace.TracedCall.Content;
import org.jspecify.annotations.Nullable;

/**
 * Follows one call and tells at its end what it was.
 */
class TracingListener implements CallListener {

	private final CallStart start;

	private final String id;

	private final Instant time;

	private final @Nullable SpanIds span;

	private final @Nullable KeptEvents events;

	private final CallSink sink;

	private final long startNanos = System.nanoTime();

	private volatile @Nullable Duration timeToFirstChunk;

	/**
	 * Create a new {@link TracingListener} instance.
	 * @param start the start of the call
	 * @param id what tells the call from all others
	 * @param time the time
	 * @param span the span, or {@code null} if the call is not traced
	 * @param keepEvents whether the events of a stream are wanted
	 * @param sink takes the call
	 */
	TracingListener(CallStart start, String id, Instant time, @Nullable SpanIds span, boolean keepEvents,
			CallSink sink) {
		this.start = start;
		this.id = id;
		this.time = time;
		this.span = span;
		this.events = keepEvents ? new KeptEvents(sink.budget()) : null;
		this.sink = sink;
	}

	@Override
	public void onEvent(StreamEvent event) {
		try {
			if (this.timeToFirstChunk == null) {
				this.timeToFirstChunk = elapsed();
			}
			if (this.events != null) {
				this.events.add(elapsed(), event);
			}
		}
		catch (Throwable ex) {
			// The call goes on, and the line tells that an event is missing
			if (this.events != null) {
				this.events.cut();
			}
		}
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.startNanos).truncatedTo(ChronoUnit.MICROS);
	}

	@Override
	public void onEnd(CallEnd end) {
		List<TimedEvent> events = (this.events != null) ? this.events.take() : Collections.emptyList();
		try {
			this.sink.accept(call(end, events));
		}
		catch (Throwable ex) {
			this.sink.lost(ex);
		}
	}

	private TracedCall call(CallEnd end, List<TimedEvent> events) {
		ModelResponse known = (end.outcome() != Outcome.SUCCESS) ? this.start.call().response() : end.response();
		Model model = this.start.model();
		boolean cut = this.events != null && this.events.isCut();
		return new TracedCall(this.id, this.time, this.span, this.start.streaming(), model.provider(), modelName(),
				model.endpoint(), end.outcome(), elapsed(), this.timeToFirstChunk, this.start.call().isDelegating(),
				this.start.request(), known, end.failure(), events, cut ? Content.CUT : Content.WHOLE,
				this.start.call().agentRound());
	}

	private String modelName() {
		ChatOptions options = this.start.request().options();
		return (options.model() != null) ? options.model() : this.start.model().name();
	}

}
