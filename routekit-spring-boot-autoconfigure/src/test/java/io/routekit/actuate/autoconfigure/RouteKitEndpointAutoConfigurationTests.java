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

package io.routekit.actuate.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.Tool;
import io.routekit.actuate.RouteKitEndpoint;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentTool;
import io.routekit.agent.ToolContext;
import io.routekit.agent.ToolResult;
import io.routekit.agent.autoconfigure.RouteKitAgentAutoConfiguration;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.autoconfigure.TestProvider;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.autoconfigure.RouteKitCostAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.observation.CallLedger;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitEndpointAutoConfiguration}.
 */
class RouteKitEndpointAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String EXPOSED = "management.endpoints.web.exposure.include=routekit";

	private static final String SECRET = "secret-0123456789";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitCostAutoConfiguration.class,
				RouteKitObservationAutoConfiguration.class, RouteKitEndpointAutoConfiguration.class,
				JacksonEndpointAutoConfiguration.class));

	private final ApplicationContextRunner exposed = this.runner.withPropertyValues(EXPOSED);

	private final ApplicationContextRunner fake = this.exposed.withPropertyValues("routekit.provider.type=fake");

	private final ApplicationContextRunner observed = this.fake
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class));

	@Test
	void exposedEndpointIsThere() {
		this.observed.run(
				(context) -> assertThat(context).hasSingleBean(RouteKitEndpoint.class).hasSingleBean(CallLedger.class));
	}

	@Test
	void endpointThatIsNotExposedIsNotThere() {
		this.runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> assertThat(context).doesNotHaveBean(RouteKitEndpoint.class)
				.doesNotHaveBean(CallLedger.class));
	}

	@Test
	void endpointWithoutAccessIsNotThere() {
		this.fake.withPropertyValues("management.endpoint.routekit.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(RouteKitEndpoint.class));
	}

	@Test
	void showsTheSettingsThatHold() {
		this.exposed.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=" + SECRET,
				"routekit.provider.base-url=https://llm.example.com/v1?key=" + SECRET,
				"routekit.provider.organization=org-1", "routekit.provider.project=proj-1",
				"routekit.provider.headers.X-Team=" + SECRET, "routekit.provider.options.temperature=0.2",
				"routekit.provider.options.top-p=0.9", "routekit.provider.options.max-tokens=500",
				"routekit.provider.options.stop=END", "routekit.provider.options.seed=7",
				"routekit.provider.options.tool-choice=required", "routekit.provider.options.parallel-tool-calls=false",
				"routekit.provider.options.response-format.name=answer",
				"routekit.provider.options.response-format.schema={}", "routekit.provider.options.reasoning.effort=low",
				"routekit.provider.options.service-tier=flex", "routekit.provider.options.user=somebody",
				"routekit.provider.options.extra.top_k=40", "routekit.provider.options.extra.metadata.key=" + SECRET,
				"routekit.provider.options.extra.list[0]=" + SECRET, "routekit.provider.timeout.total=90s",
				"routekit.provider.limit.event=100KB", "routekit.provider.openai.system-role=developer")
			.run((context) -> assertThat(settings(context)).isEqualTo(
					json("""
							{"apiKey": "******", "baseUrl": "https://llm.example.com/v1",
							"organization": "org-1", "project": "proj-1", "headers": {"X-Team": "******"},
							"options": {"temperature": 0.2, "topP": 0.9, "maxTokens": 500, "stop": ["END"], "seed": 7,
								"toolChoice": "required", "parallelToolCalls": false,
								"responseFormat": {"type": "json-schema", "name": "answer"}, "reasoning": {"effort": "low"},
								"serviceTier": "flex", "user": "somebody",
								"extra": {"top_k": 40, "metadata": {"key": "******"}, "list": ["******"]}},
							"timeout": {"connect": "PT10S", "firstEvent": "PT2M", "idle": "PT1M", "total": "PT1M30S"},
							"limit": {"event": "100KB", "response": "16MB", "toolArguments": "4MB",
								"messages": 10000, "parts": 10000, "toolCalls": 1000, "tools": 1000},
							"retry": {"maxRetries": 2, "delay": "PT0.5S", "maxDelay": "PT8S", "maxRetryAfter": "PT1M"},
							"openai": {"api": "chat-completions", "maxTokensField": "max-completion-tokens", "streamUsage": true,
								"systemRole": "developer", "toolCallIds": "short", "structuredOutput": "none"}}""")));
	}

	@Test
	void showsTheSettingsOfAnthropic() {
		this.exposed
			.withPropertyValues("ANTHROPIC_AUTH_TOKEN=" + SECRET, "routekit.provider.anthropic.beta=a-1,b-2",
					"routekit.provider.anthropic.prompt-caching.system=true",
					"routekit.provider.anthropic.prompt-caching.ttl=1h", "routekit.provider.anthropic.max-tokens=100",
					"routekit.provider.anthropic.generation.model=claude-opus-5",
					"routekit.provider.anthropic.generation.thinking=between-tools",
					"routekit.provider.anthropic.generation.forced-tools=false")
			.run((context) -> {
				assertThat(settings(context).has("apiKey")).isFalse();
				assertThat(settings(context).get("anthropic")).isEqualTo(
						json("""
								{"authToken": "******", "version": "2023-06-01", "beta": ["a-1", "b-2"], "maxTokens": 100,
								"promptCaching": {"system": true, "tools": false, "messages": false, "ttl": "PT1H"},
								"generation": {"model": "claude-opus-5", "thinking": "between-tools", "forcedTools": false}}"""));
			});
	}

	@Test
	void showsTheSettingsOfAzure() {
		this.exposed
			.withPropertyValues("AZURE_OPENAI_API_KEY=" + SECRET,
					"AZURE_OPENAI_ENDPOINT=https://r.openai.azure.com/openai?key=" + SECRET,
					"routekit.provider.model=gpt-5")
			.run((context) -> {
				assertThat(settings(context).get("azure"))
					.isEqualTo(json("{'deployment': 'gpt-5', 'apiStyle': 'deployments', 'apiVersion': '2024-10-21'}"));
				assertThat(settings(context).get("openai").get("maxTokensField").asString())
					.isEqualTo("max-completion-tokens");
			});
	}

	@Test
	void showsTheSettingsOfTheFakeWithoutItsAnswers() {
		this.fake.withPropertyValues("routekit.provider.fake.responses=one,two", "routekit.provider.fake.chunk-size=3")
			.run((context) -> assertThat(settings(context).get("fake"))
				.isEqualTo(json("{'responses': 2, 'rules': 0, 'delay': 'PT0S', 'chunkSize': 3}")));
	}

	@Test
	void showsAgentsWithoutTheirInstructions() {
		this.fake.withConfiguration(AutoConfigurations.of(RouteKitAgentAutoConfiguration.class))
			.withBean("tool", AgentTool.class, ClockTool::new)
			.withBean("mine", Agent.class, () -> Agent.builder(FakeModel.of("Mine")).build())
			.withPropertyValues("routekit.agents.desk.instructions=" + SECRET, "routekit.agents.desk.tools=tool",
					"routekit.agents.desk.limits.total=2m", "routekit.agents.desk.limits.cost=0.50")
			.run((context) -> assertThat(read(context).get("agents")).isEqualTo(
					json("""
							{'desk': {'model': 'model', 'limits': {'rounds': 10, 'toolCalls': 40, 'cost': 0.50, 'total': 'PT2M'},
								'tools': [{'name': 'clock', 'serial': true, 'timeout': 'PT5S'}]},
							'mine': {'limits': {'rounds': 10, 'toolCalls': 40}, 'tools': []}}""")));
	}

	@Test
	void showsNoAgentsIfThereAreNone() {
		this.fake.withConfiguration(AutoConfigurations.of(RouteKitAgentAutoConfiguration.class))
			.run((context) -> assertThat(read(context).has("agents")).isFalse());
	}

	@Test
	void providerThatDescribesNothingHasTheCommonSettings() {
		this.exposed.withBean(ModelProvider.class, TestProvider::openAi)
			.withPropertyValues("routekit.provider.type=openai")
			.run((context) -> assertThat(settings(context).propertyNames()).containsExactly("headers", "options",
					"timeout", "limit", "retry"));
	}

	@Test
	void secretsAreNowhere() {
		this.exposed.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withPropertyValues("routekit.provider.type=anthropic", "routekit.provider.api-key=" + SECRET,
					"routekit.provider.base-url=https://llm.example.com/v1?key=" + SECRET,
					"routekit.provider.headers.x-api-key=" + SECRET, "routekit.provider.headers.Cookie=a=" + SECRET,
					"routekit.provider.options.extra.key=" + SECRET)
			.run((context) -> assertThat(read(context).toString()).contains("x-api-key", "Cookie")
				.doesNotContain(SECRET, "secret"));
	}

	@Test
	void modelOfTheApplicationHasNoSettings() {
		this.exposed.withBean("own", Model.class, () -> (request) -> Mono.just(ModelResponse.of("own")))
			.run((context) -> {
				assertThat(read(context).get("models").propertyNames()).containsExactly("own");
				assertThat(read(context).get("models").get("own").propertyNames()).containsExactly("provider", "name",
						"filters");
			});
	}

	@Test
	void routeIsAmongTheModelsThatItLeadsTo() {
		this.observed
			.withPropertyValues("routekit.models.fast.model=small", "routekit.routes.balanced.weights.model=3",
					"routekit.routes.balanced.weights.fast=1", "routekit.routes.careful.models=fast,model")
			.run((context) -> {
				JsonNode models = read(context).get("models");
				assertThat(models.propertyNames()).containsExactly("balanced", "careful", "fast", "model");
				assertThat(models.get("balanced")).isEqualTo(json("""
						{"provider": "route", "name": "balanced", "filters": [],
						"settings": {"weights": {"model": 3, "fast": 1}}}"""));
				assertThat(models.get("careful").get("settings")).isEqualTo(json("{'models': ['fast', 'model']}"));
				assertThat(models.get("fast").get("filters").valueStream().map(JsonNode::asString))
					.contains("MeteringFilter");
			});
	}

	@Test
	void showsAllFiltersOfAModelFromTheOutsideToTheInside() {
		this.observed.withBean(ModelFilter.class, () -> ModelFilter.ofRequest((request) -> request))
			.run((context) -> assertThat(filters(context, "model")).containsExactly("DefaultsFilter", "RequestFilter",
					"MeteringFilter", "PricingFilter", "RetryFilter", "RequestLimitFilter"));
		this.exposed.withBean("own", Model.class, () -> (request) -> Mono.just(ModelResponse.of("own")))
			.run((context) -> assertThat(filters(context, "own")).containsExactly("PricingFilter",
					"RequestLimitFilter"));
	}

	private static List<String> filters(AssertableApplicationContext context, String model) {
		return read(context).get("models").get(model).get("filters").valueStream().map(JsonNode::asString).toList();
	}

	@Test
	void mockOfAModelHasNoSettings() {
		this.exposed
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("mock", Mockito.mock(Model.class)))
			.run((context) -> assertThat(read(context).get("models").get("mock").has("settings")).isFalse());
	}

	@Test
	void showsThePricesThatHold() {
		this.fake.run((context) -> {
			JsonNode catalogue = read(context).get("catalogue");
			assertThat(catalogue.get("version").asString()).isEqualTo(PriceCatalogue.bundled().version());
			assertThat(catalogue.get("date").asString()).isEqualTo(PriceCatalogue.bundled().version());
			assertThat(catalogue.get("ageInDays").isIntegralNumber()).isTrue();
			assertThat(catalogue.get("models").asInt()).isEqualTo(PriceCatalogue.bundled().size());
		});
	}

	@Test
	void showsWhosePricesAModelHas() {
		this.exposed
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=k",
					"routekit.models.local.base-url=http://localhost:8000/v1",
					"routekit.models.own.base-url=http://localhost:8000/v1", "routekit.models.own.price-provider=free",
					"routekit.models.other.type=fake")
			.run((context) -> assertThat(read(context).get("catalogue").get("priceProviders"))
				.isEqualTo(json("{'model': 'openai', 'local': 'unknown', 'own': 'free'}")));
	}

	@Test
	void showsTheVersionOfThePricesThatWin(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("own.yaml"), """
				version: 2031-01-01
				models:
				  - {provider: openai, id: gpt-5-mini, input: 0.24}
				""");
		this.fake
			.withPropertyValues("routekit.cost.catalogue-location=" + file.toUri(),
					"routekit.cost.catalogue[0].provider=openai", "routekit.cost.catalogue[0].id=gpt-5-nano",
					"routekit.cost.catalogue[0].input=0.04")
			.run((context) -> {
				JsonNode catalogue = read(context).get("catalogue");
				assertThat(catalogue.get("version").asString()).isEqualTo("2031-01-01");
				assertThat(catalogue.get("ageInDays").asLong()).isNegative();
				assertThat(catalogue.get("sources").valueStream().map(JsonNode::asString)).containsExactly(
						"routekit-prices " + PriceCatalogue.bundled().version(), "own.yaml 2031-01-01",
						"routekit.cost.catalogue");
			});
	}

	@Test
	void showsNoPricesIfCostsAreOff() {
		this.fake.withPropertyValues("routekit.cost.enabled=false")
			.run((context) -> assertThat(read(context).has("catalogue")).isFalse());
	}

	@Test
	void showsWhatCallsTook() {
		this.observed.withPropertyValues("routekit.provider.model=m").run((context) -> {
			context.getBean(FakeModel.class).respondWith("Hi", "Hi");
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			context.getBean(Model.class).stream("Hi").blockLast(TIMEOUT);
			JsonNode calls = read(context).get("calls");
			assertThat(calls.get("since").asString()).endsWith("Z");
			assertThat(calls.get("models").size()).isOne();
			assertThat(calls.get("models").get(0).get("requestModel").asString()).isEqualTo("m");
			assertThat(calls.get("models").get(0).get("calls"))
				.isEqualTo(json("{'success': 2, 'error': 0, 'cancelled': 0}"));
			assertThat(calls.get("models").get(0).get("unpriced").asInt()).isEqualTo(2);
		});
	}

	@Test
	void showsWhatCallsTookWithoutMetrics() {
		this.observed.withClassLoader(new FilteredClassLoader("io.micrometer.core")).run((context) -> {
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			assertThat(read(context).get("calls").get("models").size()).isOne();
		});
	}

	@Test
	void showsNoCallsIfThereIsNoObservationRegistry() {
		this.fake.run((context) -> assertThat(read(context).has("calls")).isFalse());
	}

	@Test
	void showsNoCallsIfTheyAreNotObserved() {
		this.fake.withBean(ObservationRegistry.class, () -> ObservationRegistry.NOOP)
			.run((context) -> assertThat(read(context).has("calls")).isFalse());
		this.observed.withPropertyValues("management.observations.enable.gen_ai=false")
			.run((context) -> assertThat(read(context).has("calls")).isFalse());
	}

	@Test
	void backsOffFromBeansOfApplication() {
		this.observed.withBean("own", CallLedger.class, CallLedger::new)
			.run((context) -> assertThat(context).hasSingleBean(CallLedger.class));
	}

	private static JsonNode settings(AssertableApplicationContext context) {
		return read(context).get("models").get("model").get("settings");
	}

	private static JsonNode read(AssertableApplicationContext context) {
		JsonMapper mapper = context.getBean(EndpointJsonMapper.class).get();
		Object answer = ReflectionTestUtils.invokeMethod(context.getBean(RouteKitEndpoint.class), "routekit");
		return mapper.readTree(mapper.writeValueAsString(answer));
	}

	private static JsonNode json(String json) {
		return JsonMapper.builder().build().readTree(json.replace('\'', '"'));
	}

	/**
	 * A tool that is made by hand.
	 */
	static class ClockTool implements AgentTool {

		@Override
		public Tool definition() {
			return Tool.of("clock", null, "{}");
		}

		@Override
		public Mono<ToolResult> call(ToolContext context) {
			return Mono.empty();
		}

		@Override
		public boolean isSerial() {
			return true;
		}

		@Override
		public Duration timeout() {
			return Duration.ofSeconds(5);
		}

	}

}
