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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.ProviderFacts;
import io.routekit.connection.ModelConnectionDetails;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Builds the models that are configured by properties.
 */
final class ModelFactory {

	static final String UNKNOWN = "unknown";

	static final String FAKE = "fake";

	static final String DEFAULT_PREFIX = "routekit.provider";

	private static final Set<String> TYPES = Set.of("type", "defaulttype");

	private final Environment environment;

	private final ObjectProvider<ModelProvider> providers;

	private final ModelFilters filters;

	private final ObjectProvider<ModelConnectionDetails> connections;

	private final ObjectProvider<ModelSettingsCustomizer> customizers;

	private final ResilienceFactory resilience;

	private final ObjectProvider<IncompleteModels> incomplete;

	private final SecretRedactor secrets;

	private final ObjectProvider<JsonTypes> jsonTypes;

	ModelFactory(Environment environment, ObjectProvider<ModelProvider> providers, ModelFilters filters,
			ObjectProvider<ModelConnectionDetails> connections, ObjectProvider<ModelSettingsCustomizer> customizers,
			ResilienceFactory resilience, ObjectProvider<IncompleteModels> incomplete, SecretRedactor secrets,
			ObjectProvider<JsonTypes> jsonTypes) {
		this.environment = environment;
		this.providers = providers;
		this.filters = filters;
		this.connections = connections;
		this.customizers = customizers;
		this.resilience = resilience;
		this.incomplete = incomplete;
		this.secrets = secrets;
		this.jsonTypes = jsonTypes;
	}

	/**
	 * Create the model of {@code routekit.provider}, with all the filters around it.
	 * @return the model
	 */
	Model createDefault() {
		Source source = defaultSource();
		return create(ModelSettings.DEFAULT_NAME, source, reader(source));
	}

	/**
	 * Create one of the further models, with all the filters around it.
	 * @param name the name of the model
	 * @param prefix the prefix of its properties
	 * @return the model
	 */
	Model create(String name, String prefix) {
		ModelProperties properties = choice(prefix);
		Source parent = parent(properties);
		if (parent == null) {
			Source source = new Source(prefix, choose(prefix, properties), null);
			return create(name, source, reader(source));
		}
		Inheritance inheritance = new Inheritance(this.environment, DEFAULT_PREFIX, prefix, parent.provider().secrets(),
				server(parent, properties));
		ModelConnectionDetails connection = StringUtils.hasText(properties.getBaseUrl()) ? null : parent.connection();
		return create(name, new Source(prefix, parent.provider(), connection),
				ModelSettingsReader.inheriting(this.environment, prefix, parent.provider(),
						isOffline(parent.provider()), DEFAULT_PREFIX, inheritance));
	}

	// What chooses the provider: whether it needs the other properties is not known yet
	private ModelProperties choice(String prefix) {
		return PropertiesBindHandler
			.binder(this.environment, (name) -> !TYPES.contains(name.getLastElement(Form.UNIFORM)))
			.bindOrCreate(prefix, ModelProperties.class);
	}

	private Model create(String name, Source source, ModelSettingsReader reader) {
		ModelProvider provider = source.provider();
		reader.secrets().forEach(this.secrets::add);
		ModelSettings settings = reader.read((builder) -> customize(name, source, builder));
		Model priced = priced(create(provider, settings), settings);
		Resilience resilience = this.resilience.create(settings, provider, reader.properties());
		List<ModelFilter> own = new ArrayList<>(resilience.filters());
		own.add(new RequestLimitFilter(settings.limits(), source.prefix()));
		own.add(new DefaultsFilter(settings.options().mutate().model(settings.model()).build()));
		Model model = ModelCall.model(name, settings.timeouts(), this.filters.surround(priced, own));
		return new ConfiguredModel(resilience.withFallback(model), provider, settings, resilience,
				() -> this.jsonTypes.getIfAvailable(model::jsonTypes));
	}

	private ModelSettings.Builder customize(String name, Source source, ModelSettings.Builder settings) {
		source.connect(settings);
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(name, settings));
		return settings.name(name);
	}

	private Source defaultSource() {
		ModelProperties properties = choice(DEFAULT_PREFIX);
		// A fake needs no server, whatever is running
		ModelConnectionDetails connection = FAKE.equals(properties.getType()) ? null : connection();
		if (connection != null) {
			properties.setType(connection.getType());
		}
		return new Source(DEFAULT_PREFIX, choose(DEFAULT_PREFIX, properties), connection);
	}

	// A model has no parent if its type is another one, or if none is known that its type
	// could be
	private @Nullable Source parent(ModelProperties properties) {
		try {
			Source parent = defaultSource();
			String type = properties.getType();
			return (!StringUtils.hasText(type) || type.strip().equals(parent.provider().type())) ? parent : null;
		}
		catch (ModelConfigurationException ex) {
			return null;
		}
	}

	private @Nullable URI server(Source parent, ModelProperties properties) {
		if (!StringUtils.hasText(properties.getBaseUrl())) {
			return null;
		}
		try {
			return parent.provider()
				.endpoint(reader(parent).read((settings) -> customize(ModelSettings.DEFAULT_NAME, parent, settings)));
		}
		catch (ModelConfigurationException ex) {
			return null;
		}
	}

	private ModelSettingsReader reader(Source source) {
		return ModelSettingsReader.of(this.environment, source.prefix(), source.provider(),
				isOffline(source.provider()));
	}

	private boolean isOffline(ModelProvider provider) {
		return provider.type().equals(FAKE) || this.incomplete.getIfAvailable() != null;
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
			if (StringUtils.hasText(properties.getType()) || this.incomplete.getIfAvailable() == null) {
				throw ex;
			}
			return new UnknownModelProvider(ex);
		}
	}

	private Model create(ModelProvider provider, ModelSettings settings) {
		try {
			return describe(provider.create(settings), provider, settings);
		}
		catch (ModelConfigurationException ex) {
			IncompleteModels incomplete = this.incomplete.getIfAvailable();
			if (incomplete == null) {
				throw ex;
			}
			return incomplete.create(provider, settings, ex);
		}
	}

	// A provider that hands on to another one need not tell what the model tells itself
	private static Model describe(Model model, ModelProvider provider, ModelSettings settings) {
		ProviderFacts declared = provider.facts(settings);
		boolean silent = model.provider().equals(ProviderFacts.UNNAMED);
		boolean particular = !declared.equals(ProviderFacts.of(provider.type()));
		boolean known = declared.equals(ProviderFacts.of(model));
		return ((silent || particular) && !known) ? declared.describe(model) : model;
	}

	private static Model priced(Model model, ModelSettings settings) {
		return (settings.priceProvider() != null)
				? ProviderFacts.of(model).mutate().priceProvider(settings.priceProvider()).build().describe(model)
				: model;
	}

	/**
	 * Where the settings of a model come from.
	 *
	 * @param prefix the prefix of the properties
	 * @param provider the provider
	 * @param connection the connection that takes the place of properties, or
	 * {@code null} if there is none
	 */
	private record Source(String prefix, ModelProvider provider, @Nullable ModelConnectionDetails connection) {

		ModelSettings.Builder connect(ModelSettings.Builder settings) {
			return (this.connection != null)
					? settings.baseUrl(this.connection.getBaseUrl()).apiKey(this.connection.getApiKey()) : settings;
		}

	}

	/**
	 * Stands in for the provider that nothing chooses.
	 *
	 * @param failure why there is none
	 */
	private record UnknownModelProvider(ModelConfigurationException failure) implements ModelProvider {

		@Override
		public String type() {
			return UNKNOWN;
		}

		@Override
		public Model create(ModelSettings settings) {
			throw this.failure;
		}

	}

}
