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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.Reasoning;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads requests of OpenAI's Responses API.
 */
final class ResponsesReader {

	private static final Set<String> KNOWN = Set.of("model", "input", "instructions", "tools", "stream", "store",
			"include", "temperature", "top_p", "max_output_tokens", "tool_choice", "parallel_tool_calls", "text",
			"reasoning", "service_tier", "user");

	private static final String ISSUER = "responses";

	private final JsonNode body;

	private final List<Message> messages = new ArrayList<>();

	private final List<AssistantPart> turn = new ArrayList<>();

	ResponsesReader(JsonNode body) {
		this.body = body;
	}

	ChatRequest read() {
		String instructions = Json.text(this.body, "instructions");
		if (instructions != null) {
			this.messages.add(Message.system(instructions));
		}
		JsonNode input = this.body.path("input");
		if (input.isString()) {
			this.messages.add(Message.user(input.stringValue()));
		}
		input.forEach(this::addItem);
		endTurn();
		List<Tool> tools = new ArrayList<>();
		this.body.path("tools").forEach((tool) -> tools.add(tool(tool)));
		return ChatRequest.builder().messages(this.messages).tools(tools).options(options()).build();
	}

	// A turn of the assistant consists of several items
	private void addItem(JsonNode item) {
		switch (item.path("type").asString("message")) {
			case "message" -> addMessage(item);
			case "function_call" -> this.turn.add(ToolCall.of(item.path("call_id").asString(""),
					item.path("name").asString(""), item.path("arguments").asString("")));
			case "function_call_output" -> {
				endTurn();
				this.messages.add(new ToolMessage(item.path("call_id").asString(""),
						RequestParts.result(item.path("output"), ResponsesReader::part), false));
			}
			case "reasoning" -> this.turn.add(new ReasoningPart(summary(item), state(item)));
			default -> this.turn.add(new OpaquePart(state(item)));
		}
	}

	private void addMessage(JsonNode item) {
		String role = item.path("role").asString("");
		JsonNode content = item.path("content");
		if (role.equals("assistant")) {
			this.turn.add(new TextPart(content.isString() ? content.stringValue() : text(content)));
			return;
		}
		endTurn();
		Message message = switch (role) {
			case "system", "developer" -> Message.system(RequestParts.text(content));
			case "user" -> new UserMessage(RequestParts.read(content, ResponsesReader::part));
			default -> throw RequestParts.invalid("There is no role '%s'".formatted(role));
		};
		this.messages.add(message);
	}

	private void endTurn() {
		if (!this.turn.isEmpty()) {
			this.messages.add(new AssistantMessage(this.turn));
			this.turn.clear();
		}
	}

	private static String text(JsonNode content) {
		StringBuilder text = new StringBuilder();
		content.forEach((part) -> text.append(part.path(part.has("refusal") ? "refusal" : "text").asString("")));
		return text.toString();
	}

	private static String summary(JsonNode item) {
		return RequestParts.text(item.path("summary"));
	}

	private static ProviderState state(JsonNode item) {
		return new ProviderState(ISSUER, item.toString());
	}

	private static ContentPart part(JsonNode part) {
		String type = part.path("type").asString("");
		return switch (type) {
			case "input_text" -> new TextPart(part.path("text").asString(""));
			case "input_image" -> {
				String detail = part.path("detail").asString("auto");
				yield RequestParts.image(part.path("image_url").asString(""), detail.equals("auto") ? null : detail);
			}
			case "input_file" ->
				RequestParts.file(part.path("filename").asString("file"), part.path("file_data").asString(""));
			default -> throw RequestParts.invalid("The model server does not read parts of type '%s'".formatted(type));
		};
	}

	private static Tool tool(JsonNode tool) {
		if (!tool.path("type").asString("").equals("function")) {
			throw RequestParts
				.invalid("The model server has no tool of type '%s'".formatted(tool.path("type").asString("")));
		}
		return new Tool(tool.path("name").asString(""), Json.text(tool, "description"),
				tool.path("parameters").isObject() ? tool.path("parameters").toString() : null,
				Json.flag(tool, "strict"));
	}

	private ChatOptions options() {
		String effort = Json.text(this.body.path("reasoning"), "effort");
		ChatOptions.Builder options = ChatOptions.builder()
			.model(Json.text(this.body, "model"))
			.temperature(Json.number(this.body, "temperature"))
			.topP(Json.number(this.body, "top_p"))
			.maxTokens(Json.integer(this.body, "max_output_tokens"))
			.toolChoice(toolChoice(this.body.path("tool_choice")))
			.parallelToolCalls(Json.flag(this.body, "parallel_tool_calls"))
			.responseFormat(responseFormat(this.body.path("text").path("format")))
			.reasoning((effort != null) ? Reasoning.effort(effort) : null)
			.serviceTier(Json.text(this.body, "service_tier"))
			.user(Json.text(this.body, "user"));
		RequestParts.others(this.body, KNOWN).forEach(options::extra);
		return options.build();
	}

	private static @Nullable ToolChoice toolChoice(JsonNode choice) {
		if (choice.isObject()) {
			return ToolChoice.tool(choice.path("name").asString(""));
		}
		return choice.isString() ? ToolChoice.of(choice.stringValue()) : null;
	}

	private static @Nullable ResponseFormat responseFormat(JsonNode format) {
		return switch (format.path("type").asString("")) {
			case "json_object" -> ResponseFormat.JSON_OBJECT;
			case "json_schema" -> new ResponseFormat(format.path("name").asString("response"),
					format.path("schema").toString(), Json.flag(format, "strict"));
			default -> null;
		};
	}

}
