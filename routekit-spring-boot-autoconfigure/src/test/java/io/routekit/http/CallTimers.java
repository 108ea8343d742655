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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import reactor.core.scheduler.Schedulers;

/**
 * The timers of calls, which run as they should, and are counted.
 */
final class CallTimers implements AutoCloseable {

	private static final String KEY = CallTimers.class.getName();

	private final List<ScheduledThreadPoolExecutor> executors = new CopyOnWriteArrayList<>();

	private final Schedulers.Snapshot snapshot;

	CallTimers() {
		Schedulers.addExecutorServiceDecorator(KEY, (scheduler, executor) -> watch(executor));
		// Those that are there already are not watched
		this.snapshot = Schedulers.setFactoryWithSnapshot(new Schedulers.Factory() {
		});
	}

	private ScheduledExecutorService watch(ScheduledExecutorService executor) {
		if (executor instanceof ScheduledThreadPoolExecutor pool) {
			this.executors.add(pool);
		}
		return executor;
	}

	/**
	 * Return how many timers are set.
	 */
	int pending() {
		return this.executors.stream().mapToInt((executor) -> executor.getQueue().size()).sum();
	}

	@Override
	public void close() {
		Schedulers.removeExecutorServiceDecorator(KEY);
		Schedulers.resetFrom(this.snapshot);
	}

}
