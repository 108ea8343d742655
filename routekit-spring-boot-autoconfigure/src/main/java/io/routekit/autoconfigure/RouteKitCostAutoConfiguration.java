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

package io.routekit.autoconfigure;

import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PricingFilter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the prices of calls.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RouteKitObservationAutoConfiguration.class, before = RouteKitAutoConfiguration.class)
public final class RouteKitCostAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PriceCatalogue priceCatalogue() {
		return PriceCatalogue.bundled();
	}

	// Of the same precedence as metering but registered after it, so that the cost is
	// known when a call is metered
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnMissingBean
	PricingFilter pricingFilter(PriceCatalogue catalogue) {
		return new PricingFilter(catalogue);
	}

}
