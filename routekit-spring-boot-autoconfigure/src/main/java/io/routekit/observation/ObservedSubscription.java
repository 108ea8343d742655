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

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.Bystander;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Hooks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation of one subscription: its parent, its place in Reactor's context, and
 * its end. What the application's part in observations throws fails nothing.
 */
final class ObservedSubscription {

	/**
	 * The key of {@code ObservationThreadLocalAccessor}, whose class needs a library that
	 * is not always there.
	 */
	static final String CONTEXT_KEY = "micrometer.observation";

	private final Observation observation;

	private final ObservationRegistry registry;

	private final Bystander observers;

	private final SubscriptionScope scope;

	private @Nullable Observation parent;

	/**
	 * Create a new {@link ObservedSubscription} instance.
	 * @param observation the observation, or {@code null} if there could not be one
	 * @param registry the registry of the observations
	 * @param observers the application's part in observations
	 */
	ObservedSubscription(@Nullable Observation observation, ObservationRegistry registry, Bystander observers) {
		this.observation = (observation != null) ? observation : Observation.NOOP;
		this.registry = registry;
		this.observers = observers;
		this.scope = new SubscriptionScope(this.observation, registry, observers);
	}

	/**
	 * Make the observation in the subscriber's context the parent, if there is one.
	 * Otherwise it is that of the thread.
	 * @param subscriber the context of the subscriber
	 */
	void addParent(ContextView subscriber) {
		this.parent = subscriber.getOrDefault(CONTEXT_KEY, null);
		if (this.parent != null) {
			this.observation.parentObservation(this.parent);
		}
	}

	/**
	 * Start the observation. A tracer prefers what the thread is doing to the parent,
	 * which for the second call of a run is what the caller of the run does.
	 */
	void start() {
		Observation current = this.registry.getCurrentObservation();
		if (this.parent == null || current == null || current == this.parent) {
			this.observation.start();
			return;
		}
		SubscriptionScope outer = new SubscriptionScope(this.parent, this.registry, this.observers);
		try {
			outer.open();
			this.observation.start();
		}
		finally {
			outer.close();
		}
	}

	/**
	 * Start the observation as a child of the one in the subscriber's context.
	 * @param subscriber the context of the subscriber
	 */
	void start(ContextView subscriber) {
		addParent(subscriber);
		start();
	}

	/**
	 * Subscribe with the observation as the current one, so that all that starts then is
	 * part of it. With automatic context propagation, Reactor does that.
	 * @param subscription subscribes
	 */
	void subscribe(Runnable subscription) {
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
	 * Add the observation, so that those below are children of it.
	 * @param context the context of the subscriber
	 * @return the context for what is subscribed to
	 */
	Context addTo(Context context) {
		return this.observation.isNoop() ? context : context.put(CONTEXT_KEY, this.observation);
	}

	/**
	 * Take notice that the subscriber gets something: what follows is its business.
	 */
	void leave() {
		this.scope.close();
	}

	/**
	 * Stop the observation.
	 * @param failure what went wrong, or {@code null} if nothing did
	 */
	void stop(@Nullable Throwable failure) {
		this.scope.closeAndThen(() -> {
			try {
				if (failure != null) {
					this.observers.tell(() -> this.observation.error(failure));
				}
			}
			finally {
				this.observers.tell(this.observation::stop);
			}
		});
	}

}
