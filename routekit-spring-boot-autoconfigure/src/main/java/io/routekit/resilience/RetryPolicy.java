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
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How calls are tried again. The defaults are those of the official clients of OpenAI and
 * Anthropic. The wait before the nth retry is {@code delay * 2^(n-1)}, at most
 * {@code maxDelay}, of which up to a quarter is taken off at random; a wait that the
 * server asks for takes its place. Immutable.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {

	/**
	 * The default of {@code maxRetries}.
	 */
	public static final int DEFAULT_MAX_RETRIES = 2;

	private static final double JITTER = 0.25;

	private static final RetryPolicy DEFAULTS = builder().build();

	private final int maxRetries;

	private final Duration delay;

	private final Duration maxDelay;

	private final Duration maxRetryAfter;

	private RetryPolicy(Builder builder) {
		this.maxRetries = builder.maxRetries;
		this.delay = builder.delay;
		this.maxDelay = builder.maxDelay;
		this.maxRetryAfter = builder.maxRetryAfter;
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
	 * Return how often a call is tried again.
	 * @return the number, 0 for a single attempt
	 */
	public int maxRetries() {
		return this.maxRetries;
	}

	/**
	 * Return the wait before the first retry.
	 * @return the wait
	 */
	public Duration delay() {
		return this.delay;
	}

	/**
	 * Return the longest wait that is not asked for by the server.
	 * @return the wait
	 */
	public Duration maxDelay() {
		return this.maxDelay;
	}

	/**
	 * Return the longest wait asked for by the server that is waited for. If it asks for
	 * more, the call fails at once.
	 * @return the wait
	 */
	public Duration maxRetryAfter() {
		return this.maxRetryAfter;
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

	/**
	 * Return a new builder, which begins with the defaults.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with the content of this policy.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof RetryPolicy other && this.maxRetries == other.maxRetries && this.delay.equals(other.delay)
				&& this.maxDelay.equals(other.maxDelay) && this.maxRetryAfter.equals(other.maxRetryAfter);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.maxRetries, this.delay, this.maxDelay, this.maxRetryAfter);
	}

	@Override
	public String toString() {
		return "RetryPolicy[maxRetries=%s, delay=%s, maxDelay=%s, maxRetryAfter=%s]".formatted(this.maxRetries,
				this.delay, this.maxDelay, this.maxRetryAfter);
	}

	/**
	 * Builder for {@link RetryPolicy}.
	 */
	public static final class Builder {

		private int maxRetries = DEFAULT_MAX_RETRIES;

		private Duration delay = Duration.ofMillis(500);

		private Duration maxDelay = Duration.ofSeconds(8);

		private Duration maxRetryAfter = Duration.ofSeconds(60);

		private Builder() {
		}

		private Builder(RetryPolicy policy) {
			this.maxRetries = policy.maxRetries;
			this.delay = policy.delay;
			this.maxDelay = policy.maxDelay;
			this.maxRetryAfter = policy.maxRetryAfter;
		}

		/**
		 * Set how often a call is tried again.
		 * @param maxRetries the number, 0 for a single attempt
		 * @return this builder
		 */
		public Builder maxRetries(int maxRetries) {
			Assert.isTrue(maxRetries >= 0, "'maxRetries' must not be negative");
			this.maxRetries = maxRetries;
			return this;
		}

		/**
		 * Set the wait before the first retry.
		 * @param delay the wait
		 * @return this builder
		 */
		public Builder delay(Duration delay) {
			this.delay = checkNotNegative(delay, "delay");
			return this;
		}

		/**
		 * Set the longest wait that is not asked for by the server.
		 * @param maxDelay the wait
		 * @return this builder
		 */
		public Builder maxDelay(Duration maxDelay) {
			this.maxDelay = checkNotNegative(maxDelay, "maxDelay");
			return this;
		}

		/**
		 * Set the longest wait asked for by the server that is waited for. If it asks for
		 * more, the call fails at once.
		 * @param maxRetryAfter the wait
		 * @return this builder
		 */
		public Builder maxRetryAfter(Duration maxRetryAfter) {
			this.maxRetryAfter = checkNotNegative(maxRetryAfter, "maxRetryAfter");
			return this;
		}

		private static Duration checkNotNegative(Duration duration, String name) {
			Assert.notNull(duration, () -> "'%s' must not be null".formatted(name));
			Assert.isTrue(!duration.isNegative(), () -> "'%s' must not be negative".formatted(name));
			return duration;
		}

		/**
		 * Build the policy.
		 * @return the policy
		 */
		public RetryPolicy build() {
			return new RetryPolicy(this);
		}

	}

}
