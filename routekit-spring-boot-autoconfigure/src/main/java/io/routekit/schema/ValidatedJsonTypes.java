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
import io.routekit.JsonTypes;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * {@link JsonTypes} that checks the constraints of Jakarta Validation, too. Its messages
 * are English, since models read them, if the validator follows Spring's
 * {@link org.springframework.context.i18n.LocaleContextHolder}, as that of an application
 * does.
 *
 * @since 0.1.0
 */
public final class ValidatedJsonTypes implements JsonTypes {

	private final JsonTypes types;

	/**
	 * Create a new {@link ValidatedJsonTypes} instance.
	 * @param mapper the mapper of the application
	 * @param validator checks what was read
	 * @throws IllegalStateException if victools' generator is not on the class path
	 */
	public ValidatedJsonTypes(JsonMapper mapper, Validator validator) {
		Assert.notNull(validator, "'validator' must not be null");
		this.types = new SchemaJsonTypes(mapper, (reading) -> new JakartaConstraintCheck(reading, validator));
	}

	@Override
	public <T> JsonType<T> of(Type type) {
		return this.types.of(type);
	}

	@Override
	public JsonType<Object[]> ofParameters(List<Parameter> parameters) {
		return this.types.ofParameters(parameters);
	}

	@Override
	public String write(@Nullable Object value) {
		return this.types.write(value);
	}

}
