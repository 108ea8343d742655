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

package io.routekit.sample;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.routekit.ModelException;
import io.routekit.Tool;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tools of a request.
 */
final class ToolsReader {

	private ToolsReader() {
	}

	static List<Tool> read(Field tools) {
		if (!tools.isPresent()) {
			return Collections.emptyList();
		}
		Set<String> names = new HashSet<>();
		return tools.items().stream().map((tool) -> tool(tool, names)).toList();
	}

	private static Tool tool(Field tool, Set<String> names) {
		Field name = tool.get("name");
		if (!names.add(name.nonEmptyText())) {
			throw name.mustBe("unique among the tools");
		}
		JsonNode parameters = tool.get("parameters").ifPresent(ToolsReader::schema);
		try {
			return new Tool(name.text(), tool.get("description").ifPresent(Field::text),
					(parameters != null) ? parameters.toString() : null, tool.get("strict").ifPresent(Field::flag));
		}
		catch (ModelException ex) {
			throw tool.error("is malformed: " + ex.getMessage());
		}
	}

	private static JsonNode schema(Field parameters) {
		JsonNode schema = parameters.object();
		Field type = parameters.get("type");
		if (type.isPresent() && !(type.isText() && type.text().equals("object"))) {
			throw type.mustBe("'object'");
		}
		parameters.get("properties").ifPresent(Field::object);
		parameters.get("required").ifPresent(ToolsReader::texts);
		return schema;
	}

	private static List<String> texts(Field list) {
		return list.items().stream().map(Field::text).toList();
	}

}
