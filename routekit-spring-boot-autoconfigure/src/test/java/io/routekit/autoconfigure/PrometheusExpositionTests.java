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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.Model;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.observation.ModelHistogramMeterFilter;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for all that Prometheus gets of one call, by provider. The names and labels are
 * what dashboards and alerts are built on. Costs are computed by hand, of the prices in
 * {@code prices.csv}.
 */
class PrometheusExpositionTests {

	private static final String TIME_BUCKETS = "0.01 0.02 0.04 0.08 0.16 0.32 0.64 1.28 2.56 5.12 10.24 20.48 40.96 "
			+ "81.92 163.84 327.68 +Inf";

	private static final String[] FAKE_STREAM = { "routekit.provider.type=fake",
			"routekit.provider.fake.responses=Hi" };

	private final RawServer server = new RawServer();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
				RouteKitObservationAutoConfiguration.class, ObservationAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				PrometheusMetricsExportAutoConfiguration.class));

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void expositionOfChat(Provider provider) {
		this.server.reply(Script.json(200, provider.read("answer.json")));

		this.runner.withPropertyValues(provider.properties(this.server)).run((context) -> {
			context.getBean(Model.class).chat("Where is Oslo?").block(LIMIT);

			assertThat(exposition(context.getBean(PrometheusMeterRegistry.class)))
				.isEqualTo(provider.expected("chat.prom"));
		});
	}

	@ParameterizedTest
	@EnumSource
	void expositionOfStream(Provider provider) {
		this.server.reply(Script.events(provider.read("stream.txt")));

		this.runner.withPropertyValues(provider.properties(this.server)).run((context) -> {
			context.getBean(Model.class).stream("Where is Oslo?").blockLast(LIMIT);

			assertThat(exposition(context.getBean(PrometheusMeterRegistry.class)))
				.isEqualTo(provider.expected("stream.prom"));
		});
	}

	@Test
	void histogramsHaveTheBucketsOfTheConventions() {
		this.runner.withPropertyValues(FAKE_STREAM)
			.withPropertyValues("routekit.observations.histogram.enabled=true")
			.run((context) -> {
				context.getBean(Model.class).stream("Hi").blockLast(LIMIT);

				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				assertThat(buckets(registry, "gen_ai_client_operation_duration_seconds")).isEqualTo(TIME_BUCKETS);
				assertThat(buckets(registry, "gen_ai_client_operation_time_to_first_chunk_seconds"))
					.isEqualTo(TIME_BUCKETS);
				assertThat(buckets(registry, "gen_ai_client_token_usage_tokens"))
					.isEqualTo("1.0 4.0 16.0 64.0 256.0 1024.0 4096.0 16384.0 65536.0 262144.0 1048576.0 4194304.0 "
							+ "1.6777216E7 6.7108864E7 +Inf");
				assertThat(buckets(registry, "gen_ai_client_operation_duration_active_seconds")).isEmpty();
			});
	}

	@Test
	void bucketsOfTheApplicationWinOverThoseOfTheConventions() {
		this.runner.withPropertyValues(FAKE_STREAM)
			.withPropertyValues("routekit.observations.histogram.enabled=true",
					"management.metrics.distribution.slo.gen_ai.client.operation=1s,30s",
					"management.metrics.distribution.slo.gen_ai.client.token.usage=500")
			.run((context) -> {
				context.getBean(Model.class).stream("Hi").blockLast(LIMIT);

				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				assertThat(buckets(registry, "gen_ai_client_operation_duration_seconds")).isEqualTo("1.0 30.0 +Inf");
				assertThat(buckets(registry, "gen_ai_client_operation_time_to_first_chunk_seconds"))
					.isEqualTo("1.0 30.0 +Inf");
				assertThat(buckets(registry, "gen_ai_client_token_usage_tokens")).isEqualTo("500.0 +Inf");
			});
	}

	@Test
	void histogramBacksOffFromFilterOfTheApplication() {
		this.runner.withPropertyValues("routekit.observations.histogram.enabled=true")
			.withBean("own", ModelHistogramMeterFilter.class)
			.withPropertyValues(FAKE_STREAM)
			.run((context) -> assertThat(context).getBeanNames(ModelHistogramMeterFilter.class).containsExactly("own"));
	}

	private static String buckets(PrometheusMeterRegistry registry, String name) {
		return Pattern.compile("(?m)^" + name + "_bucket\\{.*le=\"([^\"]+)\".*}")
			.matcher(registry.scrape())
			.results()
			.map((result) -> result.group(1))
			.distinct()
			.collect(Collectors.joining(" "));
	}

	/**
	 * Return what is exposed of models, without what differs from call to call. Samples
	 * are sorted, since a meter has no order.
	 */
	private static String exposition(PrometheusMeterRegistry registry) {
		return Arrays.stream(registry.scrape().split("(?m)^(?=# HELP )"))
			.filter((metric) -> metric.matches("(?s)# HELP (gen_ai|routekit)_(?!cost_catalogue_age).*"))
			.map((metric) -> metric.replaceAll("server_port=\"\\d+\"", "server_port=\"<port>\"")
				.replaceAll("((duration|chunk)_seconds_(sum|max)\\{.*}) .*", "$1 <seconds>"))
			.flatMap((metric) -> Stream.concat(metric.lines().limit(2), metric.lines().skip(2).sorted()))
			// There is no description of the meters that come with an observation
			.map(String::stripTrailing)
			.collect(Collectors.joining("\n", "", "\n"));
	}

	/**
	 * A provider, and the directory with what it answers.
	 */
	enum Provider {

		OPENAI("openai", "gpt-5-mini", "exposition/openai"),

		COMPATIBLE_SERVER("openai", "Qwen/Qwen3-8B", "/io/routekit/openai/vllm"),

		COMPATIBLE_SERVER_THAT_REPORTS_COST("openai", "anthropic/claude-sonnet-4.5", "/io/routekit/openai/openrouter"),

		AZURE("azure-openai", "chat-production", "exposition/azure"),

		ANTHROPIC("anthropic", "claude-sonnet-5-5", "exposition/anthropic"),

		FAKE("fake", "fake-1", null);

		private final String type;

		private final String model;

		private final String answers;

		Provider(String type, String model, String answers) {
			this.type = type;
			this.model = model;
			this.answers = answers;
		}

		String[] properties(RawServer server) {
			Stream<String> properties = Stream.of("type=" + this.type, "model=" + this.model);
			Stream<String> more = (this == FAKE) ? Stream.of("fake.responses=59.9° north")
					: Stream.of("api-key=k", "base-url=" + server.url(), "price-provider=" + this.type);
			return Stream.concat(properties, more)
				.map((property) -> "routekit.provider." + property)
				.toArray(String[]::new);
		}

		String read(String name) {
			return (this.answers != null) ? content(this.answers + "/" + name) : "";
		}

		String expected(String name) {
			String directory = name().toLowerCase(Locale.ROOT).replace('_', '-');
			return content("exposition/" + directory + "/" + name);
		}

		private static String content(String path) {
			try {
				return new ClassPathResource(path, PrometheusExpositionTests.class)
					.getContentAsString(StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
