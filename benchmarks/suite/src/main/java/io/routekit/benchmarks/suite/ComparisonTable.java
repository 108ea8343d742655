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
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.routekit.benchmarks.Format;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a scenario, with what each of them takes.
 */
final class ComparisonTable {

	private final List<Column> columns;

	private final Format format;

	private final ComparisonResults results;

	ComparisonTable(List<Column> columns, Format format, ComparisonResults results) {
		this.columns = columns;
		this.format = format;
		this.results = results;
	}

	void writeTo(Markdown markdown) {
		List<List<String>> rows = Stream.of(Adapter.values()).filter(this::isMeasured).map(this::row).toList();
		if (!rows.isEmpty()) {
			markdown.table(titles(), rows);
		}
	}

	private boolean isMeasured(Adapter adapter) {
		return !this.results.rounds(this.format, adapter).isEmpty();
	}

	private List<String> titles() {
		List<String> titles = new ArrayList<>(List.of(this.format.id()));
		for (Column column : this.columns) {
			titles.add(column.title());
			column.baselines().forEach((baseline) -> titles.add("× " + baseline.id()));
		}
		return titles;
	}

	private List<String> row(Adapter adapter) {
		List<String> cells = new ArrayList<>(List.of(adapter.id()));
		String failure = this.results.failure(this.format, adapter);
		if (failure != null) {
			cells.add(failure);
			return cells;
		}
		for (Column column : this.columns) {
			Spread spread = spread(adapter, column);
			cells.add((spread != null) ? spread.text(column) : "");
			column.baselines().forEach((baseline) -> cells.add(ratio(spread, spread(baseline, column))));
		}
		return cells;
	}

	private @Nullable Spread spread(Adapter adapter, Column column) {
		return this.results.spread(this.format, adapter, column.key());
	}

	private static String ratio(@Nullable Spread own, @Nullable Spread baseline) {
		if (own == null || baseline == null) {
			return "";
		}
		return String.format(Locale.ROOT, "%.2f", own.median() / baseline.median());
	}

}
