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

import java.util.EnumMap;
import java.util.Map;

import io.routekit.TokenClass;
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

	private static final String INPUT = "input_tokens";

	private final UsageCounters counters;

	private boolean outputIsGuess;

	AnthropicUsage(KeptSize kept) {
		this.counters = new UsageCounters((name) -> this.outputIsGuess && name.equals(OUTPUT), kept);
	}

	/**
	 * Take note that a stream has told its usage so far, the output of which is a guess.
	 */
	void start() {
		this.outputIsGuess = true;
	}

	void add(@Nullable Map<String, @Nullable Object> usage) {
		// Proxies end with zeros where they know nothing
		if (usage == null || (this.outputIsGuess && isZero(usage.get(INPUT)) && isZero(usage.get(OUTPUT)))) {
			return;
		}
		this.counters.add(usage);
		this.outputIsGuess = this.outputIsGuess && usage.get(OUTPUT) == null;
	}

	private static boolean isZero(@Nullable Object counter) {
		Long count = UsageCounters.toCount(counter);
		return count != null && count == 0;
	}

	@Nullable Object get(String name) {
		return this.counters.get(name);
	}

	boolean takeChanged() {
		return this.counters.takeChanged();
	}

	/**
	 * Return the usage of an answer that is not complete.
	 * @return the usage, or {@code null} if it is not known
	 */
	@Nullable Usage soFar() {
		return this.counters.toUsage();
	}

	/**
	 * Return the usage of an answer that is complete, of which a guess tells nothing.
	 * @return the usage, or {@code null} if it is not known
	 */
	@Nullable Usage complete() {
		Usage usage = this.counters.toUsage();
		if (usage == null || !this.outputIsGuess) {
			return usage;
		}
		Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
		tokens.putAll(usage.tokens());
		tokens.keySet().removeIf((tokenClass) -> !tokenClass.isPrompt());
		return usage.mutate().tokens(tokens).build();
	}

}
