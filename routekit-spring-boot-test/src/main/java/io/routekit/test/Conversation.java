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
import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.Usage;
import io.routekit.UserMessage;
import io.routekit.agent.AgentResponse;
import io.routekit.agent.ToolStep;
import org.jspecify.annotations.Nullable;

/**
 * Describes conversations and runs in messages of failures, a message or step a line.
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

	/**
	 * Describe a run, a step a line, its end in the last one.
	 * @param response the response of the run
	 * @return the lines
	 */
	static String describe(AgentResponse response) {
		StringBuilder description = new StringBuilder();
		for (ToolStep step : response.steps()) {
			description.append("\n  round %d:%s %s: %s".formatted(step.round(), describe(step.call()),
					step.result().error() ? "failed" : "returned", describeAll(step.result().parts())));
		}
		response.pending().forEach((call) -> description.append("\n  pending:").append(describe(call)));
		String answer = response.content().isEmpty() ? "" : ": " + shorten(response.content());
		return description
			.append("\n  %s after %d rounds%s%s".formatted(response.stop(), response.rounds(),
					describe(response.usage()), answer))
			.toString();
	}

	private static String describe(@Nullable Usage usage) {
		if (usage == null) {
			return "";
		}
		Cost cost = usage.cost();
		return ", %s tokens of prompts, %s of completions, %s".formatted(usage.promptTokens(), usage.completionTokens(),
				(cost != null) ? cost.amount().toPlainString() + " " + cost.currency() : "cost not known");
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
