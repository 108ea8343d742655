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
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.util.Assert;

/**
 * Gauge of the age of the prices, so that an alert can tell when they are old.
 *
 * @since 0.1.0
 */
public final class PriceCatalogueMetrics implements MeterBinder {

	private static final String NAME = "routekit.cost.catalogue.age";

	private final Supplier<PriceCatalogue> catalogue;

	private final Clock clock;

	/**
	 * Create a new {@link PriceCatalogueMetrics} instance.
	 * @param catalogue supplies the prices
	 */
	public PriceCatalogueMetrics(Supplier<PriceCatalogue> catalogue) {
		this(catalogue, Clock.systemUTC());
	}

	PriceCatalogueMetrics(Supplier<PriceCatalogue> catalogue, Clock clock) {
		Assert.notNull(catalogue, "'catalogue' must not be null");
		Assert.notNull(catalogue, "'catalogue' must not be null");
		this.catalogue = catalogue;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		TimeGauge.builder(NAME, this, TimeUnit.SECONDS, PriceCatalogueMetrics::age)
			.description("Time since the day of the prices that hold")
			.strongReference(true)
			.register(registry);
	}

	// Not a number if the version of the catalogue is no day
	private double age() {
		LocalDate date = this.catalogue.get().date();
		return (date != null)
				? Duration.between(date.atStartOfDay(ZoneOffset.UTC).toInstant(), this.clock.instant()).toSeconds()
				: Double.NaN;
	}

}
