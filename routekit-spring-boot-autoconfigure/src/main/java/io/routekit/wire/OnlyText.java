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

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Where a payload has a text that is all it brings. Most payloads of a stream equal the
 * one before but for this text, so that they need not be parsed: the reader of an answer
 * notes while it reads what a payload consists of. Used by one thread at a time.
 *
 * @since 0.1.0
 * @see ReplyReader#readText
 */
public final class OnlyText {

	/**
	 * How many values whose content means nothing a payload can have.
	 */
	static final int MAX_IGNORED = 3;

	private static final int NONE = -1;

	private final int[] ignored = new int[MAX_IGNORED];

	private int ignoredCount;

	private int offset;

	private int text = NONE;

	private boolean mixed;

	/**
	 * Start with a payload.
	 * @param offset the position of the payload
	 */
	public void reset(int offset) {
		this.offset = offset;
		this.text = NONE;
		this.ignoredCount = 0;
		this.mixed = false;
	}

	/**
	 * Note that the positions of a parser count from elsewhere.
	 * @param offset the position that they count from
	 */
	public void move(int offset) {
		this.offset = offset;
	}

	/**
	 * Note that the payload brings a text.
	 * @param parser a parser of the payload that points at the text
	 */
	public void found(JsonParser parser) {
		this.mixed |= this.text != NONE;
		this.text = position(parser);
	}

	/**
	 * Note that the payload has a text or a whole number whose content means nothing.
	 * @param parser a parser of the payload that points at the value
	 */
	public void ignore(JsonParser parser) {
		if (this.ignoredCount < MAX_IGNORED) {
			this.ignored[this.ignoredCount++] = position(parser);
		}
		else {
			this.mixed = true;
		}
	}

	/**
	 * Note that the payload brings something else than a text.
	 */
	public void mix() {
		this.mixed = true;
	}

	/**
	 * Note that the payload has a value which brings something unless it is {@code null}.
	 * @param parser a parser of the payload that points at the value
	 */
	public void mixUnlessNull(JsonParser parser) {
		this.mixed |= parser.currentToken() != JsonToken.VALUE_NULL;
	}

	private int position(JsonParser parser) {
		return this.offset + (int) parser.currentTokenLocation().getByteOffset();
	}

	/**
	 * Return where the text is.
	 * @return the position of its first quotation mark, or -1 if the payload brings no
	 * text or something else
	 */
	int text() {
		return this.mixed ? NONE : this.text;
	}

	/**
	 * Copy where the values are whose content means nothing.
	 * @param positions takes the positions of their first characters
	 * @return the number of values
	 */
	int copyIgnored(int[] positions) {
		System.arraycopy(this.ignored, 0, positions, 0, this.ignoredCount);
		return this.ignoredCount;
	}

}
