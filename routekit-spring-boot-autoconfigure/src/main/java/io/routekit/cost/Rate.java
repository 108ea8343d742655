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

/**
 * The rates that a model can have, named like the columns of the price list: US dollars
 * for a million tokens, or for a thousand web searches.
 */
enum Rate {

	INPUT, OUTPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, CACHE_WRITE_30M, CACHE_WRITE_12H,

	LC_INPUT, LC_OUTPUT, LC_CACHE_READ, LC_CACHE_WRITE, LC_CACHE_WRITE_1H,

	BATCH_INPUT, BATCH_OUTPUT, BATCH_CACHE_READ,

	FLEX_INPUT, FLEX_OUTPUT, FLEX_CACHE_READ,

	PRIORITY_INPUT, PRIORITY_OUTPUT, PRIORITY_CACHE_READ,

	ULTRAFAST_INPUT, ULTRAFAST_OUTPUT,

	AUDIO_INPUT, AUDIO_OUTPUT, WEB_SEARCH_PER_1K, REGION_MULTIPLIER;

	String column() {
		return name().toLowerCase(Locale.ROOT);
	}

}
