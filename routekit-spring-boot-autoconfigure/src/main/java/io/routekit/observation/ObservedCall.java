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

package io.routekit.observation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.routekit.Bystander;
import io.routekit.ModelResponse;
import io.routekit.ResponseProgress;
import io.routekit.StreamEvent;
import io.routekit.observation.ModelObservationContext.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation of one subscription. Whichever of answer, failure and cancellation
 * comes first stops it.
 */
final class ObservedCall {

	/**
	 * The key of {@code ObservationThreadLocalAccessor}, whose class needs a library that
	 * is not always there.
	 */
	static final String CONTEXT_KEY = "micrometer.observation";

	private final ModelObservationContext context;

	private final Observation observation;

	private final ResponseProgress progress = new ResponseProgress();

	private final SubscriptionScope scope;

	private final Bystander observers;

	private final AtomicBoolean stopped = new AtomicBoolean();

	private long startNanos;

	private boolean chunkSeen;

	/**
	 * Create a new {@link ObservedCall} instance.
	 * @param context what is known of the call
	 * @param observation the observation
	 * @param scope makes it the current one
	 * @param observers the application's part in observations
	 */
	ObservedCall(ModelObservationContext context, Observation observation, SubscriptionScope scope,
			Bystander observers) {
		this.context = context;
		this.observation = observation;
		this.scope = scope;
		this.observers = observers;
	}

	ObservedCall start(ContextView subscriber) {
		this.startNanos = System.nanoTime();
		try {
			this.observers.tell(() -> begin(subscriber));
		}
		catch (Throwable ex) {
			fail(ex);
			throw ex;
		}
		return this;
	}

	private void begin(ContextView subscriber) {
		Observation parent = subscriber.getOrDefault(CONTEXT_KEY, null);
		if (parent != null) {
			this.observation.parentObservation(parent);
		}
		markDelegating(this.context.getParentObservation());
		this.observation.start();
	}

	private void markDelegating(@Nullable ObservationView parent) {
		for (ObservationView view = parent; view != null; view = view.getContextView().getParentObservation()) {
			if (view.getContextView() instanceof ModelObservationContext outer) {
				outer.setDelegating();
			}
		}
	}

	/**
	 * Subscribe to the model with the observation as the current one, so that all that
	 * starts then is part of it. With automatic context propagation, Reactor does that.
	 * @param subscription subscribes to the model
	 */
	void subscribe(Runnable subscription) {
		try {
			if (!Hooks.isAutomaticContextPropagationEnabled()) {
				this.scope.open();
			}
			subscription.run();
		}
		catch (Throwable ex) {
			fail(ex);
			throw ex;
		}
		finally {
			this.scope.close();
		}
	}

	/**
	 * Leave the scope, since what follows is the business of the subscriber.
	 */
	void leaveScope() {
		this.scope.close();
	}

	<T> Function<? super Publisher<T>, ? extends Publisher<T>> observe(Consumer<? super T> onNext) {
		return Operators.lift((publisher, actual) -> new ObservedSubscriber<>(actual, this, onNext));
	}

	/**
	 * Return the context for the calls below, whose observations are children of this
	 * one, and which tell what they know before their end.
	 * @param subscriber the context of the subscriber
	 * @return the context
	 */
	Context context(Context subscriber) {
		return this.observation.isNoop() ? subscriber
				: this.progress.addTo(subscriber.put(CONTEXT_KEY, this.observation));
	}

	void event(StreamEvent event) {
		if (event instanceof StreamEvent.Completed completed) {
			succeed(completed.response());
		}
		else if (!this.chunkSeen) {
			this.chunkSeen = true;
			this.context.setTimeToFirstChunk(Duration.ofNanos(System.nanoTime() - this.startNanos));
		}
	}

	void succeed(@Nullable ModelResponse response) {
		stop(Outcome.SUCCESS, () -> response, null);
	}

	void fail(Throwable failure) {
		stop(Outcome.ERROR, this.progress::latest, failure);
	}

	void cancel() {
		stop(Outcome.CANCELLED, this.progress::latest, null);
	}

	private void stop(Outcome outcome, Supplier<@Nullable ModelResponse> response, @Nullable Throwable failure) {
		if (!this.stopped.compareAndSet(false, true)) {
			return;
		}
		this.context.end(outcome);
		try {
			this.context.setResponse(this.observers.ask(response));
		}
		finally {
			this.scope.closeAndThen(() -> stop(failure));
		}
	}

	private void stop(@Nullable Throwable failure) {
		try {
			if (failure != null) {
				this.observers.tell(() -> this.observation.error(failure));
			}
		}
		finally {
			this.observers.tell(this.observation::stop);
		}
	}

}
