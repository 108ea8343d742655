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

import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.IntPredicate;

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks what a model wrote by a schema, and brings it into the form that the mapper
 * reads: what is meant is clear when a number is quoted, or an enum is in another case.
 */
final class SchemaCheck {

	private static final int MAX_DEPTH = 500;

	private static final int MAX_NAMED_VALUES = 30;

	private static final int MAX_NAME_LENGTH = 60;

	private final JsonMapper mapper;

	private final JsonNode root;

	private final Faults faults;

	SchemaCheck(JsonMapper mapper, JsonNode root, Faults faults) {
		this.mapper = mapper;
		this.root = root;
		this.faults = faults;
	}

	/**
	 * Check the whole text.
	 * @param value what it says
	 * @return the value as the mapper reads it
	 */
	JsonNode check(JsonNode value) {
		return check(this.root, value, JsonPath.ROOT, 0);
	}

	private JsonNode check(JsonNode schema, JsonNode value, JsonPath path, int depth) {
		if (this.faults.isFull()) {
			return value;
		}
		if (depth > MAX_DEPTH) {
			this.faults.unreadable(path, "is nested too deeply");
			return value;
		}
		JsonNode checked = value;
		if (schema.has(SchemaNodes.REFERENCE)) {
			checked = check(SchemaNodes.resolve(this.root, schema), checked, path, depth + 1);
		}
		for (JsonNode part : schema.path(SchemaNodes.ALL_OF)) {
			checked = check(part, checked, path, depth + 1);
		}
		JsonNode alternatives = SchemaNodes.alternatives(schema);
		if (alternatives != null) {
			checked = checkAlternatives(alternatives, checked, path, depth);
		}
		return checkType(schema, checked, path, depth);
	}

	private JsonNode checkType(JsonNode schema, JsonNode value, JsonPath path, int depth) {
		if (SchemaNodes.values(schema) != null) {
			return checkValue(schema, value, path);
		}
		if (SchemaNodes.allows(schema, SchemaNodes.OBJECT) || schema.has(SchemaNodes.PROPERTIES)) {
			return checkObject(schema, value, path, depth);
		}
		if (SchemaNodes.allows(schema, "array")) {
			return checkArray(schema, value, path, depth);
		}
		JsonNode scalar = scalar(schema, value, path);
		return (scalar != null) ? scalar : value;
	}

	private JsonNode checkObject(JsonNode schema, JsonNode value, JsonPath path, int depth) {
		if (!(value instanceof ObjectNode object)) {
			this.faults.mustBe(path, "an object", value);
			return value;
		}
		JsonNode properties = schema.path(SchemaNodes.PROPERTIES);
		for (Map.Entry<String, JsonNode> property : properties.properties()) {
			checkProperty(schema, property.getKey(), property.getValue(), object, path, depth);
		}
		JsonNode additional = schema.path(SchemaNodes.ADDITIONAL_PROPERTIES);
		if (additional.isObject()) {
			for (Map.Entry<String, JsonNode> entry : object.properties()) {
				if (!properties.has(entry.getKey())) {
					entry.setValue(checkElement(additional, entry.getValue(), path.member(entry.getKey()), depth));
				}
			}
		}
		checkSize(schema, "Properties", "entries", object.size(), path);
		return object;
	}

	private void checkProperty(JsonNode schema, String name, JsonNode property, ObjectNode object, JsonPath path,
			int depth) {
		JsonNode value = object.get(name);
		if (value != null && !value.isNull()) {
			object.set(name, check(property, value, path.member(name), depth + 1));
			return;
		}
		// A null stands for a member that was left out: a strict schema knows no other
		// way
		object.remove(name);
		if (SchemaNodes.contains(schema.path(SchemaNodes.REQUIRED), name)) {
			if (value != null && allowsNull(property)) {
				object.set(name, value);
				return;
			}
			this.faults.missing(path.member(name), words(property));
		}
	}

	private JsonNode checkArray(JsonNode schema, JsonNode value, JsonPath path, int depth) {
		if (!(value instanceof ArrayNode array)) {
			this.faults.mustBe(path, "an array", value);
			return value;
		}
		JsonNode items = schema.path(SchemaNodes.ITEMS);
		if (items.isObject()) {
			for (int i = 0; i < array.size() && !this.faults.isFull(); i++) {
				array.set(i, checkElement(items, array.get(i), path.item(i), depth));
			}
		}
		checkSize(schema, "Items", "items", array.size(), path);
		return array;
	}

	private JsonNode checkElement(JsonNode schema, JsonNode value, JsonPath path, int depth) {
		if (!value.isNull()) {
			return check(schema, value, path, depth + 1);
		}
		if (!allowsNull(schema)) {
			this.faults.mustBe(path, words(schema), value);
		}
		return value;
	}

	private boolean allowsNull(JsonNode schema) {
		JsonNode resolved = SchemaNodes.resolve(this.root, schema);
		JsonNode alternatives = SchemaNodes.alternatives(resolved);
		if (alternatives != null) {
			for (JsonNode alternative : alternatives) {
				if (allowsNull(alternative)) {
					return true;
				}
			}
			return false;
		}
		return SchemaNodes.allows(resolved, SchemaNodes.NULL) || (!resolved.has(SchemaNodes.TYPE)
				&& !resolved.has(SchemaNodes.ALL_OF) && SchemaNodes.values(resolved) == null);
	}

	// The alternative is chosen by what marks it, and never tried: types that contain
	// each other would be tried again and again
	private JsonNode checkAlternatives(JsonNode alternatives, JsonNode value, JsonPath path, int depth) {
		Alternatives choice = new Alternatives(this.root, alternatives);
		JsonNode chosen = choice.choose(value);
		if (chosen != null) {
			return check(chosen, value, path, depth + 1);
		}
		if (!value.isObject()) {
			this.faults.mustBe(path, "an object", value);
			return value;
		}
		String mark = choice.mark();
		if (mark == null) {
			this.faults.unreadable(path, "fits none of the forms that are possible");
			return value;
		}
		JsonNode found = value.path(mark);
		if (found.isMissingNode() || found.isNull()) {
			this.faults.missing(path.member(mark), oneOf(choice.marks()));
		}
		else {
			this.faults.mustBe(path.member(mark), oneOf(choice.marks()), found);
		}
		return value;
	}

	private JsonNode checkValue(JsonNode schema, JsonNode value, JsonPath path) {
		JsonNode values = SchemaNodes.values(schema);
		if (values == null) {
			return value;
		}
		for (JsonNode allowed : values) {
			if (isSame(allowed, value, false)) {
				return allowed;
			}
		}
		for (JsonNode allowed : values) {
			if (isSame(allowed, value, true)) {
				return allowed;
			}
		}
		this.faults.mustBe(path, oneOf(values), value);
		return value;
	}

	private static boolean isSame(JsonNode allowed, JsonNode value, boolean loosely) {
		if (allowed.isNumber() || allowed.isBoolean()) {
			return value.isValueNode() && !value.isNull() && Numbers.isSame(allowed, value);
		}
		if (!allowed.isString() || !value.isString()) {
			return false;
		}
		return loosely ? allowed.asString().equalsIgnoreCase(value.asString().strip())
				: allowed.asString().equals(value.asString());
	}

	private @Nullable JsonNode scalar(JsonNode schema, JsonNode value, JsonPath path) {
		JsonNode scalar = null;
		if (SchemaNodes.allows(schema, "integer")) {
			scalar = Numbers.integer(value);
		}
		else if (SchemaNodes.allows(schema, "number")) {
			scalar = Numbers.number(value);
		}
		else if (SchemaNodes.allows(schema, "boolean")) {
			scalar = Numbers.bool(value);
		}
		else if (SchemaNodes.allows(schema, "string")) {
			scalar = value.isValueNode() ? text(value, schema) : null;
		}
		else {
			return value;
		}
		if (scalar == null || !isReadable(schema, scalar)) {
			this.faults.mustBe(path, (scalar != null) ? precise(schema) : words(schema), value);
			return null;
		}
		checkRange(schema, scalar, path);
		return scalar;
	}

	private @Nullable JsonNode text(JsonNode value, JsonNode schema) {
		if (value.isString()) {
			return value;
		}
		JavaType type = SchemaNodes.javaType(schema);
		// A date is no number of days, even where Jackson would count them
		return (type == null || type.hasRawClass(String.class))
				? this.mapper.getNodeFactory().stringNode(value.asString()) : null;
	}

	private boolean isReadable(JsonNode schema, JsonNode value) {
		JavaType type = SchemaNodes.javaType(schema);
		if (type == null || type.hasRawClass(String.class)) {
			return true;
		}
		try {
			Object read = this.mapper.treeToValue(value, type);
			return read != null && !(read instanceof Double number && number.isInfinite())
					&& !(read instanceof Float fraction && fraction.isInfinite());
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return false;
		}
	}

	private void checkRange(JsonNode schema, JsonNode value, JsonPath path) {
		if (value.isNumber()) {
			BigDecimal number = value.decimalValue();
			checkBound(schema, "minimum", "at least", number, path, (sign) -> sign >= 0);
			checkBound(schema, "exclusiveMinimum", "greater than", number, path, (sign) -> sign > 0);
			checkBound(schema, "maximum", "at most", number, path, (sign) -> sign <= 0);
			checkBound(schema, "exclusiveMaximum", "less than", number, path, (sign) -> sign < 0);
		}
		else if (value.isString()) {
			String text = value.asString();
			checkSize(schema, "Length", "characters", text.codePointCount(0, text.length()), path);
		}
	}

	private void checkBound(JsonNode schema, String keyword, String words, BigDecimal number, JsonPath path,
			IntPredicate fits) {
		JsonNode bound = schema.path(keyword);
		if (bound.isNumber() && !fits.test(number.compareTo(bound.decimalValue()))) {
			this.faults.violated(path, "must be %s %s but was %s".formatted(words, bound.decimalValue().toPlainString(),
					OneLine.of(number.toString(), MAX_NAME_LENGTH)));
		}
	}

	private void checkSize(JsonNode schema, String keyword, String unit, int size, JsonPath path) {
		JsonNode least = schema.path("min" + keyword);
		JsonNode most = schema.path("max" + keyword);
		if (least.isNumber() && size < least.asInt()) {
			this.faults.violated(path, "must have at least %d %s but has %d".formatted(least.asInt(), unit, size));
		}
		if (most.isNumber() && size > most.asInt()) {
			this.faults.violated(path, "must have at most %d %s but has %d".formatted(most.asInt(), unit, size));
		}
	}

	private String words(JsonNode schema) {
		JsonNode resolved = SchemaNodes.resolve(this.root, schema);
		JsonNode values = SchemaNodes.values(resolved);
		if (values != null) {
			return oneOf(values);
		}
		JsonNode alternatives = SchemaNodes.alternatives(resolved);
		if (alternatives != null) {
			for (JsonNode alternative : alternatives) {
				if (!SchemaNodes.allows(alternative, SchemaNodes.NULL)) {
					return words(alternative);
				}
			}
		}
		if (SchemaNodes.allows(resolved, SchemaNodes.OBJECT)) {
			return "an object";
		}
		if (SchemaNodes.allows(resolved, "array")) {
			return "an array";
		}
		return SchemaNodes.allows(resolved, "integer") ? "an integer" : precise(resolved);
	}

	private static String precise(JsonNode schema) {
		JavaType type = SchemaNodes.javaType(schema);
		String words = (type != null) ? ScalarTypes.words(type.getRawClass()) : null;
		if (words != null) {
			return words;
		}
		if (SchemaNodes.allows(schema, "string")) {
			return (type != null) ? "a valid text" : "a text";
		}
		if (SchemaNodes.allows(schema, "boolean")) {
			return "true or false";
		}
		if (SchemaNodes.allows(schema, "integer")) {
			return "an integer";
		}
		return SchemaNodes.allows(schema, "number") ? "a number" : "a value";
	}

	private static String oneOf(Iterable<JsonNode> values) {
		StringJoiner joiner = new StringJoiner(", ");
		int count = 0;
		for (JsonNode value : values) {
			if (value.isNull()) {
				continue;
			}
			if (count++ == MAX_NAMED_VALUES) {
				joiner.add("…");
				break;
			}
			joiner.add(value.isString() ? '"' + OneLine.of(value.asString(), MAX_NAME_LENGTH) + '"' : value.asString());
		}
		return (count > 1) ? "one of " + joiner : joiner.toString();
	}

}
