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

import java.util.ArrayList;
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
		ObjectNode node = TraceJson.object();
		ArrayNode messages = TraceJson.array();
		request.messages().forEach((message) -> messages.add(MessageJson.write(message)));
		ArrayNode tools = TraceJson.array();
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

	private static ObjectNode write(Tool tool) {
		ObjectNode node = TraceJson.object().put("name", tool.name());
		TraceJson.putIfPresent(node, "description", tool.description());
		TraceJson.putIfPresent(node, "parameters", tool.parameters());
		TraceJson.putIfPresent(node, "strict", tool.strict());
		return node;
	}

	private static Tool readTool(JsonNode node) {
		return new Tool(TraceJson.requiredText(node, "name"), TraceJson.text(node.get("description")),
				TraceJson.text(node.get("parameters")), TraceJson.bool(node.get("strict")));
	}

	private static ObjectNode write(ChatOptions options) {
		ObjectNode node = TraceJson.object();
		TraceJson.putIfPresent(node, "model", options.model());
		TraceJson.putIfPresent(node, "temperature", options.temperature());
		TraceJson.putIfPresent(node, "topP", options.topP());
		TraceJson.putIfPresent(node, "maxTokens", options.maxTokens());
		TraceJson.putIfPresent(node, "stop", options.stop());
		TraceJson.putIfPresent(node, "seed", options.seed());
		TraceJson.putIfPresent(node, "toolChoice", write(options.toolChoice()));
		TraceJson.putIfPresent(node, "parallelToolCalls", options.parallelToolCalls());
		TraceJson.putIfPresent(node, "responseFormat", write(options.responseFormat()));
		TraceJson.putIfPresent(node, "reasoning", write(options.reasoning()));
		TraceJson.putIfPresent(node, "serviceTier", options.serviceTier());
		TraceJson.putIfPresent(node, "user", options.user());
		TraceJson.putIfPresent(node, "extra", options.extra().isEmpty() ? null : options.extra());
		TraceJson.putIfPresent(node, "timeouts", write(options.timeouts()));
		TraceJson.putIfPresent(node, "maxRetries", options.maxRetries());
		return node;
	}

	private static ChatOptions readOptions(JsonNode node) {
		return ChatOptions.builder()
			.model(TraceJson.text(node.get("model")))
			.temperature(TraceJson.number(node.get("temperature")))
			.topP(TraceJson.number(node.get("topP")))
			.maxTokens(TraceJson.integer(node.get("maxTokens")))
			.stop(readStop(node.get("stop")))
			.seed(TraceJson.longInteger(node.get("seed")))
			.toolChoice(readToolChoice(node.get("toolChoice")))
			.parallelToolCalls(TraceJson.bool(node.get("parallelToolCalls")))
			.responseFormat(readResponseFormat(node.get("responseFormat")))
			.reasoning(readReasoning(node.get("reasoning")))
			.serviceTier(TraceJson.text(node.get("serviceTier")))
			.user(TraceJson.text(node.get("user")))
			.extra(TraceJson.map(node.get("extra")))
			.timeouts(readTimeouts(node.get("timeouts")))
			.maxRetries(TraceJson.integer(node.get("maxRetries")))
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
		ObjectNode node = TraceJson.object().put("mode", choice.mode().name());
		TraceJson.putIfPresent(node, "tool", choice.tool());
		return node;
	}

	private static @Nullable ToolChoice readToolChoice(@Nullable JsonNode node) {
		return (node != null) ? new ToolChoice(ToolChoice.Mode.valueOf(TraceJson.requiredText(node, "mode")),
				TraceJson.text(node.get("tool"))) : null;
	}

	private static @Nullable ObjectNode write(@Nullable ResponseFormat format) {
		if (format == null) {
			return null;
		}
		ObjectNode node = TraceJson.object();
		TraceJson.putIfPresent(node, "name", format.name());
		TraceJson.putIfPresent(node, "schema", format.schema());
		TraceJson.putIfPresent(node, "strict", format.strict());
		return node;
	}

	private static @Nullable ResponseFormat readResponseFormat(@Nullable JsonNode node) {
		return (node != null) ? new ResponseFormat(TraceJson.text(node.get("name")), TraceJson.text(node.get("schema")),
				TraceJson.bool(node.get("strict"))) : null;
	}

	private static @Nullable ObjectNode write(@Nullable Timeouts timeouts) {
		if (timeouts == null) {
			return null;
		}
		ObjectNode node = TraceJson.object();
		timeouts.asMap().forEach((name, timeout) -> node.put(name, TraceJson.seconds(timeout)));
		return node;
	}

	private static @Nullable Timeouts readTimeouts(@Nullable JsonNode node) {
		return (node != null) ? Timeouts.builder()
			.connect(TraceJson.duration(node.get("connect")))
			.firstEvent(TraceJson.duration(node.get("firstEvent")))
			.idle(TraceJson.duration(node.get("idle")))
			.total(TraceJson.duration(node.get("total")))
			.subscriber(TraceJson.duration(node.get("subscriber")))
			.build() : null;
	}

	private static @Nullable ObjectNode write(@Nullable Reasoning reasoning) {
		if (reasoning == null) {
			return null;
		}
		ObjectNode node = TraceJson.object();
		TraceJson.putIfPresent(node, "effort", reasoning.effort());
		TraceJson.putIfPresent(node, "budgetTokens", reasoning.budgetTokens());
		return node;
	}

	private static @Nullable Reasoning readReasoning(@Nullable JsonNode node) {
		return (node != null)
				? new Reasoning(TraceJson.text(node.get("effort")), TraceJson.integer(node.get("budgetTokens"))) : null;
	}

}
