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

import java.util.Collection;

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Thrown when a field of a request is wrong. Its message names the field.
 */
final class InvalidFieldException extends RuntimeException {

	private static final int LONGEST_QUOTE = 40;

	private final String field;

	private final String complaint;

	InvalidFieldException(String field, String complaint) {
		super(field + " " + complaint);
		this.field = field;
		this.complaint = complaint;
	}

	/**
	 * Return the message for a field of an object.
	 * @param path the path of the object
	 * @return the message with the whole path of the field
	 */
	String getMessage(String path) {
		String separator = (path.isEmpty() || this.field.isEmpty()) ? "" : ".";
		return path + separator + this.field + " " + this.complaint;
	}

	static InvalidFieldException mustBe(String field, String requirement, @Nullable Object actual) {
		return new InvalidFieldException(field, "must be %s but %s".formatted(requirement,
				(actual != null) ? "was " + describe(actual) : "is missing"));
	}

	static String describe(Object value) {
		if (value instanceof JsonNode node && node.isContainer()) {
			return node.isArray() ? "a list" : "an object";
		}
		if (value instanceof Collection) {
			return "a list";
		}
		Object scalar = (value instanceof JsonNode node && node.isString()) ? node.stringValue() : value;
		String text = OneLine.of(scalar.toString(), LONGEST_QUOTE);
		return (scalar instanceof String) ? "'" + text + "'" : text;
	}

	static String required(String field, @Nullable String text) {
		if (text == null) {
			throw mustBe(field, "a string", null);
		}
		checkNotBlank(field, text);
		return text;
	}

	static void checkNotBlank(String field, @Nullable String text) {
		if (text != null && text.isBlank()) {
			throw new InvalidFieldException(field, "must not be empty");
		}
	}

}
