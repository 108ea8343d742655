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

/**
 * Many streams at once, each with an event at regular intervals.
 *
 * @param streams how many there are
 * @param interval the microseconds between two events
 * @param ramp the seconds in which the streams start
 * @param plateau the seconds in which all are open and measured
 */
record PacedStreams(int streams, int interval, int ramp, int plateau) {

	private static final int SETTLE = 2;

	Measurement run(Session session) {
		ClosedLoop loop = new ClosedLoop(Workload.stream(500, 8), Math.min(64, this.streams));
		loop.warmUp(session, new Driver(session, loop.workload(), this.streams));
		long idleHeap = liveHeap();
		Driver driver = new Driver(session, workload(session), this.streams);
		// Events that come one by one take other ways through the code, which are new to
		// the JIT
		start(session, driver).await();
		Load load = start(session, driver);
		Pause.of(session.seconds(SETTLE));
		Measurement measurement = measure(session, driver, load);
		measurement.put("heap", (liveHeap() - idleHeap) / this.streams);
		load.await();
		return measurement;
	}

	private Load start(Session session, Driver driver) {
		return driver.load(this.streams, this.streams).start(session.seconds(this.ramp));
	}

	// A little longer than the plateau, for the measurement of the heap
	private Workload workload(Session session) {
		long micros = session.seconds(this.ramp + SETTLE + this.plateau + SETTLE).toNanos() / 1000;
		return Workload.paced((int) (micros / this.interval), this.interval);
	}

	private Measurement measure(Session session, Driver driver, Load load) {
		ManagementFactory.getThreadMXBean().resetPeakThreadCount();
		int[] receivedBefore = load.received();
		Snapshot before = session.snapshot();
		driver.timings().start();
		Pause.of(session.seconds(this.plateau));
		driver.timings().stop();
		Snapshot after = session.snapshot();
		int[] received = load.received();
		int events = 0;
		int live = 0;
		for (int i = 0; i < received.length; i++) {
			events += received[i] - receivedBefore[i];
			live += (received[i] > receivedBefore[i]) ? 1 : 0;
		}
		Measurement measurement = new Measurement();
		after.addTo(measurement, before, events);
		driver.timings().addTo(measurement);
		measurement.put("threads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
		measurement.put("live", live);
		return measurement;
	}

	private static long liveHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
