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

import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Divides the tokens of a call into classes that have no token in common.
 */
final class TokensByClass {

	private TokensByClass() {
	}

	/**
	 * Return the tokens of each class that is known.
	 * @param usage the usage of the call
	 * @return numbers by the value of the tag {@code routekit.token.class}
	 */
	static Map<String, Long> of(Usage usage) {
		Map<String, Long> tokens = new LinkedHashMap<>();
		put(tokens, "input", without(usage.promptTokens(), usage.cachedTokens(), usage.cacheWriteTokens()));
		put(tokens, "cache_read", usage.cachedTokens());
		put(tokens, "cache_write", usage.cacheWriteTokens());
		put(tokens, "output", without(usage.completionTokens(), usage.reasoningTokens(), null));
		put(tokens, "reasoning", usage.reasoningTokens());
		return tokens;
	}

	private static void put(Map<String, Long> tokens, String tokenClass, @Nullable Long amount) {
		if (amount != null) {
			tokens.put(tokenClass, amount);
		}
	}

	private static @Nullable Long without(@Nullable Long all, @Nullable Long part, @Nullable Long otherPart) {
		return (all != null) ? Math.max(0, all - orZero(part) - orZero(otherPart)) : null;
	}

	private static long orZero(@Nullable Long value) {
		return (value != null) ? value : 0;
	}

}
