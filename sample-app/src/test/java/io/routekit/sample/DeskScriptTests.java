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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.ModelResponse;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import io.routekit.fake.FakeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeskScript}.
 */
class DeskScriptTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final FakeModel model = FakeModel.builder().respondWith(DeskScript::answer).build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					Where is order 7?                           | find_order {"number":7}
					Where is #7                                 | find_order {"number":7}
					Compare orders 3 and 4                      | find_order {"number":3} find_order {"number":4}
					Which orders are open?                      | list_orders {"status":"open"}
					Please list all my orders                   | list_orders {}
					Which orders were cancelled?                | list_orders {"status":"cancelled"}
					What is shipping of 2.5 kg to Norway?       | quote_shipping {"country":"Norway","weight":2.5}
					Postage to the United States for 2,5kg      | quote_shipping {"country":"United States","weight":2.5}
					How much is it to send 800 g to NO?         | quote_shipping {"country":"NO","weight":0.8}
					Ship it to Narnia                           | quote_shipping {"country":"Narnia","weight":1.0}
					Where is order 3, and what is it to ship 2 kg to France? | find_order {"number":3} quote_shipping {"country":"France","weight":2.0}
					Cancel order 7                              | cancel_order {"number":7,"reason":"The customer asked for it"}
					Please, cancel orders 6 and 7, I pay less elsewhere. | cancel_order {"number":6,"reason":"I pay less elsewhere."} cancel_order {"number":7,"reason":"I pay less elsewhere."}
					cancel 7 because it was placed twice        | cancel_order {"number":7,"reason":"it was placed twice"}
					""")
	void callsTheToolsThatAQuestionAsksFor(String question, String calls) {
		assertThat(calls(Message.user(question))).isEqualTo(calls);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			Hello                        | I am the desk
			Cancel an order              | Which order shall I cancel?
			What is shipping?            | Which country
			""")
	void asksWhatItNeedsToKnow(String question, String answer) {
		assertThat(answer(Message.user(question)).content()).startsWith(answer);
	}

	@Test
	void remembersTheOrderThatWasSpokenOf() {
		assertThat(
				calls(Message.user("Where is order 7?"), Message.assistant("Here"), Message.user("Cancel it, please")))
			.startsWith("cancel_order {\"number\":7");
	}

	@Test
	void putsResultsIntoWords() {
		ModelResponse reply = answer(Message.user("Where is order 3, and what is it to ship 2 kg to France?"));
		List<Message> messages = new ArrayList<>(List.of(Message.user("Where?"), reply.toMessage()));
		messages.add(Message.tool("call_1",
				"""
						{"number":3,"status":"shipped","placed":"2026-11-20","item":"Desk lamp","quantity":2,"total":119.80}"""));
		messages.add(Message.toolError("call_2", "There is no carrier"));

		assertThat(answer(messages.toArray(Message[]::new)).content())
			.isEqualTo("Order **3**, 2 × Desk lamp for 119.80 EUR, was placed on 2026-11-20. It is on its way.\n\n"
					+ "That did not work. There is no carrier");
	}

	@Test
	void saysThatNothingWasCancelled() {
		ModelResponse reply = answer(Message.user("Cancel order 7"));

		assertThat(answer(Message.user("Cancel order 7"), reply.toMessage(),
				Message.toolError("call_1", "The call was refused: It is packed"))
			.content()).isEqualTo("Nothing was cancelled. The call was refused: It is packed");
	}

	@Test
	void reportsWhatItDoesNotUnderstandAsItIs() {
		ModelResponse reply = answer(Message.user("Where is order 7?"));

		assertThat(answer(Message.user("?"), reply.toMessage(), Message.tool("call_1", "x".repeat(1000))).content())
			.hasSize(301);
	}

	@Test
	void callsNothingIfItMustNot() {
		ModelResponse answer = answer(ChatRequest.builder()
			.messages(Message.user("Where is order 7?"))
			.options(ChatOptions.builder().toolChoice(ToolChoice.NONE).build())
			.build());

		assertThat(answer.toolCalls()).isEmpty();
	}

	@Test
	void takesAPrice() {
		ModelResponse answer = answer(Message.user("Where is order 7?"));

		assertThat(answer.model()).isEqualTo("fake-desk");
		assertThat(answer.usage().cost().amount()).isPositive();
	}

	@Test
	void looksAtTheBeginningOfALongQuestion() {
		assertThat(calls(Message.user("Where is order 7? " + "1 kg to Norway ".repeat(100_000))))
			.endsWith("\"weight\":1.0}");
	}

	@Test
	void isForTheDeskAlone() {
		assertThat(DeskScript.isFor(ChatRequest.of("Hi"))).isFalse();
		assertThat(DeskScript.isFor(withTool("get_weather"))).isFalse();
		assertThat(DeskScript.isFor(withTool("cancel_order"))).isTrue();
	}

	private static ChatRequest withTool(String name) {
		return ChatRequest.builder()
			.messages(Message.user("Hi"))
			.tools(List.of(Tool.of(name, "A tool", "{\"type\":\"object\"}")))
			.build();
	}

	private String calls(Message... messages) {
		List<String> calls = new ArrayList<>();
		for (ToolCall call : answer(messages).toolCalls()) {
			calls.add(call.name() + " " + call.arguments());
		}
		return String.join(" ", calls);
	}

	private ModelResponse answer(Message... messages) {
		return answer(ChatRequest.builder().messages(List.of(messages)).build());
	}

	private ModelResponse answer(ChatRequest request) {
		return this.model.chat(request).block(TIMEOUT);
	}

}
