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

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.Nullness;
import org.springframework.util.ClassUtils;

/**
 * Makes the schemas of types by victools' generator, as a mapper reads and writes them.
 * The generator is not thread-safe, and so one schema is made at a time.
 */
final class SchemaFactory {

	private static final boolean jakartaPresent = ClassUtils.isPresent("jakarta.validation.Constraint",
			SchemaFactory.class.getClassLoader())
			&& ClassUtils.isPresent("com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule",
					SchemaFactory.class.getClassLoader());

	private final JsonMapper mapper;

	private final MappedProperties properties;

	private final SchemaGenerator generator;

	SchemaFactory(JsonMapper mapper) {
		this.mapper = mapper;
		this.properties = new MappedProperties(mapper);
		this.generator = new SchemaGenerator(configuration().build());
	}

	/**
	 * Create the schema of a type.
	 * @param type the type
	 * @return the schema, with the Java types of its scalars
	 */
	synchronized TypeSchema create(Type type) {
		Type content = withoutOptional(type);
		if (content != type) {
			return new TypeSchema(wrapper(content, Collections.emptyList()), true);
		}
		ObjectNode schema = SchemaCleanup.clean(this.generator.generateSchema(type));
		if (SchemaNodes.isObject(schema)) {
			return new TypeSchema(schema, false);
		}
		return new TypeSchema(wrapper(type, List.of(SchemaNodes.VALUE)), true);
	}

	private ObjectNode wrapper(Type type, List<String> required) {
		return SchemaCleanup.clean(create(Map.of(SchemaNodes.VALUE, type), required));
	}

	/**
	 * Create the schema of the parameters of a method.
	 * @param parameters the parameters
	 * @return the schema, with a property for each
	 */
	synchronized TypeSchema create(List<Parameter> parameters) {
		Map<String, Type> types = new LinkedHashMap<>();
		List<String> required = new ArrayList<>();
		for (Parameter parameter : parameters) {
			types.put(parameter.getName(), withoutOptional(parameter.getParameterizedType()));
			if (!isOptional(parameter)) {
				required.add(parameter.getName());
			}
		}
		ObjectNode schema = create(types, required);
		for (Parameter parameter : parameters) {
			annotate(schema.path(SchemaNodes.PROPERTIES).path(parameter.getName()).asObject(), parameter);
		}
		return new TypeSchema(SchemaCleanup.clean(schema), false);
	}

	// The generator knows the annotations of members, but no parameters
	private static void annotate(ObjectNode schema, Parameter parameter) {
		JsonPropertyDescription description = parameter.getAnnotation(JsonPropertyDescription.class);
		if (description != null) {
			schema.put(SchemaNodes.DESCRIPTION, description.value());
		}
		if (jakartaPresent) {
			ParameterConstraints.add(parameter, schema);
		}
	}

	private static Type withoutOptional(Type type) {
		return (type instanceof ParameterizedType parameterized && parameterized.getRawType() == Optional.class)
				? parameterized.getActualTypeArguments()[0] : type;
	}

	private static boolean isOptional(Parameter parameter) {
		return MappedProperties.isOptionalType(parameter.getType())
				|| Nullness.forParameter(parameter) == Nullness.NULLABLE;
	}

	private ObjectNode create(Map<String, Type> types, List<String> required) {
		SchemaBuilder builder = this.generator.buildMultipleSchemaDefinitions();
		ObjectNode properties = SchemaNodes.object();
		types.forEach((name, type) -> properties.set(name, builder.createSchemaReference(type)));
		ObjectNode definitions = builder.collectDefinitions(SchemaNodes.DEFINITIONS);
		ObjectNode schema = SchemaNodes.closedObject(properties, required);
		if (!definitions.isEmpty()) {
			schema.set(SchemaNodes.DEFINITIONS, definitions);
		}
		return schema;
	}

	private SchemaGeneratorConfigBuilder configuration() {
		SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(this.mapper,
				SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
			.without(Option.SCHEMA_VERSION_INDICATOR)
			.with(Option.PLAIN_DEFINITION_KEYS, Option.STANDARD_FORMATS, Option.FLATTENED_OPTIONALS,
					Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES, Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
					Option.ENUM_KEYWORD_FOR_SINGLE_VALUES, Option.NULLABLE_ARRAY_ITEMS_ALLOWED,
					Option.ALLOF_CLEANUP_AT_THE_END);
		builder.forFields()
			.withIgnoreCheck((field) -> isIgnored(field))
			.withPropertyNameOverrideResolver(this::name)
			.withRequiredCheck((field) -> !this.properties.isOptional(field.getRawMember()))
			.withNullableCheck(this::isNullable)
			.withCustomDefinitionProvider(this::define);
		builder.forTypesInGeneral().withCustomDefinitionProvider(this::define);
		builder.with(new JacksonSchemaModule(JacksonOption.RESPECT_JSONPROPERTY_ORDER));
		if (jakartaPresent) {
			builder.with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
		}
		builder.forTypesInGeneral()
			.withPropertySorter((left, right) -> 0)
			.withSubtypeResolver(SchemaFactory::permitted);
		return builder;
	}

	private boolean isIgnored(FieldScope field) {
		refuse(field, JsonUnwrapped.class);
		refuse(field, JsonAnySetter.class);
		refuse(field, JsonAnyGetter.class);
		return !field.isFakeContainerItemScope() && this.properties.property(field.getRawMember()) == null;
	}

	private @Nullable String name(FieldScope field) {
		BeanPropertyDefinition property = this.properties.property(field.getRawMember());
		return (property != null) ? property.getName() : null;
	}

	private boolean isNullable(FieldScope field) {
		Field member = field.getRawMember();
		return field.isFakeContainerItemScope() ? MappedProperties.hasNullableItems(member.getAnnotatedType())
				: MappedProperties.isNullable(member);
	}

	private @Nullable CustomPropertyDefinition define(FieldScope field, SchemaGenerationContext context) {
		JsonFormat format = field.getAnnotationConsideringFieldAndGetter(JsonFormat.class);
		if (format == null || format.pattern().isEmpty() || field.isFakeContainerItemScope()) {
			return null;
		}
		return new CustomPropertyDefinition(
				SchemaNodes.ofType("string").put(SchemaNodes.DESCRIPTION, "in the form " + format.pattern()),
				AttributeInclusion.YES);
	}

	private static void refuse(FieldScope field, Class<? extends Annotation> annotation) {
		if (field.getAnnotationConsideringFieldAndGetter(annotation) != null) {
			throw new IllegalArgumentException(
					"'%s' of %s has no schema: @%s cannot be told to a model".formatted(field.getDeclaredName(),
							field.getDeclaringType().getErasedType().getTypeName(), annotation.getSimpleName()));
		}
	}

	private @Nullable CustomDefinition define(ResolvedType type, SchemaGenerationContext context) {
		Class<?> raw = type.getErasedType();
		refuseSideEffects(raw);
		ObjectNode scalar = ScalarTypes.schema(raw);
		if (scalar != null) {
			return inline(SchemaNodes.ofJava(scalar, this.mapper.constructType(raw)));
		}
		if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
			return inline(SchemaNodes.object());
		}
		if (raw.isEnum()) {
			return inline(enumeration(raw));
		}
		if (isContainer(raw)) {
			return null;
		}
		return defineOther(raw, context);
	}

	// Text of a model must not decide whom the application asks, or which class it loads
	private static void refuseSideEffects(Class<?> type) {
		if (InetAddress.class.isAssignableFrom(type) || InetSocketAddress.class.isAssignableFrom(type)) {
			throw new IllegalArgumentException(
					"%s has no schema: to read it, Jackson asks the DNS for the name; use a String"
						.formatted(type.getTypeName()));
		}
		if (type == Class.class) {
			throw new IllegalArgumentException(
					"%s has no schema: to read it, Jackson loads the class of the name; use an enum"
						.formatted(type.getTypeName()));
		}
	}

	private static boolean isContainer(Class<?> type) {
		return type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)
				|| Optional.class == type || Iterable.class == type;
	}

	private @Nullable CustomDefinition defineOther(Class<?> raw, SchemaGenerationContext context) {
		JavaType type = this.mapper.constructType(raw);
		AnnotatedMember value = this.properties.value(type);
		if (value != null) {
			ResolvedType written = context.getTypeContext().resolve(value.getRawType());
			ObjectNode schema = context.createDefinitionReference(written);
			return inline((SchemaNodes.javaType(schema) != null) ? SchemaNodes.ofJava(schema, type) : schema);
		}
		String written = WrittenForm.of(this.mapper, type);
		if (WrittenForm.ANY.equals(written)) {
			return inline(SchemaNodes.object());
		}
		if (written != null) {
			return inline(SchemaNodes.ofJava(SchemaNodes.ofType(written), type));
		}
		if (Modifier.isAbstract(raw.getModifiers()) && !this.properties.isPolymorphic(type)) {
			throw new IllegalArgumentException(
					"%s has no schema: it is abstract, and without @JsonTypeInfo Jackson cannot read it"
						.formatted(raw.getTypeName()));
		}
		return null;
	}

	private ObjectNode enumeration(Class<?> type) {
		ObjectNode schema = SchemaNodes.object();
		ArrayNode values = SchemaNodes.object().putArray(SchemaNodes.ENUM);
		for (Object constant : type.getEnumConstants()) {
			values.add(this.mapper.valueToTree(constant));
		}
		if (all(values, JsonNode::isString)) {
			schema.put(SchemaNodes.TYPE, "string");
		}
		else if (all(values, JsonNode::isIntegralNumber)) {
			schema.put(SchemaNodes.TYPE, "integer");
		}
		schema.set(SchemaNodes.ENUM, values);
		return schema;
	}

	private static boolean all(ArrayNode values, Predicate<JsonNode> check) {
		for (JsonNode value : values) {
			if (!check.test(value)) {
				return false;
			}
		}
		return true;
	}

	private static CustomDefinition inline(ObjectNode schema) {
		return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.YES);
	}

	private static @Nullable List<ResolvedType> permitted(ResolvedType type, SchemaGenerationContext context) {
		Class<?> raw = type.getErasedType();
		// A type of the JDK may be sealed in some versions, and is one text all the same
		if (!raw.isSealed() || raw.isAnnotationPresent(JsonSubTypes.class) || ScalarTypes.schema(raw) != null) {
			return null;
		}
		return Arrays.stream(raw.getPermittedSubclasses())
			.map((subtype) -> context.getTypeContext().resolveSubtype(type, subtype))
			.toList();
	}

	/**
	 * The schema of a type, whose root is an object.
	 *
	 * @param schema the schema, with the Java types of its scalars
	 * @param wrapped whether the type is the member {@code value} of it
	 */
	record TypeSchema(ObjectNode schema, boolean wrapped) {

	}

}
