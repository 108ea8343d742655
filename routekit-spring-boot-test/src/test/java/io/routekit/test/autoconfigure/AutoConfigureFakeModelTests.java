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

package io.routekit.test.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.test.autoconfigure.AutoConfigureFakeModel.Replace;
import io.routekit.test.autoconfigure.example.ExampleApplication;
import io.routekit.test.autoconfigure.example.Summarizer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AutoConfigureFakeModel}.
 */
class AutoConfigureFakeModelTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ApplicationContext context(Class<?> test) {
		return new TestContextManager(test).getTestContext().getApplicationContext();
	}

	@ParameterizedTest
	@ValueSource(classes = { WithoutConfiguration.class, WithTypeButNoKey.class, WithSeveralKeys.class,
			WithUnresolvedPlaceholders.class, WithUnknownType.class, WithWholeApplication.class })
	void fakeAnswersWhateverIsConfigured(Class<?> test) {
		ApplicationContext context = context(test);
		context.getBean(FakeModel.class).respondWith("faked");

		assertThat(context.getBean(Model.class).chat("Hi").block(TIMEOUT).content()).isEqualTo("faked");
	}

	@Test
	void fakeKeepsNameOptionsAndMeters() {
		ApplicationContext context = context(WithWholeApplication.class);
		Model model = context.getBean(Model.class);
		model.chat("Hi").block(TIMEOUT);

		assertThat(model.name()).isEqualTo("claude-haiku-4-5");
		assertThat(context.getBean(FakeModel.class).lastRequest().options().temperature()).isEqualTo(0.2);
		assertThat(context.getBean(MeterRegistry.class)
			.get("gen_ai.client.operation.duration")
			.tag("gen_ai.request.model", "claude-haiku-4-5")
			.timer()
			.count()).isPositive();
	}

	@Test
	void scriptOfThePropertiesHolds() {
		assertThat(context(WithSeveralKeys.class).getBean(Model.class).chat("Hi").block(TIMEOUT).content())
			.isEqualTo("scripted");
	}

	@Test
	void modelsOfTheApplicationAreReplaced() {
		ApplicationContext context = context(WithOwnModels.class);
		Users users = context.getBean(Users.class);
		context.getBean(FakeModel.class).respondWith("faked");

		assertThat(users.primary().chat("Hi").block(TIMEOUT).content()).isEqualTo("faked");
		assertThat(users.slow().name()).isEqualTo("thoughtful");
		users.slow().chat("Hi").block(TIMEOUT);
		assertThat(context.getBean("thoughtful", FakeModel.class).requests()).hasSize(1);
	}

	@Test
	void fakeOfTheApplicationStays() {
		assertThat(context(WithOwnFake.class).getBean(Model.class).chat("Hi").block(TIMEOUT).content())
			.isEqualTo("own");
	}

	@Test
	void modelsOfTheApplicationStayIfOnlyAutoConfiguredOnesAreReplaced() {
		ApplicationContext context = context(WithAutoConfiguredReplaced.class);

		assertThat(context.getBean(Model.class).chat("Hi").block(TIMEOUT).content()).isEqualTo("real");
		assertThat(context.getBeansOfType(FakeModel.class)).isEmpty();
	}

	@Test
	void nothingIsReplacedIfNothingShallBe() {
		assertThatIllegalStateException().isThrownBy(() -> context(WithNothingReplaced.class))
			.havingRootCause()
			.withMessageContaining("API key");
	}

	@Test
	void mockOfTheTestWins() {
		assertThat(context(WithMock.class).getBean(Model.class)).isNotInstanceOf(FakeModel.class);
	}

	@Test
	void everyAutoConfigurationIsImportedButThoseOfTheActuator() {
		ClassLoader classLoader = getClass().getClassLoader();

		assertThat(ImportCandidates.load(AutoConfigureFakeModel.class, classLoader))
			.containsExactlyInAnyOrderElementsOf(ImportCandidates.load(AutoConfiguration.class, classLoader)
				.getCandidates()
				.stream()
				.filter((candidate) -> candidate.startsWith("io.routekit."))
				.filter((candidate) -> !candidate.contains("Endpoint") && !candidate.contains("Health")
						&& !candidate.contains("Sanitizing"))
				.toList());
	}

	@Test
	void equalTestsShareTheContext() {
		assertThat(context(WithWholeApplication.class)).isSameAs(context(WithWholeApplicationAgain.class))
			.isSameAs(context(WithWholeApplicationByInheritance.class))
			.isNotSameAs(context(WithWholeApplicationButOtherReplacement.class));
	}

	/**
	 * Nothing is configured.
	 */
	@AutoConfigureFakeModel
	@SpringJUnitConfig
	static class WithoutConfiguration {

	}

	/**
	 * A key is missing.
	 */
	@AutoConfigureFakeModel
	@SpringJUnitConfig
	@TestPropertySource(properties = "routekit.provider.type=anthropic")
	static class WithTypeButNoKey {

	}

	/**
	 * Several keys leave the choice open.
	 */
	@AutoConfigureFakeModel
	@SpringJUnitConfig
	@TestPropertySource(
			properties = { "OPENAI_API_KEY=k", "ANTHROPIC_API_KEY=k", "routekit.provider.fake.responses=scripted" })
	static class WithSeveralKeys {

	}

	/**
	 * What production gets from its environment is missing.
	 */
	@AutoConfigureFakeModel
	@SpringBootTest(classes = AnyApplication.class,
			properties = { "routekit.provider.type=openai", "routekit.provider.api-key=${KEY_OF_PRODUCTION}",
					"routekit.provider.base-url=${URL_OF_PRODUCTION}", "routekit.provider.organization=${ORG}",
					"routekit.provider.project=${PROJECT}", "routekit.provider.headers.x-team=${TEAM}" })
	static class WithUnresolvedPlaceholders {

	}

	/**
	 * The provider is one that the test does not have.
	 */
	@AutoConfigureFakeModel
	@SpringJUnitConfig
	@TestPropertySource(properties = "routekit.provider.type=house-model")
	static class WithUnknownType {

	}

	/**
	 * All of an application.
	 */
	@AutoConfigureFakeModel
	@SpringBootTest(classes = AnyApplication.class, properties = { "routekit.provider.type=anthropic",
			"routekit.provider.model=claude-haiku-4-5", "routekit.provider.options.temperature=0.2" })
	static class WithWholeApplication {

	}

	/**
	 * The same again.
	 */
	@AutoConfigureFakeModel
	@SpringBootTest(classes = AnyApplication.class, properties = { "routekit.provider.type=anthropic",
			"routekit.provider.model=claude-haiku-4-5", "routekit.provider.options.temperature=0.2" })
	static class WithWholeApplicationAgain {

	}

	/**
	 * The same again, without a word.
	 */
	static class WithWholeApplicationByInheritance extends WithWholeApplication {

	}

	/**
	 * The same, but what is replaced.
	 */
	@AutoConfigureFakeModel(replace = Replace.AUTO_CONFIGURED)
	static class WithWholeApplicationButOtherReplacement extends WithWholeApplication {

	}

	/**
	 * Models of the application.
	 */
	@AutoConfigureFakeModel
	@SpringJUnitConfig({ OwnModels.class, Users.class })
	static class WithOwnModels {

	}

	/**
	 * A fake of the application.
	 */
	@AutoConfigureFakeModel
	@SpringJUnitConfig(OwnFake.class)
	static class WithOwnFake {

	}

	/**
	 * Models of the application, to be kept.
	 */
	@AutoConfigureFakeModel(replace = Replace.AUTO_CONFIGURED)
	@SpringJUnitConfig(OwnModels.class)
	static class WithAutoConfiguredReplaced {

	}

	/**
	 * Everything is to be kept.
	 */
	@AutoConfigureFakeModel(replace = Replace.NONE)
	@SpringJUnitConfig
	@TestPropertySource(properties = "routekit.provider.type=anthropic")
	static class WithNothingReplaced {

	}

	/**
	 * A mock beside the fake.
	 */
	@AutoConfigureFakeModel
	@SpringJUnitConfig
	static class WithMock {

		@MockitoBean
		Model model;

	}

	/**
	 * An application of nothing but auto-configurations.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class AnyApplication {

	}

	/**
	 * Two models of an application.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnModels {

		@Bean
		@Primary
		Model quick() {
			return (request) -> Mono.just(ModelResponse.of("real"));
		}

		@Bean
		@Qualifier("slow")
		Model thoughtful() {
			return (request) -> Mono.just(ModelResponse.of("real"));
		}

	}

	/**
	 * A fake of an application.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnFake {

		@Bean
		FakeModel own() {
			return FakeModel.of("own");
		}

	}

	/**
	 * What models are injected into.
	 *
	 * @param primary the model by default
	 * @param slow the qualified model
	 */
	record Users(Model primary, @Qualifier("slow") Model slow) {

	}

	/**
	 * Injection and reset, as tests see them.
	 */
	@Nested
	@SpringBootTest(classes = ExampleApplication.class, properties = "spring.main.lazy-initialization=true")
	@AutoConfigureFakeModel
	@TestConstructor(autowireMode = AutowireMode.ALL)
	class InTests {

		private final FakeModel injectedByConstructor;

		@Autowired
		private FakeModel injectedByField;

		@Autowired
		private Summarizer summarizer;

		InTests(FakeModel injectedByConstructor) {
			this.injectedByConstructor = injectedByConstructor;
		}

		@Test
		void fakeIsInjected(@Autowired FakeModel injectedByMethod) {
			assertThat(List.of(this.injectedByField, this.injectedByConstructor)).containsOnly(injectedByMethod);
		}

		@Test
		void oneTestLeavesNothingBehind() {
			useFake();
		}

		@Test
		void anotherTestLeavesNothingBehind() {
			useFake();
		}

		private void useFake() {
			assertThat(this.injectedByField.requests()).isEmpty();
			this.injectedByField.respondWith(FakeResponse.text("short"), FakeResponse.failure(Kind.OVERLOADED),
					FakeResponse.text("never given"));

			assertThat(this.summarizer.summarize("long").block(TIMEOUT)).isEqualTo("short");
			assertThatExceptionOfType(ModelException.class)
				.isThrownBy(() -> this.summarizer.summarize("long").block(TIMEOUT));
			assertThat(this.injectedByField.lastRequest().messages()).contains(Message.user("long"));
		}

		/**
		 * The same in a nested class.
		 */
		@Nested
		class Deeper {

			@Test
			void oneTestLeavesNothingBehind() {
				useFake();
			}

			@Test
			void anotherTestLeavesNothingBehind() {
				useFake();
			}

		}

	}

}
