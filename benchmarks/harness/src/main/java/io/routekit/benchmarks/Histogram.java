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

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts values in buckets that are at most 3 % wide.
 */
final class Histogram {

	private static final int STEPS = 32;

	private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);

	void add(long value) {
		this.counts.incrementAndGet(bucket(Math.max(value, 0)));
	}

	private static int bucket(long value) {
		if (value < STEPS) {
			return (int) value;
		}
		int shift = 63 - Long.numberOfLeadingZeros(value) - 5;
		return (shift + 1) * STEPS + (int) (value >>> shift) - STEPS;
	}

	private static long value(int bucket) {
		if (bucket < STEPS) {
			return bucket;
		}
		int shift = bucket / STEPS - 1;
		return (long) (STEPS + bucket % STEPS) << shift;
	}

	void addTo(Measurement measurement, String name) {
		long total = 0;
		for (int i = 0; i < this.counts.length(); i++) {
			total += this.counts.get(i);
		}
		if (total > 0) {
			measurement.put(name + "Median", quantile(0.5, total));
			measurement.put(name + "P99", quantile(0.99, total));
		}
	}

	private long quantile(double quantile, long total) {
		long rank = (long) Math.ceil(quantile * total);
		int bucket = 0;
		for (long seen = this.counts.get(0); seen < rank; seen += this.counts.get(bucket)) {
			bucket++;
		}
		return value(bucket);
	}

}
