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

package io.routekit.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The forms that a value may have.
 */
final class Alternatives {

	private final List<JsonNode> forms = new ArrayList<>();

	private final JsonNode root;

	Alternatives(JsonNode root, JsonNode alternatives) {
		this.root = root;
		for (JsonNode alternative : alternatives) {
			if (!SchemaNodes.NULL.equals(alternative.path(SchemaNodes.TYPE).asString(""))) {
				this.forms.add(alternative);
			}
		}
	}

	/**
	 * Return the form that a value is meant to have.
	 * @param value the value
	 * @return the form, or {@code null} if there is none
	 */
	@Nullable JsonNode choose(JsonNode value) {
		if (this.forms.size() == 1) {
			return this.forms.get(0);
		}
		if (!value.isObject()) {
			return scalar(value);
		}
		String mark = mark();
		return (mark != null) ? marked(mark, value.path(mark)) : closest(value);
	}

	private @Nullable JsonNode scalar(JsonNode value) {
		for (JsonNode form : this.forms) {
			JsonNode resolved = SchemaNodes.resolve(this.root, form);
			boolean array = SchemaNodes.allows(resolved, "array");
			if (!SchemaNodes.allows(resolved, SchemaNodes.OBJECT) && array == value.isArray()) {
				return form;
			}
		}
		return null;
	}

	private @Nullable JsonNode marked(String mark, JsonNode found) {
		for (JsonNode form : this.forms) {
			JsonNode value = constant(property(form, mark));
			if (value != null && found.isValueNode()
					&& value.asString("").equalsIgnoreCase(found.asString("").strip())) {
				return form;
			}
		}
		return null;
	}

	// Without a mark, the form with the most members of the value, none missing
	private @Nullable JsonNode closest(JsonNode value) {
		JsonNode closest = null;
		int most = -1;
		for (JsonNode form : this.forms) {
			int members = members(SchemaNodes.resolve(this.root, form), value);
			if (members > most) {
				most = members;
				closest = form;
			}
		}
		return closest;
	}

	private static int members(JsonNode form, JsonNode value) {
		for (JsonNode name : form.path(SchemaNodes.REQUIRED)) {
			if (!value.has(name.asString())) {
				return -1;
			}
		}
		int members = 0;
		for (Map.Entry<String, JsonNode> property : form.path(SchemaNodes.PROPERTIES).properties()) {
			members += value.has(property.getKey()) ? 1 : 0;
		}
		return members;
	}

	/**
	 * Return the name of the member whose value tells the form.
	 * @return the name, or {@code null} if there is none
	 */
	@Nullable String mark() {
		if (this.forms.isEmpty()) {
			return null;
		}
		JsonNode first = this.forms.get(0);
		for (String name : names(first)) {
			if (this.forms.stream().allMatch((form) -> constant(property(form, name)) != null)) {
				return name;
			}
		}
		return null;
	}

	/**
	 * Return the values of {@link #mark()}.
	 * @return one value for each form
	 */
	List<JsonNode> marks() {
		List<JsonNode> marks = new ArrayList<>();
		String mark = mark();
		for (JsonNode form : this.forms) {
			JsonNode value = (mark != null) ? constant(property(form, mark)) : null;
			if (value != null) {
				marks.add(value);
			}
		}
		return marks;
	}

	private List<String> names(JsonNode form) {
		JsonNode resolved = SchemaNodes.resolve(this.root, form);
		List<String> names = new ArrayList<>(resolved.path(SchemaNodes.PROPERTIES).propertyNames());
		for (JsonNode part : resolved.path(SchemaNodes.ALL_OF)) {
			names.addAll(names(part));
		}
		return names;
	}

	private JsonNode property(JsonNode form, String name) {
		JsonNode resolved = SchemaNodes.resolve(this.root, form);
		JsonNode property = resolved.path(SchemaNodes.PROPERTIES).path(name);
		for (JsonNode part : resolved.path(SchemaNodes.ALL_OF)) {
			property = property.isMissingNode() ? property(part, name) : property;
		}
		return property;
	}

	private static @Nullable JsonNode constant(JsonNode schema) {
		JsonNode values = schema.path(SchemaNodes.ENUM);
		return (values.size() == 1) ? values.get(0) : schema.get(SchemaNodes.CONST);
	}

}
