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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import io.routekit.ProviderSecrets;
import io.routekit.StreamEvent;
import io.routekit.StructuredOutput;
import io.routekit.Usage;
import io.routekit.actuate.RouteKitEndpoint;
import io.routekit.actuate.autoconfigure.RouteKitEndpointAutoConfiguration;
import io.routekit.autoconfigure.TestProvider.TestModel;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.http.TestHttp;
import io.routekit.observation.ModelObservationContext;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.RouteKitSanitizingAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what providers tell of themselves.
 */
class ProviderFactsTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final String SECRET = "abc-0123456789";

	private static final List<ProviderSecrets> SECRETS = List.of(ProviderSecrets.guessed(),
			ProviderSecrets.of("own.client-secret"));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withPropertyValues("routekit.provider.model=m");

	@ParameterizedTest
	@CsvSource({ "openai, https://api.openai.com/v1", "openai, https://API.OPENAI.COM/v1",
			"openai, https://api.openai.com./v1", "openai, https://Api.OpenAI.com.:443/v1",
			"openai, https://EU.api.openai.com/v1", "anthropic, https://api.anthropic.com",
			"anthropic, https://API.ANTHROPIC.COM/v1", "anthropic, https://api.anthropic.com.",
			"anthropic, https://Api.Anthropic.com.:443", "azure-openai, https://r.openai.azure.com",
			"azure-openai, https://R.OPENAI.AZURE.COM", "azure-openai, https://r.openai.azure.com.",
			"azure-openai, https://r.OpenAI.azure.us.:443", "azure-openai, https://R.Azure-API.net" })
	void hostsOfAProviderNeedAKeyHoweverTheyAreWritten(String type, String baseUrl) {
		this.runner.withPropertyValues("routekit.provider.type=" + type, "routekit.provider.base-url=" + baseUrl)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining("API key")
				.hasMessageContaining("is missing"));
	}

	@ParameterizedTest
	@CsvSource({ "openai, https://api.openai.com.example.com/v1", "openai, https://notapi.openai.com/v1",
			"anthropic, https://api.anthropic.com.example.com", "azure-openai, https://notazure.com" })
	void otherHostsNeedNone(String type, String baseUrl) {
		this.runner.withPropertyValues("routekit.provider.type=" + type, "routekit.provider.base-url=" + baseUrl)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aServerThatIsWrittenInAnotherWayGetsTheInheritedKey() {
		this.runner
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=k",
					"routekit.models.fast.base-url=https://API.OPENAI.COM.:443/v1")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("fast"));
	}

	@Test
	void noModelIsCreatedToLearnWhereInheritedKeysMayGo() {
		OwnProvider provider = new OwnProvider(ProviderSecrets.guessed());
		this.own(provider)
			.withPropertyValues("routekit.models.other.base-url=https://other.example.com")
			.run((context) -> assertThat(provider.created).containsExactlyInAnyOrder("model", "other"));
	}

	@ParameterizedTest
	@FieldSource("SECRETS")
	void secretOfAProviderOfTheApplicationGoesToNoOtherServer(ProviderSecrets secrets) {
		this.own(new OwnProvider(secrets))
			.withPropertyValues("routekit.models.same.model=m2",
					"routekit.models.written.base-url=https://LLM.example.com:443/v2",
					"routekit.models.other.base-url=https://other.example.com")
			.run((context) -> {
				assertThat(block(context, "model").getClientSecret()).isEqualTo(SECRET);
				assertThat(block(context, "same").getClientSecret()).isEqualTo(SECRET);
				assertThat(block(context, "written").getClientSecret()).isEqualTo(SECRET);
				assertThat(block(context, "other").getClientSecret()).isNull();
				assertThat(block(context, "other").getRegion()).isEqualTo("north");
			});
	}

	@Test
	void onlyWhatAProviderDeclaresIsSecret() {
		this.own(new OwnProvider(ProviderSecrets.of("own.region")))
			.withPropertyValues("routekit.models.other.base-url=https://other.example.com")
			.run((context) -> {
				assertThat(block(context, "other").getClientSecret()).isEqualTo(SECRET);
				assertThat(block(context, "other").getRegion()).isNull();
			});
	}

	@Test
	void aKeyOfItsOwnTakesThePlaceOfAllInheritedKeys() {
		this.own(new OwnProvider(ProviderSecrets.of("own.client-secret").withKeys("own.pass")))
			.withPropertyValues("routekit.provider.api-key=inherited", "routekit.models.fast.own.pass=mine")
			.run((context) -> {
				assertThat(settings(context, "fast").apiKey()).isNull();
				assertThat(block(context, "fast").getPass()).isEqualTo("mine");
				assertThat(block(context, "fast").getClientSecret()).isEqualTo(SECRET);
			});
	}

	@ParameterizedTest
	@FieldSource("SECRETS")
	void secretOfAProviderOfTheApplicationIsNowhereShown(ProviderSecrets secrets) {
		this.own(new OwnProvider(secrets))
			.withConfiguration(AutoConfigurations.of(RouteKitSanitizingAutoConfiguration.class,
					EnvironmentEndpointAutoConfiguration.class, JacksonEndpointAutoConfiguration.class,
					RouteKitEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.env.show-values=always", "my.command=--secret=" + SECRET)
			.run((context) -> {
				JsonMapper mapper = JsonMapper.builder().build();
				assertThat(mapper.writeValueAsString(context.getBean(EnvironmentEndpoint.class).environment(null)))
					.contains("own.client-secret", "my.command", "north")
					.doesNotContain(SECRET);
				RouteKitEndpoint endpoint = context.getBean(RouteKitEndpoint.class);
				assertThat(context.getBean(EndpointJsonMapper.class)
					.get()
					.writeValueAsString(ReflectionTestUtils.invokeMethod(endpoint, "routekit")))
					.contains("\"clientSecret\":\"******\"", "north")
					.doesNotContain(SECRET);
				assertThat(context.getBean(SecretRedactor.class).redact("refused: " + SECRET))
					.isEqualTo("refused: ***");
			});
	}

	@Test
	void aModelOfTheApplicationIsOfTheTypeOfItsProvider() {
		this.told(new ToldProvider("acme", null)).run((context) -> {
			ModelResponse response = context.getBean(Model.class).chat("Hi").block(LIMIT);
			assertThat(response.provider()).isEqualTo("acme");
			assertThat(response.usage().cost().amount()).isEqualByComparingTo("2");
			assertThat(context.getBean(Model.class).provider()).isEqualTo("acme");
			assertThat(context.getBean(MeterRegistry.class)
				.get("gen_ai.client.operation.duration")
				.tag("gen_ai.provider.name", "acme")
				.timer()
				.count()).isOne();
			assertThat(context.getBean(Model.class).stream("Hi").last().block(LIMIT)).isInstanceOfSatisfying(
					StreamEvent.Completed.class,
					(completed) -> assertThat(completed.response().provider()).isEqualTo("acme"));
		});
	}

	@Test
	void aProviderOfTheApplicationHasTheNamesThatItDeclares() {
		ProviderFacts facts = ProviderFacts.builder("acme")
			.telemetryName("acme.ai")
			.telemetryAttributes((request, response) -> Map.of("acme.region", "north"))
			.priceProvider("reseller")
			.build();
		this.told(new ToldProvider("acme", facts)).withBean(SpanAttributes.class).run((context) -> {
			ModelResponse response = context.getBean(Model.class).chat("Hi").block(LIMIT);
			assertThat(response.provider()).isEqualTo("acme");
			assertThat(response.usage().cost().amount()).isEqualByComparingTo("3");
			assertThat(context.getBean(MeterRegistry.class)
				.get("gen_ai.client.operation.duration")
				.tag("gen_ai.provider.name", "acme.ai")
				.timer()
				.count()).isOne();
			assertThat(context.getBean(SpanAttributes.class).all).contains(KeyValue.of("acme.region", "north"));
		});
	}

	@ParameterizedTest
	@CsvSource({ "openai, , openai", "azure-openai, https://r.openai.azure.com, azure.ai.openai",
			"anthropic, , anthropic", "fake, , fake" })
	void modelsOfABuiltInProviderTellItsNameInTelemetry(String type, String baseUrl, String name) {
		this.runner
			.withPropertyValues("routekit.provider.type=" + type, "routekit.provider.api-key=k",
					"routekit.provider.base-url=" + ((baseUrl != null) ? baseUrl : ""))
			.run((context) -> assertThat(ProviderFacts.of(context.getBean(Model.class)).telemetryName())
				.isEqualTo(name));
	}

	@Test
	void aProviderThatHandsOnHasTheFactsOfTheOtherOneUnlessItDeclaresItsOwn() {
		Model silent = (request) -> Mono.empty();
		ProviderFacts facts = TestHttp.facts("anthropic", null);
		Model other = facts.describe(silent);
		this.runner.withBean(ModelProvider.class, () -> new HandingOnProvider(other, null))
			.withPropertyValues("routekit.provider.type=gateway")
			.run((context) -> assertThat(ProviderFacts.of(context.getBean(Model.class))).isEqualTo(facts));
		ProviderFacts own = ProviderFacts.builder("gateway")
			.priceProvider("azure-openai")
			.structuredOutput(StructuredOutput.NONE)
			.build();
		this.runner.withBean(ModelProvider.class, () -> new HandingOnProvider(other, own))
			.withPropertyValues("routekit.provider.type=gateway")
			.run((context) -> assertThat(ProviderFacts.of(context.getBean(Model.class))).isEqualTo(own));
	}

	@Test
	void aProviderThatHandsOnKeepsToTheFormatsOfTheOtherOneUnlessItDeclaresItsOwn() {
		Model silent = (request) -> Mono.empty();
		Model other = ProviderFacts.builder("other")
			.structuredOutput(StructuredOutput.JSON_SCHEMA)
			.build()
			.describe(silent);
		ProviderFacts own = ProviderFacts.builder("gateway").telemetryName("gateway.ai").build();
		this.runner.withBean(ModelProvider.class, () -> new HandingOnProvider(other, own))
			.withPropertyValues("routekit.provider.type=gateway")
			.run((context) -> {
				ProviderFacts facts = ProviderFacts.of(context.getBean(Model.class));
				assertThat(facts.telemetryName()).isEqualTo("gateway.ai");
				assertThat(facts.structuredOutput(ChatRequest.of("Hi"))).isEqualTo(StructuredOutput.JSON_SCHEMA);
			});
	}

	private ApplicationContextRunner told(ModelProvider provider) {
		return this.runner.withConfiguration(AutoConfigurations.of(RouteKitObservationAutoConfiguration.class,
				RouteKitCostAutoConfiguration.class, ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.withBean(ModelProvider.class, () -> provider)
			.withPropertyValues("routekit.provider.type=acme", "routekit.cost.catalogue[0].provider=acme",
					"routekit.cost.catalogue[0].id=*", "routekit.cost.catalogue[0].input=2",
					"routekit.cost.catalogue[1].provider=reseller", "routekit.cost.catalogue[1].id=*",
					"routekit.cost.catalogue[1].input=3");
	}

	private ApplicationContextRunner own(OwnProvider provider) {
		return this.runner.withBean(ModelProvider.class, () -> provider)
			.withPropertyValues("routekit.provider.type=own", "routekit.provider.base-url=https://llm.example.com/v1",
					"routekit.provider.own.client-secret=" + SECRET, "routekit.provider.own.region=north");
	}

	private static OwnBlock block(AssertableApplicationContext context, String model) {
		return settings(context, model).bind("own", OwnBlock.class);
	}

	private static ModelSettings settings(AssertableApplicationContext context, String model) {
		return context.getBean(model, Model.class).unwrap(TestModel.class).settings();
	}

	/**
	 * A provider of the application.
	 */
	static final class OwnProvider implements ModelProvider {

		private final ProviderSecrets secrets;

		private final List<String> created = new ArrayList<>();

		OwnProvider(ProviderSecrets secrets) {
			this.secrets = secrets;
		}

		@Override
		public String type() {
			return "own";
		}

		@Override
		public ProviderSecrets secrets() {
			return this.secrets;
		}

		@Override
		public Model create(ModelSettings settings) {
			this.created.add(settings.name());
			return new TestModel(type(), settings);
		}

		@Override
		public Map<String, Object> describe(ModelSettings settings) {
			OwnBlock block = settings.bind("own", OwnBlock.class);
			return Map.of("own", Map.of("clientSecret", block.getClientSecret(), "region", block.getRegion()));
		}

	}

	/**
	 * A provider whose models say nothing of it.
	 *
	 * @param type the type
	 * @param facts what it tells itself, or {@code null} for the default
	 */
	record ToldProvider(String type, @Nullable ProviderFacts facts) implements ModelProvider {

		@Override
		public Model create(ModelSettings settings) {
			return (request) -> Mono
				.just(ModelResponse.of("Hello").mutate().model("m").usage(Usage.of(1_000_000, 0)).build());
		}

		@Override
		public ProviderFacts facts(ModelSettings settings) {
			return (this.facts != null) ? this.facts : ModelProvider.super.facts(settings);
		}

	}

	/**
	 * A provider whose models are those of another one.
	 *
	 * @param model the model of the other one
	 * @param facts what it tells itself, or {@code null} for the default
	 */
	record HandingOnProvider(Model model, @Nullable ProviderFacts facts) implements ModelProvider {

		@Override
		public String type() {
			return "gateway";
		}

		@Override
		public Model create(ModelSettings settings) {
			return this.model;
		}

		@Override
		public ProviderFacts facts(ModelSettings settings) {
			return (this.facts != null) ? this.facts : ModelProvider.super.facts(settings);
		}

	}

	/**
	 * Keeps the attributes of spans.
	 */
	static class SpanAttributes implements ObservationHandler<ModelObservationContext> {

		private final List<KeyValue> all = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(ModelObservationContext context) {
			context.getHighCardinalityKeyValues().forEach(this.all::add);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ModelObservationContext;
		}

	}

	/**
	 * The keys that only that provider knows.
	 */
	static class OwnBlock {

		private @Nullable String clientSecret;

		private @Nullable String region;

		private @Nullable String pass;

		@Nullable String getClientSecret() {
			return this.clientSecret;
		}

		void setClientSecret(@Nullable String clientSecret) {
			this.clientSecret = clientSecret;
		}

		@Nullable String getRegion() {
			return this.region;
		}

		void setRegion(@Nullable String region) {
			this.region = region;
		}

		@Nullable String getPass() {
			return this.pass;
		}

		void setPass(@Nullable String pass) {
			this.pass = pass;
		}

	}

}
