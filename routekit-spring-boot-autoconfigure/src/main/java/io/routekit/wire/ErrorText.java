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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a server says about a failure as the words that carry its meaning. Each character
 * is looked at a fixed number of times.
 */
final class ErrorText {

	/**
	 * Stands between two sentences.
	 */
	static final String BREAK = "";

	private static final Set<String> LITTLE_WORDS = Set.of("an", "the", "is", "are", "was", "were", "be", "been",
			"being", "has", "have", "had", "do", "does", "did", "of", "your", "our", "you", "we", "this", "that",
			"these", "those", "it", "its", "to", "for", "in", "on", "by", "with", "please", "currently", "than", "as");

	private final List<String> words = new ArrayList<>();

	private final String text;

	private int position;

	private ErrorText(String text) {
		this.text = text;
	}

	/**
	 * Return the words of a text in their order, without those that mean little, without
	 * numbers, and without endings. A name such as {@code max_tokens} is one word, one
	 * such as {@code RateLimitError} three.
	 * @param text the text
	 * @return the words, with {@link #BREAK} between sentences
	 */
	static List<String> words(String text) {
		ErrorText reader = new ErrorText(text.replace('’', '\'').replace("n't", " not").replace("N'T", " not"));
		reader.read();
		return reader.words;
	}

	/**
	 * Return the words of a code or a type, however it is written.
	 * @param name the code or type
	 * @return the words
	 */
	static List<String> wordsOfName(String name) {
		return words(name.replace('_', ' '));
	}

	private void read() {
		while (this.position < this.text.length()) {
			char character = this.text.charAt(this.position);
			if (isPartOfWord(character)) {
				readWord();
			}
			else {
				addBreak(character);
				this.position++;
			}
		}
	}

	private void addBreak(char character) {
		boolean last = this.position + 1 == this.text.length()
				|| Character.isWhitespace(this.text.charAt(this.position + 1));
		if (character == '\n' || ".!?;".indexOf(character) >= 0 && last || "。！？；".indexOf(character) >= 0) {
			this.words.add(BREAK);
		}
	}

	private void readWord() {
		int start = this.position;
		while (this.position < this.text.length() && isPartOfWord(this.text.charAt(this.position))) {
			if (Character.isIdeographic(this.text.charAt(this.position))) {
				add(start, this.position);
				start = this.position;
				this.position++;
				add(start, this.position);
				start = this.position;
			}
			else {
				this.position++;
			}
		}
		add(start, this.position);
	}

	private static boolean isPartOfWord(char character) {
		return Character.isLetterOrDigit(character) || character == '_';
	}

	// Only names of types begin with a capital letter and have others
	private void add(int start, int end) {
		int from = start;
		if (start < end && Character.isUpperCase(this.text.charAt(start))) {
			for (int index = start + 1; index < end; index++) {
				if (isStart(index, end)) {
					addWord(from, index);
					from = index;
				}
			}
		}
		addWord(from, end);
	}

	private boolean isStart(int index, int end) {
		if (!Character.isUpperCase(this.text.charAt(index))) {
			return false;
		}
		return Character.isLowerCase(this.text.charAt(index - 1))
				|| index + 1 < end && Character.isLowerCase(this.text.charAt(index + 1));
	}

	private void addWord(int start, int end) {
		String word = this.text.substring(start, end).toLowerCase(Locale.ROOT);
		boolean letters = word.chars().anyMatch(Character::isLetter);
		boolean one = word.length() == 1 && word.charAt(0) < 0x80;
		if (letters && !one && !LITTLE_WORDS.contains(word)) {
			this.words.add(withoutEnding(word));
		}
	}

	private static String withoutEnding(String word) {
		int length = word.length();
		if (length > 3 && word.endsWith("s") && !word.endsWith("ss")) {
			return word.substring(0, length - 1);
		}
		if (length > 4 && word.endsWith("ed") && !word.endsWith("eed")) {
			return word.substring(0, length - 2);
		}
		return (length > 4 && word.endsWith("ing")) ? word.substring(0, length - 3) : word;
	}

}
