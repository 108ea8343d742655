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

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.routekit.ProviderFacts;
import io.routekit.wire.RateLimit;
import io.routekit.wire.RateLimitListener;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Shows the rate limits that providers reported last, in the gauges {@value #REMAINING}
 * and {@value #LIMIT}: what is left and how many there can be, of each model and type of
 * limit. A model that answers with several models of a provider, or for several accounts,
 * shows the limits of the last call.
 *
 * @since 0.1.0
 */
public final class RateLimitMetrics implements RateLimitListener {

	/**
	 * The name of the gauge of what is left.
	 */
	public static final String REMAINING = "routekit.ratelimit.remaining";

	/**
	 * The name of the gauge of how many there can be.
	 */
	public static final String LIMIT = "routekit.ratelimit.limit";

	private final MeterRegistry registry;

	private final BoundedTags tags;

	private final Map<KeyValues, LastLimit> limits = new ConcurrentHashMap<>();

	/**
	 * Create a new {@link RateLimitMetrics} instance.
	 * @param registry the registry of the meters
	 */
	public RateLimitMetrics(MeterRegistry registry) {
		this(registry, new BoundedTags());
	}

	/**
	 * Create a new {@link RateLimitMetrics} instance.
	 * @param registry the registry of the meters
	 * @param tags bounds the tags of the meters
	 */
	public RateLimitMetrics(MeterRegistry registry, BoundedTags tags) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		this.registry = registry;
		this.tags = tags;
	}

	@Override
	public void onRateLimits(String name, ProviderFacts provider, List<RateLimit> limits) {
		for (RateLimit limit : limits) {
			last(KeyValues.of("routekit.model", name, "gen_ai.provider.name", provider.telemetryName(),
					"routekit.ratelimit.type", limit.type())).value = limit;
		}
	}

	private LastLimit last(KeyValues keyValues) {
		LastLimit last = this.limits.get(keyValues);
		return (last != null) ? last : this.limits.computeIfAbsent(this.tags.bound(keyValues), this::register);
	}

	private LastLimit register(KeyValues keyValues) {
		LastLimit last = new LastLimit();
		Tags tags = Tags
			.of(keyValues.stream().map((keyValue) -> Tag.of(keyValue.getKey(), keyValue.getValue())).toList());
		Gauge.builder(REMAINING, last, (limit) -> limit.value(RateLimit::remaining))
			.description("What was left of a rate limit at the last answer")
			.tags(tags)
			.register(this.registry);
		Gauge.builder(LIMIT, last, (limit) -> limit.value(RateLimit::limit))
			.description("Size of a rate limit at the last answer")
			.tags(tags)
			.register(this.registry);
		return last;
	}

	private static final class LastLimit {

		private volatile @Nullable RateLimit value;

		private double value(Function<RateLimit, @Nullable Long> part) {
			RateLimit limit = this.value;
			Long number = (limit != null) ? part.apply(limit) : null;
			return (number != null) ? number : Double.NaN;
		}

	}

}
