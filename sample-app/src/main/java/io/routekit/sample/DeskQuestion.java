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

package io.routekit.sample;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What somebody asks the desk, as far as a few words and numbers tell.
 *
 * @param words the words in small letters
 * @param orders the numbers that may be those of orders
 * @param country the country that something goes to, or {@code null}
 * @param weight the weight in kilograms, or {@code null}
 */
record DeskQuestion(Set<String> words, List<Integer> orders, @Nullable String country, @Nullable Double weight) {

	/**
	 * How much of a text is looked at.
	 */
	private static final int LONGEST_LOOK = 2000;

	private static final int LONGEST_COUNTRY = 3;

	private static final int LONGEST_NUMBER = 9;

	private static final Set<String> KILOGRAMS = Set.of("kg", "kilo", "kilos", "kilogram", "kilograms");

	private static final Set<String> GRAMS = Set.of("g", "gram", "grams");

	static DeskQuestion of(String text) {
		List<String> tokens = tokens(text);
		Set<String> words = new LinkedHashSet<>();
		Set<Integer> orders = new LinkedHashSet<>();
		Double weight = null;
		for (int i = 0; i < tokens.size(); i++) {
			String token = tokens.get(i);
			String number = number(token);
			if (number.isEmpty()) {
				words.add(token.toLowerCase(Locale.ROOT));
				continue;
			}
			boolean attached = number.length() < token.length();
			String unit = attached ? token.substring(number.length())
					: (i + 1 < tokens.size()) ? tokens.get(i + 1) : "";
			if (KILOGRAMS.contains(unit.toLowerCase(Locale.ROOT))) {
				weight = weightOf(number);
			}
			else if (GRAMS.contains(unit.toLowerCase(Locale.ROOT))) {
				weight = weightOf(number) / 1000;
			}
			else if (number.length() <= LONGEST_NUMBER && number.chars().allMatch(DeskQuestion::isDigit)) {
				orders.add(Integer.valueOf(number));
			}
		}
		return new DeskQuestion(words, List.copyOf(orders), countryOf(tokens), weight);
	}

	private static List<String> tokens(String text) {
		List<String> tokens = new ArrayList<>();
		String beginning = text.substring(0, Math.min(text.length(), LONGEST_LOOK));
		for (String token : StringUtils.tokenizeToStringArray(beginning, " \t\n\r\f")) {
			int start = 0;
			int end = token.length();
			while (start < end && !Character.isLetterOrDigit(token.charAt(start))) {
				start++;
			}
			while (end > start && !Character.isLetterOrDigit(token.charAt(end - 1))) {
				end--;
			}
			if (start < end) {
				tokens.add(token.substring(start, end));
			}
		}
		return tokens;
	}

	private static String number(String token) {
		int end = 0;
		while (end < token.length() && (isDigit(token.charAt(end))
				|| (end > 0 && (token.charAt(end) == '.' || token.charAt(end) == ',')))) {
			end++;
		}
		return token.substring(0, end);
	}

	private static boolean isDigit(int character) {
		return character >= '0' && character <= '9';
	}

	private static double weightOf(String number) {
		try {
			return Double.parseDouble(number.replace(',', '.'));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	// Many codes of countries are words as well, such as "it" and "to"
	private static @Nullable String countryOf(List<String> tokens) {
		String unknown = null;
		for (int i = 0; i < tokens.size(); i++) {
			boolean destination = i > 0 && tokens.get(i - 1).equals("to");
			for (int length = Math.min(LONGEST_COUNTRY, tokens.size() - i); length > 0; length--) {
				String name = String.join(" ", tokens.subList(i, i + length));
				if (Country.of(name) != null && (name.length() > 2 || (destination && name.equals(upper(name))))) {
					return name;
				}
			}
			if (destination && unknown == null && Character.isUpperCase(tokens.get(i).charAt(0))) {
				unknown = tokens.get(i);
			}
		}
		return unknown;
	}

	private static String upper(String name) {
		return name.toUpperCase(Locale.ROOT);
	}

	boolean has(String... anyOf) {
		for (String word : anyOf) {
			if (this.words.contains(word)) {
				return true;
			}
		}
		return false;
	}

}
