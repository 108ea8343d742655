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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.Models;
import io.routekit.resilience.Fallback;
import io.routekit.resilience.ModelHealthRegistry;
import io.routekit.resilience.ResilienceListener;
import io.routekit.resilience.RetryFilter;
import io.routekit.resilience.RetryPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the filters that keep the answers of one model coming.
 */
final class ResilienceFactory {

	private static final String LIBRARY = "io.github.resilience4j:resilience4j-";

	private final Models models;

	private final ModelNames names;

	private final ResilienceListener listener;

	private final ObjectProvider<CallGateFactory<CircuitBreakerProperties>> breakers;

	private final ObjectProvider<CallGateFactory<ConcurrencyLimitProperties>> limits;

	private final ObjectProvider<ModelHealthRegistry> health;

	ResilienceFactory(Models models, ModelNames names, ResilienceListener listener,
			ObjectProvider<CallGateFactory<CircuitBreakerProperties>> breakers,
			ObjectProvider<CallGateFactory<ConcurrencyLimitProperties>> limits,
			ObjectProvider<ModelHealthRegistry> health) {
		this.models = models;
		this.names = names;
		this.listener = listener;
		this.breakers = breakers;
		this.limits = limits;
		this.health = health;
	}

	/**
	 * Make what keeps the answers of a model coming.
	 * @param settings the settings of the model
	 * @param provider the provider of the model
	 * @param properties the properties of the model
	 * @return what does
	 */
	Resilience create(ModelSettings settings, ModelProvider provider, ModelProperties properties) {
		// What a test scripts is meant to be seen
		int maxRetries = ModelFactory.FAKE.equals(provider.type()) ? 0 : RetryPolicy.DEFAULT_MAX_RETRIES;
		RetryPolicy policy = new ResilienceMapper(settings).retryPolicy(properties.getRetry(), maxRetries);
		RetryFilter retry = new RetryFilter(settings.name(), policy, this.listener);
		List<String> others = properties.getFallback().stream().map(String::strip).toList();
		Set<ModelException.Kind> kinds = (properties.getFallbackOn() != null) ? properties.getFallbackOn()
				: Fallback.DEFAULT_KINDS;
		ModelHealthRegistry health = this.health.getIfAvailable();
		return new Resilience(policy, retry, (health != null) ? health.filter(settings.name()) : null,
				gates(settings, properties), others, kinds, fallback(settings, others, kinds));
	}

	private List<CallGate> gates(ModelSettings settings, ModelProperties properties) {
		List<CallGate> gates = new ArrayList<>();
		if (properties.getConcurrencyLimit().getMaxCalls() != null) {
			gates.add(required(this.limits, settings, "concurrency-limit", "bulkhead").create(settings,
					properties.getConcurrencyLimit()));
		}
		if (properties.getCircuitBreaker().isOn()) {
			gates.add(required(this.breakers, settings, "circuit-breaker", "circuitbreaker").create(settings,
					properties.getCircuitBreaker()));
		}
		return gates;
	}

	private static <T> T required(ObjectProvider<T> factories, ModelSettings settings, String property,
			String library) {
		T factory = factories.getIfAvailable();
		if (factory == null) {
			throw new ModelConfigurationException(
					"'%s' is configured, but Resilience4j is not there".formatted(settings.property(property)),
					"Add the dependency %s%s, or remove '%s'".formatted(LIBRARY, library, settings.property(property)));
		}
		return factory;
	}

	private @Nullable UnaryOperator<Model> fallback(ModelSettings settings, List<String> others,
			Set<ModelException.Kind> kinds) {
		String property = settings.property("fallback");
		if (others.contains(settings.name())) {
			throw new ModelConfigurationException(
					"'%s' names the model '%s' itself".formatted(property, settings.name()),
					"Remove '%s' from '%s'".formatted(settings.name(), property));
		}
		this.names.check(property, others);
		return others.isEmpty() ? null
				: (model) -> new Fallback(settings.name(), model, others, kinds, this.models, this.listener);
	}

}
