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
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Messages as JSON. Content that is one text is written as that text, all other as a list
 * of parts.
 */
final class MessageJson {

	private MessageJson() {
	}

	static ObjectNode write(Message message) {
		ObjectNode node = JsonNodes.object();
		if (message instanceof SystemMessage system) {
			return node.put("role", "system").put("content", system.text());
		}
		if (message instanceof UserMessage user) {
			node.put("role", "user").set("content", parts(user.parts(), MessageJson::write));
			return node;
		}
		if (message instanceof AssistantMessage assistant) {
			node.put("role", "assistant").set("content", write(assistant.parts()));
			return node;
		}
		ToolMessage tool = (ToolMessage) message;
		return node.put("role", "tool")
			.put("toolCallId", tool.toolCallId())
			.<ObjectNode>set("content", parts(tool.parts(), MessageJson::write))
			.put("error", tool.error());
	}

	static Message read(JsonNode node) {
		String role = JsonNodes.requiredText(node, "role");
		JsonNode content = node.required("content");
		return switch (role) {
			case "system" -> new SystemMessage(content.stringValue());
			case "user" -> new UserMessage(parts(content, MessageJson::readContent));
			case "assistant" -> new AssistantMessage(readParts(content));
			case "tool" -> new ToolMessage(JsonNodes.requiredText(node, "toolCallId"),
					parts(content, MessageJson::readContent), node.path("error").asBoolean(false));
			default -> throw new IllegalArgumentException("The role '%s' is unknown".formatted(role));
		};
	}

	static JsonNode write(List<AssistantPart> parts) {
		return parts(parts, MessageJson::write);
	}

	static List<AssistantPart> readParts(JsonNode content) {
		return parts(content, MessageJson::readAssistant);
	}

	private static <T> JsonNode parts(List<T> parts, Function<T, ObjectNode> writer) {
		if (parts.size() == 1 && parts.get(0) instanceof TextPart text && text.state() == null) {
			return StringNode.valueOf(text.text());
		}
		ArrayNode array = JsonNodes.array();
		parts.forEach((part) -> array.add(writer.apply(part)));
		return array;
	}

	private static <T> List<T> parts(JsonNode content, Function<JsonNode, T> reader) {
		if (content.isString()) {
			return List.of(reader.apply(typed("text").set("text", content)));
		}
		List<T> parts = new ArrayList<>();
		content.forEach((part) -> parts.add(reader.apply(part)));
		return parts;
	}

	static ObjectNode write(ContentPart part) {
		if (part instanceof TextPart text) {
			return write(text);
		}
		if (part instanceof FilePart file) {
			return typed("file").put("filename", file.filename())
				.put("mediaType", file.mediaType())
				.put("data", base64(file.data()));
		}
		ImagePart image = (ImagePart) part;
		ObjectNode node = typed("image");
		byte[] data = image.data();
		JsonNodes.putIfPresent(node, "url", image.url());
		JsonNodes.putIfPresent(node, "mediaType", image.mediaType());
		JsonNodes.putIfPresent(node, "detail", image.detail());
		JsonNodes.putIfPresent(node, "data", (data != null) ? base64(data) : null);
		return node;
	}

	// A part of a user's message or of an answer
	private static ObjectNode write(TextPart part) {
		return withState(typed("text").put("text", part.text()), part.state());
	}

	private static TextPart readText(JsonNode part) {
		return new TextPart(JsonNodes.requiredText(part, "text"), stateOf(part));
	}

	static ContentPart readContent(JsonNode part) {
		String type = JsonNodes.requiredText(part, "type");
		return switch (type) {
			case "text" -> readText(part);
			case "image" -> readImage(part);
			case "file" -> FilePart.ofBytes(JsonNodes.requiredText(part, "filename"), bytes(part),
					JsonNodes.requiredText(part, "mediaType"));
			default -> throw unknownType(type);
		};
	}

	private static ImagePart readImage(JsonNode part) {
		String url = JsonNodes.text(part.get("url"));
		ImagePart image = (url != null) ? ImagePart.ofUrl(url)
				: ImagePart.ofBytes(bytes(part), JsonNodes.requiredText(part, "mediaType"));
		String detail = JsonNodes.text(part.get("detail"));
		return (detail != null) ? image.withDetail(detail) : image;
	}

	static ObjectNode write(AssistantPart part) {
		if (part instanceof TextPart text) {
			return write(text);
		}
		if (part instanceof ReasoningPart reasoning) {
			return withState(typed("reasoning").put("text", reasoning.text()), reasoning.state());
		}
		if (part instanceof ToolCall call) {
			ObjectNode node = typed("toolCall");
			node.setAll(write(call));
			return node;
		}
		return withState(typed("opaque"), ((OpaquePart) part).state());
	}

	static AssistantPart readAssistant(JsonNode part) {
		String type = JsonNodes.requiredText(part, "type");
		return switch (type) {
			case "text" -> readText(part);
			case "reasoning" -> new ReasoningPart(JsonNodes.requiredText(part, "text"), stateOf(part));
			case "toolCall" -> readToolCall(part);
			case "opaque" -> new OpaquePart(readState(part.required("state")));
			default -> throw unknownType(type);
		};
	}

	static ObjectNode write(ToolCall call) {
		return withState(JsonNodes.object()
			.put("id", call.id())
			.put("name", call.name())
			.put("arguments", call.arguments())
			.put("complete", call.complete()), call.state());
	}

	static ToolCall readToolCall(JsonNode node) {
		return new ToolCall(JsonNodes.requiredText(node, "id"), JsonNodes.requiredText(node, "name"),
				JsonNodes.requiredText(node, "arguments"), node.required("complete").booleanValue(), stateOf(node));
	}

	// The state is kept as text, since a provider may want back the very bytes
	private static ObjectNode withState(ObjectNode node, @Nullable ProviderState state) {
		if (state != null) {
			node.set("state", JsonNodes.object().put("issuer", state.issuer()).put("json", state.json()));
		}
		return node;
	}

	private static @Nullable ProviderState stateOf(JsonNode part) {
		JsonNode state = JsonNodes.present(part.get("state"));
		return (state != null) ? readState(state) : null;
	}

	private static ProviderState readState(JsonNode state) {
		return new ProviderState(JsonNodes.requiredText(state, "issuer"), JsonNodes.requiredText(state, "json"));
	}

	private static ObjectNode typed(String type) {
		return JsonNodes.object().put("type", type);
	}

	private static String base64(byte[] data) {
		return Base64.getEncoder().encodeToString(data);
	}

	private static byte[] bytes(JsonNode part) {
		return Base64.getDecoder().decode(JsonNodes.requiredText(part, "data"));
	}

	private static IllegalArgumentException unknownType(String type) {
		return new IllegalArgumentException("The type '%s' is unknown".formatted(type));
	}

}
