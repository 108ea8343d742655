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

package io.routekit.benchmarks.suite;

/**
 * Columns that several tables have.
 */
final class Columns {

	static final Column CORES = Column.of("cores", "cores").scaled(1, 2);

	static final Column FIRST_EVENT = Column.of("first event, µs", "firstEventMedian", Adapter.FLOOR,
			Adapter.FLOOR_JSON);

	static final Column FIRST_EVENT_P99 = Column.of("its p99", "firstEventP99");

	static final Column HEAP = Column.of("heap a stream, kB", "heap").scaled(0.001, 1);

	static final Column JIT = Column.of("% JIT", "jit").scaled(100, 0);

	static final Column LATE = Column.of("late, ms", "lateMedian").scaled(0.001, 1);

	static final Column LATE_P99 = Column.of("its p99", "lateP99", Adapter.FLOOR_JSON).scaled(0.001, 1);

	static final Column LIVE = Column.of("streams alive", "live");

	static final Column OTHERS = Column.of("others' cores", "otherCores").scaled(1, 2);

	static final Column SERVER = Column.of("server's cores", "serverCores").scaled(1, 2);

	static final Column THREADS = Column.of("threads", "threads");

	private Columns() {
	}

	static Column cpu(String unit, Adapter... baselines) {
		return Column.of("CPU µs/" + unit, "cpu", baselines).scaled(1, 2);
	}

	static Column allocated(String unit, Adapter... baselines) {
		return Column.of("bytes/" + unit, "allocated", baselines);
	}

	static Column rate(String unit) {
		return Column.of(unit + "s/s", "rate");
	}

}
