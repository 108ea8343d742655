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
 * A fixed number of calls at a time, each of which is followed by the next.
 */
final class ClosedLoop {

	private static final int FEW = 4;

	private final Workload workload;

	private final int concurrency;

	ClosedLoop(Workload workload, int concurrency) {
		this.workload = workload;
		this.concurrency = concurrency;
	}

	Measurement run(Session session) {
		Answer answer = new Answer(this.workload);
		Timings timings = new Timings();
		WarmUp warmUp = new WarmUp(session, session.client(this.workload, this.concurrency), answer, timings);
		// With few calls and both cores, for the JIT starves behind many on one core
		warmUp.untilSteady(Math.min(FEW, this.concurrency), session.seconds(10));
		warmUp.untilSteady(this.concurrency, session.seconds(30));
		session.pin();
		warmUp.untilSteady(this.concurrency, session.seconds(10));
		int calls = Math.max(warmUp.calls(session.seconds(5)), this.concurrency);
		ManagementFactory.getThreadMXBean().resetPeakThreadCount();
		Snapshot before = session.snapshot();
		timings.start();
		warmUp.load(this.concurrency, calls);
		timings.stop();
		Snapshot after = session.snapshot();
		Measurement measurement = new Measurement();
		after.addTo(measurement, before, (long) calls * Math.max(this.workload.events(), 1));
		timings.addTo(measurement);
		measurement.put("threads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
		return measurement;
	}

	/**
	 * Makes calls until the JIT has done its work.
	 */
	private static final class WarmUp {

		private static final double STEADY = 0.03;

		private static final int STEADY_SLICES = 3;

		private final Session session;

		private final Client client;

		private final Answer answer;

		private final Timings timings;

		private double callsPerNano;

		WarmUp(Session session, Client client, Answer answer, Timings timings) {
			this.session = session;
			this.client = client;
			this.answer = answer;
			this.timings = timings;
		}

		void untilSteady(int concurrency, Duration limit) {
			long end = System.nanoTime() + limit.toNanos();
			int steady = 0;
			while (steady < STEADY_SLICES && System.nanoTime() < end) {
				Snapshot before = this.session.snapshot();
				load(concurrency, Math.max(calls(this.session.seconds(1)), concurrency));
				boolean quiet = this.session.snapshot().compilationSince(before) < STEADY;
				steady = quiet ? steady + 1 : 0;
			}
		}

		void load(int concurrency, int calls) {
			long start = System.nanoTime();
			new Load(this.client, this.answer, this.timings, concurrency, calls).start().await();
			this.callsPerNano = calls / (double) (System.nanoTime() - start);
		}

		int calls(Duration time) {
			return (int) Math.ceil(time.toNanos() * this.callsPerNano);
		}

	}

}
