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

package io.routekit.autoconfigure;

import java.time.Duration;

import io.routekit.resilience.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Properties of how the calls of a model are tried again.
 *
 * @since 0.1.0
 */
public final class RetryProperties {

	/**
	 * How often a call is tried again after a failure that may pass, as long as nothing
	 * of its answer was handed over. 0 to never try again. If not set, calls of the fake
	 * provider are not.
	 */
	private @Nullable Integer maxRetries;

	/**
	 * Wait before the first retry, which doubles with each further one.
	 */
	private Duration delay = RetryPolicy.defaults().delay();

	/**
	 * Longest wait that the server does not ask for.
	 */
	private Duration maxDelay = RetryPolicy.defaults().maxDelay();

	/**
	 * Longest wait asked for by the server that is waited for. If it asks for more, the
	 * call fails at once.
	 */
	private Duration maxRetryAfter = RetryPolicy.defaults().maxRetryAfter();

	public @Nullable Integer getMaxRetries() {
		return this.maxRetries;
	}

	public void setMaxRetries(@Nullable Integer maxRetries) {
		this.maxRetries = maxRetries;
	}

	public Duration getDelay() {
		return this.delay;
	}

	public void setDelay(Duration delay) {
		this.delay = delay;
	}

	public Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public Duration getMaxRetryAfter() {
		return this.maxRetryAfter;
	}

	public void setMaxRetryAfter(Duration maxRetryAfter) {
		this.maxRetryAfter = maxRetryAfter;
	}

}
