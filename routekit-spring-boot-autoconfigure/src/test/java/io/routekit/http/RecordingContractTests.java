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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.http.RawServer.Script;
import io.routekit.trace.RecordingFilter;
import io.routekit.trace.RecordingMode;
import io.routekit.trace.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that recorded calls of all providers are replayed as they were, without a server.
 */
@ParameterizedClass
@EnumSource
class RecordingContractTests {

	private static final Tool TOOL = Tool.of("get_weather", "Tells the weather",
			"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

	private final WireProvider provider;

	@TempDir
	private Path directory;

	RecordingContractTests(WireProvider provider) {
		this.provider = provider;
	}

	private Recordings recordings(RecordingMode mode) {
		return Recordings.builder(this.directory, mode).build();
	}

	private static List<StreamEvent> events(Model model, ChatRequest request) {
		return model.stream(request).collectList().block(TestCalls.LIMIT);
	}

	private static ChatRequest next(List<StreamEvent> events) {
		ModelResponse response = ((StreamEvent.Completed) events.get(events.size() - 1)).response();
		return ChatRequest.builder()
			.messages(Message.user("What is the weather?"), response.toMessage(),
					Message.tool(response.toolCalls().get(0).id(), "4 °C"))
			.tools(TOOL)
			.build();
	}

	@Test
	void replaysAStreamedConversation() {
		ChatRequest request = ChatRequest.builder().messages(Message.user("What is the weather?")).tools(TOOL).build();
		List<StreamEvent> call;
		List<StreamEvent> answer;
		RawServer server = new RawServer()
			.reply(Script.events(this.provider.stream()
				.text("I l\\u00f6ok")
				.text(" \\ud83d\\ude00")
				.call("call-1", "get_weather")
				.arguments(0, "{ \"city\":")
				.arguments(0, " \"Oslo\" }")
				.finish(FinishReason.TOOL_CALLS)
				.end()
				.take(), Chunking.BYTES, this.provider.requestIdHeader() + ": req-1"))
			.reply(Script.events(this.provider.stream("It is 4 °C")));
		try (server; Recordings recordings = recordings(RecordingMode.RECORD)) {
			Model model = this.provider.model(server).filter(new RecordingFilter(recordings));
			call = events(model, request);
			answer = events(model, next(call));
		}

		// The server is closed
		Model model = this.provider.model(server).filter(new RecordingFilter(recordings(RecordingMode.REPLAY)));
		List<StreamEvent> replayed = events(model, request);
		assertThat(replayed).hasSizeGreaterThan(5).usingRecursiveComparison().isEqualTo(call);
		assertThat(events(model, next(replayed))).usingRecursiveComparison().isEqualTo(answer);
		assertThat(server.requests()).hasSize(2);
	}

	@Test
	void replaysAnAnswer() {
		ModelResponse response;
		RawServer server = new RawServer().reply(Script.json(200,
				this.provider.answer("Hello", ToolCall.of("call-1", "get_weather", "{\"city\": \"Oslo\"}")),
				this.provider.requestIdHeader() + ": req-1"));
		ChatRequest request = ChatRequest.builder().messages(Message.user("Hi")).tools(TOOL).build();
		try (server; Recordings recordings = recordings(RecordingMode.RECORD)) {
			response = this.provider.model(server)
				.filter(new RecordingFilter(recordings))
				.chat(request)
				.block(TestCalls.LIMIT);
		}

		Model model = this.provider.model(server).filter(new RecordingFilter(recordings(RecordingMode.REPLAY)));
		ModelResponse replayed = model.chat(request).block(TestCalls.LIMIT);
		assertThat(replayed).usingRecursiveComparison().isEqualTo(response);
		assertThat(replayed.usage()).isEqualTo(response.usage());
	}

	@Test
	void replaysAFailure() {
		RawServer server = new RawServer()
			.reply(Script.json(429, this.provider.error(429, "Slow down"), "Retry-After: 3"));
		ModelException failure;
		try (server; Recordings recordings = recordings(RecordingMode.RECORD)) {
			failure = TestCalls
				.failureOf(this.provider.model(server).filter(new RecordingFilter(recordings)).chat("Hi"));
		}

		Model model = this.provider.model(server).filter(new RecordingFilter(recordings(RecordingMode.REPLAY)));
		StepVerifier.create(model.chat("Hi"))
			.expectErrorSatisfies((replayed) -> assertThat(replayed).usingRecursiveComparison()
				.ignoringFields("stackTrace", "cause", "suppressedExceptions")
				.isEqualTo(failure))
			.verify(TestCalls.LIMIT);
	}

	@Test
	void writesNeitherKeyNorHeaders() throws IOException {
		try (RawServer server = new RawServer().reply(Script.events(this.provider.stream("Hello")));
				Recordings recordings = recordings(RecordingMode.RECORD)) {
			events(this.provider.model(server).filter(new RecordingFilter(recordings)), ChatRequest.of("Hi"));
		}

		assertThat(Files.readString(this.directory.resolve("calls.jsonl"))).contains("Hello")
			.doesNotContain(WireProvider.KEY)
			.doesNotContainIgnoringCase(this.provider.keyHeader());
	}

}
