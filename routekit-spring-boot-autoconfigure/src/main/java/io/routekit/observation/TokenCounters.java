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
		TokensByClass.of(usage)
			.forEach((tokenClass, amount) -> this.tokens
				.withTags(tags.and(MeterKeyNames.TOKEN_CLASS.asString(), tokenClass))
				.increment(amount));
	}

}
