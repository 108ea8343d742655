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

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.util.Assert;

/**
 * Asks other models, one after the other, when a model fails by what another one may not
 * fail by. A stream goes on with another model as long as none of its events was handed
 * over. Each attempt is a call of its model with all that surrounds it, except that a
 * call which another model fell back to does not fall back itself.
 * <p>
 * An answer of another model has the failed attempts in its metadata, as
 * {@value #METADATA}. If all fail, the failure is that of the first model, and tells of
 * the others.
 *
 * @since 0.1.0
 */
public final class FallbackFilter implements ModelFilter {

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

	private final List<Candidate> others;

	private final Set<Kind> kinds;

	private final ResilienceListener listener;

	/**
	 * Create a new {@link FallbackFilter} instance.
	 * @param name the name of the model
	 * @param others the names of the models to ask when it fails, in their order
	 * @param kinds the kinds of failure to ask them after
	 * @param models the models by name
	 * @param listener is told of each fallback
	 */
	public FallbackFilter(String name, List<String> others, Set<Kind> kinds, Models models,
			ResilienceListener listener) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(models, "'models' must not be null");
		this.name = name;
		this.others = Candidate.of(others, models);
		this.kinds = Set.copyOf(kinds);
		this.listener = new QuietListener(listener);
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return Mono.deferContextual((context) -> context.hasKey(FallbackFilter.class) ? next.chat(request)
				: attempts(request, next).chat());
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return Flux.deferContextual((context) -> context.hasKey(FallbackFilter.class) ? next.stream(request)
				: attempts(request, next).stream());
	}

	private Attempts attempts(ChatRequest request, Model next) {
		Candidate first = new Candidate(this.name, () -> next);
		return new Attempts(request, Stream.concat(Stream.of(first), this.others.stream()).iterator(), this.kinds,
				this.listener);
	}

	/**
	 * Return a model that does not fall back to others, since whoever calls it does.
	 * @param model the model
	 * @return the model without its fallback
	 */
	static Model withoutFallback(Model model) {
		Context mark = Context.of(FallbackFilter.class, true);
		return model.filter(new ModelFilter() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request, Model next) {
				return next.chat(request).contextWrite(mark);
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request, Model next) {
				return next.stream(request).contextWrite(mark);
			}

		});
	}

}
