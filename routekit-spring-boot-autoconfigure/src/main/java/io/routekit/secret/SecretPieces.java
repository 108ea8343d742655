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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Finds in a text the pieces of one length that secrets begin and end with. It looks at
 * each character of the text twice, however many secrets there are: the hash of the piece
 * that ends at a character follows from that of the piece before. Read by any thread,
 * written by one at a time.
 */
final class SecretPieces {

	private static final int MIN_BUCKETS = 64;

	private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

	private final int length;

	// Nobody can make up keys whose hashes are the same
	private final long base = ThreadLocalRandom.current().nextLong() | 1;

	private final long first;

	private volatile AtomicReferenceArray<@Nullable Piece> buckets = new AtomicReferenceArray<>(MIN_BUCKETS);

	private int count;

	/**
	 * Create a new {@link SecretPieces} instance.
	 * @param length the number of characters of a piece
	 */
	SecretPieces(int length) {
		this.length = length;
		long first = 1;
		for (int i = 0; i < length; i++) {
			first *= this.base;
		}
		this.first = first;
	}

	/**
	 * Add the beginning and the end of a secret.
	 * @param secret the folded secret, not shorter than a piece
	 */
	void add(String secret) {
		long beginning = hash(secret, 0);
		Piece piece = find(beginning);
		set((piece != null) ? piece.withBeginning(piece.beginnings.with(secret))
				: new Piece(beginning, SortedTexts.forwards().with(secret), SortedTexts.backwards(), null));
		long end = hash(secret, secret.length() - this.length);
		piece = find(end);
		set((piece != null) ? piece.withEnd(piece.ends.with(secret))
				: new Piece(end, SortedTexts.forwards(), SortedTexts.backwards().with(secret), null));
	}

	/**
	 * Remove the beginning and the end of a secret.
	 * @param secret the folded secret, which was added
	 */
	void remove(String secret) {
		Piece piece = find(hash(secret, 0));
		if (piece != null) {
			set(piece.withBeginning(piece.beginnings.without(secret)));
		}
		piece = find(hash(secret, secret.length() - this.length));
		if (piece != null) {
			set(piece.withEnd(piece.ends.without(secret)));
		}
	}

	private long hash(String text, int from) {
		long hash = 0;
		for (int i = from; i < from + this.length; i++) {
			hash = hash * this.base + text.charAt(i);
		}
		return hash;
	}

	private void set(Piece piece) {
		AtomicReferenceArray<@Nullable Piece> buckets = this.buckets;
		int bucket = bucket(piece.hash, buckets.length());
		Piece others = without(buckets.get(bucket), piece.hash);
		this.count += piece.isEmpty() ? 0 : 1;
		buckets.set(bucket, piece.isEmpty() ? others : piece.before(others));
		if (this.count > buckets.length() / 2) {
			this.buckets = larger(buckets);
		}
	}

	private @Nullable Piece without(@Nullable Piece list, long hash) {
		if (list == null) {
			return null;
		}
		if (list.hash == hash) {
			this.count--;
			return list.next;
		}
		return list.before(without(list.next, hash));
	}

	private static AtomicReferenceArray<@Nullable Piece> larger(AtomicReferenceArray<@Nullable Piece> buckets) {
		AtomicReferenceArray<@Nullable Piece> larger = new AtomicReferenceArray<>(buckets.length() * 4);
		for (int i = 0; i < buckets.length(); i++) {
			for (Piece piece = buckets.get(i); piece != null; piece = piece.next) {
				int bucket = bucket(piece.hash, larger.length());
				larger.set(bucket, piece.before(larger.get(bucket)));
			}
		}
		return larger;
	}

	private @Nullable Piece find(long hash) {
		return find(this.buckets, hash);
	}

	private static @Nullable Piece find(AtomicReferenceArray<@Nullable Piece> buckets, long hash) {
		Piece piece = buckets.get(bucket(hash, buckets.length()));
		while (piece != null && piece.hash != hash) {
			piece = piece.next;
		}
		return piece;
	}

	private static int bucket(long hash, int buckets) {
		return (int) ((hash * GOLDEN_RATIO) >>> (Long.SIZE - Integer.numberOfTrailingZeros(buckets)));
	}

	/**
	 * Find the pieces in a text, and with each as much of the secret as the text has.
	 * @param text the text
	 * @param found takes the indexes of the characters
	 */
	void find(CharSequence text, BitSet found) {
		AtomicReferenceArray<@Nullable Piece> buckets = this.buckets;
		long hash = 0;
		for (int end = 0; end < text.length(); end++) {
			hash = hash * this.base + Folded.of(text.charAt(end));
			int start = end + 1 - this.length;
			if (start > 0) {
				hash -= this.first * Folded.of(text.charAt(start - 1));
			}
			Piece piece = (start >= 0) ? find(buckets, hash) : null;
			if (piece != null && !isFound(found, start, end)) {
				find(piece, text, start, end, found);
			}
		}
	}

	// What is found already is not looked at again, so that a text of nothing but secrets
	// takes no longer
	private static boolean isFound(BitSet found, int start, int end) {
		int index = start;
		while (index <= end && found.get(index)) {
			index++;
		}
		return index > end;
	}

	private void find(Piece piece, CharSequence text, int start, int end, BitSet found) {
		int beginning = piece.beginnings.longestMatch(text, start, text.length());
		if (beginning >= this.length) {
			found.set(start, start + beginning);
		}
		int ending = piece.ends.longestMatch(text, end, (start > 0) ? found.previousSetBit(start - 1) : -1);
		if (ending >= this.length) {
			found.set(end + 1 - ending, end + 1);
		}
	}

	/**
	 * A piece and the secrets that begin or end with it. Pieces of one bucket are a list.
	 */
	private static final class Piece {

		private final long hash;

		private final SortedTexts beginnings;

		private final SortedTexts ends;

		private final @Nullable Piece next;

		Piece(long hash, SortedTexts beginnings, SortedTexts ends, @Nullable Piece next) {
			this.hash = hash;
			this.beginnings = beginnings;
			this.ends = ends;
			this.next = next;
		}

		boolean isEmpty() {
			return this.beginnings.isEmpty() && this.ends.isEmpty();
		}

		Piece withBeginning(SortedTexts beginnings) {
			return new Piece(this.hash, beginnings, this.ends, this.next);
		}

		Piece withEnd(SortedTexts ends) {
			return new Piece(this.hash, this.beginnings, ends, this.next);
		}

		Piece before(@Nullable Piece next) {
			return new Piece(this.hash, this.beginnings, this.ends, next);
		}

	}

}
