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
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.actuate.autoconfigure.RouteKitHealthAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.WireProvider;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.resilience.ModelHealthRegistry;
import io.routekit.resilience.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for the routes of {@code routekit.routes}.
 */
class RoutesTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String THOUGHT = """
			{"id":"answer-1","type":"message","role":"assistant","model":"model-1","content":[\
			{"type":"thinking","thinking":"Hm","signature":"signed"},{"type":"text","text":"Where?"}],\
			"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":2}}""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class));

	private final ApplicationContextRunner fake = this.runner.withPropertyValues("routekit.provider.type=fake",
			"routekit.models.small.model=small-1", "routekit.models.other.model=other-1");

	private final ApplicationContextRunner routed = this.fake.withPropertyValues(
			"routekit.routes.careful.models=model, small", "routekit.routes.balanced.weights.small=3",
			"routekit.routes.balanced.weights.other=1");

	private static FakeModel fake(ApplicationContext context, String name) {
		return context.getBean(name, Model.class).unwrap(FakeModel.class);
	}

	private static FakeResponse failure(Kind kind) {
		return FakeResponse.failure(FakeResponse.failureOf(kind, "Not now").build());
	}

	private static String text(Model model) {
		return model.chat("Hi").map(ModelResponse::content).block(LIMIT);
	}

	@Test
	void aRouteIsInjectedByItsNameAndIsInNobodysWay() {
		this.routed.withUserConfiguration(InjectedConfiguration.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.model()).isSameAs(injected.models().get("model"));
			assertThat(injected.balanced()).isInstanceOf(Route.class).isSameAs(injected.models().get("balanced"));
			assertThat(injected.models().names()).containsExactly("balanced", "careful", "model", "other", "small");
		});
	}

	@Test
	void aRouteGoesToTheFirstModelThatIsAvailable() {
		this.routed.run((context) -> {
			fake(context, "model").respondWith(FakeResponse.text("First"), failure(Kind.OVERLOADED));
			fake(context, "small").respondWith("Second");
			Model careful = context.getBean("careful", Model.class);
			assertThat(text(careful)).isEqualTo("First");
			assertThat(text(careful)).isEqualTo("Second");
		});
	}

	@Test
	void aRouteGoesToModelsByTheirWeights() {
		this.routed.run((context) -> {
			fake(context, "small").when((request) -> true).respondWith("small");
			fake(context, "other").when((request) -> true).respondWith("other");
			Model balanced = context.getBean("balanced", Model.class);
			IntStream.range(0, 1000).forEach((i) -> text(balanced));
			assertThat(fake(context, "small").requests()).hasSizeBetween(650, 850);
			assertThat(fake(context, "other").requests()).hasSizeBetween(150, 350);
		});
	}

	@Test
	void theKindsOfFailureAreThoseOfTheRoute() {
		this.routed.withPropertyValues("routekit.routes.careful.fallback-on=quota").run((context) -> {
			fake(context, "model").respondWith(failure(Kind.QUOTA), failure(Kind.OVERLOADED));
			fake(context, "small").respondWith("Second");
			Model careful = context.getBean("careful", Model.class);
			assertThat(text(careful)).isEqualTo("Second");
			assertThat(careful.chat("Hi").onErrorComplete().blockOptional(LIMIT)).isEmpty();
		});
	}

	@Test
	void eachProviderIsAskedInItsOwnWords() {
		try (RawServer openAi = new RawServer(); RawServer anthropic = new RawServer()) {
			anthropic.reply(Script.json(200, THOUGHT))
				.reply(Script.json(529, WireProvider.ANTHROPIC.error(529, "Overloaded")));
			openAi.reply(Script.json(200, WireProvider.OPENAI.answer("It rains")));
			this.runner
				.withPropertyValues("routekit.provider.type=openai", "routekit.provider.base-url=" + openAi.url(),
						"routekit.models.claude.type=anthropic", "routekit.models.claude.base-url=" + anthropic.url(),
						"routekit.models.claude.retry.max-retries=0", "routekit.routes.both.models=claude,model")
				.run((context) -> {
					Model both = context.getBean("both", Model.class);
					List<Message> conversation = List.of(Message.user("Weather?"),
							both.chat("Weather?").block(LIMIT).toMessage(), Message.user("Oslo"));
					ModelResponse response = both.chat(conversation).block(LIMIT);
					assertThat(response.content()).isEqualTo("It rains");
					assertThat(response.provider()).isEqualTo("openai");
					assertThat(anthropic.request().body()).contains("signature");
					assertThat(openAi.request().body()).contains("Where?").doesNotContain("signature");
				});
		}
	}

	@Test
	void eachAttemptIsACallOfItsModelAndTheRouteIsNone() {
		this.routed
			.withConfiguration(AutoConfigurations.of(RouteKitObservationAutoConfiguration.class,
					RouteKitHealthAutoConfiguration.class, ObservationAutoConfiguration.class,
					MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class))
			.run((context) -> {
				fake(context, "model").respondWith(failure(Kind.OVERLOADED));
				text(context.getBean("careful", Model.class));
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("gen_ai.client.operation.duration").timers())
					.extracting((timer) -> timer.getId().getTag("gen_ai.request.model"), Timer::count)
					.containsExactlyInAnyOrder(tuple("fake-model", 1L), tuple("small-1", 1L));
				assertThat(meters.get("routekit.fallback")
					.tags("routekit.model", "model", "routekit.fallback.model", "small")
					.counter()
					.count()).isOne();
				assertThat(context.getBean(ModelHealthRegistry.class).health().keySet()).doesNotContain("careful",
						"balanced");
			});
	}

	@Test
	void anApplicationsOwnModelCanBePartOfARoute() {
		this.fake.withBean("mine", FakeModel.class, () -> FakeModel.of("Mine"))
			.withPropertyValues("routekit.routes.balanced.weights.mine=1")
			.run((context) -> assertThat(text(context.getBean("balanced", Model.class))).isEqualTo("Mine"));
	}

	@Test
	void anApplicationsOwnModelTakesThePlaceOfARouteOfItsName() {
		this.fake.withBean("balanced", FakeModel.class, () -> FakeModel.of("Mine"))
			.withPropertyValues("routekit.routes.balanced.weights.small=1", "routekit.models.small.fallback=balanced")
			.run((context) -> assertThat(text(context.getBean("balanced", Model.class))).isEqualTo("Mine"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					models=                        | 'routekit.routes.r' must have either 'models' or 'weights' but has neither | 'routekit.routes.r.models'
					fallback-on=quota              | 'routekit.routes.r' must have either 'models' or 'weights' but has neither | 'routekit.routes.r.weights.<model>'
					models=small,weights.small=1   | 'routekit.routes.r' must have either 'models' or 'weights' but has both    | 'routekit.routes.r.models'
					models=large                   | 'routekit.routes.r.models': Unknown model 'large', known: 'model', 'other', 'small' | 'routekit.models.large'
					weights.large=1                | 'routekit.routes.r.weights': Unknown model 'large'                         | 'routekit.models.large'
					models=r                       | 'routekit.routes.r.models' names the route 'r'                             | Remove 'r'
					weights.r=1                    | 'routekit.routes.r.weights' names the route 'r'                            | Remove 'r'
					weights.small=-1               | 'routekit.routes.r.weights.small' must not be negative but is -1           | 'routekit.routes.r.weights.small'
					weights.small=0                | 'routekit.routes.r.weights' has no weight that is positive                 | 'routekit.routes.r.weights.small'
					""")
	void aRouteThatLeadsNowhereFailsTheStart(String properties, String description, String action) {
		String[] values = IntStream.range(0, properties.split(",").length)
			.mapToObj((i) -> "routekit.routes.r." + properties.split(",")[i])
			.toArray(String[]::new);
		assertFailure(this.fake.withPropertyValues(values), description, action);
	}

	@ParameterizedTest
	@CsvSource({ "routekit.routes.r.models", "routekit.provider.fallback", "routekit.models.small.fallback" })
	void nothingLeadsToARouteButACall(String property) {
		assertFailure(this.routed.withPropertyValues(property + "=other,balanced"),
				"'" + property + "' names the route 'balanced'", "Remove 'balanced' from '" + property + "'");
	}

	@ParameterizedTest
	@CsvSource({ "small,is the name of a model", "model,is the name of the model of 'routekit.provider'",
			"clock,is the name of another bean" })
	void aNameThatIsTakenFailsTheStart(String name, String reason) {
		assertFailure(
				this.fake.withBean("clock", String.class, () -> "tick")
					.withPropertyValues("routekit.routes." + name + ".models=other"),
				"'routekit.routes." + name + "' cannot be a route: '" + name + "' " + reason,
				"Give the route another name");
	}

	private static void assertFailure(ApplicationContextRunner runner, String description, String action) {
		runner.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
			.isInstanceOfSatisfying(ModelConfigurationException.class, (ex) -> {
				assertThat(ex).hasMessageContaining(description);
				assertThat(ex.getAction()).contains(action);
			}));
	}

	record Injected(Model model, Model balanced, Models models) {

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectedConfiguration {

		@Bean
		Injected injected(Model model, @Qualifier("balanced") Model balanced, Models models) {
			return new Injected(model, balanced, models);
		}

	}

}
