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

import java.time.Duration;

import io.routekit.Model;
import io.routekit.ModelException.Kind;
import io.routekit.actuate.RouteKitHealthIndicator;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.resilience.ModelHealthRegistry;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitHealthAutoConfiguration}.
 */
class RouteKitHealthAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitHealthAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=fake", "management.endpoint.health.show-details=always",
				"management.endpoints.web.exposure.include=health");

	private static void fail(ApplicationContext context, String name) {
		Model model = context.getBean(name, Model.class);
		for (int i = 0; i < 3; i++) {
			model.unwrap(FakeModel.class).respondWith(FakeResponse.failure(Kind.OVERLOADED));
			model.chat("Hi").onErrorComplete().block(LIMIT);
		}
	}

	@Test
	void modelIsUpUntilItFails() {
		this.runner.run((context) -> {
			assertThat(context.getBean(RouteKitHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
			fail(context, "model");
			assertThat(context.getBean(RouteKitHealthIndicator.class).health().getStatus())
				.isEqualTo(RouteKitHealthIndicator.DEGRADED);
		});
	}

	@Test
	void applicationIsUpAlthoughAModelFails() {
		this.runner.run((context) -> {
			fail(context, "model");
			HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
			assertThat(endpoint.healthForPath("routekit").getStatus()).isEqualTo(RouteKitHealthIndicator.DEGRADED);
			assertThat(endpoint.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void eachModelHasItsHealth() {
		this.runner.withPropertyValues("routekit.models.fast.model=small", "routekit.provider.fallback=fast")
			.run((context) -> {
				fail(context, "model");
				JsonNode models = new JsonMapper()
					.valueToTree(context.getBean(RouteKitHealthIndicator.class).health().getDetails())
					.at("/models");
				assertThat(models.at("/fast")).hasToString("{\"status\":\"UP\",\"calls\":3,\"failedCalls\":0}");
				assertThat(models.at("/model/status").asString()).isEqualTo("DEGRADED");
				assertThat(models.at("/model/failedCalls").asInt()).isEqualTo(3);
				assertThat(models.at("/model/lastError/type").asString()).isEqualTo("overloaded");
			});
	}

	@Test
	void whatARetryMendsIsNoFailure() {
		this.runner.withPropertyValues("routekit.provider.retry.max-retries=1", "routekit.provider.retry.delay=1ms")
			.run((context) -> {
				context.getBean(FakeModel.class)
					.respondWith(FakeResponse.failure(Kind.OVERLOADED), FakeResponse.text("Hello"));
				context.getBean("model", Model.class).chat("Hi").block(LIMIT);
				assertThat(context.getBean(ModelHealthRegistry.class).health().get("model").failedCalls()).isZero();
			});
	}

	@Test
	void indicatorIsSwitchedOff() {
		this.runner.withPropertyValues("management.health.routekit.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RouteKitHealthIndicator.class)
				.doesNotHaveBean(ModelHealthRegistry.class));
	}

	@Test
	void indicatorOfTheApplicationTakesItsPlace() {
		this.runner
			.withBean("routekitHealthIndicator", RouteKitHealthIndicator.class,
					() -> new RouteKitHealthIndicator(new ModelHealthRegistry(), new SecretRedactor()))
			.run((context) -> assertThat(context).hasSingleBean(RouteKitHealthIndicator.class));
	}

	@Test
	void nothingIsNeededOfHealth() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitHealthAutoConfiguration.class))
			.withPropertyValues("routekit.provider.type=fake")
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("model")
				.doesNotHaveBean(ModelHealthRegistry.class));
	}

}
