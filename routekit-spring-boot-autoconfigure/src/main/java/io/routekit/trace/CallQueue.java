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

package io.routekit.trace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.routekit.memory.MemoryBudget;

/**
 * Calls that wait for the thread that writes them, which is started when there is one.
 * Their number and their size are bounded. Thread-safe.
 *
 * @param <T> the type of the calls
 */
final class CallQueue<T extends TraceEntry> {

	private static final Duration IDLE = Duration.ofMinutes(1);

	private final MemoryBudget budget;

	private final Consumer<T> writer;

	private final ThreadPoolExecutor thread;

	/**
	 * Create a new {@link CallQueue} instance.
	 * @param capacity how many calls can wait
	 * @param budget the memory that they can take
	 * @param writer writes a call, and never throws
	 */
	CallQueue(int capacity, MemoryBudget budget, Consumer<T> writer) {
		this.budget = budget;
		this.writer = writer;
		this.thread = new ThreadPoolExecutor(1, 1, IDLE.toSeconds(), TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(capacity), CallQueue::newThread,
				(task, executor) -> ((CallQueue<?>.WaitingCall) task).reject());
		this.thread.allowCoreThreadTimeOut(true);
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "routekit-trace");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Add a call.
	 * @param call the call
	 * @return whether there was room for it
	 */
	boolean offer(T call) {
		long bytes = call.size(this.budget.limit());
		if (!this.budget.reserve(bytes)) {
			return false;
		}
		WaitingCall waiting = new WaitingCall(call, bytes);
		boolean added = false;
		try {
			this.thread.execute(waiting);
			added = !waiting.rejected;
		}
		finally {
			if (!added) {
				waiting.release();
			}
		}
		return added;
	}

	boolean isClosed() {
		return this.thread.isShutdown();
	}

	/**
	 * Write the calls that wait, but no further ones.
	 * @param timeout how long to wait for it
	 * @return whether all are written
	 * @throws InterruptedException if the current thread is interrupted
	 */
	boolean close(Duration timeout) throws InterruptedException {
		this.thread.shutdown();
		return this.thread.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Give up the calls that still wait.
	 * @return their number
	 */
	int abandon() {
		List<Runnable> waiting = this.thread.shutdownNow();
		waiting.forEach((call) -> ((CallQueue<?>.WaitingCall) call).release());
		return waiting.size();
	}

	/**
	 * A call that waits.
	 */
	private final class WaitingCall implements Runnable {

		private final T call;

		private final long bytes;

		private final AtomicBoolean released = new AtomicBoolean();

		private boolean rejected;

		WaitingCall(T call, long bytes) {
			this.call = call;
			this.bytes = bytes;
		}

		@Override
		public void run() {
			try {
				CallQueue.this.writer.accept(this.call);
			}
			finally {
				release();
			}
		}

		void reject() {
			this.rejected = true;
		}

		// Starting the thread can fail after the call was added
		void release() {
			if (this.released.compareAndSet(false, true)) {
				CallQueue.this.budget.release(this.bytes);
			}
		}

	}

}
