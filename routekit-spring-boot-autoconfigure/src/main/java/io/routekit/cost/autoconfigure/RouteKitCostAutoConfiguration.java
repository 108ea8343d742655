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

package io.routekit.cost.autoconfigure;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.CatalogueCostCalculator;
import io.routekit.cost.CostCalculator;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PriceCatalogueMetrics;
import io.routekit.cost.PricingFilter;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the costs of calls.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = RouteKitAutoConfiguration.class,
		afterName = "io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "routekit.cost.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CostProperties.class)
@Import({ SecretConfiguration.class, RouteKitCostAutoConfiguration.CatalogueConfiguration.class })
public final class RouteKitCostAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostCalculator routeKitCostCalculator(CurrentPriceCatalogue catalogue) {
		return new CatalogueCostCalculator(catalogue);
	}

	@Bean
	@ConditionalOnMissingBean
	PricingFilter routeKitPricingFilter(CostProperties properties, CostCalculator calculator,
			CurrentPriceCatalogue catalogue, SecretRedactor secrets) {
		return new PricingFilter(calculator, new CostMapper(properties).deployments(catalogue), secrets);
	}

	@Bean
	PriceProviderCheck routeKitPriceProviderCheck(CurrentPriceCatalogue catalogue) {
		return new PriceProviderCheck(catalogue);
	}

	/**
	 * The prices, and what keeps them current. It comes first, so that what needs prices
	 * finds them.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(CurrentPriceCatalogue.class)
	static class CatalogueConfiguration {

		@Bean
		CurrentPriceCatalogue routeKitCurrentPriceCatalogue(CostProperties properties,
				ObjectProvider<PriceCatalogue> catalogue, ResourceLoader resourceLoader) {
			PriceCatalogue own = catalogue.getIfAvailable();
			return new CostMapper(properties).catalogue((own != null) ? () -> own : PriceCatalogue::bundled,
					resourceLoader);
		}

		@Bean
		CatalogueRefresh routeKitCatalogueRefresh(CurrentPriceCatalogue catalogue, CostProperties properties) {
			return new CatalogueRefresh(catalogue, new CostMapper(properties).refreshInterval());
		}

	}

	/**
	 * Metrics of the prices.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		PriceCatalogueMetrics routeKitPriceCatalogueMetrics(CurrentPriceCatalogue catalogue) {
			return new PriceCatalogueMetrics(catalogue);
		}

	}

}
