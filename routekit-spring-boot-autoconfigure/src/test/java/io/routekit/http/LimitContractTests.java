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

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.IntStream;

import io.routekit.FinishReason;
import io.routekit.Limits;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.responseOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the limits of what is kept of an answer, whichever the provider.
 */
@ParameterizedClass
@EnumSource
class LimitContractTests {

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	LimitContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(provider.settings(this.server)
			.limits(Limits.builder()
				.event(DataSize.ofKilobytes(10))
				.response(DataSize.ofKilobytes(50))
				.toolArguments(DataSize.ofKilobytes(2))
				.toolCalls(50)
				.parts(60)
				.build()));
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private void assertTooLarge(Flux<StreamEvent> call, String property) {
		assertTooLarge(failureOf(call), property);
		assertThat(this.server.requests()).hasSize(1);
	}

	private static void assertTooLarge(Throwable failure, String property) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class, (ex) -> {
			assertThat(ex.getKind()).isEqualTo(Kind.INVALID_RESPONSE);
			assertThat(ex).hasMessageContaining("larger than").hasMessageContaining("(" + property + ")");
			assertThat(ex.isRetryable()).isFalse();
		});
	}

	@ParameterizedTest
	@EnumSource
	void refusesAnEventThatIsTooLargeHoweverItIsCut(Chunking chunking) {
		this.server.reply(Script.events(this.provider.stream("x".repeat(11_000)), chunking));
		assertTooLarge(this.model.stream("Hi"), "limit.event");
	}

	@ParameterizedTest
	@EnumSource
	void takesAnEventThatIsJustSmallEnough(Chunking chunking) {
		String text = "x".repeat(9000);
		this.server.reply(Script.events(this.provider.stream(text), chunking));
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo(text);
	}

	@Test
	void refusesAnAnswerThatIsTooLarge() {
		this.server.reply(Script.json(200, this.provider.answer("x".repeat(52_000))));
		assertTooLarge(failureOf(this.model.chat("Hi")), "limit.response");
	}

	@ParameterizedTest
	@EnumSource
	void refusesAnAnswerThatIsJustTooLargeHoweverItIsCut(Chunking chunking) {
		for (boolean tooLarge : new boolean[] { false, true }) {
			String answer = this.provider.answer("x".repeat(40_000));
			String body = answer + " ".repeat(50 * 1024 - answer.length() + (tooLarge ? 1 : 0));
			this.server.reply((connection) -> {
				connection.head(200, "Content-Type: application/json", "Transfer-Encoding: chunked", "");
				for (byte[] piece : chunking.split(body.getBytes(StandardCharsets.UTF_8))) {
					connection.chunk(piece);
				}
				connection.endChunks();
			});
			if (tooLarge) {
				assertTooLarge(failureOf(this.model.chat("Hi")), "limit.response");
			}
			else {
				assertThat(this.model.chat("Hi").block(LIMIT).content()).hasSize(40_000);
			}
		}
	}

	@Test
	void refusesAStreamThatGrowsWithoutEndAfterWhatItHadDelivered() {
		this.server.reply((connection) -> {
			connection.startEvents();
			WireStream stream = this.provider.stream();
			connection.chunk(stream.text("a").take());
			while (true) {
				connection.chunk(stream.text("x".repeat(1000)).take());
			}
		});
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("a"))
			.thenConsumeWhile(StreamEvent.Text.class::isInstance)
			.expectErrorSatisfies((failure) -> assertTooLarge(failure, "limit.response"))
			.verify(LIMIT);
	}

	@Test
	void takesAStreamOfManyEventsOfWhichLittleIsKept() {
		WireStream stream = this.provider.stream();
		for (int i = 0; i < 2000; i++) {
			stream.text("ab");
		}
		this.server.reply(Script.events(stream.finish(FinishReason.STOP).end().take()));
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).hasSize(4000);
	}

	@Test
	void refusesArgumentsThatAreTooLong() {
		WireStream stream = this.provider.stream().call("call_1", "now");
		for (int i = 0; i < 30; i++) {
			stream.arguments(0, "x".repeat(100));
		}
		this.server.reply(Script.events(stream.finish(FinishReason.TOOL_CALLS).end().take()));
		assertTooLarge(this.model.stream("Hi"), "limit.tool-arguments");
	}

	@Test
	void refusesArgumentsThatAreTooLongInAWholeAnswer() {
		ToolCall toolCall = ToolCall.of("call_1", "now", "{\"text\":\"%s\"}".formatted("x".repeat(3000)));
		this.server.reply(Script.json(200, this.provider.answer("", toolCall)));
		assertTooLarge(failureOf(this.model.chat("Hi")), "limit.tool-arguments");
	}

	@Test
	void refusesMoreToolCallsThanItMayHave() {
		this.server.reply(Script.json(200, this.provider.answer("", toolCalls(51))));
		assertTooMany(failureOf(this.model.chat("Hi")), "The answer has more than 50 tool calls (limit.tool-calls)");
		this.server.reply(Script.events(stream(51)));
		assertTooMany(failureOf(this.model.stream("Hi")), "The answer has more than 50 tool calls (limit.tool-calls)");
	}

	@Test
	void takesAsManyToolCallsAsItMayHave() {
		this.server.reply(Script.json(200, this.provider.answer("", toolCalls(50))));
		assertThat(this.model.chat("Hi").block(LIMIT).toolCalls()).hasSize(50);
		this.server.reply(Script.events(stream(50)));
		assertThat(responseOf(eventsOf(this.model.stream("Hi"))).toolCalls()).hasSize(50);
	}

	private static ToolCall[] toolCalls(int count) {
		return IntStream.range(0, count)
			.mapToObj((number) -> ToolCall.of("call_" + number, "now", "{}"))
			.toArray(ToolCall[]::new);
	}

	private String stream(int toolCalls) {
		WireStream stream = this.provider.stream();
		for (int i = 0; i < toolCalls; i++) {
			stream.call("call_" + i, "now").arguments(i, "{}");
		}
		return stream.finish(FinishReason.TOOL_CALLS).end().take();
	}

	@Test
	void refusesMorePartsThanItMayHave() {
		String part = switch (this.provider) {
			case RESPONSES -> "{\"type\":\"reasoning\"},{\"type\":\"message\",\"content\":[]}";
			case ANTHROPIC -> "{\"type\":\"text\",\"text\":\"a\"}";
			default -> "\"a\",{\"thinking\":\"b\"}";
		};
		String parts = String.join(",", Collections.nCopies(61, part));
		String answer = switch (this.provider) {
			case RESPONSES -> this.provider.answer("").replace("\"output\":[", "\"output\":[" + parts);
			case ANTHROPIC ->
				this.provider.answer("x").replaceFirst("\\[\\{\"type\":\"text\"[^]]*]", "[" + parts + "]");
			default -> this.provider.answer("x").replace("\"x\"", "[" + parts + "]");
		};
		this.server.reply(Script.json(200, answer));
		assertTooMany(failureOf(this.model.chat("Hi")), "The answer has more than 60 parts (limit.parts)");
	}

	private static void assertTooMany(ModelException failure, String message) {
		assertThat(failure).hasMessage(message);
		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

}
