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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

import io.routekit.OneLine;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Files of lines in a directory, a new one for each day in UTC and when one is full. Each
 * file has been created by the one process that writes to it, and nobody but its owner
 * can read it.
 * <p>
 * The appenders of logging libraries roll files as well, but not like this: which one is
 * there is the choice of the application, they follow links and append to files that
 * others have made, leave half a line behind when a disk is full, and do not tell their
 * caller that a line was lost.
 */
final class TraceFiles implements LineSink {

	static final String EXTENSION = ".jsonl";

	private static final Log logger = LogFactory.getLog(TraceFiles.class);

	private static final String PREFIX = "routekit-";

	// Each takes as much memory outside of the heap
	private static final int MAX_PIECE = 64 * 1024;

	private static final int DATE_LENGTH = "2026-11-23".length();

	private final Path directory;

	private final long maxFileSize;

	private final @Nullable Integer maxHistory;

	private final Clock clock;

	private @Nullable OpenFile file;

	TraceFiles(Path directory, DataSize maxFileSize, @Nullable Integer maxHistory, Clock clock) {
		this.directory = directory;
		this.maxFileSize = maxFileSize.toBytes();
		this.maxHistory = maxHistory;
		this.clock = clock;
	}

	/**
	 * Check that files can be created.
	 * @throws IOException if not
	 */
	void check() throws IOException {
		PrivateFiles.createDirectories(this.directory);
		Files.delete(Files.createTempFile(this.directory, "." + PREFIX, null));
		if (PrivateFiles.isWritableByOthers(this.directory)) {
			logger.warn("Everybody can write to '%s': others can remove the files of the trace, and add some"
				.formatted(this.directory));
		}
	}

	@Override
	public void write(byte[] line) throws IOException {
		OpenFile file = file(line.length);
		long start = file.channel().position();
		boolean written = false;
		try {
			int offset = 0;
			while (offset < line.length) {
				int length = Math.min(line.length - offset, MAX_PIECE);
				offset += file.channel().write(ByteBuffer.wrap(line, offset, length));
			}
			written = true;
		}
		finally {
			if (!written) {
				removeHalfLine(file, start);
			}
		}
	}

	private void removeHalfLine(OpenFile file, long start) {
		try {
			file.channel().truncate(start);
		}
		catch (IOException ex) {
			// The next line starts another file
			closeQuietly(file);
		}
	}

	private OpenFile file(int length) throws IOException {
		LocalDate today = LocalDate.now(this.clock.withZone(ZoneOffset.UTC));
		OpenFile file = this.file;
		if (file != null && file.isUsable(today, length, this.maxFileSize)) {
			return file;
		}
		int index = 0;
		if (file != null) {
			closeQuietly(file);
			index = (file.day().equals(today)) ? file.index() : 0;
		}
		return open(today, index);
	}

	private OpenFile open(LocalDate day, int firstIndex) throws IOException {
		PrivateFiles.createDirectories(this.directory);
		for (int index = firstIndex;; index++) {
			Path path = this.directory.resolve(PREFIX + day + ((index > 0) ? "." + index : "") + EXTENSION);
			try {
				OpenFile file = new OpenFile(path, PrivateFiles.create(path), day, index);
				this.file = file;
				removeOld(day);
				return file;
			}
			catch (FileAlreadyExistsException ex) {
				// It is full, another process writes to it, or one has
			}
		}
	}

	private void removeOld(LocalDate today) {
		if (this.maxHistory == null) {
			return;
		}
		LocalDate oldest = today.minusDays(this.maxHistory);
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, PREFIX + "*" + EXTENSION)) {
			for (Path path : files) {
				LocalDate day = day(path.getFileName().toString());
				if (day != null && day.isBefore(oldest)) {
					remove(path);
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.warn("Could not remove old traces from '%s'".formatted(this.directory), OneLine.of(ex));
		}
	}

	// What is no file was not made here, and must not keep from removing the others
	private static void remove(Path path) {
		try {
			if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
				Files.deleteIfExists(path);
			}
		}
		catch (IOException ex) {
			logger.warn("Could not remove the old trace '%s'".formatted(path), OneLine.of(ex));
		}
	}

	private static @Nullable LocalDate day(String name) {
		int start = PREFIX.length();
		try {
			return LocalDate.parse(name.substring(start, Math.min(start + DATE_LENGTH, name.length())));
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		if (this.file != null) {
			closeQuietly(this.file);
		}
	}

	private void closeQuietly(OpenFile file) {
		this.file = null;
		try {
			file.channel().close();
		}
		catch (IOException ex) {
			logger.debug("Could not close a trace", OneLine.of(ex));
		}
	}

	/**
	 * The file that is written to.
	 *
	 * @param path where it is
	 * @param channel writes to it
	 * @param day its day
	 * @param index its place among the files of the day
	 */
	private record OpenFile(Path path, FileChannel channel, LocalDate day, int index) {

		boolean isUsable(LocalDate today, int length, long maxSize) throws IOException {
			long size = this.channel.position();
			// Others may have removed or moved it
			return this.day.equals(today) && (size == 0 || size + length <= maxSize)
					&& Files.isRegularFile(this.path, LinkOption.NOFOLLOW_LINKS);
		}

	}

}
