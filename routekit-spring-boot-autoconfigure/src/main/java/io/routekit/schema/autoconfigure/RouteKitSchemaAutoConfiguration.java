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

package io.routekit.schema.autoconfigure;

import io.routekit.JsonTypes;
import io.routekit.schema.SchemaJsonTypes;
import io.routekit.schema.ValidatedJsonTypes;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the JSON of Java types, which
 * tools and typed answers need. It is read by the application's mapper, and checked by
 * its validator. The bean is made when it is needed, and the generator looked for as a
 * file, so that an application without tools loads nothing of it.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnResource(resources = { "classpath:com/github/victools/jsonschema/generator/SchemaGenerator.class",
		"classpath:com/github/victools/jsonschema/module/jackson/JacksonSchemaModule.class" })
public final class RouteKitSchemaAutoConfiguration {

	private static JsonMapper orDefault(ObjectProvider<JsonMapper> mapper) {
		return mapper.getIfAvailable(() -> JsonMapper.builder().build());
	}

	/**
	 * Types whose constraints are checked.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Validator.class)
	static class ValidatedConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		JsonTypes routeKitJsonTypes(ObjectProvider<JsonMapper> mapper, ObjectProvider<Validator> validator) {
			Validator unique = validator.getIfUnique();
			return (unique != null && isUsable(unique)) ? new ValidatedJsonTypes(orDefault(mapper), unique)
					: new SchemaJsonTypes(orDefault(mapper));
		}

		private static boolean isUsable(Validator validator) {
			try {
				validator.getConstraintsForClass(Object.class);
				return true;
			}
			catch (IllegalStateException ex) {
				// That of Spring's web frameworks, where nothing implements Jakarta
				// Validation
				return false;
			}
		}

	}

	/**
	 * Types of an application without Jakarta Validation.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("jakarta.validation.Validator")
	static class PlainConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		JsonTypes routeKitJsonTypes(ObjectProvider<JsonMapper> mapper) {
			return new SchemaJsonTypes(orDefault(mapper));
		}

	}

}
