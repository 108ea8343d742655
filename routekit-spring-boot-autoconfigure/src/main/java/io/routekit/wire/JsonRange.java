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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import org.springframework.util.Assert;

/**
 * A JSON value in the bytes of a payload, where it stays to the last byte as it came.
 *
 * @param json the array that holds the value
 * @param offset the position of the value
 * @param length the length of the value
 * @since 0.1.0
 */
public record JsonRange(byte[] json, int offset, int length) {

	public JsonRange {
		Assert.notNull(json, "'json' must not be null");
	}

	/**
	 * Return a JSON text as a range of its own bytes.
	 * @param json the text
	 * @return the range
	 */
	public static JsonRange of(String json) {
		Assert.notNull(json, "'json' must not be null");
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return new JsonRange(bytes, 0, bytes.length);
	}

	/**
	 * Create a parser.
	 * @return the parser, which points at nothing yet
	 */
	public JsonParser parser() {
		return WireJson.parser(this.json, this.offset, this.length);
	}

	/**
	 * Return the value that a parser points at, and move the parser to the end of it.
	 * @param json the array that the parser reads
	 * @param offset where it began
	 * @param parser the parser
	 * @return the value
	 */
	public static JsonRange of(byte[] json, int offset, JsonParser parser) {
		Assert.notNull(json, "'json' must not be null");
		Assert.notNull(parser, "'parser' must not be null");
		int start = (int) parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		int end = (int) parser.currentLocation().getByteOffset();
		return new JsonRange(json, offset + start, end - start);
	}

	/**
	 * Return the value that a parser of this range points at, and move the parser to the
	 * end of it.
	 * @param parser the parser
	 * @return the value
	 */
	public JsonRange value(JsonParser parser) {
		return of(this.json, this.offset, parser);
	}

	/**
	 * Return the members of the value, which must be an object.
	 * @return the values by name, in their order
	 */
	public Map<String, JsonRange> members() {
		Map<String, JsonRange> members = new LinkedHashMap<>();
		try (JsonParser parser = parser()) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				members.put(name, value(parser));
			}
		}
		return Collections.unmodifiableMap(members);
	}

	/**
	 * Return a copy that stays valid when the bytes of the payload are not any more.
	 * @return a copy with bytes of its own
	 */
	public JsonRange copy() {
		return new JsonRange(Arrays.copyOfRange(this.json, this.offset, this.offset + this.length), 0, this.length);
	}

	/**
	 * Return the value if it is a text.
	 * @return the text, or {@code null} if the value is something else
	 */
	public @Nullable String text() {
		if (this.json[this.offset] != '"') {
			return null;
		}
		if (!hasEscape()) {
			return new String(this.json, this.offset + 1, this.length - 2, StandardCharsets.UTF_8);
		}
		try (JsonParser parser = parser()) {
			parser.nextToken();
			return parser.getString();
		}
	}

	/**
	 * Read the value.
	 * @param kept tells how much of the answer may be kept
	 * @return a map, a list, a text, a number, a boolean or {@code null}
	 * @throws io.routekit.ModelException if more than the limit would be kept with it
	 */
	public @Nullable Object read(KeptSize kept) {
		try (JsonParser parser = parser()) {
			parser.nextToken();
			return kept.readValue(parser);
		}
	}

	/**
	 * Return whether the value is {@code null}.
	 * @return whether there is nothing
	 */
	public boolean isNull() {
		return this.json[this.offset] == 'n';
	}

	private boolean hasEscape() {
		for (int i = this.offset; i < this.offset + this.length; i++) {
			if (this.json[i] == '\\') {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether the value is an object with a member, or an array with an element.
	 * @return whether there is something in it
	 */
	public boolean hasContent() {
		if (this.json[this.offset] != '{' && this.json[this.offset] != '[') {
			return false;
		}
		try (JsonParser parser = parser()) {
			parser.nextToken();
			return !parser.nextToken().isStructEnd();
		}
	}

	/**
	 * Return the value as JSON text.
	 * @return the text
	 */
	public String toJson() {
		return new String(this.json, this.offset, this.length, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof JsonRange other && Arrays.equals(this.json, this.offset, this.offset + this.length,
				other.json, other.offset, other.offset + other.length);
	}

	@Override
	public int hashCode() {
		return ByteBuffer.wrap(this.json, this.offset, this.length).hashCode();
	}

	@Override
	public String toString() {
		return "JsonRange[%d bytes]".formatted(this.length);
	}

}
