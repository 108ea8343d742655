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

import java.util.List;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.connection.ModelConnectionDetails;
import io.routekit.trace.RecordingMode;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Builds the models that are configured by properties.
 */
final class ModelFactory {

	private static final String NO_KEY = "routekit-without-key";

	private static final String FAKE = "fake";

	private final Environment environment;

	private final ObjectProvider<ModelProvider> providers;

	private final ObjectProvider<ModelFilter> filters;

	private final ObjectProvider<ModelConnectionDetails> connections;

	ModelFactory(Environment environment, ObjectProvider<ModelProvider> providers, ObjectProvider<ModelFilter> filters,
			ObjectProvider<ModelConnectionDetails> connections) {
		this.environment = environment;
		this.providers = providers;
		this.filters = filters;
		this.connections = connections;
	}

	/**
	 * Create a model with all the filters around it.
	 * @param prefix the prefix of its properties
	 * @return the model
	 */
	Model create(String prefix) {
		ModelProperties properties = Binder.get(this.environment).bindOrCreate(prefix, ModelProperties.class);
		// A fake needs no server, whatever is running
		ModelConnectionDetails connection = FAKE.equals(properties.getType()) ? null : connection();
		if (connection != null) {
			properties.setType(connection.getType());
		}
		ModelProvider provider = choose(prefix, properties);
		ModelSettingsReader reader = new ModelSettingsReader(this.environment, prefix, provider);
		ModelSettings settings = (connection != null)
				? reader.read((builder) -> builder.baseUrl(connection.getBaseUrl()).apiKey(connection.getApiKey()))
				: reader.read();
		Model model = filter(create(provider, settings, reader), this.filters.orderedStream().toList())
			.filter(new DefaultsFilter(settings.options().mutate().model(settings.model()).build()));
		return new ConfiguredModel(model, provider, settings);
	}

	private @Nullable ModelConnectionDetails connection() {
		try {
			return this.connections.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new ModelConfigurationException(
					"There are several connections to servers of models: %s".formatted(ex.getBeanNamesFound()),
					"Remove all but one of the containers, services or ModelConnectionDetails beans, or make one bean primary");
		}
	}

	private ModelProvider choose(String prefix, ModelProperties properties) {
		try {
			return new ModelProviders(this.environment, this.providers.orderedStream().toList()).choose(prefix,
					properties);
		}
		catch (ModelConfigurationException ex) {
			if (StringUtils.hasText(properties.getType()) || !isReplaying()) {
				throw ex;
			}
			return new UnknownModelProvider(ex);
		}
	}

	private Model create(ModelProvider provider, ModelSettings settings, ModelSettingsReader reader) {
		try {
			return provider.create(settings);
		}
		catch (ModelConfigurationException ex) {
			if (!isReplaying()) {
				throw ex;
			}
			return new UnconfiguredModel(ex, provider.type(), settings, named(provider, reader));
		}
	}

	// With any key, most providers make a model that knows its name
	private static @Nullable Model named(ModelProvider provider, ModelSettingsReader reader) {
		try {
			return provider.create(reader.read((settings) -> settings.apiKey(NO_KEY)));
		}
		catch (ModelConfigurationException ex) {
			return null;
		}
	}

	private boolean isReplaying() {
		return Binder.get(this.environment)
			.bind("routekit.recording.mode", RecordingMode.class)
			.orElse(RecordingMode.OFF)
			.isReplaying();
	}

	/**
	 * Put filters around a model.
	 * @param model the model
	 * @param filters the filters, the outermost first
	 * @return the filtered model
	 */
	static Model filter(Model model, List<ModelFilter> filters) {
		Model filtered = model;
		for (int i = filters.size() - 1; i >= 0; i--) {
			filtered = filtered.filter(filters.get(i));
		}
		return filtered;
	}

	/**
	 * Stands in for the provider that nothing chooses.
	 *
	 * @param failure why there is none
	 */
	private record UnknownModelProvider(ModelConfigurationException failure) implements ModelProvider {

		@Override
		public String type() {
			return "unknown";
		}

		@Override
		public Model create(ModelSettings settings) {
			throw this.failure;
		}

	}

}
