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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ResponseProgress;
import io.routekit.StreamEvent;
import io.routekit.trace.TracedCall.Content;
import io.routekit.trace.TracedCall.Outcome;
import org.jspecify.annotations.Nullable;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.observability.SignalListener;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Follows one call and tells at its end what it was, before the subscriber gets the end.
 * Whichever of answer, failure and cancellation comes first ends it.
 *
 * @param <T> the type of the elements: the response, or the events of a stream
 */
final class CallListener<T> extends DefaultSignalListener<T> {

	private final Class<?> owner;

	private final Start start;

	private final @Nullable KeptEvents events;

	private final CallSink sink;

	private final @Nullable CallListener<?> outer;

	private final ResponseProgress progress;

	private final long startNanos = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable Duration timeToFirstChunk;

	private volatile boolean delegating;

	/**
	 * Create a new {@link CallListener} instance.
	 * @param owner who listens: calls within calls are known by it
	 * @param start what is known of the call at its start
	 * @param keepEvents whether the events of a stream are wanted
	 * @param context the context of the subscriber
	 * @param sink takes the call
	 */
	CallListener(Class<?> owner, Start start, boolean keepEvents, ContextView context, CallSink sink) {
		this.owner = owner;
		this.start = start;
		this.events = keepEvents ? new KeptEvents(sink.budget()) : null;
		this.sink = sink;
		this.outer = context.getOrDefault(owner, null);
		ResponseProgress progress = ResponseProgress.from(context);
		this.progress = (progress != null) ? progress : new ResponseProgress();
	}

	/**
	 * Create a listener, or one that does nothing where that fails.
	 * @param <T> the type of the elements
	 * @param listener creates it
	 * @param sink gets to know of the failure
	 * @return the listener
	 */
	static <T> SignalListener<T> of(Supplier<CallListener<T>> listener, CallSink sink) {
		try {
			return listener.get();
		}
		catch (Throwable ex) {
			sink.lost(ex);
			return new DefaultSignalListener<>() {
			};
		}
	}

	@Override
	public Context addToContext(Context context) {
		return this.progress.addTo(context).put(this.owner, this);
	}

	@Override
	public void doFirst() {
		for (CallListener<?> listener = this.outer; listener != null; listener = listener.outer) {
			listener.delegating = true;
		}
	}

	@Override
	public void doOnNext(T element) {
		if (element instanceof ModelResponse response) {
			end(Outcome.SUCCESS, response, null);
		}
		else if (element instanceof StreamEvent.Completed completed) {
			end(Outcome.SUCCESS, completed.response(), null);
		}
		else {
			event((StreamEvent) element);
		}
	}

	private void event(StreamEvent event) {
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
	public void doOnComplete() {
		end(Outcome.SUCCESS, null, null);
	}

	@Override
	public void doOnError(Throwable failure) {
		end(Outcome.ERROR, null, failure);
	}

	@Override
	public void doOnCancel() {
		end(Outcome.CANCELLED, null, null);
	}

	private void end(Outcome outcome, @Nullable ModelResponse response, @Nullable Throwable failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		List<TimedEvent> events = (this.events != null) ? this.events.take() : Collections.emptyList();
		try {
			this.sink.accept(call(outcome, response, failure, events));
		}
		catch (Throwable ex) {
			this.sink.lost(ex);
		}
	}

	private TracedCall call(Outcome outcome, @Nullable ModelResponse response, @Nullable Throwable failure,
			List<TimedEvent> events) {
		ModelResponse known = (outcome != Outcome.SUCCESS) ? this.progress.latest() : response;
		Model model = this.start.model();
		boolean cut = this.events != null && this.events.isCut();
		return new TracedCall(this.start.id(), this.start.time(), this.start.span(), this.start.stream(),
				model.provider(), this.start.modelName(), model.endpoint(), outcome, elapsed(), this.timeToFirstChunk,
				this.delegating, this.start.request(), known, failure, events, cut ? Content.CUT : Content.WHOLE);
	}

	/**
	 * What is known of a call at its start.
	 *
	 * @param id what tells it from all others
	 * @param time the time
	 * @param span the span, or {@code null} if it is not traced
	 * @param model the model that is called
	 * @param request the request
	 * @param stream whether the answer is streamed
	 */
	record Start(String id, Instant time, @Nullable SpanIds span, Model model, ChatRequest request, boolean stream) {

		String modelName() {
			ChatOptions options = this.request.options();
			return (options.model() != null) ? options.model() : this.model.name();
		}

	}

}
