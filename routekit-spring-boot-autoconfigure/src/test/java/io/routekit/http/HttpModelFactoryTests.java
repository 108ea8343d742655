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

package io.routekit.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.autoconfigure.RouteKitAutoConfiguration;
import io.routekit.http.RawServer.Script;
import org.awaitility.Awaitility;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HttpModelFactory}.
 */
class HttpModelFactoryTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RouteKitAutoConfiguration.class, WebClientAutoConfiguration.class,
				HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
				SslAutoConfiguration.class))
		.withPropertyValues("routekit.provider.type=openai", "routekit.provider.api-key=k");

	@Test
	void makesTheClientForTheFirstCall() {
		AtomicInteger clients = new AtomicInteger();
		try (RawServer server = answering("Hi")) {
			this.runner.withPropertyValues("routekit.provider.base-url=" + server.url())
				.withBean(WebClientCustomizer.class, () -> (builder) -> clients.incrementAndGet())
				.run((context) -> {
					// One was made to look for a connector
					int before = clients.get();
					Model model = context.getBean(Model.class);
					assertThat(clients).hasValue(before);
					assertThat(answer(model)).isEqualTo("Hi");
					assertThat(answer(model)).isEqualTo("Hi");
					assertThat(clients).hasValue(before + 1);
				});
		}
	}

	@Test
	void closesTheClientWithTheContext() {
		List<HttpClient> clients = new CopyOnWriteArrayList<>();
		callAndClose(ClientHttpConnectorBuilder.jetty().withHttpClientCustomizer(clients::add));
		assertThat(clients).isNotEmpty().noneMatch(HttpClient::isRunning);
		List<Thread> threads = new CopyOnWriteArrayList<>();
		callAndClose(ClientHttpConnectorBuilder.httpComponents()
			.withHttpClientCustomizer((client) -> client.setThreadFactory((task) -> {
				Thread thread = new Thread(task);
				threads.add(thread);
				return thread;
			})));
		assertThat(threads).isNotEmpty();
		Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	private void callAndClose(ClientHttpConnectorBuilder<?> connector) {
		try (RawServer server = answering("Hi")) {
			this.runner.withPropertyValues("routekit.provider.base-url=" + server.url())
				.withBean(ClientHttpConnectorBuilder.class, () -> connector)
				.run((context) -> assertThat(answer(context.getBean(Model.class))).isEqualTo("Hi"));
		}
	}

	private static RawServer answering(String text) {
		return new RawServer().reply(Script.json(200, WireProvider.OPENAI.answer(text)));
	}

	private static String answer(Model model) {
		return model.chat("Hello").map(ModelResponse::content).block(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components", "jdk" })
	void timeoutOfOtherClientsOfTheApplicationDoesNotCutCalls(String connector) {
		try (RawServer server = new RawServer()) {
			server.reply(late());
			this.runner
				.withPropertyValues("routekit.provider.base-url=" + server.url(),
						"spring.http.clients.read-timeout=50ms", "spring.http.clients.reactive.connector=" + connector)
				.run((context) -> assertThat(answer(context.getBean(Model.class))).isEqualTo("Late"));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void timeoutOfACustomizerOfReactorNettyDoesNotCutCalls() {
		try (RawServer server = new RawServer()) {
			server.reply(late());
			this.runner.withPropertyValues("routekit.provider.base-url=" + server.url())
				.withBean(ClientHttpConnectorBuilder.class,
						() -> ClientHttpConnectorBuilder.reactor()
							.withHttpClientCustomizer((client) -> client.responseTimeout(Duration.ofMillis(50))))
				.run((context) -> assertThat(answer(context.getBean(Model.class))).isEqualTo("Late"));
		}
	}

	@Test
	void timeoutThatAnotherClientHasIsNotTakenForThatToConnect() {
		try (RawServer server = new RawServer()) {
			server.reply(late());
			this.runner
				.withPropertyValues("routekit.provider.base-url=" + server.url(),
						"routekit.provider.retry.max-retries=0")
				.withBean(ClientHttpConnectorBuilder.class,
						() -> ClientHttpConnectorBuilder.jetty()
							.withHttpClientCustomizer((client) -> client.setIdleTimeout(50)))
				.run((context) -> assertThatExceptionOfType(ModelException.class)
					.isThrownBy(() -> answer(context.getBean(Model.class)))
					.withMessageContaining("a timeout of its own")
					.withMessageNotContaining("timeout.connect"));
		}
	}

	// Later than the timeouts of the application's clients
	private static Script late() {
		CountDownLatch never = new CountDownLatch(1);
		return (connection) -> {
			assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
			Script.json(200, WireProvider.OPENAI.answer("Late")).run(connection);
		};
	}

	@Test
	void cookiesOfOtherClientsOfTheApplicationAreNotForModels() {
		try (RawServer server = new RawServer()) {
			server.reply(Script.json(200, WireProvider.OPENAI.answer("Hi"), "Set-Cookie: id=1"));
			for (String connector : new String[] { "reactor", "jetty", "http-components", "jdk" }) {
				this.runner
					.withPropertyValues("routekit.provider.base-url=" + server.url(),
							"spring.http.clients.cookie-handling=enable-when-possible",
							"spring.http.clients.reactive.connector=" + connector)
					.run((context) -> {
						assertThat(answer(context.getBean(Model.class))).isEqualTo("Hi");
						assertThat(answer(context.getBean(Model.class))).isEqualTo("Hi");
					});
			}
			assertThat(server.requests()).hasSize(8)
				.allSatisfy((request) -> assertThat(request.header("Cookie")).isNull());
		}
	}

	@Test
	void refusesToStartWithoutTheSslBundle() {
		this.runner.withPropertyValues("routekit.provider.ssl.bundle=none")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ModelConfigurationException.class)
				.hasMessage("There is no SSL bundle 'none', which 'routekit.provider.ssl.bundle' names"));
	}

	@Test
	void refusesToStartWithAnSslBundleThatCannotBeRead() {
		this.runner
			.withPropertyValues("routekit.provider.ssl.bundle=own",
					"spring.ssl.bundle.pem.own.truststore.certificate=file:/none.pem")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("none.pem"));
	}

	@Test
	void refusesToStartWithASharedSslBundleThatCannotBeRead() {
		this.runner
			.withPropertyValues("spring.http.clients.ssl.bundle=own",
					"spring.ssl.bundle.pem.own.truststore.certificate=file:/none.pem")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("none.pem"));
	}

}
