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

import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.ModelProvider;
import io.routekit.ProviderSecrets;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.StringUtils;

/**
 * The environment variables of a provider. A variable stands in for a property that is
 * not set or blank.
 */
final class ProviderVariables {

	private final Environment environment;

	private final Map<String, String> variables;

	private final ProviderSecrets secrets;

	ProviderVariables(Environment environment, ModelProvider provider) {
		this.environment = environment;
		this.variables = provider.variables();
		this.secrets = provider.secrets();
	}

	/**
	 * Return the variable that holds a key of the provider.
	 * @return the name of the variable, or {@code null} if none is set
	 */
	@Nullable String key() {
		return this.variables.entrySet()
			.stream()
			.filter((entry) -> isKey(entry.getKey()) && isSet(entry.getValue()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the names of the variables that can hold a key of the provider.
	 * @return the names, separated by commas
	 */
	String keys() {
		return String.join(", ",
				this.variables.entrySet()
					.stream()
					.filter((entry) -> isKey(entry.getKey()))
					.map((entry) -> "'%s'".formatted(entry.getValue()))
					.toList());
	}

	private boolean isKey(String property) {
		return this.secrets.isKey(property);
	}

	/**
	 * Return the variable that stands in for a property. One for a key does so only if no
	 * other property holds a key, and no earlier variable: there is one key.
	 * @param prefix the prefix of the model's properties
	 * @param property the name of the property, relative to the prefix
	 * @return the name of the variable, or {@code null} if the property holds
	 */
	@Nullable String standingIn(String prefix, String property) {
		String variable = this.variables.get(property);
		boolean missing = variable != null && isSet(variable) && !isPropertySet(prefix + "." + property);
		return (missing && !(isKey(property) && isOtherKeySet(prefix, property))) ? variable : null;
	}

	private boolean isOtherKeySet(String prefix, String property) {
		boolean earlier = true;
		for (Map.Entry<String, String> entry : this.variables.entrySet()) {
			String other = entry.getKey();
			if (other.equals(property)) {
				earlier = false;
			}
			else if (isKey(other) && (isPropertySet(prefix + "." + other) || (earlier && isSet(entry.getValue())))) {
				return true;
			}
		}
		return false;
	}

	private boolean isSet(String variable) {
		return StringUtils.hasText(value(variable));
	}

	private @Nullable String value(String variable) {
		try {
			return this.environment.getProperty(variable);
		}
		catch (PlaceholderResolutionException ex) {
			throw PropertiesBindHandler.unresolved(ex, "the environment variable '%s'".formatted(variable));
		}
	}

	private boolean isPropertySet(String property) {
		return Binder.get(this.environment).bind(property, String.class).map(StringUtils::hasText).orElse(false);
	}

	/**
	 * Return the variables as properties. They go before the properties of the
	 * environment, since those that they stand in for are blank at best.
	 * @param prefix the prefix of the model's properties
	 * @return the properties
	 */
	ConfigurationPropertySource asProperties(String prefix) {
		Map<String, String> properties = new LinkedHashMap<>();
		this.variables.forEach((property, variable) -> {
			if (standingIn(prefix, property) != null) {
				properties.put(prefix + "." + property, value(variable));
			}
		});
		return new MapConfigurationPropertySource(properties);
	}

}
