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
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.TokenClass;
import io.routekit.Tool;
import io.routekit.Usage;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentEvent;
import io.routekit.agent.AgentFilter;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.AgentTool;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.observation.CallLedger;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.trace.TraceWriter;
import io.routekit.trace.analysis.TraceAnalysis;
import io.routekit.trace.analysis.TraceQuery;
import io.routekit.trace.analysis.TraceReport;
import io.routekit.trace.analysis.TraceTotals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the run of an agent comes to: the response, the meters, the trace and
 * its analysis agree.
 */
class AgentTelemetryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final JsonMapper mapper = new JsonMapper();

	// Its sum is that of floating-point numbers
	private static final MathContext AS_EXACT_AS_A_COUNTER = new MathContext(15);

	@TempDir
	private Path directory;

	private final FakeModel fake = FakeModel.builder().name("m").build();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
				RouteKitTraceAutoConfiguration.class, RouteKitObservationAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("routekit.trace.enabled=true", "routekit.cost.catalogue[0].provider=fake",
				"routekit.cost.catalogue[0].id=m", "routekit.cost.catalogue[0].prices[0].input=0.37",
				"routekit.cost.catalogue[0].prices[0].output=1.930001")
		.withBean("own", Model.class, () -> this.fake);

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void sumOfTheRoundsIsThatOfMetersTraceAndAnalysisToTheLastDigit(boolean streaming) throws IOException {
		this.fake.respondWith(call(1).withUsage(Usage.of(1013, 17)), call(2).withUsage(Usage.of(2027, 31)),
				FakeResponse.text("Done").withUsage(Usage.of(4099, 7)));
		List<AgentResponse> responses = new ArrayList<>();
		List<BigDecimal> counted = new ArrayList<>();
		List<Double> tokens = new ArrayList<>();
		CallLedger ledger = new CallLedger();
		run(this.runner.withBean(CallLedger.class, () -> ledger), (context) -> {
			responses.add(run(context, streaming));
			counted.add(sum(context, "routekit.cost"));
			tokens.add(sum(context, "routekit.tokens").doubleValue());
		});
		AgentResponse response = responses.get(0);
		TraceTotals totals = analysis(TraceQuery.builder().by("run").run(response.run()).build()).groups()
			.get(response.run());

		Usage usage = response.usage();
		assertThat(usage.cost().amount()).isEqualByComparingTo(new BigDecimal("0.00274758005500"));
		assertThat(usage.tokens()).containsEntry(TokenClass.INPUT, 7139L).containsEntry(TokenClass.OUTPUT, 55L);
		assertThat(counted.get(0).round(AS_EXACT_AS_A_COUNTER)).isEqualByComparingTo(usage.cost().amount());
		assertThat(ledger.totals()).singleElement().satisfies((model) -> {
			assertThat(model.costs()).singleElement().extracting(Cost::amount).isEqualTo(usage.cost().amount());
			assertThat(model.tokens()).containsEntry("input", 7139L).containsEntry("output", 55L);
		});
		assertThat(tokens.get(0)).isEqualTo(7194);
		assertThat(totals.getCosts().get("USD")).isEqualByComparingTo(usage.cost().amount());
		assertThat(totals.getPromptTokens()).isEqualTo(usage.promptTokens());
		assertThat(totals.getCompletionTokens()).isEqualTo(usage.completionTokens());
		assertThat(totals.getUnpriced()).isZero();
		assertThat(totals.getCalls()).isEqualTo(3);
		assertThat(totals.getRuns()).isOne();
		assertThat(totals.getRounds()).isEqualTo(response.rounds()).isEqualTo(3);
		assertThat(totals.getTools()).isEqualTo(2);
		assertThat(totals.getToolErrors()).isOne();
		assertThat(totals.getRunTime()).isPositive();
		assertThat(lines("call").stream()
			.map((line) -> new BigDecimal(line.at("/cost/amount").asString()))
			.reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(usage.cost().amount());
	}

	private static BigDecimal sum(AssertableApplicationContext context, String meter) {
		return context.getBean(MeterRegistry.class)
			.get(meter)
			.counters()
			.stream()
			.map(Counter::count)
			.map(BigDecimal::valueOf)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	@Test
	void linesTellTheRunButNoContent() throws IOException {
		this.fake.respondWith(call(1), FakeResponse.text("Done"));
		List<AgentResponse> responses = new ArrayList<>();

		run((context) -> responses.add(run(context, true)));

		String run = responses.get(0).run();
		assertThat(lines("call")).hasSize(2).allSatisfy((line) -> {
			assertThat(line.path("run").asString()).isEqualTo(run);
			assertThat(line.path("agent").asString()).isEqualTo("desk");
		});
		assertThat(lines("call")).extracting((line) -> line.path("round").asInt()).containsExactly(1, 2);
		assertThat(lines("tool")).singleElement().satisfies((line) -> {
			assertThat(line.path("run").asString()).isEqualTo(run);
			assertThat(line.path("round").asInt()).isOne();
			assertThat(line.path("tool").asString()).isEqualTo("find");
			assertThat(line.path("id").asString()).isEqualTo(responses.get(0).steps().get(0).call().id());
			assertThat(line.path("outcome").asString()).isEqualTo("success");
			assertThat(line.path("version").asInt()).isOne();
		});
		assertThat(lines("run")).singleElement().satisfies((line) -> {
			assertThat(line.path("rounds").asInt()).isEqualTo(2);
			assertThat(line.path("toolCalls").asInt()).isOne();
			assertThat(line.path("stop").asString()).isEqualTo("DONE");
		});
		assertThat(text()).doesNotContain("found", "number", "arguments", "result");
	}

	@Test
	void contentIsWrittenIfAskedForAndRedacted() throws IOException {
		this.fake.respondWith(call(4711), FakeResponse.text("Done"));

		this.runner
			.withPropertyValues("routekit.trace.directory=" + this.directory, "routekit.trace.include-content=true")
			.withBean(ContentRedactor.class, () -> (content) -> content.replace("4711", "[card]"))
			.run((context) -> {
				run(context, false);
				context.getBean(TraceWriter.class).close();
			});

		assertThat(lines("tool")).singleElement().satisfies((line) -> {
			assertThat(line.path("arguments").asString()).isEqualTo("{\"number\":[card]}");
			assertThat(line.path("result").asString()).isEqualTo("found [card]");
			assertThat(line.path("cut").asBoolean()).isFalse();
		});
	}

	@Test
	void analysisGroupsByAgentAndByTool() throws IOException {
		this.fake.respondWith(call(1), call(2), FakeResponse.text("Done"), FakeResponse.text("Hello"));

		run((context) -> {
			run(context, false);
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
		});

		TraceReport byAgent = analysis(TraceQuery.builder().by("agent").build());
		assertThat(byAgent.groups()).containsOnlyKeys("desk", "none");
		assertThat(byAgent.groups().get("desk").getCalls()).isEqualTo(3);
		assertThat(byAgent.groups().get("none").getCalls()).isOne();
		TraceReport byTool = analysis(TraceQuery.builder().by("tool").build());
		assertThat(byTool.groups()).containsOnlyKeys("find");
		assertThat(byTool.groups().get("find").getTools()).isEqualTo(2);
		assertThat(byTool.asMap().toString()).contains("rounds=3", "toolErrors=1");
		TraceReport byModel = analysis(TraceQuery.DEFAULT);
		assertThat(byModel.groups()).containsOnlyKeys("m");
		assertThat(byModel.total().getRuns()).isOne();
	}

	private void run(ContextConsumer consumer) {
		run(this.runner, consumer);
	}

	private void run(ApplicationContextRunner runner, ContextConsumer consumer) {
		runner.withPropertyValues("routekit.trace.directory=" + this.directory).run((context) -> {
			consumer.accept(context);
			context.getBean(TraceWriter.class).close();
		});
	}

	private static FakeResponse call(int number) {
		return FakeResponse.toolCall("find", "{\"number\":%d}".formatted(number));
	}

	private static @Nullable AgentResponse run(AssertableApplicationContext context, boolean streaming) {
		Agent agent = Agent.builder(context.getBean(Model.class))
			.name("desk")
			.tools(new Find())
			.filters(context.getBeanProvider(AgentFilter.class).orderedStream().toList())
			.build();
		return streaming ? agent.stream("Where is it?")
			.ofType(AgentEvent.Completed.class)
			.map(AgentEvent.Completed::response)
			.blockLast(TIMEOUT) : agent.run("Where is it?").block(TIMEOUT);
	}

	private TraceReport analysis(TraceQuery query) throws IOException {
		return new TraceAnalysis(query).read(this.directory).report();
	}

	private List<JsonNode> lines(String type) throws IOException {
		return text().lines()
			.map(mapper::readTree)
			.filter((line) -> line.path("type").asString().equals(type))
			.toList();
	}

	private String text() throws IOException {
		StringBuilder text = new StringBuilder();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.sorted().toList()) {
				text.append(Files.readString(file));
			}
		}
		return text.toString();
	}

	/**
	 * Does something with an application.
	 */
	private interface ContextConsumer {

		void accept(AssertableApplicationContext context);

	}

	/**
	 * A tool that does not find the order 2.
	 */
	private static final class Find implements AgentTool {

		@Override
		public Tool definition() {
			return Tool.of("find", null, "{\"type\":\"object\",\"properties\":{}}");
		}

		@Override
		public Mono<ToolResult> call(ToolContext context) {
			String arguments = context.call().arguments();
			return Mono.just(arguments.contains(":2}") ? ToolResult.error("There is no order 2")
					: ToolResult.of("found " + (arguments.contains("4711") ? "4711" : "it")));
		}

	}

}
