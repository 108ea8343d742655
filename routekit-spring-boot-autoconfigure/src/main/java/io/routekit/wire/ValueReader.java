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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.routekit.ModelException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads JSON values as maps and lists, as long as these do not take too much memory: an
 * empty object has two characters on the wire but takes some thirty times as much as
 * that. Used by one thread at a time.
 */
final class ValueReader {

	/**
	 * What a map or a list takes, roughly, a member of a map and an element of a list
	 * beside its value, and a text or a number beside its characters.
	 */
	private static final int CONTAINER = 64;

	private static final int MEMBER = 104;

	private static final int ELEMENT = 8;

	private static final int SCALAR = 48;

	private final Supplier<ModelException> tooLarge;

	private long left;

	/**
	 * Create a new {@link ValueReader} instance.
	 * @param tooLarge supplies the failure for a value that is too large
	 */
	ValueReader(Supplier<ModelException> tooLarge) {
		this.tooLarge = tooLarge;
	}

	/**
	 * Read the value that a parser points at.
	 * @param parser the parser
	 * @param maxSize how much memory the value may take, in bytes
	 * @return a map, a list, a text, a number, a boolean or {@code null}
	 * @throws ModelException if the value is too large
	 */
	@Nullable Object read(JsonParser parser, long maxSize) {
		this.left = maxSize;
		return read(parser);
	}

	/**
	 * Read the object that a parser points at.
	 * @param parser the parser
	 * @param maxSize how much memory the object may take, in bytes
	 * @return the members by name
	 * @throws ModelException if the object is too large
	 */
	Map<String, @Nullable Object> readObject(JsonParser parser, long maxSize) {
		this.left = maxSize;
		return readObject(parser);
	}

	private @Nullable Object read(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> readObject(parser);
			case START_ARRAY -> readArray(parser);
			case VALUE_STRING -> {
				String text = parser.getString();
				take(SCALAR + text.length());
				yield text;
			}
			case VALUE_NUMBER_INT -> {
				take(SCALAR);
				yield parser.getNumberValue();
			}
			// Costs are exact
			case VALUE_NUMBER_FLOAT -> {
				take(SCALAR);
				yield parser.getDecimalValue();
			}
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	private Map<String, @Nullable Object> readObject(JsonParser parser) {
		take(CONTAINER);
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			take(MEMBER + name.length());
			parser.nextToken();
			members.put(name, read(parser));
		}
		return members;
	}

	private List<@Nullable Object> readArray(JsonParser parser) {
		take(CONTAINER);
		List<@Nullable Object> elements = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			take(ELEMENT);
			elements.add(read(parser));
		}
		return elements;
	}

	private void take(int size) {
		this.left -= size;
		if (this.left < 0) {
			throw this.tooLarge.get();
		}
	}

	/**
	 * Return how much memory a value takes, roughly.
	 * @param value the value, as it is read
	 * @return the size in bytes
	 */
	static long sizeOf(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			long size = CONTAINER;
			for (Map.Entry<?, ?> member : object.entrySet()) {
				size += MEMBER + ((String) member.getKey()).length() + sizeOf(member.getValue());
			}
			return size;
		}
		if (value instanceof List<?> list) {
			long size = CONTAINER;
			for (Object element : list) {
				size += ELEMENT + sizeOf(element);
			}
			return size;
		}
		if (value instanceof String text) {
			return SCALAR + text.length();
		}
		return (value instanceof Number) ? SCALAR : 0;
	}

}
