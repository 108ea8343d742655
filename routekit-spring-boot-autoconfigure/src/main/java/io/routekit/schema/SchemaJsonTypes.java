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
import java.util.Map;
import java.util.function.Supplier;

import io.routekit.JsonType;
import io.routekit.JsonTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * {@link JsonTypes} by victools' generator and Jackson. What the mapper knows of a type
 * counts for its schema, too: naming, mix-ins, modules. Constraints of Jakarta Validation
 * are in the schema if they are on the class path.
 * <p>
 * Nothing of the generator is loaded before the first type.
 *
 * @since 0.1.0
 * @see ValidatedJsonTypes
 */
public final class SchemaJsonTypes implements JsonTypes {

	private static final String GENERATOR = "com.github.victools.jsonschema.generator.SchemaGenerator";

	private static final String MODULE = "com.github.victools.jsonschema.module.jackson.JacksonSchemaModule";

	private static final String VALIDATION = "jakarta.validation.Validation";

	// Softly, so that types of many class loaders do not add up
	private final Map<Object, JsonType<?>> types = new ConcurrentReferenceHashMap<>();

	private final JsonMapper mapper;

	private final ConstraintCheck.@Nullable Factory constraints;

	private volatile @Nullable SchemaEngine engine;

	/**
	 * Create a new {@link SchemaJsonTypes} instance with Jackson's own settings, and with
	 * the Jakarta Validation of the class path, if there is one.
	 * @throws IllegalStateException if victools' generator is not on the class path
	 */
	public SchemaJsonTypes() {
		this(JsonMapper.builder().addModules(MapperBuilder.findModules(SchemaJsonTypes.class.getClassLoader())).build(),
				ClassUtils.isPresent(VALIDATION, SchemaJsonTypes.class.getClassLoader())
						? (mapper) -> JakartaConstraintCheck.ofClassPath(mapper) : null);
	}

	/**
	 * Create a new {@link SchemaJsonTypes} instance that checks no constraints but those
	 * that the schema tells.
	 * @param mapper the mapper of the application
	 * @throws IllegalStateException if victools' generator is not on the class path
	 */
	public SchemaJsonTypes(JsonMapper mapper) {
		this(mapper, null);
	}

	SchemaJsonTypes(JsonMapper mapper, ConstraintCheck.@Nullable Factory constraints) {
		Assert.notNull(mapper, "'mapper' must not be null");
		requirePresent(GENERATOR, "jsonschema-generator");
		requirePresent(MODULE, "jsonschema-module-jackson");
		this.mapper = mapper;
		this.constraints = constraints;
	}

	private static void requirePresent(String type, String artifact) {
		Assert.state(ClassUtils.isPresent(type, SchemaJsonTypes.class.getClassLoader()),
				() -> ("Schemas of Java types need 'com.github.victools:%s', which 'routekit-spring-boot-starter' "
						+ "brings: add one of the two to the class path")
					.formatted(artifact));
	}

	@Override
	public <T> JsonType<T> of(Type type) {
		Assert.notNull(type, "'type' must not be null");
		return find(type, () -> engine().of(type));
	}

	@Override
	public JsonType<Object[]> ofParameters(List<Parameter> parameters) {
		Assert.noNullElements(parameters, "'parameters' must not be null and must not have null elements");
		List<Parameter> key = List.copyOf(parameters);
		return find(key, () -> engine().ofParameters(key));
	}

	@SuppressWarnings("unchecked") // The key decides the type
	private <T> JsonType<T> find(Object key, Supplier<JsonType<?>> factory) {
		JsonType<?> found = this.types.get(key);
		if (found == null) {
			found = factory.get();
			this.types.put(key, found);
		}
		return (JsonType<T>) found;
	}

	@Override
	public String write(@Nullable Object value) {
		return this.mapper.writeValueAsString(value);
	}

	private SchemaEngine engine() {
		SchemaEngine engine = this.engine;
		if (engine == null) {
			synchronized (this.types) {
				engine = this.engine;
				if (engine == null) {
					engine = new SchemaEngine(this.mapper, this.constraints);
					this.engine = engine;
				}
			}
		}
		return engine;
	}

}
