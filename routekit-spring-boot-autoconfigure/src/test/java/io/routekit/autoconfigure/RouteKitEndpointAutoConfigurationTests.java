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

import io.routekit.ModelProvider;
import io.routekit.actuate.RouteKitEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitEndpointAutoConfiguration}.
 */
class RouteKitEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitEndpointAutoConfiguration.class))
		.withBean(ModelProvider.class, TestProvider::openAi)
		.withPropertyValues("routekit.provider.type=openai");

	@Test
	void exposedEndpointIsThere() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=routekit")
			.run((context) -> assertThat(context).hasSingleBean(RouteKitEndpoint.class));
	}

	@Test
	void endpointThatIsNotExposedIsNotThere() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(RouteKitEndpoint.class));
	}

	@Test
	void endpointWithoutAccessIsNotThere() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=routekit",
					"management.endpoint.routekit.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(RouteKitEndpoint.class));
	}

}
