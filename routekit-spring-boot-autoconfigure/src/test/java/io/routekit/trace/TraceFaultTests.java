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

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Whatever throws while calls are traced or recorded, they are as they would be without,
 * later ones are written, and what is missing is told.
 */
class TraceFaultTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final List<Throwable> FAILURES = List.of(new IllegalStateException("Jane"),
			new StackOverflowError("Jane"), new OutOfMemoryError("Jane"), new NoClassDefFoundError("Jane"),
			new AssertionError("Jane"));

	// Null while nothing throws
	private volatile @Nullable String place;

	private volatile @Nullable Throwable failure;

	private final TestTrace.Lines lines = new TestTrace.Lines();

	@TempDir
	private Path directory;

	static Stream<Arguments> traced() {
		return Stream.of("span", "clock", "name", "provider", "endpoint", "redactor", "sink", "option", "metadata")
			.flatMap(TraceFaultTests::withFailures);
	}

	static Stream<Arguments> recorded() {
		return Stream.of("name", "provider", "endpoint", "option", "metadata").flatMap(TraceFaultTests::withFailures);
	}

	private static Stream<Arguments> withFailures(String place) {
		return FAILURES.stream().map((failure) -> Arguments.of(place, failure));
	}

	private <T> T at(String place, T value) {
		Throwable failure = this.failure;
		if (failure instanceof Error error && place.equals(this.place)) {
			throw error;
		}
		if (failure instanceof RuntimeException exception && place.equals(this.place)) {
			throw exception;
		}
		return value;
	}

	@ParameterizedTest
	@MethodSource("traced")
	void tracedCallsGoOn(String place, Throwable failure) {
		TraceWriter writer = new TraceWriter(new FaultyLines(), new SecretRedactor(),
				(content) -> at("redactor", content), 10, MemoryBudget.ofHeap(16), Clock.systemUTC());
		Model model = new FaultyModel()
			.filter(new TraceFilter(writer, (context) -> at("span", null), new FaultyClock()));

		call(model, writer.sink(), place, failure);
		call(model, writer.sink(), null, null);
		writer.close();

		assertThat(this.lines.all()).hasSizeGreaterThanOrEqualTo(4);
		assertThat(this.lines.all().size() + writer.droppedCount()).isEqualTo(8);
		assertThat(this.lines.all().subList(this.lines.all().size() - 4, this.lines.all().size()))
			.allSatisfy((line) -> assertThat(line).contains("\"request\":", "\"cut\":false"));
		assertThat(writer.sink().budget().reserved()).isZero();
	}

	@ParameterizedTest
	@MethodSource("recorded")
	void recordedCallsGoOn(String place, Throwable failure) throws Exception {
		Recordings recordings = Recordings.builder(this.directory, RecordingMode.RECORD).build();
		Model model = new FaultyModel().filter(new RecordingFilter(recordings));
		Recording recording = recordings.current();

		call(model, recording, place, failure);
		call(model, recording, null, null);

		assertThatIllegalStateException().isThrownBy(recordings::close)
			.withMessageContaining("is not complete")
			.withStackTraceContaining("Jane");
		assertThat(Files.readAllLines(this.directory.resolve("calls.jsonl"))).hasSizeGreaterThanOrEqualTo(4)
			.last()
			.satisfies((line) -> assertThat(CallJson.read(line)).isNotNull());
		assertThat(recording.budget().reserved()).isZero();
	}

	private void call(Model model, CallSink sink, @Nullable String place, @Nullable Throwable failure) {
		ChatRequest request = ChatRequest.of("Hi")
			.mutate()
			.options((options) -> options.extra("value", new FaultyValue("option")))
			.build();
		this.place = place;
		this.failure = failure;
		StepVerifier.create(model.chat(request)).expectNextCount(1).expectComplete().verify(TIMEOUT);
		StepVerifier.create(model.stream(request)).expectNextCount(2).expectComplete().verify(TIMEOUT);
		StepVerifier.create(model.stream(request)).expectNextCount(1).thenCancel().verify(TIMEOUT);
		StepVerifier.create(model.stream(ChatRequest.of("fail")))
			.expectNextCount(1)
			.expectErrorMessage("The model fails")
			.verify(TIMEOUT);
		await().atMost(TIMEOUT).until(() -> sink.budget().reserved() == 0);
	}

	/**
	 * A model that answers, but has nothing to tell.
	 */
	private final class FaultyModel implements Model {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.fromSupplier(this::response);
		}

		private ModelResponse response() {
			return ModelResponse.builder()
				.part(new TextPart("Hello"))
				.metadata("value", new FaultyValue("metadata"))
				.build();
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request) {
			StreamEvent text = new StreamEvent.Text("Hello");
			return Flux.deferContextual((context) -> {
				ModelCall call = ModelCall.from(context);
				if (call != null) {
					call.update(response());
				}
				return request.messages().get(0).text().equals("fail")
						? Flux.just(text).concatWith(Flux.error(new IllegalStateException("The model fails")))
						: Flux.just(text, new StreamEvent.Completed(response()));
			});
		}

		@Override
		public String name() {
			return at("name", "m");
		}

		@Override
		public String provider() {
			return at("provider", "p");
		}

		@Override
		public @Nullable URI endpoint() {
			return at("endpoint", null);
		}

	}

	/**
	 * A value that cannot be looked at.
	 */
	private final class FaultyValue implements Iterable<String> {

		private final String place;

		FaultyValue(String place) {
			this.place = place;
		}

		@Override
		public Iterator<String> iterator() {
			return at(this.place, List.of("x")).iterator();
		}

	}

	/**
	 * A clock that does not go.
	 */
	private final class FaultyClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return at("clock", TestTrace.TIME);
		}

	}

	/**
	 * Lines that cannot be written.
	 */
	private final class FaultyLines implements LineSink {

		@Override
		public void write(byte[] line) {
			at("sink", TraceFaultTests.this.lines).write(line);
		}

		@Override
		public void close() {
		}

	}

}
