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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AnalyzeCommand}.
 */
class AnalyzeCommandTests {

	private static final String TRACE = """
			{"version":1,"time":"2026-11-23T12:00:00Z","id":"c1","provider":"openai","model":"m","responseModel":"gpt, \"mini\"","outcome":"success","duration":1.5,"timeToFirstChunk":0.25,"usage":{"promptTokens":12,"completionTokens":7,"cachedTokens":3},"cost":{"amount":"0.0000169","currency":"USD"},"tags":{"feature":"chat"}}
			{"version":1,"time":"2026-11-23T12:00:01Z","id":"c2","provider":"anthropic","model":"claude","responseModel":null,"outcome":"error","duration":0.1,"timeToFirstChunk":null,"usage":null,"cost":null,"tags":{}}
			""";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	private Path directory;

	@BeforeEach
	void writeTrace() throws IOException {
		Files.writeString(this.directory.resolve("trace.jsonl"), TRACE.replace("\"mini\"", "\\\"mini\\\""));
	}

	private int run(String... arguments) {
		ByteArrayInputStream in = new ByteArrayInputStream("x\n".getBytes(StandardCharsets.UTF_8));
		return new AnalyzeCommand(in, new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run(arguments);
	}

	private String out() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void printsATable() {
		assertThat(run(this.directory.toString())).isZero();
		assertThat(out()).isEqualTo(
				"""
						model        calls  errors  prompt tokens  completion tokens  cached tokens        USD  unpriced    p50    p95  first chunk p50  first chunk p95
						claude           1       1              0                  0              0                    0  0.100  0.100
						gpt, "mini"      1       0             12                  7              3  0.0000169         0  1.511  1.511            0.249            0.249
						total            2       1             12                  7              3  0.0000169         0  0.100  1.511            0.249            0.249

						Calls that cost the most

						time                       cost  currency        model  prompt tokens  completion tokens  id
						2026-11-23T12:00:00Z  0.0000169       USD  gpt, "mini"             12                  7  c1
						""");
	}

	@Test
	void printsCommaSeparatedValues() {
		assertThat(run("--format", "csv", "--by", "tag:feature", this.directory.toString())).isZero();
		assertThat(out().lines()).containsExactly(
				"tag:feature,calls,errors,prompt tokens,completion tokens,cached tokens,USD,unpriced,p50,p95,first chunk p50,first chunk p95",
				"chat,1,0,12,7,3,0.0000169,0,1.511,1.511,0.249,0.249", "none,1,1,0,0,0,,0,0.100,0.100,,",
				"total,2,1,12,7,3,0.0000169,0,0.100,1.511,0.249,0.249");
	}

	@Test
	void quotesCommaSeparatedValues() {
		run("--format", "csv", this.directory.toString());
		assertThat(out()).contains("\r\n\"gpt, \"\"mini\"\"\",1,0,");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "=1+1,'=1+1", "@a,'@a", "+1,'+1", "-a,'-a" })
	void writesNoFormulas(String model, String cell) throws IOException {
		Files.writeString(this.directory.resolve("trace.jsonl"), TRACE.replace("gpt, \"mini\"", model));
		run("--format", "csv", this.directory.toString());
		assertThat(out()).contains("\r\n" + cell + ",1,0,");
	}

	@Test
	void printsJson() {
		assertThat(run("--format", "json", "--model", "claude", this.directory.toString(), "-")).isOne();
		assertThat(out()).isEqualTo("{\"by\":\"model\",\"total\":" + claude("") + ",\"groups\":["
				+ claude("\"name\":\"claude\",") + "],\"costliest\":[],\"brokenCount\":1,\"broken\":"
				+ "[{\"file\":\"standard input\",\"line\":1,\"reason\":\"it is no JSON\"}]}\n");
	}

	private static String claude(String name) {
		return "{" + name + "\"calls\":1,\"errors\":1,\"promptTokens\":0,\"completionTokens\":0,\"cachedTokens\":0,"
				+ "\"costs\":{},\"unpriced\":0,\"duration\":{\"p50\":0.100,\"p95\":0.100},"
				+ "\"timeToFirstChunk\":{\"p50\":null,\"p95\":null}}";
	}

	@Test
	void tellsOfBrokenLines() {
		assertThat(run("-")).isOne();
		assertThat(out()).endsWith("\nLines that could not be read: 1\n  standard input:1: it is no JSON\n");
	}

	@Test
	void choosesCalls() {
		assertThat(run("--from", "2026-11-23", "--to", "2026-11-23", "--tag", "feature=chat", "--top", "0", "--format",
				"csv", this.directory.toString()))
			.isZero();
		assertThat(out()).contains("total,1,");
	}

	@Test
	void failsWithACodeOfItsOwn() {
		assertThat(failing(new OutOfMemoryError("secret"))).isEqualTo(3);
		assertThat(failing(new StackOverflowError("secret"))).isEqualTo(3);
		assertThat(failing(new IllegalStateException("secret"))).isEqualTo(3);
		assertThat(this.err.toString(StandardCharsets.UTF_8).lines()).containsExactly(
				"there is not enough memory: use a smaller --top, or give Java more, as in java -Xmx1g -jar",
				"failed with a java.lang.StackOverflowError, which is a fault of this command: find the file by naming them one by one",
				"failed with a java.lang.IllegalStateException, which is a fault of this command: find the file by naming them one by one");
	}

	private int failing(Throwable failure) {
		InputStream in = mock(InputStream.class, (invocation) -> {
			throw failure;
		});
		return new AnalyzeCommand(in, new PrintStream(this.out),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run("-");
	}

	@Test
	void helps() {
		assertThat(run("--help")).isZero();
		assertThat(out()).contains("Usage:", "--by", "--from", "--to", "--model", "--tag", "--top", "--format",
				"exit code");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			--by weekday x       | 'by' must be model, provider, day, run, agent, tool or tag:<key> but is 'weekday'
			--by                 | --by needs a value
			--from soon x        | --from must be a day such as 2026-11-23 but is 'soon'
			--top many x         | --top must be a number but is 'many'
			--top -1 x           | 'top' must be from 0 to 1000 but is -1
			--format xml x       | --format must be table, json or csv but is 'xml'
			--tag feature x      | --tag must be <key>=<value> but is 'feature'
			--verbose x          | --verbose is unknown
			--by model           | name a file or a directory
			no-such-directory    | there is no 'no-such-directory'
			""")
	void explainsWhatIsWrong(String arguments, String message) {
		assertThat(run(arguments.split(" "))).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith(message).hasLineCount(1);
		assertThat(out()).isEmpty();
	}

}
