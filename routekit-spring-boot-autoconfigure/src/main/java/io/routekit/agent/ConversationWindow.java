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

package io.routekit.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ContentPart;
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

import org.springframework.util.Assert;

/**
 * Shortens conversations to their newest messages, so that every provider still takes
 * them: the system messages at the beginning stay there, a call stays together with its
 * result, and what follows begins with a user's message if there is one. The newest
 * message, or the newest calls with their results, stay even if they alone are too many.
 *
 * @since 0.1.0
 */
public final class ConversationWindow {

	private static final int CHARACTERS_OF_TOKEN = 4;

	private static final int TOKENS_OF_MESSAGE = 4;

	private static final int TOKENS_OF_MEDIA = 1000;

	private ConversationWindow() {
	}

	/**
	 * Shorten a conversation to a number of messages.
	 * @param messages the conversation, oldest first
	 * @param max how many messages there may be
	 * @return the messages that stay
	 */
	public static List<Message> ofMessages(List<? extends Message> messages, int max) {
		Assert.notNull(messages, "'messages' must not be null");
		Assert.isTrue(max > 0, "'max' must be positive");
		return shorten(messages, max, (message) -> 1);
	}

	/**
	 * Shorten a conversation to a number of tokens, which is estimated: four ASCII
	 * characters are a token, any other character is one, each message has four more, and
	 * an image or file has 1,000.
	 * @param messages the conversation, oldest first
	 * @param max how many tokens there may be
	 * @return the messages that stay
	 */
	public static List<Message> ofTokens(List<? extends Message> messages, long max) {
		Assert.notNull(messages, "'messages' must not be null");
		Assert.isTrue(max > 0, "'max' must be positive");
		return shorten(messages, max, ConversationWindow::tokens);
	}

	private static List<Message> shorten(List<? extends Message> messages, long max, ToLongFunction<Message> size) {
		int first = 0;
		long room = max;
		while (first < messages.size() && messages.get(first) instanceof SystemMessage) {
			room -= size.applyAsLong(messages.get(first));
			first++;
		}
		int start = start(messages, first, room, size);
		int asking = firstUser(messages, start);
		List<Message> kept = new ArrayList<>(messages.subList(0, first));
		if (asking < messages.size()) {
			kept.addAll(messages.subList(asking, messages.size()));
			return kept;
		}
		// A long row of calls: what they are for comes before them
		int asked = lastUser(messages, first, start);
		if (asked >= first) {
			kept.add(messages.get(asked));
			start = Math.max(asked + 1, start(messages, first, room - size.applyAsLong(messages.get(asked)), size));
		}
		kept.addAll(messages.subList(start, messages.size()));
		return kept;
	}

	// Where the longest end begins that there is room for
	private static int start(List<? extends Message> messages, int first, long room, ToLongFunction<Message> size) {
		int start = messages.size();
		long rest = room;
		int index = messages.size();
		while (index > first) {
			int unit = unitBefore(messages, first, index);
			for (int i = unit; i < index; i++) {
				rest -= size.applyAsLong(messages.get(i));
			}
			if (rest < 0 && start < messages.size()) {
				return start;
			}
			start = unit;
			index = unit;
		}
		return start;
	}

	private static int unitBefore(List<? extends Message> messages, int first, int end) {
		int index = end - 1;
		while (index > first && messages.get(index) instanceof ToolMessage) {
			index--;
		}
		return index;
	}

	private static int firstUser(List<? extends Message> messages, int start) {
		int index = start;
		while (index < messages.size() && !(messages.get(index) instanceof UserMessage)) {
			index++;
		}
		return index;
	}

	private static int lastUser(List<? extends Message> messages, int first, int end) {
		int index = end - 1;
		while (index >= first && !(messages.get(index) instanceof UserMessage)) {
			index--;
		}
		return index;
	}

	private static long tokens(Message message) {
		long tokens = TOKENS_OF_MESSAGE;
		if (message instanceof AssistantMessage assistant) {
			for (AssistantPart part : assistant.parts()) {
				tokens += tokens(part);
			}
			return tokens;
		}
		List<ContentPart> parts = parts(message);
		for (ContentPart part : parts) {
			tokens += (part instanceof TextPart text) ? tokens(text.text()) : TOKENS_OF_MEDIA;
		}
		return tokens + (parts.isEmpty() ? tokens(message.text()) : 0);
	}

	private static List<ContentPart> parts(Message message) {
		if (message instanceof UserMessage user) {
			return user.parts();
		}
		return (message instanceof ToolMessage tool) ? tool.parts() : Collections.emptyList();
	}

	private static long tokens(AssistantPart part) {
		if (part instanceof TextPart text) {
			return tokens(text.text()) + tokens(text.state());
		}
		if (part instanceof ReasoningPart reasoning) {
			return tokens(reasoning.text()) + tokens(reasoning.state());
		}
		if (part instanceof ToolCall call) {
			return tokens(call.name()) + tokens(call.arguments()) + tokens(call.state());
		}
		return tokens(((OpaquePart) part).state());
	}

	private static long tokens(@Nullable ProviderState state) {
		return (state != null) ? tokens(state.json()) : 0;
	}

	private static long tokens(String text) {
		long ascii = text.chars().filter((character) -> character < 128).count();
		return (ascii + CHARACTERS_OF_TOKEN - 1) / CHARACTERS_OF_TOKEN + text.length() - ascii;
	}

}
