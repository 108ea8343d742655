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

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Tells what is wrong with a body that Jackson refused, with the path of the field.
 */
final class InvalidBody {

	static final String EMPTY = "The body is empty; send a JSON object with 'message' or 'messages'";

	private InvalidBody() {
	}

	static String describe(JacksonException failure) {
		String path = path(failure);
		if (failure.getCause() instanceof InvalidFieldException ex) {
			return ex.getMessage(path);
		}
		String field = path.isEmpty() ? "The body" : path;
		if (failure instanceof ValueInstantiationException
				&& failure.getCause() instanceof IllegalArgumentException ex) {
			return field + " is malformed: " + ex.getMessage();
		}
		if (failure instanceof UnrecognizedPropertyException ex) {
			return field + " is unknown, known are "
					+ StringUtils.collectionToDelimitedString(ex.getKnownPropertyIds(), ", ");
		}
		if (failure instanceof InvalidNullException ex) {
			return "%s must be %s but is missing".formatted(field, requirement(ex.getTargetType()));
		}
		if (failure instanceof MismatchedInputException ex) {
			if (path.isEmpty() && ex.getCurrentToken() == null) {
				return EMPTY;
			}
			return "%s must be %s but %s".formatted(field, requirement(ex.getTargetType()), actual(ex));
		}
		if (failure instanceof InputCoercionException ex) {
			return "%s must be %s that can be represented".formatted(field, requirement(ex.getTargetType()));
		}
		if (failure instanceof StreamConstraintsException) {
			return "%s goes beyond a limit of spring.jackson.factory.constraints.read: %s".formatted(field,
					failure.getOriginalMessage());
		}
		if (!(failure instanceof StreamReadException)) {
			return field + " cannot be read";
		}
		TokenStreamLocation location = failure.getLocation();
		return "The body is not valid JSON" + ((location != null)
				? " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()) : "");
	}

	private static String path(JacksonException failure) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : failure.getPath()) {
			String name = reference.getPropertyName();
			if (name != null) {
				path.append(path.isEmpty() ? "" : ".").append(OneLine.of(name, 40));
			}
			else if (reference.getIndex() >= 0) {
				path.append('[').append(reference.getIndex()).append(']');
			}
		}
		return path.toString();
	}

	private static String requirement(@Nullable Class<?> target) {
		Class<?> type = (target != null) ? ClassUtils.resolvePrimitiveIfNecessary(target) : Object.class;
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(", ", "one of ", ""));
		}
		if (type == Integer.class || type == Long.class) {
			return "a whole number";
		}
		if (Number.class.isAssignableFrom(type)) {
			return "a number";
		}
		JsonClassDescription description = type.getAnnotation(JsonClassDescription.class);
		return (type == String.class) ? "a string"
				: (type == Boolean.class) ? "true or false" : Collection.class.isAssignableFrom(type) ? "a list"
						: (description != null) ? description.value() : "an object";
	}

	private static String actual(MismatchedInputException failure) {
		if (failure instanceof InvalidFormatException ex && ex.getValue() != null) {
			return "was " + InvalidFieldException.describe(ex.getValue());
		}
		JsonToken token = failure.getCurrentToken();
		return switch ((token != null) ? token : JsonToken.NOT_AVAILABLE) {
			case START_ARRAY -> "was a list";
			case START_OBJECT -> "was an object";
			case VALUE_STRING -> "was a string";
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "was a number";
			case VALUE_TRUE, VALUE_FALSE -> "was " + token.asString();
			default -> "is missing";
		};
	}

}
