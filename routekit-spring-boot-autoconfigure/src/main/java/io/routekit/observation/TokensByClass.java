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

import io.routekit.TokenClass;
import io.routekit.Usage;

/**
 * Divides the tokens of a call into the classes that meters have, which are fewer than
 * those that can have a price.
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
		usage.tokens().forEach((tokenClass, number) -> tokens.merge(value(tokenClass), number, Long::sum));
		return tokens;
	}

	private static String value(TokenClass tokenClass) {
		return switch (tokenClass) {
			case CACHE_READ -> "cache_read";
			case CACHE_WRITE, CACHE_WRITE_5M, CACHE_WRITE_30M, CACHE_WRITE_1H, CACHE_WRITE_12H -> "cache_write";
			case REASONING -> "reasoning";
			default -> tokenClass.isPrompt() ? "input" : "output";
		};
	}

}
