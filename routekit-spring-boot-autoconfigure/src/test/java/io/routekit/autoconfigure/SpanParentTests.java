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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentResponse;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.WireProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the place of a call in the trace of the request that made it, from a server's
 * controller to the provider.
 */
@ParameterizedClass
@MethodSource("applications")
class SpanParentTests {

	private static final String CALL_STREAM = """
			data: {"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"call_1",\
			"type":"function","function":{"name":"find","arguments":"{}"}}]}}]}

			data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

			data: [DONE]

			""";

	private static InMemorySpanExporter spans;

	private static RawServer provider;

	private static Application application;

	private static ConfigurableApplicationContext context;

	SpanParentTests(Application application) {
	}

	static Stream<Application> applications() {
		return Stream.of(Application.values()).filter((application) -> application.minimumJava <= javaVersion());
	}

	private static int javaVersion() {
		return Runtime.version().feature();
	}

	@BeforeParameterizedClassInvocation
	static void start(Application started) {
		application = started;
		spans = InMemorySpanExporter.create();
		provider = new RawServer();
		context = new SpringApplicationBuilder(TestApplication.class).web(started.type)
			.properties("server.port=0", "spring.main.banner-mode=off", "management.tracing.sampling.probability=1.0",
					"spring.task.execution.propagate-context=true", "management.tracing.baggage.remote-fields=tenant",
					"routekit.provider.type=openai", "routekit.provider.model=gpt-5-mini",
					"routekit.provider.api-key=k", "routekit.provider.base-url=" + provider.url())
			.properties(started.properties)
			.run();
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		context.close();
		provider.close();
		// The property of an application sets it for the whole machine
		Hooks.disableAutomaticContextPropagation();
	}

	@AfterEach
	void forgetSpans() {
		spans.reset();
	}

	static List<String> paths() {
		return application.paths;
	}

	@ParameterizedTest
	@MethodSource("paths")
	void callIsPartOfTheTraceOfItsRequest(String path) throws Exception {
		provider.reply(
				path.equals("/flux") ? Script.events(content("stream.txt")) : Script.json(200, content("answer.json")));

		assertThat(get(path)).contains("59.9°");

		SpanData request = span(SpanKind.SERVER, "http get " + path);
		SpanData call = span(SpanKind.CLIENT, "chat gpt-5-mini");
		SpanData exchange = span(SpanKind.CLIENT, "http post");
		assertThat(call.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(exchange.getParentSpanId()).isEqualTo(call.getSpanId());
		assertThat(provider.request().header("traceparent"))
			.startsWith("00-" + request.getTraceId() + "-" + exchange.getSpanId() + "-");
		assertThat(provider.request().headers()).as("what the application tells its own services")
			.doesNotContainKeys("baggage", "tenant");
		assertThat(spans.getFinishedSpanItems()).hasSize(3);
	}

	@ParameterizedTest
	@MethodSource("paths")
	void runIsPartOfTheTraceOfItsRequest(String path) throws Exception {
		if (path.equals("/flux")) {
			provider.reply(Script.events(CALL_STREAM)).reply(Script.events(content("stream.txt")));
		}
		else {
			provider.reply(Script.json(200, WireProvider.OPENAI.answer("", ToolCall.of("call_1", "find", "{}"))))
				.reply(Script.json(200, content("answer.json")));
		}

		assertThat(get("/agent" + path)).contains("59.9°");

		SpanData request = span(SpanKind.SERVER, "http get /agent" + path);
		SpanData run = span(SpanKind.INTERNAL, "invoke_agent desk");
		SpanData tool = span(SpanKind.INTERNAL, "execute_tool find");
		assertThat(run.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(tool.getParentSpanId()).isEqualTo(run.getSpanId());
		assertThat(span(SpanKind.INTERNAL, "in the tool").getParentSpanId()).isEqualTo(tool.getSpanId());
		List<SpanData> calls = spans("chat gpt-5-mini");
		assertThat(calls).hasSize(2)
			.allSatisfy((call) -> assertThat(call.getParentSpanId()).isEqualTo(run.getSpanId()));
		assertThat(spans("http post")).extracting(SpanData::getParentSpanId)
			.containsExactlyInAnyOrderElementsOf(calls.stream().map(SpanData::getSpanId).toList());
		assertThat(spans.getFinishedSpanItems()).hasSize(8)
			.allSatisfy((span) -> assertThat(span.getTraceId()).isEqualTo(request.getTraceId()));
	}

	private static List<SpanData> spans(String name) {
		return spans.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	private static String get(String path) throws Exception {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("baggage", "tenant=acme")
			.header("tenant", "acme")
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	// The span of a request ends after its answer
	private static SpanData span(SpanKind kind, String name) {
		return Awaitility.await()
			.atMost(LIMIT)
			.until(() -> spans.getFinishedSpanItems()
				.stream()
				.filter((span) -> span.getKind() == kind && span.getName().equals(name))
				.findFirst()
				.orElse(null), (span) -> span != null);
	}

	private static String content(String name) throws Exception {
		return new ClassPathResource("exposition/openai/" + name, SpanParentTests.class)
			.getContentAsString(StandardCharsets.UTF_8);
	}

	/**
	 * A kind of application, and the paths by which it calls the model.
	 */
	enum Application {

		WEBFLUX(WebApplicationType.REACTIVE, 17, List.of("/mono", "/flux")),

		WEBMVC(WebApplicationType.SERVLET, 17, List.of("/block", "/mono", "/flux", "/executor")),

		WEBMVC_ON_VIRTUAL_THREADS(WebApplicationType.SERVLET, 21, List.of("/block", "/mono", "/flux", "/executor"),
				"spring.threads.virtual.enabled=true"),

		WEBMVC_WITH_AUTOMATIC_CONTEXT_PROPAGATION(WebApplicationType.SERVLET, 17,
				List.of("/block", "/mono", "/flux", "/executor", "/scheduler"),
				"spring.reactor.context-propagation=auto");

		private final WebApplicationType type;

		private final int minimumJava;

		private final List<String> paths;

		private final String[] properties;

		Application(WebApplicationType type, int minimumJava, List<String> paths, String... properties) {
			this.type = type;
			this.minimumJava = minimumJava;
			this.paths = paths;
			this.properties = properties;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(TestController.class)
	static class TestApplication {

		@Bean
		SpanProcessor spanProcessor() {
			return SimpleSpanProcessor.create(spans);
		}

	}

	@RestController
	static class TestController {

		private final Model model;

		private final Agent agent;

		private final AsyncTaskExecutor executor;

		TestController(Model model, AgentBuilder agent, ObservationRegistry observations, AsyncTaskExecutor executor) {
			this.model = model;
			this.agent = agent.name("desk")
				.tool("find", "Finds", Nothing.class,
						(nothing) -> Observation.createNotStarted("in the tool", observations).observe(() -> "found"))
				.build();
			this.executor = executor;
		}

		@GetMapping("/block")
		String block() {
			return chat().block(LIMIT);
		}

		@GetMapping("/mono")
		Mono<String> mono() {
			return chat();
		}

		@GetMapping(path = "/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> flux() {
			return this.model.stream("Where is Oslo?").transform(StreamEvent::text);
		}

		@GetMapping("/executor")
		CompletableFuture<String> executor() {
			return this.executor.submitCompletable(() -> chat().block(LIMIT));
		}

		@GetMapping("/scheduler")
		String scheduler() {
			return chat().subscribeOn(Schedulers.boundedElastic()).block(LIMIT);
		}

		@GetMapping("/agent/block")
		String runAndBlock() {
			return run().block(LIMIT);
		}

		@GetMapping("/agent/mono")
		Mono<String> runMono() {
			return run();
		}

		@GetMapping(path = "/agent/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> runFlux() {
			return this.agent.stream("Where is Oslo?")
				.ofType(AgentEvent.ModelEvent.class)
				.map(AgentEvent.ModelEvent::event)
				.transform(StreamEvent::text);
		}

		@GetMapping("/agent/executor")
		CompletableFuture<String> runOnExecutor() {
			return this.executor.submitCompletable(() -> run().block(LIMIT));
		}

		@GetMapping("/agent/scheduler")
		String runOnScheduler() {
			return run().subscribeOn(Schedulers.boundedElastic()).block(LIMIT);
		}

		private Mono<String> run() {
			return this.agent.run("Where is Oslo?").map(AgentResponse::content);
		}

		private Mono<String> chat() {
			return this.model.chat("Where is Oslo?").map(ModelResponse::content);
		}

		record Nothing() {

		}

	}

}
