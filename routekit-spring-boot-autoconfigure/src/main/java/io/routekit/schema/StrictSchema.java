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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes of a plain schema the one that all providers take where a model must keep to it
 * strictly: closed objects whose members are all required, null for those that were
 * optional, and few keywords. What the other keywords said goes to the description.
 */
final class StrictSchema {

	private static final Set<String> KEPT = Set.of(SchemaNodes.TYPE, SchemaNodes.PROPERTIES, SchemaNodes.REQUIRED,
			SchemaNodes.ADDITIONAL_PROPERTIES, SchemaNodes.ITEMS, SchemaNodes.ENUM, SchemaNodes.ANY_OF,
			SchemaNodes.REFERENCE, SchemaNodes.DEFINITIONS, SchemaNodes.DESCRIPTION, "title");

	private static final Set<String> FORMATS = Set.of("date-time", "date", "time", "duration", "email", "hostname",
			"ipv4", "ipv6", "uuid");

	private static final int MAX_UNIONS = 16;

	private static final int MAX_DEPTH = 10;

	private static final int MAX_PROPERTIES = 1000;

	private static final int MAX_VALUES = 500;

	private final ObjectNode root;

	private final Set<String> open = new HashSet<>();

	private int unions;

	private int properties;

	private int values;

	private StrictSchema(ObjectNode root) {
		this.root = root;
	}

	/**
	 * Return the strict form of a schema.
	 * @param schema the schema
	 * @return the strict form, or {@code null} if there is none
	 */
	static @Nullable ObjectNode of(ObjectNode schema) {
		StrictSchema strict = new StrictSchema(schema);
		try {
			return strict.root();
		}
		catch (ImpossibleException ex) {
			return null;
		}
	}

	private ObjectNode root() {
		checkNesting(this.root, 0);
		ObjectNode strict = object(this.root);
		JsonNode definitions = this.root.path(SchemaNodes.DEFINITIONS);
		if (!definitions.isEmpty()) {
			ObjectNode strictDefinitions = SchemaNodes.object();
			for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
				strictDefinitions.set(definition.getKey(), convert(definition.getValue(), false));
			}
			strict.set(SchemaNodes.DEFINITIONS, strictDefinitions);
		}
		return strict;
	}

	// Nothing may contain itself
	private void checkNesting(JsonNode schema, int depth) {
		require(depth <= MAX_DEPTH);
		String definition = null;
		if (schema.has(SchemaNodes.REFERENCE)) {
			definition = SchemaNodes.definitionOf(schema);
			require(definition != null && this.open.add(definition));
			checkNesting(SchemaNodes.resolve(this.root, schema), depth);
			this.open.remove(definition);
		}
		if (!(schema instanceof ObjectNode node)) {
			return;
		}
		int inner = depth + (SchemaNodes.allows(schema, SchemaNodes.OBJECT) ? 1 : 0);
		ObjectNode withoutDefinitions = node.deepCopy();
		withoutDefinitions.remove(SchemaNodes.DEFINITIONS);
		for (JsonNode child : SchemaNodes.children(withoutDefinitions)) {
			checkNesting(child, inner);
		}
	}

	private ObjectNode convert(JsonNode schema, boolean nullable) {
		require(schema.isObject() && !schema.has(SchemaNodes.ALL_OF));
		JsonNode alternatives = SchemaNodes.alternatives(schema);
		if (alternatives != null) {
			return union(schema, alternatives, nullable);
		}
		if (schema.has(SchemaNodes.REFERENCE)) {
			return reference(schema, nullable);
		}
		JsonNode values = SchemaNodes.values(schema);
		if (values != null) {
			return enumeration(schema, values, nullable);
		}
		ObjectNode strict;
		if (SchemaNodes.allows(schema, SchemaNodes.OBJECT)) {
			strict = object(schema);
		}
		else if (SchemaNodes.allows(schema, "array")) {
			strict = array(schema);
		}
		else {
			strict = scalar(schema);
		}
		boolean allowsNull = nullable || SchemaNodes.allows(schema, SchemaNodes.NULL);
		return allowsNull ? orNull(strict) : strict;
	}

	private ObjectNode object(JsonNode schema) {
		JsonNode members = schema.path(SchemaNodes.PROPERTIES);
		JsonNode additional = schema.path(SchemaNodes.ADDITIONAL_PROPERTIES);
		require(!members.isEmpty() && additional.isBoolean() && !additional.asBoolean());
		ObjectNode properties = SchemaNodes.object();
		List<String> required = new ArrayList<>();
		for (Map.Entry<String, JsonNode> member : members.properties()) {
			require(++this.properties <= MAX_PROPERTIES);
			String name = member.getKey();
			boolean optional = !SchemaNodes.contains(schema.path(SchemaNodes.REQUIRED), name);
			properties.set(name, convert(member.getValue(), optional));
			required.add(name);
		}
		return describe(SchemaNodes.closedObject(properties, required), schema);
	}

	private ObjectNode array(JsonNode schema) {
		ObjectNode strict = SchemaNodes.ofType("array");
		strict.set(SchemaNodes.ITEMS, convert(schema.path(SchemaNodes.ITEMS), false));
		int least = schema.path("minItems").asInt(-1);
		if (least == 0 || least == 1) {
			strict.put("minItems", least);
		}
		return describe(strict, schema);
	}

	private ObjectNode scalar(JsonNode schema) {
		String type = type(schema);
		ObjectNode strict = SchemaNodes.ofType(type);
		String format = schema.path(SchemaNodes.FORMAT).asString("");
		if (FORMATS.contains(format)) {
			strict.put(SchemaNodes.FORMAT, format);
		}
		return describe(strict, schema);
	}

	private static String type(JsonNode schema) {
		for (String type : List.of("string", "integer", "number", "boolean")) {
			if (SchemaNodes.allows(schema, type)) {
				return type;
			}
		}
		throw new ImpossibleException();
	}

	private ObjectNode enumeration(JsonNode schema, JsonNode values, boolean nullable) {
		ObjectNode strict = SchemaNodes.object();
		ArrayNode strictValues = SchemaNodes.object().putArray(SchemaNodes.ENUM);
		String type = null;
		boolean allowsNull = nullable;
		for (JsonNode value : values) {
			if (value.isNull()) {
				allowsNull = true;
				continue;
			}
			require(++this.values <= MAX_VALUES);
			String valueType = value.isString() ? "string" : "integer";
			require(value.isString() || value.isIntegralNumber());
			require(type == null || type.equals(valueType));
			type = valueType;
			strictValues.add(value);
		}
		require(type != null);
		strict.put(SchemaNodes.TYPE, type);
		strict.set(SchemaNodes.ENUM, strictValues);
		describe(strict, schema);
		if (allowsNull) {
			orNull(strict);
			strictValues.addNull();
		}
		return strict;
	}

	private ObjectNode reference(JsonNode schema, boolean nullable) {
		ObjectNode reference = SchemaNodes.object()
			.put(SchemaNodes.REFERENCE, schema.path(SchemaNodes.REFERENCE).asString());
		ObjectNode described = describe(SchemaNodes.object(), schema);
		if (!nullable && described.isEmpty()) {
			return reference;
		}
		require(++this.unions <= MAX_UNIONS);
		ArrayNode forms = SchemaNodes.object().putArray(SchemaNodes.ANY_OF).add(reference);
		if (nullable) {
			forms.add(SchemaNodes.ofType(SchemaNodes.NULL));
		}
		described.set(SchemaNodes.ANY_OF, forms);
		return described;
	}

	private ObjectNode union(JsonNode schema, JsonNode alternatives, boolean nullable) {
		List<JsonNode> forms = new ArrayList<>();
		boolean allowsNull = nullable;
		for (JsonNode alternative : alternatives) {
			if (SchemaNodes.NULL.equals(alternative.path(SchemaNodes.TYPE).asString(""))) {
				allowsNull = true;
			}
			else {
				forms.add(alternative);
			}
		}
		require(!forms.isEmpty());
		if (forms.size() == 1) {
			ObjectNode only = forms.get(0).deepCopy().asObject();
			JsonNode description = schema.get(SchemaNodes.DESCRIPTION);
			if (description != null && !only.has(SchemaNodes.DESCRIPTION)) {
				only.set(SchemaNodes.DESCRIPTION, description);
			}
			return convert(only, allowsNull);
		}
		require(++this.unions <= MAX_UNIONS);
		ObjectNode strict = describe(SchemaNodes.object(), schema);
		ArrayNode strictForms = SchemaNodes.object().putArray(SchemaNodes.ANY_OF);
		forms.forEach((form) -> strictForms.add(convert(form, false)));
		if (allowsNull) {
			strictForms.add(SchemaNodes.ofType(SchemaNodes.NULL));
		}
		strict.set(SchemaNodes.ANY_OF, strictForms);
		return strict;
	}

	private ObjectNode orNull(ObjectNode schema) {
		require(++this.unions <= MAX_UNIONS);
		ArrayNode types = SchemaNodes.object().putArray(SchemaNodes.TYPE);
		types.add(schema.path(SchemaNodes.TYPE).asString()).add(SchemaNodes.NULL);
		schema.set(SchemaNodes.TYPE, types);
		return schema;
	}

	private ObjectNode describe(ObjectNode strict, JsonNode schema) {
		StringBuilder description = new StringBuilder(schema.path(SchemaNodes.DESCRIPTION).asString(""));
		StringBuilder dropped = new StringBuilder();
		for (Map.Entry<String, JsonNode> property : schema.properties()) {
			String keyword = property.getKey();
			if (!KEPT.contains(keyword) && !SchemaNodes.CONST.equals(keyword) && !SchemaNodes.ONE_OF.equals(keyword)
					&& !strict.has(keyword)) {
				dropped.append(dropped.isEmpty() ? "(" : ", ")
					.append(keyword)
					.append('=')
					.append(property.getValue().isString() ? property.getValue().asString() : property.getValue());
			}
		}
		if (!dropped.isEmpty()) {
			description.append(description.isEmpty() ? "" : " ").append(dropped).append(')');
		}
		return description.isEmpty() ? strict : strict.put(SchemaNodes.DESCRIPTION, description.toString());
	}

	private static void require(boolean possible) {
		if (!possible) {
			throw new ImpossibleException();
		}
	}

	/**
	 * Thrown when there is no strict form.
	 */
	private static final class ImpossibleException extends RuntimeException {

	}

}
