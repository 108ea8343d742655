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
 * length. To a reader of a line, its end is the end of all.
 */
final class LineReader extends Reader {

	private final Reader source;

	private final char[] buffer = new char[8192];

	private int position;

	private int limit;

	private boolean ended = true;

	LineReader(Reader source) {
		this.source = source;
	}

	/**
	 * Go to the next line, whatever is left of the current one.
	 * @return whether there is one
	 * @throws IOException if it cannot be read
	 */
	boolean next() throws IOException {
		while (!this.ended) {
			read(new char[this.buffer.length]);
		}
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

	@Override
	public int read(char[] target, int offset, int length) throws IOException {
		if (this.ended || !fill()) {
			this.ended = true;
			return -1;
		}
		int count = 0;
		while (count < length && this.position < this.limit) {
			char character = this.buffer[this.position++];
			if (character == '\n') {
				this.ended = true;
				break;
			}
			target[offset + count++] = character;
		}
		return (count > 0 || !this.ended) ? count : -1;
	}

	@Override
	public void close() {
		// The next line is still to be read
	}

}
