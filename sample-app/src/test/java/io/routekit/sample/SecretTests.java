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

package io.routekit.sample;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the key appears in no problem, actuator answer or log, although the server
 * repeats it and everything is logged.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
@ExtendWith(OutputCaptureExtension.class)
class SecretTests {

	private static final String SECRET = "secret-0123456789";

	private static final DisposableServer server = startServer();

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private final LogLevel level = this.logging.getLoggerConfiguration(LoggingSystem.ROOT_LOGGER_NAME)
		.getConfiguredLevel();

	@Autowired
	private WebTestClient client;

	private static DisposableServer startServer() {
		return HttpServer.create().host("localhost").port(0).handle((request, response) -> {
			String key = request.requestHeaders().get("Authorization");
			return response.status(401)
				.header("Content-Type", "application/json")
				.header("x-request-id", key)
				.sendString(Mono.just("{\"error\":{\"message\":\"Bad key %s\",\"type\":\"%s\",\"code\":\"%s\"}}"
					.formatted(key, key, key)));
		}).bindNow();
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry properties) {
		properties.add("routekit.provider.type", () -> "openai");
		properties.add("routekit.provider.base-url", () -> "http://localhost:" + server.port());
		properties.add("routekit.provider.api-key", () -> "sk-" + SECRET);
	}

	@BeforeEach
	void logEverything() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.TRACE);
	}

	@AfterEach
	void restoreLevel() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, this.level);
	}

	@AfterAll
	static void stopServer() {
		server.disposeNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/chat", "/api/chat/stream" })
	void problemDoesNotRepeatTheKey(String path, CapturedOutput output) {
		String answer = this.client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("message", "Hi"))
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(answer).contains("AUTHENTICATION", "Bad key").doesNotContain(SECRET);
		assertThat(output).contains("TRACE").doesNotContain(SECRET);
	}

	@Test
	void actuatorDoesNotTellTheKey(CapturedOutput output) {
		for (String path : new String[] { "/actuator/health", "/actuator/prometheus", "/actuator/routekit" }) {
			String answer = this.client.get()
				.uri(path)
				.exchange()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(answer).isNotBlank().doesNotContain(SECRET);
		}
		assertThat(output).doesNotContain(SECRET);
	}

}
