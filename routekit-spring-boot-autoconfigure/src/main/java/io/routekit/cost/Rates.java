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

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.routekit.TokenClass;
import org.jspecify.annotations.Nullable;

/**
 * Rates by the class of tokens, in US dollars for a million tokens.
 *
 * @param values the rates; those that are not published are missing
 */
record Rates(Map<TokenClass, BigDecimal> values) {

	/**
	 * The classes that can have a rate, by the name of it in catalogues, such as
	 * {@code cache-read}.
	 */
	static final Map<String, TokenClass> CLASSES = Arrays.stream(TokenClass.values())
		.filter((tokenClass) -> tokenClass != TokenClass.CACHE_WRITE && tokenClass != TokenClass.REASONING)
		.collect(Collectors.toUnmodifiableMap(
				(tokenClass) -> tokenClass.name().toLowerCase(Locale.ROOT).replace('_', '-'), Function.identity()));

	static final Rates NONE = new Rates(Collections.emptyMap());

	@Nullable BigDecimal get(TokenClass tokenClass) {
		return this.values.get(tokenClass);
	}

	/**
	 * Return the class of the tokens that are nothing but text on the same side.
	 * @param tokenClass the class of other tokens
	 * @return the class
	 */
	static TokenClass plain(TokenClass tokenClass) {
		return tokenClass.isPrompt() ? TokenClass.INPUT : TokenClass.OUTPUT;
	}

	Rates over(Rates others) {
		Map<TokenClass, BigDecimal> values = new EnumMap<>(TokenClass.class);
		values.putAll(others.values);
		values.putAll(this.values);
		return new Rates(values);
	}

}
