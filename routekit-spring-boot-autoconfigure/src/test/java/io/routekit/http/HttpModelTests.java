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
import java.util.concurrent.atomic.AtomicInteger;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.completions.CompletionsDialect;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProtocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.web.reactive.function.client.WebClient;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link HttpModel} does with time, demand and size for any provider.
 */
class HttpModelTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final String END = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

	private final RawServer server = new RawServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(Timeouts timeouts) {
		return model(TestHttp.factory(), timeouts);
	}

	private Model model(HttpModelFactory factory, Timeouts timeouts) {
		return factory.model(TestHttp.provider("test"), TestHttp.settings().timeouts(timeouts).build())
			.name("m")
			.uri(this.server.url(), "/chat")
			.protocol(new CompletionsProtocol(
					CompletionsDialect.of(this.server.url(), "test", null, new CompletionsProperties())))
			.build();
	}

	private Model model() {
		return model(Timeouts.defaults());
	}

	private static Timeouts timeouts(Duration firstEvent, Duration idle, Duration total) {
		return Timeouts.builder().connect(Duration.ofSeconds(5)).firstEvent(firstEvent).idle(idle).total(total).build();
	}

	private static String text(String text) {
		return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
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
	void saysThatTheConnectionsAreAllInUse() {
		ConnectionProvider pool = ConnectionProvider.builder("one")
			.maxConnections(1)
			.pendingAcquireMaxCount(1)
			.pendingAcquireTimeout(Duration.ofMillis(100))
			.build();
		this.server.reply(RawServer.Connection::stall);
		Model model = model(
				TestHttp
					.factory(ClientHttpConnectorBuilder.reactor().withHttpClientFactory(() -> HttpClient.create(pool))),
				Timeouts.defaults());
		Disposable call = model.stream("Hi").subscribe();
		ModelException failure = failureOf(model.stream("Hi"));
		assertThat(failure.getKind()).isEqualTo(Kind.CONCURRENCY_LIMIT);
		assertThat(failure).hasMessageContaining("reactor.netty.pool.maxConnections");
		call.dispose();
		pool.dispose();
	}

	@Test
	void closesTheConnectionWhenACallIsCancelledBetweenHeadAndBody() throws InterruptedException {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text("a"));
			connection.stall();
		});
		BaseSubscriber<StreamEvent> subscriber = new BaseSubscriber<>() {

		};
		WebClient.Builder client = WebClient.builder()
			.filter((request, next) -> next.exchange(request).doOnNext((response) -> subscriber.cancel()));
		model(TestHttp.factory(client), Timeouts.defaults()).stream("Hi").subscribe(subscriber);
		assertThat(this.server.awaitClientGone()).isTrue();
	}

	@Test
	void readsNoMoreThanIsAskedFor() throws InterruptedException {
		int count = 500;
		AtomicInteger written = new AtomicInteger();
		String text = text("x".repeat(100_000));
		this.server.reply((connection) -> {
			connection.startEvents();
			for (int i = 0; i < count; i++) {
				connection.chunk(text);
				written.incrementAndGet();
			}
			connection.stall();
		});
		BaseSubscriber<StreamEvent> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				request(1);
			}

		};
		model().stream("Hi").subscribe(subscriber);
		AtomicInteger previous = new AtomicInteger();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(200))
			.until(() -> written.get() > 0 && previous.getAndSet(written.get()) == written.get());
		subscriber.cancel();
		assertThat(written).as("what the network holds").hasValueLessThan(count / 2);
		assertThat(this.server.awaitClientGone()).isTrue();
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
		assertThat(failureOf(model().stream("Hi"))).hasMessageContaining("larger than 16777216B (limit.event)")
			.extracting(ModelException::getKind)
			.isEqualTo(Kind.INVALID_RESPONSE);
	}

}
