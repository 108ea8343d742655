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

package io.routekit.trace.analysis;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Percentiles of durations in constant memory: durations are counted in buckets, of which
 * each is two percent wider than the one before, so that a percentile is off by one
 * percent at most. Those of less than a microsecond are in the first one.
 */
final class Percentiles {

	private static final double GROWTH = 1.02;

	private static final double SMALLEST = 1e-6;

	private static final int STEP = 64;

	private long[] buckets = new long[0];

	private long count;

	void add(double seconds) {
		double ratio = Math.max(seconds, SMALLEST) / SMALLEST;
		int bucket = (int) Math.floor(Math.log(ratio) / Math.log(GROWTH));
		if (bucket >= this.buckets.length) {
			this.buckets = Arrays.copyOf(this.buckets, bucket + STEP);
		}
		this.buckets[bucket]++;
		this.count++;
	}

	/**
	 * Return a percentile.
	 * @param share the share of durations that are not longer, such as 0.95
	 * @return the seconds, or {@code null} if there is no duration
	 */
	@Nullable Double at(double share) {
		long rank = Math.max(1, (long) Math.ceil(share * this.count));
		long seen = 0;
		for (int bucket = 0; bucket < this.buckets.length; bucket++) {
			seen += this.buckets[bucket];
			if (seen >= rank) {
				// The middle of the bucket
				return SMALLEST * Math.pow(GROWTH, bucket + 0.5);
			}
		}
		return null;
	}

}
