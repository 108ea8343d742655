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

package io.routekit.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.Tool;

import org.springframework.util.Assert;

/**
 * The schema of a tool's arguments as all servers take it. Many refuse a tool without a
 * schema, and an object without a type or without properties.
 *
 * @since 0.1.0
 */
public final class ToolSchema {

	/**
	 * Members that say what an object consists of.
	 */
	private static final List<String> DESCRIPTIONS = List.of("properties", "$ref", "anyOf", "oneOf", "allOf");

	private ToolSchema() {
	}

	/**
	 * Return the schema of a tool's arguments.
	 * @param tool the tool
	 * @return the schema as JSON text, with what is missing added
	 */
	public static String of(Tool tool) {
		Assert.notNull(tool, "'tool' must not be null");
		if (tool.parameters() == null) {
			// A strict schema must say that there are no others
			return Boolean.TRUE.equals(tool.strict())
					? "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}"
					: "{\"type\":\"object\",\"properties\":{}}";
		}
		String schema = WireJson.encodable(tool.parameters());
		Map<String, JsonRange> members = new LinkedHashMap<>(JsonRange.of(schema).members());
		boolean changed = false;
		JsonRange type = members.get("type");
		if (type == null || type.isNull()) {
			type = JsonRange.of("\"object\"");
			members.put("type", type);
			changed = true;
		}
		if ("object".equals(type.text()) && DESCRIPTIONS.stream().noneMatch(members::containsKey)) {
			members.put("properties", JsonRange.of("{}"));
			changed = true;
		}
		return changed ? WireJson.write(new UnreadObject(members)) : schema;
	}

}
