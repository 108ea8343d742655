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

import java.util.Set;

import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Part of a tool call in one payload. Blank is the same as absent.
 *
 * @param index the index of the call
 * @param id the id of the call
 * @param name the name of the tool
 * @param arguments a piece of the arguments
 * @param state the members that the server wants back, as a JSON object
 */
record ToolCallDelta(@Nullable Integer index, @Nullable String id, @Nullable String name, @Nullable String arguments,
		@Nullable String state) {

	private static final Set<String> EMPTY = Set.of("{}", "[]", "\"\"");

	@Override
	public String toString() {
		return "ToolCallDelta[index=%s, id=%s, name=%s]".formatted(this.index, this.id, this.name);
	}

	static ToolCallDelta read(JsonParser parser) {
		Integer index = null;
		String id = null;
		ToolCallDelta function = null;
		StringBuilder state = new StringBuilder(0);
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "index" -> index = WireJson.readIndex(parser);
				case "id" -> id = WireJson.readText(parser);
				case "function" -> function = readFunction(parser);
				case "type" -> parser.skipChildren();
				default -> readState(name, parser, state);
			}
		}
		if (function != null && function.state() != null) {
			append("function", function.state(), state);
		}
		return new ToolCallDelta(index, id, (function != null) ? function.name() : null,
				(function != null) ? function.arguments() : null, toState(state));
	}

	/**
	 * Read the deprecated form of a call.
	 * @param parser a parser that points at the value
	 * @return the call, without an id
	 */
	static ToolCallDelta readFunctionCall(JsonParser parser) {
		ToolCallDelta function = readFunction(parser);
		return new ToolCallDelta(0, null, function.name(), function.arguments(), null);
	}

	private static ToolCallDelta readFunction(JsonParser parser) {
		String toolName = null;
		String arguments = null;
		StringBuilder state = new StringBuilder(0);
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return new ToolCallDelta(0, null, null, null, null);
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			if ("name".equals(name)) {
				toolName = WireJson.readText(parser);
			}
			else if ("arguments".equals(name) && token == JsonToken.VALUE_STRING) {
				arguments = parser.getString();
			}
			else if ("arguments".equals(name) && token != JsonToken.VALUE_NULL) {
				arguments = WireJson.copy(parser);
			}
			else if (!"arguments".equals(name)) {
				readState(name, parser, state);
			}
		}
		return new ToolCallDelta(0, null, toolName, arguments, toState(state));
	}

	private static void readState(String name, JsonParser parser, StringBuilder state) {
		if (parser.currentToken() != JsonToken.VALUE_NULL) {
			String value = WireJson.copy(parser);
			if (!EMPTY.contains(value)) {
				append(name, value, state);
			}
		}
	}

	private static void append(String name, String value, StringBuilder state) {
		state.append(state.isEmpty() ? "" : ",").append(WireJson.write(name)).append(':').append(value);
	}

	private static @Nullable String toState(StringBuilder members) {
		return members.isEmpty() ? null : "{" + members + "}";
	}

	/**
	 * Return whether it says nothing about what to call.
	 * @return whether there is at most state
	 */
	boolean isEmpty() {
		return this.id == null && this.name == null && (this.arguments == null || this.arguments.isEmpty());
	}

}
