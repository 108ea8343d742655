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

package io.routekit.sample;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.MountableFile;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests the sample end to end: its HTTP API in front, a model server in a container
 * behind, and each provider between them.
 */
@Testcontainers(disabledWithoutDocker = true)
@ParameterizedClass
@EnumSource
class ModelServerIntegrationTests {

	private static final String ANSWER = "Hello from the model server. Grüße, 世界! "
			+ "This answer is long enough to arrive in several chunks.";

	private static final String TOOLS = """
			"tools": [{"name": "get_weather", "description": "Tells the weather", "parameters":
			{"type": "object", "properties": {"city": {"type": "string"}}}}]""";

	@Container
	private static final GenericContainer<?> modelServer = new GenericContainer<>(
			Optional.ofNullable(System.getenv("ROUTEKIT_MODEL_SERVER_IMAGE"))
				.orElse("ghcr.io/copilotkit/aimock:1.43.0"))
		.withCopyFileToContainer(MountableFile.forClasspathResource("model-server/fixtures.json"),
				"/conversation/fixtures.json")
		.withCommand("--host", "0.0.0.0", "--port", "4010", "--fixtures", "/conversation/fixtures.json")
		.withExposedPorts(4010)
		.waitingFor(Wait.forHttp("/health"));

	private static ConfigurableApplicationContext application;

	private static WebTestClient client;

	@Parameter
	private Provider provider;

	@BeforeParameterizedClassInvocation
	static void startApplication(Provider provider) {
		application = SpringApplication.run(SampleApplication.class,
				provider.arguments("http://%s:%d".formatted(modelServer.getHost(), modelServer.getMappedPort(4010))));
		Integer port = ((WebServerApplicationContext) application).getWebServer().getPort();
		client = WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + port)
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	@AfterParameterizedClassInvocation
	static void stopApplication() {
		application.close();
	}

	@Test
	void answers() {
		JsonNode answer = chat("{\"message\": \"Hello\"}");
		assertThat(answer.path("content").stringValue()).isEqualTo(ANSWER);
		assertThat(answer.path("finishReason").stringValue()).isEqualTo("STOP");
		assertThat(answer.path("provider").stringValue()).isEqualTo(this.provider.type);
		assertThat(answer.path("model").stringValue()).isEqualTo(this.provider.model);
		assertThat(answer.path("requestId").stringValue()).startsWith("req-");
		assertUsage(answer);
	}

	@Test
	void streams() {
		List<ServerSentEvent<String>> events = stream("{\"message\": \"Hello\"}").collectList()
			.block(Duration.ofSeconds(20));
		List<String> names = events.stream().map(ServerSentEvent::event).toList();
		assertThat(names.subList(0, names.size() - 1)).hasSizeGreaterThan(3).containsOnly("text");
		assertThat(names).last().isEqualTo("completed");
		String text = events.stream()
			.filter((event) -> "text".equals(event.event()))
			.map((event) -> json(event.data()).path("text").stringValue())
			.reduce("", String::concat);
		assertThat(text).isEqualTo(ANSWER);
		JsonNode completed = json(events.get(events.size() - 1).data());
		assertThat(completed.path("content").stringValue()).isEqualTo(ANSWER);
		assertUsage(completed);
	}

	@Test
	void callsAToolAndGoesOnWithItsResult() {
		JsonNode answer = chat("{\"message\": \"How is the weather?\", " + TOOLS + "}");
		assertThat(answer.path("finishReason").stringValue()).isEqualTo("TOOL_CALLS");
		assertThat(answer.at("/toolCalls/0/name").stringValue()).isEqualTo("get_weather");
		assertThat(answer.at("/toolCalls/0/arguments/city").stringValue()).isEqualTo("Oslo");
		assertThat(answer.at("/toolCalls/0/complete").booleanValue()).isTrue();
		String id = answer.at("/toolCalls/0/id").stringValue();
		JsonNode next = chat("""
				{"messages": [{"role": "user", "content": "How is the weather?"},
				{"role": "assistant", "content": "", "toolCalls": [{"id": "%s", "name": "get_weather",
				"arguments": {"city": "Oslo"}}]}, {"role": "tool", "toolCallId": "%s", "content": "4 °C"}], %s}"""
			.formatted(id, id, TOOLS));
		assertThat(next.path("content").stringValue()).isEqualTo("It is 4 °C in Oslo.");
		assertThat(next.path("finishReason").stringValue()).isEqualTo("STOP");
	}

	@Test
	void streamsAToolCall() {
		List<ServerSentEvent<String>> events = stream("{\"message\": \"How is the weather?\", " + TOOLS + "}")
			.collectList()
			.block(Duration.ofSeconds(20));
		assertThat(events).extracting(ServerSentEvent::event).containsExactly("tool-call", "completed");
		assertThat(json(events.get(0).data()).at("/arguments/city").stringValue()).isEqualTo("Oslo");
	}

	@Test
	void runsTheDesk() {
		JsonNode answer = answer("/api/agent", "{\"message\": \"Where is order 3?\"}");
		assertThat(answer.path("content").stringValue()).isEqualTo("The lamp is on its way.");
		assertThat(answer.path("rounds").intValue()).isEqualTo(2);
		assertThat(answer.at("/steps/0/tool").stringValue()).isEqualTo("find_order");
	}

	@Test
	void asksForApprovalAndGoesOn() {
		JsonNode asked = answer("/api/agent", "{\"message\": \"Cancel order 6\"}");
		assertThat(asked.path("stop").stringValue()).isEqualTo("APPROVAL");
		JsonNode answer = answer("/api/agent", """
				{"messages": %s, "decisions": [{"id": "%s", "approved": false, "reason": "It is packed"}]}"""
			.formatted(asked.path("messages"), asked.at("/pending/0/id").stringValue()));
		assertThat(answer.path("content").stringValue()).isEqualTo("Then it stays.");
	}

	@Test
	void explainsARateLimit() {
		JsonNode problem = problem("rate limited", HttpStatus.TOO_MANY_REQUESTS);
		assertThat(problem.path("kind").stringValue()).isEqualTo("RATE_LIMIT");
		assertThat(problem.path("upstreamStatus").intValue()).isEqualTo(429);
		assertThat(problem.path("detail").stringValue()).contains("Rate limit reached");
	}

	@Test
	void explainsAnOverload() {
		JsonNode problem = problem("overloaded", HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(problem.path("kind").stringValue()).isEqualTo("OVERLOADED");
		assertThat(problem.path("upstreamStatus").intValue()).isEqualTo(503);
	}

	@Test
	void explainsAFailureOfAStream() {
		List<ServerSentEvent<String>> events = stream("{\"message\": \"overloaded\"}").collectList()
			.block(Duration.ofSeconds(20));
		assertThat(events).extracting(ServerSentEvent::event).containsExactly("error");
		assertThat(json(events.get(0).data()).path("kind").stringValue()).isEqualTo("OVERLOADED");
	}

	@Test
	void metersEveryCall() {
		double calls = meter("gen_ai_client_operation_duration_seconds_count", "routekit_outcome=\"success\"");
		double failures = meter("gen_ai_client_operation_duration_seconds_count", "error_type=\"rate_limit\"");
		double chunks = meter("gen_ai_client_operation_time_to_first_chunk_seconds_count", "");
		double input = meter("gen_ai_client_token_usage_tokens_sum", "gen_ai_token_type=\"input\"");
		double cost = meter("routekit_cost_USD_total", "");
		chat("{\"message\": \"Hello\"}");
		stream("{\"message\": \"Hello\"}").blockLast(Duration.ofSeconds(20));
		problem("rate limited", HttpStatus.TOO_MANY_REQUESTS);
		assertThat(meter("gen_ai_client_operation_duration_seconds_count", "routekit_outcome=\"success\""))
			.isEqualTo(calls + 2);
		assertThat(meter("gen_ai_client_operation_duration_seconds_count", "error_type=\"rate_limit\""))
			.isEqualTo(failures + 1);
		assertThat(meter("gen_ai_client_operation_time_to_first_chunk_seconds_count", "")).isEqualTo(chunks + 1);
		assertThat(meter("gen_ai_client_token_usage_tokens_sum", "gen_ai_token_type=\"input\""))
			.isEqualTo(input + 2000);
		assertThat(meter("routekit_cost_USD_total", "") - cost).isCloseTo(2 * Double.parseDouble(this.provider.cost),
				within(1e-9));
	}

	private void assertUsage(JsonNode answer) {
		assertThat(answer.at("/usage/promptTokens").longValue()).isEqualTo(1000);
		assertThat(answer.at("/usage/completionTokens").longValue()).isEqualTo(200);
		assertThat(answer.at("/usage/totalTokens").longValue()).isEqualTo(1200);
		assertThat(answer.at("/usage/cost/amount").stringValue()).isEqualTo(this.provider.cost);
		assertThat(answer.at("/usage/cost/currency").stringValue()).isEqualTo("USD");
		assertThat(answer.at("/usage/cost/source").stringValue()).isEqualTo("catalogue");
	}

	private JsonNode chat(String body) {
		return answer("/api/chat", body);
	}

	private static JsonNode answer(String uri, String body) {
		return json(client.post()
			.uri(uri)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	private Flux<ServerSentEvent<String>> stream(String body) {
		return client.post()
			.uri("/api/chat/stream")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.getResponseBody();
	}

	private JsonNode problem(String message, HttpStatus status) {
		JsonNode problem = json(client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"message\": \"" + message + "\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
		assertThat(problem.path("provider").stringValue()).isEqualTo(this.provider.type);
		assertThat(problem.path("status").intValue()).isEqualTo(status.value());
		return problem;
	}

	private double meter(String name, String tag) {
		String meters = client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return meters.lines()
			.filter((line) -> line.startsWith(name + "{") && line.contains(tag))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

	private static JsonNode json(String text) {
		return new JsonMapper().readTree(text);
	}

	/**
	 * The ways to the model server.
	 */
	enum Provider {

		OPENAI("openai", "gpt-5-mini", "0.00065", "/v1", "model=gpt-5-mini"),

		RESPONSES("openai", "gpt-5-mini", "0.00065", "/v1", "model=gpt-5-mini", "openai.api=responses"),

		AZURE_DEPLOYMENTS("azure-openai", "gpt-5-mini", "0.00065", "", "model=gpt-5-mini",
				"azure.deployment=gpt-5-mini"),

		AZURE_V1("azure-openai", "gpt-5-mini", "0.00065", "", "azure.deployment=gpt-5-mini", "azure.api-style=v1"),

		ANTHROPIC("anthropic", "claude-sonnet-5-5", "0.004", "", "model=claude-sonnet-5-5");

		private final String type;

		private final String model;

		private final String cost;

		private final String path;

		private final String[] settings;

		Provider(String type, String model, String cost, String path, String... settings) {
			this.type = type;
			this.model = model;
			this.cost = cost;
			this.path = path;
			this.settings = settings;
		}

		String[] arguments(String server) {
			return Stream.concat(
					Stream.of("--server.port=0", "--routekit.provider.type=" + this.type,
							"--routekit.provider.base-url=" + server + this.path,
							"--routekit.provider.api-key=test-key", "--routekit.provider.price-provider=" + this.type),
					Stream.of(this.settings).map((setting) -> "--routekit.provider." + setting))
				.toArray(String[]::new);
		}

	}

}
