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
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.Usage;
import io.routekit.observation.ModelObservationDocumentation.LowCardinalityKeyNames;

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

	private final BoundedTags tags;

	private final Map<KeyValues, CallMeters> meters = new ConcurrentHashMap<>();

	/**
	 * Create a new {@link ModelMeterObservationHandler} instance.
	 * @param registry the registry of the meters
	 */
	public ModelMeterObservationHandler(MeterRegistry registry) {
		this(registry, new BoundedTags());
	}

	/**
	 * Create a new {@link ModelMeterObservationHandler} instance.
	 * @param registry the registry of the meters
	 * @param tags bounds the tags of the meters
	 */
	public ModelMeterObservationHandler(MeterRegistry registry, BoundedTags tags) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		this.registry = registry;
		this.tags = tags;
		// Whoever removes a meter gets a new one with the next call
		registry.config().onMeterRemoved((meter) -> this.meters.clear());
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ModelObservationContext;
	}

	@Override
	public void onStop(ModelObservationContext context) {
		CallMeters meters = meters(context.getLowCardinalityKeyValues());
		if (context.getTimeToFirstChunk() != null) {
			meters.recordTimeToFirstChunk(context.getTimeToFirstChunk());
		}
		if (!context.isDelegating()) {
			ModelResponse response = context.getResponse();
			Usage usage = (response != null) ? response.usage() : null;
			// That of an answer which is not complete is what was known by then
			if (response != null || context.getOutcome() == Outcome.SUCCESS) {
				meters.recordUsage(usage);
			}
		}
	}

	private CallMeters meters(KeyValues keyValues) {
		CallMeters meters = this.meters.get(keyValues);
		// The context may be one that has other bounds
		return (meters != null) ? meters : this.meters.computeIfAbsent(this.tags.bound(keyValues),
				(bounded) -> new CallMeters(this.registry, tags(bounded)));
	}

	/**
	 * Return key values as the tags of meters beside the timer.
	 * @param keyValues the key values
	 * @return the tags
	 */
	static Tags tags(KeyValues keyValues) {
		return Tags.of(keyValues.stream()
			.filter((keyValue) -> !keyValue.getKey().equals(LowCardinalityKeyNames.ERROR_TYPE.asString()))
			.map((keyValue) -> Tag.of(keyValue.getKey(), keyValue.getValue()))
			.toList());
	}

}
