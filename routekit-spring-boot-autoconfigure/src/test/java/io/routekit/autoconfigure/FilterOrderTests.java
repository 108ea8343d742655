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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.routekit.CallGuard;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.WatchedCalls;
import io.routekit.cost.CostCalculator;
import io.routekit.cost.PricingFilter;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.resilience.ModelHealthRegistry;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;
import io.routekit.trace.autoconfigure.RouteKitRecordingAutoConfiguration;
import io.routekit.trace.autoconfigure.RouteKitTraceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order of all filters, by what each neighbourhood leads to.
 */
class FilterOrderTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final CostCalculator ONE_DOLLAR = (call) -> new Cost(new BigDecimal("1.00"), "USD",
			Cost.Source.CATALOGUE);

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
				RouteKitObservationAutoConfiguration.class, RouteKitTraceAutoConfiguration.class,
				RouteKitRecordingAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=fake", "routekit.provider.model=fake-1");

	private final WatchedCalls watched = new WatchedCalls();

	@TempDir
	private Path directory;

	/**
	 * The kinds of call.
	 */
	static Stream<Function<Model, ModelResponse>> kinds() {
		return Stream.of((model) -> model.chat("Hi").block(LIMIT),
				(model) -> ((StreamEvent.Completed) model.stream("Hi").blockLast(LIMIT)).response());
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void filterWithoutOrderGetsTheConfiguredOptions(Function<Model, ModelResponse> call) {
		List<ChatRequest> requests = new ArrayList<>();
		this.context.withPropertyValues("routekit.provider.options.seed=7")
			.withBean(ModelFilter.class, () -> ModelFilter.ofRequest((request) -> {
				requests.add(request);
				return request;
			}))
			.run((context) -> call.apply(context.getBean(Model.class)));
		assertThat(requests).singleElement().satisfies((request) -> assertThat(request.options().seed()).isEqualTo(7));
	}

	@Test
	void whatAFilterWithoutOrderAnswersItselfIsNotMetered() {
		this.context.withBean(ModelFilter.class, CachingFilter::new).run((context) -> {
			Model model = context.getBean(Model.class);
			for (int i = 0; i < 3; i++) {
				model.chat("Hi").block(LIMIT);
			}
			assertThat(calls(context)).isOne();
			assertThat(context.getBean(FakeModel.class).requests()).hasSize(1);
		});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void pricingOfTheApplicationIsInsideOfMeteringAndOfTheTrace(Function<Model, ModelResponse> call) {
		this.context.withBean(PricingFilter.class, () -> new PricingFilter(ONE_DOLLAR))
			.withPropertyValues("routekit.trace.enabled=true", "routekit.trace.directory=" + this.directory)
			.run((context) -> {
				assertThat(call.apply(context.getBean(Model.class)).usage().cost().amount()).isEqualTo("1.00");
				assertThat(meters(context).get("routekit.cost").counter().count()).isOne();
				assertThat(meters(context).find("routekit.unpriced").counters()).isEmpty();
			});
		assertThat(this.directory).isDirectoryRecursivelyContaining("glob:**.jsonl");
		assertThat(trace()).contains("\"amount\":\"1\"");
	}

	private String trace() {
		try (Stream<Path> files = Files.walk(this.directory)) {
			StringBuilder lines = new StringBuilder();
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				lines.append(Files.readString(file));
			}
			return lines.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void whatARecordingFilterOfTheApplicationReplaysIsPricedAndMetered(Function<Model, ModelResponse> call) {
		for (RecordingMode mode : List.of(RecordingMode.RECORD, RecordingMode.REPLAY)) {
			this.context.withBean(RecordingFilter.class, () -> recording(mode))
				.withBean(CostCalculator.class, () -> ONE_DOLLAR)
				.run((context) -> {
					call.apply(context.getBean(Model.class));
					assertThat(context.getBean(FakeModel.class).requests())
						.hasSize((mode == RecordingMode.RECORD) ? 1 : 0);
					assertThat(calls(context)).isOne();
					assertThat(meters(context).get("routekit.cost").counter().count()).isOne();
				});
		}
	}

	private RecordingFilter recording(RecordingMode mode) {
		return new RecordingFilter(Recordings.builder(this.directory, mode).build());
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void meteringAndHealthSeeOneCallAndWhatIsInsideOfRetriesSeesEachAttempt(Function<Model, ModelResponse> call) {
		this.context.withPropertyValues("routekit.provider.retry.max-retries=2", "routekit.provider.retry.delay=1ms")
			.withBean(ModelHealthRegistry.class, ModelHealthRegistry::new)
			.withBean("attempts", ModelFilter.class, () -> this.watched.filter().withOrder(ModelFilter.RETRY_ORDER + 1))
			.run((context) -> {
				FakeModel fake = context.getBean(FakeModel.class);
				fake.respondWith(overloaded(), overloaded(), FakeResponse.text("Hello"));
				call.apply(context.getBean(Model.class));
				assertThat(this.watched.ends()).extracting((end) -> end.outcome())
					.containsExactly(Outcome.ERROR, Outcome.ERROR, Outcome.SUCCESS);
				assertThat(this.watched.calls()).hasSize(3).containsOnly(this.watched.calls().get(0));
				assertThat(calls(context)).isOne();
				assertThat(context.getBean(ModelHealthRegistry.class).health().get("model").calls()).isOne();
			});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void noPermitIsHeldWhileARetryWaits(Function<Model, ModelResponse> call) {
		List<Integer> free = new ArrayList<>();
		AtomicReference<Bulkhead> bulkhead = new AtomicReference<>();
		this.context
			.withPropertyValues("routekit.provider.retry.max-retries=1", "routekit.provider.retry.delay=1ms",
					"routekit.provider.concurrency-limit.max-calls=1")
			.withBean("between", ModelFilter.class,
					() -> ModelFilter
						.ofListener(
								(start) -> (end) -> free.add(bulkhead.get().getMetrics().getAvailableConcurrentCalls()))
						.withOrder(ModelFilter.CONCURRENCY_LIMIT_ORDER - 1))
			.run((context) -> {
				bulkhead.set(context.getBean(BulkheadRegistry.class).bulkhead("model"));
				context.getBean(FakeModel.class).respondWith(overloaded(), FakeResponse.text("Hello"));
				call.apply(context.getBean(Model.class));
				assertThat(free).containsExactly(1, 1);
			});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void anOpenCircuitIsMeteredAndHoldsNoPermit(Function<Model, ModelResponse> call) {
		this.context
			.withPropertyValues("routekit.provider.circuit-breaker.enabled=true",
					"routekit.provider.concurrency-limit.max-calls=1")
			.run((context) -> {
				context.getBean(CircuitBreakerRegistry.class).circuitBreaker("model").transitionToForcedOpenState();
				for (int i = 0; i < 3; i++) {
					assertThat(failureOf(call, context).getKind()).isEqualTo(Kind.CIRCUIT_OPEN);
				}
				assertThat(meters(context).get("gen_ai.client.operation.duration")
					.tag("error.type", "circuit_open")
					.timer()
					.count()).isEqualTo(3);
				assertThat(context.getBean(FakeModel.class).requests()).isEmpty();
			});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void theLimitsSeeWhatFiltersHaveMadeOfARequest(Function<Model, ModelResponse> call) {
		this.context.withPropertyValues("routekit.provider.limit.messages=1")
			.withBean(ModelFilter.class,
					() -> ModelFilter
						.ofRequest((request) -> request.mutate().firstMessages(Message.system("Be brief.")).build()))
			.run((context) -> {
				assertThat(failureOf(call, context)).hasMessageContaining("routekit.provider.limit.messages");
				assertThat(calls(context)).isOne();
			});
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void eachModelOfAFallbackHasItsOwnFilters(Function<Model, ModelResponse> call) {
		this.context
			.withPropertyValues("routekit.provider.fallback=other", "routekit.models.other.model=fake-2",
					"routekit.models.other.fallback=model")
			.withBean(ModelFilter.class, this.watched::filter)
			.run((context) -> {
				for (String name : List.of("model", "other")) {
					context.getBean(name, Model.class).unwrap(FakeModel.class).respondWith(overloaded());
				}
				assertThat(failureOf(call, context)).hasMessageStartingWith("All 2 models failed");
				assertThat(this.watched.calls()).extracting(ModelCall::name).containsExactly("model", "other");
				assertThat(this.watched.calls()).allMatch((made) -> made.parent().isRouting());
				assertThat(calls(context)).isEqualTo(2);
			});
	}

	@Test
	void theOrderIsThatOfTheBeanWhereverItIsSaid() {
		List<String> names = new ArrayList<>();
		this.context.withBean("names", List.class, () -> names)
			.withUserConfiguration(Orders.class)
			.withBean("own", ModelFilter.class, () -> named(names, "own").withOrder(-2))
			.withBean("annotated", AnnotatedFilter.class, () -> new AnnotatedFilter(named(names, "annotated")))
			.run((context) -> {
				context.getBean(Model.class).chat("Hi").block(LIMIT);
				assertThat(names).containsExactly("method", "own", "annotated", "none", "scoped");
			});
	}

	@Test
	void filtersOfAParentContextHaveTheirOrderToo() {
		List<String> names = new ArrayList<>();
		new ApplicationContextRunner().withBean("names", List.class, () -> names)
			.withUserConfiguration(Orders.class)
			.run((parent) -> this.context.withParent(parent)
				.withBean("own", ModelFilter.class, () -> named(names, "own").withOrder(-2))
				.run((context) -> {
					context.getBean(Model.class).chat("Hi").block(LIMIT);
					assertThat(names).containsExactly("method", "own", "none", "scoped");
				}));
	}

	private static ModelFilter named(List<String> names, String name) {
		return ModelFilter.ofRequest((request) -> {
			names.add(name);
			return request;
		});
	}

	private static FakeResponse overloaded() {
		return FakeResponse
			.failure(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").retryAfter(Duration.ZERO).build());
	}

	private static ModelException failureOf(Function<Model, ModelResponse> call, AssertableApplicationContext context) {
		try {
			call.apply(context.getBean("model", Model.class));
		}
		catch (ModelException ex) {
			return ex;
		}
		throw new AssertionError("The call did not fail");
	}

	private static long calls(AssertableApplicationContext context) {
		return meters(context).get("gen_ai.client.operation.duration")
			.timers()
			.stream()
			.mapToLong((timer) -> timer.count())
			.sum();
	}

	private static MeterRegistry meters(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	/**
	 * Answers the second call by the first answer.
	 */
	private static final class CachingFilter implements ModelFilter {

		private ModelResponse cached = ModelResponse.builder().usage(Usage.of(1, 1)).build();

		private boolean filled;

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			return this.filled ? Mono.just(this.cached) : next.chat(request).doOnNext((response) -> {
				this.cached = response;
				this.filled = true;
			});
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			return CallGuard.flux((context) -> next.stream(request));
		}

	}

	/**
	 * Says its order by an annotation.
	 */
	@Order(-1)
	private record AnnotatedFilter(ModelFilter filter) implements ModelFilter {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			return this.filter.chat(request, next);
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			return this.filter.stream(request, next);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Orders {

		@Bean
		@Order(-3)
		ModelFilter method(List<String> names) {
			return named(names, "method");
		}

		@Bean
		ModelFilter none(List<String> names) {
			return named(names, "none");
		}

		@Bean
		@Order(1)
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		ModelFilter scoped(List<String> names) {
			return named(names, "scoped");
		}

	}

}
