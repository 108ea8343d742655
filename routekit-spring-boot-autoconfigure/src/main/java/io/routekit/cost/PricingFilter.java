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

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import io.routekit.Bystander;
import io.routekit.CallListener;
import io.routekit.CallStart;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.OneLine;
import io.routekit.Outcome;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.http.ServerAddress;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.UsageReader;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Adds what a call cost to its usage. A call whose cost is not known stays without, which
 * a warning tells once for each model.
 *
 * @since 0.1.0
 */
public final class PricingFilter implements ModelFilter {

	private static final Log logger = LogFactory.getLog(PricingFilter.class);

	private static final Cost FREE = new Cost(BigDecimal.ZERO, Cost.USD, Cost.Source.CATALOGUE);

	private static final int MAX_WARNINGS = 100;

	private static final int MAX_OWN_WARNINGS = 1000;

	private final CostCalculator calculator;

	private final PricedCalls calls;

	private final SecretRedactor secrets;

	private final Clock clock;

	private final Bystander pricing;

	private final ModelFilter incomplete = ModelFilter.ofListener(this::priceIncomplete);

	private final Set<String> warnings = ConcurrentHashMap.newKeySet();

	/**
	 * Create a new {@link PricingFilter} instance, without deployments of Azure and
	 * without secrets.
	 * @param calculator computes the costs
	 */
	public PricingFilter(CostCalculator calculator) {
		this(calculator, Deployments.NONE, new SecretRedactor());
	}

	/**
	 * Create a new {@link PricingFilter} instance.
	 * @param calculator computes the costs
	 * @param deployments what is known about the deployments of Azure
	 * @param secrets takes the secrets out of warnings
	 */
	public PricingFilter(CostCalculator calculator, Deployments deployments, SecretRedactor secrets) {
		this(calculator, deployments, secrets, Clock.systemUTC());
	}

	PricingFilter(CostCalculator calculator, Deployments deployments, SecretRedactor secrets, Clock clock) {
		Assert.notNull(calculator, "'calculator' must not be null");
		Assert.notNull(deployments, "'deployments' must not be null");
		this.calculator = calculator;
		this.calls = new PricedCalls(deployments);
		this.secrets = secrets;
		this.pricing = new Bystander("The CostCalculator", this.secrets::redact);
		this.clock = clock;
	}

	@Override
	public Mono<ModelResponse> chat(ChatRequest request, Model next) {
		UnaryOperator<ModelResponse> pricing = pricing(request, next);
		return this.incomplete.chat(request, next).map(pricing);
	}

	@Override
	public Flux<StreamEvent> stream(ChatRequest request, Model next) {
		UnaryOperator<ModelResponse> pricing = pricing(request, next);
		return this.incomplete.stream(request, next)
			.map((event) -> (event instanceof StreamEvent.Completed completed)
					? new StreamEvent.Completed(pricing.apply(completed.response())) : event);
	}

	@Override
	public int getOrder() {
		return PRICING_ORDER;
	}

	private UnaryOperator<ModelResponse> pricing(ChatRequest request, Model model) {
		Instant start = this.clock.instant();
		return (response) -> price(response, request, model, start);
	}

	// What is known of an answer that is never complete has a cost as well
	private CallListener priceIncomplete(CallStart start) {
		UnaryOperator<ModelResponse> pricing = pricing(start.request(), start.model());
		return (end) -> {
			ModelResponse known = start.call().response();
			if (end.outcome() != Outcome.SUCCESS && known != null) {
				start.call().update(estimated(pricing.apply(known)));
			}
		};
	}

	private static ModelResponse estimated(ModelResponse response) {
		Usage usage = response.usage();
		Cost cost = (usage != null) ? usage.cost() : null;
		return (usage != null && cost != null && cost.source() == Cost.Source.CATALOGUE)
				? response.withUsage(usage.withCost(new Cost(cost.amount(), cost.currency(), Cost.Source.ESTIMATED)))
				: response;
	}

	private ModelResponse price(ModelResponse response, ChatRequest request, Model model, Instant start) {
		Usage usage = read(response.usage());
		if (usage == null || usage.cost() != null || isUnknown(usage)) {
			return response;
		}
		// An answer is worth more than its price
		Cost cost = this.pricing.ask(() -> cost(this.calls.call(request, response, usage, model, start), model));
		return (cost != null || usage != response.usage()) ? response.withUsage(usage.withCost(cost)) : response;
	}

	// A model of one's own may hand on what a provider told, without a number of its own
	private static @Nullable Usage read(@Nullable Usage usage) {
		if (usage == null || usage.cost() != null || !usage.tokens().isEmpty() || usage.raw().isEmpty()) {
			return usage;
		}
		Usage read = UsageReader.read(usage.raw());
		return (read != null) ? read : usage;
	}

	private @Nullable Cost cost(PricedCall call, Model model) {
		if (call.provider().equals(PriceProviders.NONE)) {
			return null;
		}
		if (call.provider().equals(PriceProviders.FREE)) {
			return FREE;
		}
		Cost cost = this.calculator.calculate(call);
		// What has no server is a model of one's own or a fake, which costs nothing
		if (cost == null && model.endpoint() != null) {
			warnOfNoPrice(call, model);
		}
		if (cost != null && cost.currency().equals(Cost.USD) && !ReportedCost.isPlausible(cost.amount())) {
			warnOfImplausibleCost(call, model);
			return null;
		}
		return cost;
	}

	private static boolean isUnknown(Usage usage) {
		return usage.raw().isEmpty() && usage.tokens().isEmpty();
	}

	private void warnOfNoPrice(PricedCall call, Model model) {
		String name = name(call);
		String gap = call.gap();
		URI endpoint = model.endpoint();
		if (gap != null) {
			warnOnce(call, model,
					"The usage of the model %s of '%s' has no price, since %s: such calls are counted as unpriced"
						.formatted(name, call.provider(), gap));
		}
		else if (endpoint == null || !call.provider().equals(PriceProvider.UNKNOWN.name())) {
			warnOnce(call, model, "There is no price for the model %s of '%s': its calls are counted as unpriced"
				.formatted(name, call.provider()));
		}
		else {
			String server = OneLine.ofName(this.secrets.redact(ServerAddress.of(endpoint).hostAndPort()));
			warnOnce(call, model,
					("Nobody knows the prices of '%s', so the calls of the model %s are counted as unpriced. Set the property "
							+ "'routekit.provider.price-provider', or 'routekit.models.<name>.price-provider' of that model, to the "
							+ "name of a provider in the price catalogue, to '%s' if the calls cost nothing, or to '%s'")
						.formatted(server, name, PriceProviders.FREE, PriceProviders.NONE));
		}
	}

	private void warnOfImplausibleCost(PricedCall call, Model model) {
		warnOnce(call, model,
				("A call of the model %s of '%s' would cost more than any call does: such calls are counted as "
						+ "unpriced. Check the price and the counters of the model")
					.formatted(name(call), call.provider()));
	}

	private String name(PricedCall call) {
		return "'%s'".formatted(OneLine.ofName(this.secrets.redact(call.model())));
	}

	// Whatever names callers and servers make up, the model's own is told
	private void warnOnce(PricedCall call, Model model, String warning) {
		int limit = call.model().equals(model.name()) ? MAX_OWN_WARNINGS : MAX_WARNINGS;
		if (this.warnings.size() < limit && this.warnings.add(warning)) {
			logger.warn(warning);
		}
	}

}
