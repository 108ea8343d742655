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

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.routekit.OneLine;
import jakarta.validation.Configuration;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * Checks by Jakarta Validation. Models read English, whatever the language of a request.
 */
final class JakartaConstraintCheck implements ConstraintCheck {

	private static final int MAX_MESSAGE_LENGTH = 200;

	private final JsonMapper mapper;

	private final Validator validator;

	JakartaConstraintCheck(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.validator = validator;
	}

	/**
	 * Create a check by the validator of the class path.
	 * @param mapper the mapper that reads the values
	 * @return the check, or {@code null} if there is no validator
	 */
	static @Nullable ConstraintCheck ofClassPath(JsonMapper mapper) {
		try {
			Configuration<?> configuration = Validation.byDefaultProvider().configure();
			MessageInterpolator interpolator = configuration.getDefaultMessageInterpolator();
			return new JakartaConstraintCheck(mapper,
					configuration.messageInterpolator(new EnglishInterpolator(interpolator))
						.buildValidatorFactory()
						.getValidator());
		}
		catch (ValidationException ex) {
			return null;
		}
	}

	@Override
	public void check(Object value, JsonPath path, Faults faults) {
		if (value instanceof Iterable<?> items) {
			int index = 0;
			for (Object item : items) {
				checkItem(item, path.item(index++), faults);
			}
		}
		else if (value instanceof Map<?, ?> entries) {
			entries.forEach((key, item) -> checkItem(item, path.member(String.valueOf(key)), faults));
		}
		else if (value instanceof Optional<?> optional) {
			checkItem(optional.orElse(null), path, faults);
		}
		else if (value instanceof Object[] items) {
			for (int i = 0; i < items.length; i++) {
				checkItem(items[i], path.item(i), faults);
			}
		}
		else {
			validate(value, path, faults);
		}
	}

	private void checkItem(@Nullable Object item, JsonPath path, Faults faults) {
		if (item != null && !faults.isFull()) {
			check(item, path, faults);
		}
	}

	private void validate(Object value, JsonPath path, Faults faults) {
		for (ConstraintViolation<Object> violation : inEnglish(value)) {
			if (faults.isFull()) {
				return;
			}
			JsonPath place = path(path, value.getClass(), violation.getPropertyPath());
			if (!faults.isKnown(place)) {
				faults.violated(place, OneLine.of(violation.getMessage(), MAX_MESSAGE_LENGTH));
			}
		}
	}

	private Set<ConstraintViolation<Object>> inEnglish(Object value) {
		LocaleContext previous = LocaleContextHolder.getLocaleContext();
		// Bundles have no English but in their base, which other locales may miss
		LocaleContextHolder.setLocale(Locale.ROOT);
		try {
			return this.validator.validate(value);
		}
		finally {
			LocaleContextHolder.setLocaleContext(previous);
		}
	}

	private JsonPath path(JsonPath start, Class<?> type, Path violated) {
		MappedProperties properties = new MappedProperties(this.mapper);
		JsonPath path = start;
		Class<?> current = type;
		for (Path.Node node : violated) {
			if (node.getIndex() != null) {
				path = path.item(node.getIndex());
			}
			else if (node.getKey() != null) {
				path = path.member(String.valueOf(node.getKey()));
			}
			String name = node.getName();
			if (name == null || name.startsWith("<")) {
				continue;
			}
			Field field = (current != null) ? ReflectionUtils.findField(current, name) : null;
			BeanPropertyDefinition property = (field != null) ? properties.property(field) : null;
			path = path.member((property != null) ? property.getName() : name);
			current = (field != null) ? element(ResolvableType.forField(field)) : null;
		}
		return path;
	}

	private static @Nullable Class<?> element(ResolvableType type) {
		if (type.isArray()) {
			return type.getComponentType().resolve();
		}
		ResolvableType element = type;
		while (element.hasGenerics()) {
			element = element.getGeneric(element.getGenerics().length - 1);
		}
		return element.resolve();
	}

	/**
	 * Speaks English.
	 *
	 * @param delegate finds the messages
	 */
	private record EnglishInterpolator(MessageInterpolator delegate) implements MessageInterpolator {

		@Override
		public String interpolate(String template, Context context) {
			return this.delegate.interpolate(template, context, Locale.ROOT);
		}

		@Override
		public String interpolate(String template, Context context, Locale locale) {
			return this.delegate.interpolate(template, context, Locale.ROOT);
		}

	}

}
