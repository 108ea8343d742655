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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelSettings;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.WatchedCalls;
import io.routekit.http.RawServer.Script;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all providers have in common in how they use connections and time.
 */
@ParameterizedClass
@EnumSource
class ConnectionContractTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	ConnectionContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(this.server);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(Duration firstEvent, Duration idle, Duration total) {
		return this.provider.model(this.provider.settings(this.server)
			.timeouts(Timeouts.builder().connect(LIMIT).firstEvent(firstEvent).idle(idle).total(total).build()));
	}

	private String text(String text) {
		return this.provider.stream().text(text).take();
	}

	@Test
	void sendsNothingBeforeTheSubscriptionAndOneRequestForEach() {
		this.server.reply(Script.events(this.provider.stream("a")));
		Flux<StreamEvent> stream = this.model.stream("Hi");
		Mono<?> chat = this.model.chat("Hi");
		assertThat(this.server.requests()).isEmpty();
		stream.blockLast(LIMIT);
		stream.blockLast(LIMIT);
		chat.block(LIMIT);
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void usesConnectionsAgain() {
		int count = 20;
		for (int i = 0; i < count; i++) {
			this.server.reply((i % 4 < 2) ? Script.events(this.provider.stream("a"), Chunking.LINES)
					: Script.json((i % 4 == 2) ? 200 : 400, this.provider.answer("a")));
			this.model.stream("Hi").onErrorComplete(ModelException.class).blockLast(LIMIT);
		}
		assertThat(this.server.requests()).hasSize(count);
		// What is left of a body is read in the background
		assertThat(this.server.connectionCount()).isLessThan(5);
	}

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionWithinASecondWhenAStreamIsCancelled(AnswerMoment moment) throws InterruptedException {
		assertCancelClosesTheConnection(moment, this.model.stream("Hi"));
	}

	@ParameterizedTest
	@EnumSource
	void closesTheConnectionWithinASecondWhenAChatIsCancelled(AnswerMoment moment) throws InterruptedException {
		assertCancelClosesTheConnection(moment, this.model.chat("Hi"));
	}

	private void assertCancelClosesTheConnection(AnswerMoment moment, Publisher<?> call) throws InterruptedException {
		CountDownLatch reached = new CountDownLatch(1);
		this.server.reply((connection) -> {
			connection.write(moment.sent(this.provider));
			reached.countDown();
			connection.stall();
		});
		Disposable subscription = Flux.from(call).subscribe();
		assertThat(reached.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		subscription.dispose();
		Awaitility.await()
			.atMost(Duration.ofSeconds(1))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.server.openConnections() == 0);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void givesUpAServerThatNeverAnswers() throws InterruptedException {
		this.server.reply(RawServer.Connection::stall);
		assertTimeout(failureOf(model(SHORT, LIMIT, null).stream("Hi")), "timeout.first-event");
		assertThat(this.server.awaitClientGone()).isTrue();
		assertTimeout(failureOf(model(LIMIT, LIMIT, SHORT).chat("Hi")), "timeout.total");
		assertTimeout(failureOf(model(LIMIT, LIMIT, SHORT).stream("Hi")), "timeout.total");
	}

	@ParameterizedTest
	@ValueSource(strings = { ": keep-alive\n\n", "\n", "event: ping\ndata:\n\n", "data: {\"choices\":[]}\n\n",
			"event: news\ndata: {\"type\":\"news\"}\n\n" })
	void givesUpAServerThatSendsNothingButSignsOfLife(String sign) throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			while (true) {
				connection.chunk(sign);
				Thread.onSpinWait();
			}
		});
		assertTimeout(failureOf(model(SHORT, SHORT, null).stream("Hi")), "timeout.first-event");
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(longs = { 2, Long.MAX_VALUE })
	void givesUpAStreamThatStalls(long demand) throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.stall();
		});
		StepVerifier.create(model(LIMIT, SHORT, null).stream("Hi"), demand)
			.expectNext(new StreamEvent.Text("a"))
			.expectErrorSatisfies((failure) -> assertTimeout(failure, "timeout.idle"))
			.verify(LIMIT);
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void waitsNoLongerThanIsIdleOnceTheModelHasStopped() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(this.provider.stream().text("a").finish(FinishReason.STOP).take());
			connection.stall();
		});
		assertThat(model(LIMIT, SHORT, null).chat("Hi").block(LIMIT).content()).isEqualTo("a");
		assertThat(textOf(eventsOf(model(LIMIT, SHORT, null).stream("Hi")))).isEqualTo("a");
	}

	@Test
	void givesUpAStreamOfWhichNothingIsAskedFor() throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.stall();
		});
		for (long demand : new long[] { 0, 1 }) {
			// Long enough to connect
			StepVerifier.create(model(LIMIT, LIMIT, SHORT.multipliedBy(10)).stream("Hi"), demand)
				.expectNextCount(demand)
				.expectErrorSatisfies((failure) -> assertTimeout(failure, "timeout.total"))
				.verify(LIMIT);
			assertThat(this.server.awaitClientGone()).isTrue();
		}
	}

	@Test
	void givesUpASubscriberThatAsksForNothing() throws InterruptedException {
		WireStream endless = this.provider.stream().text("a").text("b");
		String whole = this.provider.stream("a");
		for (String sent : new String[] { text("a"), endless.take(), whole }) {
			this.server.reply((connection) -> {
				connection.startEvents();
				connection.chunk(sent);
				connection.stall();
			});
			for (long demand : new long[] { 0, 1 }) {
				StepVerifier.create(impatientModel(SHORT).stream("Hi"), demand)
					.expectNextCount(demand)
					.expectErrorSatisfies(ConnectionContractTests::assertSubscriberTimeout)
					.verify(LIMIT);
				assertThat(this.server.awaitClientGone()).isTrue();
			}
		}
	}

	@Test
	void aRequestHasATimeForItsSubscriberOfItsOwn() {
		this.server.reply(RawServer.Script.events(this.provider.stream("a")));
		ChatRequest request = hurried((timeouts) -> timeouts.subscriber(SHORT));
		StepVerifier.create(this.model.stream(request), 1)
			.expectNextCount(1)
			.expectErrorSatisfies(ConnectionContractTests::assertSubscriberTimeout)
			.verify(LIMIT);
	}

	@Test
	void aSubscriberThatAsksForAllIsNeverLate() {
		this.server.reply(Script.events(this.provider.stream("a"), Chunking.LINES));
		Model model = impatientModel(Duration.ofNanos(1));
		assertThat(textOf(eventsOf(model.stream("Hi")))).isEqualTo("a");
		assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
	}

	private Model impatientModel(Duration subscriber) {
		return this.provider
			.model(this.provider.settings(this.server).timeouts(Timeouts.builder().subscriber(subscriber).build()));
	}

	private static void assertSubscriberTimeout(Throwable failure) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class, (ex) -> {
			assertThat(ex.getKind()).isEqualTo(Kind.TIMEOUT);
			assertThat(ex).hasMessageContaining("timeout.subscriber");
			assertThat(ex.isRetryable()).isFalse();
		});
	}

	@Test
	void givesUpAServerThatAcceptsNoConnection() throws IOException {
		try (FullServer full = new FullServer()) {
			ModelSettings.Builder settings = this.provider.settings(full.url());
			Model model = this.provider.model(settings.timeouts(Timeouts.builder().connect(SHORT).build()));
			assertTimeout(failureOf(model.chat("Hi")), "timeout.connect");
			assertTimeout(failureOf(model.stream("Hi")), "timeout.connect");
		}
	}

	@Test
	void aRequestHasTimeoutsOfItsOwn() throws IOException {
		this.server.reply(RawServer.Connection::stall);
		assertTimeout(failureOf(this.model.chat(hurried((timeouts) -> timeouts.total(SHORT)))), "timeout.total");
		assertTimeout(failureOf(this.model.stream(hurried((timeouts) -> timeouts.total(SHORT)))), "timeout.total");
		assertTimeout(failureOf(this.model.stream(hurried((timeouts) -> timeouts.firstEvent(SHORT)))),
				"timeout.first-event");
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.stall();
		});
		assertTimeout(failureOf(this.model.stream(hurried((timeouts) -> timeouts.idle(SHORT)))), "timeout.idle");
		try (FullServer full = new FullServer()) {
			Model model = this.provider.model(this.provider.settings(full.url()));
			assertTimeout(failureOf(model.chat(hurried((timeouts) -> timeouts.connect(SHORT)))), "timeout.connect");
		}
	}

	@Test
	void aRequestHasMoreTimeThanItsModel() {
		this.server.reply(Script.events(this.provider.stream("a")));
		Model model = model(Duration.ofNanos(1), LIMIT, null);
		assertThat(textOf(eventsOf(model.stream(hurried((timeouts) -> timeouts.firstEvent(LIMIT)))))).isEqualTo("a");
	}

	@Test
	void theTimeToConnectIsNotThatOfTheAnswer() {
		CountDownLatch late = new CountDownLatch(1);
		this.server.reply((connection) -> {
			late.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
			Script.events(this.provider.stream("a")).run(connection);
		});
		Flux<StreamEvent> stream = this.model.stream(hurried((timeouts) -> timeouts.connect(SHORT)));
		StepVerifier.create(stream.transform(StreamEvent::text))
			.expectSubscription()
			.expectNoEvent(SHORT.multipliedBy(2))
			.then(late::countDown)
			.expectNext("a")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aCallEndsByItsDeadlineAlthoughAnAttemptHasMoreTime() {
		this.server.reply(RawServer.Connection::stall);
		Model hurried = WatchedCalls.within(SHORT, this.model);
		assertTimeout(failureOf(hurried.chat("Hi")), "timeout.total");
		assertTimeout(failureOf(hurried.stream("Hi")), "timeout.total");
	}

	private static ChatRequest hurried(Consumer<Timeouts.Builder> customizer) {
		Timeouts.Builder timeouts = Timeouts.builder();
		customizer.accept(timeouts);
		return ChatRequest.of("Hi").withOptions(ChatOptions.builder().timeouts(timeouts.build()).build());
	}

	private static void assertTimeout(Throwable failure, String property) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class, (ex) -> {
			assertThat(ex.getKind()).isEqualTo(Kind.TIMEOUT);
			assertThat(ex.getMessage()).contains(property);
			assertThat(ex.isRetryable()).isTrue();
		});
	}

	@Test
	void failsForAServerThatIsNotThere() {
		this.server.close();
		assertNetwork(failureOf(this.model.chat("Hi")));
		assertNetwork(failureOf(this.model.stream("Hi")));
	}

	@Test
	void failsForAConnectionThatIsResetBeforeTheAnswerAndSendsTheRequestOnce() {
		this.server.reply(RawServer.Connection::reset);
		assertNetwork(failureOf(this.model.chat("Hi")));
		assertNetwork(failureOf(this.model.stream("Hi")));
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void failsForAConnectionThatIsResetAfterTheText() {
		CountDownLatch seen = new CountDownLatch(1);
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			seen.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
			connection.reset();
		});
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("a"))
			.then(seen::countDown)
			.expectErrorSatisfies(ConnectionContractTests::assertNetwork)
			.verify(LIMIT);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void failsForAWholeAnswerThatIsCut() {
		this.server.reply((connection) -> {
			connection.head(200, "Content-Type: application/json", "Content-Length: 1000");
			connection.write("\r\n" + this.provider.answer("a").replaceFirst("}$", ""));
			connection.close();
		});
		assertNetwork(failureOf(this.model.chat("Hi")));
	}

	private static void assertNetwork(Throwable failure) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class, (ex) -> {
			assertThat(ex.getKind()).isEqualTo(Kind.NETWORK);
			assertThat(ex.isRetryable()).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308 })
	void followsNoRedirect(int status) {
		try (RawServer other = new RawServer()) {
			this.server.reply(Script.json(status, "", "Location: " + other.url("/chat")));
			assertThat(failureOf(this.model.chat("Hi"))).hasMessageContaining("redirect");
			assertThat(failureOf(this.model.stream("Hi")).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	void readsWhatEndsWithTheConnection() {
		for (String body : List.of(this.provider.answer("a"), this.provider.stream("a"))) {
			this.server.reply((connection) -> {
				connection.head(200, "Connection: close", "");
				connection.write(body);
				connection.close();
			});
			assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a");
		}
	}

	@Test
	void callsAtTheSameTimeShareNothing() {
		this.server.reply(Script
			.events(this.provider.stream().text("a").text("b").finish(FinishReason.STOP).end().take(), Chunking.LINES));
		List<String> texts = Flux.range(0, 30)
			.flatMap((number) -> this.model.stream("Hi").collectList().map(TestCalls::textOf), 30)
			.collectList()
			.block(LIMIT);
		assertThat(texts).hasSize(30).containsOnly("ab");
		assertThat(this.server.requests()).hasSize(30);
	}

	@Test
	void answerWithoutContentIsInvalid() {
		this.server.reply((connection) -> connection.head(204, ""));
		assertThat(failureOf(this.model.chat("Hi")).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(failureOf(this.model.stream("Hi")).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 banana\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n" })
	void serverThatDoesNotSpeakHttpIsInvalid(String answer) throws InterruptedException {
		this.server.reply((connection) -> {
			connection.write(answer);
			connection.stall();
		});
		ModelException failure = failureOf(this.model.chat("Hi"));
		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(failure).hasMessageContaining("not HTTP");
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void failsForAHeadThatIsCut() {
		this.server.reply((connection) -> {
			connection.write("HTTP/1.1 200 OK\r\nContent-Ty");
			connection.close();
		});
		assertNetwork(failureOf(this.model.chat("Hi")));
		assertNetwork(failureOf(this.model.stream("Hi")));
	}

	@Test
	void chunkThatIsNotHttpBreaksTheStreamAtOnce() throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.write("zz\r\n");
			connection.stall();
		});
		assertNetwork(failureOf(this.model.stream("Hi")));
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void takesLongHeaders() {
		this.server.reply(Script.json(200, this.provider.answer("a"), "X-Policy: " + "x".repeat(40_000)));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 102, 103, 199 })
	void waitsForTheAnswerAfterAnInterimResponse(int status) {
		String interim = "HTTP/1.1 " + status + " Interim\r\nLink: </style.css>\r\n\r\n";
		for (String text : List.of("first", "second", "third")) {
			this.server.reply((connection) -> {
				connection.write(interim);
				connection.write(interim);
				Script.json(200, this.provider.answer(text)).run(connection);
			});
			assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo(text);
		}
		assertThat(this.server.connectionCount()).isLessThan(3);
	}

	@Test
	void givesUpAConnectionThatSwitchesProtocols() throws InterruptedException {
		this.server.reply((connection) -> {
			connection.head(101, "Upgrade: websocket", "Connection: upgrade", "");
			connection.stall();
		});
		assertThat(failureOf(this.model.chat("Hi")).getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void readsAnAnswerOfSeveralMegabytes() {
		String text = "0123456789".repeat(300_000);
		this.server.reply(Script.json(200, this.provider.answer(text)));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo(text);
	}

}
