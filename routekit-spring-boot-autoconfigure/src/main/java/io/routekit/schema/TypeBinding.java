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
import java.util.Objects;

import io.routekit.schema.SchemaFactory.TypeSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes values of what models write: text to tree, tree by the schema, tree to value,
 * value by its constraints. All that does not fit is told at once.
 */
final class TypeBinding {

	private final JsonReader reader;

	private final @Nullable ConstraintCheck constraints;

	TypeBinding(JsonReader reader, @Nullable ConstraintCheck constraints) {
		this.reader = reader;
		this.constraints = constraints;
	}

	Object read(String json, TypeSchema schema, JavaType type) {
		Faults faults = new Faults();
		JsonNode tree = checked(json, schema, faults);
		Object value = null;
		if (!faults.isMisshapen()) {
			JsonPath path = schema.wrapped() ? JsonPath.ROOT.member(SchemaNodes.VALUE) : JsonPath.ROOT;
			JsonNode content = schema.wrapped() ? tree.get(SchemaNodes.VALUE) : tree;
			value = (content != null) ? bind(content, type, path, faults) : absent(type);
			if (value == null && !faults.isMisshapen()) {
				faults.unreadable(path, "must not be null");
			}
		}
		faults.throwIfAny();
		return Objects.requireNonNull(value);
	}

	@Nullable Object[] read(String json, TypeSchema schema, List<String> names, List<JavaType> types) {
		Faults faults = new Faults();
		JsonNode tree = checked(json, schema, faults);
		List<@Nullable Object> values = new ArrayList<>();
		for (int i = 0; i < names.size() && !faults.isMisshapen(); i++) {
			JsonNode value = tree.get(names.get(i));
			JsonPath path = JsonPath.ROOT.member(names.get(i));
			values.add((value != null) ? bind(value, types.get(i), path, faults) : absent(types.get(i)));
		}
		faults.throwIfAny();
		return values.toArray();
	}

	private JsonNode checked(String json, TypeSchema schema, Faults faults) {
		JsonNode tree = this.reader.read(json);
		if (schema.wrapped() && !tree.isObject()) {
			ObjectNode wrapper = SchemaNodes.object();
			wrapper.set(SchemaNodes.VALUE, tree);
			tree = wrapper;
		}
		return new SchemaCheck(mapper(), schema.schema(), faults).check(tree);
	}

	private @Nullable Object bind(JsonNode tree, JavaType type, JsonPath path, Faults faults) {
		Object value;
		try {
			value = mapper().treeToValue(tree, type);
		}
		catch (JacksonException ex) {
			JsonPath place = place(path, ex);
			JsonNode found = found(tree, ex);
			boolean scalar = found.isValueNode() && !found.isNull();
			faults.unreadable(place, scalar ? "must be valid but was " + Faults.quote(found) : "must be valid");
			return null;
		}
		if (value != null && this.constraints != null) {
			this.constraints.check(value, path, faults);
		}
		return value;
	}

	private @Nullable Object absent(JavaType type) {
		return MappedProperties.isOptionalType(type.getRawClass())
				? mapper().treeToValue(mapper().getNodeFactory().nullNode(), type) : null;
	}

	private static JsonPath place(JsonPath start, JacksonException failure) {
		JsonPath path = start;
		for (Reference reference : failure.getPath()) {
			String name = reference.getPropertyName();
			path = (name != null) ? path.member(name) : path.item(reference.getIndex());
		}
		return path;
	}

	private static JsonNode found(JsonNode tree, JacksonException failure) {
		JsonNode found = tree;
		for (Reference reference : failure.getPath()) {
			String name = reference.getPropertyName();
			found = (name != null) ? found.path(name)
					: ((found instanceof ArrayNode array) ? array.path(reference.getIndex()) : found);
		}
		return found;
	}

	private JsonMapper mapper() {
		return this.reader.mapper();
	}

}
