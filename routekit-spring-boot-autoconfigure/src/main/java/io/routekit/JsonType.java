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

package io.routekit;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * The JSON of a Java type.
 *
 * @param <T> the type
 * @since 0.1.0
 * @see JsonTypes
 */
public interface JsonType<T> {

	/**
	 * Return the type.
	 * @return the type
	 */
	Type type();

	/**
	 * Return a name for the schema.
	 * @return 1 to 64 letters, digits, {@code _} and {@code -}
	 */
	String name();

	/**
	 * Return the schema. Its root is an object: a type that is none is its member
	 * {@code value}, which {@link #read(String)} knows.
	 * @return the JSON Schema as JSON text
	 */
	String schema();

	/**
	 * Return the schema as providers demand it where a model must keep to it strictly.
	 * @return the JSON Schema as JSON text, or {@code null} if the type has something
	 * that no strict schema can say, such as a map
	 */
	@Nullable String strictSchema();

	/**
	 * Read what a model wrote, and check it by the schema and, where Jakarta Validation
	 * is there, by the constraints of the type.
	 * @param json the JSON text
	 * @return the value
	 * @throws JsonFaultsException if the text is no JSON or does not fit
	 */
	T read(String json);

}
