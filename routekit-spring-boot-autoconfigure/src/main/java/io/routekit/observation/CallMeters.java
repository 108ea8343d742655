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

package io.routekit.observation;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.routekit.Cost;
import io.routekit.Usage;
import io.routekit.observation.ModelObservationDocumentation.MeterKeyNames;
import io.routekit.observation.ModelObservationDocumentation.MeterNames;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * The meters of all calls with the same tags, each registered when it is first used. To
 * look one up by its tags would take a call longer than to record it.
 */
final class CallMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final Map<String, DistributionSummary> usages = new ConcurrentHashMap<>();

	private final Map<String, Counter> tokens = new ConcurrentHashMap<>();

	private final Map<CostKind, Counter> costs = new ConcurrentHashMap<>();

	private final SingletonSupplier<Timer> timeToFirstChunk;

	private final SingletonSupplier<Counter> unpriced;

	CallMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.tags = tags;
		this.timeToFirstChunk = SingletonSupplier.of(() -> Timer.builder(MeterNames.TIME_TO_FIRST_CHUNK.asString())
			.description("Time to the first chunk of a streamed answer")
			.tags(tags)
			.register(registry));
		this.unpriced = SingletonSupplier.of(() -> Counter.builder(MeterNames.UNPRICED.asString())
			.description("Number of calls whose cost is not known")
			.tags(tags)
			.register(registry));
	}

	void recordTimeToFirstChunk(Duration time) {
		this.timeToFirstChunk.obtain().record(time);
	}

	/**
	 * Record what a call used and what it cost.
	 * @param usage the usage, or {@code null} if it is not known
	 */
	void recordUsage(@Nullable Usage usage) {
		if (usage != null) {
			recordTokens("input", usage.promptTokens());
			recordTokens("output", usage.completionTokens());
			TokensByClass.of(usage).forEach(this::countTokens);
		}
		Cost cost = (usage != null) ? usage.cost() : null;
		if (cost != null) {
			this.costs.computeIfAbsent(new CostKind(cost.currency(), cost.source()), this::cost)
				.increment(cost.amount().doubleValue());
		}
		else {
			this.unpriced.obtain().increment();
		}
	}

	private void recordTokens(String type, @Nullable Long tokens) {
		if (tokens != null) {
			this.usages.computeIfAbsent(type, this::usage).record(tokens);
		}
	}

	private DistributionSummary usage(String type) {
		return DistributionSummary.builder(MeterNames.TOKEN_USAGE.asString())
			.description("Number of tokens of a call")
			.baseUnit("tokens")
			.tags(this.tags)
			.tag(MeterKeyNames.TOKEN_TYPE.asString(), type)
			.register(this.registry);
	}

	private void countTokens(String tokenClass, long tokens) {
		this.tokens.computeIfAbsent(tokenClass, this::tokens).increment(tokens);
	}

	private Counter tokens(String tokenClass) {
		return Counter.builder(MeterNames.TOKENS.asString())
			.description("Number of tokens by class")
			.baseUnit("tokens")
			.tags(this.tags)
			.tag(MeterKeyNames.TOKEN_CLASS.asString(), tokenClass)
			.register(this.registry);
	}

	private Counter cost(CostKind kind) {
		// A sum over currencies would mean nothing, and a meter has a single base unit
		String name = MeterNames.COST.asString();
		String currency = kind.currency();
		return Counter.builder(currency.equals(Cost.USD) ? name : name + "." + currency.toLowerCase(Locale.ROOT))
			.description("Cost of calls")
			.baseUnit(currency)
			.tags(this.tags)
			.tag(MeterKeyNames.COST_SOURCE.asString(), kind.source().name().toLowerCase(Locale.ROOT))
			.register(this.registry);
	}

	/**
	 * What costs are added up by.
	 *
	 * @param currency the currency
	 * @param source where the amounts come from
	 */
	private record CostKind(String currency, Cost.Source source) {

	}

}
