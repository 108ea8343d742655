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

package io.routekit.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Knows where the values of a model's properties come from, for messages: from its own
 * properties, from those of the model that it inherits from, or from environment
 * variables.
 */
final class PropertyOrigins {

	private final Environment environment;

	private final ProviderVariables variables;

	private final String prefix;

	private final @Nullable String parent;

	PropertyOrigins(Environment environment, ProviderVariables variables, String prefix) {
		this(environment, variables, prefix, null);
	}

	/**
	 * Create a new {@link PropertyOrigins} instance.
	 * @param environment the environment
	 * @param variables the environment variables that stand in for properties
	 * @param prefix the prefix of the model's properties
	 * @param parent the prefix of the properties that the model inherits, or {@code null}
	 * if it inherits none
	 */
	PropertyOrigins(Environment environment, ProviderVariables variables, String prefix, @Nullable String parent) {
		this.environment = environment;
		this.variables = variables;
		this.prefix = prefix;
		this.parent = parent;
	}

	/**
	 * Tell where a value comes from, at the beginning of a message.
	 * @param property the name of the property, relative to the prefix
	 * @return the name in quotation marks, or a phrase with the variable
	 */
	String describe(String property) {
		if (this.parent == null || isSet(property)) {
			return describe(this.prefix, property, this.parent == null);
		}
		return describe(this.parent, property, true);
	}

	private String describe(String prefix, String property, boolean mayBeVariable) {
		String name = "'%s.%s'".formatted(prefix, property);
		String variable = mayBeVariable ? this.variables.standingIn(prefix, property) : null;
		return (variable != null) ? "The environment variable '%s', which stands in for %s,".formatted(variable, name)
				: name;
	}

	/**
	 * Tell where a property is, at the end of a message.
	 * @param property the property
	 * @return the place in brackets, or an empty text if it is not known
	 */
	static String at(ConfigurationProperty property) {
		return (property.getOrigin() != null) ? " (%s)".formatted(property.getOrigin()) : "";
	}

	private boolean isSet(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(this.prefix + "." + property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getConfigurationProperty(name) != null) {
				return true;
			}
		}
		return false;
	}

}
