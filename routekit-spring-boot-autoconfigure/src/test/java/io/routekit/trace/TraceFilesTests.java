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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link TraceFiles}.
 */
@ExtendWith(OutputCaptureExtension.class)
class TraceFilesTests {

	private final MovedClock clock = new MovedClock(Instant.parse("2026-11-23T23:59:00Z"));

	@TempDir
	private Path directory;

	private TraceFiles files(int maxSize) {
		return new TraceFiles(this.directory, DataSize.ofBytes(maxSize), null, this.clock);
	}

	private static void write(TraceFiles files, String line) throws IOException {
		files.write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	private Path file(String name) {
		return this.directory.resolve(name);
	}

	@Test
	void startsAFileForEachDayInUtc() throws IOException {
		try (TraceFiles files = files(1000)) {
			write(files, "a");
			write(files, "b");
			this.clock.move(Duration.ofMinutes(1));
			write(files, "c");
		}

		assertThat(file("routekit-2026-11-23.jsonl")).hasContent("a\nb\n");
		assertThat(file("routekit-2026-11-24.jsonl")).hasContent("c\n");
	}

	@Test
	void startsAnotherFileWhenOneIsFull() throws IOException {
		try (TraceFiles files = files(4)) {
			write(files, "a");
			write(files, "b");
			write(files, "longer than a file may be");
			write(files, "c");
		}

		assertThat(file("routekit-2026-11-23.jsonl")).hasContent("a\nb\n");
		assertThat(file("routekit-2026-11-23.1.jsonl")).hasContent("longer than a file may be\n");
		assertThat(file("routekit-2026-11-23.2.jsonl")).hasContent("c\n");
	}

	@Test
	void eachProcessHasItsOwnFiles() throws IOException {
		try (TraceFiles one = files(4); TraceFiles other = files(4)) {
			write(one, "a1");
			write(other, "b1");
			write(one, "a2");
			write(other, "b2");
		}

		assertThat(names()).hasSize(4)
			.allSatisfy((name) -> assertThat(Files.readAllLines(file(name))).singleElement().asString().hasSize(2));
	}

	@Test
	void goesOnWhenItsDirectoryIsRemoved() throws IOException {
		Path nested = file("nested");
		try (TraceFiles files = new TraceFiles(nested, DataSize.ofBytes(1000), null, this.clock)) {
			write(files, "a");
			Files.delete(nested.resolve("routekit-2026-11-23.jsonl"));
			Files.delete(nested);
			write(files, "b");
		}

		try (Stream<Path> files = Files.list(nested)) {
			assertThat(files).singleElement().satisfies((file) -> assertThat(file).hasContent("b\n"));
		}
	}

	@Test
	void goesOnWhenItsDirectoryIsUsableAgain() throws IOException {
		Path nested = Files.writeString(file("nested"), "no directory");
		try (TraceFiles files = new TraceFiles(nested, DataSize.ofBytes(1000), null, this.clock)) {
			assertThatIOException().isThrownBy(() -> write(files, "a"));
			Files.delete(nested);
			write(files, "b");
		}

		assertThat(nested.resolve("routekit-2026-11-23.jsonl")).hasContent("b\n");
	}

	@Test
	void removesTheFilesOfDaysThatAreOver() throws IOException {
		for (String name : List.of("routekit-2026-11-20.jsonl", "routekit-2026-11-21.3.jsonl",
				"routekit-2026-11-22.jsonl", "routekit-notes.jsonl", "other-2026-11-01.jsonl")) {
			Files.writeString(file(name), "x");
		}
		try (TraceFiles files = new TraceFiles(this.directory, DataSize.ofBytes(1000), 1, this.clock)) {
			write(files, "a");
		}

		assertThat(names()).containsExactly("other-2026-11-01.jsonl", "routekit-2026-11-22.jsonl",
				"routekit-2026-11-23.jsonl", "routekit-notes.jsonl");
	}

	@Test
	void nobodyElseCanReadWhatItCreates() throws IOException {
		Path nested = file("a").resolve("b");
		try (TraceFiles files = new TraceFiles(nested, DataSize.ofBytes(4), null, this.clock)) {
			files.check();
			write(files, "a1");
			write(files, "a2");
			this.clock.move(Duration.ofMinutes(1));
			write(files, "a3");
		}

		assertThat(permissions(file("a"))).isEqualTo("rwx------");
		assertThat(permissions(nested)).isEqualTo("rwx------");
		try (Stream<Path> files = Files.list(nested)) {
			assertThat(files).hasSize(3).allSatisfy((file) -> assertThat(permissions(file)).isEqualTo("rw-------"));
		}
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	@Test
	void directoriesThatExistKeepTheirPermissions(CapturedOutput output) throws IOException {
		for (String permissions : List.of("rwxr-xr-x", "rwxrwx---", "rwxrwxrwx")) {
			Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString(permissions));
			assertThat(output).doesNotContain("Everybody");

			files(1000).check();

			assertThat(permissions(this.directory)).isEqualTo(permissions);
		}
		assertThat(output).containsOnlyOnce("Everybody can write to '" + this.directory + "'");
	}

	@Test
	void writesThroughNoLink(@TempDir Path other) throws IOException {
		Path target = Files.writeString(other.resolve("target"), "untouched");
		Files.createSymbolicLink(file("routekit-2026-11-23.jsonl"), target);
		Files.createSymbolicLink(file("routekit-2026-11-23.1.jsonl"), other.resolve("nothing"));
		Files.createSymbolicLink(file("routekit-2026-11-23.2.jsonl"), other);
		try (TraceFiles files = files(1000)) {
			write(files, "a");
			// Now it is moved
			Files.move(file("routekit-2026-11-23.3.jsonl"), file("moved"));
			Files.createSymbolicLink(file("routekit-2026-11-23.3.jsonl"), target);
			write(files, "b");
		}

		assertThat(target).hasContent("untouched");
		assertThat(file("moved")).hasContent("a\n");
		assertThat(file("routekit-2026-11-23.4.jsonl")).hasContent("b\n");
		try (Stream<Path> files = Files.list(other)) {
			assertThat(files).containsExactly(target);
		}
	}

	@Test
	void removesThroughNoLink(@TempDir Path other) throws IOException {
		Path target = Files.writeString(other.resolve("routekit-2026-11-01.jsonl"), "untouched");
		Files.createSymbolicLink(file("routekit-2026-11-01.jsonl"), target);
		Files.createSymbolicLink(file("routekit-2026-11-02.jsonl"), other);
		Files.writeString(Files.createDirectory(file("routekit-2026-11-03.jsonl")).resolve("x"), "untouched");
		Files.writeString(file("routekit-2026-11-04.jsonl"), "old");
		try (TraceFiles files = new TraceFiles(this.directory, DataSize.ofBytes(1000), 1, this.clock)) {
			write(files, "a");
		}

		assertThat(target).hasContent("untouched");
		assertThat(names()).containsExactly("routekit-2026-11-01.jsonl", "routekit-2026-11-02.jsonl",
				"routekit-2026-11-03.jsonl", "routekit-2026-11-23.jsonl");
	}

	@Test
	void itsDirectoryMayBeALink(@TempDir Path other) throws IOException {
		Path link = Files.createSymbolicLink(file("link"), other);
		try (TraceFiles files = new TraceFiles(link, DataSize.ofBytes(1000), null, this.clock)) {
			files.check();
			write(files, "a");
		}

		assertThat(other.resolve("routekit-2026-11-23.jsonl")).hasContent("a\n");
	}

	@Test
	void writesLinesOfAnySize() throws IOException {
		String line = "x".repeat(1_000_000);
		try (TraceFiles files = files(100)) {
			write(files, line);
			write(files, "a");
		}

		assertThat(file("routekit-2026-11-23.jsonl")).hasContent(line + "\n");
		assertThat(file("routekit-2026-11-23.1.jsonl")).hasContent("a\n");
	}

	@Test
	void checkLeavesNothingBehind() throws IOException {
		files(1000).check();

		assertThat(names()).isEmpty();
	}

	/**
	 * A clock that is moved by hand.
	 */
	private static final class MovedClock extends Clock {

		private Instant now;

		MovedClock(Instant now) {
			this.now = now;
		}

		void move(Duration duration) {
			this.now = this.now.plus(duration);
		}

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
			return this.now;
		}

	}

}
