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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.routekit.benchmarks.Format;
import org.jspecify.annotations.Nullable;

/**
 * Tells results in Markdown.
 */
final class Report {

	private static final List<Adapter> FLOORS = List.of(Adapter.FLOOR, Adapter.FLOOR_JSON);

	private final Options options;

	private final Results results;

	private final StringBuilder text = new StringBuilder();

	Report(Options options, Results results) {
		this.options = options;
		this.results = results;
	}

	String write() {
		for (Comparison comparison : this.options.comparisons()) {
			this.text.append("## ").append(comparison.title()).append("\n\n");
			this.options.formats().forEach((format) -> writeTable(comparison, format));
		}
		return this.text.toString();
	}

	private void writeTable(Comparison comparison, Format format) {
		List<String> titles = new ArrayList<>(List.of(format.id()));
		comparison.columns().forEach((column) -> titles.add(column.title()));
		FLOORS.forEach((floor) -> titles.add("× " + floor.id()));
		writeRow(titles);
		writeRow(Collections.nCopies(titles.size(), "---"));
		this.options.adapters()
			.stream()
			.filter((adapter) -> !this.results.of(comparison, format, adapter).isEmpty())
			.forEach((adapter) -> writeRow(row(comparison, format, adapter)));
		this.text.append('\n');
	}

	private List<String> row(Comparison comparison, Format format, Adapter adapter) {
		List<String> cells = new ArrayList<>(List.of(adapter.id()));
		String failure = this.results.failure(comparison, format, adapter);
		if (failure != null) {
			cells.add(failure);
			return cells;
		}
		for (Column column : comparison.columns()) {
			Spread spread = this.results.spread(comparison, format, adapter, column.key());
			cells.add((spread != null) ? spread.text(column) : "");
		}
		String key = comparison.columns().get(0).key();
		Spread own = this.results.spread(comparison, format, adapter, key);
		FLOORS.forEach((floor) -> cells.add(ratio(own, this.results.spread(comparison, format, floor, key))));
		return cells;
	}

	private static String ratio(@Nullable Spread own, @Nullable Spread floor) {
		if (own == null || floor == null) {
			return "";
		}
		return String.format(Locale.ROOT, "%.2f", own.median() / floor.median());
	}

	private void writeRow(List<String> cells) {
		this.text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
