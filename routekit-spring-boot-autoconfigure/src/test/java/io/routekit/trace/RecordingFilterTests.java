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

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.CompleteCalls;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.WatchedCalls;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import io.routekit.observation.ContentRedactor;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RecordingFilter} and {@link Recordings}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RecordingFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@TempDir
	private Path directory;

	private final Model noModel = (request) -> {
		throw new IllegalStateException("The model was called");
	};

	private Recordings recordings(RecordingMode mode) {
		return Recordings.builder(this.directory, mode).build();
	}

	private void record(Model model, Consumer<Model> calls) {
		with(RecordingMode.RECORD, model, calls);
	}

	private void replay(Consumer<Model> calls) {
		with(RecordingMode.REPLAY, this.noModel, calls);
	}

	private void with(RecordingMode mode, Model model, Consumer<Model> calls) {
		try (Recordings recordings = recordings(mode)) {
			calls.accept(model.filter(new RecordingFilter(recordings)));
		}
	}

	private static String text(Model model, String prompt) {
		return model.chat(prompt).block(TIMEOUT).content();
	}

	private static List<StreamEvent> events(Model model, String prompt) {
		return model.stream(prompt).collectList().block(TIMEOUT);
	}

	private List<String> lines(String name) throws IOException {
		return Files.readAllLines(this.directory.resolve(name + ".jsonl"));
	}

	@Test
	void replaysAnAnswer() {
		AtomicReference<ModelResponse> response = new AtomicReference<>();
		record(FakeModel.of("Hello"), (model) -> response.set(model.chat("Hi").block(TIMEOUT)));

		replay((model) -> assertThat(model.chat("Hi").block(TIMEOUT)).usingRecursiveComparison()
			.isEqualTo(response.get()));
	}

	@Test
	void replaysAStreamPieceByPiece() {
		AtomicReference<List<StreamEvent>> events = new AtomicReference<>();
		record(FakeModel.builder()
			.chunkSize(3)
			.respondWith(FakeResponse.toolCall("get_weather", "{\"city\": \"Oslo\"}"))
			.build(), (model) -> events.set(events(model, "Hi")));

		replay((model) -> assertThat(events(model, "Hi")).hasSizeGreaterThan(4)
			.usingRecursiveComparison()
			.isEqualTo(events.get()));
	}

	@Test
	void replaysEverything() {
		Model model = (request) -> Mono.just(CompleteCalls.response());

		assertThat(CompleteCalls.requests()).allSatisfy((request) -> {
			record(model, (recorded) -> recorded.chat(request).block(TIMEOUT));

			replay((replayed) -> assertThat(replayed.chat(request).block(TIMEOUT)).isEqualTo(CompleteCalls.response()));
		});
	}

	@ParameterizedTest
	@MethodSource("options")
	void requestOfAnotherOptionHasAnotherAnswer(String option) {
		ChatRequest request = CompleteCalls.requests().get(0);
		ChatRequest other = request.withOptions(without(option, request.options()));
		record(FakeModel.of("Hello"), (model) -> model.chat(request).block(TIMEOUT));

		replay((model) -> {
			if (Set.of("timeouts", "maxRetries").contains(option)) {
				assertThat(model.chat(other).block(TIMEOUT).content()).isEqualTo("Hello");
			}
			else {
				assertThatExceptionOfType(RecordingMismatchException.class)
					.isThrownBy(() -> model.chat(other).block(TIMEOUT))
					.withMessageContaining("options." + option);
			}
		});
	}

	static Set<String> options() {
		return CompleteCalls.options();
	}

	private static ChatOptions without(String option, ChatOptions options) {
		ChatOptions.Builder builder = options.mutate();
		if (option.equals("extra")) {
			return builder.clearExtra().build();
		}
		for (Method method : ChatOptions.Builder.class.getMethods()) {
			if (method.getName().equals(option) && !method.isVarArgs()) {
				ReflectionUtils.invokeMethod(method, builder, (Object) null);
			}
		}
		return builder.build();
	}

	@Test
	void replaysFailures() {
		ModelException failure = ModelException.builder(Kind.RATE_LIMIT, "Slow down")
			.status(429)
			.retryAfter(Duration.ofSeconds(3))
			.build();
		record(FakeModel.builder()
			.respondWith(FakeResponse.failure(failure), FakeResponse.text("Hello").thenFail(failure))
			.build(), (model) -> {
				StepVerifier.create(model.chat("Hi")).expectError().verify(TIMEOUT);
				StepVerifier.create(model.stream("Hi")).expectNextCount(1).expectError().verify(TIMEOUT);
			});

		replay((model) -> {
			StepVerifier.create(model.chat("Hi")).expectErrorSatisfies((replayed) -> {
				assertThat(replayed).hasMessage("Slow down");
				assertThat(((ModelException) replayed).getRetryAfter()).isEqualTo(Duration.ofSeconds(3));
			}).verify(TIMEOUT);
			StepVerifier.create(model.stream("Hi"))
				.expectNext(new StreamEvent.Text("Hello"))
				.expectError(ModelException.class)
				.verify(TIMEOUT);
		});
	}

	@Test
	void replaysTheSameRequestInTheRecordedOrder() {
		record(FakeModel.of("one", "two", "three"), (model) -> {
			text(model, "Hi");
			text(model, "Another");
			text(model, "Hi");
		});

		replay((model) -> {
			assertThat(text(model, "Hi")).isEqualTo("one");
			assertThat(text(model, "Hi")).isEqualTo("three");
			assertThat(text(model, "Another")).isEqualTo("two");
		});
	}

	@Test
	void replaysACancelledStreamUpToThere() {
		record(FakeModel.builder().chunkSize(1).respondWith("Hello").build(),
				(model) -> model.stream("Hi").take(2).blockLast(TIMEOUT));

		replay((model) -> {
			WatchedCalls watched = new WatchedCalls();
			StepVerifier.create(model.filter(watched.filter()).stream("Hi").take(2))
				.expectNext(new StreamEvent.Text("H"), new StreamEvent.Text("e"))
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(watched.known().usage().promptTokens()).isPositive();
		});
	}

	@Test
	void tellsHowARequestDiffers() {
		record(FakeModel.of("one", "two"), (model) -> {
			text(model, "Something else");
			text(model, "Who is Jane?");
		});

		replay((model) -> assertThatExceptionOfType(RecordingMismatchException.class)
			.isThrownBy(() -> text(model, "Who is Joe?"))
			.withMessageContaining("'2', differs at messages[0].content:")
			.withMessageContaining("expected: \"Who is Jane?\"")
			.withMessageContaining(" but was: \"Who is Joe?\"")
			.withMessageContaining("*.jsonl")
			.satisfies((error) -> assertThat(error.getDifference().path()).isEqualTo("messages[0].content")));
	}

	@Test
	void tellsThatNothingIsLeft() {
		record(FakeModel.of("one"), (model) -> text(model, "Hi"));

		replay((model) -> {
			text(model, "Hi");
			assertThatExceptionOfType(RecordingMismatchException.class).isThrownBy(() -> text(model, "Hi"))
				.withMessageContaining("1 of 1 recorded calls are used")
				.satisfies((error) -> assertThat(error.getDifference()).isNull());
		});
	}

	@Test
	void tellsWhatWasNotUsed(CapturedOutput output) {
		record(FakeModel.of("one", "two"), (model) -> {
			text(model, "Hi");
			text(model, "Bye");
		});
		Recordings recordings = recordings(RecordingMode.REPLAY);
		text(this.noModel.filter(new RecordingFilter(recordings)), "Hi");

		assertThat(recordings.unused()).extracting((call) -> call.request().messages())
			.containsExactly(List.of(Message.user("Bye")));
		assertThat(recordings.finish()).hasSize(1);
		assertThat(output).contains("1 recorded calls of").contains("were not used: '2'").doesNotContain("Bye");
		assertThat(recordings.finish()).isEmpty();
	}

	@Test
	void automaticallyRecordsWhatIsMissing() throws IOException {
		record(FakeModel.of("recorded"), (model) -> text(model, "Hi"));
		FakeModel real = FakeModel.of("real");

		with(RecordingMode.AUTO, real, (model) -> {
			assertThat(text(model, "Hi")).isEqualTo("recorded");
			assertThat(text(model, "Bye")).isEqualTo("real");
		});

		assertThat(real.requests()).hasSize(1);
		assertThat(lines("calls")).hasSize(2);
		replay((model) -> assertThat(text(model, "Bye")).isEqualTo("real"));
	}

	@Test
	void recordsAnew() throws IOException {
		record(FakeModel.of("old", "old"), (model) -> {
			text(model, "Hi");
			text(model, "Bye");
		});
		record(FakeModel.of("new"), (model) -> text(model, "Hi"));

		assertThat(lines("calls")).singleElement().asString().contains("\"id\":\"1\"", "\"content\":\"new\"");
	}

	@Test
	void offDoesNothing() {
		with(RecordingMode.OFF, FakeModel.of("real"), (model) -> assertThat(text(model, "Hi")).isEqualTo("real"));

		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void namedRecordingsAreFilesOfTheirOwn() throws IOException {
		try (Recordings recordings = recordings(RecordingMode.RECORD)) {
			Model model = FakeModel.of("one", "two", "three", "four").filter(new RecordingFilter(recordings));
			recordings.start("first");
			text(model, "Hi");
			recordings.start("nested/second");
			text(model, "Hi");
			recordings.start("nested/second");
			text(model, "Hi");
			recordings.finish();
			text(model, "Hi");
		}

		assertThat(lines("first")).hasSize(1);
		assertThat(lines("nested/second")).hasSize(2);
		assertThat(lines("calls")).hasSize(1);
		Recordings recordings = recordings(RecordingMode.REPLAY);
		Model model = this.noModel.filter(new RecordingFilter(recordings));
		recordings.start("nested/second");
		assertThat(text(model, "Hi")).isEqualTo("two");
		recordings.start("first");
		assertThat(text(model, "Hi")).isEqualTo("one");
	}

	@Test
	void refusesANameOutsideOfTheDirectory() {
		assertThatIllegalArgumentException().isThrownBy(() -> recordings(RecordingMode.RECORD).start("../other"));
	}

	@Test
	void refusesALineThatIsBroken() throws IOException {
		Files.writeString(this.directory.resolve("broken.jsonl"), "\n{\"version\":1,");

		assertThatIllegalStateException().isThrownBy(() -> recordings(RecordingMode.REPLAY).start("broken"))
			.withMessageContaining("broken.jsonl")
			.withMessageContaining("line 2");
	}

	@Test
	void tellsThatARecordingCouldNotBeWritten() throws IOException {
		Files.createDirectory(this.directory.resolve("calls.jsonl"));
		Recordings recordings = recordings(RecordingMode.RECORD);
		text(FakeModel.of("Hello").filter(new RecordingFilter(recordings)), "Hi");

		assertThatIllegalStateException().isThrownBy(recordings::finish).withMessageContaining("is not complete");
	}

	@Test
	void nobodyElseCanReadWhatItRecords() throws IOException {
		Path directory = this.directory.resolve("a");
		Recordings recordings = Recordings.builder(directory, RecordingMode.RECORD).build();
		recordings.start("b/c");
		text(FakeModel.of("Hello").filter(new RecordingFilter(recordings)), "Hi");
		recordings.close();

		assertThat(permissions(directory)).isEqualTo("rwx------");
		assertThat(permissions(directory.resolve("b"))).isEqualTo("rwx------");
		assertThat(permissions(directory.resolve("b/c.jsonl"))).isEqualTo("rw-------");
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	@Test
	void onlyAFileThatIsAddedToKeepsItsPermissions() throws IOException {
		Path file = Files.writeString(this.directory.resolve("calls.jsonl"), "");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		with(RecordingMode.AUTO, FakeModel.of("Hello"), (model) -> text(model, "Hi"));
		assertThat(permissions(file)).isEqualTo("rw-r--r--");
		Path same = Files.createLink(this.directory.resolve("same"), file);

		record(FakeModel.of("Good day"), (model) -> text(model, "Hi"));

		assertThat(permissions(file)).isEqualTo("rw-------");
		assertThat(Files.readString(same)).contains("Hello").doesNotContain("Good day");
	}

	@ParameterizedTest
	@CsvSource({ "file, file, RECORD", "file, file, AUTO", "dangling, dangling, RECORD", "dangling, dangling, AUTO",
			"directory, directory/file, RECORD", "directory, directory/new, RECORD",
			"directory, directory/deep/new, AUTO" })
	void recordsThroughNoLink(String planted, String name, RecordingMode mode, @TempDir Path other) throws IOException {
		Path target = Files.writeString(other.resolve("file.jsonl"), "");
		plant(planted, other);
		Recordings recordings = recordings(mode);

		if (mode == RecordingMode.RECORD
				|| !Files.exists(this.directory.resolve(name + ".jsonl"), LinkOption.NOFOLLOW_LINKS)) {
			recordings.start(name);
			assertThat(text(FakeModel.of("Hello").filter(new RecordingFilter(recordings)), "Hi")).isEqualTo("Hello");
			assertThatIllegalStateException().isThrownBy(recordings::close).withStackTraceContaining("it is a link");
		}
		else {
			assertThatIllegalStateException().isThrownBy(() -> recordings.start(name))
				.withStackTraceContaining("it is a link");
		}

		assertThat(target).isEmptyFile();
		assertThat(this.directory.resolve(planted.equals("directory") ? planted : planted + ".jsonl")).isSymbolicLink();
		try (Stream<Path> files = Files.walk(other)) {
			assertThat(files).containsExactly(other, target);
		}
	}

	private void plant(String name, Path other) throws IOException {
		switch (name) {
			case "file" -> Files.createSymbolicLink(this.directory.resolve("file.jsonl"), other.resolve("file.jsonl"));
			case "dangling" ->
				Files.createSymbolicLink(this.directory.resolve("dangling.jsonl"), other.resolve("nothing.jsonl"));
			default -> Files.createSymbolicLink(this.directory.resolve("directory"), other);
		}
	}

	@ParameterizedTest
	@CsvSource({ "file, file", "dangling, dangling", "directory, directory/file" })
	void replaysFromNoLink(String planted, String name, @TempDir Path other) throws IOException {
		record(FakeModel.of("Hello"), (model) -> text(model, "Hi"));
		Files.move(this.directory.resolve("calls.jsonl"), other.resolve("file.jsonl"));
		plant(planted, other);

		assertThatIllegalStateException().isThrownBy(() -> recordings(RecordingMode.REPLAY).start(name))
			.withStackTraceContaining("it is a link");
		if (!planted.equals("directory")) {
			assertThatIllegalStateException().isThrownBy(() -> recordings(RecordingMode.REPLAY).current())
				.withStackTraceContaining("it is a link");
		}
	}

	@Test
	void itsDirectoryMayBeALink(@TempDir Path other) throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), other);
		try (Recordings recordings = Recordings.builder(link, RecordingMode.AUTO).build()) {
			recordings.start("a/b");
			text(FakeModel.of("Hello").filter(new RecordingFilter(recordings)), "Hi");
		}

		Recordings recordings = Recordings.builder(link, RecordingMode.REPLAY).build();
		recordings.start("a/b");
		assertThat(text(this.noModel.filter(new RecordingFilter(recordings)), "Hi")).isEqualTo("Hello");
	}

	@Test
	void replaysATraceWithContent() throws IOException {
		AtomicReference<List<StreamEvent>> events = new AtomicReference<>();
		try (TraceWriter writer = TraceWriter.builder(this.directory).includeContent((content) -> content).build();
				TraceWriter plain = TraceWriter.builder(this.directory).build()) {
			Model model = FakeModel.of("Hello").filter(new TraceFilter(writer, (context) -> null));
			events.set(events(model.filter(new TraceFilter(plain, (context) -> null)), "Hi"));
		}

		replay((model) -> assertThat(events(model, "Hi")).usingRecursiveComparison().isEqualTo(events.get()));
	}

	@Test
	void replaysAtTheOriginalPace() throws IOException {
		TracedCall call = TestTrace.call(ChatRequest.of("Hi"), ModelResponse.of("ab"), null,
				new TimedEvent(Duration.ofMillis(200), new StreamEvent.Text("a")),
				new TimedEvent(Duration.ofMillis(1000), new StreamEvent.Text("b")));
		Files.writeString(this.directory.resolve("calls.jsonl"), CallJson.write(call, true, new SecretRedactor()));
		StepVerifier
			.withVirtualTime(() -> this.noModel
				.filter(new RecordingFilter(
						Recordings.builder(this.directory, RecordingMode.REPLAY).pace(ReplayPace.ORIGINAL).build()))
				.stream("Hi"))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(200))
			.expectNext(new StreamEvent.Text("a"))
			.expectNoEvent(Duration.ofMillis(800))
			.expectNext(new StreamEvent.Text("b"))
			.expectNoEvent(Duration.ofMillis(234))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void redactsWhatItWritesAndWhatItCompares() throws IOException {
		ContentRedactor redactor = (content) -> content.replaceAll("Ja?ne|Joe", "[name]");
		try (Recordings recordings = Recordings.builder(this.directory, RecordingMode.RECORD)
			.redactor(redactor)
			.build()) {
			text(FakeModel.of("Hello Jane").filter(new RecordingFilter(recordings)), "I am Jane");
		}

		assertThat(lines("calls").get(0)).contains("I am [name]", "Hello [name]").doesNotContain("Jane");
		Recordings recordings = Recordings.builder(this.directory, RecordingMode.REPLAY).redactor(redactor).build();
		assertThat(text(this.noModel.filter(new RecordingFilter(recordings)), "I am Joe")).isEqualTo("Hello [name]");
	}

	@Test
	void comparesByTheMatcherOfTheApplication() {
		record(FakeModel.of("Hello"), (model) -> text(model, "Today is Monday"));
		Recordings recordings = Recordings.builder(this.directory, RecordingMode.REPLAY)
			.matcher((recorded, actual) -> null)
			.build();

		assertThat(text(this.noModel.filter(new RecordingFilter(recordings)), "Today is Tuesday")).isEqualTo("Hello");
	}

	@Test
	void callsWithinARecordedCallArePartOfIt() throws IOException {
		try (Recordings recordings = recordings(RecordingMode.RECORD)) {
			RecordingFilter filter = new RecordingFilter(recordings);
			Model inner = FakeModel.of("Hello").filter(filter);
			Model outer = ((Model) inner::chat).filter(filter);
			text(outer, "Hi");
		}

		assertThat(lines("calls")).singleElement().asString().contains("\"provider\":\"custom\"");
	}

	@Test
	void recordsAndReplaysParallelCalls() throws IOException {
		FakeModel echo = FakeModel.builder()
			.respondWith((request) -> FakeResponse.text("re: " + request.messages().get(0).text()))
			.build();
		record(echo, RecordingFilterTests::callInParallel);

		assertThat(lines("calls")).hasSize(200);
		replay(RecordingFilterTests::callInParallel);
	}

	private static void callInParallel(Model model) {
		Flux<Integer> calls = Flux.range(0, 200)
			.flatMap((i) -> Mono.defer(() -> model.chat("prompt " + i))
				.doOnNext((response) -> assertThat(response.content()).isEqualTo("re: prompt " + i))
				.thenReturn(i)
				.subscribeOn(Schedulers.parallel()), 50);
		StepVerifier.create(calls).expectNextCount(200).expectComplete().verify(TIMEOUT);
	}

}
