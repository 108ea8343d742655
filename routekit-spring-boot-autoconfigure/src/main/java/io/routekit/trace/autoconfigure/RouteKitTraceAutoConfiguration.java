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

package io.routekit.trace.autoconfigure;

import java.util.function.Function;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;
import io.routekit.trace.AgentTraceFilter;
import io.routekit.trace.ObservedSpanIds;
import io.routekit.trace.SpanIds;
import io.routekit.trace.TraceFilter;
import io.routekit.trace.TraceMetrics;
import io.routekit.trace.TraceWriter;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

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
import org.springframework.context.annotation.Lazy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the trace of calls.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RouteKitObservationAutoConfiguration.class,
		before = { RouteKitCostAutoConfiguration.class, RouteKitAutoConfiguration.class })
@ConditionalOnBooleanProperty("routekit.trace.enabled")
@EnableConfigurationProperties(TraceProperties.class)
@Import(SecretConfiguration.class)
public final class RouteKitTraceAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TraceWriter routeKitTraceWriter(TraceProperties properties, SecretRedactor secrets,
			ObjectProvider<ContentRedactor> redactor) {
		return new TraceMapper(properties).writer(secrets, redactor.getIfAvailable(() -> (content) -> content));
	}

	@Bean
	@ConditionalOnMissingBean
	TraceFilter routeKitTraceFilter(TraceWriter writer, ObjectProvider<ObservedSpanIds> spans) {
		Function<ContextView, @Nullable SpanIds> ids = spans.getIfAvailable();
		return new TraceFilter(writer, (ids != null) ? ids : (context) -> null);
	}

	// There may be no agent
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	AgentTraceFilter routeKitAgentTraceFilter(TraceWriter writer, ObjectProvider<ObservedSpanIds> spans) {
		Function<ContextView, @Nullable SpanIds> ids = spans.getIfAvailable();
		return new AgentTraceFilter(writer, (ids != null) ? ids : (context) -> null);
	}

	/**
	 * Ids of spans, where there is tracing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Observation.class, TracingObservationHandler.class })
	static class TracingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ObservedSpanIds routeKitObservedSpanIds() {
			return new ObservedSpanIds();
		}

	}

	/**
	 * Metrics of the trace.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TraceMetrics routeKitTraceMetrics(TraceWriter writer) {
			return new TraceMetrics(writer);
		}

	}

}
