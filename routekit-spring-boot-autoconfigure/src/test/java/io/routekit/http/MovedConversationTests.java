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

package io.routekit.http;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.Reasoning;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.completions.CompletionsProperties;
import io.routekit.http.RawServer.Request;
import io.routekit.http.RawServer.Script;
import io.routekit.openai.OpenAiModelProvider;
import io.routekit.wire.ToolCallIds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for conversations that go on with another provider while tools are being called.
 */
class MovedConversationTests {

	private static final String LONG_ID = "functions.get_weather:0-0123456789-0123456789";

	private static final ToolCall WEATHER = ToolCall.of(LONG_ID, "get_weather", "{\"city\":\"Köln\"}");

	private static final ToolCall NOW = ToolCall.of("call:2", "now", "{}");

	private final RawServer first = new RawServer().expectUnknown("reasoning_content", "extra_content");

	private final RawServer second = new RawServer().expectUnknown("reasoning_content", "extra_content");

	@AfterEach
	void closeServers() {
		this.first.close();
		this.second.close();
	}

	static Stream<Arguments> pairs() {
		return Stream.of(WireProvider.values())
			.flatMap((from) -> Stream.of(WireProvider.values())
				.filter((to) -> to != from)
				.map((to) -> Arguments.of(from, to)));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void goesOnWithAnotherProviderAndComesBack(WireProvider from, WireProvider to) {
		Model other = to.model(this.second);
		ModelResponse answer = answer(from, from.model(this.first), this.first, "from-first");
		List<Message> conversation = List.of(Message.user("Weather?"), answer.toMessage(),
				Message.tool(LONG_ID, "4 °C"), Message.toolError("call:2", "No clock"));

		ModelResponse next = answer(to, other, this.second, "from-second", conversation.toArray(Message[]::new));
		assertValid(to, this.second.request());
		assertThat(this.second.request().body()).contains("See", "Köln", "4 °C", "No clock")
			.doesNotContain("from-first");

		List<Message> further = Stream
			.concat(conversation.stream(),
					Stream.of(next.toMessage(), Message.tool(LONG_ID, "5 °C"), Message.tool("call:2", "noon")))
			.toList();
		answer(from, from.model(this.first), this.first, "again", further.toArray(Message[]::new));
		JsonNode messages = from.messages(this.first.request().json());
		assertThat(from.callIds(messages)).startsWith(LONG_ID, "call:2");
		assertValid(from, this.first.request(), Set.of(LONG_ID, "call:2"));
		assertThat(this.first.request().body()).contains("from-first", "5 °C", "noon").doesNotContain("from-second");
	}

	private static ModelResponse answer(WireProvider provider, Model model, RawServer server, String state,
			Message... conversation) {
		server.reply(Script.json(200, WireProvider.withState(provider.answer("See", WEATHER, NOW), state)));
		Message[] messages = (conversation.length > 0) ? conversation : new Message[] { Message.user("Weather?") };
		ModelResponse response = model
			.chat(ChatRequest.builder()
				.messages(messages)
				.tools(Tool.of("get_weather", "Tells the weather", "{\"type\":\"object\"}"),
						Tool.of("now", "Tells the time", "{\"type\":\"object\"}"))
				.options(ChatOptions.builder().reasoning(Reasoning.effort("low")).build())
				.build())
			.block(LIMIT);
		assertThat(response.toolCalls()).extracting(ToolCall::id).containsExactly(LONG_ID, "call:2");
		return response;
	}

	private static void assertValid(WireProvider provider, Request request) {
		assertValid(provider, request, Collections.emptySet());
	}

	private static void assertValid(WireProvider provider, Request request, Set<String> own) {
		JsonNode messages = provider.messages(request.json());
		List<String> calls = provider.callIds(messages);
		String format = switch (provider) {
			case RESPONSES -> ".{1,64}";
			case ANTHROPIC -> "[a-zA-Z0-9_-]+";
			default -> ".{1,40}";
		};
		assertThat(calls).allMatch((id) -> own.contains(id) || id.matches(format));
		assertThat(provider.resultIds(messages)).isEqualTo(calls);
		if (provider == WireProvider.ANTHROPIC) {
			// A loop that began without thinking must go on without
			boolean began = messages.findValuesAsString("type").contains("thinking");
			assertThat(request.json().has("thinking")).isEqualTo(began);
			assertThat(calls).doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void goesOnAlthoughTheCallsWereNotAnswered(WireProvider from, WireProvider to) {
		ModelResponse answer = answer(from, from.model(this.first), this.first, "from-first");
		answer(to, to.model(this.second), this.second, "from-second", Message.user("Weather?"), answer.toMessage());
		assertValid(to, this.second.request());
		assertThat(this.second.request().body()).contains("The tool was not called");
	}

	@Test
	void idsFitAServerThatWantsNineLettersAndDigits() {
		CompletionsProperties properties = new CompletionsProperties();
		properties.setToolCallIds(ToolCallIds.Format.NINE_ALPHANUMERICS);
		Model mistral = new OpenAiModelProvider(TestHttp.factory())
			.create(TestHttp.settings(properties).baseUrl(this.second.url()).model("m").build());
		ToolCall own = ToolCall.of("D681PevKs", "now", "{}");
		this.second.reply(Script.json(200, WireProvider.OPENAI.answer("Hello")));
		mistral.chat(List.of(Message.user("Hi"), Message.assistant(WEATHER, NOW, own), Message.tool(LONG_ID, "a"),
				Message.tool("call:2", "b"), Message.tool("D681PevKs", "c")))
			.block(LIMIT);
		JsonNode messages = this.second.request().json().path("messages");
		List<String> calls = messages.findValuesAsString("id");
		assertThat(calls).hasSize(3)
			.doesNotHaveDuplicates()
			.contains("D681PevKs")
			.allMatch((id) -> id.matches("[a-zA-Z0-9]{9}"));
		assertThat(messages.findValuesAsString("tool_call_id")).isEqualTo(calls);
	}

}
