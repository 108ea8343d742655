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

/**
 * Follows the pieces of a text that should be a JSON object, to tell where the object
 * ends. Used by one thread at a time.
 */
final class ObjectScanner {

	private int depth;

	private boolean inText;

	private boolean escaped;

	private boolean filled;

	private boolean closed;

	private boolean more;

	void scan(String piece) {
		for (int i = 0; i < piece.length(); i++) {
			char character = piece.charAt(i);
			if (this.inText) {
				scanText(character);
			}
			else if (character > ' ') {
				scanStructure(character);
			}
		}
	}

	private void scanText(char character) {
		if (this.escaped) {
			this.escaped = false;
		}
		else {
			this.escaped = character == '\\';
			this.inText = character != '"';
		}
	}

	private void scanStructure(char character) {
		boolean closes = character == '}' || character == ']';
		this.filled |= this.depth > 0 && !(closes && this.depth == 1);
		this.more |= this.depth == 0 && (this.closed || character != '{');
		this.inText = character == '"';
		if (closes) {
			this.depth = Math.max(0, this.depth - 1);
			this.closed |= this.depth == 0;
		}
		else if (character == '{' || character == '[') {
			this.depth++;
		}
	}

	/**
	 * Return whether there is an object without members, and nothing else so far.
	 * @return whether the object may stand for one that follows
	 */
	boolean isEmptyObject() {
		return this.closed && !this.filled && !this.more;
	}

	/**
	 * Return whether there is more or less to the text than an object with members.
	 * @return whether the text may have to be read in another way
	 */
	boolean isDoubtful() {
		return this.more || isEmptyObject();
	}

}
