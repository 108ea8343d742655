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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Where recorded calls are: a file, or a directory of which all files are read and one is
 * written. Nobody but its owner can read what is written, and links below the directory
 * of the recordings are not followed.
 */
final class RecordingFile {

	private final Path root;

	private final Path file;

	private final boolean directory;

	/**
	 * Create a new {@link RecordingFile} instance.
	 * @param root the directory of the recordings
	 * @param file the file that is written, in it or in a directory below it
	 * @param directory whether the other files of its directory are read as well
	 */
	RecordingFile(Path root, Path file, boolean directory) {
		this.root = root;
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
				PrivateFiles.checkNoLinks(this.root, path);
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
			return Files.exists(this.file, LinkOption.NOFOLLOW_LINKS) ? List.of(this.file) : Collections.emptyList();
		}
		List<Path> paths = new ArrayList<>();
		if (Files.isDirectory(this.root)) {
			try (DirectoryStream<Path> stream = Files.newDirectoryStream(this.root, "*" + TraceFiles.EXTENSION)) {
				stream.forEach(paths::add);
			}
		}
		paths.sort(Comparator.naturalOrder());
		return paths;
	}

	private static void read(Path path, List<TracedCall> calls) throws IOException {
		List<String> lines = lines(path);
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

	private static List<String> lines(Path path) throws IOException {
		if (!PrivateFiles.isFile(path)) {
			return Collections.emptyList();
		}
		try (InputStream stream = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()))) {
			return reader.lines().toList();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	void append(String line, boolean anew) throws IOException {
		PrivateFiles.checkNoLinks(this.root, this.file);
		PrivateFiles.createDirectories(this.file.resolveSibling(""));
		if (anew && PrivateFiles.isFile(this.file)) {
			// A new one has no other name, and no wider permissions
			Files.delete(this.file);
		}
		try (FileChannel channel = PrivateFiles.append(this.file)) {
			ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
		}
	}

	@Override
	public String toString() {
		return (this.directory ? this.file.resolveSibling("*" + TraceFiles.EXTENSION) : this.file).toString();
	}

}
