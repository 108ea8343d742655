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

package io.routekit.readme;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.routekit.ApiKeySupplier;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.Timeouts;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.autoconfigure.RouteKitResilienceAutoConfiguration;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.observation.autoconfigure.RouteKitObservationAutoConfiguration;
import io.routekit.test.server.ModelServer;
import io.routekit.wire.ErrorWords;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the snippets of the documentation on what happens when providers fail.
 */
class ResilienceSnippetTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RouteKitAutoConfiguration.class, RouteKitObservationAutoConfiguration.class,
						RouteKitResilienceAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("routekit.provider.type=fake", "routekit.models.fast.model=small",
				"routekit.models.claude.model=other");

	@Test
	void theRequestHasTimeoutsOfItsOwn() {
		FakeModel fake = FakeModel.of("Hello");
		assertThat(new Impatient(fake).quickly("Hi").block(LIMIT).content()).isEqualTo("Hello");
		assertThat(fake.lastRequest().options().timeouts().total()).isEqualTo(Duration.ofSeconds(5));
		assertThat(fake.lastRequest().options().maxRetries()).isZero();
	}

	@Test
	void theModelsAreInjected() {
		this.context.withBean(Router.class).run((context) -> {
			Router router = context.getBean(Router.class);
			assertThat(router.model).isSameAs(context.getBean(Models.class).get("model"));
			assertThat(router.fast).isSameAs(context.getBean(Models.class).get("fast"));
			assertThat(router.claude).isSameAs(context.getBean("claude"));
		});
	}

	@Test
	void theTenantBringsTheKey() {
		try (ModelServer server = ModelServer.start()) {
			server.model().respondWith("Hello");
			this.context.withUserConfiguration(Tenants.class)
				.withBean(Vault.class, () -> (model, tenant) -> Mono.just(Map.of("acme", "sk-of-acme").get(tenant)))
				.withPropertyValues("routekit.provider.type=openai", "routekit.provider.base-url=" + server.url())
				.run((context) -> context.getBean("model", Model.class)
					.chat("Hi")
					.contextWrite((view) -> view.put("tenant", "acme"))
					.block(LIMIT));
			assertThat(server.lastRequest().headers().getFirst("Authorization")).isEqualTo("Bearer sk-of-acme");
		}
	}

	@Test
	void theGatewayHasWordsOfItsOwn() {
		try (ModelServer server = ModelServer.start()) {
			server.model()
				.respondWith(FakeResponse.failure(
						FakeResponse.failureOf(Kind.INVALID_REQUEST, "The allowance of May is all spent").build()));
			this.context.withUserConfiguration(Gateway.class)
				.withPropertyValues("routekit.provider.type=openai", "routekit.provider.base-url=" + server.url(),
						"routekit.provider.api-key=none")
				.run((started) -> assertThatExceptionOfType(ModelException.class)
					.isThrownBy(() -> started.getBean("model", Model.class).chat("Hi").block(LIMIT))
					.satisfies((failure) -> assertThat(failure.getKind()).isEqualTo(Kind.QUOTA)));
		}
	}

	@Test
	void retriesAndFallbackAreCounted() {
		this.context
			.withPropertyValues("routekit.provider.fallback=fast", "routekit.provider.retry.max-retries=1",
					"routekit.provider.retry.delay=1ms")
			.run((context) -> {
				context.getBean("model", Model.class)
					.unwrap(FakeModel.class)
					.respondWith(FakeResponse.failure(Kind.OVERLOADED), FakeResponse.failure(Kind.OVERLOADED));
				context.getBean("model", Model.class).chat("Hi").block(LIMIT);
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("routekit.retries").counter().count()).isOne();
				assertThat(meters.get("routekit.fallback").counter().count()).isOne();
			});
	}

	@Test
	void theRouteSpreadsTheCalls() {
		this.context
			.withPropertyValues("routekit.routes.careful.models=claude,model",
					"routekit.routes.balanced.weights.model=3", "routekit.routes.balanced.weights.fast=1",
					"routekit.routes.balanced.weights.claude=0")
			.withBean(Newsletter.class)
			.run((context) -> {
				FakeModel model = context.getBean("model", Model.class).unwrap(FakeModel.class);
				FakeModel fast = context.getBean("fast", Model.class).unwrap(FakeModel.class);
				model.when((request) -> true).respondWith("Hello");
				fast.when((request) -> true).respondWith("Hello");
				Model balanced = context.getBean(Newsletter.class).balanced;
				Flux.range(0, 400).concatMap((number) -> balanced.chat("Hi")).blockLast(LIMIT);
				assertThat(model.requests()).hasSizeBetween(240, 360);
				assertThat(fast.requests()).hasSize(400 - model.requests().size());
			});
	}

	private static final class Impatient {

		private final Model model;

		Impatient(Model model) {
			this.model = model;
		}

		Mono<ModelResponse> quickly(String text) {
			return this.model.chat(ChatRequest.of(text)
				.withOptions(ChatOptions.builder()
					.timeouts(Timeouts.builder().total(Duration.ofSeconds(5)).build())
					.maxRetries(0)
					.build()));
		}

	}

	static class Router {

		final Model model;

		final Model fast;

		final Model claude;

		Router(Model model, @Qualifier("fast") Model fast, Models models) {
			this.model = model;
			this.fast = fast;
			this.claude = models.get("claude");
		}

	}

	static class Newsletter {

		final Model balanced;

		Newsletter(@Qualifier("balanced") Model balanced) {
			this.balanced = balanced;
		}

	}

	/**
	 * Where the keys of the tenants are.
	 */
	interface Vault {

		Mono<String> key(String model, String tenant);

	}

	@Configuration(proxyBeanMethods = false)
	static class Tenants {

		@Bean
		ApiKeySupplier tenantKeys(Vault vault) {
			return (model, request) -> Mono.deferContextual((context) -> vault.key(model, context.get("tenant")));
		}

	}

	/**
	 * An application behind a gateway.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Gateway {

		@Bean
		ErrorWords gatewayErrors() {
			return ErrorWords.ofPhrases(Map.of("allowance .. spent|gone", Kind.QUOTA));
		}

	}

}
