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
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation of one subscription, which its end stops.
 */
final class ObservedCall implements CallListener {

	private final ModelCall call;

	private final ModelObservationContext context;

	private final ObservedSubscription subscription;

	private final Bystander observers;

	private final long startNanos = System.nanoTime();

	private boolean chunkSeen;

	/**
	 * Create a new {@link ObservedCall} instance and start the observation.
	 * @param start the start of the call
	 * @param context what is known of the call
	 * @param subscription the observation
	 * @param observers the application's part in observations
	 */
	ObservedCall(CallStart start, ModelObservationContext context, ObservedSubscription subscription,
			Bystander observers) {
		this.call = start.call();
		this.context = context;
		this.subscription = subscription;
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
		this.subscription.addParent(subscriber);
		markDelegating(this.context.getParentObservation());
		this.subscription.start();
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

	@Override
	public void subscribe(Runnable subscription) {
		this.subscription.subscribe(subscription);
	}

	@Override
	public Context addToContext(Context context) {
		return this.subscription.addTo(context);
	}

	@Override
	public void onEvent(StreamEvent event) {
		if (!this.chunkSeen) {
			this.chunkSeen = true;
			this.context.setTimeToFirstChunk(Duration.ofNanos(System.nanoTime() - this.startNanos));
		}
		this.subscription.leave();
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
			this.subscription.stop(failure);
		}
	}

}
