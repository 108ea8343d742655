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

import java.util.List;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that a call takes nothing from the one before and goes nowhere else,
 * whichever connector the application has, and however it has customized it.
 */
@ParameterizedClass
@EnumSource
class ConnectorContractTests {

	private static final WireProvider PROVIDER = WireProvider.OPENAI;

	private final RawServer server = new RawServer();

	private final HttpModelFactory plainFactory;

	private final HttpModelFactory customizedFactory;

	private final List<Model> models;

	ConnectorContractTests(WireConnector connector) {
		this.plainFactory = TestHttp.factory(connector.builder());
		this.customizedFactory = TestHttp.factory(connector.customized(this.server.url()));
		this.models = List.of(PROVIDER.model(PROVIDER.settings(this.server), this.plainFactory),
				PROVIDER.model(PROVIDER.settings(this.server), this.customizedFactory));
	}

	@AfterEach
	void close() {
		this.plainFactory.destroy();
		this.customizedFactory.destroy();
		this.server.close();
	}

	@Test
	void answersAndStreams() {
		for (Model model : this.models) {
			this.server.reply(Script.json(200, PROVIDER.answer("a")));
			assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
			this.server.reply(Script.events(PROVIDER.stream("b"), Chunking.LINES));
			assertThat(textOf(eventsOf(model.stream("Hi")))).isEqualTo("b");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "id=1", "id=2; Path=/; HttpOnly", "id=3; Domain=localhost; Max-Age=1000; SameSite=None" })
	void sendsNoCookieOfAnAnswer(String cookie) {
		for (Model model : this.models) {
			for (int status : new int[] { 200, 401, 500 }) {
				this.server.reply(Script.json(status, PROVIDER.answer("a"), "Set-Cookie: " + cookie));
				model.chat("Hi").onErrorComplete(ModelException.class).block(LIMIT);
				this.server.reply(Script.events(PROVIDER.stream("a"), Chunking.WHOLE, "Set-Cookie: " + cookie));
				model.stream("Hi").blockLast(LIMIT);
			}
		}
		assertThat(this.server.requests()).hasSize(12)
			.allSatisfy((request) -> assertThat(request.headers()).doesNotContainKeys("Cookie", "Cookie2"));
	}

	@Test
	void sendsACookieThatIsConfigured() {
		this.server.reply(Script.json(200, PROVIDER.answer("a"), "Set-Cookie: other=1"));
		Model model = PROVIDER.model(PROVIDER.settings(this.server).headers(Map.of("Cookie", "gate=open")),
				this.customizedFactory);
		model.chat("Hi").block(LIMIT);
		model.chat("Hi").block(LIMIT);
		assertThat(this.server.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.header("Cookie")).isEqualTo("gate=open"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 303, 307 })
	void followsNoRedirect(int status) {
		try (RawServer other = new RawServer()) {
			this.server.reply(Script.json(status, "", "Location: " + other.url("/chat")));
			for (Model model : this.models) {
				assertThat(failureOf(model.chat("Hi"))).hasMessageContaining("redirect");
				assertThat(failureOf(model.stream("Hi")).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
			}
			assertThat(other.requests()).isEmpty();
			assertThat(this.server.requests()).hasSize(4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-None: 1", "WWW-Authenticate: Basic realm=\"realm\"", "WWW-Authenticate: Bearer",
			"WWW-Authenticate: Digest realm=\"realm\", nonce=\"n\"", "WWW-Authenticate: Negotiate" })
	void answersNoChallengeOfTheServer(String header) {
		this.server.reply(Script.json(401, PROVIDER.error(401, "No such key"), header));
		for (Model model : this.models) {
			ModelException failure = failureOf(model.chat("Hi"));
			assertThat(failure.getKind()).as(failure.toString()).isEqualTo(Kind.AUTHENTICATION);
			assertThat(failure).hasMessageContaining("No such key");
			assertThat(failureOf(model.stream("Hi")).getKind()).isEqualTo(Kind.AUTHENTICATION);
		}
		assertThat(this.server.requests()).hasSize(4)
			.allSatisfy(
					(request) -> assertThat(request.header("Authorization")).isEqualTo("Bearer " + WireProvider.KEY));
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 429, 503 })
	void sendsNoRequestAgainByItself(int status) {
		this.server.reply(Script.json(status, PROVIDER.error(status, "Not now"), "Retry-After: 0"));
		for (Model model : this.models) {
			assertThat(failureOf(model.chat("Hi")).getStatus()).isEqualTo(status);
			assertThat(failureOf(model.stream("Hi")).getStatus()).isEqualTo(status);
		}
		assertThat(this.server.requests()).hasSize(4);
	}

	@Test
	void sendsNoRequestAgainWhenItsConnectionBreaks() {
		for (Model model : this.models) {
			this.server.reply(Script.json(200, PROVIDER.answer("a")));
			model.chat("Hi").block(LIMIT);
			this.server.reply(RawServer.Connection::reset);
			assertThat(failureOf(model.chat("Hi")).getKind()).isEqualTo(Kind.NETWORK);
			assertThat(failureOf(model.stream("Hi")).getKind()).isEqualTo(Kind.NETWORK);
		}
		assertThat(this.server.requests()).hasSize(6);
	}

}
