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

package io.routekit.observation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.routekit.Usage;
import io.routekit.observation.ModelObservationDocumentation.MeterKeyNames;
import io.routekit.observation.ModelObservationDocumentation.MeterNames;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens by classes that have no token in common.
 */
final class TokenCounters {

	private final MeterProvider<Counter> tokens;

	TokenCounters(MeterRegistry registry) {
		this.tokens = Counter.builder(MeterNames.TOKENS.asString())
			.description("Number of tokens by class")
			.baseUnit("tokens")
			.withRegistry(registry);
	}

	void increment(Usage usage, Tags tags) {
		increment("input", without(usage.promptTokens(), usage.cachedTokens(), usage.cacheWriteTokens()), tags);
		increment("cache_read", usage.cachedTokens(), tags);
		increment("cache_write", usage.cacheWriteTokens(), tags);
		increment("output", without(usage.completionTokens(), usage.reasoningTokens(), null), tags);
		increment("reasoning", usage.reasoningTokens(), tags);
	}

	private @Nullable Long without(@Nullable Long all, @Nullable Long part, @Nullable Long otherPart) {
		return (all != null) ? Math.max(0, all - orZero(part) - orZero(otherPart)) : null;
	}

	private long orZero(@Nullable Long value) {
		return (value != null) ? value : 0;
	}

	private void increment(String tokenClass, @Nullable Long amount, Tags tags) {
		if (amount != null) {
			this.tokens.withTags(tags.and(MeterKeyNames.TOKEN_CLASS.asString(), tokenClass)).increment(amount);
		}
	}

}
