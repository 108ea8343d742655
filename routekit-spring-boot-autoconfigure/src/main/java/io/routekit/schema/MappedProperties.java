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

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Nullness;

/**
 * What a mapper knows of the members of classes: its settings, mix-ins and modules count
 * for names, too.
 */
final class MappedProperties {

	private static final Set<Class<?>> OPTIONALS = Set.of(Optional.class, OptionalInt.class, OptionalLong.class,
			OptionalDouble.class);

	private final JsonMapper mapper;

	private final Map<Class<?>, Map<String, BeanPropertyDefinition>> properties = new HashMap<>();

	MappedProperties(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Return the property that is read into a field.
	 * @param field the field
	 * @return the property, or {@code null} if the mapper does not read it
	 */
	@Nullable BeanPropertyDefinition property(Field field) {
		return of(field.getDeclaringClass()).get(field.getName());
	}

	private Map<String, BeanPropertyDefinition> of(Class<?> type) {
		return this.properties.computeIfAbsent(type, this::read);
	}

	private Map<String, BeanPropertyDefinition> read(Class<?> type) {
		DeserializationConfig config = this.mapper.deserializationConfig();
		ClassIntrospector introspector = config.classIntrospectorInstance();
		JavaType javaType = this.mapper.constructType(type);
		BeanDescription description = introspector.introspectForDeserialization(javaType,
				introspector.introspectClassAnnotations(javaType));
		Map<String, BeanPropertyDefinition> properties = new HashMap<>();
		for (BeanPropertyDefinition property : description.findProperties()) {
			properties.put(property.getInternalName(), property);
		}
		return properties.isEmpty() ? Collections.emptyMap() : properties;
	}

	/**
	 * Return what a type is written as instead of its members.
	 * @param type the type
	 * @return the member, or {@code null} if there is none
	 */
	@Nullable AnnotatedMember value(JavaType type) {
		SerializationConfig config = this.mapper.serializationConfig();
		ClassIntrospector introspector = config.classIntrospectorInstance();
		AnnotatedClass annotations = introspector.introspectClassAnnotations(type);
		return introspector.introspectForSerialization(type, annotations).findJsonValueAccessor();
	}

	/**
	 * Return whether the mapper finds out about the actual type of a value.
	 * @param type the declared type
	 * @return whether the type says how
	 */
	boolean isPolymorphic(JavaType type) {
		DeserializationConfig config = this.mapper.deserializationConfig();
		AnnotatedClass annotations = config.classIntrospectorInstance().introspectClassAnnotations(type);
		return config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, annotations) != null
				|| config.getAnnotationIntrospector().findDeserializer(config, annotations) != null;
	}

	/**
	 * Return whether a member may be left out.
	 * @param field the field of the member
	 * @return whether it is nullable, optional, or told not to be required
	 */
	boolean isOptional(Field field) {
		JsonProperty property = field.getAnnotation(JsonProperty.class);
		return isNullable(field) || (property != null && property.isRequired() == OptBoolean.FALSE);
	}

	static boolean isNullable(Field field) {
		return isOptionalType(field.getType()) || Nullness.forField(field) == Nullness.NULLABLE;
	}

	static boolean isOptionalType(Class<?> type) {
		return OPTIONALS.contains(type);
	}

	/**
	 * Return whether the items of a list, or the values of a map, may be null.
	 * @param type the type of the list or map
	 * @return whether it says so
	 */
	static boolean hasNullableItems(AnnotatedType type) {
		if (!(type instanceof AnnotatedParameterizedType parameterized)) {
			return false;
		}
		AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
		AnnotatedType items = arguments[arguments.length - 1];
		return items.isAnnotationPresent(org.jspecify.annotations.Nullable.class);
	}

}
