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

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.routekit.Bystander;
import io.routekit.CallEnd;
import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ModelCall;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Hooks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation of one subscription, which its end stops.
 */
final class ObservedCall implements CallListener {

	/**
	 * The key of {@code ObservationThreadLocalAccessor}, whose class needs a library that
	 * is not always there.
	 */
	static final String CONTEXT_KEY = "micrometer.observation";

	private final ModelCall call;

	private final ModelObservationContext context;

	private final Observation observation;

	private final SubscriptionScope scope;

	private final Bystander observers;

	private final long startNanos = System.nanoTime();

	private boolean chunkSeen;

	/**
	 * Create a new {@link ObservedCall} instance and start the observation.
	 * @param start the start of the call
	 * @param context what is known of the call
	 * @param observation the observation
	 * @param scope makes it the current one
	 * @param observers the application's part in observations
	 */
	ObservedCall(CallStart start, ModelObservationContext context, Observation observation, SubscriptionScope scope,
			Bystander observers) {
		this.call = start.call();
		this.context = context;
		this.observation = observation;
		this.scope = scope;
		this.observers = observers;
		try {
			this.observers.tell(() -> begin(start.context()));
		}
		catch (Throwable ex) {
			end(Outcome.ERROR, null, ex);
			throw ex;
		}
	}

	private void begin(ContextView subscriber) {
		Observation parent = subscriber.getOrDefault(CONTEXT_KEY, null);
		if (parent != null) {
			this.observation.parentObservation(parent);
		}
		markDelegating(this.context.getParentObservation());
		this.observation.start();
	}

	// Not by the parents of the call, which are not known where a model blocks for
	// another
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
	 */
	@Override
	public void subscribe(Runnable subscription) {
		try {
			if (!Hooks.isAutomaticContextPropagationEnabled()) {
				this.scope.open();
			}
			subscription.run();
		}
		finally {
			this.scope.close();
		}
	}

	/**
	 * Add the observation, so that those of the calls below are children of it.
	 */
	@Override
	public Context addToContext(Context context) {
		return this.observation.isNoop() ? context : context.put(CONTEXT_KEY, this.observation);
	}

	@Override
	public void onEvent(StreamEvent event) {
		if (!this.chunkSeen) {
			this.chunkSeen = true;
			this.context.setTimeToFirstChunk(Duration.ofNanos(System.nanoTime() - this.startNanos));
		}
		// What follows is the business of the subscriber
		this.scope.close();
	}

	@Override
	public void onEnd(CallEnd end) {
		ModelResponse response = (end.outcome() == Outcome.SUCCESS) ? end.response() : this.call.response();
		end(end.outcome(), response, end.failure());
	}

	private void end(Outcome outcome, @Nullable ModelResponse response, @Nullable Throwable failure) {
		this.context.end(outcome);
		try {
			this.observers.tell(() -> this.context.setResponse(response));
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
