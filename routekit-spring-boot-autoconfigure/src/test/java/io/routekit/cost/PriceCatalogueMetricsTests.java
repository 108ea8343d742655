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
import java.time.ZoneOffset;
import java.util.Collections;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PriceCatalogueMetrics}.
 */
class PriceCatalogueMetricsTests {

	private final Clock clock = Clock.fixed(Instant.parse("2026-12-01T01:00:00Z"), ZoneOffset.UTC);

	@Test
	void tellsTheAgeOfThePrices() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new PriceCatalogueMetrics(PriceCatalogue::bundled, this.clock).bindTo(registry);
		assertThat(registry.scrape()).contains("routekit_cost_catalogue_age_seconds 90000.0");
	}

	@Test
	void tellsNoAgeOfPricesWithoutADay() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		PriceCatalogue undated = PriceCatalogue.of(Collections.emptyList());
		new PriceCatalogueMetrics(() -> undated, this.clock).bindTo(registry);
		assertThat(registry.get("routekit.cost.catalogue.age").timeGauge().value()).isNaN();
	}

}
