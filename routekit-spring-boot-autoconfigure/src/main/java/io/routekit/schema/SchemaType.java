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

import java.lang.reflect.Type;
import java.util.function.Function;

import io.routekit.JsonType;
import io.routekit.schema.SchemaFactory.TypeSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * {@link JsonType} with a schema that was made.
 *
 * @param <T> the type
 */
final class SchemaType<T> implements JsonType<T> {

	private final Type type;

	private final String name;

	private final String schema;

	private final @Nullable String strictSchema;

	private final Function<String, Object> binding;

	SchemaType(Type type, String name, TypeSchema schema, Function<String, Object> binding) {
		this.type = type;
		this.name = name;
		ObjectNode told = SchemaNodes.told(schema.schema());
		this.schema = told.toString();
		ObjectNode strict = StrictSchema.of(told);
		this.strictSchema = (strict != null) ? strict.toString() : null;
		this.binding = binding;
	}

	@Override
	public Type type() {
		return this.type;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public String schema() {
		return this.schema;
	}

	@Override
	public @Nullable String strictSchema() {
		return this.strictSchema;
	}

	@Override
	@SuppressWarnings("unchecked") // The binding is that of the type
	public T read(String json) {
		Assert.notNull(json, "'json' must not be null");
		return (T) this.binding.apply(json);
	}

	@Override
	public String toString() {
		return "JsonType[" + this.name + "]";
	}

}
