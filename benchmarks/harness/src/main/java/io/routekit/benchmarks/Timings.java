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
 * How long events took, while they are recorded.
 */
final class Timings {

	private final Histogram first = new Histogram();

	private final Histogram late = new Histogram();

	private volatile boolean recording;

	/**
	 * Take note of the time to the first event of a call.
	 * @param nanos nanoseconds
	 */
	void first(long nanos) {
		if (this.recording) {
			this.first.add(nanos / 1000);
		}
	}

	/**
	 * Take note of the time that an event was on the way.
	 * @param micros microseconds
	 */
	void late(long micros) {
		if (this.recording) {
			this.late.add(micros);
		}
	}

	void start() {
		this.recording = true;
	}

	void stop() {
		this.recording = false;
	}

	void addTo(Measurement measurement) {
		this.first.addTo(measurement, "firstEvent");
		this.late.addTo(measurement, "late");
	}

}
