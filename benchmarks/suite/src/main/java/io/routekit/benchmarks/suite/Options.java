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

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.routekit.benchmarks.Format;

/**
 * What to run.
 *
 * @param scenarios the names of the sections of the report
 * @param adapters the clients
 * @param formats the wire formats
 * @param rounds how often each client is measured
 * @param quick whether to show only that everything works
 * @param clientCore the core of the clients
 * @param serverCore the core of the load server
 */
record Options(List<String> scenarios, List<Adapter> adapters, List<Format> formats, int rounds, boolean quick,
		String clientCore, String serverCore) {

	static Options parse(List<String> args) {
		return new Options(values(args, "--scenarios", scenarioIds()),
				values(args, "--adapters", Stream.of(Adapter.values()).map(Adapter::id)).stream()
					.map(Adapter::of)
					.toList(),
				values(args, "--formats", Stream.of(Format.values()).map(Format::id)).stream().map(Format::of).toList(),
				Integer.parseInt(value(args, "--rounds", "3")), args.contains("--quick"),
				value(args, "--client-core", "0"), value(args, "--server-core", "1"));
	}

	private static Stream<String> scenarioIds() {
		return Stream.concat(Stream.of(Comparison.values()).map(Comparison::id),
				Stream.of(PartsSection.ID, StartUpSection.ID));
	}

	private static List<String> values(List<String> args, String name, Stream<String> all) {
		String value = value(args, name, "all");
		return value.equals("all") ? all.toList() : Arrays.asList(value.split(","));
	}

	private static String value(List<String> args, String name, String otherwise) {
		int index = args.indexOf(name);
		return (index >= 0) ? args.get(index + 1) : otherwise;
	}

}
