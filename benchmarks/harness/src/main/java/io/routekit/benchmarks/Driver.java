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

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Makes a client do what a workload asks for.
 */
final class Driver {

	private static final double STEADY = 0.03;

	private static final int STEADY_SLICES = 3;

	private final Session session;

	private final Client client;

	private final Answer answer;

	private final Timings timings = new Timings();

	private double callsPerNano;

	Driver(Session session, Workload workload, int connections) {
		this.session = session;
		this.client = session.client(workload, connections);
		this.answer = new Answer(workload);
	}

	/**
	 * Make calls until the JIT has done its work.
	 * @param concurrency the calls at a time
	 * @param limit the time after which to go on anyway
	 */
	void warmUp(int concurrency, Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		int steady = 0;
		while (steady < STEADY_SLICES && System.nanoTime() < end) {
			Snapshot before = this.session.snapshot();
			call(concurrency, calls(concurrency, this.session.seconds(1)));
			boolean quiet = this.session.snapshot().compilationSince(before) < STEADY;
			steady = quiet ? steady + 1 : 0;
		}
	}

	/**
	 * Measure calls, each of which is followed by the next.
	 * @param concurrency the calls at a time
	 * @param time about how long
	 * @param units what one call counts for
	 * @return what they took
	 */
	Measurement measure(int concurrency, Duration time, int units) {
		int calls = calls(concurrency, time);
		ManagementFactory.getThreadMXBean().resetPeakThreadCount();
		Snapshot before = this.session.snapshot();
		this.timings.start();
		call(concurrency, calls);
		this.timings.stop();
		Snapshot after = this.session.snapshot();
		Measurement measurement = new Measurement();
		after.addTo(measurement, before, (long) calls * units);
		this.timings.addTo(measurement);
		measurement.put("threads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
		return measurement;
	}

	private int calls(int concurrency, Duration time) {
		return Math.max((int) (time.toNanos() * this.callsPerNano), concurrency);
	}

	private void call(int concurrency, int calls) {
		long start = System.nanoTime();
		load(concurrency, calls).start(Duration.ZERO).await();
		this.callsPerNano = calls / (double) (System.nanoTime() - start);
	}

	Load load(int concurrency, int calls) {
		return new Load(this.client, this.answer, this.timings, concurrency, calls);
	}

	Timings timings() {
		return this.timings;
	}

}
