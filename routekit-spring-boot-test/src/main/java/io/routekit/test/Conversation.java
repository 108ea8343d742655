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

package io.routekit.test;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.routekit.AssistantMessage;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;

/**
 * Describes conversations in messages of failures, a message a line.
 */
final class Conversation {

	private static final int LONGEST_TEXT = 200;

	private Conversation() {
	}

	static String describe(List<ChatRequest> requests) {
		if (requests.isEmpty()) {
			return "none";
		}
		StringBuilder description = new StringBuilder().append(requests.size()).append(':');
		for (int i = 0; i < requests.size(); i++) {
			description.append("\nrequest ").append(i).append(':').append(describeMessages(requests.get(i).messages()));
		}
		return description.toString();
	}

	static String describeMessages(List<Message> messages) {
		return messages.stream().map((message) -> "\n  " + describe(message)).collect(Collectors.joining());
	}

	private static String describe(Message message) {
		if (message instanceof AssistantMessage assistant) {
			String calls = assistant.toolCalls().stream().map(Conversation::describe).collect(Collectors.joining());
			return "assistant: " + shorten(message.text()) + calls;
		}
		if (message instanceof ToolMessage result) {
			return "tool (%s%s): %s".formatted(result.toolCallId(), result.error() ? ", failed" : "",
					describeAll(result.parts()));
		}
		if (message instanceof UserMessage user) {
			return "user: " + describeAll(user.parts());
		}
		return "system: " + shorten(message.text());
	}

	private static String describeAll(List<ContentPart> parts) {
		return parts.stream().map(Conversation::describe).collect(Collectors.joining(" "));
	}

	private static String describe(ContentPart part) {
		return (part instanceof TextPart text) ? shorten(text.text())
				: "[%s]".formatted(part.getClass().getSimpleName().replace("Part", "").toLowerCase(Locale.ROOT));
	}

	private static String describe(ToolCall call) {
		return " → %s(%s) as %s".formatted(call.name(), shorten(call.arguments()), call.id());
	}

	private static String shorten(String text) {
		String line = text.replace("\n", "⏎");
		return (line.codePointCount(0, line.length()) <= LONGEST_TEXT) ? line
				: line.substring(0, line.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
	}

}
