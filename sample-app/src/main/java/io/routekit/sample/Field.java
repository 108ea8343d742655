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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value in the body of a request that knows its path, so that a message about it can
 * name it.
 *
 * @param path the path of the value, for example {@code messages[1].role}
 * @param value the value, or {@code null} if it is missing or null
 */
record Field(String path, @Nullable JsonNode value) {

	private static final int LONGEST_QUOTE = 40;

	static Field root(@Nullable JsonNode value) {
		return new Field("", value);
	}

	boolean isPresent() {
		return this.value != null;
	}

	boolean isText() {
		return this.value != null && this.value.isString();
	}

	boolean isList() {
		return this.value != null && this.value.isArray();
	}

	Field get(String name) {
		JsonNode child = object().get(name);
		return new Field(this.path.isEmpty() ? name : this.path + "." + name, orNull(child));
	}

	<T> @Nullable T ifPresent(Function<Field, T> reader) {
		return isPresent() ? reader.apply(this) : null;
	}

	JsonNode object() {
		return require(this.value != null && this.value.isObject(), "an object");
	}

	List<Field> fields() {
		return object().propertyNames().stream().map(this::get).toList();
	}

	List<Field> items() {
		JsonNode list = require(isList(), "a list");
		List<Field> items = new ArrayList<>();
		for (int index = 0; index < list.size(); index++) {
			items.add(new Field("%s[%d]".formatted(this.path, index), orNull(list.get(index))));
		}
		return items;
	}

	String name() {
		return this.path.substring(this.path.lastIndexOf('.') + 1);
	}

	String text() {
		return require(isText(), "a string").stringValue();
	}

	String nonEmptyText() {
		String text = text();
		if (text.isBlank()) {
			throw error("must not be empty");
		}
		return text;
	}

	// White space is content
	String textWithContent() {
		String text = text();
		if (text.isEmpty()) {
			throw error("must not be empty");
		}
		return text;
	}

	double number() {
		double number = require(this.value != null && this.value.isNumber(), "a number").asDouble(Double.NaN);
		if (!Double.isFinite(number)) {
			throw error("must be a number that can be represented");
		}
		return number;
	}

	int naturalNumber() {
		JsonNode number = require(this.value != null && this.value.isIntegralNumber() && this.value.canConvertToInt()
				&& this.value.intValue() >= 0, "a whole number that is not negative");
		return number.intValue();
	}

	long wholeNumber() {
		return require(this.value != null && this.value.isIntegralNumber() && this.value.canConvertToLong(),
				"a whole number")
			.longValue();
	}

	boolean flag() {
		return require(this.value != null && this.value.isBoolean(), "true or false").booleanValue();
	}

	<T extends Enum<T>> T oneOf(Class<T> type) {
		T[] constants = type.getEnumConstants();
		List<String> names = new ArrayList<>();
		for (T constant : constants) {
			String name = constant.name().toLowerCase(Locale.ROOT);
			if (isText() && name.equals(text())) {
				return constant;
			}
			names.add(name);
		}
		throw mustBe("one of " + String.join(", ", names));
	}

	private JsonNode require(boolean fits, String requirement) {
		if (!fits || this.value == null) {
			throw mustBe(requirement);
		}
		return this.value;
	}

	BadRequestException mustBe(String requirement) {
		return error("must be %s but %s".formatted(requirement, actual()));
	}

	BadRequestException error(String message) {
		return new BadRequestException((this.path.isEmpty() ? "The body" : this.path) + " " + message);
	}

	private String actual() {
		if (this.value == null) {
			return "is missing";
		}
		return switch (this.value.getNodeType()) {
			case STRING -> "was '%s'".formatted(abbreviate(this.value.stringValue()));
			case OBJECT -> "was an object";
			case ARRAY -> "was a list";
			default -> "was " + abbreviate(this.value.toString());
		};
	}

	private static String abbreviate(String text) {
		return (text.codePointCount(0, text.length()) <= LONGEST_QUOTE) ? text
				: text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
	}

	private static @Nullable JsonNode orNull(@Nullable JsonNode node) {
		return (node == null || node.isNull()) ? null : node;
	}

}
