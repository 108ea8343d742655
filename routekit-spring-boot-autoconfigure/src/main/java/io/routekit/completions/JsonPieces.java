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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.routekit.wire.DeltaText;
import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces of JSON values. A stream cuts the reasoning of a model into fragments,
 * but its server wants it back in one piece: a signature is valid for the whole only.
 */
final class JsonPieces {

	/**
	 * What the names of members end with whose text arrives in pieces. That of others,
	 * such as a status or a signature, is told anew.
	 */
	private static final Set<String> GROWING = Set.of("text", "content", "summary", "thinking", "reasoning");

	private final KeptSize kept;

	JsonPieces(KeptSize kept) {
		this.kept = kept;
	}

	/**
	 * Begin a value.
	 * @param name the name of the member that has the value
	 * @param value the first piece, as it was read
	 * @return the value, to be {@linkplain #join joined} with others
	 */
	Object begin(String name, Object value) {
		if (value instanceof Map<?, ?> object) {
			Map<String, Object> members = new LinkedHashMap<>();
			this.kept.addObject(0);
			joinMembers(members, object);
			return members;
		}
		if (value instanceof List<?> list) {
			List<Object> elements = new ArrayList<>();
			this.kept.addObject(0);
			joinElements(elements, list);
			return elements;
		}
		if (value instanceof String text && isGrowing(name)) {
			DeltaText growing = this.kept.text();
			growing.append(text);
			return growing;
		}
		this.kept.addValue(value);
		return value;
	}

	/**
	 * Join a value with its next piece.
	 * @param known the value so far
	 * @param next the next piece, as it was read
	 * @return the value, to be joined with others
	 */
	@SuppressWarnings("unchecked") // What is known was made here
	Object join(Object known, Object next) {
		if (known instanceof DeltaText text && next instanceof String piece) {
			text.append(piece);
			return text;
		}
		if (known instanceof Map<?, ?> members && next instanceof Map<?, ?> object) {
			joinMembers((Map<String, Object>) members, object);
			return members;
		}
		if (known instanceof List<?> elements && next instanceof List<?> list) {
			joinElements((List<Object>) elements, list);
			return elements;
		}
		if (next instanceof String text && text.isBlank()) {
			return known;
		}
		this.kept.replace(known, next);
		return next;
	}

	private void joinMembers(Map<String, Object> members, Map<?, ?> object) {
		object.forEach((key, value) -> {
			String name = (String) key;
			Object known = members.get(name);
			if (value != null && known == null) {
				this.kept.addObject(name.length());
				members.put(name, begin(name, value));
			}
			else if (value != null && known != null) {
				members.put(name, join(known, value));
			}
		});
	}

	// Only the first can continue an element of the piece before
	private void joinElements(List<Object> elements, List<?> list) {
		for (int i = 0; i < list.size(); i++) {
			Object next = list.get(i);
			Object last = elements.isEmpty() ? null : elements.get(elements.size() - 1);
			if (i == 0 && last instanceof Map<?, ?> known && next instanceof Map<?, ?> object
					&& isContinued(known, object)) {
				join(last, next);
			}
			else if (next != null) {
				elements.add(begin("", next));
			}
		}
	}

	/**
	 * Return whether an object continues another one. The index alone does not tell:
	 * streams give several objects the same one.
	 * @param known the object so far
	 * @param next the object of the next piece
	 * @return whether both are one
	 */
	static boolean isContinued(Map<?, ?> known, Map<?, ?> next) {
		boolean growing = known.keySet().stream().anyMatch((name) -> isGrowing((String) name));
		boolean ended = Boolean.TRUE.equals(known.get("closed")) || hasText(known.get("signature"));
		return growing && !ended && Objects.equals(known.get("type"), next.get("type"))
				&& Objects.equals(known.get("index"), next.get("index"))
				&& (next.get("id") == null || next.get("id").equals(known.get("id")));
	}

	private static boolean isGrowing(String name) {
		return GROWING.contains(name.substring(name.lastIndexOf('_') + 1));
	}

	private static boolean hasText(@Nullable Object value) {
		return value instanceof String text && !text.isEmpty();
	}

	/**
	 * Return a value of which no more comes.
	 * @param value the value
	 * @return what JSON is written from
	 */
	static Object whole(Object value) {
		if (value instanceof DeltaText text) {
			return text.join();
		}
		if (value instanceof Map<?, ?> object) {
			Map<String, Object> members = new LinkedHashMap<>();
			object.forEach((name, member) -> members.put((String) name, whole(member)));
			return members;
		}
		return (value instanceof List<?> list) ? list.stream().map(JsonPieces::whole).toList() : value;
	}

}
