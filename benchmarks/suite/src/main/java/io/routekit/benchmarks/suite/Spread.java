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

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The same number from several rounds.
 *
 * @param sorted the numbers, from least to greatest
 */
record Spread(List<Double> sorted) {

	/**
	 * Collect a number.
	 * @param rounds what was measured
	 * @param key the name of the number
	 * @return the numbers, or {@code null} if there are none
	 */
	static @Nullable Spread of(List<Measured> rounds, String key) {
		List<Double> numbers = rounds.stream()
			.map((measured) -> measured.number(key))
			.filter(Objects::nonNull)
			.sorted()
			.toList();
		return numbers.isEmpty() ? null : new Spread(numbers);
	}

	double median() {
		int size = this.sorted.size();
		return (this.sorted.get((size - 1) / 2) + this.sorted.get(size / 2)) / 2;
	}

	/**
	 * Return the median, and the least and the greatest number if there are several.
	 * @param column how to write them
	 * @return the text
	 */
	String text(Column column) {
		String median = column.text(median());
		String least = column.text(this.sorted.get(0));
		String greatest = column.text(this.sorted.get(this.sorted.size() - 1));
		return least.equals(greatest) ? median : "%s (%s..%s)".formatted(median, least, greatest);
	}

}
