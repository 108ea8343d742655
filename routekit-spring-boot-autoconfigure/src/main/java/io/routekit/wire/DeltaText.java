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
 * A text that arrives in pieces. A piece that ends between the two halves of a character
 * keeps the first half for the next piece, since half a character cannot be encoded.
 *
 * @since 0.1.0
 */
public final class DeltaText {

	private final JoinedText text = new JoinedText();

	private final KeptSize kept;

	private final int limit;

	/**
	 * The half of a character that is kept back, or an empty text.
	 */
	private String half = "";

	private boolean blank = true;

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
		this.kept.addText(delta.length());
		this.text.append(delta);
		this.blank = this.blank && delta.isBlank();
		if (this.text.length() > this.limit) {
			this.kept.throwToolArgumentsTooLarge();
		}
		String piece = this.half.isEmpty() ? delta : this.half + delta;
		int last = piece.length() - 1;
		boolean cut = last >= 0 && Character.isHighSurrogate(piece.charAt(last));
		this.half = cut ? piece.substring(last) : "";
		return cut ? piece.substring(0, last) : piece;
	}

	/**
	 * Return the length of the whole text.
	 * @return the number of characters
	 */
	public int length() {
		return this.text.length();
	}

	int limit() {
		return this.limit;
	}

	/**
	 * Return what was kept back, at the end of the text.
	 * @return the piece to pass on, possibly empty
	 */
	public String rest() {
		String rest = this.half;
		this.half = "";
		return rest;
	}

	/**
	 * Return whether nothing was appended yet.
	 * @return whether the text is empty
	 */
	public boolean isEmpty() {
		return this.text.length() == 0;
	}

	/**
	 * Return whether the text is empty or white space.
	 * @return whether the text is blank
	 */
	public boolean isBlank() {
		return this.blank;
	}

	/**
	 * Return the whole text.
	 * @return the text
	 */
	public String join() {
		return this.text.join();
	}

	@Override
	public String toString() {
		return "DeltaText[%d characters]".formatted(this.text.length());
	}

}
