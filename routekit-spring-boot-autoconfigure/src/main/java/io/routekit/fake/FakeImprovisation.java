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

package io.routekit.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Tool;
import io.routekit.ToolChoice;
import io.routekit.ToolChoice.Mode;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Answers without a script, the same prompt always in the same way. After the results of
 * tools it reports them. It calls a tool, without arguments, that the last message of the
 * user names or that the options demand. Otherwise it writes a few sentences that refer
 * to the message; as JSON or with reasoning if the options ask for that.
 */
final class FakeImprovisation {

	private static final int LONGEST_QUOTE = 80;

	/**
	 * How much of a text is looked at.
	 */
	private static final int LONGEST_LOOK = 4096;

	private static final String WHITE_SPACE = " \t\n\r\f\u000B";

	private static final List<String> ANSWERS = List.of("""
			You wrote “%s”, and every word of this answer came to you as an event of its own. That is what \
			streaming looks like, with no network and no key involved.

			A few things to try next:

			- press **Stop** in the middle of an answer,
			- watch the tokens below each answer add up,
			- set `routekit.provider.type` to a real provider and ask again.""", """
			“%s” – a good place to begin. I am the **fake model**: I make up my answers, but they travel the same \
			way as real ones.

			In a service that is all there is to it:

			```java
			Mono<String> answer(String question) {
				return this.model.chat(question).map(ModelResponse::content);
			}
			```

			The provider behind `model` is a matter of configuration.""", """
			Let me take “%s” seriously for a moment. A real model would now weigh its words; I only pretend to, \
			and I do it for free.

			1. Your message became a `ChatRequest`.
			2. Filters around the model counted its tokens.
			3. This text came back piece by piece.

			Give me a script in `routekit.provider.fake.responses`, and your tests get exactly the answers they \
			need.""", """
			Thank you for “%s”. I read it with care, though I understand none of it: I am the **fake model**, made \
			for tests and first minutes.

			What I do well:

			- the *same* prompt always gets the *same* answer,
			- tools are called when you mention them by name,
			- nothing leaves this machine.

			To talk to somebody wiser, set a key such as `OPENAI_API_KEY` and start again.""");

	private FakeImprovisation() {
	}

	static FakeResponse answer(ChatRequest request) {
		List<Message> messages = request.messages();
		if (messages.get(messages.size() - 1) instanceof ToolMessage) {
			return FakeResponse.text(report(messages));
		}
		String prompt = prompt(messages);
		Tool tool = toolToCall(request, prompt);
		if (tool != null) {
			return FakeResponse.toolCall(tool.name(), "{}");
		}
		String text = (request.options().responseFormat() != null) ? "{\"answer\": \"made up by the fake model\"}"
				: ANSWERS.get(Math.floorMod(prompt.hashCode(), ANSWERS.size())).formatted(quote(prompt));
		return (request.options().reasoning() != null) ? FakeResponse.reasoning(reasoning(prompt)).thenText(text)
				: FakeResponse.text(text);
	}

	private static String report(List<Message> messages) {
		StringBuilder report = new StringBuilder("Here is what I got back:\n");
		int first = messages.size();
		while (first > 0 && messages.get(first - 1) instanceof ToolMessage) {
			first--;
		}
		Map<String, String> toolNames = toolNames(messages);
		for (Message message : messages.subList(first, messages.size())) {
			ToolMessage result = (ToolMessage) message;
			report.append("\n- `%s` %s “%s”".formatted(toolNames.getOrDefault(result.toolCallId(), result.toolCallId()),
					result.error() ? "failed with" : "answered", quote(result.text())));
		}
		return report.append("\n\nA real model would now put that into words for you.").toString();
	}

	private static Map<String, String> toolNames(List<Message> messages) {
		Map<String, String> names = new HashMap<>();
		for (Message message : messages) {
			if (message instanceof AssistantMessage assistant) {
				assistant.toolCalls().forEach((call) -> names.put(call.id(), call.name()));
			}
		}
		return names;
	}

	private static String prompt(List<Message> messages) {
		return messages.stream()
			.filter(UserMessage.class::isInstance)
			.map(Message::text)
			.reduce("", (first, second) -> second)
			.strip();
	}

	private static @Nullable Tool toolToCall(ChatRequest request, String prompt) {
		ToolChoice choice = request.options().toolChoice();
		Mode mode = (choice != null) ? choice.mode() : Mode.AUTO;
		String text = beginning(prompt).toLowerCase(Locale.ROOT);
		return request.tools().stream().filter((tool) -> switch (mode) {
			case NONE -> false;
			case REQUIRED -> true;
			case TOOL -> choice != null && tool.name().equals(choice.tool());
			case AUTO -> isNamed(tool, text);
		}).findFirst().orElse(null);
	}

	private static boolean isNamed(Tool tool, String text) {
		String name = tool.name().toLowerCase(Locale.ROOT);
		return text.contains(name) || text.contains(name.replace('_', ' ').replace('-', ' '));
	}

	private static String reasoning(String prompt) {
		return "The user wrote %d characters: “%s”. No script tells me what to say, so I make something up and say so."
			.formatted(prompt.length(), quote(prompt));
	}

	/**
	 * Return what a request asks, shortened to a line.
	 * @param request the request
	 * @return the beginning of the text of its last message
	 */
	static String quote(ChatRequest request) {
		return quote(request.messages().get(request.messages().size() - 1).text());
	}

	private static String quote(String text) {
		String line = String.join(" ", StringUtils.tokenizeToStringArray(beginning(text.strip()), WHITE_SPACE));
		if (line.isEmpty()) {
			return "…";
		}
		int length = line.codePointCount(0, line.length());
		return (length <= LONGEST_QUOTE) ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
	}

	private static String beginning(String text) {
		return text.substring(0, Math.min(text.length(), LONGEST_LOOK));
	}

}
