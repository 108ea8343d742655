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

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Finds secrets in texts, in a time that does not depend on how many there are. Found is
 * a whole secret, its first and its last {@value #PIECE} characters with as much of the
 * rest as there is, and the beginning of a secret at which a text was cut. Read by any
 * thread, written by one at a time.
 */
final class SecretIndex {

	/**
	 * How many characters of a secret are enough to use or to recognize it.
	 */
	static final int PIECE = 20;

	/**
	 * No real key is shorter, while a test's "k" would turn messages into riddles.
	 */
	static final int MIN_LENGTH = 6;

	private static final String[] ELLIPSES = { "…", "..." };

	private final Map<String, Integer> counts = new HashMap<>();

	private final Map<String, Integer> cutCounts = new HashMap<>();

	// The longest ones first, with which most of a text is found
	private final Map<Integer, SecretPieces> pieces = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

	private volatile SortedTexts cutBeginnings = SortedTexts.forwards();

	/**
	 * Add a secret. One that is there already has to be removed as often as it was added.
	 * @param secret the secret
	 */
	void add(String secret) {
		String folded = Folded.of(secret);
		if (secret.length() >= MIN_LENGTH && this.counts.merge(folded, 1, Integer::sum) == 1) {
			pieces(folded).add(folded);
			String beginning = cutBeginning(folded);
			if (this.cutCounts.merge(beginning, 1, Integer::sum) == 1) {
				this.cutBeginnings = this.cutBeginnings.with(beginning);
			}
		}
	}

	/**
	 * Remove a secret that was added.
	 * @param secret the secret
	 */
	void remove(String secret) {
		String folded = Folded.of(secret);
		if (secret.length() >= MIN_LENGTH && decrement(this.counts, folded)) {
			pieces(folded).remove(folded);
			String beginning = cutBeginning(folded);
			if (decrement(this.cutCounts, beginning)) {
				this.cutBeginnings = this.cutBeginnings.without(beginning);
			}
		}
	}

	private static boolean decrement(Map<String, Integer> counts, String text) {
		return counts.computeIfPresent(text, (key, count) -> (count > 1) ? count - 1 : null) == null;
	}

	private SecretPieces pieces(String secret) {
		return this.pieces.computeIfAbsent(Math.min(secret.length(), PIECE), SecretPieces::new);
	}

	// What is longer is found as the first piece
	private static String cutBeginning(String secret) {
		return secret.substring(0, Math.min(secret.length(), PIECE) - 1);
	}

	/**
	 * Find the secrets in a text.
	 * @param text the text
	 * @return the indexes of the characters that are part of one
	 */
	BitSet find(CharSequence text) {
		BitSet found = new BitSet();
		for (SecretPieces pieces : this.pieces.values()) {
			pieces.find(text, found);
		}
		findCutBeginning(text, found);
		return found;
	}

	private void findCutBeginning(CharSequence text, BitSet found) {
		int end = text.length();
		for (String ellipsis : ELLIPSES) {
			end -= endsWith(text, end, ellipsis) ? ellipsis.length() : 0;
		}
		for (int start = Math.max(0, end - PIECE + 1); start <= end - MIN_LENGTH; start++) {
			if (this.cutBeginnings.longestMatch(text, start, end) == end - start) {
				found.set(start, end);
				return;
			}
		}
	}

	private static boolean endsWith(CharSequence text, int end, String ellipsis) {
		int match = 0;
		while (match < ellipsis.length() && match < end
				&& text.charAt(end - 1 - match) == ellipsis.charAt(ellipsis.length() - 1 - match)) {
			match++;
		}
		return match == ellipsis.length();
	}

}
