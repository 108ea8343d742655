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

package io.routekit.completions;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.Usage;
import io.routekit.http.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The usage of a completion. Counters are cumulative: the last one that is known counts.
 */
final class CompletionUsage {

	private final Map<String, Object> raw = new LinkedHashMap<>();

	void read(JsonParser parser) {
		Map<String, Object> usage = WireJson.readObject(parser);
		if (usage != null) {
			merge(this.raw, usage);
		}
	}

	private static void merge(Map<String, Object> target, Map<?, ?> source) {
		source.forEach((name, value) -> {
			if (value instanceof Map<?, ?> nested && target.get(name) instanceof Map<?, ?> previous) {
				Map<String, Object> merged = new LinkedHashMap<>();
				merge(merged, previous);
				merge(merged, nested);
				target.put((String) name, merged);
			}
			else if (value != null) {
				target.put((String) name, value);
			}
		});
	}

	@Nullable Usage toUsage() {
		if (this.raw.isEmpty()) {
			return null;
		}
		Long prompt = count("prompt_tokens");
		Long completion = count("completion_tokens");
		Long total = count("total_tokens");
		Long cached = count("prompt_tokens_details", "cached_tokens");
		if (cached == null) {
			cached = count("prompt_cache_hit_tokens");
		}
		Long cacheWrite = count("prompt_tokens_details", "cache_write_tokens");
		Long reasoning = count("completion_tokens_details", "reasoning_tokens");
		if (prompt == null && completion == null && total == null) {
			return null;
		}
		return new Usage(prompt, completion, total, cached, cacheWrite, reasoning, null, this.raw);
	}

	private @Nullable Long count(String name) {
		return count(this.raw.get(name));
	}

	private @Nullable Long count(String object, String name) {
		return (this.raw.get(object) instanceof Map<?, ?> details) ? count(details.get(name)) : null;
	}

	// Read a counter, which some servers send as a text or with a fraction.
	private static @Nullable Long count(@Nullable Object value) {
		try {
			if (value instanceof Number || value instanceof String) {
				long count = new BigDecimal(value.toString().strip()).longValueExact();
				return (count >= 0) ? count : null;
			}
		}
		catch (ArithmeticException | NumberFormatException ex) {
			// Not a count, so unknown
		}
		return null;
	}

}
