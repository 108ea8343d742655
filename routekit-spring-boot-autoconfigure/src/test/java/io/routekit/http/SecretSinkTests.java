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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationHandler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.ApiKeySupplier;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.actuate.RouteKitEndpoint;
import io.routekit.actuate.RouteKitHealthIndicator;
import io.routekit.actuate.autoconfigure.RouteKitEndpointAutoConfiguration;
import io.routekit.actuate.autoconfigure.RouteKitHealthAutoConfiguration;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.autoconfigure.RouteKitResilienceAutoConfiguration;
import io.routekit.azure.AzureTokenSupplier;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.http.RawServer.Script;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.trace.autoconfigure.RouteKitRecordingAutoConfiguration;
import io.routekit.trace.autoconfigure.RouteKitTraceAutoConfiguration;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no secret is in anything that is written of a call, when the server repeats
 * it in whatever it sends.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretSinkTests {

	private static final String SECRET = "sk-tenant-Zq3vX8mN1pL7rT5wY2kJ9hG4fD6sB0aC-end";

	private static final String BEGINNING = SECRET.substring(0, 20);

	private static final String ENDING = SECRET.substring(SECRET.length() - 20);

	private static final List<String> FORMS = List.of(SECRET, BEGINNING, ENDING, SECRET.toUpperCase(Locale.ROOT));

	private static final String COMPLETION = """
			{"id":"§","object":"§","created":1,"model":"§","system_fingerprint":"§","service_tier":"§","choices":[\
			{"index":0,"message":{"role":"assistant","content":"a § b","reasoning_content":"§","refusal":"§",\
			"annotations":[{"type":"§","§":{"url":"http://§"}}],"tool_calls":[{"id":"§","type":"function",\
			"function":{"name":"§","arguments":"{\\"§\\":\\"§\\"}"}}]},"logprobs":null,"finish_reason":"§"}],\
			"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"§":1,"details":{"§":"§"}},"§":"§"}""";

	private static final String COMPLETION_EVENTS = """
			data: {"id":"§","object":"§","model":"§","system_fingerprint":"§","service_tier":"§","choices":[{"index":0,\
			"delta":{"role":"assistant","content":"a § b","reasoning_content":"§","tool_calls":[{"index":0,"id":"§",\
			"type":"function","function":{"name":"§","arguments":"{\\"§\\":\\"§\\"}"}}]},"finish_reason":null}],"§":"§"}

			: §

			data: {"id":"§","model":"§","choices":[{"index":0,"delta":{},"finish_reason":"§"}],"usage":\
			{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"§":1,"details":{"§":"§"}}}

			data: [DONE]

			""";

	private static final String MESSAGE = """
			{"id":"§","type":"message","role":"assistant","model":"§","content":[{"type":"thinking","thinking":"§",\
			"signature":"§"},{"type":"text","text":"a § b","citations":[{"type":"§","§":"§"}]},{"type":"tool_use",\
			"id":"§","name":"§","input":{"§":"§"}},{"type":"server_§","§":"§"}],"stop_reason":"§","stop_sequence":"§",\
			"usage":{"input_tokens":9,"output_tokens":2,"service_tier":"§","§":{"§":"§"}},"§":"§"}""";

	private static final String MESSAGE_EVENTS = """
			event: message_start
			data: {"type":"message_start","message":{"id":"§","type":"message","role":"assistant","model":"§",\
			"content":[],"usage":{"input_tokens":9,"output_tokens":1,"service_tier":"§","§":"§"}},"§":"§"}

			event: §
			data: {"type":"§","§":"§"}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"§","name":"§","input":{}}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"§\\":1}"}}

			event: content_block_stop
			data: {"type":"content_block_stop","index":0}

			event: message_delta
			data: {"type":"message_delta","delta":{"stop_reason":"§","stop_sequence":"§"},"usage":{"output_tokens":2,"§":"§"}}

			event: message_stop
			data: {"type":"message_stop"}

			""";

	private static final String ERROR = """
			{"type":"error","error":{"message":"Wrong key §","type":"§","code":"§","param":"§","metadata":{"§":["§"]},\
			"innererror":{"code":"§"}},"request_id":"§","§":"§"}""";

	private static final String[] HEADERS = { "x-request-id: §", "request-id: §", "apim-request-id: §", "x-note: §",
			"retry-after: §", "x-ratelimit-limit-requests: §", "x-ratelimit-reset-requests: §", "openai-model: §" };

	private final RawServer server = new RawServer();

	private final ObservedTexts observed = new ObservedTexts();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void noSinkHoldsIt(Source source, CapturedOutput output) throws IOException {
		Map<String, String> sinks = new LinkedHashMap<>();
		try (this.server) {
			source.apply(runner(), this.server).run((context) -> {
				assertThat(context).hasNotFailed();
				StringBuilder failures = new StringBuilder();
				for (String form : FORMS) {
					failures.append(call(context.getBean(Model.class), source, form));
				}
				assertThat(failures).contains("***");
				sinks.put("failures", failures.toString());
				sinks.putAll(sinksOf(context));
			});
			assertThat(this.server.requests()).isNotEmpty()
				.allMatch((request) -> (request.target() + request.headers()).contains(SECRET));
		}
		sinks.put("observations", this.observed.toString());
		sinks.put("trace", content("trace"));
		sinks.put("recordings", content("recordings"));
		sinks.put("output", output.toString());
		sinks.forEach((sink, text) -> assertThat(text).as(sink)
			.isNotEmpty()
			.doesNotContainIgnoringCase(BEGINNING.substring(3))
			.doesNotContainIgnoringCase(ENDING.substring(0, 17)));
		assertThat(sinks.get("trace")).contains("***", "Where is ***?");
		assertThat(sinks.get("observations")).contains("***", "http.url");
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class,
					RouteKitCostAutoConfiguration.class, RouteKitEndpointAutoConfiguration.class,
					RouteKitHealthAutoConfiguration.class, RouteKitObservationAutoConfiguration.class,
					RouteKitRecordingAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class,
					RouteKitTraceAutoConfiguration.class, ObservationAutoConfiguration.class,
					MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					PrometheusMetricsExportAutoConfiguration.class, WebClientAutoConfiguration.class,
					WebClientObservationAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*", "routekit.trace.enabled=true",
					"routekit.trace.include-content=true",
					"routekit.trace.directory=" + this.directory.resolve("trace"), "routekit.recording.mode=record",
					"routekit.recording.directory=" + this.directory.resolve("recordings"),
					"routekit.observations.include-content=true", "routekit.observations.tags=feature",
					"routekit.provider.model=m", "routekit.provider.retry.max-retries=0")
			.withBean(ObservationHandler.class, () -> this.observed);
	}

	private String call(Model model, Source source, String form) {
		boolean anthropic = source.name().startsWith("ANTHROPIC");
		String[] headers = Arrays.stream(HEADERS).map((header) -> header.replace("§", form)).toArray(String[]::new);
		String error = ERROR.replace("§", form);
		this.server.reply(Script.json(200, (anthropic ? MESSAGE : COMPLETION).replace("§", form), headers))
			.reply(Script.events((anthropic ? MESSAGE_EVENTS : COMPLETION_EVENTS).replace("§", form), Chunking.WHOLE,
					headers))
			.reply(Script.json(401, error, headers))
			.reply(Script.json(429, error, headers))
			.reply(Script.body(502, "text/html", "<h1>" + form + "</h1>", headers))
			.reply(Script.json(200, "{\"" + form + "\": [" + form, headers))
			.reply(Script.events("event: error\ndata: " + error + "\n\n", Chunking.WHOLE, headers))
			.reply(Script.events("data: {\"" + form + "\":\n\n", Chunking.WHOLE, headers));
		ChatRequest named = ChatRequest.builder()
			.messages(Message.user("Where is " + form + "?"))
			.options((options) -> options.model(form))
			.tag("feature", form)
			.build();
		StringBuilder failures = new StringBuilder();
		ChatRequest request = named;
		if (source.isDeployment()) {
			failures.append(outcome(model.chat(named))).append(outcome(model.stream(named)));
			assertThat(failures).contains("The model '***' cannot be chosen by the request");
			request = named.withOptions(ChatOptions.empty());
		}
		for (int i = 0; i < 8; i++) {
			boolean stream = i == 1 || i > 5;
			failures.append(outcome(stream ? model.stream(request) : model.chat(request)));
		}
		return failures.toString();
	}

	private static String outcome(Publisher<?> call) {
		try {
			Flux.from(call).blockLast(LIMIT);
			return "";
		}
		catch (ModelException ex) {
			return Throwables.getStackTrace(ex) + ex.getDetails() + ex.getRequestId() + ex.getModel() + "\n";
		}
	}

	private static Map<String, String> sinksOf(ApplicationContext context) {
		RouteKitEndpoint endpoint = context.getBean(RouteKitEndpoint.class);
		JsonMapper mapper = new JsonMapper();
		return Map.of("meters", context.getBean(PrometheusMeterRegistry.class).scrape(), "endpoint",
				mapper.writeValueAsString(ReflectionTestUtils.<Object>invokeMethod(endpoint, "routekit")), "health",
				context.getBean(RouteKitHealthIndicator.class).health().toString());
	}

	private String content(String name) throws IOException {
		StringBuilder content = new StringBuilder();
		try (Stream<Path> files = Files.walk(this.directory.resolve(name))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				content.append(file.getFileName()).append(Files.readString(file));
			}
		}
		return content.toString();
	}

	/**
	 * Where the secret comes from, and which provider sends it.
	 */
	enum Source {

		OPENAI_KEY("openai", "api-key=" + SECRET),

		OPENAI_TENANT("openai", "api-key=other-0123456789"),

		OPENAI_HEADER("openai", "headers.X-Gateway-Auth=" + SECRET),

		OPENAI_QUERY("openai", ""),

		ANTHROPIC_KEY("anthropic", "api-key=" + SECRET),

		ANTHROPIC_TOKEN("anthropic", "anthropic.auth-token=" + SECRET),

		ANTHROPIC_TENANT("anthropic", "api-key=other-0123456789"),

		AZURE_KEY("azure-openai", "api-key=" + SECRET),

		AZURE_TENANT("azure-openai", "api-key=other-0123456789"),

		AZURE_TOKEN("azure-openai", ""),

		AZURE_V1("azure-openai", "api-key=" + SECRET);

		private final String type;

		private final String property;

		Source(String type, String property) {
			this.type = type;
			this.property = property;
		}

		// Whose model no request can choose
		boolean isDeployment() {
			return this.type.equals("azure-openai") && this != AZURE_V1;
		}

		private String path() {
			return name().endsWith("QUERY") ? "/v1?key=" + SECRET : (this == AZURE_V1) ? "/openai/v1" : "";
		}

		ApplicationContextRunner apply(ApplicationContextRunner runner, RawServer server) {
			ApplicationContextRunner configured = runner.withPropertyValues("routekit.provider.type=" + this.type,
					"routekit.provider.base-url=" + server.url(path()));
			if (!this.property.isEmpty()) {
				configured = configured.withPropertyValues("routekit.provider." + this.property);
			}
			if (name().endsWith("TENANT")) {
				configured = configured.withBean(ApiKeySupplier.class, () -> (model, request) -> Mono.just(SECRET));
			}
			return (this == AZURE_TOKEN) ? configured.withBean(AzureTokenSupplier.class, () -> () -> Mono.just(SECRET))
					: configured;
		}

	}

}
