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

/**
 * A fixed number of calls at a time, each of which is followed by the next.
 *
 * @param workload what to ask for
 * @param concurrency the calls at a time
 */
record ClosedLoop(Workload workload, int concurrency) {

	private static final int FEW = 4;

	private static final int SHORT = 8;

	Measurement run(Session session) {
		Driver driver = new Driver(session, this.workload, this.concurrency);
		warmUp(session, driver);
		return driver.measure(this.concurrency, session.seconds(5), Math.max(this.workload.events(), 1));
	}

	/**
	 * Warm up, and move to the core of the client.
	 * @param session what to measure
	 * @param driver makes the calls
	 */
	void warmUp(Session session, Driver driver) {
		if (this.workload.events() > SHORT) {
			// What runs once a stream would take long to become warm
			Driver shortStreams = new Driver(session, this.workload.withEvents(SHORT), this.concurrency);
			shortStreams.warmUp(FEW, session.seconds(20));
		}
		// With few calls and both cores, for the JIT starves behind many on one core
		driver.warmUp(Math.min(FEW, this.concurrency), session.seconds(10));
		driver.warmUp(this.concurrency, session.seconds(30));
		session.pin();
		driver.warmUp(this.concurrency, session.seconds(10));
	}

}
