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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.routekit.ApiKeySupplier;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.StreamEvent;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Request;
import io.routekit.http.RawServer.Script;
import io.routekit.http.WireProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the models of {@code routekit.models}.
 */
class NamedModelsTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@AutoClose
	private final RawServer server = new RawServer();

	@AutoClose
	private final RawServer otherServer = new RawServer();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class));

	private final ApplicationContextRunner openAi = this.runner.withPropertyValues("routekit.provider.type=openai",
			"routekit.provider.api-key=provider-key", "routekit.provider.base-url=" + this.server.url(),
			"routekit.provider.model=large", "routekit.provider.options.temperature=0.5",
			"routekit.provider.headers.x-team=search");

	private static Script answer(WireProvider provider) {
		return Script.json(200, provider.answer("Hello"));
	}

	private static Script failure(int status) {
		return Script.json(status, WireProvider.OPENAI.error(status, "Not now"), "Retry-After: 0");
	}

	@Test
	void aModelInheritsWhatItDoesNotSet() {
		this.server.reply(answer(WireProvider.OPENAI));
		this.openAi.withPropertyValues("routekit.models.fast.model=small", "routekit.models.fast.options.max-tokens=9")
			.run((context) -> {
				Model fast = context.getBean("fast", Model.class);
				fast.chat("Hi").block(LIMIT);
				Request request = this.server.request();
				assertThat(request.header("authorization")).isEqualTo("Bearer provider-key");
				assertThat(request.header("x-team")).isEqualTo("search");
				JsonNode body = request.json();
				assertThat(body.path("model").asString()).isEqualTo("small");
				assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
				assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(9);
				context.getBean(Model.class).chat("Hi").block(LIMIT);
				assertThat(this.server.request().json().path("model").asString()).isEqualTo("large");
				assertThat(this.server.request().json().has("max_completion_tokens")).isFalse();
			});
	}

	@Test
	void namesOfAnyDepthAreInheritedAsTheyAre() {
		this.runner
			.withPropertyValues("routekit.provider.type=fake", "routekit.provider.options.extra.provider.sortBy=price",
					"routekit.provider.options.extra.a.b.c.d[0].e_f=1",
					"routekit.models.fast.options.extra.a.b.c.g[x.y].Z=2")
			.run((context) -> {
				Model fast = context.getBean("fast", Model.class);
				fast.chat("Hi").block(LIMIT);
				assertThat(fast.unwrap(FakeModel.class).lastRequest().options().extra())
					.containsExactlyInAnyOrderEntriesOf(Map.of("provider", Map.of("sortBy", "price"), "a", Map.of("b",
							Map.of("c", Map.of("d", List.of(Map.of("e_f", 1)), "g", Map.of("x.y", Map.of("Z", 2)))))));
			});
	}

	@Test
	void aModelHasItsOwnKey() {
		this.server.reply(answer(WireProvider.OPENAI));
		this.openAi.withPropertyValues("routekit.models.fast.api-key=fast-key").run((context) -> {
			context.getBean("fast", Model.class).chat("Hi").block(LIMIT);
			assertThat(this.server.request().header("authorization")).isEqualTo("Bearer fast-key");
		});
	}

	@Test
	void keysAndHeadersGoToNoOtherServer() {
		this.otherServer.reply(answer(WireProvider.OPENAI));
		this.openAi.withPropertyValues("routekit.models.local.base-url=" + this.otherServer.url()).run((context) -> {
			context.getBean("local", Model.class).chat("Hi").block(LIMIT);
			assertThat(this.otherServer.request().header("authorization")).isNull();
			assertThat(this.otherServer.request().header("x-team")).isNull();
			assertThat(this.otherServer.request().json().path("temperature").asDouble()).isEqualTo(0.5);
		});
	}

	@Test
	void aKeyOfTheEnvironmentGoesToNoOtherServer() {
		this.otherServer.reply(answer(WireProvider.OPENAI));
		this.runner
			.withPropertyValues("OPENAI_API_KEY=variable-key",
					"routekit.models.local.base-url=" + this.otherServer.url())
			.run((context) -> {
				context.getBean("local", Model.class).chat("Hi").block(LIMIT);
				assertThat(this.otherServer.request().header("authorization")).isNull();
			});
	}

	@Test
	void aServerThatIsTheSameInOtherWordsGetsTheKey() {
		this.runner
			.withPropertyValues("OPENAI_API_KEY=variable-key",
					"routekit.models.fast.base-url=https://API.openai.com/v1/")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("fast"));
	}

	@Test
	void severalProvidersLiveInOneApplication() {
		this.otherServer.reply(answer(WireProvider.ANTHROPIC)).reply(answer(WireProvider.AZURE_DEPLOYMENTS));
		this.openAi
			.withPropertyValues("routekit.models.claude.type=anthropic", "routekit.models.claude.api-key=claude-key",
					"routekit.models.claude.base-url=" + this.otherServer.url(),
					"routekit.models.azure.type=azure-openai", "routekit.models.azure.api-key=azure-key",
					"routekit.models.azure.base-url=" + this.otherServer.url(),
					"routekit.models.azure.azure.deployment=d")
			.withUserConfiguration(InjectedConfiguration.class)
			.run((context) -> {
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.model().provider()).isEqualTo("openai");
				assertThat(injected.claude().provider()).isEqualTo("anthropic");
				injected.claude().chat("Hi").block(LIMIT);
				assertThat(this.otherServer.request().header("x-api-key")).isEqualTo("claude-key");
				assertThat(this.otherServer.request().header("x-team")).isNull();
				assertThat(this.otherServer.request().json().has("temperature")).isFalse();
				injected.models().get("azure").chat("Hi").block(LIMIT);
				assertThat(this.otherServer.request().header("api-key")).isEqualTo("azure-key");
				assertThat(injected.models().names()).containsExactly("azure", "claude", "model");
				assertThat(injected.models().get("model")).isSameAs(injected.model());
			});
	}

	@Test
	void anUnknownNameIsAnsweredByTheKnownOnes() {
		this.openAi.withPropertyValues("routekit.models.fast.model=small").run((context) -> {
			Models models = context.getBean(Models.class);
			assertThatIllegalArgumentException().isThrownBy(() -> models.get("slow"))
				.withMessage("Unknown model 'slow', known: 'fast', 'model'");
		});
	}

	@Test
	void aKeyThatIsTakenForANameIsNotRepeated() {
		this.openAi.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(Models.class).get("provider-key"))
			.withMessage("Unknown model '***', known: 'model'"));
	}

	@Test
	void anApplicationsOwnModelIsTheOneToInject() {
		this.runner.withPropertyValues("routekit.models.fast.type=fake")
			.withBean("mine", Model.class, () -> FakeModel.of("Mine"))
			.run((context) -> {
				assertThat(context.getBean(Model.class).chat("Hi").map(ModelResponse::content).block(LIMIT))
					.isEqualTo("Mine");
				assertThat(context.getBean(Models.class).names()).containsExactly("fast", "mine");
				assertThat(context).doesNotHaveBean("model");
			});
	}

	@Test
	void anApplicationsOwnModelTakesThePlaceOfOneOfItsName() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.models.fast.type=anthropic")
			.withBean("fast", FakeModel.class, () -> FakeModel.of("Mine"))
			.run((context) -> assertThat(context.getBean("fast", Model.class).provider()).isEqualTo("fake"));
	}

	@ParameterizedTest
	@CsvSource({ "model,is the name of the model of 'routekit.provider'", "clock,is the name of another bean" })
	void aNameThatIsTakenFailsTheStart(String name, String reason) {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.models." + name + ".model=m")
			.withBean("clock", String.class, () -> "tick")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining("'routekit.models." + name + "'")
				.hasMessageContaining(reason));
	}

	@Test
	void withoutATypeAModelIsOfTheProvider() {
		this.runner.withPropertyValues("routekit.provider.type=fake", "routekit.models.fast.fake.responses=Fast")
			.run((context) -> assertThat(
					context.getBean("fast", Model.class).chat("Hi").map(ModelResponse::content).block(LIMIT))
				.isEqualTo("Fast"));
	}

	@Test
	void aWrongValueIsReportedByItsOwnName() {
		this.openAi.withPropertyValues("routekit.models.fast.timeout.idle=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'routekit.models.fast.timeout.idle'"));
	}

	@Test
	void aModelFallsBackToAnotherOne() {
		this.server.reply(failure(503));
		this.otherServer.reply(Script.json(200, WireProvider.ANTHROPIC.answer("From Claude")))
			.reply(Script.events(WireProvider.ANTHROPIC.stream("From Claude")));
		this.openAi.withPropertyValues("routekit.provider.fallback=claude", "routekit.provider.retry.max-retries=0",
				"routekit.models.claude.type=anthropic", "routekit.models.claude.base-url=" + this.otherServer.url())
			.run((context) -> {
				Model model = context.getBean(Model.class);
				ModelResponse response = model.chat("Hi").block(LIMIT);
				assertThat(response.content()).isEqualTo("From Claude");
				assertThat(response.provider()).isEqualTo("anthropic");
				assertThat(response.metadata()).containsKey("fallback");
				assertThat(model.stream("Hi").transform(StreamEvent::text).collect(Collectors.joining()).block(LIMIT))
					.isEqualTo("From Claude");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			other | Unknown model 'other', known: 'fast', 'model'
			model | names the model 'model' itself
			""")
	void aFallbackThatCannotBeFailsTheStart(String other, String reason) {
		this.openAi.withPropertyValues("routekit.models.fast.model=small", "routekit.provider.fallback=" + other)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'routekit.provider.fallback'")
				.hasMessageContaining(reason));
	}

	@Test
	void aFallbackIsNotInherited() {
		this.openAi.withPropertyValues("routekit.models.fast.model=small", "routekit.provider.fallback=fast")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void retriesAreConfiguredAndInherited() {
		this.server.reply(failure(429)).reply(failure(429)).reply(failure(429)).reply(answer(WireProvider.OPENAI));
		this.openAi
			.withPropertyValues("routekit.provider.retry.max-retries=3", "routekit.provider.retry.delay=1ms",
					"routekit.models.fast.model=small")
			.run((context) -> {
				assertThat(context.getBean("fast", Model.class).chat("Hi").map(ModelResponse::content).block(LIMIT))
					.isEqualTo("Hello");
				assertThat(this.server.requests()).hasSize(4);
			});
	}

	@Test
	void whatATestScriptsIsSeenUnlessRetriesAreSet() {
		FakeResponse failure = FakeResponse
			.failure(FakeResponse.failureOf(Kind.RATE_LIMIT, "Slow down").retryAfter(Duration.ZERO).build());
		ApplicationContextRunner fake = this.runner.withPropertyValues("routekit.provider.type=fake");
		fake.run((context) -> {
			context.getBean(FakeModel.class).respondWith(failure);
			assertThat(context.getBean(Model.class).chat("Hi").onErrorComplete().blockOptional(LIMIT)).isEmpty();
		});
		fake.withPropertyValues("routekit.provider.retry.max-retries=1").run((context) -> {
			context.getBean(FakeModel.class).respondWith(failure, FakeResponse.text("Hello"));
			assertThat(context.getBean(Model.class).chat("Hi").blockOptional(LIMIT)).isPresent();
		});
	}

	@ParameterizedTest
	@CsvSource({ "max-retries,-1", "delay,-1s", "max-delay,-1s", "max-retry-after,-1s" })
	void aWrongRetryFailsTheStart(String property, String value) {
		this.openAi.withPropertyValues("routekit.provider.retry." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessageContaining("'routekit.provider.retry." + property + "'"));
	}

	@Test
	void whatAModelTakesIsNotInheritedByAnother() {
		this.runner
			.withPropertyValues("routekit.provider.type=anthropic", "routekit.provider.api-key=k",
					"routekit.provider.model=smart", "routekit.provider.anthropic.generation.model=claude-opus-5-5",
					"routekit.models.old.model=claude-3-7-sonnet", "routekit.models.same.timeout.total=1m")
			.run((context) -> {
				assertThat(context.getBean("same", Model.class).unwrap(ConfiguredModel.class).settings().toString())
					.contains("generation={model=claude-opus-5-5}");
				assertThat(context.getBean("old", Model.class).unwrap(ConfiguredModel.class).settings().toString())
					.doesNotContain("generation");
			});
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,authorization,Bearer tenant-a", "ANTHROPIC,x-api-key,tenant-a",
			"AZURE_DEPLOYMENTS,api-key,tenant-a" })
	void eachCallHasTheKeyOfItsTenant(WireProvider provider, String header, String value) {
		this.server.reply(answer(provider)).reply(Script.events(provider.stream("Hello")));
		this.runner
			.withPropertyValues("routekit.provider.type=" + provider.type(),
					"routekit.provider.base-url=" + this.server.url(), "routekit.provider.azure.deployment=d",
					"routekit.provider.api-key=shared-key")
			.withBean(ApiKeySupplier.class,
					() -> (model, request) -> Mono
						.deferContextual((context) -> Mono.justOrEmpty(context.getOrEmpty(model + "-tenant"))))
			.run((context) -> {
				Model model = context.getBean(Model.class);
				model.chat("Hi").contextWrite((ctx) -> ctx.put("model-tenant", "tenant-a")).block(LIMIT);
				assertThat(this.server.request().header(header)).isEqualTo(value);
				model.stream("Hi").blockLast(LIMIT);
				assertThat(this.server.request().header(header)).endsWith("shared-key");
			});
	}

	@Test
	void noKeyIsConfiguredWhereEachCallHasOne() {
		this.runner.withPropertyValues("routekit.provider.type=openai", "routekit.models.claude.type=anthropic")
			.withBean(ApiKeySupplier.class, () -> (model, request) -> Mono.just("k"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aKeyThatCannotBeObtainedFailsTheCall() {
		this.openAi
			.withBean(ApiKeySupplier.class,
					() -> (model, request) -> Mono.error(new IllegalStateException("Vault down")))
			.run((context) -> assertThat(context.getBean(Model.class)
				.chat("Hi")
				.materialize()
				.map((signal) -> List.of(String.valueOf(signal.getThrowable())))
				.block(LIMIT)).singleElement()
				.asString()
				.contains("The API key of the ApiKeySupplier could not be obtained"));
		assertThat(this.server.requests()).isEmpty();
	}

	record Injected(Model model, Model claude, Models models) {

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectedConfiguration {

		@Bean
		Injected injected(Model model, @Qualifier("claude") Model claude, Models models) {
			return new Injected(model, claude, models);
		}

	}

}
