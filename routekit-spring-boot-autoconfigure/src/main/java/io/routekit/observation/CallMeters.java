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
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.routekit.Cost;
import io.routekit.Usage;
import io.routekit.observation.ModelObservationDocumentation.MeterKeyNames;
import io.routekit.observation.ModelObservationDocumentation.MeterNames;
import org.jspecify.annotations.Nullable;

/**
 * The meters of all calls with the same tags, each registered when it is first used. To
 * look one up by its tags would take a call longer than to record it.
 */
final class CallMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final Map<String, Meter> meters = new ConcurrentHashMap<>();

	CallMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.tags = tags;
	}

	void recordTimeToFirstChunk(Duration time) {
		Timer timer = (Timer) this.meters.computeIfAbsent(MeterNames.TIME_TO_FIRST_CHUNK.asString(),
				(name) -> Timer.builder(name)
					.description("Time to the first chunk of a streamed answer")
					.tags(this.tags)
					.register(this.registry));
		timer.record(time);
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
			cost(cost).increment(cost.amount().doubleValue());
		}
		else {
			unpriced().increment();
		}
	}

	private void recordTokens(String type, @Nullable Long tokens) {
		if (tokens != null) {
			DistributionSummary summary = (DistributionSummary) this.meters.computeIfAbsent("usage " + type,
					(key) -> DistributionSummary.builder(MeterNames.TOKEN_USAGE.asString())
						.description("Number of tokens of a call")
						.baseUnit("tokens")
						.tags(this.tags)
						.tag(MeterKeyNames.TOKEN_TYPE.asString(), type)
						.register(this.registry));
			summary.record(tokens);
		}
	}

	private void countTokens(String tokenClass, long tokens) {
		Counter counter = (Counter) this.meters.computeIfAbsent("tokens " + tokenClass,
				(key) -> Counter.builder(MeterNames.TOKENS.asString())
					.description("Number of tokens by class")
					.baseUnit("tokens")
					.tags(this.tags)
					.tag(MeterKeyNames.TOKEN_CLASS.asString(), tokenClass)
					.register(this.registry));
		counter.increment(tokens);
	}

	private Counter cost(Cost cost) {
		return (Counter) this.meters.computeIfAbsent("cost " + cost.currency() + " " + cost.source(), (key) -> {
			// A sum over currencies would mean nothing, and a meter has a single base
			// unit
			String name = MeterNames.COST.asString();
			return Counter
				.builder(
						cost.currency().equals(Cost.USD) ? name : name + "." + cost.currency().toLowerCase(Locale.ROOT))
				.description("Cost of calls")
				.baseUnit(cost.currency())
				.tags(this.tags)
				.tag(MeterKeyNames.COST_SOURCE.asString(), cost.source().name().toLowerCase(Locale.ROOT))
				.register(this.registry);
		});
	}

	private Counter unpriced() {
		return (Counter) this.meters.computeIfAbsent(MeterNames.UNPRICED.asString(),
				(name) -> Counter.builder(name)
					.description("Number of calls whose cost is not known")
					.tags(this.tags)
					.register(this.registry));
	}

}
