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

package io.routekit.connection;

import java.net.URI;

import io.routekit.Model;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that models are called as {@link ModelConnectionDetails} say.
 */
class ModelConnectionDetailsTests {

	private static final String ANSWER = """
			{"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}""";

	private final RawServer server = new RawServer();

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class))
		.withPropertyValues("routekit.provider.model=m");

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private ModelConnectionDetails details(@Nullable String key) {
		URI url = this.server.url("/v1");
		return new ModelConnectionDetails() {

			@Override
			public URI getBaseUrl() {
				return url;
			}

			@Override
			public @Nullable String getApiKey() {
				return key;
			}

		};
	}

	@Test
	void areEnoughToCallAServer() {
		this.server.reply(Script.json(200, ANSWER));
		this.context.withBean(ModelConnectionDetails.class, () -> details(null)).run((started) -> {
			assertThat(started.getBean("model", Model.class).chat("Hi").block(LIMIT).content()).isEqualTo("Hello");
			assertThat(this.server.request().target()).isEqualTo("/v1/chat/completions");
			assertThat(this.server.request().json().path("model").asString()).isEqualTo("m");
		});
	}

	@Test
	void winOverPropertiesAndVariables() {
		this.server.reply(Script.json(200, ANSWER));
		this.context.withBean(ModelConnectionDetails.class, () -> details("key-of-container"))
			.withPropertyValues("routekit.provider.type=anthropic", "routekit.provider.base-url=http://localhost:1",
					"routekit.provider.api-key=key-of-property", "OPENAI_API_KEY=key-of-variable")
			.run((started) -> {
				started.getBean("model", Model.class).chat("Hi").block(LIMIT);
				assertThat(this.server.request().headers()).containsEntry("Authorization", "Bearer key-of-container");
			});
	}

	@Test
	void doNotSendTheKeyOfAnotherServer() {
		this.server.reply(Script.json(200, ANSWER));
		this.context.withBean(ModelConnectionDetails.class, () -> details(null))
			.withPropertyValues("OPENAI_API_KEY=key-of-variable")
			.run((started) -> {
				started.getBean("model", Model.class).chat("Hi").block(LIMIT);
				assertThat(this.server.request().headers()).doesNotContainKey("Authorization");
			});
	}

	@Test
	void leaveAFakeAlone() {
		this.context.withBean(ModelConnectionDetails.class, () -> details(null))
			.withPropertyValues("routekit.provider.type=fake")
			.run((started) -> assertThat(started.getBean("model", Model.class).provider()).isEqualTo("fake"));
	}

	@Test
	void areRefusedIfThereAreSeveral() {
		this.context.withBean("one", ModelConnectionDetails.class, () -> details(null))
			.withBean("two", ModelConnectionDetails.class, () -> details(null))
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.hasMessage("There are several connections to servers of models: [one, two]"));
	}

}
