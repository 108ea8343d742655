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

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a process has measured.
 *
 * @param values numbers by name, or why there are none
 */
record Measured(@JsonValue Map<String, Object> values) {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String FAILURE = "failure";

	static Measured failed(String reason) {
		return new Measured(Map.of(FAILURE, reason));
	}

	static Measured parse(String json) {
		return new Measured(JSON.readValue(json, new TypeReference<>() {
		}));
	}

	@Nullable String failure() {
		return (String) this.values.get(FAILURE);
	}

	@Nullable Double number(String key) {
		return (this.values.get(key) instanceof Number number) ? number.doubleValue() : null;
	}

}
