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

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.routekit.CallGuard;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.DescribedModel;
import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A {@link Model} that sends each call to one of several models: to the first in their
 * order, or to one that is drawn by weight. When it fails, the others are asked as
 * {@link Fallback} does. Each attempt is a call of its model with all that surrounds it,
 * except that the model does not fall back itself.
 * <p>
 * Since the route chooses the model, a request that names one fails as
 * {@link Kind#INVALID_REQUEST}, and so does one with {@code serviceTier} or {@code extra}
 * if the models are of several providers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Route implements DescribedModel {

	/**
	 * The type that a route has in place of a provider's.
	 */
	public static final String PROVIDER = "route";

	private final String name;

	private final Collection<Candidate> candidates;

	private final Map<String, Object> settings;

	private final Model calls;

	private final ProviderFacts facts;

	private Route(String name, Collection<Candidate> candidates, Supplier<Iterator<Candidate>> order,
			Map<String, Object> settings, Set<Kind> kinds, ResilienceListener listener) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notEmpty(candidates, "A route must have models");
		this.name = name;
		this.candidates = candidates;
		this.settings = settings;
		this.calls = ModelCall.routing(name, new Alternatives(order, kinds, listener));
		this.facts = ProviderFacts.builder(PROVIDER).structuredOutput(new CommonOutput(candidates)).build();
	}

	/**
	 * Create a route to the first model that is available.
	 * @param name the name of the route
	 * @param names the names of the models, in the order to ask them
	 * @param kinds the kinds of failure to ask the next model after
	 * @param models the models by name
	 * @param listener is told of each step from one model to the next
	 * @return the route
	 */
	public static Route ordered(String name, List<String> names, Set<Kind> kinds, Models models,
			ResilienceListener listener) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(names, "'names' must not be null");
		Assert.notNull(kinds, "'kinds' must not be null");
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		List<Candidate> candidates = Candidate.of(names, models);
		return new Route(name, candidates, candidates::iterator, Map.of("models", List.copyOf(names)), kinds, listener);
	}

	/**
	 * Create a route to models that are drawn by their weights. When one fails, the next
	 * is drawn from the others. A model of weight 0 is asked only when those with a
	 * weight failed.
	 * @param name the name of the route
	 * @param weights the weights by the names of the models, none of them negative
	 * @param kinds the kinds of failure to ask the next model after
	 * @param models the models by name
	 * @param listener is told of each step from one model to the next
	 * @return the route
	 */
	public static Route weighted(String name, Map<String, Integer> weights, Set<Kind> kinds, Models models,
			ResilienceListener listener) {
		return weighted(name, weights, kinds, models, listener, () -> ThreadLocalRandom.current().nextDouble());
	}

	static Route weighted(String name, Map<String, Integer> weights, Set<Kind> kinds, Models models,
			ResilienceListener listener, DoubleSupplier random) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(weights, "'weights' must not be null");
		Assert.notNull(kinds, "'kinds' must not be null");
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		Map<Candidate, Integer> candidates = new LinkedHashMap<>();
		Candidate.of(weights.keySet(), models)
			.forEach((candidate) -> candidates.put(candidate, weights.get(candidate.name())));
		return new Route(name, candidates.keySet(), () -> new WeightedDraw(candidates, random),
				Map.of("weights", Collections.unmodifiableMap(new LinkedHashMap<>(weights))), kinds, listener);
	}

	@Override
	public Map<String, Object> settings() {
		return this.settings;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return CallGuard.mono((context) -> {
			check(request.options());
			return this.calls.chat(request);
		});
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return CallGuard.flux((context) -> {
			check(request.options());
			return this.calls.stream(request);
		});
	}

	// Nobody knows whose words they would be
	private void check(ChatOptions options) {
		if (options.model() != null) {
			throw invalid("The route '%s' chooses the model, so that a request must not name one");
		}
		if ((options.serviceTier() != null || !options.extra().isEmpty()) && hasSeveralProviders()) {
			throw invalid("The models of the route '%s' are of several providers, "
					+ "so that a request must have neither 'serviceTier' nor 'extra'");
		}
	}

	private boolean hasSeveralProviders() {
		return this.candidates.stream().map((candidate) -> candidate.model().get().provider()).distinct().count() > 1;
	}

	private ModelException invalid(String message) {
		return ModelException.builder(Kind.INVALID_REQUEST, message.formatted(this.name))
			.provider(PROVIDER)
			.model(this.name)
			.build();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String provider() {
		return PROVIDER;
	}

	/**
	 * Return the types of the first model, since all models of an application have the
	 * same ones.
	 */
	@Override
	public JsonTypes jsonTypes() {
		return this.candidates.iterator().next().model().get().jsonTypes();
	}

	@Override
	public ProviderFacts facts() {
		return this.facts;
	}

	@Override
	public String toString() {
		return "Route[name=%s, %s]".formatted(this.name, this.settings);
	}

}
