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
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderSecrets;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Reads the settings of a model from the properties below a prefix and the environment
 * variables of its provider.
 */
final class ModelSettingsReader {

	private static final Set<String> CONNECTION = Set.of("apikey", "baseurl", "headers", "organization", "project");

	private final String prefix;

	private final PropertyOrigins origins;

	private final ProviderSecrets secrets;

	private final List<ConfigurationPropertySource> sources;

	private final Binder binder;

	private final ModelProperties properties;

	private ModelSettingsReader(String prefix, PropertyOrigins origins, ModelProvider provider, boolean offline,
			List<ConfigurationPropertySource> sources, Environment environment) {
		this.prefix = prefix;
		this.origins = origins;
		this.secrets = provider.secrets();
		this.sources = sources;
		this.binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(environment), null, null,
				new PropertiesBindHandler(BindHandler.DEFAULT, environment, (name) -> offline && isOfConnection(name)));
		this.properties = this.binder.bindOrCreate(prefix, ModelProperties.class);
	}

	private boolean isOfConnection(ConfigurationPropertyName name) {
		ConfigurationPropertyName relative = NamesOfProperties.below(ConfigurationPropertyName.of(this.prefix), name);
		return CONNECTION.contains(relative.getElement(0, Form.UNIFORM)) || this.secrets.contains(relative.toString());
	}

	/**
	 * Return a reader of properties and environment variables.
	 * @param environment the environment
	 * @param prefix the prefix of the properties
	 * @param provider the provider that the variables belong to
	 * @param offline whether the model needs no connection, nor values for one
	 * @return the reader
	 */
	static ModelSettingsReader of(Environment environment, String prefix, ModelProvider provider, boolean offline) {
		ProviderVariables variables = new ProviderVariables(environment, provider);
		return new ModelSettingsReader(prefix, new PropertyOrigins(environment, variables, prefix), provider, offline,
				sources(environment, prefix, variables), environment);
	}

	/**
	 * Return a reader of properties that inherits those of another model where there are
	 * none, environment variables included.
	 * @param environment the environment
	 * @param prefix the prefix of the properties
	 * @param provider the provider that the variables belong to
	 * @param offline whether the model needs no connection, nor values for one
	 * @param parent the prefix of the properties of the other model
	 * @param inheritance what is inherited
	 * @return the reader
	 */
	static ModelSettingsReader inheriting(Environment environment, String prefix, ModelProvider provider,
			boolean offline, String parent, Inheritance inheritance) {
		ProviderVariables variables = new ProviderVariables(environment, provider);
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		ConfigurationPropertySources.get(environment).forEach(sources::add);
		sources(environment, parent, variables).forEach((source) -> sources.add(inheritance.of(source)));
		return new ModelSettingsReader(prefix, new PropertyOrigins(environment, variables, prefix, parent), provider,
				offline, sources, environment);
	}

	private static List<ConfigurationPropertySource> sources(Environment environment, String prefix,
			ProviderVariables variables) {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		sources.add(variables.asProperties(prefix));
		ConfigurationPropertySources.get(environment).forEach(sources::add);
		return sources;
	}

	/**
	 * Return the properties that are for the surroundings of the model.
	 * @return the properties
	 */
	ModelProperties properties() {
		return this.properties;
	}

	/**
	 * Return the values that are secret, be it that the model uses them or not.
	 * @return the values
	 */
	Set<String> secrets() {
		ConfigurationPropertyName prefix = ConfigurationPropertyName.of(this.prefix);
		return this.sources.stream()
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.flatMap((source) -> ((IterableConfigurationPropertySource) source).stream())
			.filter((name) -> prefix.isAncestorOf(name)
					&& this.secrets.contains(NamesOfProperties.below(prefix, name).toString()))
			.map((name) -> this.binder.bind(name, Bindable.of(String.class)).orElse("").strip())
			.filter(StringUtils::hasText)
			.collect(Collectors.toSet());
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
		return customizer
			.apply(new ModelSettingsMapper(this.prefix, this.origins::describe).map(this.properties)
				.sources(this.origins::describe)
				.blocks((name, type) -> this.binder.bindOrCreate(this.prefix + "." + name, type)))
			.build();
	}

}
