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

package io.routekit.autoconfigure;

import io.routekit.Bystander;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.resilience.ResilienceListener;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Tells all the listeners of an application, which are looked up when there is something
 * to tell.
 */
final class ResilienceListeners implements ResilienceListener {

	private final ObjectProvider<ResilienceListener> listeners;

	private final Bystander bystander = new Bystander("A ResilienceListener");

	ResilienceListeners(ObjectProvider<ResilienceListener> listeners) {
		this.listeners = listeners;
	}

	@Override
	public void onRetry(String name, Model model, ModelException failure) {
		this.listeners.orderedStream()
			.forEach((listener) -> this.bystander.tell(() -> listener.onRetry(name, model, failure)));
	}

	@Override
	public void onFallback(String name, String target, ModelException failure) {
		this.listeners.orderedStream()
			.forEach((listener) -> this.bystander.tell(() -> listener.onFallback(name, target, failure)));
	}

}
