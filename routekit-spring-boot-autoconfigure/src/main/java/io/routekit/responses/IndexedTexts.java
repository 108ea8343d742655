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

package io.routekit.responses;

import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.routekit.wire.DeltaText;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the parts of an item, which arrive in pieces. What was passed on cannot be
 * taken back: of a whole text counts what follows the pieces, if it begins with them.
 * Used by one thread at a time.
 */
final class IndexedTexts {

	private final KeptSize kept;

	private final TreeMap<Integer, DeltaText> texts = new TreeMap<>();

	private int length;

	private int lastIndex;

	private @Nullable DeltaText last;

	IndexedTexts(KeptSize kept) {
		this.kept = kept;
	}

	/**
	 * Append a piece.
	 * @param index the index of the part, or {@code null} for the last one
	 * @param piece the piece as it arrived
	 * @return the piece to pass on, possibly empty
	 */
	String append(@Nullable Integer index, String piece) {
		if (piece.isEmpty()) {
			return "";
		}
		DeltaText before = this.last;
		DeltaText text = text(index);
		this.length += piece.length();
		// Half a character is not continued by another part
		return (before != null && before != text) ? before.rest() + text.append(piece) : text.append(piece);
	}

	private DeltaText text(@Nullable Integer index) {
		DeltaText last = this.last;
		if (last != null && (index == null || index == this.lastIndex)) {
			return last;
		}
		int key = (index != null) ? index : 0;
		DeltaText text = this.texts.get(key);
		if (text == null) {
			if (last != null) {
				this.kept.addPart();
			}
			text = this.kept.text();
			this.texts.put(key, text);
		}
		this.last = text;
		this.lastIndex = key;
		return text;
	}

	/**
	 * Append what the text of a part has beyond its pieces.
	 * @param index the index of the part, or {@code null} for the last one
	 * @param whole the whole text of the part, as JSON
	 * @return the piece to pass on, possibly empty
	 */
	String settle(@Nullable Integer index, JsonRange whole) {
		DeltaText known = (index != null) ? this.texts.get(index) : this.last;
		// Most say nothing new, which their bytes between the quotation marks tell
		if (known != null && whole.length() - 2 <= known.length()) {
			return "";
		}
		String text = Objects.requireNonNullElse(whole.text(), "");
		if (known == null) {
			return append(index, text);
		}
		boolean longer = text.length() > known.length() && text.startsWith(known.join());
		return longer ? append(index, text.substring(known.length())) : "";
	}

	/**
	 * Append what the text of all parts has beyond their pieces.
	 * @param whole the whole text
	 * @return the piece to pass on, possibly empty
	 */
	String settle(String whole) {
		boolean longer = whole.length() > this.length && whole.startsWith(join());
		Integer end = this.texts.isEmpty() ? null : this.texts.lastKey();
		return longer ? append(end, whole.substring(this.length)) : "";
	}

	/**
	 * Return what was kept back, at the end of the texts.
	 * @return the piece to pass on, possibly empty
	 */
	String rest() {
		return (this.last != null) ? this.last.rest() : "";
	}

	boolean isEmpty() {
		return this.length == 0;
	}

	int length() {
		return this.length;
	}

	/**
	 * Return whether this is the text.
	 * @param text the text
	 * @return whether the pieces amount to it
	 */
	boolean is(String text) {
		return text.length() == this.length && text.equals(join());
	}

	/**
	 * Return the text of all parts, in the order of their index.
	 * @return the text
	 */
	String join() {
		if (this.texts.size() == 1 && this.last != null) {
			return this.last.join();
		}
		return this.texts.values().stream().map(DeltaText::join).collect(Collectors.joining());
	}

}
