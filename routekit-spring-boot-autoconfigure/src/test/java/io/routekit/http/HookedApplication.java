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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.Models;
import io.routekit.actuate.autoconfigure.RouteKitHealthAutoConfiguration;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.autoconfigure.RouteKitResilienceAutoConfiguration;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.http.RawServer.Connection;
import io.routekit.http.RawServer.Script;
import io.routekit.memory.MemoryBudget;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.trace.Recordings;
import io.routekit.trace.autoconfigure.RouteKitRecordingAutoConfiguration;
import io.routekit.trace.autoconfigure.RouteKitTraceAutoConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a server that answers its models, which lets one call of a model be
 * under way at a time.
 */
final class HookedApplication implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final WireProvider PROVIDER = WireProvider.OPENAI;

	private static final List<String> MODELS = List.of("model", "azure", "custom", "own", "route", "fake", "recorded");

	private final Faults faults = new Faults();

	private final RawServer server = new RawServer();

	private final AtomicInteger refusal = new AtomicInteger();

	private final AtomicInteger stalled = new AtomicInteger();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private volatile boolean stalling;

	private volatile String reset = "1s";

	HookedApplication(Path directory, String... properties) {
		this.server.reply(this::reply);
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("routekit.trace.enabled=true", "routekit.trace.include-content=true",
				"routekit.trace.directory=" + directory.resolve("trace"),
				"routekit.recording.directory=" + directory.resolve("recordings"),
				"routekit.observations.include-content=true", "routekit.observations.histogram.enabled=true",
				"routekit.models.azure.azure.deployment=d"));
		MODELS.forEach((name) -> addModel(all, name));
		TestPropertyValues.of(all).applyTo(this.context);
		this.context.registerBean(Faults.class, () -> this.faults);
		this.context.register(AutoConfigured.class, HookedBeans.class);
		this.context.refresh();
		model("fake").unwrap(FakeModel.class).when((request) -> {
			this.faults.at(Hook.FAKE_CONDITION);
			return true;
		}).respondWith((request) -> this.faults.at(Hook.FAKE_FUNCTION, FakeResponse.text("Hello")));
	}

	private void addModel(List<String> properties, String name) {
		String prefix = name.equals("model") ? "routekit.provider." : "routekit.models." + name + ".";
		String type = switch (name) {
			case "model", "recorded" -> "openai";
			case "azure" -> "azure-openai";
			default -> name;
		};
		properties.addAll(List.of(prefix + "type=" + type, prefix + "base-url=" + this.server.url(),
				prefix + "retry.delay=1ms", prefix + "concurrency-limit.max-calls=1",
				prefix + "concurrency-limit.max-wait=2s", prefix + "circuit-breaker.failure-rate-threshold=100"));
	}

	private void reply(Connection connection) throws IOException, InterruptedException {
		int refusal = this.refusal.getAndSet(0);
		if (refusal != 0) {
			Script.json(refusal, PROVIDER.error(refusal, "Not now"), "Connection: close").run(connection);
			return;
		}
		String[] headers = { "Connection: close", "x-ratelimit-limit-requests: 100",
				"x-ratelimit-remaining-requests: 99", "x-ratelimit-reset-requests: 1s" };
		if (this.stalling) {
			connection.startEvents(headers);
			this.stalled.incrementAndGet();
			connection.stall();
		}
		if (this.server.request().json().path("stream").asBoolean()) {
			stream(connection, headers);
		}
		else {
			Script.json(200, PROVIDER.answer("Hello"), headers).run(connection);
		}
	}

	// A part with several texts and another part, which are decoded one after the other
	private static void stream(Connection connection, String... headers) throws IOException {
		WireStream events = PROVIDER.stream();
		"Hello".chars().forEach((letter) -> events.text(Character.toString(letter)));
		connection.startEvents(headers);
		connection.chunk(events.take());
		connection.chunk(events.finish(FinishReason.STOP).end().take());
		connection.endChunks();
	}

	/**
	 * Say how the server tells when the limit of requests is reset.
	 */
	void reset(String reset) {
		this.reset = reset;
	}

	private Model model(String name) {
		return this.context.getBean(Models.class).get(name);
	}

	/**
	 * Make a call that meets a fault.
	 * @return the call, which has ended
	 */
	HookedCall callWith(Hook hook, Thrown thrown, boolean stream) throws InterruptedException {
		// A meter is made once, and a recorded call answers once
		this.context.getBean(MeterRegistry.class).clear();
		this.context.getBeanProvider(Recordings.class).ifAvailable(Recordings::finish);
		this.refusal.set(hook.place().refusal());
		this.stalling = hook.place().cancelled();
		int stalledBefore = this.stalled.get();
		this.faults.arm(hook, thrown);
		HookedCall call = new HookedCall(this.faults);
		onPurpose(() -> call(hook, request(hook), stream).subscribe(call));
		if (this.stalling) {
			await().until(() -> this.stalled.get() > stalledBefore);
			onPurpose(call::cancel);
		}
		else {
			assertThat(call.await(LIMIT)).as("the call ends").isTrue();
		}
		await().until(() -> this.faults.reached() > 0);
		this.faults.disarm();
		this.stalling = false;
		this.refusal.set(0);
		return call;
	}

	private ChatRequest request(Hook hook) {
		ChatRequest request = ChatRequest.of("Hi");
		return (hook != Hook.EXTRA_OPTION) ? request
				: request.withOptions(ChatOptions.builder().extra("option", new Option(this.faults)).build());
	}

	private Publisher<?> call(Hook hook, ChatRequest request, boolean stream) {
		Model model = model(hook.place().model());
		return stream ? model.stream(request) : model.chat(request);
	}

	// What is fatal is thrown on, at whoever subscribes
	private static void onPurpose(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			assertThat(ex).matches(Thrown::isOnPurpose, "is thrown on purpose");
		}
	}

	// What is fatal reaches the handlers of threads, which is not for this one to know
	private static ConditionFactory await() {
		return Awaitility.await()
			.dontCatchUncaughtExceptions()
			.pollInSameThread()
			.atMost(LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1));
	}

	/**
	 * Make a call that meets no fault.
	 */
	HookedCall call(Hook hook, boolean stream) throws InterruptedException {
		HookedCall call = new HookedCall(this.faults);
		call(hook, ChatRequest.of("Hi"), stream).subscribe(call);
		assertThat(call.await(TestCalls.LIMIT)).as("the next call ends").isTrue();
		return call;
	}

	/**
	 * Wait until nothing of the calls is left.
	 */
	void assertNothingIsLeft(CallTimers timers) {
		await().untilAsserted(() -> {
			assertThat(this.context.getBean(BulkheadRegistry.class).getAllBulkheads())
				.allSatisfy((bulkhead) -> assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls())
					.as("permits of %s", bulkhead.getName())
					.isOne());
			assertThat(this.context.getBean(MemoryBudget.class).reserved()).as("memory of answers").isZero();
			assertThat(this.server.openConnections()).as("connections").isZero();
			assertThat(timers.pending()).as("timers").isZero();
		});
		assertThat(this.context.getBean(ObservationRegistry.class).getCurrentObservation())
			.as("the observation of this thread")
			.isNull();
	}

	@Override
	public void close() {
		this.context.close();
		this.server.close();
	}

	/**
	 * An option whose JSON is somebody's business.
	 */
	static final class Option {

		private final Faults faults;

		Option(Faults faults) {
			this.faults = faults;
		}

		@JsonValue
		@Nullable String value() {
			return this.faults.at(Hook.EXTRA_OPTION, "a");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
			RouteKitHealthAutoConfiguration.class, RouteKitObservationAutoConfiguration.class,
			RouteKitRecordingAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class,
			RouteKitTraceAutoConfiguration.class, WebClientAutoConfiguration.class,
			WebClientObservationAutoConfiguration.class, ObservationAutoConfiguration.class,
			MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
			SimpleMetricsExportAutoConfiguration.class })
	static class AutoConfigured {

	}

}
