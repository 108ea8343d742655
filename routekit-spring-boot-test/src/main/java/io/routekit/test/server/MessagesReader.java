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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads requests for Anthropic Messages.
 */
final class MessagesReader {

	private static final Set<String> KNOWN = Set.of("model", "max_tokens", "system", "messages", "tools", "stream",
			"temperature", "top_p", "stop_sequences", "tool_choice", "thinking", "output_config", "service_tier",
			"metadata");

	private static final String ISSUER = "anthropic";

	private final JsonNode body;

	MessagesReader(JsonNode body) {
		this.body = body;
	}

	ChatRequest read() {
		List<Message> messages = new ArrayList<>();
		JsonNode system = this.body.path("system");
		if (system.isString()) {
			messages.add(Message.system(system.stringValue()));
		}
		else {
			system.forEach((block) -> messages.add(Message.system(block.path("text").asString(""))));
		}
		this.body.path("messages").forEach((message) -> addMessage(message, messages));
		List<Tool> tools = new ArrayList<>();
		this.body.path("tools").forEach((tool) -> tools.add(tool(tool)));
		return ChatRequest.builder().messages(messages).tools(tools).options(options()).build();
	}

	private static void addMessage(JsonNode message, List<Message> messages) {
		String role = message.path("role").asString("");
		JsonNode content = message.path("content");
		switch (role) {
			case "user" -> addUser(content, messages);
			case "assistant" -> messages.add(assistant(content));
			case "system" -> messages.add(Message.system(RequestParts.text(content)));
			default -> throw RequestParts.invalid("There is no role '%s'".formatted(role));
		}
	}

	// The results of tools stand in the message of the user, at its beginning
	private static void addUser(JsonNode content, List<Message> messages) {
		List<JsonNode> rest = new ArrayList<>();
		if (content.isString()) {
			rest.add(Json.object().put("type", "text").put("text", content.stringValue()));
		}
		content.forEach((block) -> {
			if (block.path("type").asString("").equals("tool_result")) {
				messages.add(new ToolMessage(block.path("tool_use_id").asString(""),
						RequestParts.result(block.path("content"), MessagesReader::part),
						block.path("is_error").asBoolean(false)));
			}
			else {
				rest.add(block);
			}
		});
		if (!rest.isEmpty()) {
			messages.add(Message.user(rest.stream().map(MessagesReader::part).toArray(ContentPart[]::new)));
		}
	}

	private static ContentPart part(JsonNode block) {
		JsonNode source = block.path("source");
		String data = source.path("data").asString("");
		String type = block.path("type").asString("");
		return switch (type) {
			case "text" -> new TextPart(block.path("text").asString(""));
			case "image" -> source.has("url") ? ImagePart.ofUrl(source.path("url").asString(""))
					: ImagePart.ofBytes(RequestParts.bytes(data), source.path("media_type").asString(""));
			case "document" -> FilePart.ofBytes(
					block.path("title").asString("document"), source.path("type").asString("").equals("text")
							? data.getBytes(StandardCharsets.UTF_8) : RequestParts.bytes(data),
					source.path("media_type").asString(""));
			default -> throw RequestParts.invalid("The model server does not read blocks of type '%s'".formatted(type));
		};
	}

	private static Message assistant(JsonNode content) {
		if (content.isString()) {
			return Message.assistant(content.stringValue());
		}
		return Message.assistant(content.valueStream().map(MessagesReader::block).toArray(AssistantPart[]::new));
	}

	private static AssistantPart block(JsonNode block) {
		return switch (block.path("type").asString("")) {
			case "text" -> new TextPart(block.path("text").asString(""));
			case "thinking" -> new ReasoningPart(block.path("thinking").asString(""), state(block));
			case "tool_use" -> ToolCall.of(block.path("id").asString(""), block.path("name").asString(""),
					block.path("input").toString());
			default -> new OpaquePart(state(block));
		};
	}

	private static ProviderState state(JsonNode block) {
		return new ProviderState(ISSUER, block.toString());
	}

	private static Tool tool(JsonNode tool) {
		return new Tool(tool.path("name").asString(""), Json.text(tool, "description"),
				tool.path("input_schema").isObject() ? tool.path("input_schema").toString() : null,
				Json.flag(tool, "strict"));
	}

	private ChatOptions options() {
		JsonNode choice = this.body.path("tool_choice");
		JsonNode format = this.body.path("output_config").path("format");
		ChatOptions.Builder options = ChatOptions.builder()
			.model(Json.text(this.body, "model"))
			.temperature(Json.number(this.body, "temperature"))
			.topP(Json.number(this.body, "top_p"))
			.maxTokens(Json.integer(this.body, "max_tokens"))
			.stop(RequestParts.texts(this.body.path("stop_sequences")))
			.toolChoice(toolChoice(choice))
			.parallelToolCalls(choice.path("disable_parallel_tool_use").asBoolean(false) ? Boolean.FALSE : null)
			.responseFormat(format.has("schema")
					? ResponseFormat.jsonSchema("response", format.path("schema").toString()) : null)
			.reasoning(reasoning())
			.serviceTier(Json.text(this.body, "service_tier"))
			.user(Json.text(this.body.path("metadata"), "user_id"));
		RequestParts.others(this.body, KNOWN).forEach(options::extra);
		return options.build();
	}

	private static @Nullable ToolChoice toolChoice(JsonNode choice) {
		return switch (choice.path("type").asString("")) {
			case "auto" -> ToolChoice.AUTO;
			case "none" -> ToolChoice.NONE;
			case "any" -> ToolChoice.REQUIRED;
			case "tool" -> ToolChoice.tool(choice.path("name").asString(""));
			default -> null;
		};
	}

	private @Nullable Reasoning reasoning() {
		JsonNode thinking = this.body.path("thinking");
		Integer budget = Json.integer(thinking, "budget_tokens");
		if (budget != null) {
			return Reasoning.budget(budget);
		}
		String effort = thinking.path("type").asString("").equals("disabled") ? "none"
				: Json.text(this.body.path("output_config"), "effort");
		return (effort != null) ? Reasoning.effort(effort) : null;
	}

}
