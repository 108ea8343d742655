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

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.routekit.ModelFilter;

/**
 * Knows the health of models from how their calls end. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelHealthRegistry {

	private final Map<String, RecentCalls> models = new ConcurrentHashMap<>();

	private final Clock clock;

	/**
	 * Create a new {@link ModelHealthRegistry} instance.
	 */
	public ModelHealthRegistry() {
		this(Clock.systemUTC());
	}

	ModelHealthRegistry(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Return a filter that learns how calls of a model end.
	 * @param name the {@linkplain io.routekit.ModelSettings#name() name} of the model
	 * @return the filter
	 */
	public ModelFilter filter(String name) {
		RecentCalls calls = this.models.computeIfAbsent(name, (key) -> new RecentCalls(this.clock));
		return ModelFilter.ofListener(calls).withOrder(ModelFilter.HEALTH_ORDER);
	}

	/**
	 * Return the health of all models that there are filters for.
	 * @return health by the name of the model
	 */
	public Map<String, ModelHealth> health() {
		Map<String, ModelHealth> health = new TreeMap<>();
		this.models.forEach((name, calls) -> health.put(name, calls.health()));
		return health;
	}

}
