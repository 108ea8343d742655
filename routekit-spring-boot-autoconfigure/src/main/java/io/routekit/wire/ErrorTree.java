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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON that may tell of a failure as a tree, of which a bounded number of values is
 * kept: a small text can amount to very many, and an error can quote the whole request.
 * Beyond the bounds it only has to be JSON.
 */
final class ErrorTree {

	/**
	 * Where what tells of a failure can be, of which values are kept whatever else there
	 * is.
	 */
	private static final int OUTER_DEPTH = 3;

	private static final int MAX_VALUES = 2000;

	/**
	 * More than is shown of any text.
	 */
	private static final int MAX_TEXT_LENGTH = 4096;

	private static final JsonNodeFactory json = JsonNodeFactory.instance;

	private final JsonParser parser;

	private int outerLeft = MAX_VALUES;

	private int innerLeft = MAX_VALUES;

	private ErrorTree(JsonParser parser) {
		this.parser = parser;
	}

	/**
	 * Read a JSON text.
	 * @param text the array that holds the text in UTF-8
	 * @param offset the position of the text
	 * @param length the length of the text
	 * @return the root of the tree, which is missing if the text is empty or has too many
	 * names to be read
	 * @throws tools.jackson.core.JacksonException if it is not JSON
	 */
	static JsonNode read(byte[] text, int offset, int length) {
		if (MemberNames.areTooMany(text, offset, length)) {
			return json.missingNode();
		}
		try (JsonParser parser = WireJson.parser(text, offset, length)) {
			return (parser.nextToken() != null) ? read(parser) : json.missingNode();
		}
	}

	/**
	 * Read the value that a parser points at.
	 * @param parser the parser
	 * @return the root of the tree
	 * @throws tools.jackson.core.JacksonException if it is not JSON
	 */
	static JsonNode read(JsonParser parser) {
		return new ErrorTree(parser).value(0);
	}

	private JsonNode value(int depth) {
		return switch (this.parser.currentToken()) {
			case START_OBJECT -> object(depth + 1);
			case START_ARRAY -> array(depth + 1);
			case VALUE_STRING -> json.stringNode(text());
			case VALUE_NUMBER_INT -> integer();
			case VALUE_NUMBER_FLOAT -> json.numberNode(this.parser.getDecimalValue());
			case VALUE_TRUE -> BooleanNode.TRUE;
			case VALUE_FALSE -> BooleanNode.FALSE;
			default -> json.nullNode();
		};
	}

	private JsonNode object(int depth) {
		ObjectNode object = json.objectNode();
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			this.parser.nextToken();
			if (isKept(depth)) {
				object.set(name, value(depth));
			}
			else {
				this.parser.skipChildren();
			}
		}
		return object;
	}

	private JsonNode array(int depth) {
		ArrayNode array = json.arrayNode();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			if (isKept(depth)) {
				array.add(value(depth));
			}
			else {
				this.parser.skipChildren();
			}
		}
		return array;
	}

	private boolean isKept(int depth) {
		return (depth <= OUTER_DEPTH) ? this.outerLeft-- > 0 : this.innerLeft-- > 0;
	}

	private String text() {
		String text = this.parser.getString();
		return (text.length() <= MAX_TEXT_LENGTH) ? text : text.substring(0, MAX_TEXT_LENGTH);
	}

	private JsonNode integer() {
		return switch (this.parser.getNumberType()) {
			case INT -> json.numberNode(this.parser.getIntValue());
			case LONG -> json.numberNode(this.parser.getLongValue());
			default -> json.numberNode(this.parser.getBigIntegerValue());
		};
	}

}
