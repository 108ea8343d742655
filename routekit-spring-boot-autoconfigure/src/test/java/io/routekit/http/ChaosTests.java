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

package io.routekit.http;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.ResourceLeakDetector;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.UserMessage;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.autoconfigure.RouteKitResilienceAutoConfiguration;
import io.routekit.http.ChaosCall.Demand;
import io.routekit.http.ChaosServer.Behaviour;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.wire.RateLimitListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that calls end as they should while servers misbehave in all the ways that
 * they do, at once, and that little memory is enough for it.
 */
@Tag("small-heap")
@ExtendWith(OutputCaptureExtension.class)
class ChaosTests {

	private static final Log logger = LogFactory.getLog(ChaosTests.class);

	private static final int CONCURRENCY = 200;

	private static final Duration DEADLINE = Duration.ofSeconds(8);

	/**
	 * Of each so many calls, some meet somebody who throws.
	 */
	private static final int THROWING = 53;

	/**
	 * A few calls may wait for their turn until their time is up, before the limit's is.
	 */
	private static final Set<Kind> RIGHT_ERRORS = EnumSet.of(Kind.TIMEOUT, Kind.CIRCUIT_OPEN, Kind.CONCURRENCY_LIMIT);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class,
				RouteKitObservationAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void everyCallEndsOnceWithARightAnswerOrARightError(CapturedOutput output) {
		IntFunction<Demand> demands = (number) -> (number % 3 == 0) ? Demand.ONE_AT_A_TIME : Demand.ALL;
		assertNothingStays(this.runner, demands, 3000, (run) -> {
			assertThat(run.answers()).as(run.toString()).isGreaterThan(run.calls() * 85 / 100);
			assertMeters(run.context().getBean(MeterRegistry.class), run.first(), run.second(), run.calls());
			assertThat(count(run.context().getBean(MeterRegistry.class), "routekit.fallback", "error.type",
					"circuit_open"))
				.as("calls that found the circuit open")
				.isPositive();
		});
		assertThat(output).doesNotContain(ResourceLeakDetector.class.getSimpleName())
			.doesNotContain("onErrorDropped")
			.doesNotContain(ChaosServer.KEY)
			.doesNotContain("\u001b[2J");
	}

	@Test
	void callsEndOnceThoughListenersAndFiltersThrowAndSubscribersGoAway(CapturedOutput output) {
		IntFunction<Demand> demands = (number) -> switch (number % 8) {
			case 2, 3 -> Demand.ONE_AT_A_TIME;
			case 6, 7 -> Demand.NONE;
			default -> Demand.ALL;
		};
		ApplicationContextRunner throwing = this.runner.withBean(ModelFilter.class, ThrowingFilter::new)
			.withBean(RateLimitListener.class, () -> (name, provider, limits) -> {
				int number = limits.get(0).limit().intValue();
				throwIf(number, 5, new IllegalStateException("The listener throws"));
				throwIf(number, 6, new StackOverflowError("The listener throws"));
			});
		assertNothingStays(throwing, demands, 1500,
				(run) -> assertThat(run.answers()).as(run.toString()).isGreaterThan(run.calls() * 4 / 10));
		assertThat(output).doesNotContain(ResourceLeakDetector.class.getSimpleName())
			.doesNotContain(ChaosServer.KEY)
			.doesNotContain("\u001b[2J");
	}

	private static void throwIf(int number, int place, Throwable thrown) {
		if (number % THROWING != place) {
			return;
		}
		if (thrown instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) thrown;
	}

	private static void assertNothingStays(ApplicationContextRunner runner, IntFunction<Demand> demands, int calls,
			Consumer<Run> assertions) {
		// Starts what lives as long as the process
		run(runner, demands, 300, false, (run) -> {
		});
		ProcessUse before = ProcessUse.now();
		run(runner, demands, calls, true, assertions);
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> ProcessUse.now().assertLike(before));
	}

	private static void run(ApplicationContextRunner runner, IntFunction<Demand> demands, int calls, boolean chaos,
			Consumer<Run> assertions) {
		try (ChaosServer first = new ChaosServer(WireProvider.OPENAI, 1, chaos ? 700 : 1000);
				ChaosServer second = new ChaosServer(WireProvider.ANTHROPIC, 2, chaos ? 850 : 1000)) {
			runner.withPropertyValues("routekit.provider.type=openai", "routekit.provider.base-url=" + first.url(),
					"routekit.provider.api-key=" + ChaosServer.KEY, "routekit.provider.fallback=other",
					"routekit.provider.retry.delay=1ms", "routekit.provider.retry.max-delay=5ms",
					"routekit.provider.timeout.first-event=3s", "routekit.provider.timeout.idle=3s",
					"routekit.provider.timeout.total=5s", "routekit.provider.circuit-breaker.failure-rate-threshold=40",
					"routekit.provider.circuit-breaker.open-duration=20ms",
					"routekit.provider.concurrency-limit.max-calls=150",
					"routekit.provider.concurrency-limit.max-wait=20s", "routekit.models.other.type=anthropic",
					"routekit.models.other.base-url=" + second.url(),
					"routekit.models.other.api-key=" + ChaosServer.KEY, "routekit.models.other.retry.delay=1ms",
					"routekit.models.other.timeout.first-event=3s", "routekit.models.other.timeout.idle=3s",
					"routekit.models.other.timeout.total=5s")
				.run((context) -> {
					Run run = new Run(context, first, second, calls);
					run.callAll(demands);
					run.assertEnds();
					assertThat(run.failures(Kind.CONCURRENCY_LIMIT)).as(run.toString())
						.isLessThanOrEqualTo(run.calls() / 100);
					assertions.accept(run);
					logger.info(run);
				});
		}
	}

	private static void assertMeters(MeterRegistry registry, ChaosServer first, ChaosServer second, int calls) {
		long otherCalls = calls(registry, "anthropic");
		assertRequests(registry, "openai", first);
		assertRequests(registry, "anthropic", second);
		assertThat(calls(registry, "openai")).isEqualTo(calls);
		assertThat(count(registry, "routekit.fallback")).isEqualTo(otherCalls);
	}

	// The time of a call may be up before its request reaches the server
	private static void assertRequests(MeterRegistry registry, String provider, ChaosServer server) {
		long sent = calls(registry, provider) - calls(registry, provider, "error.type", "circuit_open")
				+ count(registry, "routekit.retries", "gen_ai.provider.name", provider);
		assertThat(sent).as("requests to " + provider)
			.isBetween((long) server.requests(),
					server.requests() + calls(registry, provider, "error.type", "timeout"));
	}

	private static long calls(MeterRegistry registry, String provider, String... tags) {
		return registry.find("gen_ai.client.operation.duration")
			.tags("gen_ai.provider.name", provider)
			.tags(tags)
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	private static long count(MeterRegistry registry, String name, String... tags) {
		return (long) registry.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
	}

	/**
	 * Throws at some calls: when they are made, or when something is answered.
	 */
	private static final class ThrowingFilter implements ModelFilter {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			throwAtOnce(number(request));
			return next.chat(request).doOnNext((response) -> throwLater(number(request)));
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			throwAtOnce(number(request));
			return next.stream(request).doOnNext((event) -> throwLater(number(request)));
		}

		private static int number(ChatRequest request) {
			return Integer.parseInt(((UserMessage) request.messages().get(0)).text().substring("call-".length()));
		}

		private static void throwAtOnce(int number) {
			throwIf(number, 1, new IllegalStateException("The filter throws"));
			throwIf(number, 2, new StackOverflowError("The filter throws"));
		}

		private static void throwLater(int number) {
			throwIf(number, 3, new IllegalStateException("The filter throws"));
			throwIf(number, 4, new StackOverflowError("The filter throws"));
		}

	}

	/**
	 * The calls of one application, a number of them at a time.
	 */
	private static final class Run implements ChaosCall.Ends {

		private final ApplicationContext context;

		private final ChaosServer first;

		private final ChaosServer second;

		private final AtomicIntegerArray ends;

		private final Semaphore free = new Semaphore(CONCURRENCY);

		private final AtomicInteger answers = new AtomicInteger();

		private final AtomicInteger cancelled = new AtomicInteger();

		private final Map<String, Integer> failures = new TreeMap<>();

		private final Queue<String> problems = new ConcurrentLinkedQueue<>();

		Run(ApplicationContext context, ChaosServer first, ChaosServer second, int calls) {
			this.context = context;
			this.first = first;
			this.second = second;
			this.ends = new AtomicIntegerArray(calls);
		}

		ApplicationContext context() {
			return this.context;
		}

		ChaosServer first() {
			return this.first;
		}

		ChaosServer second() {
			return this.second;
		}

		int calls() {
			return this.ends.length();
		}

		int answers() {
			return this.answers.get();
		}

		int failures(Kind kind) {
			synchronized (this.failures) {
				return this.failures.getOrDefault(kind.toString(), 0);
			}
		}

		void callAll(IntFunction<Demand> demands) throws InterruptedException {
			Model model = this.context.getBean(Model.class);
			int threads = ManagementFactory.getThreadMXBean().getThreadCount();
			ManagementFactory.getThreadMXBean().resetPeakThreadCount();
			for (int i = 0; i < calls(); i++) {
				await(1);
				try {
					call(model, i, new ChaosCall(i, demands.apply(i), this));
				}
				catch (StackOverflowError ex) {
					// Is thrown on once the call has ended, by whichever thread goes on
					// with it
					assertThat(i % THROWING).isIn(2, 4, 6);
				}
			}
			await(CONCURRENCY);
			assertThat(ManagementFactory.getThreadMXBean().getPeakThreadCount() - threads).as("threads of calls")
				.isLessThan(20);
		}

		private void await(int count) throws InterruptedException {
			assertThat(this.free.tryAcquire(count, 60, TimeUnit.SECONDS)).as("calls end: " + this).isTrue();
		}

		private static void call(Model model, int number, ChaosCall call) {
			ChatRequest request = ChatRequest.of("call-" + number)
				.withOptions(ChatOptions.builder().timeouts(Timeouts.builder().total(DEADLINE).build()).build());
			if (number % 2 == 0) {
				model.chat(request).subscribe(call);
			}
			else {
				model.stream(request).subscribe(call);
			}
		}

		void assertEnds() {
			assertThat(this.problems).isEmpty();
			for (int i = 0; i < calls(); i++) {
				assertThat(this.ends.get(i)).as("ends of call " + i).isEqualTo(1);
			}
			Awaitility.await().dontCatchUncaughtExceptions().untilAsserted(() -> {
				assertThat(this.context.getBean(BulkheadRegistry.class)
					.bulkhead("model")
					.getMetrics()
					.getAvailableConcurrentCalls()).as("permits").isEqualTo(150);
				assertThat(this.first.requestsUnderWay() + this.second.requestsUnderWay()).as("requests under way")
					.isZero();
			});
			assertThat(this.first.connections() + this.second.connections()).as("connections to be used again")
				.isLessThanOrEqualTo(2 * CONCURRENCY);
		}

		@Override
		public void ended(int number, @Nullable ModelResponse response, @Nullable Throwable failure) {
			try {
				if (failure != null) {
					failed(number, failure);
				}
				else {
					answered(number, response);
				}
			}
			catch (AssertionError ex) {
				problem(number, ex.getMessage());
			}
			finally {
				end(number);
			}
		}

		private void answered(int number, @Nullable ModelResponse response) {
			assertThat(response).as("an answer").isNotNull();
			assertThat(number % THROWING).as("calls that cannot be answered")
				.matches((place) -> !isThrowing() || place == 0 || place > 4);
			Set<Behaviour> behaviours = behaviours(number);
			String text = "answer-" + number;
			if (!response.content().equals(text)) {
				assertThat(response.content()).isEqualTo(text + ChaosServer.CONTROLS);
				assertThat(behaviours).contains(Behaviour.CONTROL_CHARACTERS);
			}
			if (!response.toolCalls().isEmpty()) {
				assertThat(response.toolCalls()).hasSize(ChaosServer.CALLS_AT_ONCE);
				assertThat(behaviours).contains(Behaviour.SAME_CALL_IDS);
			}
			assertName(response.model());
			assertName(response.id());
			this.answers.incrementAndGet();
		}

		private static void assertName(@Nullable String name) {
			assertThat(name).isNotNull().hasSizeLessThan(300).doesNotContain(ChaosServer.KEY);
			assertThat(name.chars()).noneMatch(Character::isISOControl);
		}

		private void failed(int number, Throwable failure) {
			if (failure instanceof ModelException known) {
				Set<Kind> right = EnumSet.copyOf(RIGHT_ERRORS);
				if (isThrowing() && number % THROWING == 6) {
					// Thrown while the answer is read
					right.add(Kind.INVALID_RESPONSE);
				}
				behaviours(number).forEach((behaviour) -> right.addAll(behaviour.errors()));
				assertThat(right).as(failure.toString()).contains(known.getKind());
				assertThat(failure.getMessage()).hasSizeLessThan(5000).doesNotContain(ChaosServer.KEY);
				assertThat(failure.getMessage().chars()).noneMatch(Character::isISOControl);
				count(known.getKind().toString());
			}
			else {
				Class<?> thrown = switch (number % THROWING) {
					case 1, 3 -> IllegalStateException.class;
					case 2, 4, 6 -> StackOverflowError.class;
					default -> ModelException.class;
				};
				assertThat(isThrowing()).isTrue();
				assertThat(failure).isInstanceOf(thrown).hasMessageEndingWith(" throws");
				count(thrown.getSimpleName());
			}
		}

		private boolean isThrowing() {
			return this.context.getBeanProvider(ThrowingFilter.class).stream().findAny().isPresent();
		}

		private Set<Behaviour> behaviours(int number) {
			Set<Behaviour> behaviours = EnumSet.noneOf(Behaviour.class);
			behaviours.addAll(this.first.behaviours(number));
			behaviours.addAll(this.second.behaviours(number));
			return behaviours;
		}

		private void count(String failure) {
			synchronized (this.failures) {
				this.failures.merge(failure, 1, Integer::sum);
			}
		}

		@Override
		public void cancelled(int number) {
			this.cancelled.incrementAndGet();
			end(number);
		}

		private void end(int number) {
			this.ends.incrementAndGet(number);
			this.free.release();
		}

		@Override
		public void problem(int number, String problem) {
			this.problems.add("Call " + number + ": " + problem);
		}

		@Override
		public String toString() {
			return "%s answers, %s cancelled, failures %s; first server: %s requests %s; second server: %s requests %s"
				.formatted(this.answers, this.cancelled, this.failures, this.first.requests(), this.first.behaviours(),
						this.second.requests(), this.second.behaviours());
		}

	}

}
