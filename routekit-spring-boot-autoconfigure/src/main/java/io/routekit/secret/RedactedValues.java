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

package io.routekit.secret;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes secrets out of JSON and of values that are like it. What holds none is not
 * copied.
 */
final class RedactedValues {

	// As deep as JSON may be
	private static final int MAX_DEPTH = 500;

	private final SecretRedactor secrets;

	RedactedValues(SecretRedactor secrets) {
		this.secrets = secrets;
	}

	JsonNode of(JsonNode json) {
		if (json.isString()) {
			String text = json.stringValue();
			String redacted = this.secrets.redact(text);
			return redacted.equals(text) ? json : StringNode.valueOf(redacted);
		}
		if (json.isArray()) {
			return array(json);
		}
		return json.isObject() ? object(json) : json;
	}

	private JsonNode array(JsonNode array) {
		ArrayNode redacted = JsonNodeFactory.instance.arrayNode(array.size());
		boolean same = true;
		for (JsonNode element : array) {
			JsonNode redactedElement = of(element);
			same = same && redactedElement == element;
			redacted.add(redactedElement);
		}
		return same ? array : redacted;
	}

	private JsonNode object(JsonNode object) {
		ObjectNode redacted = JsonNodeFactory.instance.objectNode();
		boolean same = true;
		for (Map.Entry<String, JsonNode> member : object.properties()) {
			String name = this.secrets.redact(member.getKey());
			JsonNode value = of(member.getValue());
			same = same && name.equals(member.getKey()) && value == member.getValue();
			redacted.set(redacted.has(name) ? name + redacted.size() : name, value);
		}
		return same ? object : redacted;
	}

	Object of(Object value) {
		return of(value, 0);
	}

	Map<String, Object> of(Map<String, Object> values) {
		Map<String, Object> redacted = new LinkedHashMap<>();
		boolean same = true;
		for (Map.Entry<String, Object> entry : values.entrySet()) {
			String name = this.secrets.redact(entry.getKey());
			Object value = of(entry.getValue(), 0);
			same = same && name.equals(entry.getKey()) && value == entry.getValue();
			redacted.put(redacted.containsKey(name) ? name + redacted.size() : name, value);
		}
		return same ? values : redacted;
	}

	private Object of(Object value, int depth) {
		if (value instanceof String text) {
			return this.secrets.redact(text);
		}
		if (value instanceof JsonNode json) {
			return of(json);
		}
		if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
			if (depth == MAX_DEPTH) {
				return SecretRedactor.MASK;
			}
			return (value instanceof Map<?, ?> map) ? map(map, depth + 1) : list((Collection<?>) value, depth + 1);
		}
		return value;
	}

	private Object map(Map<?, ?> map, int depth) {
		Map<Object, Object> redacted = new LinkedHashMap<>();
		boolean same = true;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Object name = of(entry.getKey(), depth);
			Object value = of(entry.getValue(), depth);
			same = same && name == entry.getKey() && value == entry.getValue();
			redacted.put(redacted.containsKey(name) ? name.toString() + redacted.size() : name, value);
		}
		return same ? map : redacted;
	}

	private Object list(Collection<?> collection, int depth) {
		List<Object> redacted = new ArrayList<>(collection.size());
		boolean same = true;
		for (Object element : collection) {
			Object redactedElement = of(element, depth);
			same = same && redactedElement == element;
			redacted.add(redactedElement);
		}
		return same ? collection : redacted;
	}

}
