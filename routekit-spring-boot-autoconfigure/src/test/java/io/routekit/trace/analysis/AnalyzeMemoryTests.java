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

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

/**
 * Runs the command that analyzes traces in little memory, with a trace that takes much.
 */
class AnalyzeMemoryTests {

	private static final int HUGE = 12_000_000;

	private static final int MANY = 100_000;

	private static final String START = "{\"version\":1,\"time\":\"2026-11-23T12:00:00Z\",\"outcome\":\"success\"";

	@TempDir
	private Path directory;

	private long written;

	@ParameterizedTest
	@CsvSource({ "model, table", "provider, json", "tag:key, csv" })
	void needsNoMoreMemoryWhateverTheTraceHas(String by, String format) throws Exception {
		Path output = this.directory.resolve("output.txt");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
						System.getProperty("java.class.path"), Analyze.class.getName(), "--by", by, "--format", format,
						"--top", "1000", "-"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			try (Writer lines = new OutputStreamWriter(new BufferedOutputStream(process.getOutputStream(), 1 << 16),
					StandardCharsets.UTF_8)) {
				writeNames(lines);
				writeMembers(lines);
				writeGroups(lines);
				writeBrokenLines(lines);
			}
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).as(() -> contentOf(output.toFile()).lines().limit(5).toList().toString())
				.isOne();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(contentOf(output.toFile())).containsPattern("total\\W+(calls\\W+)?%s\\b".formatted(this.written));
	}

	private void write(Writer lines, String member, String value) throws IOException {
		lines.append(START).append(",\"provider\":\"p\",\"model\":\"m\"");
		lines.append(",").append(member).append(value).append("}\n");
		this.written++;
	}

	private void writeNames(Writer lines) throws IOException {
		String name = "\"" + "n".repeat(HUGE) + "\"";
		for (String member : List.of("id", "provider", "model", "responseModel", "outcome", "future")) {
			write(lines, "\"%s\":".formatted(member), name);
		}
		write(lines, "\"tags\":", "{\"key\":%s}".formatted(name));
		write(lines, "\"tags\":", "{%s:1}".formatted(name));
		write(lines, "\"cost\":{\"amount\":\"1\",\"currency\":", name + "}");
		write(lines, "\"request\":", "{\"messages\":[],\"tools\":[{\"name\":%s}]}".formatted(name));
		write(lines, name + ":", "1");
	}

	private void writeMembers(Writer lines) throws IOException {
		StringBuilder members = new StringBuilder();
		for (int i = 0; i < MANY; i++) {
			members.append("\"").append(i).append("n".repeat(100)).append("\":1,");
		}
		String object = "{" + members + "\"x\":1}";
		for (String member : List.of("tags", "usage", "request")) {
			write(lines, "\"%s\":".formatted(member), object);
		}
		write(lines, members + "\"x\":", "1");
	}

	private void writeGroups(Writer lines) throws IOException {
		for (int i = 0; i < 20_000; i++) {
			String name = "\"%s%s\"".formatted(i % 2000, "\u00e9".repeat(300));
			write(lines, """
					"provider":<name>,"responseModel":<name>,"id":<name>,"tags":{"key":<name>},"duration":<seconds>,\
					"timeToFirstChunk":<seconds>,"cost":{"amount":"1e-90","currency":"<currency>"},\
					"version":""".replace("<name>", name)
				.replace("<seconds>", String.valueOf(Math.pow(1.02, i % 1000)))
				.replace("<currency>", "currency-" + i % 20), "1");
		}
	}

	private static void writeBrokenLines(Writer lines) throws IOException {
		String arrays = "[".repeat(100_000);
		String digits = "9".repeat(HUGE);
		for (String value : List.of(arrays, digits, "1." + digits, "x".repeat(HUGE), "\"" + digits)) {
			lines.append(START).append(",\"duration\":").append(value).append("}\n");
			lines.append(START).append(",\"future\":").append(value).append("}\n");
			lines.append(value).append("\n");
		}
	}

}
