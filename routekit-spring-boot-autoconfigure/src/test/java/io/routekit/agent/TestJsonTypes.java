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

package io.routekit.agent;

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;

import io.routekit.JsonFaultsException;
import io.routekit.JsonType;
import io.routekit.JsonTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of types for tests of tools, with schemas that tell names alone.
 */
final class TestJsonTypes implements JsonTypes {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	@Override
	public <T> JsonType<T> of(Type type) {
		return new TestJsonType<>(type.getTypeName(),
				(json) -> mapper.readerFor(mapper.constructType(type)).readValue(json));
	}

	@Override
	public JsonType<Object[]> ofParameters(List<Parameter> parameters) {
		return new TestJsonType<>(parameters.stream().map(Parameter::getName).toList().toString(), (json) -> {
			JsonNode node = mapper.readTree(json);
			return parameters.stream()
				.map((parameter) -> (Object) mapper.convertValue(node.get(parameter.getName()),
						mapper.constructType(parameter.getParameterizedType())))
				.toArray();
		});
	}

	@Override
	public String write(@Nullable Object value) {
		return mapper.writeValueAsString(value);
	}

	private record TestJsonType<T>(String name, Reader<T> reader) implements JsonType<T> {

		@Override
		public Type type() {
			return Object.class;
		}

		@Override
		public String schema() {
			return mapper.createObjectNode().put("title", this.name).toString();
		}

		@Override
		public String strictSchema() {
			return mapper.createObjectNode().put("title", this.name).put("additionalProperties", false).toString();
		}

		@Override
		public T read(String json) {
			try {
				return this.reader.read(json);
			}
			catch (JacksonException ex) {
				throw new JsonFaultsException(List.of("number must be an integer but was \"x\""));
			}
		}

	}

	private interface Reader<T> {

		T read(String json);

	}

}
