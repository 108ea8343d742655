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

package io.routekit.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.WatchedCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ConcurrencyLimitFilter}.
 */
class ConcurrencyLimitFilterTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String PROPERTY = "routekit.provider.concurrency-limit";

	private static final StreamEvent TEXT = new StreamEvent.Text("one");

	private static final StreamEvent COMPLETED = new StreamEvent.Completed(ModelResponse.of("one"));

	private final Bulkhead bulkhead = bulkhead(1);

	private final ConcurrencyLimitFilter filter = filter(this.bulkhead, Duration.ofSeconds(5));

	private final OpenCalls calls = new OpenCalls();

	private final Model model = this.calls.filter(this.filter);

	private static Bulkhead bulkhead(int limit) {
		return Bulkhead.of("fast",
				BulkheadConfig.custom().maxConcurrentCalls(limit).maxWaitDuration(Duration.ZERO).build());
	}

	private static ConcurrencyLimitFilter filter(Bulkhead bulkhead, Duration maxWait) {
		return new ConcurrencyLimitFilter(bulkhead, maxWait, PROPERTY);
	}

	private void assertFree() {
		assertThat(this.bulkhead.getMetrics().getAvailableConcurrentCalls()).isOne();
		assertThat(this.filter.waiting()).isZero();
	}

	private static void assertRefused(Throwable failure, String message) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class, (ex) -> {
			assertThat(ex.getKind()).isEqualTo(Kind.CONCURRENCY_LIMIT);
			assertThat(ex.isRetryable()).isFalse();
			assertThat(ex).hasMessage(message);
			assertThat(ex.getProvider()).isEqualTo("mine");
			assertThat(ex.getModel()).isEqualTo("fast");
		});
	}

	@Test
	void needsABulkheadThatDoesNotWait() {
		assertThatIllegalArgumentException().isThrownBy(() -> filter(
				Bulkhead.of("slow", BulkheadConfig.custom().maxWaitDuration(Duration.ofSeconds(1)).build()), LIMIT));
	}

	@Test
	void callsWaitForTheirTurnInOrder() {
		List<String> answers = new ArrayList<>();
		for (String text : List.of("a", "b", "c", "d")) {
			this.model.chat(text).subscribe((response) -> answers.add(text));
		}
		assertThat(this.calls.texts).containsExactly("a");
		assertThat(this.filter.waiting()).isEqualTo(3);
		for (int i = 0; i < 4; i++) {
			this.calls.answer(i);
		}
		assertThat(this.calls.texts).containsExactly("a", "b", "c", "d");
		assertThat(answers).containsExactly("a", "b", "c", "d");
		assertFree();
	}

	@Test
	void failureGivesThePermitBack() {
		this.model.chat("a").subscribe((response) -> {
		}, (failure) -> {
		});
		this.model.chat("b").subscribe();
		this.calls.sinks.get(0).tryEmitError(ModelException.of(Kind.SERVER, "Failed"));
		assertThat(this.calls.texts).containsExactly("a", "b");
		this.calls.answer(1);
		assertFree();
	}

	@Test
	void exceptionThatAModelThrowsGivesThePermitBack() {
		Model broken = ((Model) (request) -> {
			throw new IllegalStateException("Broken");
		}).filter(this.filter);
		StepVerifier.create(broken.chat("a")).expectError(IllegalStateException.class).verify(LIMIT);
		assertFree();
	}

	@Test
	void cancelGivesThePermitBack() {
		Disposable first = this.model.chat("a").subscribe();
		this.model.chat("b").subscribe();
		first.dispose();
		first.dispose();
		assertThat(this.calls.cancels).hasValue(1);
		assertThat(this.calls.texts).containsExactly("a", "b");
		assertThat(this.bulkhead.getMetrics().getAvailableConcurrentCalls()).isZero();
		this.calls.answer(1);
		assertFree();
	}

	@Test
	void waiterThatIsCancelledLeavesAtOnce() {
		this.model.chat("a").subscribe();
		Disposable second = this.model.chat("b").subscribe();
		this.model.stream("c").subscribe();
		second.dispose();
		assertThat(this.filter.waiting()).isOne();
		this.calls.answer(0);
		assertThat(this.calls.texts).containsExactly("a", "c");
		this.calls.answer(1);
		assertFree();
	}

	@Test
	void streamHoldsItsPermitToItsLastEvent() {
		Sinks.Many<StreamEvent> events = Sinks.many().unicast().onBackpressureBuffer();
		Model streaming = new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.just(ModelResponse.of("two"));
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request) {
				return events.asFlux();
			}

		};
		Model model = streaming.filter(this.filter);
		List<String> seen = new ArrayList<>();
		model.stream("a").subscribe((event) -> seen.add(event.getClass().getSimpleName()));
		model.chat("b").subscribe((response) -> seen.add(response.content()));
		events.tryEmitNext(TEXT);
		assertThat(seen).containsExactly("Text");
		assertThat(this.filter.waiting()).isOne();
		events.tryEmitNext(COMPLETED);
		events.tryEmitComplete();
		assertThat(seen).containsExactlyInAnyOrder("Text", "Completed", "two");
		assertFree();
	}

	@Test
	void gaveUpAfterTheLongestWait() {
		this.model.chat("a").subscribe();
		StepVerifier.withVirtualTime(() -> this.model.chat("b"))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(4999))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies((failure) -> assertRefused(failure,
					"The limit of 1 calls of the model 'fast' at once is reached and none ended within 5000 ms ("
							+ PROPERTY + ")"))
			.verify(LIMIT);
		assertThat(this.filter.waiting()).isZero();
		this.calls.answer(0);
		assertThat(this.calls.texts).containsExactly("a");
		assertFree();
	}

	@Test
	void callThatGotItsTurnIsNotTimed() {
		this.model.stream("a").subscribe();
		StepVerifier.withVirtualTime(() -> this.model.chat("b"))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(4999))
			.then(() -> this.calls.answer(0))
			.expectNoEvent(Duration.ofHours(1))
			.then(() -> this.calls.answer(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		assertFree();
	}

	@Test
	void waitsNoLongerThanUntilTheDeadline() {
		this.model.chat("a").subscribe();
		StepVerifier.create(WatchedCalls.within(Duration.ofMillis(50), this.model).chat("b"))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOfSatisfying(ModelException.class,
					(ex) -> assertThat(ex.getKind()).isEqualTo(Kind.CONCURRENCY_LIMIT)))
			.verify(Duration.ofSeconds(4));
		assertThat(this.filter.waiting()).isZero();
	}

	@Test
	void failsAtOnceWithoutAWait() {
		Model model = this.calls.filter(filter(this.bulkhead, Duration.ZERO));
		model.chat("a").subscribe();
		StepVerifier.create(model.stream("b"))
			.expectErrorSatisfies((failure) -> assertRefused(failure,
					"The limit of 1 calls of the model 'fast' at once is reached (" + PROPERTY + ")"))
			.verify(LIMIT);
		this.calls.answer(0);
		assertThat(this.calls.texts).containsExactly("a");
		assertFree();
	}

	@Test
	void nextCallOfTheSameCallerFindsThePermitFree() {
		Model model = ((Model) (request) -> Mono.just(ModelResponse.of("one")))
			.filter(filter(this.bulkhead, Duration.ZERO));
		StepVerifier
			.create(model.chat("a")
				.flatMapMany((response) -> model.stream("b"))
				.filter((event) -> event instanceof StreamEvent.Completed)
				.flatMap((event) -> model.chat("c")))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		assertFree();
	}

	@Test
	void interruptedThreadGetsAPermitAsWell() {
		Thread.currentThread().interrupt();
		this.model.chat("a").subscribe();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.calls.texts).containsExactly("a");
	}

	@Test
	void manyWaitersDoNotOverflowTheStack() {
		AtomicInteger answers = new AtomicInteger();
		this.model.chat("a").subscribe();
		Model sameThread = ((Model) (request) -> Mono.just(ModelResponse.of("one"))).filter(this.filter);
		for (int i = 0; i < 10_000; i++) {
			sameThread.chat("b").subscribe((response) -> answers.incrementAndGet());
		}
		assertThat(this.filter.waiting()).isEqualTo(10_000);
		this.calls.answer(0);
		assertThat(answers).hasValue(10_000);
		assertFree();
	}

	@Test
	@Timeout(120)
	void holdsTheLimitUnderLoad() throws InterruptedException {
		int limit = 10;
		int total = 10_000;
		Bulkhead bulkhead = bulkhead(limit);
		ConcurrencyLimitFilter filter = filter(bulkhead, Duration.ofSeconds(60));
		AtomicInteger inFlight = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicInteger mostWaiting = new AtomicInteger();
		AtomicInteger answered = new AtomicInteger();
		AtomicInteger failed = new AtomicInteger();
		AtomicInteger cancelled = new AtomicInteger();
		CountDownLatch ended = new CountDownLatch(total);
		Model model = ((Model) (request) -> Mono.defer(() -> {
			AtomicBoolean gone = new AtomicBoolean();
			Runnable leave = () -> {
				if (gone.compareAndSet(false, true)) {
					inFlight.decrementAndGet();
				}
			};
			most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
			mostWaiting.accumulateAndGet(filter.waiting(), Math::max);
			int fate = ThreadLocalRandom.current().nextInt(10);
			Mono<ModelResponse> answer = (fate < 5)
					? Mono.delay(Duration.ofNanos(ThreadLocalRandom.current().nextLong(1_000_000)))
						.map((tick) -> ModelResponse.of("one"))
					: Mono.just(ModelResponse.of("one"));
			return answer
				.flatMap((response) -> (fate != 0) ? Mono.just(response)
						: Mono.error(ModelException.of(Kind.SERVER, "Failed")))
				.doOnNext((response) -> leave.run())
				.doOnError((failure) -> leave.run())
				.doOnCancel(leave);
		})).filter(filter);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			for (int i = 0; i < total; i++) {
				boolean stream = i % 2 == 0;
				threads.execute(() -> {
					Flux<?> call = stream ? model.stream("Hi") : model.chat("Hi").flux();
					Disposable running = call.doOnComplete(answered::incrementAndGet)
						.doOnError((failure) -> failed.incrementAndGet())
						.doOnCancel(cancelled::incrementAndGet)
						.onErrorComplete()
						.doFinally((signal) -> ended.countDown())
						.subscribe();
					if (ThreadLocalRandom.current().nextInt(3) == 0) {
						threads.execute(running::dispose);
					}
				});
			}
			assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			threads.shutdown();
			assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(most).hasValue(limit);
		assertThat(mostWaiting.get()).isPositive();
		assertThat(inFlight).hasValue(0);
		assertThat(answered.get()).isPositive();
		assertThat(failed.get()).isPositive();
		assertThat(cancelled.get()).isPositive();
		assertThat(filter.waiting()).isZero();
		assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls()).isEqualTo(limit);
	}

	/**
	 * A model whose calls end when the test says so.
	 */
	private static final class OpenCalls implements Model {

		private final List<String> texts = new ArrayList<>();

		private final List<Sinks.One<ModelResponse>> sinks = new ArrayList<>();

		private final AtomicInteger cancels = new AtomicInteger();

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			Sinks.One<ModelResponse> sink = Sinks.one();
			this.texts.add(request.messages().get(0).text());
			this.sinks.add(sink);
			return sink.asMono().doOnCancel(this.cancels::incrementAndGet);
		}

		@Override
		public String name() {
			return "fast";
		}

		@Override
		public String provider() {
			return "mine";
		}

		void answer(int index) {
			this.sinks.get(index).tryEmitValue(ModelResponse.of("one"));
		}

	}

}
