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

package io.routekit.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A number of calls, of which so many are open at a time.
 */
final class Load {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private final Client client;

	private final Answer answer;

	private final Timings timings;

	private final AtomicInteger remaining;

	private final CountDownLatch ended;

	private final List<Caller> callers;

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	Load(Client client, Answer answer, Timings timings, int concurrency, int calls) {
		this.client = client;
		this.answer = answer;
		this.timings = timings;
		this.remaining = new AtomicInteger(calls);
		this.ended = new CountDownLatch(calls);
		this.callers = Stream.generate(Caller::new).limit(concurrency).toList();
	}

	/**
	 * Start the first calls.
	 * @param ramp the time in which they start
	 * @return this load
	 */
	Load start(Duration ramp) {
		long start = System.nanoTime();
		for (int i = 0; i < this.callers.size(); i++) {
			Pause.until(start + ramp.toNanos() * i / this.callers.size());
			this.callers.get(i).next();
		}
		return this;
	}

	/**
	 * Wait for the end of all calls.
	 */
	void await() {
		try {
			if (!this.ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("%d calls did not end".formatted(this.ended.getCount()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		if (this.failure.get() != null) {
			throw new IllegalStateException(this.failure.get());
		}
	}

	/**
	 * Return the events that each of the open calls has received.
	 * @return the numbers, in the order of the start
	 */
	int[] received() {
		return this.callers.stream().mapToInt(Caller::received).toArray();
	}

	private void end(Call call) {
		if (call.failure() != null && this.failure.compareAndSet(null, call.failure())) {
			// Nothing counts any more
			while (this.ended.getCount() > 0) {
				this.ended.countDown();
			}
		}
		this.ended.countDown();
	}

	/**
	 * Starts a call when the one before has ended.
	 */
	private final class Caller {

		private final Consumer<Call> starter = Load.this.answer.workload().isStream() ? Load.this.client::stream
				: Load.this.client::chat;

		private final AtomicInteger pending = new AtomicInteger();

		private volatile @Nullable Call call;

		// A call may end before its start returns, which must not nest the next one
		void next() {
			if (this.pending.getAndIncrement() != 0) {
				return;
			}
			do {
				startCall();
			}
			while (this.pending.decrementAndGet() != 0);
		}

		private void startCall() {
			if (Load.this.failure.get() == null && Load.this.remaining.getAndDecrement() > 0) {
				Call call = new Call(Load.this.answer, Load.this.timings, this::onEnd);
				this.call = call;
				this.starter.accept(call);
			}
		}

		private void onEnd(Call call) {
			end(call);
			next();
		}

		int received() {
			Call call = this.call;
			return (call != null) ? call.received() : 0;
		}

	}

}
