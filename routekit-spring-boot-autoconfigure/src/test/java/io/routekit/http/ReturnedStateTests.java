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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.routekit.AssistantMessage;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.http.RawServer.Script;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what a server puts into its message goes back to it as it came, and to no
 * other server.
 */
class ReturnedStateTests {

	private static final JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();

	private final RawServer server = server();

	private final RawServer other = server();

	@TempDir
	private Path directory;

	private static RawServer server() {
		return new RawServer().expectUnknown("reasoning_content", "reasoning", "reasoning_text", "reasoning_opaque",
				"thinking_blocks", "provider_specific_fields", "thinking", "content part", "unsigned thinking");
	}

	@AfterEach
	void closeServers() {
		this.server.close();
		this.other.close();
	}

	static Stream<Arguments> casesAndChunkings() {
		return Stream.of(Case.values())
			.flatMap((answer) -> Stream.of(Chunking.values()).map((chunking) -> Arguments.of(answer, chunking)));
	}

	@ParameterizedTest
	@MethodSource("casesAndChunkings")
	void streamGoesBackAsItCame(Case answer, Chunking chunking) {
		this.server.reply(Script.events(answer.read("txt"), chunking));
		Model model = answer.provider().model(this.server);
		assertReturned(answer, TestCalls.responseOf(TestCalls.eventsOf(model.stream("Hi"))));
	}

	@ParameterizedTest
	@EnumSource
	void answerGoesBackAsItCame(Case answer) {
		assertReturned(answer, chat(answer));
	}

	private ModelResponse chat(Case answer) {
		this.server.reply(Script.json(200, answer.read("json")));
		return answer.provider().model(this.server).chat("Hi").block(LIMIT);
	}

	private void assertReturned(Case answer, ModelResponse response) {
		assertThat(response.reasoning()).isEqualTo(answer.reasoning);
		assertThat(sentBack(answer.provider(), this.server, response.toMessage()).path(1))
			.isEqualTo(new JsonMapper().readTree(answer.expected));
	}

	private static JsonNode sentBack(WireProvider provider, RawServer server, Message... more) {
		List<Message> messages = new ArrayList<>(List.of(Message.user("Hi")));
		for (Message message : more) {
			messages.add(message);
			if (message instanceof AssistantMessage assistant) {
				assistant.toolCalls().forEach((call) -> messages.add(Message.tool(call.id(), "4 °C")));
			}
		}
		messages.add(Message.user("And?"));
		server.reply(Script.json(200, provider.answer("Bye")));
		provider.model(server).chat(ChatRequest.of(messages)).block(LIMIT);
		return provider.messages(server.request().json());
	}

	@ParameterizedTest
	@EnumSource
	void jsonKeepsIt(Case answer) {
		Message message = chat(answer).toMessage();
		assertThat(mapper.readValue(mapper.writeValueAsString(message), Message.class)).isEqualTo(message);
	}

	@ParameterizedTest
	@EnumSource
	void recordingKeepsIt(Case answer) {
		try (Recordings recordings = Recordings.builder(this.directory, RecordingMode.RECORD).build()) {
			this.server.reply(Script.events(answer.read("txt")));
			Model model = answer.provider().model(this.server).filter(new RecordingFilter(recordings));
			TestCalls.eventsOf(model.stream("Hi"));
		}
		Recordings recordings = Recordings.builder(this.directory, RecordingMode.REPLAY).build();
		Model replayed = answer.provider().model(this.server).filter(new RecordingFilter(recordings));
		assertReturned(answer, TestCalls.responseOf(TestCalls.eventsOf(replayed.stream("Hi"))));
	}

	@ParameterizedTest
	@EnumSource
	void otherServersDoNotGetIt(Case answer) {
		AssistantMessage message = chat(answer).toMessage();
		for (WireProvider provider : WireProvider.values()) {
			JsonNode sent = sentBack(provider, this.other, message);
			assertThat(sent.path(1).propertyNames()).isSubsetOf("role", "content", "tool_calls", "type", "call_id",
					"name", "arguments");
			String text = sent.toString();
			assertThat(text).doesNotContain("hinking", "Need weather", "signature", "17*23", "CvUBAdHtim9".repeat(5));
			assertThat(message.toolCalls()).extracting(ToolCall::name)
				.allSatisfy((name) -> assertThat(text).contains(name));
		}
	}

	@ParameterizedTest
	@EnumSource
	void conversationThatComesBackHasIt(Case answer) {
		AssistantMessage message = chat(answer).toMessage();
		WireProvider to = (answer.provider() == WireProvider.ANTHROPIC) ? WireProvider.OPENAI : WireProvider.ANTHROPIC;
		this.other.reply(Script.json(200, to.answer("", ToolCall.of("call_b", "get_weather", "{}"))));
		AssistantMessage moved = to.model(this.other).chat("Hi").block(LIMIT).toMessage();
		assertThat(sentBack(answer.provider(), this.server, message, moved).path(1))
			.isEqualTo(new JsonMapper().readTree(answer.expected));
	}

	/**
	 * What servers have answered.
	 */
	enum Case {

		KIMI_EMPTY(null, """
				{"role":"assistant","content":null,"reasoning_content":"","tool_calls":[{"id":"get_weather:0",
				"type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}"""),

		DS_FINAL("The tool said 4.", """
				{"role":"assistant","content":"It is 4 degrees.","reasoning_content":"The tool said 4."}"""),

		LONG_ID(null,
				"""
						{"role":"assistant","content":null,"tool_calls":[{"id":"call_3f2a9c__thought__%s==","type":"function",
						"function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}"""
					.formatted("CvUBAdHtim9".repeat(20))),

		VLLM_REASONING("Need weather.", """
				{"role":"assistant","content":null,"reasoning":"Need weather.","tool_calls":[{"id":"chatcmpl-tool-1",
				"type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}"""),

		MISTRAL_THINK("17*23 is 391", """
				{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"17*23 is 391"}],
				"closed":true},{"type":"text","text":"391"}]}"""),

		COPILOT("Thinking about it", """
				{"role":"assistant","content":null,"reasoning_text":"Thinking about it","reasoning_opaque":"b3BhcXVl",
				"tool_calls":[{"id":"call_c1","type":"function",
				"function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}"""),

		LITELLM_THINKING("Need weather.", """
				{"role":"assistant","content":null,"reasoning_content":"Need weather.","thinking_blocks":[
				{"type":"thinking","thinking":"Need weather.","signature":"EqQB=="},
				{"type":"redacted_thinking","data":"Rk9P"}],
				"tool_calls":[{"id":"toolu_1","type":"function","function":{"name":"get_weather",
				"arguments":"{\\"city\\":\\"Oslo\\"}","provider_specific_fields":{"thought_signature":"c2ln"}}}]}"""),

		DATABRICKS("Need weather.", """
				{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text",
				"text":"Need weather.","signature":"EqQB=="}]},{"type":"text","text":"I look."}],
				"tool_calls":[{"id":"toolu_1","type":"function",
				"function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}"""),

		AN_UNSIGNED("Need the weather.", """
				{"role":"assistant","content":[{"type":"thinking","thinking":"Need the weather."},
				{"type":"tool_use","id":"call_00_a","name":"get_weather","input":{"city":"Oslo"}}]}""");

		private final String reasoning;

		private final String expected;

		Case(String reasoning, String expected) {
			this.reasoning = reasoning;
			this.expected = expected;
		}

		WireProvider provider() {
			return (this == AN_UNSIGNED) ? WireProvider.ANTHROPIC : WireProvider.OPENAI;
		}

		String read(String extension) {
			String name = "/io/routekit/state/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "." + extension;
			try (InputStream in = ReturnedStateTests.class.getResourceAsStream(name)) {
				assertThat(in).as(name).isNotNull();
				return new String(in.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
