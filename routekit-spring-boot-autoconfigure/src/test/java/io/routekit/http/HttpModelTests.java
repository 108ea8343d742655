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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.completions.CompletionsDialect;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link HttpModel} does with connections, time and demand.
 */
class HttpModelTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final String END = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

	private final RawServer server = new RawServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(Timeouts timeouts) {
		return TestHttp.factory()
			.model("test", TestHttp.settings().timeouts(timeouts).build())
			.name("m")
			.uri(this.server.url(), "/chat")
			.secretHeader("Authorization", "Bearer ", "top-secret")
			.protocol(new CompletionsProtocol(CompletionsDialect.of("test", null, new CompletionsProperties())))
			.build();
	}

	private Model model() {
		return model(Timeouts.defaults());
	}

	private static Timeouts timeouts(Duration firstEvent, Duration idle, Duration total) {
		return new Timeouts(Duration.ofSeconds(5), firstEvent, idle, total);
	}

	private static String text(String text) {
		return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
	}

	private static ModelException failureOf(Publisher<?> call) {
		try {
			Flux.from(call).blockLast(LIMIT);
		}
		catch (ModelException ex) {
			return ex;
		}
		throw new AssertionError("The call did not fail");
	}

	@Test
	void sendsNothingBeforeTheSubscriptionAndOneRequestForEach() {
		this.server.reply(Script.events(text("a") + END));
		Flux<StreamEvent> stream = model().stream("Hi");
		Mono<?> chat = model().chat("Hi");
		assertThat(this.server.requests()).isEmpty();
		stream.blockLast(LIMIT);
		stream.blockLast(LIMIT);
		chat.block(LIMIT);
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void deliversEventsAsTheyArrive() {
		CountDownLatch firstSeen = new CountDownLatch(1);
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("first"));
			firstSeen.await();
			connection.chunk(text("second") + END);
			connection.endChunks();
		});
		StepVerifier.create(model().stream("Hi"))
			.expectNext(new StreamEvent.Text("first"))
			.then(firstSeen::countDown)
			.expectNext(new StreamEvent.Text("second"))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void deliversCompressedEventsAsTheyArrive() throws IOException {
		CountDownLatch firstSeen = new CountDownLatch(1);
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		GZIPOutputStream gzip = new GZIPOutputStream(compressed, true);
		this.server.reply((connection) -> {
			connection.startEvents("Content-Encoding: gzip");
			gzip.write(text("first").getBytes(StandardCharsets.UTF_8));
			gzip.flush();
			connection.chunk(compressed.toByteArray());
			compressed.reset();
			firstSeen.await();
			gzip.write((text("second") + END).getBytes(StandardCharsets.UTF_8));
			gzip.finish();
			connection.chunk(compressed.toByteArray());
			connection.endChunks();
		});
		StepVerifier.create(model().stream("Hi"))
			.expectNext(new StreamEvent.Text("first"))
			.then(firstSeen::countDown)
			.expectNext(new StreamEvent.Text("second"))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void deliversNoMoreThanIsAskedFor() {
		StringBuilder stream = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			stream.append(text("t" + i));
		}
		this.server.reply(Script.events(stream + END, Chunking.RANDOM));
		StepVerifier.Step<StreamEvent> step = StepVerifier.create(model().stream("Hi"), 0);
		for (int i = 0; i < 5000; i++) {
			step = step.thenRequest(1).expectNext(new StreamEvent.Text("t" + i));
		}
		step.thenRequest(1)
			.expectNextMatches(StreamEvent.Completed.class::isInstance)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void usesTheConnectionAgainAfterAStreamThatTheServerEndsLate() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a") + END + "data: [DONE]\n\n");
			connection.chunk(": bye\n\n");
			connection.endChunks();
		});
		Model model = model();
		for (int i = 0; i < 3; i++) {
			model.stream("Hi").blockLast(LIMIT);
			// What is left of the body is read in the background
			model.chat("Hi").block(LIMIT);
		}
		assertThat(this.server.requests()).hasSize(6);
		assertThat(this.server.connectionCount()).isLessThan(6);
	}

	@Test
	void completesAtTheMarkerAlthoughTheServerKeepsTheConnectionOpen() throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a") + "data: [DONE]\n\n");
			connection.stall();
		});
		StepVerifier.create(model().stream("Hi"))
			.expectNext(new StreamEvent.Text("a"))
			.expectNextMatches(StreamEvent.Completed.class::isInstance)
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void closesTheConnectionWhenAStreamIsCancelled() throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.stall();
		});
		assertThat(model().stream("Hi").blockFirst(LIMIT)).isEqualTo(new StreamEvent.Text("a"));
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void closesTheConnectionWhenACallIsCancelledBeforeTheAnswer() throws InterruptedException {
		CountDownLatch arrived = new CountDownLatch(1);
		this.server.reply((connection) -> {
			arrived.countDown();
			connection.stall();
		});
		Disposable call = model().chat("Hi").subscribe();
		arrived.await();
		call.dispose();
		assertThat(this.server.awaitClientGone()).isTrue();
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void givesUpAServerThatNeverAnswers() {
		this.server.reply(RawServer.Connection::stall);
		ModelException failure = failureOf(model(timeouts(SHORT, LIMIT, null)).stream("Hi"));
		assertThat(failure.getKind()).isEqualTo(Kind.TIMEOUT);
		assertThat(failure.getMessage()).contains("timeout.first-event", "0.3s");
		assertThat(failure.isRetryable()).isTrue();
		failure = failureOf(model(timeouts(LIMIT, LIMIT, SHORT)).chat("Hi"));
		assertThat(failure.getKind()).isEqualTo(Kind.TIMEOUT);
		assertThat(failure.getMessage()).contains("timeout.total");
	}

	@Test
	void givesUpAServerThatSendsNothingButSignsOfLife() throws InterruptedException {
		AtomicBoolean gone = new AtomicBoolean();
		this.server.reply((connection) -> {
			connection.startEvents();
			while (!gone.get()) {
				connection.chunk(": keep-alive\n\n");
				Thread.onSpinWait();
			}
		});
		ModelException failure = failureOf(model(timeouts(SHORT, SHORT, null)).stream("Hi"));
		assertThat(failure.getKind()).isEqualTo(Kind.TIMEOUT);
		assertThat(failure.getMessage()).contains("timeout.first-event");
		assertThat(this.server.awaitClientGone()).isTrue();
		gone.set(true);
	}

	@Test
	void givesUpAStreamThatStalls() throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.stall();
		});
		StepVerifier.create(model(timeouts(LIMIT, SHORT, null)).stream("Hi"))
			.expectNext(new StreamEvent.Text("a"))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ModelException.class)
				.hasMessageContaining("timeout.idle"))
			.verify(LIMIT);
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void doesNotBlameTheServerForAConsumerThatPauses() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.chunk(text("b") + END);
			connection.endChunks();
		});
		StepVerifier.create(model(timeouts(LIMIT, Duration.ofMillis(100), null)).stream("Hi"), 1)
			.expectNext(new StreamEvent.Text("a"))
			.expectNoEvent(SHORT)
			.thenRequest(2)
			.expectNext(new StreamEvent.Text("b"))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void takesAFinishReasonForTheEndWhenUsageNeverComes() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a") + END);
			connection.stall();
		});
		StepVerifier.create(model(timeouts(LIMIT, SHORT, null)).stream("Hi"))
			.expectNext(new StreamEvent.Text("a"))
			.expectNextMatches(StreamEvent.Completed.class::isInstance)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void takesAFinishReasonForTheEndWhenTheTimeIsUp() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a") + END);
			connection.stall();
		});
		assertThat(model(timeouts(LIMIT, LIMIT, SHORT)).chat("Hi").block(LIMIT).content()).isEqualTo("a");
	}

	@Test
	void takesTheStatusForTheReasonWhenTheBodyOfAnErrorStalls() {
		this.server.reply((connection) -> {
			connection.head(503, "Content-Length: 1000", "");
			connection.write("{\"error\":");
			connection.stall();
		});
		assertThat(failureOf(model(timeouts(LIMIT, LIMIT, SHORT)).chat("Hi")).getKind()).isEqualTo(Kind.SERVER);
		assertThat(failureOf(model(timeouts(SHORT, LIMIT, null)).stream("Hi")).getKind()).isEqualTo(Kind.SERVER);
	}

	@Test
	void takesAFinishReasonForTheEndWhenTheConnectionBreaks() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a") + END);
			connection.close();
		});
		StepVerifier.create(model().stream("Hi"))
			.expectNext(new StreamEvent.Text("a"))
			.expectNextMatches(StreamEvent.Completed.class::isInstance)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void failsForAConnectionThatIsReset() {
		this.server.reply(RawServer.Connection::reset);
		assertThat(failureOf(model().chat("Hi")).getKind()).isEqualTo(Kind.NETWORK);
		assertThat(this.server.requests()).as("the request is not sent again").hasSize(1);
	}

	@Test
	void refusesAnAnswerWithoutLimits() {
		String text = text("x".repeat(1_000_000)).replace("\n\n", "");
		this.server.reply((connection) -> {
			connection.startEvents();
			for (int i = 0; i < 20; i++) {
				connection.chunk(text);
			}
			connection.stall();
		});
		assertThat(failureOf(model().stream("Hi"))).hasMessageContaining("larger than 16777216 bytes")
			.extracting(ModelException::getKind)
			.isEqualTo(Kind.INVALID_RESPONSE);
	}

	@Test
	void doesNotFollowARedirectWithTheKey() {
		try (RawServer other = new RawServer()) {
			this.server.reply(Script.json(307, "", "Location: " + other.url("/chat")));
			assertThat(failureOf(model().chat("Hi"))).hasMessageContaining("redirect");
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	void tellsTheKeyToNobody() {
		this.server.reply(Script.json(401, "{\"error\":{\"message\":\"Bad key top-secret, go away\"}}"));
		ModelException failure = failureOf(model().chat("Hi"));
		assertThat(failure.getMessage()).startsWith("Bad key ***, go away");
		assertThat(model().toString()).doesNotContain("top-secret");
	}

}
