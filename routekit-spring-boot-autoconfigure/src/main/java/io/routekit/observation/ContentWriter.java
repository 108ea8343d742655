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

package io.routekit.observation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.routekit.AssistantMessage;
import io.routekit.FilePart;
import io.routekit.FinishReason;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.ReasoningPart;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one attribute of a span with content, in the JSON of the OpenTelemetry semantic
 * conventions v1.41.1. Bytes of images and files, and what only the provider understands,
 * are left out. Of what is too long together, the end is kept.
 */
final class ContentWriter {

	static final int MAX_LENGTH = 65536;

	// For the brackets and the finish reason
	private static final int RESERVE = 64;

	private static final JsonNodeFactory json = JsonNodeFactory.instance;

	private final RecordedText texts;

	private int left = MAX_LENGTH - RESERVE;

	private boolean full;

	ContentWriter(RecordedText texts) {
		this.texts = texts;
	}

	String instructions(List<SystemMessage> messages) {
		return newest(messages, (message) -> content("text", message.text())).toString();
	}

	String tools(List<Tool> tools) {
		return newest(tools, this::tool).toString();
	}

	private ObjectNode tool(Tool tool) {
		ObjectNode node = json.objectNode().put("type", "function").put("name", tool.name());
		if (tool.description() != null) {
			node.set("description", this.texts.of(tool.description()));
		}
		if (tool.parameters() != null) {
			node.set("parameters", this.texts.ofJson(tool.parameters()));
		}
		return node;
	}

	/**
	 * Write the messages without those of the system.
	 * @param messages all messages
	 * @return the JSON
	 */
	String input(List<Message> messages) {
		Deque<ObjectNode> newest = new ArrayDeque<>();
		for (int i = messages.size() - 1; i >= 0 && !this.full; i--) {
			if (messages.get(i) instanceof SystemMessage) {
				continue;
			}
			ObjectNode message = message(messages.get(i));
			if (!this.full || !message.get("parts").isEmpty()) {
				newest.addFirst(message);
			}
		}
		return json.arrayNode().addAll(newest).toString();
	}

	String output(ModelResponse response) {
		AssistantMessage message = response.toMessage();
		List<Object> parts = new ArrayList<>(message.parts());
		String refusal = response.refusal();
		// Without another part, the message has the refusal as its text
		if (refusal != null && !message.text().equals(refusal)) {
			parts.add(new Refusal(refusal));
		}
		ObjectNode node = message("assistant", parts).put("finish_reason", finishReason(response.finishReason()));
		return json.arrayNode().add(node).toString();
	}

	private static String finishReason(FinishReason reason) {
		return switch (reason) {
			case TOOL_CALLS -> "tool_call";
			case CONTENT_FILTERED -> "content_filter";
			default -> reason.name().toLowerCase(Locale.ROOT);
		};
	}

	private ObjectNode message(Message message) {
		if (message instanceof UserMessage user) {
			return message("user", user.parts());
		}
		if (message instanceof AssistantMessage assistant) {
			return message("assistant", assistant.parts());
		}
		ToolMessage result = (ToolMessage) message;
		List<Object> parts = new ArrayList<>(List.of(result));
		result.parts().stream().filter((part) -> !(part instanceof TextPart)).forEach(parts::add);
		return message("tool", parts);
	}

	private ObjectNode message(String role, List<?> parts) {
		ObjectNode node = json.objectNode().put("role", role);
		ArrayNode array = node.putArray("parts");
		if (take(node)) {
			newest(parts, this::part, array);
		}
		return node;
	}

	private @Nullable ObjectNode part(Object part) {
		if (part instanceof TextPart text) {
			return content("text", text.text());
		}
		if (part instanceof ReasoningPart reasoning) {
			return reasoning.text().isEmpty() ? null : content("reasoning", reasoning.text());
		}
		if (part instanceof Refusal refusal) {
			return content("refusal", refusal.text());
		}
		if (part instanceof ToolCall call) {
			ObjectNode node = json.objectNode().put("type", "tool_call").put("id", call.id()).put("name", call.name());
			node.set("arguments", this.texts.ofJson(call.arguments()));
			return node;
		}
		if (part instanceof ToolMessage result) {
			ObjectNode node = json.objectNode().put("type", "tool_call_response").put("id", result.toolCallId());
			node.set("response", this.texts.of(result.text()));
			return node;
		}
		if (part instanceof ImagePart image) {
			return image(image);
		}
		return (part instanceof FilePart file) ? blob("document", file.mediaType()) : null;
	}

	private ObjectNode content(String type, String content) {
		ObjectNode node = json.objectNode().put("type", type);
		node.set("content", this.texts.of(content));
		return node;
	}

	private ObjectNode image(ImagePart image) {
		String url = image.url();
		if (url == null || url.startsWith("data:")) {
			return blob("image", image.mediaType());
		}
		ObjectNode node = json.objectNode().put("type", "uri").put("modality", "image");
		node.set("uri", this.texts.of(url));
		return node;
	}

	private ObjectNode blob(String modality, @Nullable String mediaType) {
		ObjectNode node = json.objectNode().put("type", "blob").put("modality", modality);
		if (mediaType != null) {
			node.put("mime_type", mediaType);
		}
		return node.put("content", "");
	}

	private <T> ArrayNode newest(List<T> items, Function<? super T, @Nullable ObjectNode> writer) {
		return newest(items, writer, json.arrayNode());
	}

	private <T> ArrayNode newest(List<T> items, Function<? super T, @Nullable ObjectNode> writer, ArrayNode array) {
		Deque<ObjectNode> newest = new ArrayDeque<>();
		for (int i = items.size() - 1; i >= 0 && !this.full; i--) {
			ObjectNode node = writer.apply(items.get(i));
			if (node != null && take(node)) {
				newest.addFirst(node);
			}
		}
		return array.addAll(newest);
	}

	private boolean take(ObjectNode node) {
		int length = node.toString().length() + 1;
		this.full = this.full || length > this.left;
		this.left -= length;
		return !this.full;
	}

	/**
	 * What the model says in refusal, beside its other parts.
	 *
	 * @param text the refusal
	 */
	private record Refusal(String text) {

		@Override
		public String toString() {
			return "Refusal[%d characters]".formatted(this.text.length());
		}

	}

}
