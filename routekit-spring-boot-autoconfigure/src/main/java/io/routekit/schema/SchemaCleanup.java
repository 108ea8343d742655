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

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Corrects what the generator makes of closed objects and subtypes, which nothing would
 * fit: it closes what is no object, and puts the mark of a subtype beside a closed
 * object.
 */
final class SchemaCleanup {

	private static final List<String> OF_OBJECTS = List.of(SchemaNodes.TYPE, SchemaNodes.PROPERTIES,
			SchemaNodes.REQUIRED, SchemaNodes.ADDITIONAL_PROPERTIES);

	private final ObjectNode root;

	private SchemaCleanup(ObjectNode root) {
		this.root = root;
	}

	/**
	 * Correct a schema.
	 * @param schema the schema, which is changed
	 * @return the schema
	 */
	static ObjectNode clean(ObjectNode schema) {
		SchemaCleanup cleanup = new SchemaCleanup(schema);
		SchemaNodes.visit(schema, cleanup::cleanNode);
		cleanup.removeUnused();
		return schema;
	}

	private void cleanNode(ObjectNode schema) {
		mergeParts(schema);
		if (schema.has(SchemaNodes.REFERENCE) && schema.has(SchemaNodes.PROPERTIES)) {
			mergeReference(schema);
		}
		if (SchemaNodes.alternatives(schema) != null) {
			schema.remove(OF_OBJECTS);
		}
		openWhatIsNoObject(schema);
		if (isClosed(schema) && !schema.has(SchemaNodes.PROPERTIES)) {
			schema.putObject(SchemaNodes.PROPERTIES);
		}
	}

	private static void openWhatIsNoObject(JsonNode schema) {
		if (schema instanceof ObjectNode node && !SchemaNodes.allows(node, SchemaNodes.OBJECT)) {
			node.remove(SchemaNodes.ADDITIONAL_PROPERTIES);
		}
	}

	private static void mergeParts(ObjectNode schema) {
		if (!(schema.get(SchemaNodes.ALL_OF) instanceof ArrayNode parts)) {
			return;
		}
		parts.forEach(SchemaCleanup::openWhatIsNoObject);
		parts.removeIf(SchemaNodes::saysNothing);
		if (parts.size() == 1 && parts.get(0) instanceof ObjectNode only
				&& only.propertyNames().stream().noneMatch(schema::has)) {
			schema.setAll(only);
			parts.remove(0);
		}
		if (parts.isEmpty()) {
			schema.remove(SchemaNodes.ALL_OF);
		}
	}

	// The mark of a subtype comes first, so that a model decides before it goes on
	private void mergeReference(ObjectNode schema) {
		JsonNode target = SchemaNodes.resolve(this.root, schema);
		schema.remove(SchemaNodes.REFERENCE);
		ObjectNode properties = schema.withObject(SchemaNodes.PROPERTIES);
		for (Map.Entry<String, JsonNode> property : target.path(SchemaNodes.PROPERTIES).properties()) {
			if (!properties.has(property.getKey())) {
				properties.set(property.getKey(), property.getValue().deepCopy());
			}
		}
		ArrayNode required = schema.withArray(SchemaNodes.REQUIRED);
		for (JsonNode name : target.path(SchemaNodes.REQUIRED)) {
			if (!SchemaNodes.contains(required, name.asString())) {
				required.add(name);
			}
		}
		for (Map.Entry<String, JsonNode> keyword : target.properties()) {
			if (!schema.has(keyword.getKey()) && !keyword.getKey().equals(SchemaNodes.DEFINITIONS)) {
				schema.set(keyword.getKey(), keyword.getValue().deepCopy());
			}
		}
	}

	private static boolean isClosed(ObjectNode schema) {
		JsonNode additional = schema.get(SchemaNodes.ADDITIONAL_PROPERTIES);
		return additional != null && additional.isBoolean() && !additional.asBoolean();
	}

	private void removeUnused() {
		if (!(this.root.get(SchemaNodes.DEFINITIONS) instanceof ObjectNode definitions)) {
			return;
		}
		this.root.remove(SchemaNodes.DEFINITIONS);
		Set<String> used = new HashSet<>();
		collectUsed(this.root, definitions, used);
		definitions.retain(used);
		if (!definitions.isEmpty()) {
			this.root.set(SchemaNodes.DEFINITIONS, definitions);
		}
	}

	private static void collectUsed(JsonNode schema, ObjectNode definitions, Set<String> used) {
		SchemaNodes.visit(schema, (node) -> {
			String definition = SchemaNodes.definitionOf(node);
			if (definition != null && used.add(definition)) {
				collectUsed(definitions.path(definition), definitions, used);
			}
		});
	}

}
