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

import java.time.Duration;
import java.util.Objects;

import io.routekit.StreamEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of streams as JSON.
 */
final class EventJson {

	private EventJson() {
	}

	static ObjectNode write(TimedEvent timed) {
		ObjectNode node = TraceJson.object();
		TraceJson.putIfPresent(node, "at", TraceJson.seconds(timed.at()));
		StreamEvent event = timed.event();
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
		throw new IllegalArgumentException("The response is not among the events");
	}

	static TimedEvent read(JsonNode node) {
		Duration at = Objects.requireNonNullElse(TraceJson.duration(node.get("at")), Duration.ZERO);
		return new TimedEvent(at, readEvent(node));
	}

	private static StreamEvent readEvent(JsonNode node) {
		String type = TraceJson.requiredText(node, "type");
		return switch (type) {
			case "text" -> new StreamEvent.Text(TraceJson.requiredText(node, "text"));
			case "reasoning" -> new StreamEvent.Reasoning(TraceJson.requiredText(node, "text"));
			case "toolCallStart" -> new StreamEvent.ToolCallStart(index(node), TraceJson.requiredText(node, "id"),
					TraceJson.requiredText(node, "name"));
			case "toolCallArguments" ->
				new StreamEvent.ToolCallArguments(index(node), TraceJson.requiredText(node, "arguments"));
			case "toolCallComplete" ->
				new StreamEvent.ToolCallComplete(index(node), MessageJson.readToolCall(node.required("toolCall")));
			default -> throw new IllegalArgumentException("The event '%s' is unknown".formatted(type));
		};
	}

	private static int index(JsonNode node) {
		return node.required("index").intValue();
	}

}
