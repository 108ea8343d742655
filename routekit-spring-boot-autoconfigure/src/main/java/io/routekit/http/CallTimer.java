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

import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * The one timer of a call, which waits for its deadlines one after the other. To set a
 * timer costs more than to read an event; so it is not set anew for a deadline that is
 * later, but fires too early, and whom it wakes looks which deadline counts by then. All
 * but {@link #run()} is called by one thread at a time.
 */
final class CallTimer implements Runnable {

	private final Runnable action;

	private volatile boolean armed;

	private long due;

	private Disposable task = Disposables.disposed();

	/**
	 * Create a new {@link CallTimer} instance.
	 * @param action what happens when the timer fires, on a thread of its own
	 */
	CallTimer(Runnable action) {
		this.action = action;
	}

	/**
	 * Let the timer fire by a deadline, or earlier.
	 * @param deadline the deadline
	 */
	void arm(Deadlines.Deadline deadline) {
		long remaining = Math.max(deadline.remaining(), 1);
		long due = System.nanoTime() + remaining;
		if (this.armed && this.due - due <= 0) {
			return;
		}
		this.task.dispose();
		this.armed = true;
		this.due = due;
		this.task = Schedulers.parallel().schedule(this, remaining, TimeUnit.NANOSECONDS);
	}

	boolean isArmed() {
		return this.armed;
	}

	void dispose() {
		this.armed = false;
		this.task.dispose();
	}

	@Override
	public void run() {
		this.armed = false;
		this.action.run();
	}

}
