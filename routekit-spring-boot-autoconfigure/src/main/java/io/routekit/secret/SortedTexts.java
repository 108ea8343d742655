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

import java.util.Arrays;

/**
 * A sorted list of folded texts that finds the one which a text has most in common with,
 * from the first character on, or from the last one back. Immutable.
 */
final class SortedTexts {

	private static final String[] NONE = new String[0];

	private final boolean backwards;

	private final String[] texts;

	private SortedTexts(boolean backwards, String[] texts) {
		this.backwards = backwards;
		this.texts = texts;
	}

	static SortedTexts forwards() {
		return new SortedTexts(false, NONE);
	}

	static SortedTexts backwards() {
		return new SortedTexts(true, NONE);
	}

	boolean isEmpty() {
		return this.texts.length == 0;
	}

	/**
	 * Return a list with another text.
	 * @param text the folded text, which is not in this list
	 * @return the list
	 */
	SortedTexts with(String text) {
		int position = -(indexOf(text) + 1);
		String[] texts = Arrays.copyOf(this.texts, this.texts.length + 1);
		System.arraycopy(this.texts, position, texts, position + 1, this.texts.length - position);
		texts[position] = text;
		return new SortedTexts(this.backwards, texts);
	}

	/**
	 * Return a list without a text.
	 * @param text the folded text, which is in this list
	 * @return the list
	 */
	SortedTexts without(String text) {
		int position = indexOf(text);
		String[] texts = Arrays.copyOf(this.texts, this.texts.length - 1);
		System.arraycopy(this.texts, position + 1, texts, position, texts.length - position);
		return new SortedTexts(this.backwards, texts);
	}

	private int indexOf(String text) {
		int low = 0;
		int high = this.texts.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int order = compare(this.texts[middle], text);
			if (order == 0) {
				return middle;
			}
			if (order < 0) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return -(low + 1);
	}

	private int compare(String one, String other) {
		int length = Math.min(one.length(), other.length());
		for (int i = 0; i < length; i++) {
			int order = Character.compare(charAt(one, i), charAt(other, i));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(one.length(), other.length());
	}

	private char charAt(String text, int index) {
		return text.charAt(this.backwards ? text.length() - 1 - index : index);
	}

	/**
	 * Return how much of a text is the beginning, or the end, of a text of this list. The
	 * texts that are next to it in the order have the most in common with it, and the
	 * search comes by both.
	 * @param text the text, which need not be folded
	 * @param from the index of the first character, from which to go on, or back
	 * @param to the index to stop before
	 * @return the number of characters
	 */
	int longestMatch(CharSequence text, int from, int to) {
		int longest = 0;
		int low = 0;
		int high = this.texts.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			String candidate = this.texts[middle];
			int length = Math.min(Math.abs(to - from), candidate.length());
			int order = 0;
			int match = 0;
			while (match < length && order == 0) {
				char character = text.charAt(this.backwards ? from - match : from + match);
				order = Character.compare(charAt(candidate, match), Folded.of(character));
				match += (order == 0) ? 1 : 0;
			}
			longest = Math.max(longest, match);
			if (order == 0 && match == candidate.length()) {
				// What is longer may go on like the text
				low = middle + 1;
			}
			else if (order == 0) {
				return longest;
			}
			else if (order < 0) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return longest;
	}

}
