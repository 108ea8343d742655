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
 * The point in time by which a call must have ended, whatever attempts and waits it is
 * made of. Immutable.
 *
 * @since 0.1.0
 * @see ModelCall#deadline()
 * @see Timeouts#total()
 */
public final class CallDeadline {

	private final Duration timeout;

	private final long start = System.nanoTime();

	private CallDeadline(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		this.timeout = timeout;
	}

	/**
	 * Create a deadline that ends some time from now.
	 * @param timeout the time for the whole call
	 * @return the deadline
	 */
	public static CallDeadline after(Duration timeout) {
		return new CallDeadline(timeout);
	}

	/**
	 * Return the earlier of this and another deadline.
	 * @param other the other deadline, if any
	 * @return the earlier one
	 */
	public CallDeadline earlier(@Nullable CallDeadline other) {
		return (other != null && other.remainingNanos() < remainingNanos()) ? other : this;
	}

	/**
	 * Return the time for the whole call.
	 * @return the time
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Return the time that is left.
	 * @return the time, zero if the deadline has passed
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, remainingNanos()));
	}

	private long remainingNanos() {
		return this.timeout.toNanos() - (System.nanoTime() - this.start);
	}

	@Override
	public String toString() {
		return "CallDeadline[timeout=%s, remaining=%s]".formatted(this.timeout, remaining());
	}

}
