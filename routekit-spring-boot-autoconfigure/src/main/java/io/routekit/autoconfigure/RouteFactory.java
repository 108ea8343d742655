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

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.Models;
import io.routekit.resilience.Fallback;
import io.routekit.resilience.ResilienceListener;
import io.routekit.resilience.Route;

import org.springframework.boot.context.properties.bind.Binder;

/**
 * Builds the routes that are configured by properties.
 */
final class RouteFactory {

	private static final RouteKitProperties.Route NOTHING = new RouteKitProperties.Route(Collections.emptyList(),
			Collections.emptyMap(), null);

	private final Binder binder;

	private final Models models;

	private final ModelNames names;

	private final ResilienceListener listener;

	RouteFactory(Binder binder, Models models, ModelNames names, ResilienceListener listener) {
		this.binder = binder;
		this.models = models;
		this.names = names;
		this.listener = listener;
	}

	/**
	 * Create a route.
	 * @param name the name of the route
	 * @param prefix the prefix of its properties
	 * @return the route
	 */
	Route create(String name, String prefix) {
		RouteKitProperties.Route properties = this.binder.bind(prefix, RouteKitProperties.Route.class).orElse(NOTHING);
		Set<ModelException.Kind> kinds = properties.fallbackOn();
		kinds = (kinds != null) ? kinds : Fallback.DEFAULT_KINDS;
		List<String> ordered = properties.models().stream().map(String::strip).toList();
		Map<String, Integer> weights = properties.weights();
		if (ordered.isEmpty() == weights.isEmpty()) {
			throw new ModelConfigurationException(
					"'%s' must have either 'models' or 'weights' but has %s".formatted(prefix,
							ordered.isEmpty() ? "neither" : "both"),
					"Set '%s.models' to the names of models in the order to ask them, or set '%s.weights.<model>' "
						.formatted(prefix, prefix) + "to a number for each model to draw");
		}
		if (weights.isEmpty()) {
			this.names.check(prefix + ".models", ordered);
			return Route.ordered(name, ordered, kinds, this.models, this.listener);
		}
		this.names.check(prefix + ".weights", weights.keySet());
		checkWeights(prefix + ".weights", weights);
		return Route.weighted(name, weights, kinds, this.models, this.listener);
	}

	private static void checkWeights(String property, Map<String, Integer> weights) {
		weights.forEach((model, weight) -> {
			if (weight < 0) {
				throw new ModelConfigurationException(
						"'%s.%s' must not be negative but is %s".formatted(property, model, weight),
						"Set '%s.%s' to a positive number, or to 0 to ask the model only when the others fail"
							.formatted(property, model));
			}
		});
		if (weights.values().stream().allMatch((weight) -> weight == 0)) {
			throw new ModelConfigurationException("'%s' has no weight that is positive".formatted(property),
					"Set '%s.%s' to 1, for example".formatted(property, weights.keySet().iterator().next()));
		}
	}

}
