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

package io.routekit.cost;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The tiers of service that have rates of their own.
 */
enum Tier {

	STANDARD(Rate.INPUT, Rate.OUTPUT, Rate.CACHE_READ),

	BATCH(Rate.BATCH_INPUT, Rate.BATCH_OUTPUT, Rate.BATCH_CACHE_READ),

	FLEX(Rate.FLEX_INPUT, Rate.FLEX_OUTPUT, Rate.FLEX_CACHE_READ),

	PRIORITY(Rate.PRIORITY_INPUT, Rate.PRIORITY_OUTPUT, Rate.PRIORITY_CACHE_READ),

	ULTRAFAST(Rate.ULTRAFAST_INPUT, Rate.ULTRAFAST_OUTPUT, null);

	private final Rate input;

	private final Rate output;

	private final @Nullable Rate cacheRead;

	Tier(Rate input, Rate output, @Nullable Rate cacheRead) {
		this.input = input;
		this.output = output;
		this.cacheRead = cacheRead;
	}

	Rate input() {
		return this.input;
	}

	Rate output() {
		return this.output;
	}

	@Nullable Rate cacheRead() {
		return this.cacheRead;
	}

	static Tier of(String served) {
		return switch (served.toLowerCase(Locale.ROOT)) {
			case "batch" -> BATCH;
			case "flex" -> FLEX;
			case "priority", "fast" -> PRIORITY;
			case "ultrafast" -> ULTRAFAST;
			default -> STANDARD;
		};
	}

}
