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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TraceFilter}.
 */
class TraceFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final JsonMapper mapper = new JsonMapper();

	private final TestTrace.Lines lines = new TestTrace.Lines();

	private final TraceWriter writer = new TraceWriter(this.lines, new SecretRedactor(), (content) -> content, 10,
			MemoryBudget.ofHeap(16), Clock.fixed(TestTrace.TIME, ZoneOffset.UTC));

	private final TraceFilter filter = new TraceFilter(this.writer, (context) -> null,
			Clock.fixed(TestTrace.TIME, ZoneOffset.UTC));

	private List<JsonNode> written() {
		this.writer.close();
		return this.lines.all().stream().map(mapper::readTree).toList();
	}

	private JsonNode line() {
		List<JsonNode> written = written();
		assertThat(written).hasSize(1);
		return written.get(0);
	}

	@Test
	void writesAnAnswer() {
		Model model = FakeModel.builder().name("m").respondWith("Hello").build().filter(this.filter);

		StepVerifier.create(model.chat("Hi")).expectNextCount(1).expectComplete().verify(TIMEOUT);

		JsonNode line = line();
		assertThat(line.get("outcome").stringValue()).isEqualTo("success");
		assertThat(line.get("time").stringValue()).isEqualTo("2026-11-23T12:00:00.123Z");
		assertThat(line.get("stream").booleanValue()).isFalse();
		assertThat(line.get("provider").stringValue()).isEqualTo("fake");
		assertThat(line.get("model").stringValue()).isEqualTo("m");
		assertThat(line.get("traceId").isNull()).isTrue();
		assertThat(line.get("timeToFirstChunk").isNull()).isTrue();
		assertThat(line.at("/usage/promptTokens").longValue()).isPositive();
		assertThat(line.at("/request/messages/0/content").stringValue()).isEqualTo("Hi");
		assertThat(line.at("/response/content").stringValue()).isEqualTo("Hello");
	}

	@Test
	void writesAStreamWithItsPieces() {
		Model model = FakeModel.builder().chunkSize(2).respondWith("Hello").build().filter(this.filter);

		StepVerifier.create(model.stream("Hi")).expectNextCount(4).expectComplete().verify(TIMEOUT);

		JsonNode line = line();
		assertThat(line.get("stream").booleanValue()).isTrue();
		assertThat(line.get("finishReason").stringValue()).isEqualTo("STOP");
		assertThat(line.get("timeToFirstChunk").decimalValue()).isNotNegative();
		assertThat(line.get("events").values()).extracting((event) -> event.get("text").stringValue())
			.containsExactly("He", "ll", "o");
	}

	@Test
	void writesAFailureWithWhatHadArrived() {
		Model model = FakeModel.builder()
			.respondWith(FakeResponse.text("Hello").thenFail(ModelException.of(Kind.NETWORK, "Connection reset")))
			.build()
			.filter(this.filter);

		StepVerifier.create(model.stream("Hi")).expectNextCount(1).expectError(ModelException.class).verify(TIMEOUT);

		JsonNode line = line();
		assertThat(line.get("outcome").stringValue()).isEqualTo("error");
		assertThat(line.at("/error/kind").stringValue()).isEqualTo("NETWORK");
		assertThat(line.at("/usage/promptTokens").longValue()).isPositive();
		assertThat(line.at("/usage/completionTokens").isNull()).isTrue();
		assertThat(line.get("finishReason").isNull()).isTrue();
		assertThat(line.get("events").size()).isOne();
	}

	@Test
	void writesACancelledStreamOnce() {
		Model model = FakeModel.builder().chunkSize(1).respondWith("Hello").build().filter(this.filter);

		StepVerifier.create(model.stream("Hi"), 0).thenRequest(2).expectNextCount(2).thenCancel().verify(TIMEOUT);

		JsonNode line = line();
		assertThat(line.get("outcome").stringValue()).isEqualTo("cancelled");
		assertThat(line.get("error").isNull()).isTrue();
		assertThat(line.at("/usage/promptTokens").longValue()).isPositive();
		assertThat(line.get("events").size()).isEqualTo(2);
	}

	@Test
	void cutsTheEventsOfALongStreamButNotTheStream() {
		MemoryBudget budget = new MemoryBudget(80_000);
		TraceWriter writer = new TraceWriter(this.lines, new SecretRedactor(), (content) -> content, 10, budget,
				Clock.systemUTC());
		Model model = FakeModel.builder()
			.chunkSize(1)
			.respondWith("x".repeat(1000))
			.build()
			.filter(new TraceFilter(writer, (context) -> null));

		StepVerifier.create(model.stream("Hi"), 0)
			.thenRequest(900)
			.expectNextCount(900)
			.then(() -> assertThat(budget.reserved()).isBetween(19_000L, 20_000L))
			.thenRequest(101)
			.expectNextCount(101)
			.expectComplete()
			.verify(TIMEOUT);
		writer.close();

		assertThat(budget.reserved()).isZero();
		JsonNode line = mapper.readTree(this.lines.all().get(0));
		assertThat(line.get("cut").booleanValue()).isTrue();
		assertThat(line.at("/usage/promptTokens").longValue()).isPositive();
		assertThat(line.get("events").size()).isBetween(50, 200);
	}

	@Test
	void writesAModelThatThrows() {
		Model model = ((Model) (request) -> {
			throw new IllegalStateException("Jane");
		}).filter(this.filter);

		StepVerifier.create(model.chat("Hi")).expectError(IllegalStateException.class).verify(TIMEOUT);

		assertThat(line().at("/error/exception").stringValue()).isEqualTo(IllegalStateException.class.getName());
	}

	@Test
	void writesEachSubscription() {
		Mono<ModelResponse> call = FakeModel.of("a", "b", "c").filter(this.filter).chat("Hi");

		StepVerifier.create(call.repeat(2)).expectNextCount(3).expectComplete().verify(TIMEOUT);

		assertThat(written()).extracting((line) -> line.get("id").stringValue()).hasSize(3).doesNotHaveDuplicates();
	}

	@Test
	void countsTheTokensOfCallsWithinCallsOnce() {
		Model inner = ModelCall.model("inner", null, FakeModel.of("Hello").filter(this.filter));
		Model outer = ModelCall.model("outer", null, ((Model) inner::chat).filter(this.filter));

		StepVerifier.create(outer.chat("Hi")).expectNextCount(1).expectComplete().verify(TIMEOUT);

		List<JsonNode> written = written();
		assertThat(written).extracting((line) -> line.get("provider").stringValue()).containsExactly("fake", "custom");
		assertThat(written).extracting((line) -> line.get("usage").isNull()).containsExactly(false, true);
	}

	@Test
	void callsGoOnWhenNothingCanBeWritten() {
		this.writer.close();
		Flux<StreamEvent> events = FakeModel.of("Hello").filter(this.filter).stream("Hi");

		StepVerifier.create(events).expectNextCount(2).expectComplete().verify(TIMEOUT);

		assertThat(this.writer.droppedCount()).isOne();
	}

	@Test
	void parallelCallsGiveIntactLines(@TempDir Path directory) throws Exception {
		try (TraceWriter files = TraceWriter.builder(directory).includeContent((content) -> content).build()) {
			Model model = FakeModel.builder()
				.respondWith((request) -> FakeResponse.text(request.messages().get(0).text().repeat(20)))
				.build()
				.filter(new TraceFilter(files, (context) -> null));
			Flux<StreamEvent> calls = Flux.range(0, 1000)
				.flatMap((i) -> model.stream(ChatRequest.of("prompt " + i)).subscribeOn(Schedulers.parallel()), 100);
			StepVerifier.create(calls.then()).expectComplete().verify(TIMEOUT);
		}

		List<String> lines = new ArrayList<>();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				lines.addAll(Files.readAllLines(file));
			}
		}
		Set<String> prompts = new HashSet<>();
		for (String line : lines) {
			TracedCall call = CallJson.read(line);
			String prompt = call.request().messages().get(0).text();
			prompts.add(prompt);
			assertThat(call.response().content()).isEqualTo(prompt.repeat(20));
		}
		assertThat(lines).hasSize(1000);
		assertThat(prompts).hasSize(1000);
	}

}
