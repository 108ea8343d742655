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

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

/**
 * Tests for that no answer takes much more memory than it has bytes: answers of 512 kB
 * are read by a JVM that has 32 MB for all it does, of which it takes about 20 for
 * itself.
 */
class HostileAnswerTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "OPENAI,chat", "OPENAI,stream", "RESPONSES,chat", "RESPONSES,stream", "ANTHROPIC,chat",
			"ANTHROPIC,stream" })
	void isReadWithLittleMemory(String provider, String kind) throws Exception {
		Path last = this.directory.resolve("last.txt");
		Path output = this.directory.resolve("output.txt");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx32m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), HostileAnswers.class.getName(), provider, kind, last.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue())
				.as(() -> "Ended at %s: %s".formatted(contentOf(last.toFile()), contentOf(output.toFile())))
				.isZero();
			assertThat(contentOf(last.toFile())).startsWith("Read ");
		}
		finally {
			process.destroyForcibly();
		}
	}

}
