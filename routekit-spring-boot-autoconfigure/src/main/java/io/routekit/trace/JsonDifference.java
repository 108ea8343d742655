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

package io.routekit.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

import io.routekit.json.JsonNodes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the first place where two JSON values differ. The order of the members of objects
 * does not matter.
 */
final class JsonDifference {

	private static final int MAX_LENGTH = 200;

	private static final int LEAD = 40;

	/**
	 * The names of members and the indexes of elements that lead to the values at hand.
	 */
	private final Deque<Object> path = new ArrayDeque<>();

	private JsonDifference() {
	}

	static @Nullable RequestDifference between(JsonNode expected, JsonNode actual) {
		return new JsonDifference().compare(expected, actual);
	}

	private @Nullable RequestDifference compare(@Nullable JsonNode expected, @Nullable JsonNode actual) {
		if (expected == null || actual == null) {
			return (expected != actual) ? different(expected, actual) : null;
		}
		if (expected.isObject() && actual.isObject()) {
			Set<String> names = new LinkedHashSet<>(expected.propertyNames());
			names.addAll(actual.propertyNames());
			for (String name : names) {
				RequestDifference difference = compare(name, expected.get(name), actual.get(name));
				if (difference != null) {
					return difference;
				}
			}
			return null;
		}
		if (expected.isArray() && actual.isArray()) {
			for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
				RequestDifference difference = compare(i, expected.get(i), actual.get(i));
				if (difference != null) {
					return difference;
				}
			}
			return null;
		}
		return areEqual(expected, actual) ? null : different(expected, actual);
	}

	private @Nullable RequestDifference compare(Object step, @Nullable JsonNode expected, @Nullable JsonNode actual) {
		this.path.addLast(step);
		RequestDifference difference = compare(expected, actual);
		this.path.removeLast();
		return difference;
	}

	private static boolean areEqual(JsonNode expected, JsonNode actual) {
		return (expected.isNumber() && actual.isNumber())
				? expected.decimalValue().compareTo(actual.decimalValue()) == 0 : expected.equals(actual);
	}

	private RequestDifference different(@Nullable JsonNode expected, @Nullable JsonNode actual) {
		String expectedText = (expected != null) ? JsonNodes.write(expected) : null;
		String actualText = (actual != null) ? JsonNodes.write(actual) : null;
		int start = Math.max(0, commonPrefix(expectedText, actualText) - LEAD);
		return new RequestDifference(path(), shorten(expectedText, start), shorten(actualText, start));
	}

	private String path() {
		StringBuilder path = new StringBuilder();
		for (Object step : this.path) {
			if (step instanceof Integer index) {
				path.append('[').append(index).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(step);
			}
		}
		return path.toString();
	}

	static int commonPrefix(@Nullable String one, @Nullable String other) {
		int length = 0;
		if (one != null && other != null) {
			while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
				length++;
			}
		}
		return length;
	}

	private static @Nullable String shorten(@Nullable String text, int start) {
		if (text == null || text.length() <= MAX_LENGTH) {
			return text;
		}
		int end = Math.min(text.length(), start + MAX_LENGTH);
		return ((start > 0) ? "…" : "") + text.substring(Math.min(start, end), end)
				+ ((end < text.length()) ? "…" : "");
	}

}
