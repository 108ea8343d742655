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
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.routekit.ModelSettings;
import io.routekit.resilience.CircuitBreakerFilter;
import org.jspecify.annotations.Nullable;

/**
 * Makes circuit breakers by Resilience4j. The breaker of a model has the name of the
 * model in the registry.
 */
final class CircuitBreakerGateFactory implements CallGateFactory<CircuitBreakerProperties> {

	static final String NAME = "circuitBreaker";

	private static final String PREFIX = "circuit-breaker";

	private static final float FAILURE_RATE_THRESHOLD = 50;

	private static final int SLIDING_WINDOW_SIZE = 20;

	private static final int MINIMUM_CALLS = 10;

	private static final Duration OPEN_DURATION = Duration.ofSeconds(30);

	private static final int HALF_OPEN_CALLS = 3;

	/**
	 * A breaker makes room for so many calls at once.
	 */
	private static final int MAX_CALLS = 100_000;

	private final CircuitBreakerRegistry registry;

	CircuitBreakerGateFactory(CircuitBreakerRegistry registry) {
		this.registry = registry;
	}

	@Override
	public CallGate create(ModelSettings settings, CircuitBreakerProperties properties) {
		ResilienceMapper mapper = new ResilienceMapper(settings);
		float threshold = mapper.percentage(PREFIX + ".failure-rate-threshold",
				orDefault(properties.getFailureRateThreshold(), FAILURE_RATE_THRESHOLD));
		int window = mapper.positive(PREFIX + ".sliding-window-size",
				orDefault(properties.getSlidingWindowSize(), SLIDING_WINDOW_SIZE), MAX_CALLS);
		int minimumCalls = mapper.positive(PREFIX + ".minimum-calls",
				orDefault(properties.getMinimumCalls(), Math.min(MINIMUM_CALLS, window)));
		Duration openDuration = mapper.positive(PREFIX + ".open-duration",
				orDefault(properties.getOpenDuration(), OPEN_DURATION));
		int halfOpenCalls = mapper.positive(PREFIX + ".half-open-calls",
				orDefault(properties.getHalfOpenCalls(), HALF_OPEN_CALLS), MAX_CALLS);
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("failureRateThreshold", threshold);
		description.put("slidingWindowSize", window);
		description.put("minimumCalls", minimumCalls);
		description.put("openDuration", openDuration);
		description.put("halfOpenCalls", halfOpenCalls);
		CircuitBreaker breaker = this.registry.circuitBreaker(settings.name(),
				CircuitBreakerConfig.custom()
					.failureRateThreshold(threshold)
					.slidingWindow(window, minimumCalls, SlidingWindowType.COUNT_BASED)
					.waitDurationInOpenState(openDuration)
					.permittedNumberOfCallsInHalfOpenState(halfOpenCalls)
					.build());
		return new CallGate(NAME, new CircuitBreakerFilter(breaker, settings.property(PREFIX)), description,
				() -> state(breaker));
	}

	private static Map<String, Object> state(CircuitBreaker breaker) {
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("state", breaker.getState());
		float failureRate = breaker.getMetrics().getFailureRate();
		// It is negative while there were too few calls
		if (failureRate >= 0) {
			state.put("failureRate", failureRate);
		}
		state.put("calls", breaker.getMetrics().getNumberOfBufferedCalls());
		state.put("failedCalls", breaker.getMetrics().getNumberOfFailedCalls());
		state.put("notPermittedCalls", breaker.getMetrics().getNumberOfNotPermittedCalls());
		return state;
	}

	private static <T> T orDefault(@Nullable T value, T defaultValue) {
		return (value != null) ? value : defaultValue;
	}

}
