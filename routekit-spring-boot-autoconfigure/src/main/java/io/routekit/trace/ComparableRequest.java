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

package io.routekit.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.routekit.ChatRequest;
import io.routekit.json.JsonNodes;
import io.routekit.json.ModelJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request without what differs between two runs that are the same.
 */
final class ComparableRequest {

	private final ObjectNode request;

	private final Map<String, String> toolCallIds = new HashMap<>();

	ComparableRequest(ChatRequest request) {
		this.request = ModelJson.write(request);
	}

	JsonNode json() {
		this.request.get("messages").forEach((message) -> message((ObjectNode) message));
		this.request.get("tools").forEach((tool) -> parse((ObjectNode) tool, "parameters"));
		// How a call is made is no part of what it asks for
		((ObjectNode) this.request.get("options")).remove(List.of("timeouts", "maxRetries"));
		if (this.request.path("options").get("responseFormat") instanceof ObjectNode format) {
			parse(format, "schema");
		}
		return this.request;
	}

	/**
	 * Return the request as text, which is the same for requests that do not differ.
	 * @return the text
	 */
	String text() {
		StringBuilder text = new StringBuilder();
		write(json(), text);
		return text.toString();
	}

	// As JSON, with the members of objects by their names and one way to write a number
	private static void write(JsonNode node, StringBuilder text) {
		if (node.isObject()) {
			Map<String, JsonNode> members = new TreeMap<>();
			node.forEachEntry(members::put);
			text.append('{');
			members.forEach((name, member) -> {
				text.append(JsonNodes.write(JsonNodes.valueOf(name))).append(':');
				write(member, text);
				text.append(',');
			});
			text.append('}');
		}
		else if (node.isArray()) {
			text.append('[');
			node.forEach((element) -> {
				write(element, text);
				text.append(',');
			});
			text.append(']');
		}
		else {
			text.append(node.isNumber() ? node.decimalValue().stripTrailingZeros().toString() : JsonNodes.write(node));
		}
	}

	private void message(ObjectNode message) {
		if (message.has("toolCallId")) {
			renameId(message, "toolCallId");
			parse(message, "content");
		}
		else if (message.get("content") instanceof ArrayNode parts
				&& message.path("role").asString().equals("assistant")) {
			message.set("content", assistantParts(parts));
		}
	}

	private JsonNode assistantParts(ArrayNode parts) {
		ArrayNode comparable = JsonNodes.array();
		for (JsonNode part : parts) {
			ObjectNode object = (ObjectNode) part;
			object.remove("state");
			String type = object.path("type").asString();
			if (type.equals("toolCall")) {
				renameId(object, "id");
				parse(object, "arguments");
			}
			if (!type.equals("opaque")) {
				comparable.add(object);
			}
		}
		return (comparable.size() == 1 && comparable.get(0).path("type").asString().equals("text"))
				? comparable.get(0).get("text") : comparable;
	}

	private void renameId(ObjectNode object, String name) {
		String id = this.toolCallIds.computeIfAbsent(object.path(name).asString(),
				(key) -> "call " + (this.toolCallIds.size() + 1));
		object.put(name, id);
	}

	private static void parse(ObjectNode object, String name) {
		JsonNode text = object.get(name);
		if (text == null || !text.isString()) {
			return;
		}
		try {
			JsonNode value = JsonNodes.read(text.stringValue());
			if (value.isContainer()) {
				object.set(name, value);
			}
		}
		catch (JacksonException ex) {
			// It is compared as text
		}
	}

}
