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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the clients are and what they run on.
 *
 * @param launcher starts the clients
 */
record Environment(Launcher launcher) {

	/**
	 * What the version of a class path is told by.
	 */
	private static final String ARTIFACTS = "anthropic-java-core|jackson-core|langchain4j-(anthropic|open-ai)"
			+ "|netty-common|openai-java-core|reactor-(core|netty-http)|spring-(ai-anthropic|ai-openai|boot|webflux)";

	String describe(Options options) {
		StringBuilder text = new StringBuilder();
		text.append("`%s` on %s, RouteKit at %s%n%n".formatted(System.getProperty("routekit.command", "benchmarks/run"),
				LocalDate.now(), System.getProperty("routekit.commit", "an unknown commit")));
		text.append("- %s, %d cores; load average before: %s%n".formatted(cpu(),
				Runtime.getRuntime().availableProcessors(), read("/proc/loadavg").split(" ")[0]));
		text.append("- %s %s%n".formatted(System.getProperty("java.vm.name"), System.getProperty("java.vm.version")));
		options.adapters()
			.stream()
			.map(Adapter::module)
			.distinct()
			.forEach((module) -> text.append("- %s: %s%n".formatted(module, versions(module))));
		return text.toString();
	}

	private static String cpu() {
		return read("/proc/cpuinfo").lines()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse("an unknown processor");
	}

	private String versions(String module) {
		return Stream.of(this.launcher.classPath(module).split(File.pathSeparator))
			.map((entry) -> Path.of(entry).getFileName().toString())
			.filter((name) -> name.matches("(" + ARTIFACTS + ")-[0-9].*\\.jar"))
			.map((name) -> name.substring(0, name.length() - ".jar".length()))
			.sorted()
			.collect(Collectors.joining(", "));
	}

	private static String read(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
