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

package io.routekit.responses;

import java.util.ArrayList;
import java.util.List;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ContentPart;
import io.routekit.FilePart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import io.routekit.wire.DataUrl;
import io.routekit.wire.ToolArguments;
import io.routekit.wire.ToolCallIds;
import io.routekit.wire.ToolResults;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the messages of a request as the items of its input.
 */
final class InputWriter {

	private final JsonGenerator json;

	private final ResponsesDialect dialect;

	private final ToolCallIds ids;

	InputWriter(JsonGenerator json, ResponsesDialect dialect) {
		this.json = json;
		this.dialect = dialect;
		this.ids = new ToolCallIds(dialect.toolCallIds());
	}

	void write(List<Message> messages) {
		this.json.writeStartArray();
		for (int i = 0; i < messages.size(); i++) {
			Message message = messages.get(i);
			if (message instanceof SystemMessage system) {
				write(this.dialect.systemRole(), List.of(new TextPart(system.text())));
			}
			else if (message instanceof UserMessage user) {
				write("user", user.parts());
			}
			else if (message instanceof AssistantMessage assistant) {
				write(assistant, new ToolResults(messages.subList(i + 1, messages.size())));
			}
		}
		this.json.writeEndArray();
	}

	private void write(String role, List<ContentPart> parts) {
		this.json.writeStartObject();
		this.json.writeStringProperty("role", role);
		this.json.writeName("content");
		writeContent(parts);
		this.json.writeEndObject();
	}

	private void writeContent(List<ContentPart> parts) {
		if (parts.stream().allMatch(TextPart.class::isInstance)) {
			this.json.writeString(text(parts));
			return;
		}
		this.json.writeStartArray();
		parts.forEach(this::write);
		this.json.writeEndArray();
	}

	private static String text(List<ContentPart> parts) {
		StringBuilder text = new StringBuilder();
		parts.forEach((part) -> text.append((part instanceof TextPart textPart) ? textPart.text() : ""));
		return text.toString();
	}

	private void write(ContentPart part) {
		this.json.writeStartObject();
		if (part instanceof ImagePart image) {
			byte[] data = image.data();
			this.json.writeStringProperty("type", "input_image");
			this.json.writeStringProperty("image_url",
					(data != null) ? DataUrl.of(image.mediaType(), data) : image.url());
			this.json.writeStringProperty("detail", (image.detail() != null) ? image.detail() : "auto");
		}
		else if (part instanceof FilePart file) {
			this.json.writeStringProperty("type", "input_file");
			this.json.writeStringProperty("filename", file.filename());
			this.json.writeStringProperty("file_data", DataUrl.of(file.mediaType(), file.data()));
		}
		else {
			this.json.writeStringProperty("type", "input_text");
			this.json.writeStringProperty("text", ((TextPart) part).text());
		}
		this.json.writeEndObject();
	}

	private void write(AssistantMessage message, ToolResults results) {
		Turn turn = Turn.of(message.parts(), this.dialect);
		List<ToolCall> calls = message.toolCalls();
		List<String> callIds = calls.stream()
			.map((call) -> this.ids.take(call.id(), this.dialect.own(call.state()) != null))
			.toList();
		StringBuilder text = new StringBuilder();
		int call = 0;
		for (AssistantPart part : message.parts()) {
			ReplayedItem item = turn.item(part);
			if (part instanceof ToolCall toolCall) {
				writeText(text);
				write(callIds.get(call++), toolCall, item, turn.isWhole());
			}
			else if (item != null && turn.isWhole()) {
				item.write(this.json);
			}
			else if (part instanceof TextPart textPart) {
				String phase = (item != null) ? item.text("phase") : null;
				if (phase != null) {
					writeText(text);
					writeText(textPart.text(), phase);
				}
				else {
					text.append(textPart.text());
				}
			}
		}
		writeText(text);
		for (int i = 0; i < calls.size(); i++) {
			writeResult(callIds.get(i), results.take(calls.get(i)));
		}
	}

	private void writeText(StringBuilder text) {
		writeText(text.toString(), null);
		text.setLength(0);
	}

	private void writeText(String text, @Nullable String phase) {
		if (!text.isEmpty()) {
			this.json.writeStartObject();
			this.json.writeStringProperty("role", "assistant");
			if (phase != null) {
				this.json.writeStringProperty("phase", phase);
			}
			this.json.writeStringProperty("content", text);
			this.json.writeEndObject();
		}
	}

	private void write(String callId, ToolCall call, @Nullable ReplayedItem item, boolean whole) {
		this.json.writeStartObject();
		this.json.writeStringProperty("type", "function_call");
		this.json.writeStringProperty("call_id", callId);
		this.json.writeStringProperty("name", call.name());
		this.json.writeStringProperty("arguments", ToolArguments.toObject(call.arguments()));
		if (item != null) {
			item.writeMembers(this.json, whole ? Turn.CALL : Turn.CALL_WITH_ID);
		}
		this.json.writeEndObject();
	}

	// Each call needs a result. One without it gets one which says so.
	private void writeResult(String callId, @Nullable ToolMessage result) {
		this.json.writeStartObject();
		this.json.writeStringProperty("type", "function_call_output");
		this.json.writeStringProperty("call_id", callId);
		this.json.writeName("output");
		writeContent((result != null) ? parts(result) : List.of(new TextPart(ToolResults.NOT_CALLED)));
		this.json.writeEndObject();
	}

	// There is no other way to say that it failed
	private static List<ContentPart> parts(ToolMessage result) {
		if (!result.error() || !result.text().isBlank()) {
			return result.parts();
		}
		List<ContentPart> parts = new ArrayList<>(List.of(new TextPart(ToolResults.FAILED)));
		result.parts().stream().filter((part) -> !(part instanceof TextPart)).forEach(parts::add);
		return parts;
	}

}
