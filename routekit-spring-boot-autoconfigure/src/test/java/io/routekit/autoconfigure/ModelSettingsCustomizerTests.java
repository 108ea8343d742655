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

import io.routekit.ApiKeySupplier;
import io.routekit.Model;
import io.routekit.ModelSettings;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.Models;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.WireProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelSettingsCustomizer} beans.
 */
class ModelSettingsCustomizerTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final RawServer server = answering();

	private final RawServer otherServer = answering();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=provider-key",
				"routekit.provider.base-url=" + this.server.url(), "routekit.provider.headers.x-team=search",
				"routekit.models.fast.model=small");

	private static RawServer answering() {
		return new RawServer().reply(Script.json(200, WireProvider.OPENAI.answer("Hello")));
	}

	@AfterEach
	void stopServers() {
		this.server.close();
		this.otherServer.close();
	}

	@Test
	void eachModelIsCustomizedByItsName() {
		this.runner
			.withBean(ModelSettingsCustomizer.class,
					() -> (name, settings) -> settings.header("x-name", "I am " + name))
			.run((context) -> {
				for (String name : context.getBean(Models.class).names()) {
					context.getBean(Models.class).get(name).chat("Hi").block(LIMIT);
					assertThat(this.server.request().header("x-name")).isEqualTo("I am " + name);
					assertThat(this.server.request().header("x-team")).isEqualTo("search");
				}
				assertThat(this.server.requests()).hasSize(2);
			});
	}

	@Test
	void customizersAreAppliedInTheirOrderAfterTheProperties() {
		this.runner.withUserConfiguration(OrderedConfiguration.class).run((context) -> {
			context.getBean(Model.class).chat("Hi").block(LIMIT);
			assertThat(this.server.request().header("x-team")).isEqualTo("second");
		});
	}

	@Test
	void aCustomizerDoesNotRenameAModel() {
		this.runner.withBean(ModelSettingsCustomizer.class, () -> (name, settings) -> settings.name("other"))
			.withBean(ApiKeySupplier.class, () -> (model, request) -> Mono.just("key-of-" + model))
			.run((context) -> {
				context.getBean("fast", Model.class).chat("Hi").block(LIMIT);
				assertThat(this.server.request().header("authorization")).isEqualTo("Bearer key-of-fast");
			});
	}

	@Test
	void aKeyGoesToNoOtherServerThanTheCustomizedOne() {
		this.runner.withBean(ModelSettingsCustomizer.class, () -> (name, settings) -> settings.model(name + "-model"))
			.withPropertyValues("routekit.models.same.base-url=" + this.server.url())
			.run((context) -> {
				context.getBean("same", Model.class).chat("Hi").block(LIMIT);
				assertThat(this.server.request().header("authorization")).isEqualTo("Bearer provider-key");
			});
		this.runner.withBean(ModelSettingsCustomizer.class, () -> this::leadElsewhere)
			.withPropertyValues("routekit.models.same.base-url=" + this.server.url())
			.run((context) -> {
				context.getBean(Model.class).chat("Hi").block(LIMIT);
				assertThat(this.otherServer.request().header("authorization")).isEqualTo("Bearer provider-key");
				context.getBean("same", Model.class).chat("Hi").block(LIMIT);
				assertThat(this.server.request().header("authorization")).isNull();
			});
	}

	private void leadElsewhere(String name, ModelSettings.Builder settings) {
		if (name.equals("model")) {
			settings.baseUrl(this.otherServer.url());
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OrderedConfiguration {

		@Bean
		@Order(2)
		ModelSettingsCustomizer second() {
			return (name, settings) -> settings.header("X-TEAM", "second");
		}

		@Bean
		@Order(1)
		ModelSettingsCustomizer first() {
			return (name, settings) -> settings.header("X-Team", "first");
		}

	}

}
