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

package io.routekit.trace;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.JsonRange;
import io.routekit.wire.UnreadObject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedactedCall}.
 */
class RedactedCallTests {

	private final ContentRedactor redactor = (content) -> content.replace("Jane", "[name]");

	private final RedactedCall redacted = new RedactedCall(new SecretRedactor(), this.redactor);

	private static TimedEvent event(StreamEvent event) {
		return new TimedEvent(Duration.ZERO, event);
	}

	@Test
	void takesOutOfValuesThatWriteThemselves() {
		UnreadObject unread = new UnreadObject(Map.of("tokens", JsonRange.of("[{\"text\":\"Jane\"}]")));
		ModelResponse response = ModelResponse.builder()
			.metadata("logprobs", unread)
			.metadata("nested", List.of(unread, new RawValue("{\"a\":\"Jane\"}")))
			.build();
		ChatRequest request = ChatRequest.of("Hi")
			.mutate()
			.options((options) -> options.extra("raw", new RawValue("\"Jane\"")))
			.build();

		String line = this.redacted.line(TestTrace.call(request, response, null));

		assertThat(line)
			.contains("\"logprobs\":{\"tokens\":[{\"text\":\"[name]\"}]}", "{\"a\":\"[name]\"}", "\"raw\":\"[name]\"")
			.doesNotContain("Jane");
	}

	@Test
	void takesOutOfEveryText() {
		ProviderState state = new ProviderState("anthropic", "{\"thinking\":\"Jane\"}");
		ToolCall call = new ToolCall("c1", "find", "{\"name\":\"Jane\"}", true, state);
		String schema = "{\"type\":\"object\",\"title\":\"Jane\"}";
		ChatRequest request = ChatRequest.builder()
			.messages(Message.system("Jane"), Message.user(new TextPart("Jane"), ImagePart.ofUrl("https://x/Jane")),
					Message.assistant(new TextPart("Jane"), new ReasoningPart("Jane", state), call,
							new OpaquePart(state)),
					Message.tool("c1", "Jane"))
			.tools(new Tool("find", "Finds Jane", schema, null))
			.options((options) -> options.user("Jane")
				.stop("Jane")
				.responseFormat(ResponseFormat.jsonSchema("name", schema))
				.extra("metadata", Map.of("names", List.of("Jane"))))
			.build();
		ModelResponse response = ModelResponse.builder()
			.part(new TextPart("Jane"))
			.part(call)
			.refusal("Not for Jane")
			.metadata("who", "Jane")
			.build();
		ModelException failure = ModelException.builder(Kind.SERVER, "No Jane").detail("code", "Jane").build();

		String line = this.redacted.line(TestTrace.call(request, response, failure, event(new StreamEvent.Text("Jane")),
				event(new StreamEvent.Reasoning("Jane")), event(new StreamEvent.ToolCallComplete(0, call))));

		assertThat(line).contains("[name]").doesNotContain("Jane");
	}

	@Test
	void takesOutWhatIsSpreadOverPieces() {
		TracedCall written = this.redacted.of(TestTrace.call(ChatRequest.of("Hi"), null, null,
				event(new StreamEvent.Text("Hello Ja")), event(new StreamEvent.ToolCallStart(0, "c", "find")),
				event(new StreamEvent.Text("n")), event(new StreamEvent.ToolCallArguments(0, "{\"a\":\"Ja")),
				event(new StreamEvent.ToolCallArguments(1, "ne")), event(new StreamEvent.ToolCallArguments(0, "ne\"}")),
				event(new StreamEvent.Text("e, how are you?"))));

		assertThat(written.events()).extracting(TimedEvent::event)
			.containsExactly(new StreamEvent.Text("Hello [n"), new StreamEvent.ToolCallStart(0, "c", "find"),
					new StreamEvent.Text("a"), new StreamEvent.ToolCallArguments(0, "{\"a\":\"[n"),
					new StreamEvent.ToolCallArguments(1, "ne"), new StreamEvent.ToolCallArguments(0, "ame]\"}"),
					new StreamEvent.Text("me], how are you?"));
	}

	@Test
	void leavesPiecesAsTheyAreWhereNothingIsTakenOut() {
		TimedEvent[] events = { event(new StreamEvent.Text("a\uD83D\uDE00")), event(new StreamEvent.Text("")),
				event(new StreamEvent.Text("\uD83D")), event(new StreamEvent.Text("\uDE00b")) };

		assertThat(this.redacted.of(TestTrace.call(ChatRequest.of("Hi"), null, null, events)).events())
			.containsExactly(events);
	}

	@Test
	void writesAMarkerWhereTheRedactorFails() {
		RedactedCall failing = new RedactedCall(new SecretRedactor(), (content) -> {
			throw new IllegalStateException(content);
		});
		ChatRequest request = ChatRequest.of("Jane")
			.mutate()
			.tools(Tool.of("find", "Finds Jane", "{\"a\":\"Jane\"}"))
			.build();

		String line = failing.line(TestTrace.call(request, ModelResponse.of("Jane"), null));

		assertThat(line).contains("\"content\":\"[redaction failed]\"").doesNotContain("Jane");
		assertThat(CallJson.read(line).request().tools()).hasSize(1);
	}

	@Test
	void masksCredentialsAmongTheExtraOptions() {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.options((options) -> options.extra("extra_headers", Map.of("X-Custom", "s3cret"))
				.extra("mcp_servers", List.of(Map.of("url", "https://mcp", "authorization_token", "s3cret")))
				.extra("data_sources", List.of(Map.of("authentication", Map.of("type", "api_key", "key", "s3cret"))))
				.extra("max_completion_tokens", 5)
				.extra("tool_key_name", "kept"))
			.build();

		String line = this.redacted.line(TestTrace.call(request, null, null));

		assertThat(line).doesNotContain("s3cret")
			.contains("\"url\":\"https://mcp\"", "\"authorization_token\":\"***\"", "\"max_completion_tokens\":5",
					"\"tool_key_name\":\"kept\"");
	}

	@Test
	void leavesTheTokensOfAnAnswerAsTheyAre() {
		Map<String, Object> token = Map.of("token", "Hello", "logprob", -0.1, "top_logprobs",
				List.of(Map.of("token", "Hi", "logprob", -0.2)));
		ModelResponse response = ModelResponse.builder()
			.metadata("logprobs", Map.of("content", List.of(token)))
			.metadata("completion_probabilities", List.of(Map.of("token", "Hey", "prob", 0.5)))
			.metadata("tokens", List.of("He", "llo"))
			.metadata("server", Map.of("token", "s3cret", "logprob", "-0.1"))
			.metadata("gateway",
					Map.of("token", "s3cret", "access_token", "s3cret", "headers",
							Map.of("token", "s3cret", "prob", 1)))
			.build();

		String line = this.redacted.line(TestTrace.call(ChatRequest.of("Hi"), response, null));

		assertThat(line).doesNotContain("s3cret")
			.contains("\"token\":\"Hello\"", "\"token\":\"Hi\"", "\"token\":\"Hey\"", "[\"He\",\"llo\"]");
	}

	@Test
	void marksAnOptionThatJsonDoesNotKnow() {
		ChatRequest request = ChatRequest.of("Hi")
			.mutate()
			.options((options) -> options.extra("odd", new Odd()))
			.build();

		String line = this.redacted.line(TestTrace.call(request, null, null));

		assertThat(line).contains("\"extra\":{\"odd\":\"[redaction failed]\"}");
	}

	/**
	 * Cannot be read.
	 */
	public static final class Odd {

		public String getName() {
			throw new IllegalStateException("No name");
		}

	}

}
