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

import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.Bystander;
import org.jspecify.annotations.Nullable;

/**
 * Makes the observation of a call the current one of the thread that subscribes to it,
 * until the call is under way. Without it, what starts below would become a child of what
 * that thread was doing before: a tracer prefers the current span to the parent in
 * Reactor's context.
 * <p>
 * An observation must not stop while it is the current one, or else its span stays with
 * the thread. If another thread wants to stop it meanwhile, the subscribing one does.
 */
final class SubscriptionScope {

	private static final Runnable NOTHING = () -> {
	};

	private final Observation observation;

	private final ObservationRegistry registry;

	private final Bystander observers;

	private final AtomicReference<@Nullable Runnable> atClose = new AtomicReference<>();

	// Of the subscribing thread alone: any other one never finds itself in here
	private @Nullable Thread thread;

	private Observation.@Nullable Scope scope;

	SubscriptionScope(Observation observation, ObservationRegistry registry, Bystander observers) {
		this.observation = observation;
		this.registry = registry;
		this.observers = observers;
	}

	void open() {
		Observation.Scope before = this.registry.getCurrentObservationScope();
		try {
			this.scope = this.observers.ask(this.observation::openScope);
		}
		finally {
			if (this.scope == null) {
				this.registry.setCurrentObservationScope(before);
			}
		}
		if (this.scope != null) {
			this.atClose.set(NOTHING);
			this.thread = Thread.currentThread();
		}
	}

	/**
	 * Close the scope if this thread has opened it.
	 */
	void close() {
		Observation.Scope scope = this.scope;
		if (this.thread != Thread.currentThread() || scope == null) {
			return;
		}
		this.thread = null;
		this.scope = null;
		try {
			this.observers.tell(scope::close);
		}
		finally {
			if (this.registry.getCurrentObservationScope() == scope) {
				this.registry.setCurrentObservationScope(scope.getPreviousObservationScope());
			}
			Runnable stop = this.atClose.getAndSet(null);
			if (stop != null) {
				stop.run();
			}
		}
	}

	/**
	 * Stop the observation as soon as it is not the current one.
	 * @param stop stops the observation
	 */
	void closeAndThen(Runnable stop) {
		try {
			close();
		}
		finally {
			if (!this.atClose.compareAndSet(NOTHING, stop)) {
				stop.run();
			}
		}
	}

}
