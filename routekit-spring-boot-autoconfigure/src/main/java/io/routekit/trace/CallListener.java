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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ResponseProgress;
import io.routekit.StreamEvent;
import io.routekit.trace.TracedCall.Outcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.observability.DefaultSignalListener;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Follows one call and tells at its end what it was, before the subscriber gets the end.
 * Whichever of answer, failure and cancellation comes first ends it.
 *
 * @param <T> the type of the elements: the response, or the events of a stream
 */
final class CallListener<T> extends DefaultSignalListener<T> {

	private static final Log logger = LogFactory.getLog(CallListener.class);

	private final Class<?> owner;

	private final Start start;

	private final boolean keepEvents;

	private final Consumer<TracedCall> consumer;

	private final @Nullable CallListener<?> outer;

	private final ResponseProgress progress;

	private final long startNanos = System.nanoTime();

	// The subscriber may cancel while an event arrives
	private final List<TimedEvent> events = Collections.synchronizedList(new ArrayList<>());

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable Duration timeToFirstChunk;

	private volatile boolean delegating;

	/**
	 * Create a new {@link CallListener} instance.
	 * @param owner who listens: calls within calls are known by it
	 * @param start what is known of the call at its start
	 * @param keepEvents whether the events of a stream are wanted
	 * @param context the context of the subscriber
	 * @param consumer gets the call, and must not block
	 */
	CallListener(Class<?> owner, Start start, boolean keepEvents, ContextView context, Consumer<TracedCall> consumer) {
		this.owner = owner;
		this.start = start;
		this.keepEvents = keepEvents;
		this.consumer = consumer;
		this.outer = context.getOrDefault(owner, null);
		ResponseProgress progress = ResponseProgress.from(context);
		this.progress = (progress != null) ? progress : new ResponseProgress();
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
		if (this.timeToFirstChunk == null) {
			this.timeToFirstChunk = elapsed();
		}
		if (this.keepEvents) {
			this.events.add(new TimedEvent(elapsed(), event));
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
		try {
			ModelResponse known = (outcome != Outcome.SUCCESS) ? this.progress.latest() : response;
			List<TimedEvent> events = List.of(this.events.toArray(TimedEvent[]::new));
			Model model = this.start.model();
			this.consumer.accept(new TracedCall(this.start.id(), this.start.time(), this.start.span(),
					this.start.stream(), model.provider(), this.start.modelName(), model.endpoint(), outcome, elapsed(),
					this.timeToFirstChunk, this.delegating, this.start.request(), known, failure, events));
		}
		catch (RuntimeException ex) {
			// What is told of a call must not break it
			logger.warn("Could not tell of the end of a call", ex);
		}
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
