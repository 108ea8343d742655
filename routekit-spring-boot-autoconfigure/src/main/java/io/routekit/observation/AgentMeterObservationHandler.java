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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.routekit.observation.AgentObservationDocumentation.AgentMeterNames;

import org.springframework.util.Assert;

/**
 * Records how many rounds and calls of tools a run took, when it ends. It is no
 * {@code MeterObservationHandler} for the reason that
 * {@link ModelMeterObservationHandler} is none.
 *
 * @since 0.1.0
 */
public final class AgentMeterObservationHandler implements ObservationHandler<AgentObservationContext> {

	private final MeterRegistry registry;

	private final BoundedTags tags;

	private final Map<KeyValues, RunMeters> meters = new ConcurrentHashMap<>();

	/**
	 * Create a new {@link AgentMeterObservationHandler} instance.
	 * @param registry the registry of the meters
	 * @param tags bounds the tags of the meters; sets of tags are counted apart from
	 * those of calls
	 */
	public AgentMeterObservationHandler(MeterRegistry registry, BoundedTags tags) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		this.registry = registry;
		this.tags = tags.withOwnSets();
		// Whoever removes a meter gets a new one with the next run
		registry.config().onMeterRemoved((meter) -> this.meters.clear());
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof AgentObservationContext;
	}

	@Override
	public void onStop(AgentObservationContext context) {
		RunMeters meters = meters(context.getLowCardinalityKeyValues());
		meters.rounds().record(context.getRounds());
		meters.toolCalls().record(context.getToolCalls());
	}

	private RunMeters meters(KeyValues keyValues) {
		RunMeters meters = this.meters.get(keyValues);
		// The context may be one that has other bounds
		return (meters != null) ? meters : this.meters.computeIfAbsent(this.tags.bound(keyValues), this::register);
	}

	private RunMeters register(KeyValues keyValues) {
		Tags tags = ModelMeterObservationHandler.tags(keyValues);
		return new RunMeters(
				DistributionSummary.builder(AgentMeterNames.ROUNDS.asString())
					.description("Number of times that the model answered in a run")
					.tags(tags)
					.register(this.registry),
				DistributionSummary.builder(AgentMeterNames.TOOL_CALLS.asString())
					.description("Number of calls of tools in a run")
					.tags(tags)
					.register(this.registry));
	}

	/**
	 * The meters of all runs with the same tags.
	 *
	 * @param rounds how many times the model answered
	 * @param toolCalls how many calls of tools ended
	 */
	private record RunMeters(DistributionSummary rounds, DistributionSummary toolCalls) {

	}

}
