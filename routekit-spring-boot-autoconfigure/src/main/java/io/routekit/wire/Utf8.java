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

/**
 * Text that should be in UTF-8. What is malformed reads as the replacement character, as
 * the specification of server-sent events has it.
 */
final class Utf8 {

	private Utf8() {
	}

	/**
	 * Return whether a text is not what table 3-7 of the Unicode standard calls well
	 * formed.
	 * @param text the array that holds the text
	 * @param offset the position of the text
	 * @param length the length of the text
	 * @return whether it has to be {@linkplain #repair repaired}
	 */
	static boolean isMalformed(byte[] text, int offset, int length) {
		int end = offset + length;
		int position = offset;
		while (position < end) {
			if (text[position] >= 0) {
				position++;
				continue;
			}
			int count = lengthOfCharacter(text[position] & 0xFF);
			if (count == 0 || position + count > end || !isCharacter(text, position, count)) {
				return true;
			}
			position += count;
		}
		return false;
	}

	private static int lengthOfCharacter(int first) {
		if (first < 0xC2 || first > 0xF4) {
			return 0;
		}
		if (first < 0xE0) {
			return 2;
		}
		return (first < 0xF0) ? 3 : 4;
	}

	private static boolean isCharacter(byte[] text, int position, int length) {
		if (!isSecond(text[position] & 0xFF, text[position + 1] & 0xFF)) {
			return false;
		}
		for (int i = position + 2; i < position + length; i++) {
			if (text[i] >= (byte) 0xC0) {
				return false;
			}
		}
		return true;
	}

	// Neither longer than it has to be, nor half of a pair, nor beyond the last character
	private static boolean isSecond(int first, int second) {
		return switch (first) {
			case 0xE0 -> second >= 0xA0 && second <= 0xBF;
			case 0xED -> second >= 0x80 && second <= 0x9F;
			case 0xF0 -> second >= 0x90 && second <= 0xBF;
			case 0xF4 -> second >= 0x80 && second <= 0x8F;
			default -> second >= 0x80 && second <= 0xBF;
		};
	}

	static byte[] repair(byte[] text, int offset, int length) {
		return new String(text, offset, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
	}

}
