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

import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.routekit.Cost;
import io.routekit.ModelResponse;
import io.routekit.Usage;
import io.routekit.observation.ModelObservationContext.Outcome;
import io.routekit.observation.ModelObservationDocumentation.LowCardinalityKeyNames;
import io.routekit.observation.ModelObservationDocumentation.MeterKeyNames;
import io.routekit.observation.ModelObservationDocumentation.MeterNames;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Records tokens, costs and the time to the first chunk when a call ends.
 * <p>
 * It is no {@code MeterObservationHandler} on purpose: of those only one would run, and
 * the timer of the call would be missing.
 *
 * @since 0.1.0
 */
public final class ModelMeterObservationHandler implements ObservationHandler<ModelObservationContext> {

	private final MeterRegistry registry;

	private final MeterProvider<DistributionSummary> tokenUsage;

	private final MeterProvider<Timer> timeToFirstChunk;

	private final MeterProvider<Counter> unpriced;

	private final TokenCounters tokens;

	/**
	 * Create a new {@link ModelMeterObservationHandler} instance.
	 * @param registry the registry of the meters
	 */
	public ModelMeterObservationHandler(MeterRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.registry = registry;
		this.tokenUsage = DistributionSummary.builder(MeterNames.TOKEN_USAGE.asString())
			.description("Number of tokens of a call")
			.baseUnit("tokens")
			.withRegistry(registry);
		this.timeToFirstChunk = Timer.builder(MeterNames.TIME_TO_FIRST_CHUNK.asString())
			.description("Time to the first chunk of a streamed answer")
			.withRegistry(registry);
		this.unpriced = Counter.builder(MeterNames.UNPRICED.asString())
			.description("Number of calls whose cost is not known")
			.withRegistry(registry);
		this.tokens = new TokenCounters(registry);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ModelObservationContext;
	}

	@Override
	public void onStop(ModelObservationContext context) {
		Tags tags = tags(context);
		if (context.getTimeToFirstChunk() != null) {
			this.timeToFirstChunk.withTags(tags).record(context.getTimeToFirstChunk());
		}
		if (!context.isDelegating()) {
			ModelResponse response = context.getResponse();
			Usage usage = (response != null) ? response.usage() : null;
			// Of a call that failed or was cancelled it is what was known by then
			if (usage != null || context.getOutcome() == Outcome.SUCCESS) {
				record(usage, tags);
			}
		}
	}

	private Tags tags(ModelObservationContext context) {
		return Tags.of(context.getLowCardinalityKeyValues()
			.stream()
			.filter((keyValue) -> !keyValue.getKey().equals(LowCardinalityKeyNames.ERROR_TYPE.asString()))
			.map((keyValue) -> Tag.of(keyValue.getKey(), keyValue.getValue()))
			.toList());
	}

	private void record(@Nullable Usage usage, Tags tags) {
		if (usage != null) {
			recordUsage("input", usage.promptTokens(), tags);
			recordUsage("output", usage.completionTokens(), tags);
			this.tokens.increment(usage, tags);
		}
		Cost cost = (usage != null) ? usage.cost() : null;
		if (cost != null) {
			cost(cost, tags).increment(cost.amount().doubleValue());
		}
		else {
			this.unpriced.withTags(tags).increment();
		}
	}

	private void recordUsage(String type, @Nullable Long tokens, Tags tags) {
		if (tokens != null) {
			this.tokenUsage.withTags(tags.and(MeterKeyNames.TOKEN_TYPE.asString(), type)).record(tokens);
		}
	}

	private Counter cost(Cost cost, Tags tags) {
		// A sum over currencies would mean nothing, and a meter has a single base unit
		String name = MeterNames.COST.asString();
		return Counter
			.builder(cost.currency().equals(Cost.USD) ? name : name + "." + cost.currency().toLowerCase(Locale.ROOT))
			.description("Cost of calls")
			.baseUnit(cost.currency())
			.tags(tags)
			.tag(MeterKeyNames.COST_SOURCE.asString(), cost.source().name().toLowerCase(Locale.ROOT))
			.register(this.registry);
	}

}
