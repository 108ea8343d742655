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

import io.routekit.actuate.RouteKitHealthIndicator;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.resilience.ModelHealthRegistry;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link RouteKitHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = RouteKitAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("routekit")
@Import(SecretConfiguration.class)
public final class RouteKitHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ModelHealthRegistry routeKitModelHealthRegistry() {
		return new ModelHealthRegistry();
	}

	@Bean
	@ConditionalOnMissingBean(value = RouteKitHealthIndicator.class,
			name = { "routekitHealthIndicator", "routekitHealthContributor" })
	RouteKitHealthIndicator routekitHealthContributor(ModelHealthRegistry registry, SecretRedactor secrets) {
		return new RouteKitHealthIndicator(registry, secrets);
	}

}
