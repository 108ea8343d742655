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

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.routekit.ModelProvider;
import io.routekit.ModelSettings;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Reads the settings of a model from the properties below a prefix and the environment
 * variables of its provider.
 */
final class ModelSettingsReader {

	private final String prefix;

	private final ProviderVariables variables;

	private final Binder binder;

	ModelSettingsReader(Environment environment, String prefix, ModelProvider provider) {
		this.prefix = prefix;
		this.variables = new ProviderVariables(environment, provider);
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		sources.add(this.variables.asProperties(prefix));
		ConfigurationPropertySources.get(environment).forEach(sources::add);
		this.binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(environment));
	}

	/**
	 * Read the settings.
	 * @return the settings
	 * @throws io.routekit.ModelConfigurationException if a property has a wrong value
	 */
	ModelSettings read() {
		return read(UnaryOperator.identity());
	}

	/**
	 * Read the settings and change them.
	 * @param customizer what to change
	 * @return the settings
	 * @throws io.routekit.ModelConfigurationException if a property has a wrong value
	 */
	ModelSettings read(UnaryOperator<ModelSettings.Builder> customizer) {
		ModelProperties properties = this.binder.bindOrCreate(this.prefix, ModelProperties.class);
		return customizer
			.apply(new ModelSettingsMapper(this.prefix, this::describe).map(properties)
				.blocks((name, type) -> this.binder.bindOrCreate(this.prefix + "." + name, type)))
			.build();
	}

	private String describe(String property) {
		String name = "'%s.%s'".formatted(this.prefix, property);
		String variable = this.variables.standingIn(this.prefix, property);
		return (variable != null) ? "The environment variable '%s', which stands in for %s,".formatted(variable, name)
				: name;
	}

}
