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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How long a call may take.
 *
 * @param connect the time to establish a connection
 * @param firstEvent the time from the start of a stream to its first event
 * @param idle the time between two events of a stream; keep-alives are no events
 * @param total the time for the whole call, or {@code null} for
 * {@link #DEFAULT_CHAT_TOTAL} for an answer and no limit for a stream
 * @since 0.1.0
 */
public record Timeouts(Duration connect, Duration firstEvent, Duration idle, @Nullable Duration total) {

	/**
	 * The time for a whole answer when {@code total} is not set.
	 */
	public static final Duration DEFAULT_CHAT_TOTAL = Duration.ofMinutes(10);

	/**
	 * The longest that a timeout can be.
	 */
	public static final Duration MAX = Duration.ofDays(365);

	private static final Timeouts DEFAULTS = new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(2),
			Duration.ofMinutes(1), null);

	public Timeouts {
		checkPositive(connect, "connect");
		checkPositive(firstEvent, "firstEvent");
		checkPositive(idle, "idle");
		if (total != null) {
			checkPositive(total, "total");
		}
	}

	/**
	 * Return the total time for an answer that is not streamed.
	 * @return the total or its default
	 */
	public Duration chatTotal() {
		return (this.total != null) ? this.total : DEFAULT_CHAT_TOTAL;
	}

	/**
	 * Return the defaults: 10 seconds to connect, 2 minutes to the first event, 1 minute
	 * between events and no total.
	 * @return the defaults
	 */
	public static Timeouts defaults() {
		return DEFAULTS;
	}

	private static void checkPositive(Duration duration, String name) {
		Assert.notNull(duration, () -> "'%s' must not be null".formatted(name));
		Assert.isTrue(duration.compareTo(Duration.ZERO) > 0, () -> "'%s' must be positive".formatted(name));
		Assert.isTrue(duration.compareTo(MAX) <= 0, () -> "'%s' must be at most %s".formatted(name, MAX));
	}

}
