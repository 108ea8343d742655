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

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside fit for one line of a log, a terminal, a table or a message:
 * what a server or a caller sends could otherwise break lines, move the cursor, turn the
 * direction of writing or end a C string.
 *
 * @since 0.1.0
 */
public final class OneLine {

	/**
	 * How many characters of a name are kept, be it that of a model, an id or a code.
	 */
	public static final int MAX_NAME_LENGTH = 256;

	private static final int MAX_TEXT_LENGTH = 4096;

	private OneLine() {
	}

	/**
	 * Return a name as it can be written in one line.
	 * @param name the name
	 * @return the name, which is the same if it is harmless and not too long
	 */
	public static String ofName(String name) {
		notNull(name, "'name' must not be null");
		return of(name, MAX_NAME_LENGTH);
	}

	/**
	 * Return a text as it can be written in one line. Line breaks and tabs become spaces;
	 * other control characters, those that change the direction of writing, and halves of
	 * surrogate pairs become {@code ?}. No more of the text is looked at than is kept.
	 * @param text the text
	 * @param maxLength how many characters are kept; what is cut ends with {@code …}
	 * @return the text, which is the same if it is harmless and not too long
	 */
	public static String of(String text, int maxLength) {
		notNull(text, "'text' must not be null");
		int length = Math.min(text.length(), maxLength);
		if (length < text.length() && length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
			length--;
		}
		int harmless = harmless(text, length);
		if (harmless == text.length()) {
			return text;
		}
		StringBuilder line = new StringBuilder(length + 1).append(text, 0, harmless);
		int index = harmless;
		while (index < length) {
			int character = text.codePointAt(index);
			index += Character.charCount(character);
			line.appendCodePoint(isHarmless(character) ? character : replacement(character));
		}
		return ((length < text.length()) ? line.append('…') : line).toString();
	}

	/**
	 * Return an exception as it can be logged: what was thrown while an answer or a
	 * request was handled may quote it. The message of each exception in the stack trace
	 * is in one line then.
	 * @param failure the exception
	 * @return the exception, which is the same if it, its causes and what it suppresses
	 * are harmless; otherwise a copy, of the same type only if it is a
	 * {@link ModelException}
	 */
	public static Throwable of(Throwable failure) {
		notNull(failure, "'failure' must not be null");
		return new FailureCopy((text) -> of(text, MAX_TEXT_LENGTH), UnaryOperator.identity()).of(failure);
	}

	private static int harmless(String text, int length) {
		int index = 0;
		while (index < length) {
			int character = text.codePointAt(index);
			if (!isHarmless(character)) {
				return index;
			}
			index += Character.charCount(character);
		}
		return index;
	}

	private static boolean isHarmless(int character) {
		if (character < 0x7F) {
			return character >= ' ';
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
				false;
			case Character.FORMAT -> !isDirection(character);
			default -> true;
		};
	}

	private static boolean isDirection(int character) {
		return switch (Character.getDirectionality(character)) {
			case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING, Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
					Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING, Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
					Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT, Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
					Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE, Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
					Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
				true;
			default -> false;
		};
	}

	private static char replacement(int character) {
		return switch (character) {
			case '\t', '\n', 0x0B, '\f', '\r', 0x85, 0x2028, 0x2029 -> ' ';
			default -> '?';
		};
	}

	// The command that analyzes traces has this class, and no Spring
	private static void notNull(@Nullable Object argument, String message) {
		if (argument == null) {
			throw new IllegalArgumentException(message);
		}
	}

}
