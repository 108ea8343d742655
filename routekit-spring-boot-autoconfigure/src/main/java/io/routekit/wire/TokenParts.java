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

package io.routekit.wire;

import java.util.EnumMap;
import java.util.Map;

import io.routekit.TokenClass;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parts out of a number of tokens, none of which can be more than what is left.
 */
final class TokenParts {

	private final Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);

	private @Nullable Long rest;

	/**
	 * Create a new {@link TokenParts} instance.
	 * @param number the number of tokens, or {@code null} if it is not known
	 */
	TokenParts(@Nullable Long number) {
		this.rest = number;
	}

	/**
	 * Take a part.
	 * @param tokenClass the class of its tokens
	 * @param number how many there should be, or {@code null} if there is no such part
	 */
	void take(TokenClass tokenClass, @Nullable Long number) {
		if (number != null) {
			long taken = (this.rest != null) ? Math.min(number, this.rest) : number;
			this.tokens.merge(tokenClass, taken, Long::sum);
			this.rest = (this.rest != null) ? Long.valueOf(this.rest - taken) : null;
		}
	}

	/**
	 * Return the parts, and what is left of the number as one of them.
	 * @param tokenClass the class of the tokens that are left
	 * @return the numbers of those classes that are known
	 */
	Map<TokenClass, Long> withRest(TokenClass tokenClass) {
		return with(tokenClass, this.rest);
	}

	/**
	 * Return the parts and another one.
	 * @param tokenClass the class of the tokens of the other one
	 * @param number their number, or {@code null} if it is not known
	 * @return the numbers of those classes that are known
	 */
	Map<TokenClass, Long> with(TokenClass tokenClass, @Nullable Long number) {
		if (number != null) {
			this.tokens.put(tokenClass, number);
		}
		return this.tokens;
	}

}
