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

package io.routekit.sample;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ContentPart;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;

/**
 * Reads the messages of one request.
 */
final class MessagesReader {

	private final Set<String> callIds = new HashSet<>();

	List<Message> read(Field messages) {
		List<Field> items = messages.items();
		if (items.isEmpty()) {
			throw messages.error("must not be empty");
		}
		return items.stream().map(this::message).toList();
	}

	private Message message(Field message) {
		Field content = message.get("content");
		return switch (message.get("role").oneOf(Role.class)) {
			case SYSTEM -> Message.system(content.text());
			case USER -> new UserMessage(userParts(content));
			case ASSISTANT -> assistant(message, content);
			case TOOL -> toolResult(message, content);
		};
	}

	private List<ContentPart> userParts(Field content) {
		if (content.isText()) {
			return List.of(new TextPart(content.text()));
		}
		if (!content.isList()) {
			throw content.mustBe("a string or a list of parts");
		}
		List<ContentPart> parts = content.items().stream().map(this::userPart).toList();
		if (parts.isEmpty()) {
			throw content.error("must not be empty");
		}
		return parts;
	}

	private ContentPart userPart(Field part) {
		return switch (part.get("type").oneOf(PartType.class)) {
			case TEXT -> new TextPart(part.get("text").text());
			case IMAGE -> image(part);
		};
	}

	private ImagePart image(Field part) {
		ImagePart image = ImagePart.ofUrl(part.get("url").nonEmptyText());
		String detail = part.get("detail").ifPresent(Field::nonEmptyText);
		return (detail != null) ? image.withDetail(detail) : image;
	}

	private AssistantMessage assistant(Field message, Field content) {
		List<AssistantPart> parts = new ArrayList<>();
		Field toolCalls = message.get("toolCalls");
		if (content.isPresent() || !toolCalls.isPresent()) {
			String text = content.text();
			if (!text.isEmpty()) {
				parts.add(new TextPart(text));
			}
		}
		if (toolCalls.isPresent()) {
			toolCalls.items().stream().map(this::toolCall).forEach(parts::add);
		}
		return new AssistantMessage(parts);
	}

	private ToolCall toolCall(Field call) {
		String id = call.get("id").nonEmptyText();
		this.callIds.add(id);
		return ToolCall.of(id, call.get("name").nonEmptyText(), arguments(call));
	}

	private String arguments(Field call) {
		Field raw = call.get("rawArguments");
		if (raw.isPresent()) {
			// As a response has it: the very text that the model wrote
			return raw.text();
		}
		Field arguments = call.get("arguments");
		return arguments.isPresent() ? arguments.object().toString() : "";
	}

	private ToolMessage toolResult(Field message, Field content) {
		Field id = message.get("toolCallId");
		String callId = id.nonEmptyText();
		if (!this.callIds.contains(callId)) {
			throw id.mustBe("the id of a tool call in an assistant message before it");
		}
		Boolean error = message.get("error").ifPresent(Field::flag);
		return new ToolMessage(callId, content.text(), Boolean.TRUE.equals(error));
	}

	/**
	 * Who wrote a message.
	 */
	private enum Role {

		SYSTEM, USER, ASSISTANT, TOOL

	}

	/**
	 * What a part of a user message is.
	 */
	private enum PartType {

		TEXT, IMAGE

	}

}
