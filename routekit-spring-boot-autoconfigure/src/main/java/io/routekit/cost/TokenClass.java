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

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The classes of tokens that can have a rate. No token is in two of them.
 */
enum TokenClass {

	/**
	 * Tokens of the prompt that are in no other class.
	 */
	INPUT,

	/**
	 * Tokens of the prompt that were read from the cache.
	 */
	CACHE_READ,

	/**
	 * Tokens of the prompt that were written to the cache for five minutes.
	 */
	CACHE_WRITE_5M,

	/**
	 * Tokens of the prompt that were written to the cache for an hour.
	 */
	CACHE_WRITE_1H,

	/**
	 * Tokens of the prompt that were written to the cache for thirty minutes.
	 */
	CACHE_WRITE_30M,

	/**
	 * Tokens of the prompt that were written to the cache for twelve hours.
	 */
	CACHE_WRITE_12H,

	/**
	 * Tokens of audio in the prompt.
	 */
	AUDIO_INPUT,

	/**
	 * Generated tokens, those of reasoning too, but not those of audio.
	 */
	OUTPUT,

	/**
	 * Generated tokens of audio.
	 */
	AUDIO_OUTPUT;

	/**
	 * The classes by the names of their rates in catalogues.
	 */
	static final Map<String, TokenClass> BY_KEY = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(TokenClass::key, Function.identity()));

	private final String key;

	TokenClass() {
		this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return the name of the rate in catalogues.
	 * @return the name, such as {@code cache-read}
	 */
	String key() {
		return this.key;
	}

	/**
	 * Return the class of the tokens that are nothing but text on the same side.
	 * @return the class
	 */
	TokenClass plain() {
		return (this == OUTPUT || this == AUDIO_OUTPUT) ? OUTPUT : INPUT;
	}

}
