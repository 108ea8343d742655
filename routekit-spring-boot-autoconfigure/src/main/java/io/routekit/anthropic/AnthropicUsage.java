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

package io.routekit.anthropic;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an answer. Counters are cumulative: the last one that is known counts. A
 * stream tells most of them at its start and some again at its end.
 */
final class AnthropicUsage {

	private static final String OUTPUT = "output_tokens";

	private final Map<String, Object> raw = new LinkedHashMap<>();

	void add(@Nullable Map<String, Object> usage) {
		if (usage != null) {
			merge(this.raw, usage);
		}
	}

	private static void merge(Map<String, Object> target, Map<?, ?> source) {
		source.forEach((key, value) -> {
			String name = (String) key;
			Object previous = target.get(name);
			if (value instanceof Map<?, ?> nested && previous instanceof Map<?, ?> known) {
				Map<String, Object> merged = new LinkedHashMap<>();
				merge(merged, known);
				merge(merged, nested);
				target.put(name, merged);
			}
			else if (value != null && (name.equals(OUTPUT) || !isZero(value) || previous == null)) {
				target.put(name, value);
			}
		});
	}

	// Proxies end with zeros where they know nothing
	private static boolean isZero(Object value) {
		return value instanceof Number number && number.doubleValue() == 0;
	}

	@Nullable Object get(String name) {
		return this.raw.get(name);
	}

	@Nullable Usage toUsage() {
		Long input = count(this.raw.get("input_tokens"));
		Long completion = count(this.raw.get(OUTPUT));
		Long cached = count(this.raw.get("cache_read_input_tokens"));
		Long cacheWrite = cacheWrite();
		if (input == null && completion == null) {
			return null;
		}
		// The three parts of a prompt are disjoint
		Long prompt = (input != null) ? Long.valueOf(input + orZero(cached) + orZero(cacheWrite)) : null;
		Long reasoning = (this.raw.get("output_tokens_details") instanceof Map<?, ?> details)
				? count(details.get("thinking_tokens")) : null;
		return new Usage(prompt, completion, null, cached, cacheWrite, reasoning, null, this.raw);
	}

	private @Nullable Long cacheWrite() {
		Long total = count(this.raw.get("cache_creation_input_tokens"));
		if (total == null && this.raw.get("cache_creation") instanceof Map<?, ?> creation) {
			for (Object value : creation.values()) {
				Long count = count(value);
				total = (count != null) ? Long.valueOf(orZero(total) + count) : total;
			}
		}
		return total;
	}

	private static long orZero(@Nullable Long count) {
		return (count != null) ? count : 0;
	}

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
