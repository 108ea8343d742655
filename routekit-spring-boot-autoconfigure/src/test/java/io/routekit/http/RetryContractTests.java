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
import java.util.Iterator;
import java.util.List;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.http.RawServer.Script;
import io.routekit.resilience.ResilienceListener;
import io.routekit.resilience.RetryFilter;
import io.routekit.resilience.RetryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all providers have in common when their calls are tried again.
 */
@ParameterizedClass
@EnumSource
class RetryContractTests {

	private static final RetryPolicy POLICY = RetryPolicy.builder()
		.maxRetries(2)
		.delay(Duration.ofMillis(1))
		.maxDelay(Duration.ofMillis(1))
		.maxRetryAfter(Duration.ofSeconds(60))
		.build();

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	RetryContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(this.server).filter(new RetryFilter("model", POLICY, new ResilienceListener() {
		}));
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private void reply(Script... scripts) {
		Iterator<Script> iterator = List.of(scripts).iterator();
		this.server.reply((connection) -> {
			Script script;
			synchronized (iterator) {
				script = iterator.next();
			}
			script.run(connection);
		});
	}

	private Script error(int status, String... headers) {
		return Script.json(status, this.provider.error(status, "Not now"), headers);
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 409, 429, 500, 502, 503, 504, 529 })
	void triesAgainAfterAStatusThatMayPass(int status) {
		reply(error(status), error(status), Script.json(200, this.provider.answer("a")), error(status),
				Script.events(this.provider.stream("a")));
		assertThat(this.model.chat("Hi").map(ModelResponse::content).block(LIMIT)).isEqualTo("a");
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a");
		assertThat(this.server.requests()).hasSize(5);
	}

	@Test
	void triesAgainAfterAConnectionThatBreaks() {
		reply(RawServer.Connection::reset, (connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-");
			connection.close();
		}, Script.json(200, this.provider.answer("a")), RawServer.Connection::reset, (connection) -> {
			connection.startEvents();
			connection.close();
		}, Script.events(this.provider.stream("a")));
		assertThat(this.model.chat("Hi").map(ModelResponse::content).block(LIMIT)).isEqualTo("a");
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a");
		assertThat(this.server.requests()).hasSize(6);
	}

	@Test
	void triesAgainAfterAnErrorThatIsTheFirstEventOfAStream() {
		reply(Script.events(this.provider.stream().error("overloaded_error", "Not now").take()),
				Script.events(this.provider.stream("a")));
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void doesNotTryAgainOnceAnEventWasHandedOver() {
		reply(Script.events(this.provider.stream().text("a").error("overloaded_error", "Not now").take()));
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("a"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ModelException.class,
					(failure) -> assertThat(failure.getKind()).isEqualTo(Kind.OVERLOADED)))
			.verify(LIMIT);
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 402, 403, 404, 413, 422 })
	void doesNotTryAgainAfterAStatusThatWillNotPass(int status) {
		reply(error(status));
		assertThat(failureOf(this.model.chat("Hi")).getStatus()).isEqualTo(status);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void theServerDecides() {
		reply(error(500, "x-should-retry: false"));
		assertThat(failureOf(this.model.chat("Hi")).getStatus()).isEqualTo(500);
		reply(error(400, "x-should-retry: true"), Script.json(200, this.provider.answer("a")));
		assertThat(this.model.chat("Hi").map(ModelResponse::content).block(LIMIT)).isEqualTo("a");
		assertThat(this.server.requests()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "retry-after-ms: 2.5", "retry-after: 0.002", "retry-after: -1",
			"retry-after: Wed, 21 Oct 2015 07:28:00 GMT", "retry-after: soon" })
	void waitsAsTheServerSays(String hint) {
		reply(error(429, hint), Script.json(200, this.provider.answer("a")));
		assertThat(this.model.chat("Hi").map(ModelResponse::content).block(LIMIT)).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "retry-after-ms: 60001", "retry-after: 86400", "retry-after: Wed, 21 Oct 2099 07:28:00 GMT" })
	void failsAtOnceWhenTheServerSaysTooLong(String hint) {
		reply(error(429, hint));
		assertThat(failureOf(this.model.chat("Hi")).getRetryAfter()).isGreaterThan(Duration.ofMinutes(1));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void usesConnectionsAgain() {
		// By the time of the next attempt, the connection of the last one is back
		String hint = "retry-after-ms: 200";
		reply(error(429, hint), error(429, hint), Script.json(200, this.provider.answer("a")));
		this.model.chat("Hi").block(LIMIT);
		assertThat(this.server.connectionCount()).isEqualTo(1);
	}

}
