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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.routekit.benchmarks.Format;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured so far. It is in a file as well, a line of JSON for each process, so
 * that nothing is lost when the suite is stopped.
 */
final class Results {

	private static final JsonMapper JSON = new JsonMapper();

	private final String name = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").format(LocalDateTime.now());

	private final Path folder;

	private final List<Result> results = new ArrayList<>();

	Results(Path folder) {
		this.folder = folder;
	}

	void add(Result result) {
		this.results.add(result);
		write(".jsonl", JSON.writeValueAsString(result) + "\n");
	}

	void save(String report) {
		write(".md", report);
	}

	private void write(String extension, String text) {
		try {
			Files.createDirectories(this.folder);
			Files.writeString(this.folder.resolve(this.name + extension), text, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isFailed() {
		return this.results.stream().anyMatch((result) -> result.failure() != null);
	}

	List<Result> of(Comparison comparison, Format format, Adapter adapter) {
		return this.results.stream().filter((result) -> result.isOf(comparison, format, adapter)).toList();
	}

	/**
	 * Return a number from all rounds of a client.
	 * @param comparison the scenario
	 * @param format the wire format
	 * @param adapter the client
	 * @param key the name of the number
	 * @return the numbers, or {@code null} if there are none
	 */
	@Nullable Spread spread(Comparison comparison, Format format, Adapter adapter, String key) {
		List<Double> values = of(comparison, format, adapter).stream()
			.map((result) -> result.value(key))
			.filter(Objects::nonNull)
			.toList();
		return values.isEmpty() ? null : new Spread(values);
	}

	/**
	 * Return why a client has no numbers in one of the rounds.
	 * @param comparison the scenario
	 * @param format the wire format
	 * @param adapter the client
	 * @return the reason, or {@code null} if it has them
	 */
	@Nullable String failure(Comparison comparison, Format format, Adapter adapter) {
		return of(comparison, format, adapter).stream()
			.map(Result::failure)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

}
