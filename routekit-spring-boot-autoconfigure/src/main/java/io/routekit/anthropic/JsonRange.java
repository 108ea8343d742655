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

package io.routekit.anthropic;

import java.nio.charset.StandardCharsets;

import io.routekit.http.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A JSON value in the bytes of a payload, where it stays to the last byte as it came.
 *
 * @param json the array that holds the value
 * @param offset the position of the value
 * @param length the length of the value
 */
record JsonRange(byte[] json, int offset, int length) {

	static JsonRange of(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return new JsonRange(bytes, 0, bytes.length);
	}

	JsonParser parser() {
		return WireJson.parser(this.json, this.offset, this.length);
	}

	/**
	 * Return the value that a parser of this range points at, and move the parser to the
	 * end of it.
	 * @param parser the parser
	 * @return the value
	 */
	JsonRange value(JsonParser parser) {
		int start = (int) parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		int end = (int) parser.currentLocation().getByteOffset();
		return new JsonRange(this.json, this.offset + start, end - start);
	}

	/**
	 * Return the value if it is a text.
	 * @return the text, or {@code null} if the value is something else
	 */
	@Nullable String text() {
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
	boolean hasContent() {
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
	 */
	@Override
	public String toString() {
		return new String(this.json, this.offset, this.length, StandardCharsets.UTF_8);
	}

}
