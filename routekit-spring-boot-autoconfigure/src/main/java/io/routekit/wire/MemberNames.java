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

import java.util.concurrent.ThreadLocalRandom;

/**
 * The names of the members of a JSON text. A parser remembers each of them once, for few
 * are all there are. A text that consists of different names would take many times its
 * size, and long ones more time with each other one.
 */
final class MemberNames {

	/**
	 * Up to this length a text cannot have too many names.
	 */
	private static final int MIN_LENGTH = 256 * 1024;

	/**
	 * How long all the names may be together, in bytes.
	 */
	private static final int MAX_SIZE = 512 * 1024;

	/**
	 * What a name takes beside its characters.
	 */
	private static final int NAME = 16;

	/**
	 * Not known to anyone, so that no two names are made to look the same.
	 */
	private static final long MULTIPLIER = ThreadLocalRandom.current().nextLong() | 1;

	private final byte[] json;

	private final int end;

	private final long[] seen = new long[1024];

	private int position;

	private MemberNames(byte[] json, int offset, int length) {
		this.json = json;
		this.position = offset;
		this.end = offset + length;
	}

	/**
	 * Return whether a text has more names than can be remembered. It is looked at once,
	 * and need not be JSON.
	 * @param json the array that holds the text
	 * @param offset the position of the text
	 * @param length the length of the text
	 * @return whether the text must not be parsed
	 */
	static boolean areTooMany(byte[] json, int offset, int length) {
		return length > MIN_LENGTH && new MemberNames(json, offset, length).areTooMany();
	}

	private boolean areTooMany() {
		int size = 0;
		while (size <= MAX_SIZE && this.position < this.end) {
			if (this.json[this.position++] == '"') {
				int start = this.position;
				long hash = skipText();
				int length = this.position - start;
				if (isName() && isNew(hash)) {
					size += NAME + length;
				}
			}
		}
		return size > MAX_SIZE;
	}

	private long skipText() {
		long hash = 0;
		while (this.position < this.end && this.json[this.position] != '"') {
			this.position += (this.json[this.position] == '\\') ? 1 : 0;
			if (this.position < this.end) {
				hash = (hash ^ this.json[this.position++]) * MULTIPLIER;
				hash ^= hash >>> 32;
			}
		}
		return hash;
	}

	// A colon follows the quotation mark that ends a name
	private boolean isName() {
		do {
			this.position++;
		}
		while (this.position < this.end && this.json[this.position] <= ' ' && this.json[this.position] >= 0);
		return this.position < this.end && this.json[this.position] == ':';
	}

	// A few names that look like others do not count
	private boolean isNew(long hash) {
		int bit = (int) (hash & 0xFFFF);
		boolean known = (this.seen[bit >> 6] & (1L << bit)) != 0;
		this.seen[bit >> 6] |= 1L << bit;
		return !known;
	}

}
