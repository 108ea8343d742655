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
import java.util.List;
import java.util.Random;

import io.routekit.AssistantMessage;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.SystemMessage;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ConversationWindow}.
 */
class ConversationWindowTests {

	private static final Message SYSTEM = Message.system("Be brief.");

	private static final Message FIRST = Message.user("one");

	private static final Message ANSWER = Message.assistant("1");

	private static final Message SECOND = Message.user("two");

	private static final AssistantMessage CALLS = Message.assistant(ToolCall.of("c1", "a", "{}"),
			ToolCall.of("c2", "a", "{}"));

	private static final Message RESULT = Message.tool("c1", "r1");

	private static final Message OTHER_RESULT = Message.tool("c2", "r2");

	@Test
	void keepsWhatFits() {
		List<Message> messages = List.of(SYSTEM, FIRST, ANSWER, SECOND);
		assertThat(ConversationWindow.ofMessages(messages, 4)).isEqualTo(messages);
	}

	@Test
	void keepsTheSystemMessageAtItsPlace() {
		assertThat(ConversationWindow.ofMessages(List.of(SYSTEM, FIRST, ANSWER, SECOND), 2)).containsExactly(SYSTEM,
				SECOND);
	}

	@Test
	void beginsWithAUsersMessage() {
		assertThat(ConversationWindow.ofMessages(List.of(SYSTEM, FIRST, ANSWER, SECOND), 3)).containsExactly(SYSTEM,
				SECOND);
	}

	@Test
	void keepsCallsWithTheirResultsAndTheQuestion() {
		List<Message> messages = List.of(SYSTEM, FIRST, ANSWER, SECOND, CALLS, RESULT, OTHER_RESULT, CALLS, RESULT,
				OTHER_RESULT);
		assertThat(ConversationWindow.ofMessages(messages, 6)).containsExactly(SYSTEM, SECOND, CALLS, RESULT,
				OTHER_RESULT);
	}

	@Test
	void keepsTheNewestEvenIfItIsTooMuch() {
		assertThat(ConversationWindow.ofMessages(List.of(SYSTEM, FIRST, CALLS, RESULT, OTHER_RESULT), 1))
			.containsExactly(SYSTEM, FIRST, CALLS, RESULT, OTHER_RESULT);
	}

	@Test
	void countsTokensOfAnyScript() {
		List<Message> messages = List.of(FIRST, Message.user("四文字だ"), SECOND);
		assertThat(ConversationWindow.ofTokens(messages, 5)).containsExactly(SECOND);
		assertThat(ConversationWindow.ofTokens(messages, 13)).containsExactlyElementsOf(messages.subList(1, 3));
		assertThat(ConversationWindow.ofTokens(messages, 100)).isEqualTo(messages);
	}

	@Test
	void refusesAWindowForNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> ConversationWindow.ofMessages(List.of(FIRST), 0))
			.withMessage("'max' must be positive");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void whateverTheConversationItIsARequest(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 500; round++) {
			List<Message> messages = conversation(random);
			int max = 1 + random.nextInt(messages.size() + 2);
			List<Message> window = random.nextBoolean() ? ConversationWindow.ofMessages(messages, max)
					: ConversationWindow.ofTokens(messages, max * 10L);
			ChatRequest.of(window);
			assertThat(window).isSubsetOf(messages);
			assertThat(window.get(window.size() - 1)).isSameAs(messages.get(messages.size() - 1));
			Message first = window.stream()
				.filter((message) -> !(message instanceof SystemMessage))
				.findFirst()
				.orElseThrow();
			assertThat(first).isInstanceOf(UserMessage.class);
			assertThat(window.stream().filter(ToolMessage.class::isInstance).count())
				.isEqualTo(window.stream().mapToInt(ConversationWindowTests::calls).sum());
		}
	}

	private static int calls(Message message) {
		return (message instanceof AssistantMessage assistant) ? assistant.toolCalls().size() : 0;
	}

	private static List<Message> conversation(Random random) {
		List<Message> messages = new ArrayList<>();
		if (random.nextBoolean()) {
			messages.add(SYSTEM);
		}
		int turns = 1 + random.nextInt(5);
		for (int turn = 0; turn < turns; turn++) {
			messages.add(Message.user("question " + turn));
			for (int round = random.nextInt(4); round > 0; round--) {
				String id = "c" + messages.size();
				messages.add(Message.assistant(ToolCall.of(id, "a", "{}"), ToolCall.of(id + "b", "a", "{}")));
				messages.add(Message.tool(id + "b", "b"));
				messages.add(Message.tool(id, "a"));
			}
			if (turn < turns - 1) {
				messages.add(Message.assistant("answer " + turn));
			}
		}
		return messages;
	}

}
