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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads numbers and booleans that models write as texts, and integers that they write
 * with a fraction of zero. A number that would need a lot of memory is none.
 */
final class Numbers {

	private static final int MAX_DIGITS = 400;

	private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

	private Numbers() {
	}

	/**
	 * Return a value as an integer.
	 * @param value the value
	 * @return the integer, or {@code null} if it is none
	 */
	static @Nullable JsonNode integer(JsonNode value) {
		if (value.isIntegralNumber()) {
			return value;
		}
		BigDecimal number = decimal(value);
		if (number == null) {
			return null;
		}
		BigDecimal stripped = number.stripTrailingZeros();
		return (stripped.scale() <= 0) ? nodes.numberNode(stripped.toBigInteger()) : null;
	}

	/**
	 * Return a value as a number.
	 * @param value the value
	 * @return the number, or {@code null} if it is none
	 */
	static @Nullable JsonNode number(JsonNode value) {
		if (value.isIntegralNumber()) {
			return value;
		}
		BigDecimal number = decimal(value);
		return (number != null) ? nodes.numberNode(number) : null;
	}

	/**
	 * Return a value as a boolean.
	 * @param value the value
	 * @return the boolean, or {@code null} if it is none
	 */
	static @Nullable JsonNode bool(JsonNode value) {
		if (value.isBoolean()) {
			return value;
		}
		String text = value.isValueNode() ? value.asString("").strip() : "";
		if (text.equalsIgnoreCase("true") || text.equals("1")) {
			return BooleanNode.TRUE;
		}
		return (text.equalsIgnoreCase("false") || text.equals("0")) ? BooleanNode.FALSE : null;
	}

	static boolean isSame(JsonNode allowed, JsonNode value) {
		if (allowed.isBoolean()) {
			return allowed.equals(bool(value));
		}
		BigDecimal number = decimal(value);
		return number != null && number.compareTo(allowed.decimalValue()) == 0;
	}

	private static @Nullable BigDecimal decimal(JsonNode value) {
		if (value.isNumber()) {
			return isFinite(value) ? bounded(value.decimalValue()) : null;
		}
		String text = value.isString() ? value.asString().strip() : "";
		if (text.isEmpty() || text.length() > MAX_DIGITS) {
			return null;
		}
		try {
			return bounded(new BigDecimal(text));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable BigDecimal bounded(BigDecimal number) {
		return (Math.abs((long) number.precision() - number.scale()) <= MAX_DIGITS) ? number : null;
	}

	private static boolean isFinite(JsonNode value) {
		return !(value.isDouble() || value.isFloat()) || Double.isFinite(value.doubleValue());
	}

}
