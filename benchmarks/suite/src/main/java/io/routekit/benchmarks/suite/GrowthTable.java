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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.routekit.benchmarks.Format;

/**
 * What one more costs, by how many there are. The names of the numbers consist of what
 * there is more of, how many of them and what was measured.
 */
final class GrowthTable {

	private static final int MAX_DIGITS = 8;

	private static final Column CPU = Column.of("", "cpu").scaled(1000, 1);

	private static final Column ALLOCATED = Column.of("", "allocated").scaled(1, 0);

	private final Format format;

	private final ComparisonResults results;

	GrowthTable(Format format, ComparisonResults results) {
		this.format = format;
		this.results = results;
	}

	void writeTo(Markdown markdown) {
		List<String> titles = new ArrayList<>(List.of(this.format.id()));
		sizes().forEach((size) -> titles.add("%,d".formatted(size)));
		List<List<String>> rows = dimensions().stream().map(this::row).toList();
		if (!rows.isEmpty()) {
			markdown.table(titles, rows);
		}
	}

	private Set<String> dimensions() {
		Set<String> dimensions = new LinkedHashSet<>();
		for (Measured measured : this.results.rounds(this.format, Adapter.ROUTEKIT)) {
			measured.values().keySet().forEach((key) -> dimensions.add(key.split(" \\d")[0]));
		}
		return dimensions;
	}

	private List<String> row(String dimension) {
		List<String> cells = new ArrayList<>(List.of(dimension));
		sizes().forEach((size) -> cells.add(cell(dimension + " " + size + " ")));
		return cells;
	}

	private String cell(String prefix) {
		Spread cpu = this.results.spread(this.format, Adapter.ROUTEKIT, prefix + CPU.key());
		Spread allocated = this.results.spread(this.format, Adapter.ROUTEKIT, prefix + ALLOCATED.key());
		return (cpu != null && allocated != null)
				? "%s (%s)".formatted(CPU.text(cpu.median()), ALLOCATED.text(allocated.median())) : "";
	}

	private static List<Integer> sizes() {
		return IntStream.iterate(1, (size) -> size * 10).limit(MAX_DIGITS).boxed().toList();
	}

}
