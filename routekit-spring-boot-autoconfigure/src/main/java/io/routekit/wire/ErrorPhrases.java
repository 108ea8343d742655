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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.routekit.ModelException.Kind;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Phrases that tell what kind of failure an error is. They are looked for all at once:
 * each word of a text is looked up once, so that the time that it takes grows with the
 * length of the text alone.
 *
 * @see ErrorWords
 */
final class ErrorPhrases {

	private static final String RESOURCE = "error-phrases.txt";

	private static final String OTHER_WORDS = "..";

	private static final int MAX_OTHER_WORDS = 8;

	private final List<Kind> kinds = new ArrayList<>();

	private final Map<String, Deque<Step>> steps = new HashMap<>();

	private int size;

	private ErrorPhrases() {
	}

	/**
	 * Return the phrases that servers of many vendors use.
	 * @return the phrases, in the order in which they count
	 */
	static ErrorPhrases common() {
		return Common.PHRASES;
	}

	/**
	 * Return phrases.
	 * @param phrases kinds of failures by phrase
	 * @return the phrases, in the order of the map
	 * @throws IllegalArgumentException if a phrase has no word that matters
	 */
	static ErrorPhrases of(Map<String, Kind> phrases) {
		ErrorPhrases all = new ErrorPhrases();
		phrases.forEach(all::add);
		return all;
	}

	private static Map<String, Kind> read() {
		Map<String, Kind> phrases = new LinkedHashMap<>();
		try (InputStream stream = ErrorPhrases.class.getResourceAsStream(RESOURCE)) {
			Assert.state(stream != null, () -> "There is no resource " + RESOURCE);
			new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.forEach((line) -> {
					int colon = line.indexOf(':');
					phrases.put(line.substring(colon + 1), Kind.valueOf(line.substring(0, colon)));
				});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return phrases;
	}

	private void add(String phrase, Kind kind) {
		List<Part> parts = parts(phrase);
		Assert.isTrue(!parts.isEmpty(), () -> "The phrase '%s' must have a word that matters".formatted(phrase));
		for (int i = 0; i < parts.size(); i++) {
			Part part = parts.get(i);
			int ended = (i == parts.size() - 1) ? this.kinds.size() : Step.NONE;
			Step step = new Step(this.size++, i == 0, part.otherWords(), ended);
			// The later step first, so that one word is never two steps
			part.words()
				.forEach((word) -> this.steps.computeIfAbsent(word, (key) -> new ArrayDeque<>()).addFirst(step));
		}
		this.kinds.add(kind);
	}

	private static List<Part> parts(String phrase) {
		List<Part> parts = new ArrayList<>();
		int otherWords = 0;
		for (String element : StringUtils.tokenizeToStringArray(phrase, " ")) {
			if (element.equals(OTHER_WORDS)) {
				otherWords = MAX_OTHER_WORDS;
			}
			else {
				for (Set<String> words : words(element, phrase)) {
					parts.add(new Part(words, otherWords));
					otherWords = 0;
				}
			}
		}
		return parts;
	}

	private static Collection<Set<String>> words(String element, String phrase) {
		if (element.indexOf('|') < 0) {
			return ErrorText.words(element).stream().map(Set::of).toList();
		}
		Set<String> alternatives = new LinkedHashSet<>();
		for (String alternative : StringUtils.tokenizeToStringArray(element, "|")) {
			List<String> words = ErrorText.words(alternative);
			Assert.isTrue(words.size() == 1,
					() -> "'%s' of the phrase '%s' must be one word that matters".formatted(alternative, phrase));
			alternatives.addAll(words);
		}
		return List.of(alternatives);
	}

	/**
	 * Return what a text tells of.
	 * @param words the words of the text
	 * @return the kinds, those of the phrases that count first before others
	 */
	Set<Kind> kinds(List<String> words) {
		int[] reached = new int[this.size];
		Arrays.fill(reached, -1);
		Set<Integer> found = new TreeSet<>();
		int position = 0;
		for (String word : words) {
			position += word.equals(ErrorText.BREAK) ? MAX_OTHER_WORDS + 1 : 1;
			Deque<Step> steps = this.steps.get(word);
			if (steps == null) {
				continue;
			}
			for (Step step : steps) {
				if (step.isReached(position, reached)) {
					reached[step.index()] = position;
					if (step.ended() != Step.NONE) {
						found.add(step.ended());
					}
				}
			}
		}
		Set<Kind> kinds = new LinkedHashSet<>();
		found.forEach((phrase) -> kinds.add(this.kinds.get(phrase)));
		return kinds;
	}

	/**
	 * Is read when a server says something for the first time.
	 */
	private static final class Common {

		static final ErrorPhrases PHRASES = of(read());

	}

	/**
	 * A word of a phrase, or several to choose from.
	 *
	 * @param words the words
	 * @param otherWords how many others may stand before it
	 */
	private record Part(Set<String> words, int otherWords) {
	}

	/**
	 * What is reached with a part of a phrase. Of each step the last time counts:
	 * whatever follows soon enough after an earlier one does so after that, too.
	 *
	 * @param index the position of the step among those of all phrases
	 * @param first whether the phrase begins with it
	 * @param otherWords how many other words may stand before it
	 * @param ended the position of the phrase that ends with it, or {@link #NONE}
	 */
	private record Step(int index, boolean first, int otherWords, int ended) {

		static final int NONE = -1;

		boolean isReached(int position, int[] reached) {
			if (this.first) {
				return true;
			}
			int before = reached[this.index - 1];
			return before >= 0 && position - before <= this.otherWords + 1;
		}

	}

}
