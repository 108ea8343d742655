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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the jar with the command that analyzes traces, alone.
 */
class AnalyzeIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void runsFromItsJarAlone() throws Exception {
		Files.writeString(this.directory.resolve("routekit-2026-11-23.jsonl"),
				"""
						{"version":1,"time":"2026-11-23T12:00:00Z","provider":"openai","model":"gpt-5-mini","outcome":"success",\
						"usage":{"promptTokens":12},"cost":{"amount":"0.003","currency":"USD"}}
						""");
		Result result = run("--format", "csv", "--by", "provider", this.directory.toString());
		assertThat(result.output()).contains("openai,1,0,12,0,0,0.003,0").contains("total,1,0,12,");
		assertThat(result.exitCode()).isZero();
	}

	@Test
	void helps() throws Exception {
		assertThat(run("--help").output()).startsWith("Analyzes the trace of calls");
	}

	@Test
	void exitsWithAnErrorIfNothingCanBeDone() throws Exception {
		Result result = run(this.directory.resolve("nothing").toString());
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.output()).startsWith("there is no '");
	}

	private Result run(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return new Result(process.exitValue(), output);
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.toString().endsWith("-analyze.jar")).findFirst().orElseThrow();
		}
	}

	/**
	 * What a process left.
	 *
	 * @param exitCode its exit code
	 * @param output what it wrote
	 */
	private record Result(int exitCode, String output) {

	}

}
