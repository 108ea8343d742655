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

package io.routekit.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Restores what binding to a map of objects loses: lists, and the types of values that
 * come from property files and environment variables.
 */
final class ExtraFields {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private ExtraFields() {
	}

	static Map<String, Object> of(Map<String, Object> bound) {
		Map<String, Object> fields = new LinkedHashMap<>();
		bound.forEach((name, value) -> fields.put(name, restore(value)));
		return fields;
	}

	private static Object restore(Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> fields = new LinkedHashMap<>();
			map.forEach((name, nested) -> fields.put(String.valueOf(name), restore(nested)));
			return isList(fields) ? List.copyOf(fields.values()) : fields;
		}
		return (value instanceof String text) ? parse(text) : value;
	}

	private static boolean isList(Map<String, Object> fields) {
		return !fields.isEmpty() && List.copyOf(fields.keySet())
			.equals(IntStream.range(0, fields.size()).mapToObj(String::valueOf).toList());
	}

	private static Object parse(String text) {
		try {
			Object json = mapper.readValue(text, Object.class);
			return (json != null) ? json : text;
		}
		catch (JacksonException ex) {
			return text;
		}
	}

}
