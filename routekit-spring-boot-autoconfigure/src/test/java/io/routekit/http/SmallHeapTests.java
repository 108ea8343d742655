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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.StreamEvent;
import io.routekit.http.RawServer.Script;
import io.routekit.memory.MemoryBudget;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for many calls at once where little memory is.
 */
@Tag("small-heap")
class SmallHeapTests {

	private static final WireProvider PROVIDER = WireProvider.OPENAI;

	private static final int CLIENTS = 100;

	private static final int PIECES = 150;

	private static final String PIECE = "x".repeat(100_000);

	private static final int STREAMS = 300;

	private static final int EVENTS = 100;

	private final RawServer server = new RawServer();

	private final MemoryBudget inFlight = MemoryBudget.ofHeap(4);

	private final Model model = PROVIDER.model(PROVIDER.settings(this.server), TestHttp.factory(this.inFlight));

	private ProcessUse before;

	@BeforeEach
	void callOnce() {
		// Starts what lives as long as the process
		assertAnswers();
		this.before = ProcessUse.now();
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void clientsThatLeaveTheirAnswersUnreadGetAnErrorOnceTheMemoryForAllIsUsedUp() {
		assertThat((long) CLIENTS * PIECES * PIECE.length()).isGreaterThan(10 * Runtime.getRuntime().maxMemory());
		byte[] piece = PROVIDER.stream().text(PIECE).take().getBytes(StandardCharsets.UTF_8);
		this.server.reply((connection) -> {
			connection.startEvents();
			for (int i = 0; i < PIECES; i++) {
				connection.chunk(piece);
			}
			connection.stall();
		});
		List<Client> asleep = Stream.generate(() -> new Client(0)).limit(CLIENTS / 10).toList();
		asleep.forEach(this.model.stream("Hi")::subscribe);
		List<Client> clients = Stream.generate(() -> new Client(PIECES)).limit(CLIENTS).toList();
		clients.forEach(this.model.stream("Hi")::subscribe);
		Awaitility.await().atMost(LIMIT).until(() -> clients.stream().allMatch(Client::isSettled));
		assertThat(this.inFlight.reserved()).isBetween(1L, this.inFlight.limit());
		List<Client> failed = clients.stream().filter((client) -> client.failure != null).toList();
		assertThat(failed).hasSizeBetween(CLIENTS / 2, CLIENTS - 1)
			.allSatisfy((client) -> assertThat(client.failure)
				.isInstanceOfSatisfying(ModelException.class,
						(ex) -> assertThat(ex.getKind()).isEqualTo(Kind.CONCURRENCY_LIMIT))
				.hasMessageContaining(HttpModelFactory.IN_FLIGHT));
		assertThat(asleep).as("clients that take no memory").allMatch((client) -> client.failure == null);
		asleep.forEach(Client::cancel);
		clients.forEach(Client::cancel);
		assertNothingStays();
		assertAnswers();
	}

	@Test
	void manyStreamsAtOnceComplete() {
		CountDownLatch allUnderWay = new CountDownLatch(STREAMS);
		byte[] event = PROVIDER.stream().text("0123456789").take().getBytes(StandardCharsets.UTF_8);
		byte[] end = PROVIDER.stream().finish(FinishReason.STOP).end().take().getBytes(StandardCharsets.UTF_8);
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(event);
			allUnderWay.countDown();
			assertThat(allUnderWay.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			for (int i = 1; i < EVENTS; i++) {
				connection.chunk(event);
			}
			connection.chunk(end);
			connection.endChunks();
		});
		List<String> texts = Flux.fromStream(IntStream.range(0, STREAMS).boxed())
			.flatMap((number) -> this.model.stream("Hi").collectList().map(TestCalls::textOf), STREAMS)
			.collectList()
			.block(LIMIT);
		assertThat(texts).hasSize(STREAMS).containsOnly("0123456789".repeat(EVENTS));
		assertNothingStays();
	}

	private void assertAnswers() {
		this.server.reply(Script.json(200, PROVIDER.answer("a")));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
	}

	private void assertNothingStays() {
		Awaitility.await().atMost(LIMIT).until(() -> this.inFlight.reserved() == 0);
		Awaitility.await().atMost(LIMIT).until(() -> this.server.requestsUnderWay() == 0);
		Awaitility.await()
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(500))
			.untilAsserted(
					() -> assertThat(ProcessUse.now().heap()).isLessThan(this.before.heap() + ProcessUse.HEAP_BOUND));
	}

	/**
	 * Asks for so many events and for nothing more.
	 */
	private static final class Client extends BaseSubscriber<StreamEvent> {

		private final int demand;

		private volatile int events;

		private volatile Throwable failure;

		Client(int demand) {
			this.demand = demand;
		}

		boolean isSettled() {
			return this.failure != null || this.events == this.demand;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			if (this.demand > 0) {
				subscription.request(this.demand);
			}
		}

		@Override
		protected void hookOnNext(StreamEvent event) {
			this.events = this.events + 1;
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.failure = failure;
		}

	}

}
