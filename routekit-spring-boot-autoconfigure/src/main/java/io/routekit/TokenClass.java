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

package io.routekit;

/**
 * The classes that the tokens of a call are sorted into, since each can have a price of
 * its own. No token is in two of them, so that those of the prompt and those of the
 * answer can be added up.
 * <p>
 * Further classes may be added, so code that tells them apart needs a default branch.
 *
 * @since 0.1.0
 * @see Usage#tokens()
 */
public enum TokenClass {

	/**
	 * Tokens of the prompt that are in no other class.
	 */
	INPUT,

	/**
	 * Tokens of the prompt that were read from the cache.
	 */
	CACHE_READ,

	/**
	 * Tokens of the prompt that were written to the cache, for how long nobody told.
	 */
	CACHE_WRITE,

	/**
	 * Tokens of the prompt that were written to the cache for five minutes.
	 */
	CACHE_WRITE_5M,

	/**
	 * Tokens of the prompt that were written to the cache for thirty minutes.
	 */
	CACHE_WRITE_30M,

	/**
	 * Tokens of the prompt that were written to the cache for an hour.
	 */
	CACHE_WRITE_1H,

	/**
	 * Tokens of the prompt that were written to the cache for twelve hours.
	 */
	CACHE_WRITE_12H,

	/**
	 * Tokens of audio in the prompt.
	 */
	AUDIO_INPUT,

	/**
	 * Generated tokens that are in no other class.
	 */
	OUTPUT,

	/**
	 * Generated tokens that were spent on reasoning.
	 */
	REASONING,

	/**
	 * Generated tokens of audio.
	 */
	AUDIO_OUTPUT;

	/**
	 * Return whether the tokens are part of the prompt.
	 * @return whether they are, or else they were generated
	 */
	public boolean isPrompt() {
		return compareTo(OUTPUT) < 0;
	}

	/**
	 * Return whether the tokens were written to a cache, for however long.
	 * @return whether they were
	 */
	public boolean isCacheWrite() {
		return compareTo(CACHE_WRITE) >= 0 && compareTo(CACHE_WRITE_12H) <= 0;
	}

}
