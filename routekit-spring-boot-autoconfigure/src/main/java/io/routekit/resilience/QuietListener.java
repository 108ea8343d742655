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

package io.routekit.resilience;

import io.routekit.Bystander;
import io.routekit.Model;
import io.routekit.ModelException;

import org.springframework.util.Assert;

/**
 * A {@link ResilienceListener} that fails no call, whatever the listener behind it does.
 */
final class QuietListener implements ResilienceListener {

	private final Bystander bystander = new Bystander("A ResilienceListener");

	private final ResilienceListener listener;

	QuietListener(ResilienceListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.listener = listener;
	}

	@Override
	public void onRetry(String name, Model model, ModelException failure) {
		this.bystander.tell(() -> this.listener.onRetry(name, model, failure));
	}

	@Override
	public void onFallback(String name, String target, ModelException failure) {
		this.bystander.tell(() -> this.listener.onFallback(name, target, failure));
	}

}
