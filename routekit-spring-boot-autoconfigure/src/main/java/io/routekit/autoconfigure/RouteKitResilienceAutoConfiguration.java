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

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.Registry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for circuit breakers and limits of
 * concurrent calls by Resilience4j. The registries of the application are used, with the
 * meters that it has for them; otherwise there are some for the models alone.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = RouteKitAutoConfiguration.class,
		afterName = { "io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
				"io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration" })
@ConditionalOnClass(Registry.class)
public final class RouteKitResilienceAutoConfiguration {

	/**
	 * Circuit breakers.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CircuitBreakerRegistry.class)
	static class CircuitBreakerConfiguration {

		@Bean
		CallGateFactory<CircuitBreakerProperties> routeKitCircuitBreakerGateFactory(CircuitBreakerRegistry registry) {
			return new CircuitBreakerGateFactory(registry);
		}

		/**
		 * A registry for the models alone.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnMissingBean(CircuitBreakerRegistry.class)
		static class RegistryConfiguration {

			@Bean
			CircuitBreakerRegistry routeKitCircuitBreakerRegistry() {
				return CircuitBreakerRegistry.ofDefaults();
			}

			/**
			 * The meters of that registry.
			 */
			@Configuration(proxyBeanMethods = false)
			@ConditionalOnClass({ MeterBinder.class, TaggedCircuitBreakerMetrics.class })
			static class MetricsConfiguration {

				@Bean
				MeterBinder routeKitCircuitBreakerMetrics(CircuitBreakerRegistry registry) {
					return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry);
				}

			}

		}

	}

	/**
	 * Limits of concurrent calls.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(BulkheadRegistry.class)
	static class ConcurrencyLimitConfiguration {

		@Bean
		CallGateFactory<ConcurrencyLimitProperties> routeKitConcurrencyLimitGateFactory(BulkheadRegistry registry) {
			return new ConcurrencyLimitGateFactory(registry);
		}

		/**
		 * A registry for the models alone.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnMissingBean(BulkheadRegistry.class)
		static class RegistryConfiguration {

			@Bean
			BulkheadRegistry routeKitBulkheadRegistry() {
				return BulkheadRegistry.ofDefaults();
			}

			/**
			 * The meters of that registry.
			 */
			@Configuration(proxyBeanMethods = false)
			@ConditionalOnClass({ MeterBinder.class, TaggedBulkheadMetrics.class })
			static class MetricsConfiguration {

				@Bean
				MeterBinder routeKitBulkheadMetrics(BulkheadRegistry registry) {
					return TaggedBulkheadMetrics.ofBulkheadRegistry(registry);
				}

			}

		}

	}

}
