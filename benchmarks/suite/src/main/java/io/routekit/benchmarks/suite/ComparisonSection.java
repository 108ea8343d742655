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

import io.routekit.benchmarks.Format;

/**
 * The clients side by side in one scenario.
 */
final class ComparisonSection implements Section {

	private final Comparison comparison;

	private final Options options;

	private final Launcher launcher;

	private final ResultFiles files;

	private final ComparisonResults results = new ComparisonResults();

	ComparisonSection(Comparison comparison, Options options, Launcher launcher, ResultFiles files) {
		this.comparison = comparison;
		this.options = options;
		this.launcher = launcher;
		this.files = files;
	}

	@Override
	public void run() {
		try (JavaProcess server = this.launcher.startServer()) {
			String port = String.valueOf(server.readLine());
			for (int round = 1; round <= this.options.rounds(); round++) {
				run(round, port);
			}
		}
	}

	private void run(int round, String port) {
		for (Format format : this.options.formats()) {
			for (Adapter adapter : this.options.adapters()) {
				if (this.comparison.includes(adapter, format)) {
					Console.progress("%s, round %d: %s, %s", this.comparison.id(), round, format.id(), adapter.id());
					ComparisonResult result = new ComparisonResult(this.comparison, format, adapter,
							measure(format, adapter, port));
					this.results.add(result);
					this.files.log(result);
				}
			}
		}
	}

	private Measured measure(Format format, Adapter adapter, String port) {
		try (JavaProcess client = this.launcher.startClient(this.comparison, adapter, format, port)) {
			return client.measured(this.comparison.limit());
		}
	}

	@Override
	public boolean isFailed() {
		return this.results.isFailed();
	}

	@Override
	public void writeTo(Markdown markdown) {
		markdown.heading(this.comparison.title());
		for (Format format : this.options.formats()) {
			if (this.comparison == Comparison.GROWTH) {
				new GrowthTable(format, this.results).writeTo(markdown);
			}
			else {
				new ComparisonTable(this.comparison.columns(), format, this.results).writeTo(markdown);
			}
		}
	}

}
