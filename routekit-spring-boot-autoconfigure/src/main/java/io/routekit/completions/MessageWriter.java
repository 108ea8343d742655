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

package io.routekit.completions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.OpaquePart;
import io.routekit.ReasoningPart;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import io.routekit.wire.DataUrl;
import io.routekit.wire.ToolArguments;
import io.routekit.wire.ToolCallIds;
import io.routekit.wire.ToolResults;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the messages of a request.
 */
final class MessageWriter {

	private final JsonGenerator json;

	private final CompletionsDialect dialect;

	MessageWriter(JsonGenerator json, CompletionsDialect dialect) {
		this.json = json;
		this.dialect = dialect;
	}

	void write(List<Message> messages) {
		this.json.writeStartArray();
		for (int i = 0; i < messages.size(); i++) {
			Message message = messages.get(i);
			if (message instanceof SystemMessage system) {
				write(this.dialect.systemRole().name().toLowerCase(Locale.ROOT), system.text());
			}
			else if (message instanceof UserMessage user) {
				write(user);
			}
			else if (message instanceof AssistantMessage assistant) {
				write(assistant, new ToolResults(messages.subList(i + 1, messages.size())));
			}
		}
		this.json.writeEndArray();
	}

	private void write(String role, String text) {
		this.json.writeStartObject();
		this.json.writeStringProperty("role", role);
		this.json.writeStringProperty("content", text);
		this.json.writeEndObject();
	}

	private void write(UserMessage message) {
		if (message.parts().stream().allMatch(TextPart.class::isInstance)) {
			write("user", message.text());
			return;
		}
		this.json.writeStartObject();
		this.json.writeStringProperty("role", "user");
		this.json.writeName("content");
		this.json.writeStartArray();
		message.parts().forEach((part) -> this.json.writePOJO(toJson(part)));
		this.json.writeEndArray();
		this.json.writeEndObject();
	}

	private static Map<String, Object> toJson(ContentPart part) {
		if (part instanceof ImagePart image) {
			Map<String, Object> source = new LinkedHashMap<>();
			byte[] data = image.data();
			source.put("url", (data != null) ? DataUrl.of(image.mediaType(), data) : image.url());
			if (image.detail() != null) {
				source.put("detail", image.detail());
			}
			return Map.of("type", "image_url", "image_url", source);
		}
		if (part instanceof FilePart file) {
			return Map.of("type", "file", "file",
					Map.of("filename", file.filename(), "file_data", DataUrl.of(file.mediaType(), file.data())));
		}
		return Map.of("type", "text", "text", ((TextPart) part).text());
	}

	private void write(AssistantMessage message, ToolResults results) {
		List<ToolCall> toolCalls = message.toolCalls();
		ToolCallIds ids = new ToolCallIds(this.dialect.toolCallIds());
		List<String> toolCallIds = toolCalls.stream()
			.map((toolCall) -> ids.take(toolCall.id(), isOwn(toolCall)))
			.toList();
		this.json.writeStartObject();
		this.json.writeStringProperty("role", "assistant");
		this.json.writeName("content");
		writeContent(message);
		if (!toolCalls.isEmpty()) {
			this.json.writeName("tool_calls");
			this.json.writeStartArray();
			for (int i = 0; i < toolCalls.size(); i++) {
				write(toolCallIds.get(i), toolCalls.get(i));
			}
			this.json.writeEndArray();
		}
		for (AssistantPart part : message.parts()) {
			String state = state(part);
			if (state != null && !isContent(state)) {
				WireJson.writeMembers(this.json, state, this.dialect.answerOnlyFields());
			}
		}
		this.json.writeEndObject();
		for (int i = 0; i < toolCalls.size(); i++) {
			writeResult(toolCallIds.get(i), results.take(toolCalls.get(i)));
		}
	}

	private boolean isOwn(ToolCall toolCall) {
		return this.dialect.own(toolCall.state()) != null;
	}

	private @Nullable String state(AssistantPart part) {
		if (part instanceof ReasoningPart reasoning) {
			return this.dialect.own(reasoning.state());
		}
		return (part instanceof OpaquePart opaque) ? this.dialect.own(opaque.state()) : null;
	}

	private static boolean isContent(@Nullable String state) {
		return state != null && state.startsWith("[");
	}

	private void writeContent(AssistantMessage message) {
		if (message.parts().stream().map(this::state).anyMatch(MessageWriter::isContent)) {
			this.json.writeStartArray();
			message.parts().forEach(this::writeContent);
			this.json.writeEndArray();
			return;
		}
		String text = message.text();
		if (text.isEmpty() && !message.toolCalls().isEmpty()) {
			// Many servers refuse a message without the field
			this.json.writeNull();
		}
		else {
			this.json.writeString(text);
		}
	}

	private void writeContent(AssistantPart part) {
		String state = state(part);
		if (part instanceof TextPart text) {
			this.json.writePOJO(toJson(text));
		}
		else if (state != null && isContent(state)) {
			WireJson.writeElements(this.json, state);
		}
	}

	private void write(String id, ToolCall toolCall) {
		String state = this.dialect.own(toolCall.state());
		this.json.writeStartObject();
		this.json.writeStringProperty("id", id);
		this.json.writeStringProperty("type", "function");
		this.json.writeName("function");
		this.json.writeStartObject();
		this.json.writeStringProperty("name", toolCall.name());
		this.json.writeStringProperty("arguments", ToolArguments.toObject(toolCall.arguments()));
		String function = (state != null) ? WireJson.member(state, "function") : null;
		if (function != null) {
			WireJson.writeMembers(this.json, function, Collections.emptySet());
		}
		this.json.writeEndObject();
		if (state != null) {
			WireJson.writeMembers(this.json, state, Set.of("function"));
		}
		this.json.writeEndObject();
	}

	// Write the result of a call right after the message, as the API demands. A call
	// without a result gets one which says so.
	private void writeResult(String id, @Nullable ToolMessage result) {
		this.json.writeStartObject();
		this.json.writeStringProperty("role", "tool");
		this.json.writeStringProperty("tool_call_id", id);
		this.json.writeStringProperty("content", (result != null) ? text(result) : ToolResults.NOT_CALLED);
		this.json.writeEndObject();
	}

	private static String text(ToolMessage result) {
		if (!result.parts().stream().allMatch(TextPart.class::isInstance)) {
			throw ModelException.of(Kind.INVALID_REQUEST,
					"Chat Completions has only text for the result of a tool: for images and files set "
							+ "'openai.api' to 'responses', or choose a model of Anthropic");
		}
		return (result.error() && result.text().isBlank()) ? ToolResults.FAILED : result.text();
	}

}
