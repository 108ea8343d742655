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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts of a call, each for itself, as JMH measures them.
 */
final class PartsSection implements Section {

	/**
	 * The name for the command line.
	 */
	static final String ID = "parts";

	private static final Duration LIMIT = Duration.ofMinutes(30);

	private final Launcher launcher;

	private final Path file;

	PartsSection(Launcher launcher, ResultFiles files) {
		this.launcher = launcher;
		this.file = files.path("-jmh.json").toAbsolutePath();
	}

	@Override
	public void run() {
		Console.progress(ID);
		try (JavaProcess process = this.launcher.startJmh(this.file)) {
			process.measured(LIMIT);
		}
	}

	@Override
	public boolean isFailed() {
		return !Files.exists(this.file);
	}

	@Override
	public void writeTo(Markdown markdown) {
		markdown.heading("Parts: what each takes for itself");
		List<List<String>> rows = new ArrayList<>();
		if (!isFailed()) {
			new JsonMapper().readTree(this.file).forEach((benchmark) -> rows.add(row(benchmark)));
		}
		markdown.table(List.of("part", "of", "ns", "±", "bytes"), rows);
	}

	private static List<String> row(JsonNode benchmark) {
		String name = benchmark.path("benchmark").asString();
		List<String> params = new ArrayList<>();
		benchmark.path("params").forEach((param) -> params.add(param.asString().toLowerCase(Locale.ROOT)));
		JsonNode time = benchmark.path("primaryMetric");
		JsonNode bytes = benchmark.at("/secondaryMetrics/gc.alloc.rate.norm");
		return List.of(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1), String.join(", ", params),
				number(time.path("score")), number(time.path("scoreError")), number(bytes.path("score")));
	}

	private static String number(JsonNode number) {
		return number.isNumber() ? String.format(Locale.ROOT, "%,.0f", number.doubleValue()) : "";
	}

}
