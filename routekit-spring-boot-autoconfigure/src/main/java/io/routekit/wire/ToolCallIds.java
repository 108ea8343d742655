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

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Gives tool calls ids that the provider accepts, each of them once. The calls may come
 * from other providers, some of which number the calls of each answer from zero. The same
 * calls always get the same ids, so that a request can be found in a cache.
 *
 * @since 0.1.0
 */
public final class ToolCallIds {

	private final Format format;

	private final Set<String> taken = new HashSet<>();

	/**
	 * The last number that was added to an id, by what the format makes of the id.
	 */
	private final Map<String, Integer> numbers = new HashMap<>();

	/**
	 * Create a new {@link ToolCallIds} instance.
	 * @param format what the provider accepts
	 */
	public ToolCallIds(Format format) {
		Assert.notNull(format, "'format' must not be null");
		this.format = format;
	}

	/**
	 * Take the id to send for a call.
	 * @param id the id of the call
	 * @param own whether the provider itself has issued the id, and so accepts it
	 * @return the id to send, which is the same if the provider accepts it
	 */
	public String take(String id, boolean own) {
		String candidate = own ? id : this.format.apply(id);
		return this.taken.add(candidate) ? candidate : number(id, candidate);
	}

	// Goes on where the last one with this id stopped, so that all of them take as many
	// steps as there are calls
	private String number(String id, String base) {
		int number = this.numbers.getOrDefault(base, 1);
		String candidate;
		do {
			candidate = this.format.apply(id + "_" + ++number);
		}
		while (!this.taken.add(candidate));
		this.numbers.put(base, number);
		return candidate;
	}

	/**
	 * What providers accept.
	 */
	public enum Format {

		/**
		 * Up to 64 letters, digits, {@code _} and {@code -}.
		 */
		WORD {

			@Override
			String apply(String id) {
				return shorten(FORBIDDEN_IN_WORD.matcher(id).replaceAll("_"), 64);
			}

		},

		/**
		 * Up to 40 characters.
		 */
		SHORT {

			@Override
			String apply(String id) {
				return shorten(id, 40);
			}

		},

		/**
		 * Exactly nine letters and digits.
		 */
		NINE_ALPHANUMERICS {

			@Override
			String apply(String id) {
				return NINE.matcher(id).matches() ? id : hash(id);
			}

		};

		private static final Pattern FORBIDDEN_IN_WORD = Pattern.compile("[^a-zA-Z0-9_-]");

		private static final Pattern NINE = Pattern.compile("[a-zA-Z0-9]{9}");

		/**
		 * Return whether an id has this format.
		 * @param id the id
		 * @return whether it can be sent as it is
		 */
		public boolean accepts(String id) {
			Assert.notNull(id, "'id' must not be null");
			return apply(id).equals(id);
		}

		abstract String apply(String id);

		private static String shorten(String id, int length) {
			return (id.length() <= length) ? id : id.substring(0, length - 10) + "_" + hash(id);
		}

		// Nine digits to the base of 36
		private static String hash(String id) {
			long hash = 0;
			for (int i = 0; i < id.length(); i++) {
				hash = 31 * hash + id.charAt(i);
			}
			long range = 101_559_956_668_416L;
			String digits = Long.toString(Math.floorMod(hash * 0x9E3779B97F4A7C15L, range), 36);
			return ("0".repeat(9) + digits.toLowerCase(Locale.ROOT)).substring(digits.length());
		}

	}

}
