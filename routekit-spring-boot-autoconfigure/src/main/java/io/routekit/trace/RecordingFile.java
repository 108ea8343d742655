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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Where recorded calls are: a file, or a directory of which all files are read and one is
 * written.
 */
final class RecordingFile {

	private final Path file;

	private final boolean directory;

	/**
	 * Create a new {@link RecordingFile} instance.
	 * @param file the file that is written
	 * @param directory whether the other files of its directory are read as well
	 */
	RecordingFile(Path file, boolean directory) {
		this.file = file;
		this.directory = directory;
	}

	/**
	 * Read all calls that have content.
	 * @return the calls in their order
	 * @throws IllegalStateException if a line is not what it should be
	 */
	List<TracedCall> read() {
		List<TracedCall> calls = new ArrayList<>();
		try {
			for (Path path : paths()) {
				read(path, calls);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("The recording '%s' cannot be read".formatted(this), ex);
		}
		return calls;
	}

	private List<Path> paths() throws IOException {
		if (!this.directory) {
			return Files.exists(this.file) ? List.of(this.file) : Collections.emptyList();
		}
		List<Path> paths = new ArrayList<>();
		Path parent = this.file.toAbsolutePath().getParent();
		if (parent != null && Files.isDirectory(parent)) {
			try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, "*" + TraceFiles.EXTENSION)) {
				stream.forEach(paths::add);
			}
		}
		paths.sort(Comparator.naturalOrder());
		return paths;
	}

	private static void read(Path path, List<TracedCall> calls) throws IOException {
		List<String> lines = Files.readAllLines(path);
		for (int i = 0; i < lines.size(); i++) {
			try {
				TracedCall call = lines.get(i).isBlank() ? null : CallJson.read(lines.get(i));
				if (call != null) {
					calls.add(call);
				}
			}
			catch (RuntimeException ex) {
				throw new IllegalStateException(
						"The recording '%s' cannot be read: line %s is not a recorded call".formatted(path, i + 1), ex);
			}
		}
	}

	void append(String line, boolean anew) throws IOException {
		Path parent = this.file.toAbsolutePath().getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		Files.write(this.file, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE,
				anew ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND, StandardOpenOption.WRITE);
	}

	@Override
	public String toString() {
		return (this.directory ? this.file.resolveSibling("*" + TraceFiles.EXTENSION) : this.file).toString();
	}

}
