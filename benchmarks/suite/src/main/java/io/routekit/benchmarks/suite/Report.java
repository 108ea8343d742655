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

/**
 * Tells in Markdown what was measured, how and on what.
 *
 * @param options what was run
 * @param results what was measured
 */
record Report(Options options, Results results) {

	String write(String environment) {
		Markdown markdown = new Markdown();
		markdown.paragraph(environment);
		for (Comparison comparison : this.options.comparisons()) {
			markdown.heading(comparison.title());
			this.options.formats().forEach((format) -> {
				if (comparison == Comparison.GROWTH) {
					new GrowthTable(format, this.results).writeTo(markdown);
				}
				else {
					new ComparisonTable(comparison, format, this.results).writeTo(markdown);
				}
			});
		}
		return markdown.toString();
	}

}
