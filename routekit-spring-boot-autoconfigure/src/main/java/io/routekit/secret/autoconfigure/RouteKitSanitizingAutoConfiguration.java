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

package io.routekit.secret.autoconfigure;

import io.routekit.ModelProvider;
import io.routekit.secret.SecretRedactor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what keeps the keys of models
 * out of the endpoints that show properties: {@code env} and {@code configprops}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.routekit.autoconfigure.RouteKitAutoConfiguration")
@ConditionalOnClass(SanitizingFunction.class)
@Import(SecretConfiguration.class)
public final class RouteKitSanitizingAutoConfiguration {

	// The first function that changes a value ends the search, and may leave a key in it
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnMissingBean(name = "routeKitSanitizingFunction")
	SanitizingFunction routeKitSanitizingFunction(ConfigurableEnvironment environment,
			ObjectProvider<ModelProvider> providers, SecretRedactor secrets) {
		return new SecretSanitizingFunction(environment, providers, secrets);
	}

}
