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

package io.routekit.json;

import io.routekit.StreamEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of streams as JSON.
 */
final class EventJson {

	private EventJson() {
	}

	static ObjectNode write(StreamEvent event) {
		ObjectNode node = JsonNodes.object();
		if (event instanceof StreamEvent.Text text) {
			return node.put("type", "text").put("text", text.text());
		}
		if (event instanceof StreamEvent.Reasoning reasoning) {
			return node.put("type", "reasoning").put("text", reasoning.text());
		}
		if (event instanceof StreamEvent.ToolCallStart start) {
			return node.put("type", "toolCallStart")
				.put("index", start.index())
				.put("id", start.id())
				.put("name", start.name());
		}
		if (event instanceof StreamEvent.ToolCallArguments arguments) {
			return node.put("type", "toolCallArguments")
				.put("index", arguments.index())
				.put("arguments", arguments.arguments());
		}
		if (event instanceof StreamEvent.ToolCallComplete complete) {
			node.put("type", "toolCallComplete").put("index", complete.index());
			node.set("toolCall", MessageJson.write(complete.toolCall()));
			return node;
		}
		node.put("type", "completed").set("response", ResponseJson.write(((StreamEvent.Completed) event).response()));
		return node;
	}

	static StreamEvent read(JsonNode node) {
		String type = JsonNodes.requiredText(node, "type");
		return switch (type) {
			case "text" -> new StreamEvent.Text(JsonNodes.requiredText(node, "text"));
			case "reasoning" -> new StreamEvent.Reasoning(JsonNodes.requiredText(node, "text"));
			case "toolCallStart" -> new StreamEvent.ToolCallStart(index(node), JsonNodes.requiredText(node, "id"),
					JsonNodes.requiredText(node, "name"));
			case "toolCallArguments" ->
				new StreamEvent.ToolCallArguments(index(node), JsonNodes.requiredText(node, "arguments"));
			case "toolCallComplete" ->
				new StreamEvent.ToolCallComplete(index(node), MessageJson.readToolCall(node.required("toolCall")));
			case "completed" -> new StreamEvent.Completed(ResponseJson.read(node.required("response")));
			default -> throw new IllegalArgumentException("The event '%s' is unknown".formatted(type));
		};
	}

	private static int index(JsonNode node) {
		return node.required("index").intValue();
	}

}
