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

package io.routekit.cost;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds what a call cost to its usage: what the provider reported, otherwise the price of
 * the catalogue. A call of a model without a price stays without a cost, which a warning
 * tells once for each model.
 *
 * @since 0.1.0
 */
public final class PricingFilter implements ModelFilter {

	private static final Log logger = LogFactory.getLog(PricingFilter.class);

	private static final int MAX_WARNINGS = 100;

	private final CostCalculator calculator;

	private final Clock clock;

	private final Set<String> unpriced = ConcurrentHashMap.newKeySet();

	/**
	 * Create a new {@link PricingFilter} instance.
	 * @param catalogue the prices
	 */
	public PricingFilter(PriceCatalogue catalogue) {
		this(catalogue, Clock.systemUTC());
	}

	PricingFilter(PriceCatalogue catalogue, Clock clock) {
		this.calculator = new CostCalculator(catalogue);
		this.clock = clock;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		return Mono.defer(() -> {
			Instant start = this.clock.instant();
			return next.chat(request).map((response) -> price(response, request, next, start));
		});
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		return Flux.defer(() -> {
			Instant start = this.clock.instant();
			return next.stream(request)
				.map((event) -> (event instanceof StreamEvent.Completed completed)
						? new StreamEvent.Completed(price(completed.response(), request, next, start)) : event);
		});
	}

	private ModelResponse price(ModelResponse response, ChatRequest request, Model model, Instant start) {
		Usage usage = response.usage();
		if (usage == null || usage.cost() != null || usage.raw().isEmpty()) {
			return response;
		}
		try {
			PricedCall call = call(response, request, model, start);
			Cost cost = this.calculator.calculate(call, new UsageFields(usage.raw()));
			if (cost != null) {
				return response.withUsage(usage.withCost(cost));
			}
			warnOnce(call);
		}
		catch (RuntimeException ex) {
			// An answer is worth more than its price
			logger.warn("The cost of a call could not be computed", ex);
		}
		return response;
	}

	private PricedCall call(ModelResponse response, ChatRequest request, Model model, Instant start) {
		String name = firstNonNull(response.model(), request.options().model(), model.name());
		Object tier = response.metadata().get("service_tier");
		return new PricedCall(PriceProvider.of(model), name, null, (tier instanceof String text) ? text : "", false,
				PriceProvider.isRegional(model), start);
	}

	private static String firstNonNull(@Nullable String first, @Nullable String second, String last) {
		if (first != null) {
			return first;
		}
		return (second != null) ? second : last;
	}

	private void warnOnce(PricedCall call) {
		String name = "'%s' of '%s'".formatted(call.model(), call.provider());
		if (this.unpriced.size() < MAX_WARNINGS && this.unpriced.add(name)) {
			logger.warn("There is no price for the model %s: its calls are counted as unpriced".formatted(name));
		}
	}

}
