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

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.MountableFile;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a real Prometheus gets of the running sample, and that the queries of the
 * documentation, the dashboard and the alerts find it.
 */
@Testcontainers(disabledWithoutDocker = true)
class PrometheusIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Path DOCS = Path.of("..", "docs");

	@Container
	private static final GenericContainer<?> modelServer = new GenericContainer<>(
			Optional.ofNullable(System.getenv("ROUTEKIT_MODEL_SERVER_IMAGE"))
				.orElse("ghcr.io/copilotkit/aimock:1.43.0"))
		.withCopyFileToContainer(MountableFile.forClasspathResource("model-server/fixtures.json"),
				"/conversation/fixtures.json")
		.withCommand("--host", "0.0.0.0", "--port", "4010", "--fixtures", "/conversation/fixtures.json", "--latency",
				"20")
		.withExposedPorts(4010)
		.waitingFor(Wait.forHttp("/health"));

	private static ConfigurableApplicationContext application;

	private static GenericContainer<?> prometheus;

	private static WebTestClient client;

	private static WebClient queries;

	/**
	 * The time that queries are asked for, so that the calls don't get too old for them.
	 */
	private static Instant time;

	@BeforeAll
	static void startAndCall() {
		application = SpringApplication.run(SampleApplication.class, "--server.port=0", "--server.address=0.0.0.0",
				"--routekit.provider.type=openai", "--routekit.provider.price-provider=openai",
				"--routekit.provider.model=gpt-5-mini", "--routekit.provider.base-url=http://%s:%d/v1"
					.formatted(modelServer.getHost(), modelServer.getMappedPort(4010)));
		Integer port = ((WebServerApplicationContext) application).getWebServer().getPort();
		client = WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + port)
			.responseTimeout(Duration.ofSeconds(20))
			.build();
		// The counters of the first calls are born with a value, those of the second grow
		chat("Hello", "acme-7b").isOk();
		call();
		prometheus = startPrometheus(port);
		queries = WebClient.create("http://%s:%d".formatted(prometheus.getHost(), prometheus.getMappedPort(9090)));
		awaitCalls("8");
		call();
		awaitCalls("15");
	}

	private static GenericContainer<?> startPrometheus(int port) {
		String configuration = """
				global: {scrape_interval: 1s, evaluation_interval: 1s}
				rule_files: [/etc/prometheus/routekit.rules.yml]
				scrape_configs:
				  - job_name: sample
				    metrics_path: /actuator/prometheus
				    static_configs: [{targets: ['host.docker.internal:%d']}]
				""".formatted(port);
		GenericContainer<?> container = new GenericContainer<>(
				Optional.ofNullable(System.getenv("ROUTEKIT_PROMETHEUS_IMAGE")).orElse("prom/prometheus:v3.5.0"))
			.withCopyToContainer(Transferable.of(configuration), "/etc/prometheus/prometheus.yml")
			.withCopyToContainer(MountableFile.forHostPath(DOCS.resolve("prometheus/routekit.rules.yml")),
					"/etc/prometheus/routekit.rules.yml")
			.withExtraHost("host.docker.internal", "host-gateway")
			.withExposedPorts(9090)
			.waitingFor(Wait.forHttp("/-/ready"));
		container.start();
		return container;
	}

	@AfterAll
	static void stop() {
		if (prometheus != null) {
			prometheus.stop();
		}
		if (application != null) {
			application.close();
		}
	}

	/**
	 * Make seven calls: five answers of 1,000 tokens in and 200 out, one that fails, and
	 * one that nobody waits for.
	 */
	private static void call() {
		for (int i = 0; i < 3; i++) {
			chat("Hello", "gpt-5-mini").isOk();
		}
		for (int i = 0; i < 2; i++) {
			stream("gpt-5-nano").returnResult(String.class).getResponseBody().blockLast(LIMIT);
		}
		chat("rate limited", "gpt-5-mini").is4xxClientError();
		stream("gpt-5-mini").returnResult(String.class).getResponseBody().blockFirst(LIMIT);
	}

	private static StatusAssertions chat(String message, String model) {
		return client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("message", message, "options", Map.of("model", model)))
			.exchange()
			.expectStatus();
	}

	private static WebTestClient.ResponseSpec stream(String model) {
		return client.post()
			.uri("/api/chat/stream")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("message", "Hello", "options", Map.of("model", model)))
			.exchange();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
	}

	private static void awaitCalls(String count) {
		await(() -> {
			time = Instant.now();
			assertThat(sum("sum(gen_ai_client_operation_duration_seconds_count)")).isEqualByComparingTo(count);
		});
	}

	private static JsonNode query(String query) {
		String answer = queries.post()
			.uri("/api/v1/query")
			.body(BodyInserters.fromFormData("query", query).with("time", time.toString()))
			.retrieve()
			.onStatus((status) -> true, (response) -> Mono.empty())
			.bodyToMono(String.class)
			.block(LIMIT);
		JsonNode json = JsonMapper.shared().readTree(answer);
		assertThat(json.path("status").asString()).as(answer).isEqualTo("success");
		return json.at("/data/result");
	}

	private static BigDecimal sum(String query) {
		JsonNode result = query(query);
		return result.isEmpty() ? BigDecimal.ZERO : value(result.get(0));
	}

	// A double has no more than 15 digits that count
	private static BigDecimal value(JsonNode sample) {
		return new BigDecimal(sample.at("/value/1").asString()).setScale(12, RoundingMode.HALF_UP).stripTrailingZeros();
	}

	private static Map<String, BigDecimal> byModel(String query) {
		Map<String, BigDecimal> values = new TreeMap<>();
		query(query)
			.forEach((sample) -> values.put(sample.at("/metric/gen_ai_response_model").asString(), value(sample)));
		return values;
	}

	@Test
	void tellsTheSpendOfTheLastFiveMinutesByModel() throws IOException {
		// 6 × (1,000 × 0.25 + 200 × 2) / 1,000,000 and 4 × (1,000 × 0.05 + 200 × 0.4) /
		// 1,000,000
		assertThat(byModel(queriesOfTheDocumentation().get(0))).containsOnlyKeys("gpt-5-mini", "gpt-5-nano")
			.hasEntrySatisfying("gpt-5-mini", (cost) -> assertThat(cost).isEqualByComparingTo("0.0039"))
			.hasEntrySatisfying("gpt-5-nano", (cost) -> assertThat(cost).isEqualByComparingTo("0.00052"));
	}

	static List<String> queriesOfTheDocumentation() throws IOException {
		return Pattern.compile("(?s)```promql\n(.+?)```")
			.matcher(Files.readString(DOCS.resolve("dashboards.md")))
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("queriesOfTheDocumentation")
	void answersTheQueriesOfTheDocumentation(String query) {
		assertHasNumbers(query);
	}

	static List<String> queriesOfTheDashboard() throws IOException {
		List<String> expressions = new ArrayList<>();
		dashboard().path("panels")
			.forEach((panel) -> panel.path("targets")
				.forEach((target) -> expressions.add(target.path("expr").stringValue())));
		return expressions;
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana/routekit.json")));
	}

	@ParameterizedTest
	@MethodSource("queriesOfTheDashboard")
	void answersTheQueriesOfTheDashboard(String expression) {
		String query = expression.replace("$provider", "openai")
			.replace("$model", ".*")
			.replace("$__rate_interval", "5m")
			.replace("$__range", "5m");
		assertThat(query).doesNotContain("$");
		assertHasNumbers(query);
	}

	@Test
	void knowsWhatNobodyWaitedForAndWhatCameFromACache() throws IOException {
		// OpenAI tells the tokens last, so that those of cancelled calls are not known
		assertThat(sum(queriesOfTheDocumentation().get(2))).isZero();
		assertThat(sum(queriesOfTheDocumentation().get(3))).isZero();
	}

	private static void assertHasNumbers(String query) {
		JsonNode result = query(query);
		assertThat(result).as(query).isNotEmpty();
		assertThat(result).as(query)
			.allSatisfy((sample) -> assertThat(sample.at("/value/1").asString()).isNotIn("NaN", "+Inf", "-Inf"));
	}

	@Test
	void dashboardTellsTheSpendAndTheCallsExactly() throws IOException {
		assertThat(panel("Spend")).isEqualByComparingTo("0.00442");
		assertThat(panel("Calls")).isEqualByComparingTo("15");
		// That of the unknown model, and two streams that were given up
		assertThat(panel("Unpriced calls")).isEqualByComparingTo("3");
		assertThat(panel("Tokens")).isEqualByComparingTo("13200");
	}

	private static BigDecimal panel(String title) throws IOException {
		for (JsonNode panel : dashboard().path("panels")) {
			if (panel.path("title").stringValue().equals(title)) {
				return sum(panel.at("/targets/0/expr")
					.stringValue()
					.replace("$provider", ".*")
					.replace("$model", ".*")
					.replace("$__range", "5m"));
			}
		}
		throw new AssertionError("No panel is called " + title);
	}

	@Test
	void dashboardChoosesAmongProvidersAndModels() throws IOException {
		for (JsonNode variable : dashboard().at("/templating/list")) {
			if (variable.path("type").stringValue().equals("query")) {
				MatchResult label = Pattern.compile("label_values\\((\\w+), (\\w+)\\)")
					.matcher(variable.path("definition").stringValue())
					.results()
					.findFirst()
					.orElseThrow();
				assertThat(query("count by (%s) (%s)".formatted(label.group(2), label.group(1)))).isNotEmpty();
			}
		}
	}

	@Test
	void loadsTheAlertsAndRaisesThatOfUnpricedCalls() {
		await(() -> {
			JsonNode rules = JsonMapper.shared()
				.readTree(queries.get().uri("/api/v1/rules").retrieve().bodyToMono(String.class).block(LIMIT))
				.at("/data/groups/0/rules");
			assertThat(rules).hasSize(4)
				.allSatisfy((rule) -> assertThat(rule.path("health").asString()).isEqualTo("ok"));
			assertThat(rules).filteredOn((rule) -> rule.path("name").asString().equals("RouteKitUnpricedCalls"))
				.first()
				.satisfies((rule) -> assertThat(rule.path("state").asString()).isEqualTo("firing"))
				.satisfies((rule) -> assertThat(rule.at("/alerts/0/annotations/summary").asString())
					.isEqualTo("There is no price for acme-7b of openai"));
		});
	}

}
