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

import org.jspecify.annotations.Nullable;

/**
 * Properties of the circuit breaker of a model, which needs Resilience4j. Setting any of
 * them turns it on.
 *
 * @since 0.1.0
 */
public final class CircuitBreakerProperties {

	/**
	 * Whether calls go through a circuit breaker. If not set, they do if another property
	 * of it is set.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Percentage of failed calls from which on the circuit is open.
	 */
	private @Nullable Float failureRateThreshold;

	/**
	 * Number of the last calls that count.
	 */
	private @Nullable Integer slidingWindowSize;

	/**
	 * Number of calls before the circuit can open. If not set, never more than count.
	 */
	private @Nullable Integer minimumCalls;

	/**
	 * How long no call is let through once the circuit is open.
	 */
	private @Nullable Duration openDuration;

	/**
	 * Number of calls that are let through to see whether the model is well again.
	 */
	private @Nullable Integer halfOpenCalls;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Float getFailureRateThreshold() {
		return this.failureRateThreshold;
	}

	public void setFailureRateThreshold(@Nullable Float failureRateThreshold) {
		this.failureRateThreshold = failureRateThreshold;
	}

	public @Nullable Integer getSlidingWindowSize() {
		return this.slidingWindowSize;
	}

	public void setSlidingWindowSize(@Nullable Integer slidingWindowSize) {
		this.slidingWindowSize = slidingWindowSize;
	}

	public @Nullable Integer getMinimumCalls() {
		return this.minimumCalls;
	}

	public void setMinimumCalls(@Nullable Integer minimumCalls) {
		this.minimumCalls = minimumCalls;
	}

	public @Nullable Duration getOpenDuration() {
		return this.openDuration;
	}

	public void setOpenDuration(@Nullable Duration openDuration) {
		this.openDuration = openDuration;
	}

	public @Nullable Integer getHalfOpenCalls() {
		return this.halfOpenCalls;
	}

	public void setHalfOpenCalls(@Nullable Integer halfOpenCalls) {
		this.halfOpenCalls = halfOpenCalls;
	}

	boolean isOn() {
		if (this.enabled != null) {
			return this.enabled;
		}
		return this.failureRateThreshold != null || this.slidingWindowSize != null || this.minimumCalls != null
				|| this.openDuration != null || this.halfOpenCalls != null;
	}

}
