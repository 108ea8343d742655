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

package io.routekit.resilience;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How calls are tried again. The defaults are those of the official clients of OpenAI and
 * Anthropic. The wait before the nth retry is {@code delay * 2^(n-1)}, at most
 * {@code maxDelay}, of which up to a quarter is taken off at random; a wait that the
 * server asks for takes its place.
 *
 * @param maxRetries how often a call is tried again, 0 for a single attempt
 * @param delay the wait before the first retry
 * @param maxDelay the longest wait that is not asked for by the server
 * @param maxRetryAfter the longest wait asked for by the server that is waited for; if it
 * asks for more, the call fails at once
 * @since 0.1.0
 */
public record RetryPolicy(int maxRetries, Duration delay, Duration maxDelay, Duration maxRetryAfter) {

	/**
	 * The default of {@code maxRetries}.
	 */
	public static final int DEFAULT_MAX_RETRIES = 2;

	private static final RetryPolicy DEFAULTS = new RetryPolicy(DEFAULT_MAX_RETRIES, Duration.ofMillis(500),
			Duration.ofSeconds(8), Duration.ofSeconds(60));

	private static final double JITTER = 0.25;

	/**
	 * Create a new {@link RetryPolicy} instance.
	 */
	public RetryPolicy {
		Assert.isTrue(maxRetries >= 0, "'maxRetries' must not be negative");
		Assert.isTrue(!delay.isNegative(), "'delay' must not be negative");
		Assert.isTrue(!maxDelay.isNegative(), "'maxDelay' must not be negative");
		Assert.isTrue(!maxRetryAfter.isNegative(), "'maxRetryAfter' must not be negative");
	}

	/**
	 * Return the defaults: 2 retries, after 0.5 seconds and 1 second, or after up to 60
	 * seconds if the server says so.
	 * @return the defaults
	 */
	public static RetryPolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * Return the wait before a retry for which the server gives no hint.
	 * @param retry the number of the retry, from 1 on
	 * @param random a random number from 0 to 1
	 * @return the wait
	 */
	Duration backoff(int retry, double random) {
		double delay = Math.min(this.delay.toNanos() * Math.pow(2, retry - 1), this.maxDelay.toNanos());
		return Duration.ofNanos((long) (delay * (1 - JITTER * random)));
	}

}
