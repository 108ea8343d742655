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

package io.routekit.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.http.Chunking;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.StreamOutcome;
import io.routekit.http.TestCalls;
import io.routekit.http.TestHttp;
import io.routekit.resilience.ResilienceListener;
import io.routekit.resilience.RetryFilter;
import io.routekit.resilience.RetryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.responseOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for servers that offer the Responses API, by what each of them does differently.
 */
class ResponsesServerTests {

	private static final String OSLO = "{\"city\":\"Oslo\"}";

	private final RawServer server = new RawServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(CompletionsProperties properties) {
		properties.setApi(Api.RESPONSES);
		return new OpenAiModelProvider(TestHttp.factory())
			.create(TestHttp.settings(properties).baseUrl(this.server.url("/api/v1")).model("m").build());
	}

	private Model model() {
		return model(new CompletionsProperties());
	}

	private static String read(String fixture) {
		try (InputStream in = ResponsesServerTests.class.getResourceAsStream(fixture)) {
			assertThat(in).as(fixture).isNotNull();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "vllm,The user asks.,In Norway.,-", "ollama,The user asks.,'',call_o",
					"lmstudio,The user asks.,I look.,call_l", "openrouter,-,In Norway.,-", "groq,-,In Norway.,-",
					"litellm,-,I look.,call_t", "copilot,The user asks.,I look.,call_c" })
	void streamIsReadAsItIsMeant(String name, String reasoning, String text, String call) {
		List<StreamEvent> events = StreamOutcome.eventsOf(model(), this.server, read(name + "/responses.txt"));
		ModelResponse response = responseOf(events);
		assertThat(this.server.request().target()).isEqualTo("/api/v1/responses");
		assertThat(response.content()).isEqualTo(text).isEqualTo(textOf(events));
		assertThat(response.reasoning()).isEqualTo(reasoning);
		assertThat(response.model()).isEqualTo("m");
		if (call == null) {
			assertThat(response.toolCalls()).isEmpty();
			assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		}
		else {
			assertThat(response.toolCalls()).extracting(ToolCall::id, ToolCall::name, ToolCall::arguments)
				.containsExactly(tuple(call, "get_weather", OSLO));
			assertThat(events).contains(new StreamEvent.ToolCallComplete(0, response.toolCalls().get(0)));
			assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		}
	}

	@ParameterizedTest
	@CsvSource({ "vllm", "ollama", "lmstudio", "openrouter", "groq", "copilot" })
	void usageIsKnown(String name) {
		this.server.reply(Script.events(read(name + "/responses.txt")));
		assertThat(model().chat("Hi").block(LIMIT).usage())
			.extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens)
			.containsExactly(20L, 9L, 29L);
	}

	@Test
	void copilotTellsItsUsageBesideTheResponse() {
		this.server.reply(Script.events(read("copilot/responses.txt"), Chunking.RANDOM));
		assertThat(model().chat("Hi").block(LIMIT).metadata()).containsKey("copilot_usage");
	}

	@Test
	void openRouterMayEndWithItsItemsWhereThatIsExpected() {
		String stream = read("openrouter/responses-without-end.txt");
		assertThat(StreamOutcome.of(model(), this.server, stream).failure().getKind()).isEqualTo(Kind.NETWORK);

		CompletionsProperties properties = new CompletionsProperties();
		properties.setStreamEndsWithItems(true);
		ModelResponse response = responseOf(StreamOutcome.eventsOf(model(properties), this.server, stream));

		assertThat(response.content()).isEqualTo("In Norway.");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.usage()).isNull();
	}

	@Test
	void openRouterHasNumbersForCodes() {
		this.server.reply(Script.events(read("openrouter/responses-error.txt"), Chunking.RANDOM));
		ModelException failure = failureOf(model().stream("Hi"));
		assertThat(failure).hasMessageStartingWith("Rate limit exceeded");
		assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
	}

	@Test
	void failureBeforeTheFirstEventIsTriedAgain() {
		String created = "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\"}}\n\n";
		String failed = "data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{"
				+ "\"code\":\"server_is_overloaded\",\"message\":\"Our servers are overloaded\"}}}\n\n";
		Iterator<String> streams = List.of(created + failed, read("groq/responses.txt")).iterator();
		this.server.reply((connection) -> Script.events(streams.next()).run(connection));
		RetryPolicy policy = RetryPolicy.builder().delay(Duration.ofMillis(1)).build();
		Model model = model().filter(new RetryFilter("model", policy, new ResilienceListener() {
		}));

		List<StreamEvent> events = TestCalls.eventsOf(model.stream("Hi"));

		assertThat(textOf(events)).isEqualTo("In Norway.");
		assertThat(responseOf(events).id()).isEqualTo("resp_g");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void answerIsCompleteAlthoughTheConnectionStaysOpen() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(read("groq/responses.txt"));
			connection.stall();
		});
		assertThat(textOf(TestCalls.eventsOf(model().stream("Hi")))).isEqualTo("In Norway.");
	}

}
