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

import io.routekit.DurationText;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.Timeouts;
import io.routekit.resilience.RetryPolicy;

/**
 * Checks the properties of a model that tell what is done when it fails.
 */
final class ResilienceMapper {

	private final ModelSettings settings;

	ResilienceMapper(ModelSettings settings) {
		this.settings = settings;
	}

	/**
	 * Map the policy of retries.
	 * @param properties the properties
	 * @param defaultMaxRetries the number of retries if none is set
	 * @return the policy
	 */
	RetryPolicy retryPolicy(RetryProperties properties, int defaultMaxRetries) {
		Integer maxRetries = properties.getMaxRetries();
		if (maxRetries != null && maxRetries < 0) {
			String name = this.settings.property("retry.max-retries");
			throw new ModelConfigurationException("'%s' must not be negative but is %s".formatted(name, maxRetries),
					"Set '%s' to a number of retries, or to 0 to never try again".formatted(name));
		}
		return RetryPolicy.builder()
			.maxRetries((maxRetries != null) ? maxRetries : defaultMaxRetries)
			.delay(notNegative("retry.delay", properties.getDelay()))
			.maxDelay(notNegative("retry.max-delay", properties.getMaxDelay()))
			.maxRetryAfter(notNegative("retry.max-retry-after", properties.getMaxRetryAfter()))
			.build();
	}

	float percentage(String property, float value) {
		if (!(value > 0 && value <= 100)) {
			throw invalid(property, "more than 0 and at most 100", value, "50");
		}
		return value;
	}

	int positive(String property, int value) {
		return positive(property, value, Integer.MAX_VALUE);
	}

	int positive(String property, int value, int maximum) {
		if (value <= 0 || value > maximum) {
			throw invalid(property,
					(maximum < Integer.MAX_VALUE) ? "positive and at most %s".formatted(maximum) : "positive", value,
					"10");
		}
		return value;
	}

	Duration positive(String property, Duration value) {
		if (value.isZero() || value.isNegative() || value.compareTo(Timeouts.MAX) > 0) {
			throw invalid(property, "positive and at most %s days".formatted(Timeouts.MAX.toDays()),
					DurationText.of(value), "30s");
		}
		return value;
	}

	Duration notNegative(String property, Duration value) {
		if (value.isNegative() || value.compareTo(Timeouts.MAX) > 0) {
			throw invalid(property, "at least 0 and at most %s days".formatted(Timeouts.MAX.toDays()),
					DurationText.of(value), "2s");
		}
		return value;
	}

	private ModelConfigurationException invalid(String property, String rule, Object value, String example) {
		String name = this.settings.property(property);
		return new ModelConfigurationException("'%s' must be %s but is %s".formatted(name, rule, value),
				"Set '%s' to another value, for example %s".formatted(name, example));
	}

}
