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

package io.routekit.actuate.autoconfigure;

import io.routekit.actuate.RouteKitTraceEndpoint;
import io.routekit.trace.autoconfigure.RouteKitTraceAutoConfiguration;
import io.routekit.trace.autoconfigure.TraceProperties;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link RouteKitTraceEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RouteKitTraceAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBooleanProperty("routekit.trace.enabled")
@ConditionalOnBean(TraceProperties.class)
@ConditionalOnAvailableEndpoint(RouteKitTraceEndpoint.class)
public final class RouteKitTraceEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RouteKitTraceEndpoint routeKitTraceEndpoint(TraceProperties properties) {
		return new RouteKitTraceEndpoint(properties.getDirectory());
	}

}
