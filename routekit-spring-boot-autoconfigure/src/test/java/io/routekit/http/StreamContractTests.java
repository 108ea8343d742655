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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.eventsOf;
import static io.routekit.http.TestCalls.failureOf;
import static io.routekit.http.TestCalls.responseOf;
import static io.routekit.http.TestCalls.textOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what streams of all providers have in common.
 */
@ParameterizedClass
@EnumSource
class StreamContractTests {

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	private final Model model;

	StreamContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(this.server);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private List<StreamEvent> events(String stream) {
		return StreamOutcome.eventsOf(this.model, this.server, stream);
	}

	// Some providers issue state with each call
	private static List<ToolCall> withoutState(List<ToolCall> calls) {
		return calls.stream().map(StreamContractTests::withoutState).toList();
	}

	private static ToolCall withoutState(ToolCall call) {
		return new ToolCall(call.id(), call.name(), call.arguments(), call.complete(), null);
	}

	private static List<StreamEvent> withoutCallState(List<StreamEvent> events) {
		return events.stream()
			.map((event) -> (event instanceof StreamEvent.ToolCallComplete complete)
					? new StreamEvent.ToolCallComplete(complete.index(), withoutState(complete.toolCall())) : event)
			.toList();
	}

	private StreamOutcome outcome(String stream) {
		return StreamOutcome.of(this.model, this.server, stream);
	}

	@ParameterizedTest
	@EnumSource
	void deliversTextExactlyHoweverItIsCut(Chunking chunking) {
		this.server.reply(Script.events(this.provider.stream()
			.text("  a")
			.text(" ")
			.text("b\\n")
			.text("ü世\\ud83d")
			.text("\\ude00")
			.finish(FinishReason.STOP)
			.end()
			.take(), chunking, this.provider.requestIdHeader() + ": req_1"));
		List<StreamEvent> events = eventsOf(this.model.stream("Hi"));
		assertThat(events.subList(0, 5)).containsExactly(new StreamEvent.Text("  a"), new StreamEvent.Text(" "),
				new StreamEvent.Text("b\n"), new StreamEvent.Text("ü世"), new StreamEvent.Text("\ud83d\ude00"));
		assertThat(events).hasSize(6);
		ModelResponse response = responseOf(events);
		assertThat(response.content()).isEqualTo("  a b\nü世\ud83d\ude00");
		assertThat(response.provider()).isEqualTo(this.provider.type());
		assertThat(response.id()).isEqualTo("answer-1");
		assertThat(response.model()).isEqualTo("model-1");
		assertThat(response.requestId()).isEqualTo("req_1");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(response.usage()).extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens)
			.containsExactly(9L, 2L, 11L);
	}

	@ParameterizedTest
	@EnumSource
	void deliversParallelToolCallsHoweverTheyAreCut(Chunking chunking) {
		this.server.reply(Script.events(this.provider.stream()
			.text("See:")
			.call("call_a", "get_weather")
			.arguments(0, "{\"city\":\"M\\u00")
			.call("call_b", "find")
			.arguments(1, "{\"für\":9007199254740993")
			.arguments(0, "fcnchen 世\"}")
			.arguments(1, "}")
			.finish(FinishReason.TOOL_CALLS)
			.end()
			.take(), chunking));
		List<StreamEvent> events = eventsOf(this.model.stream("Hi"));
		ToolCall weather = ToolCall.of("call_a", "get_weather", "{\"city\":\"M\\u00fcnchen 世\"}");
		ToolCall find = ToolCall.of("call_b", "find", "{\"für\":9007199254740993}");
		assertThat(withoutCallState(events.subList(0, 9))).containsExactly(new StreamEvent.Text("See:"),
				new StreamEvent.ToolCallStart(0, "call_a", "get_weather"),
				new StreamEvent.ToolCallArguments(0, "{\"city\":\"M\\u00"),
				new StreamEvent.ToolCallStart(1, "call_b", "find"),
				new StreamEvent.ToolCallArguments(1, "{\"für\":9007199254740993"),
				new StreamEvent.ToolCallArguments(0, "fcnchen 世\"}"), new StreamEvent.ToolCallArguments(1, "}"),
				new StreamEvent.ToolCallComplete(0, weather), new StreamEvent.ToolCallComplete(1, find));
		assertThat(events).hasSize(10);
		ModelResponse response = responseOf(events);
		assertThat(withoutState(response.toolCalls())).containsExactly(weather, find);
		assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(weather.argumentsAsMap()).isEqualTo(Map.of("city", "München 世"));
	}

	@Test
	void callWithoutArgumentsHasAnEmptyObject() {
		List<StreamEvent> events = events(
				this.provider.stream().call("call_a", "now").finish(FinishReason.TOOL_CALLS).end().take());
		ToolCall now = ToolCall.of("call_a", "now", "{}");
		assertThat(withoutCallState(events)).contains(new StreamEvent.ToolCallComplete(0, now));
		assertThat(withoutState(responseOf(events).toolCalls())).containsExactly(now);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}~{\"city\":\"Oslo\"}", "{\"city\":~\"Oslo\"}~{\"city\":\"Oslo\"}",
			"{\"city\":\"O~{\"city\":\"Oslo\"}" })
	void argumentsThatAreRestatedCountOnce(String pieces) {
		WireStream stream = this.provider.stream().call("call_a", "get_weather");
		for (String piece : pieces.split("~")) {
			stream.arguments(0, piece);
		}
		List<StreamEvent> events = events(stream.finish(FinishReason.TOOL_CALLS).end().take());
		ToolCall weather = ToolCall.of("call_a", "get_weather", "{\"city\":\"Oslo\"}");
		assertThat(withoutState(responseOf(events).toolCalls())).containsExactly(weather);
		assertThat(withoutCallState(events)).contains(new StreamEvent.ToolCallComplete(0, weather));
		assertThat(events.stream()
			.filter(StreamEvent.ToolCallArguments.class::isInstance)
			.map((event) -> ((StreamEvent.ToolCallArguments) event).arguments())
			.collect(Collectors.joining())).isEqualTo(weather.arguments());
	}

	@Test
	void argumentsThatCanMeanSeveralThingsAreFlagged() {
		List<StreamEvent> events = events(this.provider.stream()
			.call("call_a", "f")
			.arguments(0, "{\"x\":1}")
			.arguments(0, "{\"x\":2}")
			.finish(FinishReason.TOOL_CALLS)
			.end()
			.take());
		assertThat(responseOf(events).toolCalls()).singleElement().extracting(ToolCall::complete).isEqualTo(false);
		assertThat(events).noneMatch(StreamEvent.ToolCallComplete.class::isInstance);
	}

	@Test
	void callThatIsCutIsFlaggedAndNotOffered() {
		List<StreamEvent> events = events(this.provider.stream()
			.call("call_a", "find")
			.arguments(0, "{\"x")
			.finish(FinishReason.LENGTH)
			.end()
			.take());
		assertThat(responseOf(events).finishReason()).isEqualTo(FinishReason.LENGTH);
		assertThat(withoutState(responseOf(events).toolCalls()))
			.containsExactly(new ToolCall("call_a", "find", "{\"x", false, null));
		assertThat(events).noneMatch(StreamEvent.ToolCallComplete.class::isInstance);
	}

	@Test
	void deliversTextAsItArrives() {
		CountDownLatch firstSeen = new CountDownLatch(1);
		WireStream stream = this.provider.stream();
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(stream.text("first").take());
			firstSeen.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
			connection.chunk(stream.text("second").finish(FinishReason.STOP).end().take());
			connection.endChunks();
		});
		verifyTwoTexts(firstSeen);
	}

	@Test
	void deliversCompressedTextAsItArrives() throws IOException {
		CountDownLatch firstSeen = new CountDownLatch(1);
		WireStream stream = this.provider.stream();
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		GZIPOutputStream gzip = new GZIPOutputStream(compressed, true);
		this.server.reply((connection) -> {
			connection.startEvents("Content-Encoding: gzip");
			gzip.write(stream.text("first").take().getBytes(StandardCharsets.UTF_8));
			gzip.flush();
			connection.chunk(compressed.toByteArray());
			compressed.reset();
			firstSeen.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
			gzip.write(stream.text("second").finish(FinishReason.STOP).end().take().getBytes(StandardCharsets.UTF_8));
			gzip.finish();
			connection.chunk(compressed.toByteArray());
			connection.endChunks();
		});
		verifyTwoTexts(firstSeen);
		assertThat(this.server.request().header("Accept-Encoding")).contains("gzip");
	}

	private void verifyTwoTexts(CountDownLatch firstSeen) {
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("first"))
			.then(firstSeen::countDown)
			.expectNext(new StreamEvent.Text("second"))
			.expectNextMatches(StreamEvent.Completed.class::isInstance)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void deliversNoMoreThanIsAskedFor() {
		int count = 300;
		WireStream stream = this.provider.stream();
		for (int i = 0; i < count; i++) {
			stream.text("t" + i);
		}
		this.server.reply(Script.events(stream.finish(FinishReason.STOP).end().take(), Chunking.LINES));
		StepVerifier.Step<StreamEvent> step = StepVerifier.create(this.model.stream("Hi"), 0);
		for (int i = 0; i < count; i++) {
			step = step.thenRequest(1).expectNext(new StreamEvent.Text("t" + i));
		}
		step.thenRequest(1).expectNextMatches(StreamEvent.Completed.class::isInstance).expectComplete().verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource
	void toleratesTheNoiseOfStreams(Chunking chunking) {
		String stream = this.provider.stream().text("a").text("b").finish(FinishReason.STOP).end().take();
		String noisy = "\uFEFF: PROCESSING\n\nretry: abc\nid: 1\n\nevent: nothing\n\ndata:\n\n"
				+ stream.replace("data: ", "data:").replace("\n\n", "\r\nid: 7\r\n: keep-alive\r\n\r\n\r\n");
		this.server.reply(Script.events(noisy, chunking));
		List<StreamEvent> events = eventsOf(this.model.stream("Hi"));
		assertThat(events.subList(0, 2)).containsExactly(new StreamEvent.Text("a"), new StreamEvent.Text("b"));
		assertThat(events).hasSize(3);
	}

	@Test
	void joinsTheLinesOfAnEvent() {
		assertThat(textOf(events(this.provider.stream("a").replace(",\"", ",\ndata: \"")))).isEqualTo("a");
	}

	@Test
	void ignoresFieldsAndEventsOfTheFuture() {
		String stream = this.provider.stream("a")
			.replace("data: {",
					"event: news\ndata: {\"type\":\"news\",\"choices\":[]}\n\ndata: {\"future\":{\"a\":[1]},")
			.replace("event: content_block_delta\nevent: news", "event: news");
		assertThat(textOf(events(stream))).isEqualTo("a");
	}

	@ParameterizedTest
	@EnumSource
	void completesAtTheMarkerAndIgnoresWhatFollows(Chunking chunking) {
		String stream = this.provider.stream("a") + "garbage\n\n" + this.provider.stream("late");
		this.server.reply(Script.events(stream, chunking));
		List<StreamEvent> events = eventsOf(this.model.stream("Hi"));
		assertThat(textOf(events)).isEqualTo("a");
		assertThat(events).hasSize(2);
	}

	@Test
	void completesWithoutTheMarkerOnceTheModelHasStopped() {
		List<StreamEvent> events = events(this.provider.stream().text("a").finish(FinishReason.STOP).take());
		assertThat(responseOf(events).content()).isEqualTo("a");
		assertThat(responseOf(events).usage().totalTokens()).isEqualTo(11);
	}

	@Test
	void completesOnceTheModelHasStoppedAlthoughTheConnectionBreaks() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(this.provider.stream().text("a").finish(FinishReason.STOP).take());
			connection.close();
		});
		assertThat(responseOf(eventsOf(this.model.stream("Hi"))).content()).isEqualTo("a");
	}

	@Test
	void completesAtAMarkerThatNoEmptyLineEnds() {
		assertThat(responseOf(events(this.provider.stream("a").stripTrailing())).content()).isEqualTo("a");
	}

	@Test
	void emptyAnswerIsAnAnswer() {
		List<StreamEvent> events = events(this.provider.stream().finish(FinishReason.LENGTH).end().take());
		assertThat(events).singleElement().isInstanceOf(StreamEvent.Completed.class);
		assertThat(responseOf(events).content()).isEmpty();
		assertThat(responseOf(events).finishReason()).isEqualTo(FinishReason.LENGTH);
	}

	@ParameterizedTest
	@EnumSource
	void failsAfterTheTextWhenTheStreamIsCut(Cut cut) {
		this.server.reply((connection) -> {
			connection.startEvents();
			WireStream stream = this.provider.stream();
			connection.chunk(stream.text("a").text("b").take());
			cut.after(connection, stream.text("c").take());
		});
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("a"), new StreamEvent.Text("b"))
			.expectErrorSatisfies((failure) -> {
				assertThat(failure).extracting("kind").isEqualTo(Kind.NETWORK);
				assertThat(failure).extracting("provider").isEqualTo(this.provider.type());
			})
			.verify(LIMIT);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void offersNoCallOfAStreamThatIsCut() {
		StreamOutcome outcome = outcome(this.provider.stream().call("call_a", "find").arguments(0, "{\"x\":1}").take());
		assertThat(outcome.events()).containsExactly(new StreamEvent.ToolCallStart(0, "call_a", "find"),
				new StreamEvent.ToolCallArguments(0, "{\"x\":1}"));
		assertThat(outcome.failure().getKind()).isEqualTo(Kind.NETWORK);
	}

	@Test
	void failsOnceAfterTheTextWhenAnErrorFollows() {
		StreamOutcome outcome = StreamOutcome.of(this.model, this.server,
				this.provider.stream()
					.text("a")
					.error("overloaded_error", "Störung")
					.finish(FinishReason.STOP)
					.end()
					.take(),
				this.provider.requestIdHeader() + ": req_1");
		assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"));
		assertThat(outcome.failure()).hasMessageStartingWith("Störung");
		assertThat(outcome.failure().getKind()).isEqualTo(Kind.OVERLOADED);
		assertThat(outcome.failure().getRequestId()).isEqualTo("req_1");
		assertThat(this.server.requests()).hasSize(Chunking.values().length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "event: error\ndata: Storm", "data: {\"error\":\"Storm\"}",
			"event: error\ndata: {\"error\":{\"message\":\"Storm\"},\"message\":\"Storm\"}",
			"data: {\"error\":{\"message\":\"Storm\",\"type\":\"server_error\",\"param\":null,\"code\":null}}",
			"data: {\"error_type\":\"x\",\"error_message\":\"Storm\"}",
			"data: {\"error\":{\"message\":\"Storm\",\"code\":502}}" })
	void findsErrorsOfAnyShape(String error) {
		WireStream stream = this.provider.stream();
		StreamOutcome outcome = outcome(stream.text("a").take() + error + "\n\n" + stream.end().take());
		assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"));
		assertThat(outcome.failure()).hasMessageStartingWith("Storm");
		assertThat(outcome.failure().getKind()).isEqualTo(Kind.SERVER);
	}

	@Test
	void errorThatIsNullIsNone() {
		assertThat(textOf(events(this.provider.stream("a").replace("data: {", "data: {\"error\":null,"))))
			.isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ": ping\n\n", "data: [DONE]\n\n", "data:\n\n" })
	void streamWithoutEventsIsInvalid(String stream) {
		assertThat(outcome(stream).failure().getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "event: heartbeat\ndata: ok", "event: ping\ndata: 2026-01-01 10:00:00", "data: null",
			"data: []", "data:  ", "data:\ndata:", "event: message\ndata: {\"keepalive\":1}",
			"event: ping\ndata: {\"message\":\"alive\"}", "data: {\"status\":\"queued\",\"message\":\"You are next\"}",
			"data: {\"message\":\"ok\",\"code\":200}",
			"data: {\"object\":\"chat.completion.chunk\",\"title\":\"t\",\"message\":\"m\"}" })
	void ignoresSignsOfLife(String sign) {
		String stream = this.provider.stream("a");
		List<StreamEvent> events = events(stream.replace("\n\n", "\n\n" + sign + "\n\n"));
		assertThat(textOf(events)).isEqualTo("a");
		assertThat(responseOf(events).finishReason()).isEqualTo(FinishReason.STOP);
	}

	@ParameterizedTest
	@EnumSource
	void readsAllPayloadsOfAnEvent(Chunking chunking) {
		String stream = this.provider.stream().text("a").text("b").finish(FinishReason.STOP).take();
		String oneEvent = stream.lines().filter((line) -> line.startsWith("data:")).collect(Collectors.joining("\n"));
		this.server.reply(Script.events(oneEvent + "\n\n" + this.provider.stream().end().take(), chunking));
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("ab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[DONE]", " bye", "]", ",", "\u0000" })
	void ignoresWhatFollowsAPayload(String rest) {
		List<StreamEvent> events = events(this.provider.stream("a").replace("}\n\n", "}" + rest + "\n\n"));
		assertThat(textOf(events)).isEqualTo("a");
		assertThat(responseOf(events).usage().totalTokens()).isEqualTo(11);
	}

	@Test
	void keepsTheTextBeforeAnErrorOfTheSameEvent() {
		WireStream stream = this.provider.stream().text("a");
		String text = stream.take().stripTrailing();
		String error = stream.error("overloaded_error", "Storm").take().replaceFirst("event: error\n", "");
		StreamOutcome outcome = outcome(text + "\n" + error);
		assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"));
		assertThat(outcome.failure().getKind()).isEqualTo(Kind.OVERLOADED);
	}

	@Test
	void findsALongErrorThatIsNotFramed() {
		String error = "{\"error\":{\"details\":\"" + "x".repeat(20_000) + "\",\"message\":\"Storm\",\"code\":429}}";
		StreamOutcome outcome = outcome(this.provider.stream().text("a").take() + error + "\n\n");
		assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"));
		assertThat(outcome.failure().getKind()).isEqualTo(Kind.RATE_LIMIT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "error: {\"code\":429,\"message\":\"Storm\"}",
			"{\"error\":{\"message\":\"Storm\",\"code\":429}}" })
	void findsAnErrorThatIsNotFramedAfterTheText(String error) {
		for (String end : List.of("", "data: [DONE]\n\n")) {
			StreamOutcome outcome = outcome(this.provider.stream().text("a").take() + error + "\n\n" + end);
			assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"));
			assertThat(outcome.failure()).hasMessageContaining("Storm");
			assertThat(outcome.failure().getKind()).isEqualTo(Kind.RATE_LIMIT);
		}
	}

	@Test
	void takesBackTheTextOfAPayloadThatReportsAFailure() {
		String text = this.provider.stream().text("lost").take().strip();
		String failing = text.substring(0, text.length() - 1) + ",\"error\":{\"message\":\"Storm\",\"code\":503}}\n\n";
		StreamOutcome outcome = outcome(this.provider.stream().text("a").take() + failing);
		assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"));
		assertThat(outcome.failure()).hasMessageContaining("Storm");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "\"\"", "false", "0", "{\"message\":\"\",\"type\":\"\",\"code\":null}" })
	void errorThatSaysNothingIsNone(String error) {
		String stream = this.provider.stream("a").replace("}\n\n", ",\"error\":" + error + "}\n\n");
		assertThat(textOf(events(stream))).isEqualTo("a");
	}

	@ParameterizedTest
	@EnumSource
	void replacesWhatIsNotUtf8(Chunking chunking) {
		byte[] stream = this.provider.stream("a~b").getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < stream.length; i++) {
			stream[i] = (stream[i] == '~') ? (byte) 0xFF : stream[i];
		}
		this.server.reply((connection) -> {
			connection.startEvents();
			for (byte[] piece : chunking.split(stream)) {
				connection.chunk(piece);
			}
			connection.endChunks();
		});
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a\uFFFDb");
	}

	@Test
	void takesWhatIsWholeAlthoughTheConnectionBreaks() {
		String finished = this.provider.stream().text("a").finish(FinishReason.STOP).take();
		for (String answer : List.of(finished.strip(), this.provider.stream("a").strip(), this.provider.answer("a"))) {
			this.server.reply((connection) -> {
				connection.startEvents();
				connection.chunk(answer);
				connection.close();
			});
			assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a");
		}
	}

	@Test
	void reportsTheErrorAlthoughTheConnectionBreaks() {
		String error = this.provider.stream().error("rate_limit_error", "Storm").take().strip();
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(error);
			connection.close();
		});
		assertThat(failureOf(this.model.stream("Hi")).getKind()).isEqualTo(Kind.RATE_LIMIT);
	}

	@Test
	void payloadThatIsNoJsonIsInvalid() {
		StreamOutcome outcome = outcome(this.provider.stream().text("a").take() + "data: {\"choices\":oops}\n\n");
		assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"));
		assertThat(outcome.failure()).hasMessageNotContaining("oops");
		assertThat(outcome.failure().getKind()).isEqualTo(Kind.INVALID_RESPONSE);
	}

	@Test
	void acceptsAWholeAnswer() {
		ToolCall call = ToolCall.of("call_a", "find", "{\"x\":1}");
		this.server.reply(Script.json(200, this.provider.answer("Hello", call)));
		List<StreamEvent> events = eventsOf(this.model.stream("Hi"));
		assertThat(withoutCallState(events.subList(0, 4))).containsExactly(new StreamEvent.Text("Hello"),
				new StreamEvent.ToolCallStart(0, "call_a", "find"), new StreamEvent.ToolCallArguments(0, "{\"x\":1}"),
				new StreamEvent.ToolCallComplete(0, call));
		assertThat(responseOf(events).usage().totalTokens()).isEqualTo(11);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\uFEFF", "\r\n\n\n  ", ": ping\n\n", ": ping\n\n: ping\n\n" })
	void answerMayBeginWithNothing(String beginning) {
		this.server.reply(Script.body(200, "text/plain",
				beginning + this.provider.answer("a").replaceFirst("\\{", "{\"error\":null,")));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a");
	}

	@Test
	void answerMayBeginWithALotOfNothing() {
		this.server.reply(Script.body(200, "application/json", " \n".repeat(100_000) + this.provider.answer("a")));
		assertThat(this.model.chat("Hi").block(LIMIT).content()).isEqualTo("a");
		this.server.reply(Script.events("\n".repeat(100_000) + this.provider.stream("a"), Chunking.RANDOM));
		assertThat(textOf(eventsOf(this.model.stream("Hi")))).isEqualTo("a");
	}

	@Test
	void isAcceptedForAnAnswerThatShouldBeWhole() {
		this.server.reply(Script.events(this.provider.stream("Hello"), Chunking.RANDOM));
		ModelResponse response = this.model.chat("Hi").block(LIMIT);
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.usage().totalTokens()).isEqualTo(11);
	}

	@ParameterizedTest
	@ValueSource(strings = { ",\"usage\":null", ",\"usage\":{}", "" })
	void usageThatIsNotSentIsUnknown(String usage) {
		String known = ",\"usage\":\\{[^}]*}";
		assertThat(responseOf(events(this.provider.stream("a").replaceAll(known, usage))).usage()).isNull();
		this.server.reply(Script.json(200, this.provider.answer("a").replaceAll(known, usage)));
		assertThat(this.model.chat("Hi").block(LIMIT).usage()).isNull();
	}

	@Test
	void usageOfZeroIsKnown() {
		String count = "(?<=_tokens\":)\\d+";
		assertNoTokens(responseOf(events(this.provider.stream("a").replaceAll(count, "0"))));
		this.server.reply(Script.json(200, this.provider.answer("a").replaceAll(count, "\"0\"")));
		assertNoTokens(this.model.chat("Hi").block(LIMIT));
	}

	@Test
	void usageIsNotErasedByZerosThatFollow() {
		String stream = this.provider.stream().text("a").finish(FinishReason.STOP).take();
		String[] payloads = stream.split("(?<=\n\n)");
		String zeros = payloads[payloads.length - 1].replaceAll("(?<=_tokens\":)\\d+", "0");
		assertThat(responseOf(events(stream + zeros)).usage())
			.extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens)
			.containsExactly(9L, 2L, 11L);
	}

	@ParameterizedTest
	@CsvSource({ "STOP,STOP", "COMPLETE,STOP", "MAX_TOKENS,LENGTH", "model_context_window_exceeded,LENGTH",
			"SAFETY,CONTENT_FILTERED", "PROHIBITED_CONTENT,CONTENT_FILTERED", "RECITATION,CONTENT_FILTERED",
			"FinishReason.BLOCKLIST,CONTENT_FILTERED", "sensitive,CONTENT_FILTERED", "contentFilter,CONTENT_FILTERED",
			"content_filter: violence,CONTENT_FILTERED", "guardrail_intervened,CONTENT_FILTERED", "refusal,REFUSAL",
			"malformed_function_call,OTHER", "safely,OTHER" })
	void finishReasonMayBeInTheWordsOfAnyProvider(String raw, FinishReason expected) {
		ModelResponse streamed = responseOf(events(withReason(this.provider.stream("a"), raw)));
		this.server.reply(Script.json(200, withReason(this.provider.answer("a"), raw)));
		ModelResponse whole = this.model.chat("Hi").block(LIMIT);
		assertThat(List.of(streamed, whole)).allSatisfy((response) -> {
			assertThat(response.finishReason()).isEqualTo(expected);
			assertThat(response.rawFinishReason()).isEqualTo(raw);
			assertThat(response.content()).isEqualTo("a");
		});
	}

	private String withReason(String answer, String raw) {
		return (this.provider == WireProvider.RESPONSES) ? answer.replace("response.completed", "response.incomplete")
			.replace("\"status\":\"completed\",\"error\":null,\"incomplete_details\":null",
					"\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":\"" + raw + "\"}")
				: answer.replaceAll("(?<=_reason\":\")(stop|end_turn)(?=\")", raw);
	}

	@ParameterizedTest
	@CsvSource({ "1008,insufficient balance,QUOTA", "'\"1002\"',rate limit,RATE_LIMIT",
			"1004,login fail,AUTHENTICATION", "1000,unknown error,SERVER" })
	void statusOfAGatewayIsAnError(String code, String message, Kind kind) {
		String status = "\"base_resp\":{\"status_code\":%s,\"status_msg\":\"%s\"}".formatted(code, message);
		String answer = this.provider.answer("a");
		String chunk = this.provider.stream("a");
		for (String body : List.of("{\"choices\":null,\"model\":\"\",\"usage\":null," + status + "}",
				answer.substring(0, answer.length() - 1) + "," + status + "}")) {
			this.server.reply(Script.json(200, body));
			assertThat(failureOf(this.model.chat("Hi")).getKind()).isEqualTo(kind);
			assertThat(failureOf(this.model.stream("Hi"))).hasMessageStartingWith(message);
		}
		ModelException failure = outcome(chunk.replace("}\n\n", "," + status + "}\n\n")).failure();
		assertThat(failure).hasMessageStartingWith(message);
		assertThat(failure.getKind()).isEqualTo(kind);
	}

	@Test
	void gatewayThatIsWellIsNoError() {
		String status = ",\"base_resp\":{\"status_code\":0,\"status_msg\":\"success\"}}";
		assertThat(textOf(events(this.provider.stream("a").replace("}\n\n", status + "\n\n")))).isEqualTo("a");
	}

	private static void assertNoTokens(ModelResponse response) {
		assertThat(response.usage()).extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens)
			.containsExactly(0L, 0L, 0L);
	}

	/**
	 * The ways in which a stream ends too early.
	 */
	enum Cut {

		/**
		 * The body ends as it should.
		 */
		END,

		/**
		 * The body ends within an event.
		 */
		WITHIN_EVENT,

		/**
		 * The connection is closed.
		 */
		CLOSE,

		/**
		 * The connection is closed within a chunk.
		 */
		WITHIN_CHUNK;

		void after(RawServer.Connection connection, String event) throws IOException {
			switch (this) {
				case END -> connection.endChunks();
				case WITHIN_EVENT -> {
					connection.chunk(event.substring(0, event.length() - 6));
					connection.endChunks();
				}
				case CLOSE -> connection.close();
				case WITHIN_CHUNK -> {
					connection.write("ff\r\n" + event.substring(0, 20));
					connection.close();
				}
			}
		}

	}

}
