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

package io.routekit;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Writes durations as configuration has them, such as {@code 30s} or {@code -1ms}.
 *
 * @since 0.1.0
 */
public final class DurationText {

	private static final int SECONDS_OF_MINUTE = 60;

	private static final int SECONDS_OF_HOUR = 60 * SECONDS_OF_MINUTE;

	private static final int SECONDS_OF_DAY = 24 * SECONDS_OF_HOUR;

	private static final int NANOS_OF_MICRO = 1000;

	private static final int NANOS_OF_MILLI = 1000 * NANOS_OF_MICRO;

	private DurationText() {
	}

	/**
	 * Return a duration as it could be configured.
	 * @param duration the duration
	 * @return a whole number with the largest unit that there is one of
	 */
	public static String of(Duration duration) {
		Assert.notNull(duration, "'duration' must not be null");
		long seconds = duration.getSeconds();
		int nanos = duration.getNano();
		if (nanos != 0) {
			return (nanos % NANOS_OF_MILLI == 0) ? duration.toMillis() + "ms" : ((nanos % NANOS_OF_MICRO == 0)
					? duration.toNanos() / NANOS_OF_MICRO + "us" : duration.toNanos() + "ns");
		}
		if (seconds == 0 || seconds % SECONDS_OF_MINUTE != 0) {
			return seconds + "s";
		}
		if (seconds % SECONDS_OF_HOUR != 0) {
			return seconds / SECONDS_OF_MINUTE + "m";
		}
		return (seconds % SECONDS_OF_DAY != 0) ? seconds / SECONDS_OF_HOUR + "h" : seconds / SECONDS_OF_DAY + "d";
	}

}
