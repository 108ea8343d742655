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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.routekit.benchmarks.Format;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the clients in turn, round by round, and prints how they compare. Its first
 * argument is the folder of the modules, and the others are options.
 */
public final class Suite {

	private static final JsonMapper JSON = new JsonMapper();

	private final Options options;

	private final Launcher launcher;

	private final Results results = new Results();

	private Suite(Path folder, Options options) {
		this.options = options;
		this.launcher = new Launcher(folder, options);
	}

	public static void main(String[] args) {
		List<String> arguments = List.of(args);
		Suite suite = new Suite(Path.of(args[0]), Options.parse(arguments.subList(1, args.length)));
		suite.run();
	}

	private void run() {
		try (JavaProcess server = this.launcher.startServer()) {
			String port = server.readLine();
			for (Comparison comparison : this.options.comparisons()) {
				for (int round = 1; round <= this.options.rounds(); round++) {
					run(comparison, port);
				}
			}
		}
		System.out.println(new Report(this.options, this.results).write());
	}

	private void run(Comparison comparison, String port) {
		for (Format format : this.options.formats()) {
			for (Adapter adapter : this.options.adapters()) {
				if (comparison.adapters().contains(adapter)) {
					run(comparison, format, adapter, port);
				}
			}
		}
	}

	private void run(Comparison comparison, Format format, Adapter adapter, String port) {
		System.err.printf("%s %s %s%n", comparison.id(), format.id(), adapter.id());
		try (JavaProcess client = this.launcher.startClient(comparison, adapter, format, port)) {
			String line = client.lastLine(comparison.limit());
			System.err.println(line);
			this.results.add(new Result(comparison, format, adapter, values(comparison, line)));
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> values(Comparison comparison, @Nullable String line) {
		if (line == null) {
			return Map.of("failure", "gave up after %d s".formatted(comparison.limit().toSeconds()));
		}
		return JSON.readValue(line, Map.class);
	}

}
