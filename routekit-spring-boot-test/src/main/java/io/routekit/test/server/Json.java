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

package io.routekit.test.server;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as the server reads and writes it.
 */
final class Json {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private Json() {
	}

	static JsonNode read(String json) {
		return mapper.readTree(json);
	}

	static ObjectNode object() {
		return mapper.createObjectNode();
	}

	static JsonNode of(@Nullable Object value) {
		return mapper.valueToTree(value);
	}

	static Object value(JsonNode node) {
		return mapper.convertValue(node, Object.class);
	}

	static @Nullable String text(JsonNode object, String name) {
		JsonNode value = object.path(name);
		return value.isString() ? value.stringValue() : null;
	}

	static @Nullable Boolean flag(JsonNode object, String name) {
		JsonNode value = object.path(name);
		return value.isBoolean() ? value.booleanValue() : null;
	}

	static @Nullable Integer integer(JsonNode object, String name) {
		JsonNode value = object.path(name);
		return value.isInt() ? value.intValue() : null;
	}

	static @Nullable Double number(JsonNode object, String name) {
		JsonNode value = object.path(name);
		return value.isNumber() ? value.doubleValue() : null;
	}

	static void put(ObjectNode object, String name, @Nullable Long value) {
		if (value != null) {
			object.put(name, value);
		}
	}

	static void putUnlessEmpty(ObjectNode object, String name, ObjectNode value) {
		if (!value.isEmpty()) {
			object.set(name, value);
		}
	}

	/**
	 * Return the raw usage if it is of the wire format itself.
	 * @param raw the raw usage
	 * @param name a member that the wire format has
	 * @return the usage, or {@code null}
	 */
	static @Nullable JsonNode rawUsage(Map<String, Object> raw, String name) {
		return raw.containsKey(name) ? of(raw) : null;
	}

}
