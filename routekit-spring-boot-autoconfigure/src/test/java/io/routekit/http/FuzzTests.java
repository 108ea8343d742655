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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with damaged answers. The build runs as many as take a few seconds;
 * {@code -Droutekit.fuzz.executions} sets another number for each provider, and
 * {@code -Droutekit.fuzz.seed} where they start.
 */
class FuzzTests {

	private static final JsonMapper mapper = new JsonMapper();

	private static final int EXECUTIONS = Integer.getInteger("routekit.fuzz.executions", 3000);

	private static final long SEED = Long.getLong("routekit.fuzz.seed", 0);

	private static final Limits LIMITS = Limits.builder()
		.event(DataSize.ofKilobytes(2))
		.response(DataSize.ofKilobytes(4))
		.toolArguments(DataSize.ofBytes(500))
		.build();

	private static final Map<WireProvider, List<String>> ANSWERS = Map.of(WireProvider.OPENAI,
			read("completions-stream.txt", "completions-repeated.txt", "completions-answer.json",
					"completions-error.txt"),
			WireProvider.RESPONSES,
			read("responses-stream.txt", "responses-repeated.txt", "responses-answer.json", "responses-error.txt"),
			WireProvider.AZURE_DEPLOYMENTS,
			read("azure-stream.txt", "completions-repeated.txt", "completions-answer.json"), WireProvider.AZURE_V1,
			read("azure-stream.txt", "completions-error.txt"), WireProvider.ANTHROPIC,
			read("messages-stream.txt", "messages-repeated.txt", "messages-answer.json", "messages-error.txt"));

	private final CannedExchange exchange = new CannedExchange();

	private static List<String> read(String... names) {
		return Arrays.stream(names).map((name) -> {
			try (InputStream file = FuzzTests.class.getResourceAsStream("fuzz/" + name)) {
				return new String(file.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}).toList();
	}

	@ParameterizedTest
	@EnumSource
	@Timeout(value = 1, unit = TimeUnit.HOURS)
	void damagedAnswerIsAnAnswerOrAModelException(WireProvider provider) {
		Model model = model(provider);
		int answers = 0;
		for (long seed = SEED; seed < SEED + EXECUTIONS; seed++) {
			// Seeds that are close to each other begin with the same numbers otherwise
			Random random = new Random(seed * 0x9E3779B97F4A7C15L);
			List<String> originals = ANSWERS.get(provider);
			byte[] answer = new Mutator(random).mutate(originals.get(random.nextInt(originals.size())));
			HttpStatus status = (random.nextInt(20) == 0) ? HttpStatus.BAD_REQUEST : HttpStatus.OK;
			try {
				answers += check(provider, model, status, answer, random);
			}
			catch (Throwable ex) {
				throw new AssertionError("Seed %s: %s".formatted(seed, new String(answer, StandardCharsets.UTF_8)), ex);
			}
		}
		assertThat(answers).isBetween(EXECUTIONS / 20, EXECUTIONS - 1);
	}

	private Model model(WireProvider provider) {
		return provider.model(provider.settings(URI.create("http://localhost")).limits(LIMITS),
				WebClient.builder().exchangeFunction(this.exchange));
	}

	/**
	 * Check an answer, and return how many responses it was.
	 */
	private int check(WireProvider provider, Model model, HttpStatus status, byte[] answer, Random random) {
		this.exchange.answer(status, List.of(answer));
		StreamOutcome whole = StreamOutcome.of(model.stream("Hi"));
		StreamOutcome chat = StreamOutcome.of(model.chat("Hi").map(StreamEvent.Completed::new));
		this.exchange.answer(status, cut(answer, random));
		StreamOutcome cut = StreamOutcome.of(model.stream("Hi"));
		assertThat(cut.signature()).isEqualTo(whole.signature());
		assertThat(String.valueOf(chat.failure())).isEqualTo(String.valueOf(whole.failure()));
		assertOneEnd(whole);
		if (whole.failure() != null) {
			return 0;
		}
		assertWithinLimits(whole.response());
		assertThat(chat.response().content()).isEqualTo(whole.response().content());
		// Items that are told at the same time arrive in another order than they stand in
		boolean ordered = provider != WireProvider.RESPONSES;
		assertThat(ordered ? whole.text() : sorted(whole.text()))
			.isEqualTo(ordered ? whole.response().content() : sorted(whole.response().content()));
		assertGoesOn(model, whole.response());
		return 1;
	}

	private static String sorted(String text) {
		char[] characters = text.toCharArray();
		Arrays.sort(characters);
		return new String(characters);
	}

	private static void assertOneEnd(StreamOutcome outcome) {
		List<StreamEvent> events = outcome.events();
		long completed = events.stream().filter(StreamEvent.Completed.class::isInstance).count();
		assertThat(completed).isEqualTo((outcome.failure() != null) ? 0 : 1);
		StreamEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
		assertThat(last instanceof StreamEvent.Completed).isEqualTo(outcome.failure() == null);
	}

	private static List<byte[]> cut(byte[] answer, Random random) {
		List<byte[]> pieces = new ArrayList<>();
		int start = 0;
		while (start < answer.length) {
			int end = Math.min(answer.length, start + 1 + random.nextInt(60));
			pieces.add(Arrays.copyOfRange(answer, start, end));
			start = end;
		}
		return pieces;
	}

	private static void assertWithinLimits(ModelResponse response) {
		int size = response.content().length() + ((response.reasoning() != null) ? response.reasoning().length() : 0);
		for (ToolCall toolCall : response.toolCalls()) {
			assertThat(toolCall.arguments()).hasSizeLessThanOrEqualTo((int) LIMITS.toolArguments().toBytes());
			size += toolCall.arguments().length();
		}
		assertThat(size).isLessThanOrEqualTo((int) LIMITS.response().toBytes());
	}

	private void assertGoesOn(Model model, ModelResponse response) {
		ChatRequest.Builder next = ChatRequest.builder().messages(Message.user("Hi"), response.toMessage());
		response.toolCalls().forEach((toolCall) -> next.messages(Message.tool(toolCall.id(), "Done")));
		this.exchange.takeRequest();
		StreamOutcome.of(model.stream(next.messages(Message.user("And?")).build()));
		ClientRequest request = this.exchange.takeRequest();
		assertThat(request).isNotNull();
		MockClientHttpRequest written = new MockClientHttpRequest(request.method(), request.url());
		request.writeTo(written, ExchangeStrategies.withDefaults()).block(TestCalls.LIMIT);
		String body = written.getBodyAsString().block(TestCalls.LIMIT);
		JsonNode json = mapper.readTree(body);
		assertThat(json.path("messages").size() + json.path("input").size()).isPositive();
	}

}
