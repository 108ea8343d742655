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
import java.util.Objects;

import io.routekit.benchmarks.Format;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of all clients in all rounds of a scenario.
 */
final class ComparisonResults {

	private final List<ComparisonResult> results = new ArrayList<>();

	void add(ComparisonResult result) {
		this.results.add(result);
	}

	boolean isFailed() {
		return this.results.stream().anyMatch((result) -> result.measured().failure() != null);
	}

	/**
	 * Return what was measured of a client.
	 * @param format the wire format
	 * @param adapter the client
	 * @return what was measured, round by round
	 */
	List<Measured> rounds(Format format, Adapter adapter) {
		return this.results.stream()
			.filter((result) -> result.format() == format && result.adapter() == adapter)
			.map(ComparisonResult::measured)
			.toList();
	}

	@Nullable Spread spread(Format format, Adapter adapter, String key) {
		return Spread.of(rounds(format, adapter), key);
	}

	/**
	 * Return why a client has no numbers in one of the rounds.
	 * @param format the wire format
	 * @param adapter the client
	 * @return the reason, or {@code null} if it has them
	 */
	@Nullable String failure(Format format, Adapter adapter) {
		return rounds(format, adapter).stream()
			.map(Measured::failure)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

}
