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

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FilteredModelBeanPostProcessor}.
 */
class FilteredModelBeanPostProcessorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final StringBuilder calls = new StringBuilder();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withBean("counting", ModelFilter.class, () -> new CountingFilter(this.calls));

	@Test
	void classKeepsItsTypeAndIsFilteredOnce() {
		this.runner.withBean(OwnModel.class).run((context) -> {
			OwnModel model = context.getBean(OwnModel.class);
			assertThat(context.getBean(Model.class)).isSameAs(model);
			assertThat(model.chat("Hi").map(ModelResponse::content).block(TIMEOUT)).isEqualTo("own");
			assertThat(model.stream("Hi").collectList().block(TIMEOUT)).hasSize(2);
			assertThat(this.calls).hasToString("cs");
			assertThat(model.number()).isEqualTo(42);
			assertThat(model.name()).isEqualTo("own-name");
			assertThat(AopUtils.getTargetClass(model)).isEqualTo(OwnModel.class);
			assertThat(model.unwrap(OwnModel.class).number()).isEqualTo(42);
		});
	}

	@Test
	void finalClassIsFilteredAsModel() {
		this.runner.withBean(FinalModel.class).run((context) -> {
			Model model = context.getBean(Model.class);
			model.chat("Hi").block(TIMEOUT);
			assertThat(this.calls).hasToString("c");
			assertThat(model.unwrap(FinalModel.class).number()).isEqualTo(42);
		});
	}

	@Test
	void classWithFinalMethodIsFilteredAsModel() {
		this.runner.withBean(FinalMethodModel.class).run((context) -> {
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			assertThat(this.calls).hasToString("c");
		});
	}

	@Test
	void lambdaIsFiltered() {
		this.runner.withUserConfiguration(LambdaConfiguration.class).run((context) -> {
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			assertThat(this.calls).hasToString("c");
		});
	}

	@Test
	void fakeModelOfApplicationIsFilteredAndKeepsItsType() {
		this.runner.withBean(FakeModel.class, () -> FakeModel.of("Hello")).run((context) -> {
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			assertThat(this.calls).hasToString("c");
			assertThat(context.getBean(FakeModel.class).requests()).hasSize(1);
		});
	}

	@Test
	void configuredModelIsFilteredOnce() {
		this.runner.withPropertyValues("routekit.provider.type=fake").run((context) -> {
			context.getBean(Model.class).chat("Hi").block(TIMEOUT);
			assertThat(this.calls).hasToString("c");
			assertThat(AopUtils.isAopProxy(context.getBean(FakeModel.class))).isFalse();
		});
	}

	@Test
	void modelThatIsNoDefaultCandidateIsFilteredBesideTheConfiguredOne() {
		this.runner.withPropertyValues("routekit.provider.type=fake")
			.withUserConfiguration(QualifiedConfiguration.class)
			.run((context) -> {
				context.getBean("special", Model.class).chat("Hi").block(TIMEOUT);
				assertThat(this.calls).hasToString("c");
				assertThat(context.getBean(Injected.class).model()).isSameAs(context.getBean("model"));
				assertThat(context.getBean(Injected.class).special()).isSameAs(context.getBean("special"));
			});
	}

	@Test
	void scopedModelIsFilteredOnce() {
		this.runner.withUserConfiguration(ScopedConfiguration.class).run((context) -> {
			context.getBean("scoped", Model.class).chat("Hi").block(TIMEOUT);
			assertThat(this.calls).hasToString("c");
		});
	}

	@Test
	void creatingTheModelCreatesNoFilter() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
			.withUserConfiguration(LazyFilterConfiguration.class)
			.withBean(OwnModel.class)
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("lazyFilter")).isFalse();
				context.getBean(Model.class).chat("Hi").block(TIMEOUT);
				assertThat(context.getBeanFactory().containsSingleton("lazyFilter")).isTrue();
			});
	}

	static class OwnModel implements Model {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.just(ModelResponse.of("own"));
		}

		@Override
		public String name() {
			return "own-name";
		}

		int number() {
			return 42;
		}

	}

	static final class FinalModel implements Model {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.just(ModelResponse.of("final"));
		}

		int number() {
			return 42;
		}

	}

	static class FinalMethodModel implements Model {

		private final ModelResponse response = ModelResponse.of("final");

		@Override
		public final Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.just(this.response);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LambdaConfiguration {

		@Bean
		Model lambda() {
			return (request) -> Mono.just(ModelResponse.of("lambda"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class QualifiedConfiguration {

		@Bean(defaultCandidate = false)
		OwnModel special() {
			return new OwnModel();
		}

		@Bean
		Injected injected(Model someModel, @Qualifier("special") Model someSpecial) {
			return new Injected(someModel, someSpecial);
		}

	}

	record Injected(Model model, Model special) {

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedConfiguration {

		@Bean
		@Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.INTERFACES)
		Model scoped() {
			return new OwnModel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyFilterConfiguration {

		@Bean
		@Lazy
		ModelFilter lazyFilter() {
			return ModelFilter.ofRequest((request) -> request);
		}

	}

}
