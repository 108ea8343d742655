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

import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.Reasoning;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads requests for Chat Completions.
 */
final class CompletionsReader {

	private static final Set<String> KNOWN = Set.of("model", "messages", "tools", "stream", "stream_options",
			"temperature", "top_p", "max_tokens", "max_completion_tokens", "stop", "seed", "tool_choice",
			"parallel_tool_calls", "response_format", "reasoning_effort", "service_tier", "user");

	private final JsonNode body;

	private final @Nullable String deployment;

	/**
	 * Create a new {@link CompletionsReader} instance.
	 * @param body the body of the request
	 * @param deployment the deployment that the path names, or {@code null}
	 */
	CompletionsReader(JsonNode body, @Nullable String deployment) {
		this.body = body;
		this.deployment = deployment;
	}

	ChatRequest read() {
		List<Message> messages = new ArrayList<>();
		this.body.path("messages").forEach((message) -> messages.add(message(message)));
		List<Tool> tools = new ArrayList<>();
		this.body.path("tools").forEach((tool) -> tools.add(tool(tool.path("function"))));
		return ChatRequest.builder().messages(messages).tools(tools).options(options()).build();
	}

	private static Message message(JsonNode message) {
		String role = message.path("role").asString("");
		JsonNode content = message.path("content");
		return switch (role) {
			case "system", "developer" -> Message.system(RequestParts.text(content));
			case "user" ->
				Message.user(RequestParts.read(content, CompletionsReader::part).toArray(ContentPart[]::new));
			case "assistant" -> assistant(message);
			case "tool" -> Message.tool(message.path("tool_call_id").asString(""), RequestParts.text(content));
			default -> throw RequestParts.invalid("There is no role '%s'".formatted(role));
		};
	}

	private static ContentPart part(JsonNode part) {
		String type = part.path("type").asString("");
		return switch (type) {
			case "text" -> new TextPart(part.path("text").asString(""));
			case "image_url" -> RequestParts.image(part.path("image_url").path("url").asString(""),
					Json.text(part.path("image_url"), "detail"));
			case "file" -> RequestParts.file(part.path("file").path("filename").asString("file"),
					part.path("file").path("file_data").asString(""));
			default -> throw RequestParts.invalid("The model server does not read parts of type '%s'".formatted(type));
		};
	}

	private static Message assistant(JsonNode message) {
		List<AssistantPart> parts = new ArrayList<>();
		String reasoning = Json.text(message, "reasoning_content");
		if (reasoning != null) {
			parts.add(new ReasoningPart(reasoning, null));
		}
		String text = RequestParts.text(message.path("content"));
		if (!text.isEmpty()) {
			parts.add(new TextPart(text));
		}
		message.path("tool_calls").forEach((call) -> {
			JsonNode function = call.path("function");
			parts.add(ToolCall.of(call.path("id").asString(""), function.path("name").asString(""),
					function.path("arguments").asString("")));
		});
		return Message.assistant(parts.toArray(AssistantPart[]::new));
	}

	private static Tool tool(JsonNode function) {
		return new Tool(function.path("name").asString(""), Json.text(function, "description"),
				function.path("parameters").isObject() ? function.path("parameters").toString() : null,
				Json.flag(function, "strict"));
	}

	private ChatOptions options() {
		String model = Json.text(this.body, "model");
		String effort = Json.text(this.body, "reasoning_effort");
		Integer maxTokens = Json.integer(this.body, "max_completion_tokens");
		JsonNode seed = this.body.path("seed");
		ChatOptions.Builder options = ChatOptions.builder()
			.model((model != null) ? model : this.deployment)
			.temperature(Json.number(this.body, "temperature"))
			.topP(Json.number(this.body, "top_p"))
			.maxTokens((maxTokens != null) ? maxTokens : Json.integer(this.body, "max_tokens"))
			.stop(RequestParts.texts(this.body.path("stop")))
			.seed(seed.isIntegralNumber() ? seed.longValue() : null)
			.toolChoice(toolChoice(this.body.path("tool_choice")))
			.parallelToolCalls(Json.flag(this.body, "parallel_tool_calls"))
			.responseFormat(responseFormat(this.body.path("response_format")))
			.reasoning((effort != null) ? Reasoning.effort(effort) : null)
			.serviceTier(Json.text(this.body, "service_tier"))
			.user(Json.text(this.body, "user"));
		RequestParts.others(this.body, KNOWN).forEach(options::extra);
		return options.build();
	}

	private static @Nullable ToolChoice toolChoice(JsonNode choice) {
		if (choice.isObject()) {
			return ToolChoice.tool(choice.path("function").path("name").asString(""));
		}
		return choice.isString() ? ToolChoice.of(choice.stringValue()) : null;
	}

	private static @Nullable ResponseFormat responseFormat(JsonNode format) {
		JsonNode schema = format.path("json_schema");
		return switch (format.path("type").asString("")) {
			case "json_object" -> ResponseFormat.JSON_OBJECT;
			case "json_schema" -> new ResponseFormat(schema.path("name").asString("response"),
					schema.path("schema").toString(), Json.flag(schema, "strict"));
			default -> null;
		};
	}

}
