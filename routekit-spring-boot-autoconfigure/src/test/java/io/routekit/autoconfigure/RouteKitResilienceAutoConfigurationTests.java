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

import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitResilienceAutoConfiguration}.
 */
class RouteKitResilienceAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("routekit.provider.type=fake");

	@Test
	void nothingIsOnThatWasNotAskedFor() {
		this.runner.run((context) -> {
			assertThat(context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers()).isEmpty();
			assertThat(context.getBean(BulkheadRegistry.class).getAllBulkheads()).isEmpty();
			assertThat(context.getBean(ConfiguredModel.class).state()).isEmpty();
		});
	}

	@Test
	void nothingIsNeededThatWasNotAskedFor() {
		this.runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "circuit-breaker,circuit-breaker.enabled=true,resilience4j-circuitbreaker",
			"concurrency-limit,concurrency-limit.max-calls=1,resilience4j-bulkhead" })
	void whatIsAskedForNeedsItsLibrary(String property, String setting, String library) {
		this.runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.withPropertyValues("routekit.provider." + setting)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(ModelConfigurationException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("'routekit.provider." + property + "'");
					assertThat(failure.getAction()).contains("io.github.resilience4j:" + library);
				}));
	}

	@Test
	void aBreakerOpensAfterFailuresAndShowsItsState() {
		this.runner
			.withPropertyValues("routekit.provider.circuit-breaker.minimum-calls=2",
					"routekit.provider.circuit-breaker.open-duration=1h")
			.run((context) -> {
				Model model = context.getBean(Model.class);
				context.getBean(FakeModel.class)
					.respondWith(FakeResponse.failure(Kind.SERVER), FakeResponse.failure(Kind.SERVER));
				assertFailure(model, Kind.SERVER);
				assertFailure(model, Kind.SERVER);
				assertFailure(model, Kind.CIRCUIT_OPEN);
				assertThat(context.getBean(FakeModel.class).requests()).hasSize(2);
				assertThat(context.getBean(ConfiguredModel.class).state()).extractingByKey("circuitBreaker")
					.isEqualTo(Map.of("state", CircuitBreaker.State.OPEN, "failureRate", 100f, "calls", 2,
							"failedCalls", 2, "notPermittedCalls", 1L));
				assertThat(context.getBean(MeterRegistry.class)
					.get("resilience4j.circuitbreaker.state")
					.tags("name", "model", "state", "open")
					.gauge()
					.value()).isEqualTo(1);
			});
	}

	private static void assertFailure(Model model, Kind kind) {
		StepVerifier.create(model.chat("Hi"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ModelException.class,
					(failure) -> assertThat(failure.getKind()).isEqualTo(kind)))
			.verify(LIMIT);
	}

	@Test
	void aLimitCountsTheCallsOfItsModel() {
		this.runner
			.withPropertyValues("routekit.provider.concurrency-limit.max-calls=1",
					"routekit.provider.concurrency-limit.max-wait=0s", "routekit.provider.fake.delay=1h",
					"routekit.models.fast.model=f")
			.run((context) -> {
				Model model = context.getBean(Model.class);
				StepVerifier.create(model.stream("Hi"))
					.expectSubscription()
					.then(() -> assertFailure(model, Kind.CONCURRENCY_LIMIT))
					.then(() -> assertThat(context.getBean(ConfiguredModel.class).state())
						.extractingByKey("concurrencyLimit")
						.isEqualTo(Map.of("calls", 1, "waiting", 0)))
					.thenCancel()
					.verify(LIMIT);
				assertThat(context.getBean(BulkheadRegistry.class)
					.bulkhead("model")
					.getMetrics()
					.getAvailableConcurrentCalls()).isEqualTo(1);
				assertThat(context.getBean(BulkheadRegistry.class).getAllBulkheads()).hasSize(2);
				assertThat(context.getBean(MeterRegistry.class)
					.get("resilience4j.bulkhead.max.allowed.concurrent.calls")
					.tags("name", "fast")
					.gauge()
					.value()).isEqualTo(1);
			});
	}

	@Test
	void theRegistriesOfTheApplicationAreUsed() {
		CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
		this.runner.withBean(CircuitBreakerRegistry.class, () -> breakers)
			.withPropertyValues("routekit.provider.circuit-breaker.enabled=true")
			.run((context) -> {
				assertThat(breakers.getAllCircuitBreakers()).hasSize(1);
				assertThat(context).doesNotHaveBean("routeKitCircuitBreakerMetrics");
			});
	}

	@Test
	void aBreakerCanBeSwitchedOffForOneModel() {
		this.runner
			.withPropertyValues("routekit.provider.circuit-breaker.minimum-calls=2",
					"routekit.models.fast.circuit-breaker.enabled=false")
			.run((context) -> assertThat(context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers())
				.extracting(CircuitBreaker::getName)
				.containsExactly("model"));
	}

	@ParameterizedTest
	@CsvSource({ "circuit-breaker.failure-rate-threshold,0", "circuit-breaker.failure-rate-threshold,101",
			"circuit-breaker.sliding-window-size,0", "circuit-breaker.sliding-window-size,2147483647",
			"circuit-breaker.half-open-calls,100001", "circuit-breaker.minimum-calls,-1",
			"circuit-breaker.open-duration,0s", "circuit-breaker.half-open-calls,0", "concurrency-limit.max-calls,0" })
	void aWrongValueFailsTheStart(String property, String value) {
		this.runner.withPropertyValues("routekit.provider." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining("'routekit.provider." + property + "'"));
	}

}
