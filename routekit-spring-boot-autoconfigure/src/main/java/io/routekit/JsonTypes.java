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

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Knows the JSON of Java types: the schema that a model is told, and how what it writes
 * is read. Thread-safe; what it finds out about a type is kept.
 *
 * @since 0.1.0
 */
public interface JsonTypes {

	/**
	 * Return the JSON of a type.
	 * @param <T> the type
	 * @param type the type, for example a record, or a list of records
	 * @return the JSON of the type
	 * @throws IllegalArgumentException if the type cannot be told as a schema; the
	 * message says which member is the reason
	 */
	<T> JsonType<T> of(Type type);

	/**
	 * Return the JSON of an object with a member for each of the given parameters.
	 * @param parameters the parameters of a method that was compiled with
	 * {@code -parameters}
	 * @return the JSON, read as one value a parameter
	 * @throws IllegalArgumentException if a parameter cannot be told as a schema, or has
	 * no name
	 */
	JsonType<Object[]> ofParameters(List<Parameter> parameters);

	/**
	 * Return a value as JSON, as the mapper that reads what models write does. It may
	 * block, if a member of the value does.
	 * @param value the value, of any type, or {@code null}
	 * @return the JSON text
	 * @throws RuntimeException if the value cannot be written; its message may quote the
	 * value
	 */
	String write(@Nullable Object value);

	/**
	 * Return the types of this class path, which are read by Jackson's own settings: for
	 * a model that no application has configured.
	 * @return the types, the same ones to all who ask
	 * @throws IllegalStateException if a library for schemas is missing; the message says
	 * which one
	 */
	static JsonTypes defaults() {
		return DefaultJsonTypes.get();
	}

}
