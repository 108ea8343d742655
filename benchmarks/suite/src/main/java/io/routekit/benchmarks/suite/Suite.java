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

/**
 * Runs what its options say, and prints a report. Its first argument is the folder of the
 * modules, and the others are options.
 */
public final class Suite {

	private final Options options;

	private final Launcher launcher;

	private final ResultFiles files;

	private Suite(Path folder, Options options) {
		this.options = options;
		this.launcher = new Launcher(folder, options);
		this.files = new ResultFiles(folder.resolve("target/results"));
	}

	/**
	 * Run the suite. Exits with 1 if something failed.
	 * @param args the folder and the options
	 */
	public static void main(String[] args) {
		List<String> arguments = List.of(args);
		boolean failed = new Suite(Path.of(args[0]), Options.parse(arguments.subList(1, args.length))).run();
		System.exit(failed ? 1 : 0);
	}

	private boolean run() {
		String environment = new Environment(this.launcher).describe(this.options);
		List<Section> sections = this.options.scenarios().stream().map(this::section).toList();
		sections.forEach(Section::run);
		Markdown markdown = new Markdown();
		markdown.paragraph(environment);
		sections.forEach((section) -> section.writeTo(markdown));
		this.files.save(markdown.toString());
		Console.report(markdown);
		return sections.stream().anyMatch(Section::isFailed);
	}

	private Section section(String scenario) {
		return switch (scenario) {
			case PartsSection.ID -> new PartsSection(this.launcher, this.files);
			case StartUpSection.ID -> new StartUpSection(this.options, this.launcher, this.files);
			default -> new ComparisonSection(Comparison.of(scenario), this.options, this.launcher, this.files);
		};
	}

}
