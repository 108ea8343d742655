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

import java.util.Map;

import io.routekit.benchmarks.Format;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in one process.
 *
 * @param comparison the scenario
 * @param format the wire format
 * @param adapter the client
 * @param values numbers by name, or why there are none
 */
record Result(Comparison comparison, Format format, Adapter adapter, Map<String, Object> values) {

	/**
	 * The name of the reason why there are no numbers.
	 */
	static final String FAILURE = "failure";

	@Nullable String failure() {
		return (String) this.values.get(FAILURE);
	}

	@Nullable Double value(String key) {
		return (this.values.get(key) instanceof Number number) ? number.doubleValue() : null;
	}

	boolean isOf(Comparison comparison, Format format, Adapter adapter) {
		return this.comparison == comparison && this.format == format && this.adapter == adapter;
	}

}
