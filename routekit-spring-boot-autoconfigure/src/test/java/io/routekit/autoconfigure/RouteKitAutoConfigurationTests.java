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
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.Tool;
import io.routekit.ToolChoice;
import io.routekit.autoconfigure.TestProvider.TestModel;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * Tests for {@link RouteKitAutoConfiguration}.
 */
class RouteKitAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class));

	private final ApplicationContextRunner providers = this.runner
		.withBean("openAi", ModelProvider.class, TestProvider::openAi)
		.withBean("anthropic", ModelProvider.class, TestProvider::anthropic)
		.withBean("azure", ModelProvider.class, TestProvider::azure);

	@Test
	void fakeProviderGivesBothTheModelAndTheFake() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider.fake.responses=Hi")
			.withUserConfiguration(InjectedConfiguration.class)
			.run((context) -> {
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.model()).isSameAs(context.getBean("model"));
				assertThat(injected.model().unwrap(FakeModel.class)).isSameAs(injected.fakeModel());
				assertThat(injected.model().chat("Hello").map(ModelResponse::content).block(TIMEOUT)).isEqualTo("Hi");
				assertThat(injected.fakeModel().requests()).hasSize(1);
			});
	}

	@Test
	void otherProviderGivesNoFake() {
		this.providers.withPropertyValues("routekit.provider.type=openai")
			.run((context) -> assertThat(context).hasSingleBean(Model.class).doesNotHaveBean(FakeModel.class));
	}

	@Test
	void defaultTypeHoldsWithoutKey() {
		this.providers.withPropertyValues("routekit.provider.default-type=fake")
			.run((context) -> assertThat(context.getBean(Model.class).unwrap(FakeModel.class))
				.isSameAs(context.getBean(FakeModel.class)));
	}

	@Test
	void keyWinsOverDefaultType() {
		this.providers.withPropertyValues("routekit.provider.default-type=fake", "ANTHROPIC_API_KEY=k")
			.run((context) -> {
				assertThat(model(context).provider()).isEqualTo("anthropic");
				assertThat(context.getBeanProvider(FakeModel.class).getIfAvailable()).isNull();
				assertThat(context.getBeansOfType(Model.class)).containsOnlyKeys("model");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "OPENAI_API_KEY:openai", "ANTHROPIC_API_KEY:anthropic", "ANTHROPIC_AUTH_TOKEN:anthropic",
			"AZURE_OPENAI_API_KEY:azure-openai" })
	void singleKeySelectsItsProvider(String keyAndType) {
		String[] parts = keyAndType.split(":");
		this.providers.withPropertyValues(parts[0] + "=k")
			.run((context) -> assertThat(model(context).provider()).isEqualTo(parts[1]));
	}

	@Test
	void severalKeysWithoutTypeFailNamingThem() {
		this.providers.withPropertyValues("OPENAI_API_KEY=k1", "ANTHROPIC_API_KEY=k2").run((context) -> {
			ModelConfigurationException failure = failure(context);
			assertThat(failure).hasMessageContaining("'OPENAI_API_KEY', 'ANTHROPIC_API_KEY'")
				.hasMessageNotContainingAny("k1", "k2");
			assertThat(failure.getAction()).contains("'routekit.provider.type'", "'anthropic', 'openai'")
				.doesNotContain("azure");
		});
	}

	@Test
	void typeDecidesAmongSeveralKeysAndOnlyItsVariablesApply() {
		this.providers
			.withPropertyValues("OPENAI_API_KEY=k1", "OPENAI_BASE_URL=https://a.example.com", "ANTHROPIC_API_KEY=k2",
					"routekit.provider.type=anthropic")
			.run((context) -> {
				assertThat(settings(context).apiKey()).isEqualTo("k2");
				assertThat(settings(context).baseUrl()).isNull();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "OPENAI_API_KEY:openai", "AZURE_OPENAI_API_KEY:azure-openai",
			"ANTHROPIC_API_KEY:anthropic", "ANTHROPIC_AUTH_TOKEN:anthropic" })
	void keySelectsBuiltInProvider(String keyAndType) {
		String[] parts = keyAndType.split(":");
		this.runner
			.withPropertyValues(parts[0] + "=k", "AZURE_OPENAI_ENDPOINT=https://r.openai.azure.com",
					"routekit.provider.model=m")
			.run((context) -> {
				assertThat(context.getBean(Model.class).provider()).isEqualTo(parts[1]);
				assertThat(context.getBean(Model.class).name()).isEqualTo("m");
			});
	}

	@Test
	void valueOfWrongTypeKeepsTheAnalysisOfBoot() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider.timeout.connect=soon")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(IllegalArgumentException.class)
				.hasStackTraceContaining("routekit.provider.timeout.connect")
				.cause()
				.cause()
				.isInstanceOf(BindException.class));
	}

	@Test
	void blankKeyIsNone() {
		this.providers.withPropertyValues("OPENAI_API_KEY=  ", "ANTHROPIC_API_KEY=k2")
			.run((context) -> assertThat(model(context).provider()).isEqualTo("anthropic"));
	}

	@Test
	void propertyWinsOverVariable() {
		this.providers
			.withPropertyValues("OPENAI_API_KEY=variable", "OPENAI_ORG_ID=org", "routekit.provider.api-key=property")
			.run((context) -> {
				assertThat(settings(context).apiKey()).isEqualTo("property");
				assertThat(settings(context).organization()).isEqualTo("org");
			});
	}

	@Test
	void keyInAPropertyWinsOverTheVariableForAnotherKey() {
		this.providers
			.withPropertyValues("ANTHROPIC_API_KEY=variable", "routekit.provider.auth-token=property",
					"routekit.provider.type=anthropic")
			.run((context) -> assertThat(settings(context).apiKey()).isNull());
		this.runner
			.withPropertyValues("ANTHROPIC_AUTH_TOKEN=variable", "routekit.provider.api-key=property",
					"routekit.provider.type=anthropic")
			.run((context) -> assertThat(context).hasSingleBean(Model.class));
	}

	@Test
	void firstOfSeveralVariablesForKeysOfOneProviderCounts() {
		this.runner.withPropertyValues("ANTHROPIC_API_KEY=key", "ANTHROPIC_AUTH_TOKEN=token")
			.run((context) -> assertThat(context).hasSingleBean(Model.class));
	}

	@Test
	void severalKeysOfOneProviderInPropertiesFail() {
		this.runner
			.withPropertyValues("routekit.provider.type=anthropic", "routekit.provider.api-key=k1",
					"routekit.provider.anthropic.auth-token=k2")
			.run((context) -> assertThat(failure(context).getAction()).contains("routekit.provider.api-key",
					"routekit.provider.anthropic.auth-token"));
	}

	@Test
	void variableStandsInForBlankProperty() {
		this.providers.withPropertyValues("OPENAI_API_KEY=variable", "routekit.provider.api-key=")
			.run((context) -> assertThat(settings(context).apiKey()).isEqualTo("variable"));
	}

	@Test
	void variableStandsInForPropertyOfBlock() {
		this.providers
			.withPropertyValues("AZURE_OPENAI_API_KEY=k", "OPENAI_API_VERSION=2026-01-01",
					"routekit.provider.azure.deployment=d")
			.run((context) -> assertThat(settings(context).bind("azure", AzureBlock.class))
				.isEqualTo(new AzureBlock("d", "2026-01-01")));
	}

	@Test
	void nothingConfiguredFailsNamingTypesAndVariables() {
		this.providers.run((context) -> {
			ModelConfigurationException failure = failure(context);
			assertThat(failure).hasMessageContaining("'routekit.provider.type'");
			assertThat(failure.getAction()).contains("'anthropic', 'azure-openai', 'fake', 'openai'",
					"'OPENAI_API_KEY'", "'ANTHROPIC_API_KEY'", "'AZURE_OPENAI_API_KEY'");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "api-key=secret", "base-url=https://llm.example.com" })
	void propertyOfUnknownProviderFailsAskingForType(String property) {
		this.providers.withPropertyValues("routekit.provider.default-type=fake", "routekit.provider." + property)
			.run((context) -> {
				ModelConfigurationException failure = failure(context);
				assertThat(failure).hasMessageStartingWith("'routekit.provider." + property.split("=")[0] + "' is set")
					.hasMessageNotContaining("secret");
				assertThat(failure.getAction()).contains("'routekit.provider.type'");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "type", "default-type" })
	void unknownTypeFailsListingTypes(String property) {
		this.providers.withPropertyValues("routekit.provider." + property + "=opneai").run((context) -> {
			ModelConfigurationException failure = failure(context);
			assertThat(failure).hasMessage("'routekit.provider.%s' is 'opneai', which no provider has", property);
			assertThat(failure.getAction()).contains("'anthropic', 'azure-openai', 'fake', 'openai'");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "llm.example.com/v1", "ftp://llm.example.com", "https:///v1", "https://user:secret@a.b/v1",
			"https://llm.example.com/a b", "https://llm.example.com/#secret", "https://llm.example.com:99999" })
	void invalidBaseUrlFailsWithoutShowingIt(String url) {
		this.providers.withPropertyValues("routekit.provider.type=openai", "routekit.provider.base-url=" + url)
			.run((context) -> assertThat(failure(context)).hasMessageStartingWith("'routekit.provider.base-url' ")
				.hasMessageNotContaining(url)
				.hasMessageNotContaining("secret"));
	}

	@Test
	void invalidVariableFailsNamingIt() {
		this.providers.withPropertyValues("OPENAI_API_KEY=k", "OPENAI_BASE_URL=localhost:8080")
			.run((context) -> assertThat(failure(context)).hasMessageContaining("'OPENAI_BASE_URL'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout.connect=0", "timeout.first-event=-1s", "timeout.idle=0s", "timeout.total=-5m",
			"limit.event=0", "limit.response=-1KB", "limit.tool-arguments=1GB", "limit.messages=0", "limit.parts=-1",
			"limit.tool-calls=1000001", "limit.tools=0", "options.max-tokens=0", "options.reasoning.budget-tokens=-1",
			"timeout.total=200000000d", "timeout.subscriber=0s" })
	void numberThatIsNotPositiveFails(String property) {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider." + property)
			.run((context) -> assertThat(failure(context))
				.hasMessageStartingWith("'routekit.provider." + property.split("=")[0] + "' must be positive"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1MB", "1KB" })
	void memoryOfAllCallsThatIsNoneFails(String size) {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.limit.in-flight=" + size)
			.run((context) -> assertThat(failure(context))
				.hasMessageStartingWith("'routekit.limit.in-flight' must be at least"));
	}

	@Test
	void memoryOfAllCallsIsBounded() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.limit.in-flight=1MB")
			.run((context) -> assertThat(context.getBean(RouteKitProperties.class).getLimit().getInFlight())
				.isEqualTo(DataSize.ofMegabytes(1)));
	}

	@Test
	void headerValueWithLineBreakFailsWithoutShowingIt() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.headers.X-Key=secret\r\nHost: evil")
			.run((context) -> assertThat(failure(context))
				.hasMessageContaining("'routekit.provider.headers.X-Key' has control characters")
				.hasMessageNotContaining("secret"));
	}

	@Test
	void headerNameThatIsNoTokenFails() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.provider.headers[X\u0020Key]=value")
			.run((context) -> assertThat(failure(context)).hasMessageContaining("'X Key'"));
	}

	@Test
	void reasoningByEffortAndBudgetFails() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.options.reasoning.effort=low",
					"routekit.provider.options.reasoning.budget-tokens=100")
			.run((context) -> assertThat(failure(context)).hasMessageContaining("are both set"));
	}

	@Test
	void schemaThatIsNoJsonFails() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.options.response-format.name=n",
					"routekit.provider.options.response-format.schema=oops")
			.run((context) -> assertThat(failure(context)).hasMessageContaining("response-format.schema"));
	}

	@Test
	void everySharedKeyReachesTheProvider() {
		this.providers
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.model=m",
					"routekit.provider.api-key=k", "routekit.provider.base-url=https://llm.example.com/v1",
					"routekit.provider.organization=o", "routekit.provider.project=p",
					"routekit.provider.headers.X-Title=t", "routekit.provider.timeout.connect=1s",
					"routekit.provider.timeout.first-event=2s", "routekit.provider.timeout.idle=3s",
					"routekit.provider.timeout.total=4s", "routekit.provider.timeout.subscriber=5s",
					"routekit.provider.limit.event=1KB", "routekit.provider.limit.response=2KB",
					"routekit.provider.limit.tool-arguments=3KB", "routekit.provider.limit.messages=4",
					"routekit.provider.limit.parts=5", "routekit.provider.limit.tool-calls=6",
					"routekit.provider.limit.tools=7", "routekit.provider.ssl.bundle=b")
			.run((context) -> {
				ModelSettings settings = settings(context);
				assertThat(settings.property("x")).isEqualTo("routekit.provider.x");
				assertThat(settings.model()).isEqualTo("m");
				assertThat(settings.apiKey()).isEqualTo("k");
				assertThat(settings.baseUrl()).isEqualTo(URI.create("https://llm.example.com/v1"));
				assertThat(settings.organization()).isEqualTo("o");
				assertThat(settings.project()).isEqualTo("p");
				assertThat(settings.headers()).isEqualTo(Map.of("X-Title", "t"));
				assertThat(settings.timeouts()).isEqualTo(Timeouts.builder()
					.connect(Duration.ofSeconds(1))
					.firstEvent(Duration.ofSeconds(2))
					.idle(Duration.ofSeconds(3))
					.total(Duration.ofSeconds(4))
					.subscriber(Duration.ofSeconds(5))
					.build());
				assertThat(settings.limits()).isEqualTo(Limits.builder()
					.event(DataSize.ofKilobytes(1))
					.response(DataSize.ofKilobytes(2))
					.toolArguments(DataSize.ofKilobytes(3))
					.messages(4)
					.parts(5)
					.toolCalls(6)
					.tools(7)
					.build());
				assertThat(settings.sslBundle()).isEqualTo("b");
			});
	}

	@Test
	void timeoutsAndLimitsThatAreNotSetHaveTheirDefaults() {
		this.providers.withPropertyValues("routekit.provider.type=openai").run((context) -> {
			assertThat(settings(context).timeouts()).isEqualTo(Timeouts.builder()
				.connect(Timeouts.defaults().connect())
				.firstEvent(Timeouts.defaults().firstEvent())
				.idle(Timeouts.defaults().idle())
				.build());
			assertThat(settings(context).limits()).isEqualTo(Limits.defaults());
		});
	}

	@Test
	void configuredOptionsCompleteTheRequest() {
		this.providers.withPropertyValues("routekit.provider.type=openai", "routekit.provider.options.temperature=0.5",
				"routekit.provider.options.top-p=0.9", "routekit.provider.options.max-tokens=7",
				"routekit.provider.options.stop=a,b", "routekit.provider.options.seed=1",
				"routekit.provider.options.tool-choice=required", "routekit.provider.options.parallel-tool-calls=false",
				"routekit.provider.options.response-format.type=json-object",
				"routekit.provider.options.reasoning.effort=low", "routekit.provider.options.service-tier=flex",
				"routekit.provider.options.user=u", "routekit.provider.options.extra.top_k=40",
				"routekit.provider.options.extra.labels[0]=x", "routekit.provider.options.extra.labels[1]=y",
				"routekit.provider.options.extra.nested.name=text",
				"routekit.provider.options.extra.json={\"a\":[true]}")
			.run((context) -> {
				context.getBean(Model.class)
					.chat(ChatRequest.builder()
						.messages(Message.user("Hi"))
						.tools(Tool.of("t", "d", "{}"))
						.options((options) -> options.maxTokens(99))
						.build())
					.block(TIMEOUT);
				assertThat(model(context).request().options()).satisfies((options) -> {
					assertThat(options.temperature()).isEqualTo(0.5);
					assertThat(options.topP()).isEqualTo(0.9);
					assertThat(options.maxTokens()).isEqualTo(99);
					assertThat(options.stop()).containsExactly("a", "b");
					assertThat(options.seed()).isEqualTo(1);
					assertThat(options.toolChoice()).isEqualTo(ToolChoice.REQUIRED);
					assertThat(options.parallelToolCalls()).isFalse();
					assertThat(options.responseFormat()).isEqualTo(ResponseFormat.JSON_OBJECT);
					assertThat(options.reasoning()).isEqualTo(Reasoning.effort("low"));
					assertThat(options.serviceTier()).isEqualTo("flex");
					assertThat(options.user()).isEqualTo("u");
					assertThat(options.extra()).isEqualTo(Map.of("top_k", 40, "labels", List.of("x", "y"), "nested",
							Map.of("name", "text"), "json", Map.of("a", List.of(true))));
				});
			});
	}

	@Test
	void configuredToolChoiceIsLeftOutWithoutTools() {
		this.providers
			.withPropertyValues("routekit.provider.type=openai", "routekit.provider.options.tool-choice=required",
					"routekit.provider.options.parallel-tool-calls=false")
			.run((context) -> {
				context.getBean(Model.class).stream("Hi").blockLast(TIMEOUT);
				assertThat(model(context).request().options().toolChoice()).isNull();
				assertThat(model(context).request().options().parallelToolCalls()).isNull();
			});
	}

	@Test
	void providerOfApplicationWinsOverBuiltInOne() {
		this.runner.withBean(ModelProvider.class, () -> new TestProvider("fake"))
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> {
				assertThat(model(context).provider()).isEqualTo("fake");
				assertThat(context.getBeansOfType(FakeModel.class)).isEmpty();
			});
	}

	@Test
	void providerOfApplicationAddsType() {
		this.runner.withBean(ModelProvider.class, () -> new TestProvider("own"))
			.withPropertyValues("routekit.provider.type=own")
			.run((context) -> assertThat(model(context).provider()).isEqualTo("own"));
	}

	@Test
	void filtersSurroundTheModelInTheirOrder() {
		StringBuilder order = new StringBuilder();
		this.providers.withPropertyValues("routekit.provider.type=openai", "routekit.provider.options.seed=7")
			.withBean("first", ModelFilter.class, () -> new NamedFilter("1", order))
			.withBean("second", ModelFilter.class, () -> new NamedFilter("2", order))
			.run((context) -> {
				context.getBean(Model.class).chat("Hi").block(TIMEOUT);
				assertThat(order).hasToString("1-7 2-7 ");
			});
	}

	@Test
	void backsOffFromModelOfApplication() {
		this.runner.withBean("own", Model.class, () -> (request) -> Mono.just(ModelResponse.of("own")))
			.withPropertyValues("routekit.provider.type=fake")
			.run((context) -> assertThat(context).hasSingleBean(Model.class).doesNotHaveBean("model"));
	}

	private static TestModel model(AssertableApplicationContext context) {
		return context.getBean(Model.class).unwrap(TestModel.class);
	}

	private static ModelSettings settings(AssertableApplicationContext context) {
		return model(context).settings();
	}

	private static ModelConfigurationException failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		return assertThat(context.getStartupFailure()).rootCause()
			.asInstanceOf(type(ModelConfigurationException.class))
			.actual();
	}

	record AzureBlock(String deployment, String apiVersion) {

	}

	record Injected(Model model, FakeModel fakeModel) {

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectedConfiguration {

		@Bean
		Injected injected(@Autowired Model someModel, FakeModel someFakeModel) {
			return new Injected(someModel, someFakeModel);
		}

	}

	record NamedFilter(String name, StringBuilder order) implements ModelFilter {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			this.order.append(this.name).append('-').append(request.options().seed()).append(' ');
			return next.chat(request);
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			return next.stream(request);
		}

	}

}
