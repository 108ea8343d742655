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

package io.routekit.test.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorResponse;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ErrorObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.routekit.AssistantMessage;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.ModelException.Kind;
import io.routekit.OpaquePart;
import io.routekit.Reasoning;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.Usage;
import io.routekit.fake.FakeResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ModelServer}, whose answers the types of the vendors' own clients
 * judge.
 */
class ModelServerTests {

	private static final List<FakeResponse> ANSWERS = List.of(FakeResponse.text("Hello you"),
			FakeResponse.reasoning("Hm. So").thenText("Hello you"),
			FakeResponse.text("I look").thenToolCall("one", "{\"a\":1}").thenToolCall("two", "{}"),
			FakeResponse.text("Cut").withFinishReason(FinishReason.LENGTH),
			FakeResponse.text("").with((response) -> response.refusal("No").finishReason(FinishReason.REFUSAL)),
			FakeResponse.text("Hi")
				.withUsage(Usage.builder()
					.promptTokens(100L)
					.completionTokens(20L)
					.cachedTokens(40L)
					.cacheWriteTokens(10L)
					.reasoningTokens(5L)
					.raw(Map.of("x", 1))
					.build()));

	@AutoClose
	private final ModelServer server = ModelServer.start();

	private final HttpClient client = HttpClient.newHttpClient();

	private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(this.server.url() + path))
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	private static String completionsRequest(boolean stream) {
		return "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":" + stream
				+ (stream ? ",\"stream_options\":{\"include_usage\":true}}" : "}");
	}

	private static String messagesRequest(boolean stream) {
		return "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
				+ "\"stream\":" + stream + "}";
	}

	private static List<String> data(String events) {
		return Arrays.stream(events.split("\n"))
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> line.substring("data: ".length()))
			.toList();
	}

	@ParameterizedTest
	@FieldSource("ANSWERS")
	void clientOfOpenAiReadsAnswers(FakeResponse answer) throws Exception {
		this.server.model().respondWith(answer, answer);
		HttpResponse<String> whole = post("/v1/chat/completions", completionsRequest(false));
		ChatCompletion completion = com.openai.core.ObjectMappers.jsonMapper()
			.readValue(whole.body(), ChatCompletion.class)
			.validate();
		HttpResponse<String> stream = post("/v1/chat/completions", completionsRequest(true));
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		List<String> data = data(stream.body());
		for (String chunk : data.subList(0, data.size() - 1)) {
			accumulator.accumulate(
					com.openai.core.ObjectMappers.jsonMapper().readValue(chunk, ChatCompletionChunk.class).validate());
		}
		ChatCompletion accumulated = accumulator.chatCompletion();

		assertThat(data).last().isEqualTo("[DONE]");
		assertThat(stream.headers().firstValue("content-type")).hasValue("text/event-stream");
		assertThat(accumulated.choices().get(0).message().content().orElse(""))
			.isEqualTo(completion.choices().get(0).message().content().orElse(""));
		assertThat(accumulated.choices().get(0).message().refusal())
			.isEqualTo(completion.choices().get(0).message().refusal());
		assertThat(accumulated.choices().get(0).message().toolCalls().orElse(Collections.emptyList()))
			.isEqualTo(completion.choices().get(0).message().toolCalls().orElse(Collections.emptyList()));
		assertThat(accumulated.choices().get(0).finishReason()).isEqualTo(completion.choices().get(0).finishReason());
		assertThat(accumulated.usage()).isEqualTo(completion.usage());
		assertThat(accumulated.model()).isEqualTo(completion.model()).isEqualTo("gpt-5-mini");
	}

	@ParameterizedTest
	@FieldSource("ANSWERS")
	void clientOfAnthropicReadsAnswers(FakeResponse answer) throws Exception {
		this.server.model().respondWith(answer, answer);
		HttpResponse<String> whole = post("/v1/messages", messagesRequest(false));
		com.anthropic.models.messages.Message message = com.anthropic.core.ObjectMappers.jsonMapper()
			.readValue(whole.body(), com.anthropic.models.messages.Message.class)
			.validate();
		HttpResponse<String> stream = post("/v1/messages", messagesRequest(true));
		MessageAccumulator accumulator = MessageAccumulator.create();
		for (String event : data(stream.body())) {
			if (!event.contains("\"ping\"")) {
				accumulator.accumulate(com.anthropic.core.ObjectMappers.jsonMapper()
					.readValue(event, RawMessageStreamEvent.class)
					.validate());
			}
		}
		com.anthropic.models.messages.Message accumulated = accumulator.message();

		assertThat(accumulated.content()).hasSameSizeAs(message.content()).isEqualTo(message.content());
		assertThat(accumulated.stopReason()).isEqualTo(message.stopReason());
		assertThat(accumulated.usage().inputTokens()).isEqualTo(message.usage().inputTokens());
		assertThat(accumulated.usage().outputTokens()).isEqualTo(message.usage().outputTokens());
		assertThat(accumulated.model()).isEqualTo(message.model());
	}

	@Test
	void clientOfOpenAiReadsErrors() throws Exception {
		this.server.model().respondWith(FakeResponse.failure(Kind.RATE_LIMIT));
		HttpResponse<String> response = post("/v1/chat/completions", completionsRequest(false));
		ErrorObject error = com.openai.core.ObjectMappers.jsonMapper()
			.treeToValue(com.openai.core.ObjectMappers.jsonMapper().readTree(response.body()).get("error"),
					ErrorObject.class)
			.validate();

		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(error.code()).hasValue("rate_limit_exceeded");
	}

	@Test
	void clientOfAnthropicReadsErrors() throws Exception {
		this.server.model().respondWith(FakeResponse.failure(Kind.OVERLOADED));
		HttpResponse<String> response = post("/v1/messages", messagesRequest(false));
		ErrorResponse error = com.anthropic.core.ObjectMappers.jsonMapper()
			.readValue(response.body(), ErrorResponse.class)
			.validate();

		assertThat(response.statusCode()).isEqualTo(529);
		assertThat(error.error().isOverloadedError()).isTrue();
	}

	@Test
	void requestsAreRecorded() throws Exception {
		post("/openai/deployments/my%20chat/chat/completions?api-version=v", completionsRequest(false));
		RecordedRequest request = this.server.lastRequest();

		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).isEqualTo("/openai/deployments/my%20chat/chat/completions?api-version=v");
		assertThat(request.json().path("model").stringValue()).isEqualTo("gpt-5-mini");
		assertThat(this.server.requests()).containsExactly(request);
	}

	@Test
	void deploymentOfThePathIsTheModel() throws Exception {
		post("/openai/deployments/my%20chat/chat/completions?api-version=v",
				"{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		assertThat(this.server.model().lastRequest().options().model()).isEqualTo("my chat");
	}

	@Test
	void thinkingOfARequestIsRead() throws Exception {
		post("/v1/messages", """
				{"model":"m","max_tokens":9,"system":"Be brief.","thinking":{"type":"enabled","budget_tokens":1024},
				"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[
				{"type":"thinking","thinking":"Hm","signature":"s"},{"type":"redacted_thinking","data":"x"},
				{"type":"text","text":"Hello"}]},{"role":"user","content":[{"type":"text","text":"So"}]}]}""");

		assertThat(this.server.model().lastRequest().options().reasoning()).isEqualTo(Reasoning.budget(1024));
		assertThat(this.server.model().lastRequest().messages()).first().isEqualTo(Message.system("Be brief."));
		assertThat(this.server.model().lastRequest().messages().get(2).text()).isEqualTo("Hello");
		assertThat(((AssistantMessage) this.server.model().lastRequest().messages().get(2)).parts())
			.hasExactlyElementsOfTypes(ReasoningPart.class, OpaquePart.class, TextPart.class);
	}

	@Test
	void systemMessageAmongTheOthersIsRead() throws Exception {
		post("/v1/messages", """
				{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"},
				{"role":"system","content":[{"type":"text","text":"Be brief."}]}]}""");

		assertThat(this.server.model().lastRequest().messages()).containsExactly(Message.user("Hi"),
				Message.system("Be brief."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "no JSON", "{}", "[]", "{\"messages\":[{\"role\":\"nobody\",\"content\":\"Hi\"}]}",
			"{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"smell\"}]}]}",
			"{\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"result of no call\"}]}" })
	void badRequestsAreRefused(String body) throws Exception {
		assertThat(post("/v1/chat/completions", body).statusCode()).isEqualTo(400);
		assertThat(post("/v1/messages", body).statusCode()).isEqualTo(400);
		assertThat(this.server.model().requests()).isEmpty();
	}

	@Test
	void otherPathsAreNotFound() throws Exception {
		HttpResponse<String> response = post("/v1/embeddings", "{}");

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("POST /v1/embeddings");
	}

	@Test
	void failureOfAScriptIsAnErrorOfTheServer() throws Exception {
		this.server.model().respondWith((request) -> {
			throw new IllegalStateException("Unexpected");
		});
		HttpResponse<String> response = post("/v1/messages", messagesRequest(false));

		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("Unexpected");
	}

	@Test
	void resetForgets() throws Exception {
		post("/v1/messages", messagesRequest(false));
		this.server.reset();

		assertThat(this.server.requests()).isEmpty();
		assertThat(this.server.model().requests()).isEmpty();
		assertThatIllegalStateException().isThrownBy(this.server::lastRequest)
			.withMessage("The model server got no request");
	}

	@Test
	void closedServerDoesNotAnswer() {
		this.server.close();

		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> post("/v1/messages", messagesRequest(false)));
	}

	@Test
	void closeEndsWhatIsSilent() throws Exception {
		this.server.model().respondWith(FakeResponse.failure(Kind.TIMEOUT));
		CompletableFuture<HttpResponse<String>> call = this.client
			.sendAsync(HttpRequest.newBuilder(URI.create(this.server.url() + "/v1/messages"))
				.POST(BodyPublishers.ofString(messagesRequest(false)))
				.build(), BodyHandlers.ofString());
		Awaitility.await().until(() -> !this.server.model().requests().isEmpty());
		this.server.close();

		assertThat(call).failsWithin(Duration.ofSeconds(20))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(IOException.class);
	}

}
