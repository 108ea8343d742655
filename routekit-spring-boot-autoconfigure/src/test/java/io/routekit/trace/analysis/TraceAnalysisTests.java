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

package io.routekit.trace.analysis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link TraceAnalysis}.
 */
class TraceAnalysisTests {

	private static String line(String time, String model, String members) {
		return "{\"version\":1,\"time\":\"%s\",\"id\":\"x\",\"provider\":\"openai\",\"model\":\"asked\","
			.formatted(time) + "\"responseModel\":\"%s\",\"outcome\":\"success\"%s}\n".formatted(model, members);
	}

	private static TraceReport analyze(TraceQuery query, String... lines) throws IOException {
		return new TraceAnalysis(query).read("trace.jsonl", stream(String.join("", lines))).report();
	}

	private static InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private static TraceQuery by(String by) {
		return TraceQuery.builder().by(by).top(2).build();
	}

	@Test
	void addsUpWhatCallsTook() throws IOException {
		TraceReport report = analyze(TraceQuery.DEFAULT, line("2026-11-23T12:00:00Z", "a", """
				,"duration":2,"timeToFirstChunk":0.5,"usage":{"promptTokens":10,"completionTokens":5,"cachedTokens":4},\
				"cost":{"amount":"0.1","currency":"USD"},"tags":{}"""), line("2026-11-23T12:00:01Z", "a", """
				,"duration":2,"usage":{"promptTokens":1,"completionTokens":null},\
				"cost":{"amount":"0.2","currency":"USD"}"""), line("2026-11-23T12:00:02Z", "b", """
				,"usage":{"promptTokens":3,"completionTokens":2},"cost":{"amount":"0.5","currency":"EUR"}"""));
		assertThat(report.total().getCalls()).isEqualTo(3);
		assertThat(report.total().getPromptTokens()).isEqualTo(14);
		assertThat(report.total().getCompletionTokens()).isEqualTo(7);
		assertThat(report.total().getCachedTokens()).isEqualTo(4);
		assertThat(report.total().getCosts())
			.isEqualTo(Map.of("USD", new BigDecimal("0.3"), "EUR", new BigDecimal("0.5")));
		assertThat(report.groups().get("a").getCosts()).isEqualTo(Map.of("USD", new BigDecimal("0.3")));
		assertThat(report.groups().get("a").getMedianDuration()).isCloseTo(2, within(0.02));
		assertThat(report.groups().get("a").getHighFirstChunk()).isCloseTo(0.5, within(0.005));
		assertThat(report.groups().get("b").getMedianDuration()).isNull();
	}

	@Test
	void countsErrorsAndCallsWithoutAPrice() throws IOException {
		TraceReport report = analyze(TraceQuery.DEFAULT, line("2026-11-23T12:00:00Z", "a", ""),
				line("2026-11-23T12:00:00Z", "a", ",\"usage\":null,\"cost\":null"),
				line("2026-11-23T12:00:00Z", "a", "").replace("success", "error"),
				line("2026-11-23T12:00:00Z", "a", ",\"usage\":{\"promptTokens\":1}").replace("success", "cancelled"));
		assertThat(report.total().getErrors()).isOne();
		assertThat(report.total().getUnpriced()).isEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource({ "model,a,b", "provider,openai,openai", "day,2026-11-22,2026-11-23", "tag:feature,chat,none" })
	void groupsCalls(String by, String first, String second) throws IOException {
		TraceReport report = analyze(by(by), line("2026-11-22T23:59:59Z", "a", ",\"tags\":{\"feature\":\"chat\"}"),
				line("2026-11-23T00:00:00Z", "b", ",\"tags\":{}"));
		assertThat(report.groups()).containsKeys(first, second);
	}

	@Test
	void takesTheModelThatWasAskedForWhereNoneAnswered() throws IOException {
		TraceReport report = analyze(TraceQuery.DEFAULT,
				line("2026-11-22T23:59:59Z", "a", "").replace("\"a\"", "null"));
		assertThat(report.groups()).containsOnlyKeys("asked");
	}

	@Test
	void choosesCalls() throws IOException {
		String[] lines = { line("2026-11-22T12:00:00Z", "a", ",\"tags\":{\"feature\":\"chat\"}"),
				line("2026-11-23T12:00:00Z", "a", ",\"tags\":{\"feature\":\"chat\",\"tenant\":\"x\"}"),
				line("2026-11-24T12:00:00Z", "b", "") };
		LocalDate day = LocalDate.of(2026, 11, 23);
		assertThat(analyze(TraceQuery.builder().from(day).top(1).build(), lines).total().getCalls()).isEqualTo(2);
		assertThat(analyze(TraceQuery.builder().to(day).top(1).build(), lines).total().getCalls()).isEqualTo(2);
		assertThat(analyze(TraceQuery.builder().model("b").top(1).build(), lines).total().getCalls()).isOne();
		assertThat(analyze(TraceQuery.builder().tags(Map.of("tenant", "x")).top(1).build(), lines).total().getCalls())
			.isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "weekday", "tag:", "" })
	void knowsNoOtherGroups(String by) {
		assertThatIllegalArgumentException().isThrownBy(() -> by(by))
			.withMessage("'by' must be model, provider, day, run, agent, tool or tag:<key> but is '" + by + "'");
	}

	@Test
	void tellsTheCallsThatCostTheMost() throws IOException {
		TraceReport report = analyze(by("model"), cost("1", "USD"), cost("3", "USD"), cost("0.5", "USD"),
				cost("2", "USD"), cost("9", "EUR"));
		assertThat(report.costliest()).extracting(CostlyCall::cost, CostlyCall::currency)
			.extracting(Object::toString)
			.containsExactly("(9, \"EUR\")", "(3, \"USD\")", "(2, \"USD\")");
	}

	private static String cost(String amount, String currency) {
		return line("2026-11-23T12:00:00Z", "a",
				",\"cost\":{\"amount\":\"%s\",\"currency\":\"%s\"}".formatted(amount, currency));
	}

	@Test
	void namesLinesThatAreBroken() throws IOException {
		String secret = "secret content";
		TraceReport report = analyze(TraceQuery.DEFAULT, line("2026-11-23T12:00:00Z", "a", ""), "\n",
				"{\"version\":1,\n", "[]\n", "{\"version\":2}\n", "{\"version\":1}\n",
				line("yesterday " + secret, "a", ""),
				line("2026-11-23T12:00:00Z", "a", ",\"duration\":\"" + secret + "\""),
				"{\"version\":1,\"time\":" + secret + "}\n", line("2026-11-23T12:00:00Z", "a", "").strip() + "{}\n",
				line("2026-11-23T12:00:00Z", "b", ""));
		assertThat(report.total().getCalls()).isEqualTo(2);
		assertThat(report.brokenCount()).isEqualTo(8);
		assertThat(report.broken()).extracting(BrokenLine::number).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
		assertThat(report.broken()).extracting(BrokenLine::reason)
			.containsExactly("it is no JSON", "it is no JSON object", "it is no line of a trace of version 1",
					"it has no 'time'", "a value is not what it should be", "a value is not what it should be",
					"it is no JSON", "something follows the JSON object");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"cost\":{\"amount\":\"1e1000000000\",\"currency\":\"USD\"}", "\"duration\":1e999",
			"\"duration\":\"NaN\"", "\"duration\":-1", "\"usage\":{\"promptTokens\":99999999999999999999}" })
	void namesLinesWithNumbersThatCannotBe(String member) throws IOException {
		TraceReport report = analyze(TraceQuery.DEFAULT, line("2026-11-23T12:00:00Z", "a", "," + member),
				line("2026-11-23T12:00:00Z", "b", ""));
		assertThat(report.brokenCount()).isOne();
		assertThat(report.total().getCalls()).isOne();
	}

	@Test
	void doesNotOverflow() throws IOException {
		String huge = line("2026-11-23T12:00:00Z", "a", ",\"usage\":{\"promptTokens\":9000000000000000000}");
		assertThat(analyze(TraceQuery.DEFAULT, huge, huge).total().getPromptTokens()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void namesAFileThatIsCut(@TempDir Path directory) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream zipped = new GZIPOutputStream(bytes)) {
			for (int i = 0; i < 10_000; i++) {
				zipped.write(line("2026-11-22T12:00:00Z", "model-" + i % 7, "").getBytes(StandardCharsets.UTF_8));
			}
		}
		Files.write(directory.resolve("a.jsonl.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
		Files.write(directory.resolve("b.jsonl.gz"), new byte[] { 1, 2, 3 });
		Files.writeString(directory.resolve("c.jsonl"), line("2026-11-22T12:00:00Z", "last", ""));
		TraceReport report = new TraceAnalysis(TraceQuery.DEFAULT).read(directory).report();
		assertThat(report.groups()).containsKeys("model-0", "last");
		assertThat(report.broken()).filteredOn((line) -> line.reason().equals("the file is cut or damaged"))
			.extracting(BrokenLine::file)
			.containsExactly("a.jsonl.gz", "b.jsonl.gz");
	}

	@Test
	void keepsNoContentOfALongLine() throws IOException {
		String start = line("2026-11-23T12:00:00Z", "a", ",\"request\":\"").replace("}\n", "");
		InputStream content = new InputStream() {

			private long left = 300_000_000L;

			@Override
			public int read() {
				return (this.left-- > 0) ? 'x' : -1;
			}

			@Override
			public int read(byte[] bytes, int offset, int count) {
				if (this.left <= 0) {
					return -1;
				}
				int read = (int) Math.min(count, this.left);
				Arrays.fill(bytes, offset, offset + read, (byte) 'x');
				this.left -= read;
				return read;
			}

		};
		InputStream lines = new SequenceInputStream(Collections
			.enumeration(List.of(stream(start), content, stream("\"}\n" + line("2026-11-23T12:00:00Z", "b", "")))));
		long before = allocated();
		TraceReport report = new TraceAnalysis(TraceQuery.DEFAULT).read("long", lines).report();
		assertThat(allocated() - before).isLessThan(50_000_000);
		assertThat(report.groups()).containsOnlyKeys("a", "b");
	}

	private static long allocated() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "provider", "model", "responseModel", "outcome", "currency", "tag" })
	void cutsNamesThatAreLong(String member) throws IOException {
		String line = """
				{"version":1,"time":"2026-11-23T12:00:00Z","id":"<id>","provider":"<provider>","model":"<model>",\
				"responseModel":"<responseModel>","outcome":"<outcome>","usage":{"promptTokens":1},\
				"cost":{"amount":"1","currency":"<currency>"},"tags":{"k":"<tag>"}}
				""";
		String name = "n".repeat(1_000_000);
		TraceReport report = analyze(by("tag:k"), line.replace("<" + member + ">", name));
		assertThat(report.brokenCount()).isZero();
		assertThat(report.total().getPromptTokens()).isOne();
		assertThat(report.asMap().toString()).hasSizeLessThan(5000);
		String cut = "n".repeat(256) + "…";
		if (member.equals("tag")) {
			assertThat(report.groups()).containsOnlyKeys(cut);
		}
		TraceQuery query = TraceQuery.builder()
			.model(member.equals("responseModel") ? name : "<responseModel>")
			.tags(Map.of("k", member.equals("tag") ? name : "<tag>"))
			.top(1)
			.build();
		assertThat(analyze(query, line.replace("<" + member + ">", name)).total().getCalls()).isOne();
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void goesOnAfterWhateverALineHas(String line) throws IOException {
		TraceReport report = analyze(TraceQuery.DEFAULT, line + "\n", line("2026-11-23T12:00:00Z", "last", ""));
		assertThat(report.groups()).containsKey("last");
		assertThat(report.total().getCalls() + report.brokenCount()).isEqualTo(2);
		for (ReportFormat format : ReportFormat.values()) {
			StringWriter text = new StringWriter();
			format.write(report, text);
			assertThat(text.toString()).hasSizeLessThan(10_000);
		}
	}

	static List<String> hostile() {
		String arrays = "[".repeat(100_000) + "]".repeat(100_000);
		String digits = "9".repeat(1_000_000);
		List<String> lines = new ArrayList<>(
				List.of(arrays, digits, "\"" + digits, "{\"" + digits, "{".repeat(100_000)));
		List<String> values = List.of(arrays, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), digits,
				"-" + digits, "1." + digits, "1e" + digits, "1e-" + digits, "\"" + digits + "\"", "NaN", "\"NaN\"",
				"\"Infinity\"", "-0", "1e-400", "\"+999999999-12-31T23:59:59.999999999Z\"",
				"\"+1000000000-12-31T23:59:59.999999999Z\"", "\"-1000000000-01-01T00:00:00Z\"",
				"\"-0001-12-31T23:59:59Z\"", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "true", "null", "{}", "[]");
		List<String> names = List.of("version", "time", "id", "provider", "model", "responseModel", "outcome",
				"duration", "timeToFirstChunk", "usage", "cost", "tags", "request");
		for (String value : values) {
			for (String name : names) {
				lines.add(with("\"%s\":%s".formatted(name, value)));
			}
			lines.add(with("\"usage\":{\"promptTokens\":%s}".formatted(value)));
			lines.add(with("\"cost\":{\"amount\":%s,\"currency\":\"USD\"}".formatted(value)));
			lines.add(with("\"cost\":{\"amount\":1,\"currency\":%s}".formatted(value)));
			lines.add(with("\"tags\":{\"k\":%s}".formatted(value)));
		}
		return lines;
	}

	// The last of members that have one name counts
	private static String with(String member) {
		return line("2026-11-23T12:00:00Z", "a", "," + member).strip();
	}

	@Test
	void boundsTheCurrencies() throws IOException {
		StringBuilder lines = new StringBuilder(cost("1", "USD"));
		for (int i = 0; i < 100; i++) {
			lines.append(cost("1", "C" + i));
		}
		TraceReport report = analyze(TraceQuery.DEFAULT, lines.toString());
		assertThat(report.total().getCosts()).hasSize(10).containsKey("USD");
		assertThat(report.costliest()).hasSize(10);
		assertThat(report.total().getCalls()).isEqualTo(101);
		assertThat(report.total().getUnpriced()).isEqualTo(91);
	}

	@Test
	void followsNoLinkInADirectory(@TempDir Path directory, @TempDir Path other) throws IOException {
		Path file = Files.writeString(other.resolve("other.jsonl"), line("2026-11-23T12:00:00Z", "other", ""));
		Files.writeString(directory.resolve("z.jsonl"), line("2026-11-23T12:00:00Z", "a", ""));
		Files.createSymbolicLink(directory.resolve("file.jsonl"), file);
		Files.createSymbolicLink(directory.resolve("directory.jsonl"), other);
		Files.createSymbolicLink(directory.resolve("itself.jsonl"), directory);
		Files.createSymbolicLink(directory.resolve("nothing.jsonl"), other.resolve("nothing"));
		Files.createSymbolicLink(directory.resolve("endless.jsonl.gz"), Path.of("/dev/zero"));
		Files.createSymbolicLink(Files.createDirectory(directory.resolve("nested.jsonl")).resolve("file.jsonl"), file);
		TraceReport report = new TraceAnalysis(TraceQuery.DEFAULT).read(directory).report();
		assertThat(report.groups()).containsOnlyKeys("a");
		assertThat(report.broken()).extracting(BrokenLine::file)
			.containsExactly("directory.jsonl", "endless.jsonl.gz", "file.jsonl", "itself.jsonl", "nothing.jsonl");
		assertThat(report.broken()).extracting(BrokenLine::reason)
			.containsOnly("it is a link or no regular file, and is not read");
	}

	@Test
	void followsALinkThatIsNamed(@TempDir Path directory, @TempDir Path other) throws IOException {
		Path file = Files.writeString(other.resolve("other.jsonl"), line("2026-11-23T12:00:00Z", "a", ""));
		Path link = Files.createSymbolicLink(directory.resolve("link.jsonl"), file);
		Path links = Files.createSymbolicLink(directory.resolve("links"), other);
		assertThat(new TraceAnalysis(TraceQuery.DEFAULT).read(link).read(links).report().total().getCalls())
			.isEqualTo(2);
	}

	@Test
	void namesTheFirstOfManyBrokenLines() throws IOException {
		TraceReport report = analyze(TraceQuery.DEFAULT, "x\n".repeat(1000));
		assertThat(report.brokenCount()).isEqualTo(1000);
		assertThat(report.broken()).hasSize(20);
	}

	@Test
	void skipsContentAndWhatItDoesNotKnow() throws IOException {
		TraceReport report = analyze(TraceQuery.DEFAULT, line("2026-11-23T12:00:00Z", "a", """
				,"request":{"messages":[{"usage":{"promptTokens":99}}]},"events":[{"usage":{"promptTokens":99}}],\
				"future":[1,{"a":2}],"usage":{"promptTokens":1,"future":{"a":1}},"tags":{"feature":{"a":1}}"""));
		assertThat(report.total().getPromptTokens()).isOne();
	}

	@Test
	void boundsTheGroups() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 600; i++) {
			lines.append(line("2026-11-23T12:00:00Z", "model-" + i, ""));
		}
		TraceReport report = analyze(TraceQuery.DEFAULT, lines.toString());
		assertThat(report.groups()).hasSize(501);
		assertThat(report.groups().get("_OTHER").getCalls()).isEqualTo(100);
	}

	@Test
	void percentilesAreOffByOnePercentAtMost() {
		Random random = new Random(1);
		double[] durations = DoubleStream.generate(() -> Math.pow(10, random.nextDouble() * 6 - 3))
			.limit(10_001)
			.toArray();
		Percentiles percentiles = new Percentiles();
		DoubleStream.of(durations).forEach(percentiles::add);
		double[] sorted = DoubleStream.of(durations).sorted().toArray();
		assertThat(percentiles.at(0.5)).isCloseTo(sorted[5000], within(sorted[5000] * 0.0101));
		assertThat(percentiles.at(0.95)).isCloseTo(sorted[9500], within(sorted[9500] * 0.0101));
		assertThat(new Percentiles().at(0.5)).isNull();
	}

	@Test
	void readsTheFilesOfADirectory(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("routekit-2026-11-23.jsonl"), line("2026-11-23T12:00:00Z", "a", ""));
		try (OutputStream zipped = new GZIPOutputStream(
				Files.newOutputStream(directory.resolve("routekit-2026-11-22.jsonl.gz")))) {
			zipped.write(line("2026-11-22T12:00:00Z", "a", "").getBytes(StandardCharsets.UTF_8));
		}
		Files.writeString(directory.resolve("notes.txt"), "no trace");
		TraceReport report = new TraceAnalysis(by("day")).read(directory).report();
		assertThat(report.groups()).containsOnlyKeys("2026-11-22", "2026-11-23");
		assertThat(report.brokenCount()).isZero();
	}

	@Test
	void analyzesManyLines(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("trace.jsonl");
		List<String> models = List.of("a", "b", "c");
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 100_000; i++) {
			lines.append(line("2026-11-23T12:00:00Z", models.get(i % 3), ",\"duration\":1,"
					+ "\"usage\":{\"promptTokens\":3},\"cost\":{\"amount\":\"0.0000001\",\"currency\":\"USD\"}"));
		}
		Files.writeString(file, lines);
		TraceReport report = new TraceAnalysis(TraceQuery.DEFAULT).read(file).report();
		assertThat(report.total().getCalls()).isEqualTo(100_000);
		assertThat(report.total().getPromptTokens()).isEqualTo(300_000);
		assertThat(report.total().getCosts().get("USD")).isEqualByComparingTo("0.01");
		assertThat(report.groups().get("c").getCalls()).isEqualTo(33_333);
		assertThat(report.costliest()).hasSize(10);
	}

}
