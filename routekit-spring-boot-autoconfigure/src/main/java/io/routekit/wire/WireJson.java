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

import java.io.StringWriter;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as it is on the wire. The mapper is private, since the wire must not follow the
 * settings of the application's own.
 *
 * @since 0.1.0
 */
public final class WireJson {

	private static final JsonMapper mapper = JsonMapper.builder()
		// Costs are exact
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private WireJson() {
	}

	/**
	 * Create a parser.
	 * @param json the array that holds the JSON text in UTF-8
	 * @param offset the position of the text
	 * @param length the length of the text
	 * @return the parser
	 */
	public static JsonParser parser(byte[] json, int offset, int length) {
		return mapper.createParser(json, offset, length);
	}

	/**
	 * Copy the value that a parser points at, numbers and all as they are.
	 * @param parser the parser
	 * @return the value as JSON text
	 */
	public static String copy(JsonParser parser) {
		StringWriter text = new StringWriter();
		try (JsonGenerator generator = mapper.createGenerator(text)) {
			generator.copyCurrentStructureExact(parser);
		}
		return text.toString();
	}

	/**
	 * Write the members of an object into the object that is being written.
	 * @param json the generator
	 * @param object the object as JSON text
	 * @param except the names of members to leave out
	 */
	public static void writeMembers(JsonGenerator json, String object, Set<String> except) {
		try (JsonParser parser = mapper.createParser(object)) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				if (except.contains(name)) {
					parser.skipChildren();
				}
				else {
					json.writeName(name);
					json.copyCurrentStructureExact(parser);
				}
			}
		}
	}

	/**
	 * Write the elements of an array into the array that is being written.
	 * @param json the generator
	 * @param array the array as JSON text
	 */
	public static void writeElements(JsonGenerator json, String array) {
		try (JsonParser parser = mapper.createParser(array)) {
			parser.nextToken();
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				json.copyCurrentStructureExact(parser);
			}
		}
	}

	/**
	 * Return a member of an object.
	 * @param object the object as JSON text
	 * @param member the name of the member
	 * @return the JSON text of the member, or {@code null} if there is none
	 */
	public static @Nullable String member(String object, String member) {
		try (JsonParser parser = mapper.createParser(object)) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				if (name.equals(member)) {
					return copy(parser);
				}
				parser.skipChildren();
			}
		}
		return null;
	}

	/**
	 * Read a text that may be absent: blank and {@code null} are the same.
	 * @param parser a parser that points at the value
	 * @return the text, or {@code null} if the value is blank or not a text
	 */
	public static @Nullable String readText(JsonParser parser) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_STRING) {
			String text = parser.getString();
			return text.isBlank() ? null : text;
		}
		if (token.isNumeric()) {
			return parser.getString();
		}
		parser.skipChildren();
		return null;
	}

	/**
	 * Read an index, which some servers send as a text or with a fraction.
	 * @param parser a parser that points at the value
	 * @return the index, or {@code null} if the value is none
	 */
	public static @Nullable Integer readIndex(JsonParser parser) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == NumberType.INT) {
			return parser.getIntValue();
		}
		if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
			parser.skipChildren();
			return null;
		}
		Long index = UsageCounters.toCount(parser.getString());
		return (index != null && index <= Integer.MAX_VALUE) ? Integer.valueOf(index.intValue()) : null;
	}

	/**
	 * Look for another object behind the one that was read. Anything else is ignored.
	 * @param parser a parser that points at the end of the object
	 * @return the position of the next object in the bytes of the parser, or 0
	 */
	public static int nextObject(JsonParser parser) {
		try {
			boolean found = parser.nextToken() == JsonToken.START_OBJECT;
			return found ? (int) parser.currentTokenLocation().getByteOffset() : 0;
		}
		catch (JacksonException ex) {
			return 0;
		}
	}

	/**
	 * Return a JSON text as it can be embedded in a request. Half of a surrogate pair,
	 * which a cut answer can end with, cannot be encoded in UTF-8 unless it is escaped.
	 * @param json the text
	 * @return the text with such halves escaped
	 */
	public static String encodable(String json) {
		StringBuilder escaped = null;
		for (int i = 0; i < json.length(); i++) {
			char character = json.charAt(i);
			boolean pair = Character.isHighSurrogate(character) && i + 1 < json.length()
					&& Character.isLowSurrogate(json.charAt(i + 1));
			if (Character.isSurrogate(character) && !pair && escaped == null) {
				escaped = new StringBuilder(json.length() + 8).append(json, 0, i);
			}
			if (escaped != null) {
				escaped.append((Character.isSurrogate(character) && !pair) ? "\\u" + Integer.toHexString(character)
						: String.valueOf(character));
			}
			if (pair) {
				i++;
				if (escaped != null) {
					escaped.append(json.charAt(i));
				}
			}
		}
		return (escaped != null) ? escaped.toString() : json;
	}

	/**
	 * Write a value.
	 * @param value a map, a list, a text, a number, a boolean or {@code null}
	 * @return the value as JSON text
	 */
	public static String write(@Nullable Object value) {
		return mapper.writeValueAsString(value);
	}

	/**
	 * Return whether a text is a whole JSON object.
	 * @param json the text
	 * @return whether it can be embedded where an object is required
	 */
	public static boolean isObject(String json) {
		try (JsonParser parser = mapper.createParser(json)) {
			return parser.nextToken() == JsonToken.START_OBJECT && isWhole(parser);
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	static boolean isError(byte[] json, int offset, int length) {
		try {
			return length > 0 && ErrorBody.isError(ErrorTree.read(json, offset, length));
		}
		catch (JacksonException | NumberFormatException ex) {
			return false;
		}
	}

	static boolean isWhole(byte[] json, int offset, int length) {
		if (MemberNames.areTooMany(json, offset, length)) {
			return false;
		}
		try (JsonParser parser = parser(json, offset, length)) {
			return parser.nextToken() != null && isWhole(parser);
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private static boolean isWhole(JsonParser parser) {
		parser.skipChildren();
		return parser.nextToken() == null;
	}

	static JsonMapper mapper() {
		return mapper;
	}

}
