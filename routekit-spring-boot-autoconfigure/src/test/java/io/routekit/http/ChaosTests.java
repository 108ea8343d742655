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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

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
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.autoconfigure.RouteKitResilienceAutoConfiguration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
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

	private static final int CALLS = 4_000;

	private static final int CONCURRENCY = 200;

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private static final Set<Kind> RIGHT_ERRORS = EnumSet.of(Kind.RATE_LIMIT, Kind.OVERLOADED, Kind.SERVER,
			Kind.TIMEOUT, Kind.NETWORK, Kind.INVALID_RESPONSE, Kind.CIRCUIT_OPEN);

	private final AtomicIntegerArray ends = new AtomicIntegerArray(CALLS);

	private final AtomicInteger answers = new AtomicInteger();

	private final Map<Kind, AtomicInteger> errors = new TreeMap<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class,
				RouteKitObservationAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void everyCallEndsOnceWithARightAnswerOrARightError(CapturedOutput output) {
		try (ChaosServer first = new ChaosServer(WireProvider.OPENAI, 1, 700);
				ChaosServer second = new ChaosServer(WireProvider.ANTHROPIC, 2, 850)) {
			this.runner
				.withPropertyValues("routekit.provider.type=openai", "routekit.provider.base-url=" + first.url(),
						"routekit.provider.fallback=other", "routekit.provider.retry.delay=1ms",
						"routekit.provider.retry.max-delay=5ms", "routekit.provider.timeout.first-event=3s",
						"routekit.provider.timeout.idle=3s", "routekit.provider.timeout.total=5s",
						"routekit.provider.circuit-breaker.failure-rate-threshold=40",
						"routekit.provider.circuit-breaker.open-duration=20ms",
						"routekit.provider.concurrency-limit.max-calls=150",
						"routekit.provider.concurrency-limit.max-wait=20s", "routekit.models.other.type=anthropic",
						"routekit.models.other.base-url=" + second.url(), "routekit.models.other.retry.delay=1ms",
						"routekit.models.other.timeout.first-event=3s", "routekit.models.other.timeout.idle=3s",
						"routekit.models.other.timeout.total=5s")
				.run((context) -> assertCalls(context, first, second));
		}
		assertThat(output).doesNotContain(ResourceLeakDetector.class.getSimpleName()).doesNotContain("onErrorDropped");
	}

	private void assertCalls(ApplicationContext context, ChaosServer first, ChaosServer second) {
		Model model = context.getBean(Model.class);
		// Starts what lives as long as the process
		model.chat("call-" + CALLS).onErrorComplete().block(DEADLINE);
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		ManagementFactory.getThreadMXBean().resetPeakThreadCount();

		Flux.range(0, CALLS)
			.flatMap((number) -> (number % 2 == 0) ? chat(model, number) : stream(model, number), CONCURRENCY)
			.blockLast(Duration.ofMinutes(5));

		for (int i = 0; i < CALLS; i++) {
			assertThat(this.ends.get(i)).as("ends of call " + i).isEqualTo(1);
		}
		assertThat(this.answers.get()).as(this.errors.toString()).isGreaterThan(CALLS * 9 / 10);
		assertThat(RIGHT_ERRORS).containsAll(this.errors.keySet());
		assertMeters(context.getBean(MeterRegistry.class), first, second);
		assertThat(ManagementFactory.getThreadMXBean().getPeakThreadCount() - threads).as("threads of calls")
			.isLessThan(20);
		assertThat(context.getBean(BulkheadRegistry.class).bulkhead("model").getMetrics().getAvailableConcurrentCalls())
			.isEqualTo(150);
		Awaitility.await()
			.untilAsserted(() -> assertThat(first.requestsUnderWay() + second.requestsUnderWay()).isZero());
		assertThat(first.connections() + second.connections()).as("connections to be used again")
			.isLessThanOrEqualTo(2 * CONCURRENCY);
		assertThat(count(context.getBean(MeterRegistry.class), "routekit.fallback", "error.type", "circuit_open"))
			.as("calls that found the circuit open")
			.isPositive();
		logger.info("%s answers, errors %s; first server: %s requests %s; second server: %s requests %s; %s connections"
			.formatted(this.answers, this.errors, first.requests(), first.behaviours(), second.requests(),
					second.behaviours(), first.connections() + second.connections()));
	}

	private static ChatRequest request(int number) {
		return ChatRequest.of("call-" + number)
			.withOptions(ChatOptions.builder().timeouts(Timeouts.builder().total(DEADLINE).build()).build());
	}

	private Mono<Void> chat(Model model, int number) {
		return model.chat(request(number))
			.doOnNext((response) -> assertThat(response.content()).isEqualTo("answer-" + number))
			.map(ModelResponse::content)
			.doOnTerminate(() -> end(number))
			.doOnNext((text) -> this.answers.incrementAndGet())
			.onErrorResume(ModelException.class, this::error)
			.then();
	}

	private Mono<Void> stream(Model model, int number) {
		StringBuilder text = new StringBuilder();
		return model.stream(request(number)).doOnNext((event) -> {
			if (event instanceof StreamEvent.Text part) {
				text.append(part.text());
				assertThat("answer-" + number).startsWith(text);
			}
			else if (event instanceof StreamEvent.Completed completed) {
				assertThat(completed.response().content()).isEqualTo("answer-" + number).hasToString(text.toString());
				this.answers.incrementAndGet();
			}
		}).doOnTerminate(() -> end(number)).then().onErrorResume(ModelException.class, (ex) -> error(ex).then());
	}

	private void end(int number) {
		this.ends.incrementAndGet(number);
	}

	private Mono<String> error(ModelException failure) {
		synchronized (this.errors) {
			this.errors.computeIfAbsent(failure.getKind(), (kind) -> new AtomicInteger()).incrementAndGet();
		}
		return Mono.empty();
	}

	private static void assertMeters(MeterRegistry registry, ChaosServer first, ChaosServer second) {
		long otherCalls = calls(registry, "anthropic");
		assertThat(requests(registry, "openai")).as("requests of the first model").isEqualTo(first.requests());
		assertThat(requests(registry, "anthropic")).as("requests of the other model").isEqualTo(second.requests());
		assertThat(calls(registry, "openai")).isEqualTo(CALLS + 1);
		assertThat(count(registry, "routekit.fallback")).isEqualTo(otherCalls);
	}

	private static long requests(MeterRegistry registry, String provider) {
		long open = registry.find("gen_ai.client.operation.duration")
			.tags("gen_ai.provider.name", provider, "error.type", "circuit_open")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
		return calls(registry, provider) - open + count(registry, "routekit.retries", "gen_ai.provider.name", provider);
	}

	private static long calls(MeterRegistry registry, String provider) {
		return registry.find("gen_ai.client.operation.duration")
			.tags("gen_ai.provider.name", provider)
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	private static long count(MeterRegistry registry, String name, String... tags) {
		return (long) registry.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
	}

}
