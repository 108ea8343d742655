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

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ProviderFacts;
import io.routekit.observation.BoundedTags;

import org.springframework.util.Assert;

/**
 * Counts retries in {@value #RETRIES} and fallbacks in {@value #FALLBACK}, both by the
 * name of the model and by {@code error.type}. Each retry is one more request to the
 * server; each fallback is a call of another model, which is metered like any other.
 *
 * @since 0.1.0
 */
public final class ResilienceMetrics implements ResilienceListener {

	/**
	 * The name of the counter of retries.
	 */
	public static final String RETRIES = "routekit.retries";

	/**
	 * The name of the counter of fallbacks.
	 */
	public static final String FALLBACK = "routekit.fallback";

	private final BoundedTags tags;

	private final MeterProvider<Counter> retries;

	private final MeterProvider<Counter> fallback;

	/**
	 * Create a new {@link ResilienceMetrics} instance.
	 * @param registry the registry of the meters
	 */
	public ResilienceMetrics(MeterRegistry registry) {
		this(registry, new BoundedTags());
	}

	/**
	 * Create a new {@link ResilienceMetrics} instance.
	 * @param registry the registry of the meters
	 * @param tags bounds the tags of the meters
	 */
	public ResilienceMetrics(MeterRegistry registry, BoundedTags tags) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		this.tags = tags;
		this.retries = Counter.builder(RETRIES)
			.description("Number of attempts after the first one of a call")
			.withRegistry(registry);
		this.fallback = Counter.builder(FALLBACK)
			.description("Number of calls that went on with another model")
			.withRegistry(registry);
	}

	@Override
	public void onRetry(String name, Model model, ModelException failure) {
		this.retries
			.withTags(tags("routekit.model", name, "gen_ai.provider.name", ProviderFacts.of(model).telemetryName(),
					"error.type", failure.getKind().errorType()))
			.increment();
	}

	@Override
	public void onFallback(String name, String target, ModelException failure) {
		this.fallback
			.withTags(tags("routekit.model", name, "routekit.fallback.model", target, "error.type",
					failure.getKind().errorType()))
			.increment();
	}

	private Tags tags(String... keyValues) {
		return Tags.of(this.tags.bound(KeyValues.of(keyValues))
			.stream()
			.map((keyValue) -> Tag.of(keyValue.getKey(), keyValue.getValue()))
			.toList());
	}

}
