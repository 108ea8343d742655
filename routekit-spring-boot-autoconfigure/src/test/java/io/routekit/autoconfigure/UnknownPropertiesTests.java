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
import java.io.InputStream;
import java.util.List;

import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.util.TestPropertyValues.Type;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownProperties} and {@link KnownProperties}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=fake");

	private ApplicationContextRunner withVariable(String variable) {
		return this.runner.withInitializer((context) -> TestPropertyValues.of(variable)
			.applyTo(context.getEnvironment(), Type.SYSTEM_ENVIRONMENT));
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("There is no property")).toList();
	}

	@ParameterizedTest
	@CsvSource({ "routekit.provider.modell,routekit.provider.model",
			"routekit.provider.apiKeys,routekit.provider.api-key", "routekit.provder.model,routekit.provider",
			"routekit.provider.temperature,routekit.provider.options.temperature",
			"routekit.provider.options.max-token,routekit.provider.options.max-tokens",
			"routekit.provider.timeout.idel,routekit.provider.timeout.idle",
			"routekit.provider.openai.stream-usages,routekit.provider.openai.stream-usage",
			"routekit.provider.fake.respones,routekit.provider.fake.responses",
			"routekit.models.fast.modell,routekit.models.fast.model",
			"routekit.models[gpt-4.1].modell,routekit.models[gpt-4.1].model",
			"routekit.routes.any.model,routekit.routes.any.models", "routekit.limit.inflight-size,",
			"routekit.cost.enable,routekit.cost.enabled",
			"routekit.cost.azure.deployments.d.modl,routekit.cost.azure.deployments.d.model",
			"routekit.trace.enable,routekit.trace.enabled", "routekit.recording.modes,routekit.recording.mode",
			"routekit.observation.tags,routekit.observations", "routekit.provider.model.name,",
			"routekit.agents.desk.tool,routekit.agents.desk.tools",
			"routekit.agents.desk.limits.round,routekit.agents.desk.limits.rounds",
			"routekit.agents.desk.option.seed,routekit.agents.desk.options", "routekit.agents.desk.secret,",
			"routekit.agents.approval.secrets,routekit.agents.approval.secret", "routekit.something.else," })
	void aMisspelledPropertyIsSaidOnce(String property, String meant, CapturedOutput output) {
		this.runner
			.withPropertyValues("routekit.routes.any.models=model", "routekit.models.fast.model=m",
					"routekit." + "provider.model=m", property + "=secret-value")
			.withSystemProperties(property + "=secret-value")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(warnings(output)).singleElement()
					.asString()
					.contains((meant != null) ? "did you mean '" + meant + "'?" : "it does nothing")
					.doesNotContain("secret-value");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "provider.options.extra.top_k", "provider.options.extra.a.b.c", "provider.headers.x-team",
			"provider.headers.a.b", "models.any-name.model", "routes.any.weights.gpt-4.1",
			"cost.catalogue[0].whatever.there.is", "cost.azure.deployments.any.model", "provider.options.stop[0]",
			"provider.fake.responses[0]", "provider.fake.rules[0].when.text-contains", "provider.apiKey",
			"provider.api_key", "provider.circuit-breaker.enabled", "trace.directory", "recording.directory",
			"provider.anthropic.prompt-caching.ttl", "agents.any-name.instructions-location", "agents.any.tools[0]",
			"agents.any.limits.tool-calls", "agents.any.options.extra.top_k", "agents.approval.secret" })
	void whatCanBeAPropertyIsNone(String property) {
		List<String> elements = NamesOfProperties.elements(ConfigurationPropertyName.adapt("routekit." + property, '.'),
				1);

		assertThat(new KnownProperties(RouteKitProperties.class).find(elements)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "ROUTEKIT_PROVIDER_MODELL,routekit.provider.model",
			"ROUTEKIT_PROVIDER_API_KEYS,routekit.provider.api-key", "ROUTEKIT_MODELS_MY_CLAUDE_API_KEY,''",
			"ROUTEKIT_TRACE_ENABLE,routekit.trace.enabled",
			"ROUTEKIT_AGENTS_APPROVAL_SECRETS,routekit.agents.approval.secret" })
	void aMisspelledVariableIsSaidOnce(String variable, String meant, CapturedOutput output) {
		withVariable(variable + "=x")
			.run((context) -> assertThat(warnings(output)).singleElement().asString().contains(variable, meant));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROUTEKIT_HOME=/opt", "ROUTEKIT_SERVICE_HOST=10.0.0.1", "ROUTEKIT_PORT_80_TCP_PROTO=tcp",
			"ROUTEKIT_PROVIDER_SERVICE_PORT=80", "ROUTEKIT_PROVIDER_API_KEY=k", "ROUTEKIT_PROVIDER_APIKEY=k",
			"ROUTEKIT_PROVIDER_TIMEOUT_FIRST_EVENT=5s", "ROUTEKIT_PROVIDER_OPTIONS_EXTRA_TOP_K=4",
			"ROUTEKIT_MODELS_MY_FAST_OPTIONS_MAX_TOKENS=9", "ROUTEKIT_PROVIDER_FAKE_RESPONSES_0_TEXT=Hi",
			"ROUTEKIT_AGENTS_APPROVAL_SECRET=s", "ROUTEKIT_AGENTS_MY_DESK_LIMITS_TOOL_CALLS=3" })
	void otherVariablesAreNotSpokenOf(String variable, CapturedOutput output) {
		withVariable(variable)
			.withPropertyValues("routekit.models.my-fast.model=small", "routekit.agents.my-desk.instructions=Help")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(warnings(output)).isEmpty();
			});
	}

	@Test
	void aBlockMayBeThatOfAProviderOfTheApplication(CapturedOutput output) {
		this.runner.withBean(TestProvider.class, () -> new TestProvider("acme"))
			.withPropertyValues("routekit.provider.acme.tenant=t", "routekit.models.fast.acme.tenant=t")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(warnings(output)).isEmpty();
			});
	}

	@Test
	void itIsSaidThoughBeansAreLazy(CapturedOutput output) {
		this.runner.withPropertyValues("spring.main.lazy-initialization=true", "routekit.provider.modell=m")
			.run((context) -> assertThat(warnings(output)).hasSize(1));
	}

	@Test
	void everyPropertyOfTheMetadataIsKnown() throws IOException {
		KnownProperties known = new KnownProperties(RouteKitProperties.class);
		try (InputStream metadata = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			List<String> names = JsonMapper.shared()
				.readTree(metadata)
				.path("properties")
				.valueStream()
				.map((property) -> property.path("name").asString())
				.filter((name) -> name.startsWith("routekit."))
				.toList();

			assertThat(names).isNotEmpty()
				.allSatisfy((name) -> assertThat(
						known.find(NamesOfProperties.elements(ConfigurationPropertyName.of(name), 1)))
					.isNull());
		}
	}

}
