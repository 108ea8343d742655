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

import io.routekit.Model;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.web.reactive.function.client.WebClient;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the headers by which a trace carries what is for the services of the
 * application alone.
 */
class BaggageTests {

	private final RawServer provider = new RawServer();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class))
		.withUserConfiguration(TracedClient.class)
		.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=k",
				"routekit.provider.base-url=" + this.provider.url(),
				"management.tracing.baggage.remote-fields=X-Tenant,user");

	@AfterEach
	void stop() {
		this.provider.close();
	}

	@Test
	void baggageStaysInTheApplication() {
		this.runner.run((context) -> {
			call(context.getBean(Model.class));
			assertThat(this.provider.request().header("baggage")).isNull();
			assertThat(this.provider.request().header("x-tenant")).isNull();
			assertThat(this.provider.request().header("user")).isNull();
			assertThat(this.provider.request().header("traceparent")).isNotNull();
		});
	}

	@Test
	void baggageGoesToProvidersIfTheApplicationSaysSo() {
		this.runner.withPropertyValues("routekit.propagate-baggage=true").run((context) -> {
			call(context.getBean(Model.class));
			assertThat(this.provider.request().header("baggage")).isEqualTo("user=jane");
			assertThat(this.provider.request().header("x-tenant")).isEqualTo("acme");
		});
	}

	private void call(Model model) {
		this.provider
			.reply(Script.json(200, "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"));
		model.chat("Hi").block(LIMIT);
	}

	@Configuration(proxyBeanMethods = false)
	static class TracedClient {

		@Bean
		@Scope("prototype")
		WebClient.Builder webClientBuilder() {
			return WebClient.builder()
				.defaultHeader("traceparent", "00-1-1-00")
				.defaultHeader("baggage", "user=jane")
				.defaultHeader("X-Tenant", "acme")
				.defaultHeader("user", "jane");
		}

	}

}
