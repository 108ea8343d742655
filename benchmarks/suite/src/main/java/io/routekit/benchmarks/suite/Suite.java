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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the clients in turn, round by round, and prints how they compare. Its first
 * argument is the folder of the modules, and the others are options.
 */
public final class Suite {

	private static final JsonMapper JSON = new JsonMapper();

	private final Options options;

	private final Launcher launcher;

	private final Results results;

	private Suite(Path folder, Options options) {
		this.options = options;
		this.launcher = new Launcher(folder, options);
		this.results = new Results(folder.resolve("target/results"));
	}

	/**
	 * Run the suite. Exits with 1 if a client did not deliver what it should.
	 * @param args the folder and the options
	 */
	public static void main(String[] args) {
		List<String> arguments = List.of(args);
		Suite suite = new Suite(Path.of(args[0]), Options.parse(arguments.subList(1, args.length)));
		suite.run();
		System.exit(suite.results.isFailed() ? 1 : 0);
	}

	private void run() {
		String environment = new Environment(this.launcher).describe(this.options);
		try (JavaProcess server = this.launcher.startServer()) {
			String port = server.readLine();
			for (Comparison comparison : this.options.comparisons()) {
				for (int round = 1; round <= this.options.rounds(); round++) {
					run(comparison, round, port);
				}
			}
		}
		String report = new Report(this.options, this.results).write(environment);
		this.results.save(report);
		System.out.println(report);
	}

	private void run(Comparison comparison, int round, String port) {
		for (Format format : this.options.formats()) {
			for (Adapter adapter : this.options.adapters()) {
				if (comparison.includes(adapter, format)) {
					System.err.printf("%s, round %d: %s, %s%n", comparison.id(), round, format.id(), adapter.id());
					this.results.add(run(comparison, format, adapter, port));
				}
			}
		}
	}

	private Result run(Comparison comparison, Format format, Adapter adapter, String port) {
		try (JavaProcess client = this.launcher.startClient(comparison, adapter, format, port)) {
			String line = client.lastLine(comparison.limit());
			return new Result(comparison, format, adapter,
					(line != null) ? values(line) : Map.of(Result.FAILURE, reason(client, comparison)));
		}
	}

	private static Map<String, Object> values(String line) {
		return JSON.readValue(line, new TypeReference<>() {
		});
	}

	private static String reason(JavaProcess client, Comparison comparison) {
		return client.isKilled() ? "gave up after %d s".formatted(comparison.limit().toSeconds())
				: "ended without a result";
	}

}
