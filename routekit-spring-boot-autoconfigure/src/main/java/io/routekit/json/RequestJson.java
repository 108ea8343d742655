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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.Timeouts;
import io.routekit.Tool;
import io.routekit.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests as JSON: messages, tools and those options that are set. Tags are not part of
 * what a model gets.
 */
final class RequestJson {

	private RequestJson() {
	}

	static ObjectNode write(ChatRequest request) {
		ObjectNode node = JsonNodes.object();
		ArrayNode messages = JsonNodes.array();
		request.messages().forEach((message) -> messages.add(MessageJson.write(message)));
		ArrayNode tools = JsonNodes.array();
		request.tools().forEach((tool) -> tools.add(write(tool)));
		node.set("messages", messages);
		node.set("tools", tools);
		node.set("options", write(request.options()));
		return node;
	}

	static ChatRequest read(JsonNode node, Map<String, String> tags) {
		List<Message> messages = new ArrayList<>();
		node.required("messages").forEach((message) -> messages.add(MessageJson.read(message)));
		List<Tool> tools = new ArrayList<>();
		node.path("tools").forEach((tool) -> tools.add(readTool(tool)));
		// The options come last, since a filter may have set what no builder accepts
		return ChatRequest.builder()
			.messages(messages)
			.tools(tools)
			.tags(tags)
			.build()
			.withOptions(readOptions(node.path("options")));
	}

	static ObjectNode writeWithTags(ChatRequest request) {
		ObjectNode node = write(request);
		JsonNodes.putIfPresent(node, "tags", request.tags().isEmpty() ? null : request.tags());
		return node;
	}

	static ChatRequest readWithTags(JsonNode node) {
		Map<String, String> tags = new LinkedHashMap<>();
		node.path("tags").properties().forEach((tag) -> tags.put(tag.getKey(), tag.getValue().stringValue()));
		return read(node, tags);
	}

	static ObjectNode write(Tool tool) {
		ObjectNode node = JsonNodes.object().put("name", tool.name());
		JsonNodes.putIfPresent(node, "description", tool.description());
		JsonNodes.putIfPresent(node, "parameters", tool.parameters());
		JsonNodes.putIfPresent(node, "strict", tool.strict());
		return node;
	}

	static Tool readTool(JsonNode node) {
		return new Tool(JsonNodes.requiredText(node, "name"), JsonNodes.text(node.get("description")),
				JsonNodes.text(node.get("parameters")), JsonNodes.bool(node.get("strict")));
	}

	static ObjectNode write(ChatOptions options) {
		ObjectNode node = JsonNodes.object();
		JsonNodes.putIfPresent(node, "model", options.model());
		JsonNodes.putIfPresent(node, "temperature", options.temperature());
		JsonNodes.putIfPresent(node, "topP", options.topP());
		JsonNodes.putIfPresent(node, "maxTokens", options.maxTokens());
		JsonNodes.putIfPresent(node, "stop", options.stop());
		JsonNodes.putIfPresent(node, "seed", options.seed());
		JsonNodes.putIfPresent(node, "toolChoice", write(options.toolChoice()));
		JsonNodes.putIfPresent(node, "parallelToolCalls", options.parallelToolCalls());
		JsonNodes.putIfPresent(node, "responseFormat", write(options.responseFormat()));
		JsonNodes.putIfPresent(node, "reasoning", write(options.reasoning()));
		JsonNodes.putIfPresent(node, "serviceTier", options.serviceTier());
		JsonNodes.putIfPresent(node, "user", options.user());
		JsonNodes.putIfPresent(node, "extra", options.extra().isEmpty() ? null : options.extra());
		JsonNodes.putIfPresent(node, "timeouts", write(options.timeouts()));
		JsonNodes.putIfPresent(node, "maxRetries", options.maxRetries());
		return node;
	}

	static ChatOptions readOptions(JsonNode node) {
		return ChatOptions.builder()
			.model(JsonNodes.text(node.get("model")))
			.temperature(JsonNodes.number(node.get("temperature")))
			.topP(JsonNodes.number(node.get("topP")))
			.maxTokens(JsonNodes.integer(node.get("maxTokens")))
			.stop(readStop(JsonNodes.present(node.get("stop"))))
			.seed(JsonNodes.longInteger(node.get("seed")))
			.toolChoice(readToolChoice(JsonNodes.present(node.get("toolChoice"))))
			.parallelToolCalls(JsonNodes.bool(node.get("parallelToolCalls")))
			.responseFormat(readResponseFormat(JsonNodes.present(node.get("responseFormat"))))
			.reasoning(readReasoning(JsonNodes.present(node.get("reasoning"))))
			.serviceTier(JsonNodes.text(node.get("serviceTier")))
			.user(JsonNodes.text(node.get("user")))
			.extra(JsonNodes.map(node.get("extra")))
			.timeouts(readTimeouts(JsonNodes.present(node.get("timeouts"))))
			.maxRetries(JsonNodes.integer(node.get("maxRetries")))
			.build();
	}

	private static @Nullable List<String> readStop(@Nullable JsonNode node) {
		if (node == null) {
			return null;
		}
		List<String> stop = new ArrayList<>();
		node.forEach((text) -> stop.add(text.stringValue()));
		return stop;
	}

	private static @Nullable ObjectNode write(@Nullable ToolChoice choice) {
		if (choice == null) {
			return null;
		}
		ObjectNode node = JsonNodes.object().put("mode", choice.mode().name());
		JsonNodes.putIfPresent(node, "tool", choice.tool());
		return node;
	}

	private static @Nullable ToolChoice readToolChoice(@Nullable JsonNode node) {
		return (node != null) ? new ToolChoice(ToolChoice.Mode.valueOf(JsonNodes.requiredText(node, "mode")),
				JsonNodes.text(node.get("tool"))) : null;
	}

	private static @Nullable ObjectNode write(@Nullable ResponseFormat format) {
		if (format == null) {
			return null;
		}
		ObjectNode node = JsonNodes.object();
		JsonNodes.putIfPresent(node, "name", format.name());
		JsonNodes.putIfPresent(node, "schema", format.schema());
		JsonNodes.putIfPresent(node, "strict", format.strict());
		return node;
	}

	private static @Nullable ResponseFormat readResponseFormat(@Nullable JsonNode node) {
		return (node != null) ? new ResponseFormat(JsonNodes.text(node.get("name")), JsonNodes.text(node.get("schema")),
				JsonNodes.bool(node.get("strict"))) : null;
	}

	private static @Nullable ObjectNode write(@Nullable Timeouts timeouts) {
		if (timeouts == null) {
			return null;
		}
		ObjectNode node = JsonNodes.object();
		timeouts.asMap().forEach((name, timeout) -> node.put(name, JsonNodes.seconds(timeout)));
		return node;
	}

	private static @Nullable Timeouts readTimeouts(@Nullable JsonNode node) {
		return (node != null) ? Timeouts.builder()
			.connect(JsonNodes.duration(node.get("connect")))
			.firstEvent(JsonNodes.duration(node.get("firstEvent")))
			.idle(JsonNodes.duration(node.get("idle")))
			.total(JsonNodes.duration(node.get("total")))
			.subscriber(JsonNodes.duration(node.get("subscriber")))
			.build() : null;
	}

	private static @Nullable ObjectNode write(@Nullable Reasoning reasoning) {
		if (reasoning == null) {
			return null;
		}
		ObjectNode node = JsonNodes.object();
		JsonNodes.putIfPresent(node, "effort", reasoning.effort());
		JsonNodes.putIfPresent(node, "budgetTokens", reasoning.budgetTokens());
		return node;
	}

	private static @Nullable Reasoning readReasoning(@Nullable JsonNode node) {
		return (node != null)
				? new Reasoning(JsonNodes.text(node.get("effort")), JsonNodes.integer(node.get("budgetTokens"))) : null;
	}

}
