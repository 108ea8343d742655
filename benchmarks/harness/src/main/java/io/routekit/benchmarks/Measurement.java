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

package io.routekit.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured: numbers by name, and texts.
 */
final class Measurement {

	private final Map<String, Object> values = new LinkedHashMap<>();

	void put(String name, Object value) {
		this.values.put(name, value);
	}

	Object get(String name) {
		return this.values.getOrDefault(name, Double.NaN);
	}

	/**
	 * Return a line of JSON.
	 * @return a line
	 */
	@Override
	public String toString() {
		return this.values.entrySet()
			.stream()
			.map((entry) -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
			.collect(Collectors.joining(",", "{", "}"));
	}

	private static String json(Object value) {
		return (value instanceof String text) ? quoted(text) : value.toString();
	}

	private static String quoted(String text) {
		String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
		return "\"" + escaped + "\"";
	}

}
