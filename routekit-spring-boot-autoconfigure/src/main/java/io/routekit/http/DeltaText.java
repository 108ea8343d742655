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

package io.routekit.http;

/**
 * A text that arrives in pieces. A piece that ends between the two halves of a character
 * keeps the first half for the next piece, since half a character cannot be encoded.
 *
 * @since 0.1.0
 */
public final class DeltaText {

	private final StringBuilder text = new StringBuilder();

	private final KeptSize kept;

	private final int limit;

	private int emitted;

	DeltaText(KeptSize kept, int limit) {
		this.kept = kept;
		this.limit = limit;
	}

	/**
	 * Append a piece.
	 * @param delta the piece as it arrived
	 * @return the piece to pass on, possibly empty
	 * @throws io.routekit.ModelException if the text is longer than it may be
	 */
	public String append(String delta) {
		this.kept.add(delta.length());
		this.text.append(delta);
		int length = this.text.length();
		if (length > this.limit) {
			this.kept.throwToolArgumentsTooLarge();
		}
		int end = (length > 0 && Character.isHighSurrogate(this.text.charAt(length - 1))) ? length - 1 : length;
		boolean asItIs = end == length && this.emitted == length - delta.length();
		String piece = asItIs ? delta : this.text.substring(this.emitted, Math.max(this.emitted, end));
		this.emitted = Math.max(this.emitted, end);
		return piece;
	}

	/**
	 * Return all that was passed on so far.
	 * @return the pieces, joined
	 */
	public String emitted() {
		return this.text.substring(0, this.emitted);
	}

	/**
	 * Return what was kept back, at the end of the text.
	 * @return the piece to pass on, possibly empty
	 */
	public String rest() {
		String rest = this.text.substring(this.emitted);
		this.emitted = this.text.length();
		return rest;
	}

	/**
	 * Return whether nothing was appended yet.
	 * @return whether the text is empty
	 */
	public boolean isEmpty() {
		return this.text.isEmpty();
	}

	/**
	 * Return whether the text is empty or white space.
	 * @return whether the text is blank
	 */
	public boolean isBlank() {
		return this.text.chars().allMatch(Character::isWhitespace);
	}

	/**
	 * Return the whole text.
	 */
	@Override
	public String toString() {
		return this.text.toString();
	}

}
