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

import java.util.function.IntFunction;

/**
 * Measures what one more costs of something that there is more and more of.
 */
final class Growth {

	private static final int MAX_STREAMS = 10_000;

	Measurement run(Session session) {
		new ClosedLoop(Workload.stream(500, 8), 4).warmUp(session, driver(session, Workload.stream(500, 8)));
		Measurement measurement = new Measurement();
		for (Dimension dimension : Dimension.values()) {
			for (int size = dimension.from; size <= dimension.to; size *= 10) {
				measure(session, dimension, size, measurement);
			}
		}
		return measurement;
	}

	private static void measure(Session session, Dimension dimension, int size, Measurement measurement) {
		Workload workload = dimension.workload.apply(size);
		int concurrency = (dimension == Dimension.STREAMS) ? size : 1;
		int units = (dimension == Dimension.STREAMS) ? workload.events() : size;
		Driver driver = driver(session, workload);
		driver.warmUp(concurrency, session.seconds(5));
		Measurement point = driver.measure(concurrency, session.seconds(2), units);
		for (String name : new String[] { "cpu", "allocated", "jit" }) {
			measurement.put("%s %d %s".formatted(dimension.title, size, name), point.get(name));
		}
	}

	// The size of the pool is set once for all
	private static Driver driver(Session session, Workload workload) {
		return new Driver(session, workload, MAX_STREAMS);
	}

	/**
	 * What there is more and more of.
	 */
	private enum Dimension {

		EVENTS("events of a stream", 100, 100_000, (size) -> Workload.stream(size, 8)),

		STREAMS("streams, an event", 1, MAX_STREAMS, (size) -> Workload.stream(100, 8)),

		LENGTH("characters of an answer", 1000, 10_000_000, Workload::unary),

		EVENT_LENGTH("characters of an event", 1000, 10_000_000, (size) -> Workload.stream(1, 8).withLength(size)),

		ARGUMENTS("characters of streamed arguments", 1000, 1_000_000,
				(size) -> Workload.stream(0, 8).withArguments(size)),

		MESSAGES("messages of a request", 1, 1000, (size) -> Workload.unary(1024).withRequest(size, 0)),

		TOOLS("tools of a request", 1, 1000, (size) -> Workload.unary(1024).withRequest(1, size));

		private final String title;

		private final int from;

		private final int to;

		private final IntFunction<Workload> workload;

		Dimension(String title, int from, int to, IntFunction<Workload> workload) {
			this.title = title;
			this.from = from;
			this.to = to;
			this.workload = workload;
		}

	}

}
