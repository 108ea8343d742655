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

package io.routekit.secret;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Tells what is wrong with a secret that is to be sent in an HTTP header: what comes from
 * documents, chats and editors often brings characters along that nobody sees. The secret
 * itself is not told.
 *
 * @since 0.1.0
 */
public final class SecretFormat {

	private static final String BEARER = "Bearer";

	private SecretFormat() {
	}

	/**
	 * Return what is wrong with a key or a token.
	 * @param key the key, without surrounding white space
	 * @return what it does, for example {@code contains a line break}, or {@code null} if
	 * nothing is wrong
	 */
	public static @Nullable String problemOfKey(String key) {
		Assert.notNull(key, "'key' must not be null");
		String problem = problemOfHeader(key);
		if (problem != null) {
			return problem;
		}
		if (key.indexOf('\t') >= 0) {
			return "contains a tab";
		}
		if (key.regionMatches(true, 0, BEARER, 0, BEARER.length())
				&& (key.length() == BEARER.length() || key.charAt(BEARER.length()) == ' ')) {
			return "starts with '%s', which is added where it is needed".formatted(BEARER);
		}
		boolean quoted = key.length() > 1 && isQuote(key.charAt(0)) && key.charAt(0) == key.charAt(key.length() - 1);
		return quoted ? "is in quotation marks" : null;
	}

	private static boolean isQuote(char character) {
		return character == '"' || character == '\'' || character == '`';
	}

	/**
	 * Return what is wrong with the value of a header that holds a secret.
	 * @param value the value
	 * @return what it does, for example {@code contains a line break}, or {@code null} if
	 * nothing is wrong
	 */
	public static @Nullable String problemOfHeader(String value) {
		Assert.notNull(value, "'value' must not be null");
		int index = 0;
		while (index < value.length()) {
			int character = value.codePointAt(index);
			if ((character < ' ' && character != '\t') || character >= 0x7F) {
				return "contains " + describe(character);
			}
			index += Character.charCount(character);
		}
		return null;
	}

	private static String describe(int character) {
		if (character == '\r' || character == '\n') {
			return "a line break";
		}
		if (character == 0xFEFF) {
			return withCode("a byte order mark", character);
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL -> "a control character";
			case Character.FORMAT -> withCode("a character that cannot be seen", character);
			case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				withCode("a space that is not a plain one", character);
			case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.START_PUNCTUATION ->
				withCode("a typographic quotation mark", character);
			case Character.DASH_PUNCTUATION -> withCode("a dash that is not a plain one", character);
			default -> "a character that is not ASCII";
		};
	}

	private static String withCode(String description, int character) {
		return "%s (U+%04X)".formatted(description, character);
	}

}
