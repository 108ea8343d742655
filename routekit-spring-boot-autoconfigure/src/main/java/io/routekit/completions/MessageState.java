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

package io.routekit.completions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.wire.DeltaText;
import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The members of a message that mean nothing to us. What a server puts into its message
 * it wants back in the next turn.
 */
final class MessageState {

	private final KeptSize kept;

	private final JsonPieces pieces;

	private final Map<String, Object> members = new LinkedHashMap<>(0);

	MessageState(KeptSize kept) {
		this.kept = kept;
		this.pieces = new JsonPieces(kept);
	}

	/**
	 * Read a piece of a member.
	 * @param name the name of the member
	 * @param parser a parser that points at the piece
	 * @return whether the piece brings something
	 */
	boolean read(String name, JsonParser parser) {
		Object value = this.kept.readValue(parser);
		if (value == null || value instanceof List<?> list && list.isEmpty()
				|| value instanceof Map<?, ?> object && object.isEmpty()) {
			return false;
		}
		Object known = this.members.get(name);
		// Some servers tell the same with each chunk
		if (value.equals(known) || known instanceof DeltaText && value.equals("")) {
			return false;
		}
		if (known == null) {
			this.kept.addObject(name.length());
			this.members.put(name, this.pieces.begin(name, value));
		}
		else {
			this.members.put(name, this.pieces.join(known, value));
		}
		return true;
	}

	boolean has(String name) {
		return this.members.containsKey(name);
	}

	@Nullable Object take(String name) {
		Object value = this.members.remove(name);
		return (value != null) ? JsonPieces.whole(value) : null;
	}

	/**
	 * Return the members.
	 * @return the values by name, as a new map
	 */
	Map<String, Object> toMap() {
		Map<String, Object> values = new LinkedHashMap<>();
		this.members.forEach((name, value) -> values.put(name, JsonPieces.whole(value)));
		return values;
	}

}
