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

package io.routekit.trace.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMatcher;
import io.routekit.trace.RecordingMismatchException;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RouteKitRecordingAutoConfiguration}.
 */
class RouteKitRecordingAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String KEY = "sk-secret-0123456789";

	private static final String CHUNK = """
			data: {"id":"answer-1","object":"chat.completion.chunk","created":1,"model":"gpt-5-mini-2025-08-07",\
			"choices":[{"index":0,"delta":{"role":"assistant","content":"%s"},"finish_reason":%s}]}

			""";

	private static final String STREAM = CHUNK.formatted("Your key", "null") + CHUNK
		.formatted(" is sk-secret-", "null") + CHUNK.formatted("0123456789.", "\"stop\"") + """
				data: {"id":"answer-1","object":"chat.completion.chunk","created":1,"model":"gpt-5-mini-2025-08-07",\
				"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":7,"total_tokens":19}}

				data: [DONE]

				""";

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(String mode) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
							RouteKitObservationAutoConfiguration.class, RouteKitRecordingAutoConfiguration.class,
							ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
							CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.withPropertyValues("routekit.recording.mode=" + mode, "routekit.recording.directory=" + this.directory);
	}

	private void recordStream(String prompt) {
		try (RawServer server = new RawServer().reply(Script.events(STREAM))) {
			runner("record")
				.withPropertyValues("routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini",
						"routekit.provider.api-key=" + KEY, "routekit.provider.base-url=" + server.url("/v1"))
				.run((context) -> context.getBean(Model.class).stream(prompt).blockLast(TIMEOUT));
		}
	}

	private void recordFake(String... answers) {
		runner("record")
			.withPropertyValues("routekit.provider.type=fake",
					"routekit.provider.fake.responses=" + String.join(",", answers))
			.run((context) -> context.getBean(Model.class).chat("Hi").block(TIMEOUT));
	}

	private String written() throws IOException {
		StringBuilder written = new StringBuilder();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.toList()) {
				written.append(Files.readString(file));
			}
		}
		return written.toString();
	}

	private static Model model(ApplicationContext context) {
		return context.getBean(Model.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "false" })
	void isOffByDefault(String mode) throws IOException {
		runner(mode).withPropertyValues("routekit.provider.type=fake")
			.run((context) -> assertThat(model(context).chat("Hi").block(TIMEOUT)).isNotNull());

		assertThat(written()).isEmpty();
		runner(mode).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void replaysWithoutKeyAndNetwork() {
		recordStream("Hi");

		runner("replay").withPropertyValues("routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				List<StreamEvent> events = model(context).stream("Hi").collectList().block(TIMEOUT);
				assertThat(events).hasSize(4);
				assertThat(model(context).provider()).isEqualTo("openai");
				assertThat(model(context).endpoint()).hasToString("https://api.openai.com/v1");
			});
	}

	@Test
	void modelHasItsDefaultNameWithoutAKey() {
		runner("replay").withPropertyValues("routekit.provider.type=anthropic")
			.run((context) -> assertThat(model(context).name()).isEqualTo("claude-sonnet-5-5"));
	}

	@Test
	void modelHasItsConfiguredNameWithoutAnEndpoint() {
		runner("replay").withPropertyValues("routekit.provider.type=azure-openai", "routekit.provider.model=gpt-5.1")
			.run((context) -> {
				assertThat(model(context).name()).isEqualTo("gpt-5.1");
				assertThat(model(context).provider()).isEqualTo("azure-openai");
				assertThat(model(context).endpoint()).isNull();
			});
	}

	@Test
	void replaysWithoutAnyProvider() {
		recordFake("Hello");

		runner("replay").run((context) -> {
			assertThat(model(context).chat("Hi").block(TIMEOUT).content()).isEqualTo("Hello");
			assertThat(model(context).provider()).isEqualTo("unknown");
		});
	}

	@Test
	void aWrongSettingStillFailsTheStart() {
		runner("replay").withPropertyValues("routekit.provider.type=opnai")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining("opnai"));
	}

	@Test
	void aMissingKeyFailsTheStartOfARecording() {
		runner("record").withPropertyValues("routekit.provider.type=openai")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("API key"));
	}

	@Test
	void aCallThatIsNotRecordedTellsThatTheKeyIsMissing() throws IOException {
		runner("auto").withPropertyValues("routekit.provider.type=openai")
			.run((context) -> assertThatExceptionOfType(ModelConfigurationException.class)
				.isThrownBy(() -> model(context).chat("Hi").block(TIMEOUT))
				.withMessageContaining("The API key for OpenAI is missing"));

		assertThat(written()).isEmpty();
	}

	@Test
	void replaysArePricedAndMetered() {
		recordStream("Hi");

		runner("replay").withPropertyValues("routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini")
			.run((context) -> {
				StreamEvent last = model(context).stream("Hi").blockLast(TIMEOUT);
				assertThat(((StreamEvent.Completed) last).response().usage().cost().amount())
					.isEqualByComparingTo("0.000017");
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("routekit.cost").counter().count()).isEqualTo(0.000017);
				assertThat(meters.get("gen_ai.client.operation.duration").timer().count()).isOne();
			});
	}

	@Test
	void secretsAreInNoRecording() throws IOException {
		recordStream("Is %s my key?".formatted(KEY));

		assertThat(written()).contains("Is *** my key?", "Your key is ***.", "Your key")
			.doesNotContain(KEY)
			.doesNotContain("sk-secret-")
			.doesNotContain("0123456789");
	}

	@Test
	void contentPassesTheRedactorOfTheApplication() throws IOException {
		ContentRedactor redactor = (content) -> content.replace("Hello", "[greeting]");
		runner("record").withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=Hello")
			.withBean(ContentRedactor.class, () -> redactor)
			.run((context) -> model(context).chat("Hi").block(TIMEOUT));

		assertThat(written()).contains("[greeting]").doesNotContain("Hello");
	}

	@Test
	void filtersOfTheApplicationSurroundTheReplay() {
		recordFake("Hello");

		runner("replay").withBean("loud", ModelFilter.class, LoudFilter::new)
			.run((context) -> assertThat(model(context).chat("Hi").block(TIMEOUT).content()).isEqualTo("HELLO"));
	}

	@Test
	void modelsOfTheApplicationAreRecordedAndReplayed() {
		AtomicReference<Integer> calls = new AtomicReference<>(0);
		Model own = (request) -> Mono
			.fromSupplier(() -> ModelResponse.of("answer " + calls.updateAndGet((n) -> n + 1)));
		for (String mode : List.of("record", "replay")) {
			runner(mode).withBean("own", Model.class, () -> own)
				.run((context) -> assertThat(model(context).chat("Hi").block(TIMEOUT).content()).isEqualTo("answer 1"));
		}

		assertThat(calls).hasValue(1);
	}

	@Test
	void comparesByTheMatcherOfTheApplication() {
		recordFake("Hello");

		runner("replay").withBean(RecordingMatcher.class, () -> (recorded, actual) -> null)
			.run((context) -> assertThat(model(context).chat("Bye").block(TIMEOUT).content()).isEqualTo("Hello"));
		runner("replay").run((context) -> assertThatExceptionOfType(RecordingMismatchException.class)
			.isThrownBy(() -> model(context).chat("Bye").block(TIMEOUT)));
	}

	@Test
	void backsOffWithUserBeans() {
		Recordings recordings = Recordings.builder(this.directory, RecordingMode.OFF).build();
		RecordingFilter filter = new RecordingFilter(recordings);
		runner("record").withPropertyValues("routekit.provider.type=fake")
			.withBean(Recordings.class, () -> recordings)
			.withBean(RecordingFilter.class, () -> filter)
			.run((context) -> {
				assertThat(context).getBean(Recordings.class).isSameAs(recordings);
				assertThat(context).getBean(RecordingFilter.class).isSameAs(filter);
			});
	}

	/**
	 * Raises the voice.
	 */
	private static final class LoudFilter implements ModelFilter {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			return next.chat(request).map((response) -> ModelResponse.of(response.content().toUpperCase(Locale.ROOT)));
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			return next.stream(request);
		}

	}

}
