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

package io.routekit.trace.analysis;

import java.io.IOException;
import java.io.Reader;

/**
 * Reads one line after the other, without keeping them: a line with content can be of any
 * length. Of a text in JSON, no more gets through than a reader has a use for. To a
 * reader of a line, its end is the end of all.
 */
final class LineReader extends Reader {

	/**
	 * How many characters of a text get through, escapes as they are written.
	 */
	static final int MAX_TEXT_LENGTH = 4096;

	private static final int UNICODE_DIGITS = 4;

	private final Reader source;

	private final char[] buffer = new char[8192];

	private int position;

	private int limit;

	private boolean ended = true;

	private boolean text;

	private int textLength;

	private boolean escape;

	private int unicodeDigits;

	LineReader(Reader source) {
		this.source = source;
	}

	/**
	 * Go to the next line, whatever is left of the current one.
	 * @return whether there is one
	 * @throws IOException if it cannot be read
	 */
	boolean next() throws IOException {
		while (!this.ended && fill()) {
			skip();
		}
		this.text = false;
		this.escape = false;
		this.unicodeDigits = 0;
		this.ended = !fill();
		return !this.ended;
	}

	private boolean fill() throws IOException {
		if (this.position == this.limit) {
			this.position = 0;
			this.limit = Math.max(0, this.source.read(this.buffer));
		}
		return this.limit > 0;
	}

	private void skip() {
		while (this.position < this.limit && !this.ended) {
			this.ended = this.buffer[this.position++] == '\n';
		}
	}

	@Override
	public int read(char[] target, int offset, int length) throws IOException {
		int count = 0;
		while (count == 0 && !this.ended) {
			this.ended = !fill();
			count = copy(target, offset, length);
		}
		return (count > 0) ? count : -1;
	}

	private int copy(char[] target, int offset, int length) {
		int count = 0;
		while (count < length && this.position < this.limit && !this.ended) {
			char character = this.buffer[this.position++];
			if (character == '\n') {
				this.ended = true;
			}
			else if (isKept(character)) {
				target[offset + count++] = character;
			}
		}
		return count;
	}

	private boolean isKept(char character) {
		if (!this.text) {
			this.text = (character == '"');
			this.textLength = 0;
			return true;
		}
		if (isEscaped(character)) {
			return this.textLength <= MAX_TEXT_LENGTH;
		}
		if (character == '"') {
			this.text = false;
			return true;
		}
		this.escape = (character == '\\');
		return ++this.textLength <= MAX_TEXT_LENGTH;
	}

	// An escape gets through as a whole or not at all
	private boolean isEscaped(char character) {
		if (this.unicodeDigits > 0) {
			this.unicodeDigits--;
			return true;
		}
		if (this.escape) {
			this.escape = false;
			this.unicodeDigits = (character == 'u') ? UNICODE_DIGITS : 0;
			return true;
		}
		return false;
	}

	@Override
	public void close() {
		// The next line is still to be read
	}

}
