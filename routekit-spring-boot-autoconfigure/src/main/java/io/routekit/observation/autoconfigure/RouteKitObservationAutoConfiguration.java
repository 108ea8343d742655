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

package io.routekit.observation.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.observation.AgentContentObservationFilter;
import io.routekit.observation.AgentMeterObservationHandler;
import io.routekit.observation.AgentObservationConvention;
import io.routekit.observation.AgentObservationFilter;
import io.routekit.observation.BoundedTags;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.MeteringFilter;
import io.routekit.observation.ModelContentObservationFilter;
import io.routekit.observation.ModelHistogramMeterFilter;
import io.routekit.observation.ModelMeterObservationHandler;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.observation.RateLimitMetrics;
import io.routekit.observation.ToolObservationConvention;
import io.routekit.resilience.ResilienceMetrics;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for metering and tracing the calls
 * of models.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = RouteKitAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@EnableConfigurationProperties(ObservationProperties.class)
@Import(SecretConfiguration.class)
public final class RouteKitObservationAutoConfiguration {

	private static final Log logger = LogFactory.getLog(RouteKitObservationAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	BoundedTags routeKitBoundedTags(ObservationProperties properties, Environment environment,
			ObjectProvider<CurrentPriceCatalogue> catalogue) {
		CurrentPriceCatalogue prices = catalogue.getIfAvailable();
		return new ObservationMapper(properties).tags(new ConfiguredNames(environment),
				(name) -> (prices != null) ? prices.get().listedName(name) : null);
	}

	@Bean
	@ConditionalOnMissingBean
	MeteringFilter routeKitMeteringFilter(ObservationRegistry registry,
			ObjectProvider<ModelObservationConvention> convention, ObservationProperties properties, BoundedTags tags,
			SecretRedactor secrets) {
		return new MeteringFilter(registry, convention.getIfAvailable(), new ObservationMapper(properties).convention(),
				tags, secrets);
	}

	// There may be no agent
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	AgentObservationFilter routeKitAgentObservationFilter(ObservationRegistry registry,
			ObjectProvider<AgentObservationConvention> runs, ObjectProvider<ToolObservationConvention> tools,
			ObservationProperties properties, BoundedTags tags, SecretRedactor secrets) {
		ObservationMapper mapper = new ObservationMapper(properties);
		return AgentObservationFilter.builder(registry)
			.runs(runs.getIfAvailable(), mapper.agentConvention())
			.tools(tools.getIfAvailable(), mapper.toolConvention())
			.tags(tags)
			.secrets(secrets)
			.build();
	}

	/**
	 * Content, which is recorded only if it is asked for.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("routekit.observations.include-content")
	static class ContentConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ModelContentObservationFilter routeKitModelContentObservationFilter(SecretRedactor secrets,
				ObjectProvider<ContentRedactor> redactor) {
			logger.warn(
					"Prompts and answers are recorded in spans, since 'routekit.observations.include-content' is set: "
							+ "they can be private");
			return new ModelContentObservationFilter(secrets, redactor.getIfAvailable(() -> (content) -> content));
		}

		@Bean
		@ConditionalOnMissingBean
		AgentContentObservationFilter routeKitAgentContentObservationFilter(SecretRedactor secrets,
				ObjectProvider<ContentRedactor> redactor) {
			return new AgentContentObservationFilter(secrets, redactor.getIfAvailable(() -> (content) -> content));
		}

	}

	/**
	 * Meters beside the timer, which comes with observations.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class MeterConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ModelMeterObservationHandler routeKitModelMeterObservationHandler(MeterRegistry registry, BoundedTags tags) {
			return new ModelMeterObservationHandler(registry, tags);
		}

		@Bean
		@ConditionalOnMissingBean
		AgentMeterObservationHandler routeKitAgentMeterObservationHandler(MeterRegistry registry, BoundedTags tags) {
			return new AgentMeterObservationHandler(registry, tags);
		}

		@Bean
		@ConditionalOnMissingBean
		ResilienceMetrics routeKitResilienceMetrics(MeterRegistry registry, BoundedTags tags) {
			return new ResilienceMetrics(registry, tags);
		}

		@Bean
		@ConditionalOnMissingBean
		RateLimitMetrics routeKitRateLimitMetrics(MeterRegistry registry, BoundedTags tags) {
			return new RateLimitMetrics(registry, tags);
		}

		// Before the filter of 'management.metrics.distribution', which wins
		@Bean
		@Order(-1)
		@ConditionalOnMissingBean
		@ConditionalOnBooleanProperty("routekit.observations.histogram.enabled")
		ModelHistogramMeterFilter routeKitModelHistogramMeterFilter() {
			return new ModelHistogramMeterFilter();
		}

	}

}
