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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.Models;
import io.routekit.cost.autoconfigure.CostProperties;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.observation.autoconfigure.ObservationProperties;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.trace.autoconfigure.RouteKitRecordingAutoConfiguration;
import io.routekit.trace.autoconfigure.RouteKitTraceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link PropertiesBindHandler}: blocks that are empty in the YAML of a
 * profile, and placeholders that nothing resolves.
 */
class PropertiesBindHandlerTests {

	private static final String BASE = """
			routekit:
			  provider:
			    type: openai
			    api-key: k
			    model: gpt-5
			    openai.max-tokens-field: max-tokens
			    headers.x-team: search
			    options:
			      temperature: 0.3
			      extra.top_k: 4
			      reasoning.effort: low
			      response-format.type: json-object
			    timeout.idle: 5s
			    limit.tools: 7
			    retry.max-retries: 7
			    circuit-breaker.failure-rate-threshold: 40
			    concurrency-limit.max-calls: 9
			    azure.deployment: d
			    fallback: fast
			  models:
			    fast:
			      model: small
			      options.max-tokens: 7
			  routes:
			    any:
			      models: [fast, model]
			  limit.in-flight: 10MB
			  observations.histogram.enabled: true
			  cost.azure.zone: regional
			""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
				RouteKitObservationAutoConfiguration.class, RouteKitRecordingAutoConfiguration.class,
				RouteKitTraceAutoConfiguration.class, ObservationAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));

	@TempDir
	private Path directory;

	private Map<String, Object> start(String profile) throws IOException {
		Files.writeString(this.directory.resolve("application.yml"), BASE);
		Files.writeString(this.directory.resolve("application-dev.yml"), profile);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(
				"--spring.config.location=" + this.directory + "/", "--spring.profiles.active=dev",
				"--spring.main.web-application-type=none", "--spring.docker.compose.enabled=false")) {
			Map<String, Object> described = new LinkedHashMap<>();
			Models models = context.getBean(Models.class);
			for (String name : models.names()) {
				Model model = models.get(name);
				described.put(name, List.of(model.name(), model.provider(),
						name.equals("any") ? "" : model.unwrap(ConfiguredModel.class).settings().toString()));
			}
			described.put("zone", context.getBean(CostProperties.class).getAzure().getZone());
			described.put("in-flight", context.getBean(RouteKitProperties.class).getLimit().getInFlight());
			described.put("histogram", context.getBean(ObservationProperties.class).getHistogram().isEnabled());
			return described;
		}
	}

	@Test
	void aVariableThatIsAProviderFailsTheStart() {
		this.runner
			.withInitializer((context) -> TestPropertyValues.of("ROUTEKIT_PROVIDER=openai")
				.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'routekit.provider' has a value"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "routekit.provider", "routekit.provider.retry", "routekit.provider.fake",
			"routekit.provider.options.reasoning", "routekit.limit" })
	void aBlockWithAValueFailsTheStart(String name) {
		this.runner.withPropertyValues("routekit.provider.type=fake", name + "=openai")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageStartingWith("'%s' has a value, but is a block of properties".formatted(name))
				.extracting((failure) -> ((ModelConfigurationException) failure).getAction())
				.asString()
				.contains(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "provider:", "provider: {}", "provider.openai:", "provider.azure:", "provider.headers:",
			"provider.options:", "provider.options.extra:", "provider.options.reasoning:",
			"provider.options.response-format:", "provider.timeout:", "provider.limit:", "provider.retry:",
			"provider.circuit-breaker:", "provider.concurrency-limit:", "provider.ssl:", "models:", "models.fast:",
			"models.fast.options:", "models.fast.openai:", "models.fast.timeout:", "routes:", "routes.any:", "limit:",
			"observations:", "observations.histogram:", "cost:", "cost.azure:", "cost.azure.deployments:" })
	void anEmptyBlockLosesNothing(String block) throws IOException {
		Map<String, Object> expected = start("");

		assertThat(start("routekit." + block + "\n")).isEqualTo(expected);
		assertThat(expected.toString()).contains("MAX_TOKENS", "temperature=0.3", "PT5S", "maxRetries=7", "regional");
	}

	@Test
	void aBlockThatIsEmptyEverywhereIsNone() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.options=", "routekit.provider.fake=",
					"routekit.provider.timeout=", "routekit.cost.azure=", "routekit.models.fast=")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("fast"));
	}

	@Test
	void anEmptyAnswerOfTheFakeIsAnAnswer() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses[0]=")
			.run((context) -> assertThat(
					context.getBean(Model.class).chat("Hi").block(Duration.ofSeconds(20)).content())
				.isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "provider.type", "provider.model", "provider.api-key", "provider.base-url",
			"provider.organization", "provider.project", "provider.headers.x-team", "provider.timeout.idle",
			"provider.limit.tools", "provider.retry.max-retries", "provider.options.user", "provider.options.extra.a.b",
			"provider.options.stop", "provider.options.stop[0]", "provider.openai.max-tokens-field",
			"provider.ssl.bundle", "provider.fallback", "provider.fallback-on[0]", "models.fast.api-key",
			"models.fast.model", "models.fast.options.temperature", "models[gpt-4.1].model", "routes.any.models",
			"routes.any.weights.model", "limit.in-flight", "cost.catalogue-location", "cost.azure.zone",
			"cost.azure.deployments.d.model", "cost.catalogue[0].id", "observations.tags", "trace.directory" })
	void aPlaceholderThatNothingResolvesFailsTheStart(String property) {
		List<String> properties = new ArrayList<>(
				Arrays.asList("routekit.provider.type=openai", "routekit.provider.api-key=k",
						"routekit.trace.enabled=true", "routekit.trace.directory=" + this.directory));
		properties.removeIf((other) -> other.startsWith("routekit." + property + "="));
		properties.add("routekit." + property + "=${NO_SUCH_VALUE}");
		this.runner.withPropertyValues(properties.toArray(String[]::new)).run((context) -> {
			assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining(
						"Nothing resolves the placeholder 'NO_SUCH_VALUE' in the value of 'routekit." + property + "'");
			FailureAnalysis analysis = new ModelConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getAction()).contains("Set 'NO_SUCH_VALUE'");
		});
	}

	@Test
	void aPlaceholderInAVariableFailsTheStart() {
		this.runner
			.withInitializer((context) -> TestPropertyValues.of("OPENAI_API_KEY=${VAULT_KEY}")
				.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Nothing resolves the placeholder 'VAULT_KEY'"));
	}

	@Test
	void theFailureTellsWhereThePropertyIs() throws IOException {
		Files.writeString(this.directory.resolve("application.yml"),
				"routekit:\n  provider:\n    type: openai\n    api-key: prefix-${NO_SUCH_VALUE}\n");
		assertThatException()
			.isThrownBy(
					() -> new SpringApplicationBuilder(Application.class)
						.run("--spring.config.location=" + this.directory + "/",
								"--spring.main.web-application-type=none", "--spring.docker.compose.enabled=false")
						.close())
			.havingRootCause()
			.withMessageContaining("application.yml")
			.withMessageContaining("4:14")
			.withMessageNotContaining("prefix");
	}

	@ParameterizedTest
	@CsvSource({ "routekit.provider.type=fake,", "routekit.provider.default-type=fake,",
			"routekit.provider.type=openai,routekit.recording.mode=replay" })
	void whatNeedsNoServerNeedsNoKey(String type, String recording) {
		this.runner
			.withPropertyValues(type, String.valueOf(recording), "routekit.provider.api-key=${NO_SUCH_VALUE}",
					"routekit.provider.base-url=${NO_SUCH_VALUE}", "routekit.provider.headers.x-team=${NO_SUCH_VALUE}",
					"routekit.provider.anthropic.auth-token=${NO_SUCH_VALUE}", "routekit.models.fast.model=small",
					"routekit.models.fast.api-key=${NO_SUCH_VALUE}")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void defaultsAndEscapesAreResolved() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider.model=${NO_SUCH_VALUE:small}",
				"routekit.provider.options.user=\\${name}", "routekit.provider.options.extra.empty=${NO_SUCH_VALUE:}")
			.run((context) -> {
				assertThat(context.getBean(Model.class).name()).isEqualTo("small");
				assertThat(
						context.getBean(Model.class).unwrap(ConfiguredModel.class).settings().get("options").toString())
					.contains("user=${name}");
			});
	}

	/**
	 * An application of RouteKit alone.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
			RouteKitObservationAutoConfiguration.class, RouteKitResilienceAutoConfiguration.class,
			ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
			CompositeMeterRegistryAutoConfiguration.class })
	static class Application {

	}

}
