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

package io.routekit.benchmarks.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

import tools.jackson.databind.json.JsonMapper;

/**
 * Where results are kept: a line of JSON for each process at once, so that nothing is
 * lost when the suite is stopped, and the report.
 */
final class ResultFiles {

	private static final JsonMapper JSON = new JsonMapper();

	private final Path folder;

	private final String name = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").format(LocalDateTime.now());

	ResultFiles(Path folder) {
		this.folder = folder;
	}

	void log(Object result) {
		append(".jsonl", JSON.writeValueAsString(result) + "\n");
	}

	void save(String report) {
		append(".md", report);
	}

	private void append(String extension, String text) {
		try {
			Files.writeString(path(extension), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path path(String extension) {
		try {
			return Files.createDirectories(this.folder).resolve(this.name + extension);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
