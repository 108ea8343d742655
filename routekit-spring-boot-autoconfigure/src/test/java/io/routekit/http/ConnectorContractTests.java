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
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.http.RawServer.Script;
import io.routekit.wire.RateLimitListener;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that a call takes nothing from the one before, goes nowhere else and leaves
 * no connection behind, whichever connector the application has, and however it has
 * customized it.
 */
@ParameterizedClass
@EnumSource
class ConnectorContractTests {

	private static final WireProvider PROVIDER = WireProvider.OPENAI;

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration POLL = Duration.ofMillis(1);

	private static final Duration CLOSING = Duration.ofSeconds(10);

	private static final String PIECE = "x".repeat(1 << 20);

	/**
	 * More than any limit of an answer.
	 */
	private static final int ENDLESS_PIECES = 40;

	private static final int DEPTH = 100_000;

	private final RawServer server = new RawServer();

	private final HttpModelFactory plainFactory;

	private final HttpModelFactory customizedFactory;

	private final List<Model> models;

	private final Semaphore headsRead = new Semaphore(0);

	ConnectorContractTests(WireConnector connector) {
		RateLimitListener heads = (name, provider, limits) -> this.headsRead.release();
		this.plainFactory = TestHttp
			.factory(Map.of("client", WebClient.builder(), "connector", connector.builder(), "heads", heads));
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

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionOfAStreamThatIsCancelled(AnswerMoment moment) throws InterruptedException {
		assertCancelClosesTheConnection(moment, this.models.get(0).stream("Hi"));
	}

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionOfAChatThatIsCancelled(AnswerMoment moment) throws InterruptedException {
		assertCancelClosesTheConnection(moment, this.models.get(0).chat("Hi"));
	}

	private void assertCancelClosesTheConnection(AnswerMoment moment, Publisher<?> call) throws InterruptedException {
		CountDownLatch reached = new CountDownLatch(1);
		this.server.reply((connection) -> {
			connection.write(moment.sent(PROVIDER));
			reached.countDown();
			connection.stall();
		});
		Disposable subscription = Flux.from(call).subscribe();
		assertThat(reached.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		if (moment.isAfterHead()) {
			assertThat(this.headsRead.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		subscription.dispose();
		assertConnectionsClose();
		assertThat(this.server.requests()).hasSize(1);
	}

	private void assertConnectionsClose() {
		Awaitility.await().atMost(CLOSING).until(() -> this.server.requestsUnderWay() == 0);
	}

	@Test
	void closesTheConnectionsOfCallsThatAreCancelledJustWhenTheirHeadArrives() {
		AtomicReference<Disposable> call = new AtomicReference<>();
		this.server.reply((connection) -> {
			connection.write(AnswerMoment.AFTER_THE_HEAD.sent(PROVIDER));
			call.get().dispose();
			connection.stall();
		});
		Model model = this.models.get(0);
		for (int i = 0; i < 50; i++) {
			Disposable.Swap subscription = Disposables.swap();
			call.set(subscription);
			subscription.update(((i % 2 == 0) ? model.chat("Hi") : model.stream("Hi").then()).subscribe());
			Awaitility.await().atMost(LIMIT).pollInterval(POLL).until(subscription::isDisposed);
		}
		assertConnectionsClose();
		assertThat(this.server.requests()).hasSize(50);
	}

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionOfAStreamThatEndsEarly(EarlyEnd end) {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(end.sent());
			connection.stall();
		});
		StepVerifier.create(end.watch(model(end.timeouts()).stream("Hi")), end.demand())
			.expectNextCount((end != EarlyEnd.SUBSCRIBER_THROWS) ? 1 : 0)
			.expectError((end != EarlyEnd.SUBSCRIBER_THROWS) ? ModelException.class : IllegalStateException.class)
			.verify(LIMIT);
		assertConnectionsClose();
	}

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionOfAChatWhoseTimeIsUp(AnswerMoment moment) {
		this.server.reply((connection) -> {
			connection.write(moment.sent(PROVIDER));
			connection.stall();
		});
		// Long enough to connect
		Timeouts timeouts = Timeouts.builder().idle(LIMIT).total(SHORT.multipliedBy(10)).build();
		model(timeouts).chat("Hi").onErrorComplete(ModelException.class).block(LIMIT);
		assertConnectionsClose();
	}

	@Test
	void closesTheConnectionOfAnAnswerThatGoesOnAfterItsEnd() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(PROVIDER.stream("a"));
			connection.stall();
		});
		assertThat(textOf(eventsOf(this.models.get(0).stream("Hi")))).isEqualTo("a");
		assertConnectionsClose();
	}

	@Test
	void givesUpALineThatDoesNotEnd() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk("data: ");
			for (int i = 0; i < ENDLESS_PIECES; i++) {
				connection.chunk(PIECE);
			}
			connection.stall();
		});
		for (Model model : this.models) {
			for (Publisher<?> call : List.of(model.chat("Hi"), model.stream("Hi"))) {
				ModelException failure = failureOf(call);
				assertThat(failure.getKind()).as(failure.toString()).isEqualTo(Kind.INVALID_RESPONSE);
				assertThat(failure).hasMessageContaining("limit.");
			}
		}
		assertConnectionsClose();
	}

	@Test
	void givesUpJsonThatIsNestedTooDeeply() {
		String deep = "{\"choices\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}";
		for (Model model : this.models) {
			this.server.reply(Script.json(200, deep));
			assertThat(failureOf(model.chat("Hi")).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
			this.server.reply(Script.json(500, deep));
			assertThat(failureOf(model.chat("Hi")).getKind()).isEqualTo(Kind.SERVER);
			this.server.reply(Script.events("data: " + deep + "\n\n", Chunking.WHOLE));
			assertThat(failureOf(model.stream("Hi")).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		}
	}

	@Test
	void usesTheConnectionsOfCallsThatEndedAgain() {
		List<Script> scripts = List.of(Script.events(PROVIDER.stream("a"), Chunking.LINES),
				Script.json(200, PROVIDER.answer("a")), Script.json(400, PROVIDER.error(400, "No")),
				Script.json(200, "{}"));
		for (int i = 0; i < 20; i++) {
			this.server.reply(scripts.get(i % scripts.size()));
			this.models.get(0).stream("Hi").onErrorComplete(ModelException.class).blockLast(LIMIT);
		}
		assertThat(this.server.requests()).hasSize(20);
		// What is left of a body is read in the background
		assertThat(this.server.connectionCount()).isLessThan(8);
	}

	private Model model(Timeouts timeouts) {
		return PROVIDER.model(PROVIDER.settings(this.server).timeouts(timeouts), this.plainFactory);
	}

	/**
	 * How a stream ends before its answer, without a cancelling caller.
	 */
	private enum EarlyEnd {

		SERVER_STALLS, TIME_IS_UP, EVENT_IS_INVALID, SUBSCRIBER_IS_LATE, SUBSCRIBER_THROWS;

		String sent() {
			String first = PROVIDER.stream().text("a").take();
			return switch (this) {
				case EVENT_IS_INVALID -> first + "data: {\n\n";
				case SUBSCRIBER_IS_LATE -> PROVIDER.stream().text("a").text("b").take();
				default -> first;
			};
		}

		Timeouts timeouts() {
			Timeouts.Builder timeouts = Timeouts.builder().firstEvent(LIMIT).idle(LIMIT);
			return switch (this) {
				case SERVER_STALLS -> timeouts.idle(SHORT).build();
				// Long enough to connect
				case TIME_IS_UP -> timeouts.total(SHORT.multipliedBy(20)).build();
				case SUBSCRIBER_IS_LATE -> timeouts.subscriber(SHORT).build();
				default -> timeouts.build();
			};
		}

		Flux<StreamEvent> watch(Flux<StreamEvent> stream) {
			return (this != SUBSCRIBER_THROWS) ? stream : stream.doOnNext((event) -> {
				throw new IllegalStateException("on purpose");
			});
		}

		long demand() {
			return (this != SUBSCRIBER_IS_LATE) ? Long.MAX_VALUE : 1;
		}

	}

}
