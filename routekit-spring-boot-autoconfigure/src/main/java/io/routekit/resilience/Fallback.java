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

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.routekit.CallGuard;
import io.routekit.ChatRequest;
import io.routekit.DelegatingModel;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * A {@link Model} that asks other ones, one after the other, when it fails by what
 * another one may not fail by. A stream goes on with another model as long as none of its
 * events was handed over. Each attempt is a call of its model with all that surrounds it,
 * except that a model which another one fell back to does not fall back itself.
 * <p>
 * An answer of another model has the failed attempts in its metadata, as
 * {@value #METADATA}. If all fail, the failure is that of the first model, and tells of
 * the others.
 *
 * @since 0.1.0
 */
public final class Fallback extends DelegatingModel {

	/**
	 * The name of the failed attempts in the metadata of a response and in the details of
	 * a failure: a list of maps with {@code model}, {@code provider}, {@code error} (as
	 * {@link Kind#errorType()}) and {@code status}.
	 */
	public static final String METADATA = "fallback";

	/**
	 * The kinds of failure that another model is asked after by default.
	 */
	public static final Set<Kind> DEFAULT_KINDS = Collections.unmodifiableSet(EnumSet.of(Kind.RATE_LIMIT,
			Kind.OVERLOADED, Kind.SERVER, Kind.TIMEOUT, Kind.NETWORK, Kind.CIRCUIT_OPEN, Kind.CONCURRENCY_LIMIT));

	private final String name;

	private final Model model;

	private final Model alternatives;

	private final ProviderFacts facts;

	/**
	 * Create a new {@link Fallback} instance.
	 * @param name the name of the model
	 * @param model the model
	 * @param others the names of the models to ask when it fails, in their order
	 * @param kinds the kinds of failure to ask them after
	 * @param models the models by name
	 * @param listener is told of each fallback
	 */
	public Fallback(String name, Model model, List<String> others, Set<Kind> kinds, Models models,
			ResilienceListener listener) {
		super(model);
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(others, "'others' must not be null");
		Assert.notNull(kinds, "'kinds' must not be null");
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		this.name = name;
		this.model = model;
		Candidate first = new Candidate(name, () -> model);
		List<Candidate> candidates = Stream.concat(Stream.of(first), Candidate.of(others, models).stream()).toList();
		this.alternatives = ModelCall.routing(name, new Alternatives(candidates::iterator, kinds, listener));
		this.facts = ProviderFacts.of(model).mutate().structuredOutput(new CommonOutput(candidates)).build();
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request) {
		return CallGuard.mono((context) -> next(context).chat(request));
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request) {
		return CallGuard.flux((context) -> next(context).stream(request));
	}

	@Override
	public ProviderFacts facts() {
		return this.facts;
	}

	/**
	 * Return the model that others are asked in place of.
	 * @return the model, which does not fall back
	 */
	Model model() {
		return this.model;
	}

	private Model next(ContextView context) {
		return isFallback(ModelCall.from(context)) ? this.model : this.alternatives;
	}

	// Whoever has chosen this model chooses the next one, and nothing goes in circles
	private boolean isFallback(@Nullable ModelCall caller) {
		boolean chosen = caller != null && caller.isRouting();
		for (ModelCall call = caller; call != null && !chosen; call = call.parent()) {
			chosen = call.isRouting() && call.name().equals(this.name);
		}
		return chosen;
	}

}
