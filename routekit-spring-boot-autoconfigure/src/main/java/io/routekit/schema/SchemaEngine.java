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

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;

import io.routekit.JsonType;
import io.routekit.schema.SchemaFactory.TypeSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * What there is once, and only when the first type is asked for: the generator and the
 * mapper that reads.
 */
final class SchemaEngine {

	private final SchemaFactory schemas;

	private final JsonMapper mapper;

	private final TypeBinding binding;

	SchemaEngine(JsonMapper mapper, ConstraintCheck.@Nullable Factory constraints) {
		JsonReader reader = new JsonReader(mapper);
		this.mapper = reader.mapper();
		this.schemas = new SchemaFactory(this.mapper);
		this.binding = new TypeBinding(reader, (constraints != null) ? constraints.create(this.mapper) : null);
	}

	JsonType<?> of(Type type) {
		TypeSchema schema = this.schemas.create(type);
		JavaType javaType = this.mapper.constructType(type);
		return new SchemaType<>(type, SchemaNames.of(javaType), schema,
				(json) -> this.binding.read(json, schema, javaType));
	}

	JsonType<Object[]> ofParameters(List<Parameter> parameters) {
		for (Parameter parameter : parameters) {
			Assert.isTrue(parameter.isNamePresent(),
					() -> "The parameters of %s have no names: compile with -parameters"
						.formatted(parameter.getDeclaringExecutable()));
		}
		TypeSchema schema = this.schemas.create(parameters);
		List<String> names = parameters.stream().map(Parameter::getName).toList();
		List<JavaType> types = parameters.stream()
			.map((parameter) -> this.mapper.constructType(parameter.getParameterizedType()))
			.toList();
		String name = parameters.isEmpty() ? SchemaNames.DEFAULT
				: SchemaNames.of(parameters.get(0).getDeclaringExecutable().getName());
		return new SchemaType<>(Object[].class, name, schema, (json) -> this.binding.read(json, schema, names, types));
	}

}
