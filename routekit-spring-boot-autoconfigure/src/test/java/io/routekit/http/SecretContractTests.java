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
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.http.RawServer.Script;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that no provider tells its key, however much is logged and whatever a server
 * answers.
 */
@ParameterizedClass
@EnumSource
@ExtendWith(OutputCaptureExtension.class)
class SecretContractTests {

	private static final String SECRET = "secret-0123456789";

	private static final String HEADER_SECRET = "gate-" + SECRET;

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private final LogLevel level = this.logging.getLoggerConfiguration(LoggingSystem.ROOT_LOGGER_NAME)
		.getConfiguredLevel();

	SecretContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(provider.settings(this.server).headers(Map.of("X-API-KEY-Gateway", HEADER_SECRET)));
	}

	@BeforeEach
	void logEverything() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.TRACE);
	}

	@AfterEach
	void restoreLevel() {
		this.logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, this.level);
		this.server.close();
	}

	@Test
	void answerLeavesNoTrace(CapturedOutput output) {
		this.server.reply(Script.json(200, this.provider.answer("a"))).reply(Script.events(this.provider.stream("a")));
		assertThat(this.model.chat("Hi").block(LIMIT).toString()).doesNotContain(SECRET);
		assertThat(this.model.stream("Hi").blockLast(LIMIT).toString()).doesNotContain(SECRET);
		assertThat(this.model.toString()).doesNotContain(SECRET);
		assertThat(this.server.request().header(this.provider.keyHeader())).endsWith(WireProvider.KEY);
		assertThat(output).contains("TRACE").doesNotContain(SECRET);
	}

	@ParameterizedTest
	@ValueSource(strings = { WireProvider.KEY, HEADER_SECRET })
	void errorDoesNotRepeatIt(String secret, CapturedOutput output) {
		String message = "Bad key " + secret + ", go away";
		this.server.reply(Script.json(401, this.provider.error(401, message)))
			.reply(Script.json(401,
					"{\"error\":{\"message\":\"m\",\"type\":\"" + secret + "\",\"code\":\"" + secret + "\",\"param\":\""
							+ secret + "\",\"metadata\":{\"headers\":[\"" + secret + "\"]}}}"))
			.reply(Script.body(403, "text/html", "<p>" + message + "</p>", "x-note: " + secret))
			.reply(Script.body(403, "text/plain", "x".repeat(190) + " " + secret))
			.reply(Script.json(400, this.provider.error(400, "x".repeat(2040) + secret)))
			.reply(Script.body(200, "text/html", "<p>" + message + "</p>"))
			.reply(Script.json(200, this.provider.error(401, message)))
			.reply(Script.events(this.provider.stream().text("a").error("api_error", message).take()))
			.reply(Script.events("event: error\ndata: " + message + "\n\n"))
			.reply(Script.events("data: {\"" + secret + "\":\n\n"));
		for (int i = 0; i < 10; i++) {
			assertSecretIsKept(failureOf((i < 7) ? this.model.chat("Hi") : this.model.stream("Hi")));
		}
		assertThat(this.server.requests()).hasSize(10);
		assertThat(output).doesNotContain(SECRET);
	}

	@Test
	void connectionThatFailsDoesNotTellIt(CapturedOutput output) {
		this.server.reply(RawServer.Connection::reset);
		assertSecretIsKept(failureOf(this.model.chat("Hi")));
		this.server.close();
		assertSecretIsKept(failureOf(this.model.stream("Hi")));
		assertThat(output).doesNotContain(SECRET);
	}

	@Test
	void addressOfTheServerIsShownWithoutIt() {
		URI url = URI.create("http://user:" + SECRET + "@localhost:1/v1?key=" + SECRET);
		Model model = this.provider.model(this.provider.settings(this.server).baseUrl(url));
		assertThat(model.toString()).contains("localhost").doesNotContain(SECRET);
	}

	@Test
	void addressThatTheServerRepeatsIsShownWithoutIt() {
		Model model = this.provider
			.model(this.provider.settings(this.server).baseUrl(this.server.url("/v1?key=" + SECRET)));
		this.server.reply(Script.body(404, "text/html", "Cannot POST /v1/chat?key=" + SECRET));
		assertSecretIsKept(failureOf(model.chat("Hi")));
		assertThat(this.server.request().target()).contains(SECRET);
	}

	@Test
	void requestIdIsShownWithoutIt() {
		this.server
			.reply(Script.json(200, this.provider.answer("a"),
					this.provider.requestIdHeader() + ": " + WireProvider.KEY))
			.reply(Script.json(401, this.provider.error(401, "m"),
					this.provider.requestIdHeader() + ": " + WireProvider.KEY));
		assertThat(this.model.chat("Hi").block(LIMIT).requestId()).isEqualTo("***");
		assertThat(failureOf(this.model.chat("Hi")).getRequestId()).isEqualTo("***");
	}

	@Test
	void keyThatIsCutIsNotShown() {
		for (int i = 0; i < 20; i++) {
			String text = "oops\n:\nz" + "x".repeat(4070 + i) + " " + WireProvider.KEY;
			this.server.reply(Script.body(200, "text/event-stream", text))
				.reply(Script.body(500, "text/plain", "x".repeat(185 + i) + WireProvider.KEY));
			assertSecretIsKept(failureOf(this.model.stream("Hi")));
			assertSecretIsKept(failureOf(this.model.chat("Hi")));
		}
	}

	private static void assertSecretIsKept(ModelException failure) {
		// A part of it would be enough to recognize it
		assertThat(Throwables.getStackTrace(failure)).doesNotContain("secret-");
		assertThat(failure.getDetails().toString()).doesNotContain("secret-");
	}

}
