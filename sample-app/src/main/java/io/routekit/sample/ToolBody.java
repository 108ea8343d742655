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

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.routekit.Tool;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool in the body of a request.
 *
 * @param tool the tool
 */
record ToolBody(Tool tool) {

	@JsonCreator
	@JsonIgnoreProperties(ignoreUnknown = true)
	static ToolBody of(@JsonProperty("name") @Nullable String name,
			@JsonProperty("description") @Nullable String description,
			@JsonProperty("parameters") @Nullable ObjectNode parameters,
			@JsonProperty("strict") @Nullable Boolean strict) {
		InvalidFieldException.required("name", name);
		return new ToolBody(new Tool(InvalidFieldException.required("name", name), description,
				(parameters != null) ? schema(parameters) : null, strict));
	}

	private static String schema(ObjectNode parameters) {
		JsonNode type = parameters.path("type");
		if (isPresent(type) && !(type.isString() && type.stringValue().equals("object"))) {
			throw InvalidFieldException.mustBe("parameters.type", "'object'", type);
		}
		JsonNode properties = parameters.path("properties");
		if (isPresent(properties) && !properties.isObject()) {
			throw InvalidFieldException.mustBe("parameters.properties", "an object", properties);
		}
		JsonNode required = parameters.path("required");
		if (isPresent(required) && !(required.isArray() && required.valueStream().allMatch(JsonNode::isString))) {
			throw InvalidFieldException.mustBe("parameters.required", "a list of strings", required);
		}
		return parameters.toString();
	}

	private static boolean isPresent(JsonNode node) {
		return !node.isMissingNode() && !node.isNull();
	}

}
