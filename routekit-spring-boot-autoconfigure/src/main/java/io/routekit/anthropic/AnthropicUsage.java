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

import java.util.Map;
import java.util.Objects;

import io.routekit.Usage;
import io.routekit.wire.KeptSize;
import io.routekit.wire.UsageCounters;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an answer. A stream tells most of it at its start and some again at its
 * end.
 */
final class AnthropicUsage {

	private static final String OUTPUT = "output_tokens";

	private final UsageCounters counters;

	private boolean outputIsGuess;

	AnthropicUsage(KeptSize kept) {
		// Proxies end with zeros where they know nothing
		this.counters = new UsageCounters((name) -> this.outputIsGuess && name.equals(OUTPUT), kept);
	}

	/**
	 * Add the usage of a message, whose output is a guess at the start of a stream.
	 * @param usage the members by name, or {@code null} if there are none
	 */
	void addStart(@Nullable Map<String, @Nullable Object> usage) {
		this.counters.add(usage);
		this.outputIsGuess = true;
	}

	void add(@Nullable Map<String, @Nullable Object> usage) {
		this.counters.add(usage);
		this.outputIsGuess = this.outputIsGuess && usage == null;
	}

	@Nullable Object get(String name) {
		return this.counters.get(name);
	}

	boolean takeChanged() {
		return this.counters.takeChanged();
	}

	@Nullable Usage toUsage() {
		Long input = this.counters.count("input_tokens");
		Long completion = this.counters.count(OUTPUT);
		if (input == null && completion == null) {
			return null;
		}
		Long cached = this.counters.count("cache_read_input_tokens");
		Long cacheWrite = cacheWrite();
		// The three parts of a prompt are disjoint
		Long prompt = (input != null) ? sum(input, orZero(cached), orZero(cacheWrite)) : null;
		return Usage.builder()
			.promptTokens(prompt)
			.completionTokens(completion)
			.cachedTokens(cached)
			.cacheWriteTokens(cacheWrite)
			.reasoningTokens(this.counters.count("output_tokens_details", "thinking_tokens"))
			.raw(this.counters.raw())
			.build();
	}

	private @Nullable Long cacheWrite() {
		Long total = this.counters.count("cache_creation_input_tokens");
		Map<?, ?> creation = this.counters.object("cache_creation");
		if (creation == null || (total != null && total > 0)) {
			return total;
		}
		return creation.values()
			.stream()
			.map(UsageCounters::toCount)
			.filter(Objects::nonNull)
			.reduce(Long::sum)
			.orElse(total);
	}

	private static @Nullable Long sum(long... counts) {
		long sum = 0;
		for (long count : counts) {
			sum += count;
			if (sum < 0) {
				return null;
			}
		}
		return sum;
	}

	private static long orZero(@Nullable Long count) {
		return (count != null) ? count : 0;
	}

}
