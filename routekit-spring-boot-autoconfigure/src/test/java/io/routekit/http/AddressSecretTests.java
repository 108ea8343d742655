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

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.http.RawServer.Script;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a key in the address of a server reaches the server and nobody else,
 * whichever HTTP client calls it.
 */
@ParameterizedClass
@MethodSource("providersAndConnectors")
@ExtendWith(OutputCaptureExtension.class)
class AddressSecretTests {

	private static final String KEY = "address-0123456789";

	private static final String PASSWORD = "password-0123456789";

	private final RawServer server = new RawServer();

	private final ObservedTexts observed = new ObservedTexts();

	private final WireProvider provider;

	private final HttpModelFactory http;

	private final Model model;

	AddressSecretTests(WireProvider provider, WireConnector connector) {
		this.provider = provider;
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(this.observed);
		this.http = TestHttp.factory(Map.of("client", WebClient.builder().observationRegistry(observations),
				"connector", connector.builder()));
		URI url = URI.create(
				this.server.url("/v1?key=" + KEY + "&b=c%20d").toString().replace("://", "://user:" + PASSWORD + "@"));
		this.model = provider.model(provider.settings(url), this.http);
	}

	static Stream<Arguments> providersAndConnectors() {
		return Arrays.stream(WireConnector.values())
			.flatMap((connector) -> Arrays.stream(WireProvider.values())
				.map((provider) -> Arguments.of(provider, connector)));
	}

	@AfterEach
	void close() {
		this.http.destroy();
		this.server.close();
	}

	@Test
	void isSeenByTheServerAlone(CapturedOutput output) {
		this.server.reply(Script.json(200, this.provider.answer("a"))).reply(Script.events(this.provider.stream("a")));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
		assertThat(this.server.request().target()).contains("key=" + KEY).endsWith("b=c%20d");
		this.model.stream("Hi").blockLast(LIMIT);
		assertThat(this.server.request().target()).contains("key=" + KEY).endsWith("b=c%20d");
		assertThat(this.server.request().headers().toString()).doesNotContain(PASSWORD);
		assertThat(this.observed.toString()).contains("http.url");
		assertNothingIsShown(output);
	}

	@Test
	void isInNoFailure(CapturedOutput output) {
		String message = "No POST /v1?key=" + KEY + " for user:" + PASSWORD;
		this.server.reply(Script.json(500, this.provider.error(500, message)))
			.reply(Script.body(404, "text/html", "<p>" + message + "</p>"))
			.reply(RawServer.Connection::reset)
			.reply((connection) -> connection.write("HTTP/1.1 nonsense\r\n\r\n"))
			.reply((connection) -> {
				connection.startEvents();
				connection.reset();
			})
			.reply(Script.events(this.provider.stream().text("a").error("api_error", message).take()));
		for (int i = 0; i < 6; i++) {
			assertNothingIsShown(failureOf((i < 3) ? this.model.chat("Hi") : this.model.stream("Hi")));
		}
		this.server.close();
		assertNothingIsShown(failureOf(this.model.chat("Hi")));
		assertNothingIsShown(failureOf(this.model.stream("Hi")));
		assertNothingIsShown(output);
	}

	private void assertNothingIsShown(CapturedOutput output) {
		assertThat(output).doesNotContain(KEY).doesNotContain(PASSWORD);
		assertThat(this.observed.toString()).doesNotContain(KEY).doesNotContain(PASSWORD);
	}

	private static void assertNothingIsShown(ModelException failure) {
		assertThat(Throwables.getStackTrace(failure) + failure.getDetails()).doesNotContain(KEY)
			.doesNotContain(PASSWORD);
	}

}
