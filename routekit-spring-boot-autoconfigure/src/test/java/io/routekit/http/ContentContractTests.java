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

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.http.RawServer.Script;
import io.routekit.observation.MeteringFilter;
import io.routekit.observation.ModelMeterObservationHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that no part of a prompt or an answer gets into spans, meters and logs,
 * unless the application asks for it.
 */
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class ContentContractTests {

	private static final String CONTENT = "private-";

	private final RawServer server = new RawServer();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private final WireProvider provider;

	private final Model model;

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private final LogLevel level = this.logging.getLoggerConfiguration(LoggingSystem.ROOT_LOGGER_NAME)
		.getConfiguredLevel();

	private String keyValues = "";

	ContentContractTests(WireProvider provider) {
		this.provider = provider;
		SdkTracerProvider tracers = SdkTracerProvider.builder()
			.addSpanProcessor(SimpleSpanProcessor.create(this.spans))
			.build();
		OtelTracer tracer = new OtelTracer(tracers.get("test"), new OtelCurrentTraceContext(), (event) -> {
		});
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new ModelMeterObservationHandler(this.meters))
			.observationHandler(new DefaultTracingObservationHandler(tracer))
			.observationFilter(this::collect);
		this.model = provider
			.model(provider.settings(this.server), WebClient.builder().observationRegistry(this.observations))
			.filter(new MeteringFilter(this.observations, null));
	}

	private Observation.Context collect(Observation.Context context) {
		this.keyValues += context.getAllKeyValues();
		return context;
	}

	@BeforeEach
	void logEverything() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.TRACE);
	}

	@AfterEach
	void restoreLevel() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, this.level);
		this.server.close();
	}

	@Test
	void chatLeavesNoTrace(CapturedOutput output) {
		this.server.reply(Script.json(200, withReasoning(
				this.provider.answer(CONTENT + "answer", ToolCall.of("c2", "f", "{\"a\":\"private-arguments\"}")))));

		ModelResponse response = this.model.chat(request()).block(LIMIT);

		assertThat(response.content()).isEqualTo("private-answer");
		assertThat(response.reasoning()).isEqualTo("private-reasoning");
		assertThat(response.toolCalls().get(0).arguments()).contains("private-arguments");
		assertNoTrace(output);
	}

	@Test
	void streamLeavesNoTrace(CapturedOutput output) {
		this.server.reply(Script.events(this.provider.stream(CONTENT + "answer")));

		StreamEvent last = this.model.stream(request()).blockLast(LIMIT);

		assertThat(((StreamEvent.Completed) last).response().content()).isEqualTo("private-answer");
		assertNoTrace(output);
	}

	@Test
	void brokenStreamLeavesNoTrace(CapturedOutput output) {
		this.server.reply(Script.events(this.provider.stream().text(CONTENT + "answer").take()));

		assertThat(TestCalls.failureOf(this.model.stream(request()))).message().doesNotContain(CONTENT);
		assertNoTrace(output);
	}

	private static ChatRequest request() {
		return ChatRequest.builder()
			.messages(Message.system("private-system"), Message.user("private-user"),
					Message.assistant(ToolCall.of("c1", "f", "{\"a\":\"private-arguments\"}")),
					Message.tool("c1", "private-result"))
			.tools(Tool.of("f", "private-description", "{\"type\":\"object\",\"properties\":{}}"))
			.build();
	}

	private String withReasoning(String answer) {
		return switch (this.provider) {
			case RESPONSES -> answer.replace("\"output\":[", "\"output\":[{\"id\":\"rs_1\",\"type\":\"reasoning\","
					+ "\"summary\":[{\"type\":\"summary_text\",\"text\":\"private-reasoning\"}]},");
			case ANTHROPIC -> answer.replace("\"content\":[",
					"\"content\":[{\"type\":\"thinking\",\"thinking\":\"private-reasoning\",\"signature\":\"s\"},");
			default -> answer.replace("\"content\":\"", "\"reasoning_content\":\"private-reasoning\",\"content\":\"");
		};
	}

	private void assertNoTrace(CapturedOutput output) {
		assertThat(this.server.request().body()).contains("private-system", "private-user", "private-arguments",
				"private-result", "private-description");
		assertThat(this.keyValues).contains("gen_ai.request.model").doesNotContain(CONTENT);
		assertThat(this.meters.scrape()).contains("gen_ai_client_operation_duration").doesNotContain(CONTENT);
		assertThat(this.spans.getFinishedSpanItems()).hasSize(2);
		assertThat(this.spans.getFinishedSpanItems().toString()).contains("gen_ai.request.model")
			.doesNotContain(CONTENT);
		assertThat(output).contains("TRACE").doesNotContain(CONTENT);
	}

}
