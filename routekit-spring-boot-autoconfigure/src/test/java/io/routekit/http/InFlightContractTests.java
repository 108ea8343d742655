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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.http.RawServer.Script;
import io.routekit.memory.MemoryBudget;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what all calls under way keep together, whichever the provider.
 */
@ParameterizedClass
@EnumSource
class InFlightContractTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final int PIECES = 60;

	private static final int PIECE = 1000;

	private final RawServer server = new RawServer();

	private final MemoryBudget inFlight = new MemoryBudget(1_000_000);

	private final HttpModelFactory http = TestHttp.factory(this.inFlight);

	private final WireProvider provider;

	private final Model model;

	InFlightContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = model(Timeouts.defaults());
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(Timeouts timeouts) {
		return this.provider.model(this.provider.settings(this.server).timeouts(timeouts), this.http);
	}

	@Test
	void theStreamThatWouldKeepTooMuchFailsAndTheOthersGoOn() {
		CountDownLatch end = new CountDownLatch(1);
		this.server.reply((connection) -> {
			connection.startEvents();
			WireStream stream = this.provider.stream();
			for (int i = 0; i < PIECES; i++) {
				connection.chunk(stream.text("x".repeat(PIECE)).take());
			}
			end.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
			connection.chunk(stream.finish(FinishReason.STOP).end().take());
			connection.endChunks();
		});
		List<Reader> reading = new ArrayList<>();
		int failed = 0;
		// Of several models, which share the memory
		for (int i = 0; i < 20; i++) {
			Reader reader = new Reader();
			((i % 2 == 0) ? this.model : model(Timeouts.defaults())).stream("Hi").subscribe(reader);
			Awaitility.await().atMost(LIMIT).until(() -> reader.events == PIECES || reader.failure != null);
			assertThat(this.inFlight.reserved()).isBetween(1L, this.inFlight.limit());
			if (reader.failure != null) {
				assertExceeded(reader.failure);
				failed++;
			}
			else {
				reading.add(reader);
			}
		}
		assertThat(failed).isPositive();
		assertThat(reading).hasSizeGreaterThan(5);
		long before = this.inFlight.reserved();
		// One format tells all texts once more at the end
		int half = reading.size() - reading.size() / ((this.provider == WireProvider.RESPONSES) ? 5 : 2);
		reading.subList(0, half).forEach(Reader::cancel);
		Awaitility.await().atMost(LIMIT).until(() -> this.inFlight.reserved() < before * 2 / 3);
		end.countDown();
		reading.subList(half, reading.size()).forEach(Reader::requestUnbounded);
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> reading.subList(half, reading.size()).stream().allMatch((reader) -> reader.completed));
		assertNothingKept();
	}

	@Test
	void aWholeAnswerThatWouldKeepTooMuchFails() {
		this.server.reply(Script.json(200, this.provider.answer("x".repeat(2_000_000))));
		assertExceeded(failureOf(this.model.chat("Hi")));
		assertNothingKept();
		this.server.reply(Script.json(200, this.provider.answer("a")));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
		assertNothingKept();
	}

	@Test
	void anEventThatWouldKeepTooMuchFailsBeforeItIsWhole() {
		this.server.reply(Script.events(this.provider.stream("x".repeat(2_000_000))));
		assertExceeded(failureOf(this.model.stream("Hi")));
		assertNothingKept();
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsKeptOnceACallHasEnded(End end) {
		this.server.reply(end.script(this.provider));
		Model model = model(Timeouts.builder()
			.idle((end == End.STALLED) ? SHORT : LIMIT)
			.subscriber((end == End.UNASKED) ? SHORT : null)
			.build());
		Publisher<?> call = switch (end) {
			case CHAT -> model.chat("Hi");
			case CANCELLED -> model.stream("Hi").take(1);
			case THROWING -> model.stream("Hi").doOnNext((event) -> {
				throw new IllegalStateException("late");
			});
			default -> model.stream("Hi");
		};
		if (end == End.UNASKED) {
			StepVerifier.create(call, 1).expectNextCount(1).expectError(ModelException.class).verify(LIMIT);
		}
		else {
			Flux.from(call).onErrorComplete().blockLast(LIMIT);
		}
		assertNothingKept();
	}

	private void assertNothingKept() {
		// An end is signalled before the thread that signals it has left
		Awaitility.await().atMost(LIMIT).until(() -> this.inFlight.reserved() == 0);
	}

	private void assertExceeded(Throwable failure) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class, (ex) -> {
			assertThat(ex.getKind()).isEqualTo(Kind.CONCURRENCY_LIMIT);
			assertThat(ex).hasMessageContaining("1000000B").hasMessageContaining("routekit.limit.in-flight");
			assertThat(ex.isRetryable()).isFalse();
		});
	}

	/**
	 * How a call ends.
	 */
	private enum End {

		WHOLE, CHAT, CANCELLED, THROWING, ERROR, RESET, STALLED, UNASKED;

		Script script(WireProvider provider) {
			return switch (this) {
				case WHOLE -> Script.events(provider.stream("a"), Chunking.LINES);
				case CHAT -> Script.json(200, provider.answer("x".repeat(PIECE)));
				case ERROR -> Script.json(500, provider.error(500, "x".repeat(PIECE)));
				case RESET -> (connection) -> {
					connection.startEvents();
					connection.chunk(provider.stream().text("a").take());
					connection.reset();
				};
				default -> (connection) -> {
					connection.startEvents();
					connection.chunk(provider.stream().text("a").text("b").take());
					connection.stall();
				};
			};
		}

	}

	/**
	 * Asks for all pieces and for nothing more.
	 */
	private static final class Reader extends BaseSubscriber<StreamEvent> {

		private volatile int events;

		private volatile Throwable failure;

		private volatile boolean completed;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(PIECES);
		}

		@Override
		protected void hookOnNext(StreamEvent event) {
			this.events = this.events + 1;
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.failure = failure;
		}

		@Override
		protected void hookOnComplete() {
			this.completed = true;
		}

	}

}
