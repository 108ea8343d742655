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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;

/**
 * What a client adds to the start of an application.
 */
final class StartUpSection implements Section {

	/**
	 * The name for the command line.
	 */
	static final String ID = "start-up";

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final String BARE = "bare";

	private static final List<String> APPLICATIONS = List.of(BARE, "routekit", "spring-ai", "langchain4j");

	private static final List<Column> COLUMNS = List.of(Column.of("ready, ms", "ready"), Column.of("CPU, ms", "cpu"),
			Column.of("classes", "classes"), Column.of("beans", "beans"), Column.of("heap, MB", "heap").scaled(1e-6, 1),
			Column.of("jars", "jars"), Column.of("MB of jars", "size").scaled(1e-6, 1));

	private final Launcher launcher;

	private final int rounds;

	private final ResultFiles files;

	private final Map<String, List<Measured>> results = new LinkedHashMap<>();

	/**
	 * Create a new {@link StartUpSection} instance.
	 * @param options what to run
	 * @param launcher starts the applications
	 * @param files keeps the results
	 */
	StartUpSection(Options options, Launcher launcher, ResultFiles files) {
		this.launcher = launcher;
		// A start takes seconds and varies
		this.rounds = options.quick() ? 1 : 2 * options.rounds() + 1;
		this.files = files;
	}

	@Override
	public void run() {
		for (int round = 1; round <= this.rounds; round++) {
			for (String application : APPLICATIONS) {
				Console.progress("%s, round %d: %s", ID, round, application);
				Measured measured = start(application);
				this.results.computeIfAbsent(application, (key) -> new ArrayList<>()).add(measured);
				this.files.log(Map.of("application", application, "measured", measured));
			}
		}
	}

	private Measured start(String application) {
		Path jar = this.launcher.jar(application);
		try (JavaProcess process = this.launcher.startApplication(jar); ZipFile zip = new ZipFile(jar.toFile())) {
			Measured measured = process.measured(LIMIT);
			if (measured.failure() != null) {
				return measured;
			}
			Map<String, Object> values = new LinkedHashMap<>(measured.values());
			values.put("jars", zip.stream().filter((entry) -> entry.getName().endsWith(".jar")).count());
			values.put("size", Files.size(jar));
			return new Measured(values);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public boolean isFailed() {
		return this.results.values().stream().flatMap(List::stream).anyMatch((result) -> result.failure() != null);
	}

	@Override
	public void writeTo(Markdown markdown) {
		markdown.heading("Start-up: a web application, and what a client of OpenAI adds to it");
		List<String> titles = new ArrayList<>(List.of("application"));
		COLUMNS.forEach((column) -> titles.addAll(List.of(column.title(), "over bare")));
		markdown.table(titles, APPLICATIONS.stream().map(this::row).toList());
	}

	private List<String> row(String application) {
		List<String> cells = new ArrayList<>(List.of(application));
		for (Column column : COLUMNS) {
			Spread spread = spread(application, column);
			Spread bare = spread(BARE, column);
			cells.add((spread != null) ? spread.text(column) : "failed");
			cells.add((spread != null && bare != null) ? growth(column, bare.median(), spread.median()) : "");
		}
		return cells;
	}

	private @Nullable Spread spread(String application, Column column) {
		return Spread.of(this.results.getOrDefault(application, Collections.emptyList()), column.key());
	}

	private static String growth(Column column, double from, double to) {
		return String.format(Locale.ROOT, "%s, %+.1f %%", column.text(to - from), 100 * (to / from - 1));
	}

}
