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
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * Keywords of a schema, and one of RouteKit's own: the Java type of a scalar, which is
 * not part of what is told.
 */
final class SchemaNodes {

	static final String ADDITIONAL_PROPERTIES = "additionalProperties";

	static final String ALL_OF = "allOf";

	static final String ANY_OF = "anyOf";

	static final String CONST = "const";

	static final String DEFINITIONS = "$defs";

	static final String DESCRIPTION = "description";

	static final String ENUM = "enum";

	static final String FORMAT = "format";

	static final String ITEMS = "items";

	static final String ONE_OF = "oneOf";

	static final String PROPERTIES = "properties";

	static final String REFERENCE = "$ref";

	static final String REQUIRED = "required";

	static final String TYPE = "type";

	static final String NULL = "null";

	static final String OBJECT = "object";

	/**
	 * Where a type that is no object stands in the object that must surround it.
	 */
	static final String VALUE = "value";

	private static final String JAVA = "java";

	private static final String LOCAL = "#/" + DEFINITIONS + "/";

	private static final int MAX_REFERENCES = 32;

	private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

	private SchemaNodes() {
	}

	static ObjectNode object() {
		return nodes.objectNode();
	}

	static ObjectNode ofType(String type) {
		return object().put(TYPE, type);
	}

	static ObjectNode ofJava(ObjectNode schema, JavaType type) {
		schema.putPOJO(JAVA, type);
		return schema;
	}

	static @Nullable JavaType javaType(JsonNode schema) {
		return (schema.get(JAVA) instanceof POJONode node) ? (JavaType) node.getPojo() : null;
	}

	/**
	 * Return an object that has the given properties and no others.
	 * @param properties the schemas of the properties
	 * @param required the names of those that must be there
	 * @return the schema
	 */
	static ObjectNode closedObject(ObjectNode properties, List<String> required) {
		ObjectNode schema = ofType(OBJECT);
		schema.set(PROPERTIES, properties);
		if (!required.isEmpty()) {
			ArrayNode names = schema.putArray(REQUIRED);
			required.forEach(names::add);
		}
		return schema.put(ADDITIONAL_PROPERTIES, false);
	}

	/**
	 * Return whether a schema is one of objects.
	 * @param schema the schema
	 * @return whether there is nothing but an object
	 */
	static boolean isObject(JsonNode schema) {
		return OBJECT.equals(schema.path(TYPE).asString("")) && alternatives(schema) == null;
	}

	static boolean allows(JsonNode schema, String type) {
		JsonNode types = schema.path(TYPE);
		return types.isArray() ? contains(types, type) : type.equals(types.asString(""));
	}

	static boolean contains(JsonNode array, String text) {
		for (JsonNode element : array) {
			if (text.equals(element.asString(""))) {
				return true;
			}
		}
		return false;
	}

	static @Nullable JsonNode alternatives(JsonNode schema) {
		JsonNode alternatives = schema.get(ANY_OF);
		return (alternatives != null) ? alternatives : schema.get(ONE_OF);
	}

	/**
	 * Return what a schema refers to.
	 * @param root the root of the schema
	 * @param schema a schema in it
	 * @return the schema that has no reference
	 */
	static JsonNode resolve(JsonNode root, JsonNode schema) {
		JsonNode resolved = schema;
		for (int i = 0; i < MAX_REFERENCES && resolved.has(REFERENCE); i++) {
			resolved = target(root, resolved.path(REFERENCE).asString());
		}
		return resolved;
	}

	static @Nullable String definitionOf(JsonNode schema) {
		String reference = schema.path(REFERENCE).asString("");
		return reference.startsWith(LOCAL) ? reference.substring(LOCAL.length()) : null;
	}

	private static JsonNode target(JsonNode root, String reference) {
		return reference.startsWith(LOCAL) ? root.path(DEFINITIONS).path(unescape(reference.substring(LOCAL.length())))
				: root;
	}

	private static String unescape(String name) {
		return name.replace("~1", "/").replace("~0", "~");
	}

	static boolean saysNothing(JsonNode schema) {
		return schema.isEmpty() || (schema.size() == 1 && schema.has(JAVA));
	}

	/**
	 * Return a schema as it is told, without what is RouteKit's own.
	 * @param schema the schema
	 * @return a copy
	 */
	static ObjectNode told(ObjectNode schema) {
		ObjectNode told = schema.deepCopy();
		visit(told, (node) -> node.remove(JAVA));
		return told;
	}

	/**
	 * Pass each schema in a schema to a visitor, from the outside to the inside. What has
	 * the form of a schema but is none, such as the properties of an object, is left out.
	 * @param schema the schema
	 * @param visitor the visitor, which may change the schema that it is given
	 */
	static void visit(JsonNode schema, SchemaVisitor visitor) {
		if (!(schema instanceof ObjectNode node)) {
			return;
		}
		visitor.visit(node);
		children(node).forEach((child) -> visit(child, visitor));
	}

	static List<JsonNode> children(ObjectNode schema) {
		List<JsonNode> children = new ArrayList<>();
		for (Map.Entry<String, JsonNode> property : schema.properties()) {
			switch (property.getKey()) {
				case PROPERTIES, DEFINITIONS, "patternProperties" -> property.getValue().forEach(children::add);
				case ANY_OF, ONE_OF, ALL_OF, "prefixItems" -> property.getValue().forEach(children::add);
				case ITEMS, ADDITIONAL_PROPERTIES, "not", "if", "then", "else", "contains", "propertyNames" ->
					children.add(property.getValue());
				default -> {
				}
			}
		}
		return children;
	}

	/**
	 * Return the values that a schema allows.
	 * @param schema the schema
	 * @return the values, one for a constant, or {@code null} if it does not list them
	 */
	static @Nullable JsonNode values(JsonNode schema) {
		JsonNode values = schema.get(ENUM);
		if (values != null) {
			return values;
		}
		JsonNode only = schema.get(CONST);
		return (only != null) ? object().putArray(ENUM).add(only) : null;
	}

	/**
	 * Is passed the schemas in a schema.
	 */
	@FunctionalInterface
	interface SchemaVisitor {

		void visit(ObjectNode schema);

	}

}
