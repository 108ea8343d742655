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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The timers of calls, which fire when a test says so.
 */
final class ManualTimers implements Scheduler, AutoCloseable {

	private final List<Timer> pending = new CopyOnWriteArrayList<>();

	private final Schedulers.Snapshot snapshot = Schedulers.setFactoryWithSnapshot(new Schedulers.Factory() {

		@Override
		public Scheduler newParallel(int parallelism, ThreadFactory threadFactory) {
			return ManualTimers.this;
		}

	});

	/**
	 * Return how many timers are set.
	 */
	int pending() {
		return this.pending.size();
	}

	/**
	 * Let all timers fire that are set.
	 */
	void fire() {
		List<Timer> timers = new ArrayList<>(this.pending);
		this.pending.clear();
		timers.forEach((timer) -> timer.task.run());
	}

	@Override
	public Disposable schedule(Runnable task) {
		return schedule(task, 0, TimeUnit.NANOSECONDS);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Timer timer = new Timer(task);
		this.pending.add(timer);
		return timer;
	}

	@Override
	public Worker createWorker() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		Schedulers.resetFrom(this.snapshot);
	}

	/**
	 * A timer that is set until it fires or is given up.
	 */
	private final class Timer implements Disposable {

		private final Runnable task;

		Timer(Runnable task) {
			this.task = task;
		}

		@Override
		public void dispose() {
			ManualTimers.this.pending.remove(this);
		}

	}

}
