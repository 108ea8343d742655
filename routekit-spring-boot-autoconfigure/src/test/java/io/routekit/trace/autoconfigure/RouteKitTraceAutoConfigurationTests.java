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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.http.RawServer;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.trace.TraceFilter;
import io.routekit.trace.TraceMetrics;
import io.routekit.trace.TraceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitTraceAutoConfiguration}.
 */
class RouteKitTraceAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String KEY = "sk-secret-0123456789";

	private static final String ANSWER = """
			{"id":"answer-1","object":"chat.completion","created":1,"model":"gpt-5-mini-2025-08-07","choices":[{"index":0,\
			"message":{"role":"assistant","content":"Your key is sk-secret-0123456789"},"finish_reason":"stop"}],\
			"usage":{"prompt_tokens":12,"completion_tokens":7,"total_tokens":19}}""";

	private static final JsonMapper mapper = new JsonMapper();

	@TempDir
	private Path directory;

	private ApplicationContextRunner plainRunner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class,
					RouteKitCostAutoConfiguration.class, RouteKitTraceAutoConfiguration.class))
			.withPropertyValues("routekit.trace.directory=" + this.directory);
	}

	private ApplicationContextRunner runner() {
		return plainRunner().withPropertyValues("routekit.trace.enabled=true");
	}

	private ApplicationContextRunner withObservations() {
		return runner().withConfiguration(AutoConfigurations.of(RouteKitObservationAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));
	}

	private void chat(ApplicationContextRunner runner, Consumer<Model> call) throws IOException {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			call.accept(context.getBean(Model.class));
		});
	}

	private List<String> lines() throws IOException {
		List<String> lines = new ArrayList<>();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.sorted().toList()) {
				lines.addAll(Files.readAllLines(file));
			}
		}
		return lines;
	}

	private JsonNode line() throws IOException {
		List<String> lines = lines();
		assertThat(lines).hasSize(1);
		return mapper.readTree(lines.get(0));
	}

	@Test
	void isOffByDefault() throws IOException {
		plainRunner().withPropertyValues("routekit.provider.type=fake").run((context) -> {
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			assertThat(context).doesNotHaveBean(TraceFilter.class).doesNotHaveBean(TraceWriter.class);
		});

		assertThat(lines()).isEmpty();
	}

	@Test
	void linesAreThereOnceTheContextIsClosed() throws IOException {
		chat(runner().withPropertyValues("routekit.provider.type=fake", "routekit.provider.model=m"), (model) -> {
			for (int i = 0; i < 50; i++) {
				model.chat("A prompt").block(TIMEOUT);
			}
		});

		assertThat(lines()).hasSize(50).noneMatch((line) -> line.contains("A prompt"));
	}

	@Test
	void lineTellsTokensAndCost() throws IOException {
		try (RawServer server = new RawServer().reply(RawServer.Script.json(200, ANSWER))) {
			chat(openai(withObservations(), server.url("/v1")), (model) -> model.chat("Hi").block(TIMEOUT));
		}

		JsonNode line = line();
		assertThat(line.at("/usage/promptTokens").longValue()).isEqualTo(12);
		assertThat(line.at("/cost/amount").stringValue()).isEqualTo("0.000017");
		assertThat(line.at("/cost/source").stringValue()).isEqualTo("catalogue");
		assertThat(line.get("endpoint").stringValue()).endsWith("/v1");
	}

	private static ApplicationContextRunner openai(ApplicationContextRunner runner, URI url) {
		return runner.withPropertyValues("routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini",
				"routekit.provider.api-key=" + KEY, "routekit.provider.headers.X-Auth-Token=header-secret",
				"routekit.provider.base-url=" + url, "routekit.provider.price-provider=openai");
	}

	@Test
	void keysAreInNoFile() throws IOException {
		try (RawServer server = new RawServer().reply(RawServer.Script.json(200, ANSWER))
			.reply(RawServer.Script.json(500, "{\"error\":{\"message\":\"" + KEY + " failed\"}}"))) {
			chat(openai(runner(), server.url("/v1")).withPropertyValues("routekit.trace.include-content=true"),
					(model) -> {
						model.chat("Is %s a key, and header-secret?".formatted(KEY)).block(TIMEOUT);
						model.chat("Again?").onErrorComplete().block(TIMEOUT);
					});
		}

		assertThat(lines()).hasSize(2);
		assertThat(String.join("", lines())).contains("Is *** a key, and ***?", "Your key is ***")
			.doesNotContain(KEY)
			.doesNotContain("header-secret")
			.doesNotContainIgnoringCase("authorization");
	}

	@Test
	void contentPassesTheRedactorOfTheApplication() throws IOException {
		ContentRedactor redactor = (content) -> content.replace("Jane", "[name]");
		chat(runner()
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=Hello Jane",
					"routekit.trace.include-content=true")
			.withBean(ContentRedactor.class, () -> redactor), (model) -> model.stream("I am Jane").blockLast(TIMEOUT));

		assertThat(line().toString()).contains("I am [name]", "Hello [name]").doesNotContain("Jane");
	}

	@Test
	void lineTellsTheSpanOfTheCall() throws IOException {
		InMemorySpanExporter spans = InMemorySpanExporter.create();
		SdkTracerProvider tracers = SdkTracerProvider.builder()
			.addSpanProcessor(SimpleSpanProcessor.create(spans))
			.build();
		OtelTracer tracer = new OtelTracer(tracers.get("test"), new OtelCurrentTraceContext(), (event) -> {
		});
		withObservations().withPropertyValues("routekit.provider.type=fake").run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
			Model model = context.getBean(Model.class);
			Observation.createNotStarted("parent", registry).observe(() -> model.chat("Hi").block(TIMEOUT));
		});

		SpanData span = spans.getFinishedSpanItems().get(0);
		assertThat(span.getName()).startsWith("chat");
		assertThat(line().get("traceId").stringValue()).isEqualTo(span.getTraceId());
		assertThat(line().get("spanId").stringValue()).isEqualTo(span.getSpanId());
	}

	@Test
	void lineTellsTheTagsOfTheRequest() throws IOException {
		chat(runner().withPropertyValues("routekit.provider.type=fake"),
				(model) -> model.chat(ChatRequest.of("Hi").mutate().tag("feature", "search").build()).block(TIMEOUT));

		assertThat(line().at("/tags/feature").stringValue()).isEqualTo("search");
	}

	@Test
	void lostLinesAreMetered() {
		withObservations().withPropertyValues("routekit.provider.type=fake")
			.run((context) -> assertThat(
					context.getBean(MeterRegistry.class).get("routekit.trace.dropped").functionCounter().count())
				.isZero());
	}

	@Test
	void worksWithoutTracingAndMetrics() throws IOException {
		chat(runner().withPropertyValues("routekit.provider.type=fake")
			.withClassLoader(new FilteredClassLoader(TracingObservationHandler.class, MeterBinder.class)),
				(model) -> model.chat("Hi").block(TIMEOUT));

		assertThat(line().get("traceId").isNull()).isTrue();
	}

	@Test
	void worksWithoutMicrometer() throws IOException {
		chat(runner().withPropertyValues("routekit.provider.type=fake")
			.withClassLoader(new FilteredClassLoader("io.micrometer")), (model) -> model.chat("Hi").block(TIMEOUT));

		assertThat(lines()).hasSize(1);
	}

	@Test
	void backsOffWithUserBeans() throws IOException {
		TraceWriter writer = TraceWriter.builder(this.directory).build();
		TraceFilter filter = new TraceFilter(writer, (context) -> null);
		runner().withBean(TraceWriter.class, () -> writer)
			.withBean(TraceFilter.class, () -> filter)
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> {
				assertThat(context).getBean(TraceWriter.class).isSameAs(writer);
				assertThat(context).getBean(TraceFilter.class).isSameAs(filter);
				assertThat(context).hasSingleBean(TraceMetrics.class);
			});
	}

	@Test
	void refusesToStartWithADirectoryThatCannotBeWritten() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "x");
		runner().withPropertyValues("routekit.provider.type=fake", "routekit.trace.directory=" + file)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(ModelConfigurationException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("No file can be created in '%s'", file);
					assertThat(failure.getAction()).contains("routekit.trace.directory");
				}));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "max-file-size=0B, 'maxFileSize' must be positive",
			"max-history=-1, 'maxHistory' must not be negative", "queue-capacity=0, 'queueCapacity' must be positive",
			"queue-size=0B, 'queueSize' must be positive" })
	void refusesToStartWithASettingThatIsNotValid(String property, String message) {
		runner().withPropertyValues("routekit.provider.type=fake", "routekit.trace." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining(message));
	}

}
