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
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.ResolvableType;

/**
 * Tells the constraints of Jakarta Validation of a parameter. The generator does so for
 * members, but knows no parameters.
 */
final class ParameterConstraints {

	private final Parameter parameter;

	private final ObjectNode schema;

	private ParameterConstraints(Parameter parameter, ObjectNode schema) {
		this.parameter = parameter;
		this.schema = schema;
	}

	/**
	 * Add the constraints of a parameter to its schema.
	 * @param parameter the parameter
	 * @param schema the schema
	 */
	static void add(Parameter parameter, ObjectNode schema) {
		ParameterConstraints constraints = new ParameterConstraints(parameter, schema);
		constraints.addBounds();
		constraints.addDecimalBounds();
		constraints.addSigns();
		constraints.addSize();
		constraints.addForms();
	}

	private void addBounds() {
		Min min = this.parameter.getAnnotation(Min.class);
		if (min != null) {
			this.schema.put("minimum", min.value());
		}
		Max max = this.parameter.getAnnotation(Max.class);
		if (max != null) {
			this.schema.put("maximum", max.value());
		}
	}

	private void addDecimalBounds() {
		DecimalMin min = this.parameter.getAnnotation(DecimalMin.class);
		if (min != null) {
			this.schema.put(min.inclusive() ? "minimum" : "exclusiveMinimum", new BigDecimal(min.value()));
		}
		DecimalMax max = this.parameter.getAnnotation(DecimalMax.class);
		if (max != null) {
			this.schema.put(max.inclusive() ? "maximum" : "exclusiveMaximum", new BigDecimal(max.value()));
		}
	}

	private void addSigns() {
		if (this.parameter.isAnnotationPresent(Positive.class)) {
			this.schema.put("exclusiveMinimum", 0);
		}
		if (this.parameter.isAnnotationPresent(PositiveOrZero.class)) {
			this.schema.put("minimum", 0);
		}
		if (this.parameter.isAnnotationPresent(Negative.class)) {
			this.schema.put("exclusiveMaximum", 0);
		}
		if (this.parameter.isAnnotationPresent(NegativeOrZero.class)) {
			this.schema.put("maximum", 0);
		}
	}

	private void addSize() {
		Size size = this.parameter.getAnnotation(Size.class);
		boolean filled = this.parameter.isAnnotationPresent(NotEmpty.class)
				|| this.parameter.isAnnotationPresent(NotBlank.class);
		int min = Math.max((size != null) ? size.min() : 0, filled ? 1 : 0);
		String counted = counted(type(this.parameter));
		if (min > 0) {
			this.schema.put("min" + counted, min);
		}
		if (size != null && size.max() < Integer.MAX_VALUE) {
			this.schema.put("max" + counted, size.max());
		}
	}

	private void addForms() {
		Pattern pattern = this.parameter.getAnnotation(Pattern.class);
		if (pattern != null) {
			this.schema.put("pattern", pattern.regexp());
		}
		if (this.parameter.isAnnotationPresent(Email.class)) {
			this.schema.put(SchemaNodes.FORMAT, "email");
		}
	}

	private static @Nullable Class<?> type(Parameter parameter) {
		ResolvableType type = ResolvableType.forType(parameter.getParameterizedType());
		return (type.resolve() == Optional.class) ? type.getGeneric().resolve() : type.resolve();
	}

	private static String counted(@Nullable Class<?> type) {
		if (type == null || CharSequence.class.isAssignableFrom(type)) {
			return "Length";
		}
		return Map.class.isAssignableFrom(type) ? "Properties" : "Items";
	}

}
