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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.ModelException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of routes, and of the models beside the one of
 * {@code routekit.provider}. Each model is bound on its own, since it may inherit; those
 * in here are for tools that help to write the properties.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit")
public final class RouteKitProperties {

	/**
	 * Further models by name. What a model does not set is as in 'routekit.provider', if
	 * its type is the same.
	 */
	private final Map<String, ModelProperties> models = new LinkedHashMap<>();

	/**
	 * Routes by name. Each sends a call to one of several models.
	 */
	private final Map<String, Route> routes = new LinkedHashMap<>();

	private final Limit limit = new Limit();

	/**
	 * Whether the baggage of a trace goes to providers, which it tells of the
	 * application's own users.
	 */
	private boolean propagateBaggage;

	public Map<String, ModelProperties> getModels() {
		return this.models;
	}

	public Map<String, Route> getRoutes() {
		return this.routes;
	}

	public Limit getLimit() {
		return this.limit;
	}

	public boolean isPropagateBaggage() {
		return this.propagateBaggage;
	}

	public void setPropagateBaggage(boolean propagateBaggage) {
		this.propagateBaggage = propagateBaggage;
	}

	/**
	 * Limits of all calls together.
	 */
	public static class Limit {

		/**
		 * Memory that the answers of all calls under way may take together. The call that
		 * would exceed it fails. The default is a quarter of the heap.
		 */
		private @Nullable DataSize inFlight;

		public @Nullable DataSize getInFlight() {
			return this.inFlight;
		}

		public void setInFlight(@Nullable DataSize inFlight) {
			this.inFlight = inFlight;
		}

	}

	/**
	 * A route, by either models or weights.
	 *
	 * @param models names of the models to ask, in this order, until one answers
	 * @param weights weights by the names of the models, which are drawn for each call. A
	 * model of weight 0 is asked only when the others fail
	 * @param fallbackOn kinds of failure after which another model is asked. The default
	 * are those that may pass, and an open circuit
	 */
	public record Route(@DefaultValue List<String> models, @DefaultValue Map<String, Integer> weights,
			@Nullable Set<ModelException.Kind> fallbackOn) {

	}

}
