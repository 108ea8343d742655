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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.routekit.Limits;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplySubscriber}: whatever comes first, and whatever comes in the
 * middle of something else, a call ends once and leaves nothing behind.
 */
class ReplySubscriberTests {

	private static final String EVENT = "data: {}\n\n";

	private static final Reply REPLY = new Reply("openai", "m", HttpStatus.OK, new HttpHeaders(), new SecretRedactor(),
			Limits.defaults());

	private final ManualTimers timers = new ManualTimers();

	@AfterEach
	void restoreTimers() {
		this.timers.close();
	}

	@ParameterizedTest
	@MethodSource("orders")
	void callEndsOnceInWhateverOrderThingsHappen(List<Happening> order) {
		Call call = new Call(this.timers);
		call.start();
		order.forEach(call::let);
		call.assertEnded(order.toString());
	}

	static Stream<Arguments> orders() {
		List<Happening> all = List.of(Happening.values());
		return permutations(all)
			.filter((order) -> order.indexOf(Happening.HEAD) < order.indexOf(Happening.BUFFER)
					&& order.indexOf(Happening.BUFFER) < order.indexOf(Happening.END))
			.map(Arguments::of);
	}

	private static Stream<List<Happening>> permutations(List<Happening> rest) {
		return rest.isEmpty() ? Stream.of(Collections.emptyList()) : rest.stream().flatMap((first) -> {
			List<Happening> others = new ArrayList<>(rest);
			others.remove(first);
			return permutations(others).map((order) -> {
				List<Happening> whole = new ArrayList<>(List.of(first));
				whole.addAll(order);
				return whole;
			});
		});
	}

	@ParameterizedTest
	@EnumSource
	void callEndsOnceWhateverHappensInTheMiddleOfIt(Moment moment) {
		for (Happening happening : Happening.values()) {
			for (Happening second : Happening.values()) {
				Call call = new Call(this.timers);
				call.at(moment, () -> {
					call.let(happening);
					call.let(second);
				});
				call.start();
				List.of(Happening.HEAD, Happening.BUFFER, Happening.END).forEach(call::let);
				call.assertEnded("%s and %s at %s".formatted(happening, second, moment));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void callEndsOnceByWhateverIsThrown(Moment moment) {
		for (Throwable thrown : List.of(new StackOverflowError(), new IllegalStateException("Broken"))) {
			List<Throwable> thrownOn = new ArrayList<>();
			Call call = new Call(this.timers);
			call.at(moment, () -> sneakyThrow(thrown));
			attempt(call::start, thrownOn);
			for (Happening happening : List.of(Happening.HEAD, Happening.BUFFER, Happening.END)) {
				attempt(() -> call.let(happening), thrownOn);
			}
			call.assertEnded(thrown + " at " + moment);
			assertThat(call.subscriber.signals).as(moment.toString()).last().asString().startsWith("error");
			if (thrown instanceof Error) {
				assertThat(thrownOn).as(moment.toString()).contains(thrown);
			}
		}
	}

	private static void attempt(Runnable task, List<Throwable> thrown) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			thrown.add(ex);
		}
	}

	@SuppressWarnings("unchecked") // Nothing is cast when this runs, which is the trick
	private static <E extends Throwable> void sneakyThrow(Throwable thrown) throws E {
		throw (E) thrown;
	}

	@Test
	void errorOfTheMachineDoesNotWaitForDemand() {
		Call call = new Call(this.timers);
		call.subscriber.demand = 1;
		call.at(Moment.SECOND_PAYLOAD, () -> sneakyThrow(new OutOfMemoryError("on purpose")));
		call.start();
		call.let(Happening.HEAD);
		List<Throwable> thrown = new ArrayList<>();
		attempt(() -> call.exchange.send(EVENT + EVENT + EVENT), thrown);
		assertThat(call.subscriber.signals).containsExactly("next", "error INVALID_RESPONSE");
		assertThat(thrown).singleElement().isInstanceOf(OutOfMemoryError.class);
		call.assertEnded("an error without demand");
	}

	@Test
	void headThatFailsFailsTheCall() {
		Call call = new Call(this.timers);
		call.start();
		call.exchange.failHead(new IllegalStateException("Broken"));
		assertThat(call.subscriber.signals).containsExactly("error NETWORK");
		assertThat(this.timers.pending()).isZero();
	}

	@Test
	void nothingIsLeftBehindWhenThreadsRace() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			CyclicBarrier barrier = new CyclicBarrier(3);
			for (int i = 0; i < 2000; i++) {
				Call call = new Call(this.timers);
				call.start();
				int number = i;
				List<Future<?>> races = List.of(race(threads, barrier, () -> {
					call.let(Happening.HEAD);
					call.let(Happening.BUFFER);
					call.let(Happening.END);
				}), race(threads, barrier, () -> call.let(Happening.TIMER)),
						race(threads, barrier, () -> call.let((number % 3 == 0) ? Happening.TIMER : Happening.CANCEL)));
				for (Future<?> race : races) {
					race.get(TestCalls.LIMIT.toSeconds(), TimeUnit.SECONDS);
				}
				call.assertEnded("race " + i);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Future<?> race(ExecutorService threads, CyclicBarrier barrier, Runnable task) {
		return threads.submit(() -> {
			try {
				barrier.await(TestCalls.LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
			catch (BrokenBarrierException ex) {
				throw new IllegalStateException(ex);
			}
			task.run();
			return null;
		});
	}

	/**
	 * What can happen to a call.
	 */
	private enum Happening {

		HEAD, BUFFER, END, TIMER, CANCEL

	}

	/**
	 * The middle of what.
	 */
	private enum Moment {

		SUBSCRIBED, HEAD_READ, READER_MADE, PAYLOAD, SECOND_PAYLOAD, EVENT, ANSWER_READ

	}

	/**
	 * A call whose subscriber asks for all, whose deadline has passed when its timer
	 * fires, and whose answer has three payloads.
	 */
	private static final class Call implements ReplyOpener, ReplyReader {

		private final MemoryBudget inFlight = new MemoryBudget(1_000_000);

		private final TestExchange exchange = new TestExchange();

		private final Recorder subscriber = new Recorder(this);

		private final ManualTimers timers;

		private Moment moment;

		private Runnable action;

		private int payloads;

		private boolean headSent;

		private boolean bodyEnded;

		Call(ManualTimers timers) {
			this.timers = timers;
		}

		void at(Moment moment, Runnable action) {
			this.moment = moment;
			this.action = action;
		}

		private void pass(Moment moment) {
			if (this.moment == moment) {
				this.moment = null;
				this.action.run();
			}
		}

		void start() {
			Timeouts timeouts = Timeouts.builder()
				.connect(TestCalls.LIMIT)
				.firstEvent(Duration.ofNanos(1))
				.idle(Duration.ofNanos(1))
				.build();
			new ReplyFlux(this.exchange.head(), this, this.exchange.connection(), Deadlines.ofStream(timeouts, null))
				.subscribe(this.subscriber);
		}

		void let(Happening happening) {
			switch (happening) {
				case HEAD -> {
					if (this.exchange.isSubscribed() && !this.headSent) {
						this.headSent = true;
						this.exchange.sendHead();
					}
				}
				case BUFFER -> {
					if (this.exchange.isSubscribed()) {
						this.exchange.send(EVENT);
					}
				}
				case END -> {
					if (this.exchange.isSubscribed() && !this.bodyEnded) {
						this.bodyEnded = true;
						this.exchange.send(EVENT + EVENT);
						this.exchange.end();
					}
				}
				case TIMER -> this.timers.fire();
				case CANCEL -> this.subscriber.cancel();
			}
		}

		void assertEnded(String description) {
			let(Happening.HEAD);
			// What is left of a whole answer is read for a while
			this.timers.fire();
			assertThat(this.exchange.buffersInMemory()).as("buffers after " + description).isZero();
			assertThat(this.exchange.isSubscribed() && !this.exchange.isFree()).as("connection after " + description)
				.isFalse();
			assertThat(this.timers.pending()).as("timers after " + description).isZero();
			assertThat(this.inFlight.reserved()).as("memory after " + description).isZero();
			assertThat(this.subscriber.ends()).as("ends after " + description)
				.isEqualTo(this.subscriber.cancelled ? this.subscriber.endsBeforeCancel : 1);
		}

		@Override
		public Reply noReply() {
			return REPLY;
		}

		@Override
		public Reply reply(ResponseEntity<?> head) {
			pass(Moment.HEAD_READ);
			return REPLY;
		}

		@Override
		public MemoryBudget inFlight() {
			return this.inFlight;
		}

		@Override
		public ReplyReader read(Reply reply, KeptSize kept) {
			pass(Moment.READER_MADE);
			return this;
		}

		@Override
		public ModelException complete(ModelException failure, Reply reply) {
			return failure;
		}

		@Override
		public boolean read(String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
			this.payloads++;
			pass(Moment.PAYLOAD);
			if (this.payloads > 1) {
				pass(Moment.SECOND_PAYLOAD);
			}
			events.accept(new StreamEvent.Text("a"));
			return true;
		}

		@Override
		public int next() {
			return 0;
		}

		@Override
		public boolean isDone() {
			return this.payloads > 2;
		}

		@Override
		public boolean isFinished() {
			return isDone();
		}

		@Override
		public ModelResponse complete(Consumer<StreamEvent> events) {
			pass(Moment.ANSWER_READ);
			return ModelResponse.of("a");
		}

	}

	/**
	 * A subscriber that writes down what it gets.
	 */
	private static final class Recorder extends BaseSubscriber<StreamEvent> {

		private final List<String> signals = Collections.synchronizedList(new ArrayList<>());

		private final Call call;

		private volatile boolean cancelled;

		private volatile long endsBeforeCancel;

		private long demand = Long.MAX_VALUE;

		Recorder(Call call) {
			this.call = call;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(this.demand);
			this.call.pass(Moment.SUBSCRIBED);
		}

		@Override
		protected void hookOnNext(StreamEvent event) {
			this.signals.add("next");
			this.call.pass(Moment.EVENT);
		}

		@Override
		protected void hookOnComplete() {
			this.signals.add("complete");
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.signals.add("error "
					+ ((failure instanceof ModelException ex) ? ex.getKind() : failure.getClass().getSimpleName()));
		}

		@Override
		protected void hookOnCancel() {
			this.endsBeforeCancel = ends();
			this.cancelled = true;
		}

		long ends() {
			return List.copyOf(this.signals).stream().filter((signal) -> !signal.equals("next")).count();
		}

	}

}
