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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The last event of a stream if it brought {@link OnlyText}, from its first line to its
 * empty one: most events equal the one before but for this text, and for values that mean
 * nothing, such as the number of the event. They need no parser. Whatever needs more than
 * a look, such as an escape sequence, is left to it.
 */
final class RepeatedEvent {

	private static final int NO_MATCH = -1;

	private static final char REPLACEMENT = '\uFFFD';

	/**
	 * The longest event to remember. Parsers do not take much longer for longer ones.
	 */
	private static final int MAX_LENGTH = 64 * 1024;

	/**
	 * What the longest number has that is looked over.
	 */
	private static final int MAX_DIGITS = 18;

	private byte[] bytes = new byte[0];

	/**
	 * Where the values are that differ from one event to the next.
	 */
	private final int[] values = new int[OnlyText.MAX_IGNORED + 1];

	/**
	 * Where the parts of the bytes end, between which the values are.
	 */
	private final int[] partEnds = new int[OnlyText.MAX_IGNORED + 2];

	private int parts;

	/**
	 * The part that the text follows which the event brings.
	 */
	private int beforeText;

	private int textStart;

	private int textEnd;

	private boolean ascii;

	/**
	 * Remember an event.
	 * @param source the array that holds the event
	 * @param start the position of the event
	 * @param end the end of the event
	 * @param onlyText what the event consists of
	 */
	void remember(byte[] source, int start, int end, OnlyText onlyText) {
		forget();
		int text = onlyText.text();
		if (text < 0 || end - start > MAX_LENGTH) {
			return;
		}
		if (this.bytes.length < end - start) {
			this.bytes = new byte[end - start];
		}
		int count = onlyText.copyIgnored(this.values);
		this.values[count++] = text;
		Arrays.sort(this.values, 0, count);
		this.beforeText = Arrays.binarySearch(this.values, 0, count, text);
		int position = start;
		for (int i = 0; i < count; i++) {
			int value = this.values[i];
			boolean quoted = source[value] == '"';
			addPart(source, position, quoted ? value + 1 : value);
			position = quoted ? endOfQuoted(source, value + 1, end) : endOfDigits(source, value, end);
		}
		addPart(source, position, end);
	}

	private void addPart(byte[] source, int start, int end) {
		int offset = (this.parts > 0) ? this.partEnds[this.parts - 1] : 0;
		System.arraycopy(source, start, this.bytes, offset, end - start);
		this.partEnds[this.parts++] = offset + end - start;
	}

	private static int endOfQuoted(byte[] source, int start, int end) {
		int position = start;
		while (position < end && source[position] != '"') {
			position += (source[position] == '\\') ? 2 : 1;
		}
		return position;
	}

	private static int endOfDigits(byte[] source, int start, int end) {
		int position = start;
		while (position < end && source[position] >= '0' && source[position] <= '9') {
			position++;
		}
		return position;
	}

	/**
	 * Forget the event, as what follows it is another one.
	 */
	void forget() {
		this.parts = 0;
	}

	/**
	 * Look for the event with other values.
	 * @param source the array that holds what follows the event
	 * @param start the position of what follows
	 * @param end the end of what is known
	 * @return the end of the repeated event, or -1 if this is none
	 */
	int match(byte[] source, int start, int end) {
		int position = (this.parts > 0) ? start : NO_MATCH;
		int partStart = 0;
		for (int part = 0; part < this.parts && position >= 0; part++) {
			int partEnd = this.partEnds[part];
			int next = position + partEnd - partStart;
			if (next > end || Arrays.mismatch(this.bytes, partStart, partEnd, source, position, next) >= 0) {
				return NO_MATCH;
			}
			position = (part + 1 < this.parts) ? endOfValue(part, source, next, end) : next;
			partStart = partEnd;
		}
		return position;
	}

	private int endOfValue(int part, byte[] source, int start, int end) {
		boolean quoted = this.bytes[this.partEnds[part] - 1] == '"';
		return quoted ? endOfText(part, source, start, end) : endOfNumber(source, start, end);
	}

	private static int endOfNumber(byte[] source, int start, int end) {
		int position = endOfDigits(source, start, end);
		int digits = position - start;
		boolean number = digits == 1 || digits > 1 && digits <= MAX_DIGITS && source[start] != '0';
		return number ? position : NO_MATCH;
	}

	private int endOfText(int part, byte[] source, int start, int end) {
		int position = start;
		int signs = 0;
		while (position < end && source[position] != '"') {
			byte value = source[position++];
			if (value == '\\' || (value >= 0 && value < ' ')) {
				return NO_MATCH;
			}
			signs |= value;
		}
		boolean ascii = signs >= 0;
		if (part == this.beforeText) {
			this.textStart = start;
			this.textEnd = position;
			this.ascii = ascii;
			return position;
		}
		return ascii ? position : NO_MATCH;
	}

	/**
	 * Return the text of the repeated event.
	 * @param source the array that holds the event
	 * @return the text, or {@code null} if it is not UTF-8
	 */
	@Nullable String text(byte[] source) {
		int length = this.textEnd - this.textStart;
		if (this.ascii) {
			return new String(source, this.textStart, length, StandardCharsets.ISO_8859_1);
		}
		String text = new String(source, this.textStart, length, StandardCharsets.UTF_8);
		return (text.indexOf(REPLACEMENT) < 0) ? text : null;
	}

}
