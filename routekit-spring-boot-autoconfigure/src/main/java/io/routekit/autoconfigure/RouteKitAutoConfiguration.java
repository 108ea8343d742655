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

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import io.routekit.ApiKeySupplier;
import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.Models;
import io.routekit.anthropic.AnthropicModelProvider;
import io.routekit.azure.AzureOpenAiModelProvider;
import io.routekit.azure.AzureTokenSupplier;
import io.routekit.connection.ModelConnectionDetails;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeModelProvider;
import io.routekit.http.HttpModelFactory;
import io.routekit.memory.MemoryBudget;
import io.routekit.openai.OpenAiModelProvider;
import io.routekit.resilience.ModelHealthRegistry;
import io.routekit.resilience.ResilienceListener;
import io.routekit.secret.SecretRedactor;
import io.routekit.secret.autoconfigure.SecretConfiguration;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.RateLimitListener;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link Model}. The names of
 * its beans begin with {@code routeKit}, so that none is the name of a bean of the
 * application; only models have the names that they are configured by.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration")
@EnableConfigurationProperties(RouteKitProperties.class)
@Import({ NamedModelsRegistrar.class, SecretConfiguration.class })
@ImportRuntimeHints(RouteKitRuntimeHints.class)
public final class RouteKitAutoConfiguration {

	static final String MODEL = ModelSettings.DEFAULT_NAME;

	/**
	 * The bean that {@link #MODEL} surrounds when the provider is the fake one.
	 */
	static final String FAKE_MODEL = "routeKitFakeModel";

	static final String MODEL_FACTORY = "routeKitModelFactory";

	static final String ROUTE_FACTORY = "routeKitRouteFactory";

	private static final int PARTS_OF_HEAP = 4;

	private static final DataSize SMALLEST_IN_FLIGHT = DataSize.ofKilobytes(64);

	@Bean
	@ConditionalOnMissingBean
	FakeModelProvider routeKitFakeModelProvider() {
		return new FakeModelProvider();
	}

	@Bean
	@ConditionalOnMissingBean
	HttpModelFactory routeKitHttpModelFactory(ObjectProvider<WebClient.Builder> clients,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectors, ObjectProvider<HttpClientSettings> httpSettings,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<ApiKeySupplier> keys,
			ObjectProvider<RateLimitListener> rateLimits, ObjectProvider<ErrorWords> errorWords, SecretRedactor secrets,
			RouteKitProperties properties, Environment environment) {
		return new HttpModelFactory(clients, connectors, httpSettings, sslBundles, keys, rateLimits, errorWords,
				secrets, inFlight(properties.getLimit().getInFlight()),
				properties.isPropagateBaggage() ? Collections.emptySet() : baggageHeaders(environment));
	}

	// What a trace carries for the services behind is for no provider
	private static Set<String> baggageHeaders(Environment environment) {
		Set<String> names = new HashSet<>(Set.of("baggage"));
		Binder.get(environment)
			.bind("management.tracing.baggage.remote-fields", Bindable.listOf(String.class))
			.ifBound(names::addAll);
		return names;
	}

	private static MemoryBudget inFlight(@Nullable DataSize size) {
		if (size == null) {
			return MemoryBudget.ofHeap(PARTS_OF_HEAP);
		}
		if (size.compareTo(SMALLEST_IN_FLIGHT) < 0) {
			throw new ModelConfigurationException("'%s' must be at least %s but is %s"
				.formatted(HttpModelFactory.IN_FLIGHT, SMALLEST_IN_FLIGHT, size),
					"Set '%s' to a size, for example 128MB".formatted(HttpModelFactory.IN_FLIGHT));
		}
		return new MemoryBudget(size.toBytes());
	}

	@Bean
	@ConditionalOnMissingBean
	AnthropicModelProvider routeKitAnthropicModelProvider(HttpModelFactory http) {
		return new AnthropicModelProvider(http);
	}

	@Bean
	@ConditionalOnMissingBean
	OpenAiModelProvider routeKitOpenAiModelProvider(HttpModelFactory http) {
		return new OpenAiModelProvider(http);
	}

	@Bean
	@ConditionalOnMissingBean
	AzureOpenAiModelProvider routeKitAzureOpenAiModelProvider(HttpModelFactory http,
			ObjectProvider<AzureTokenSupplier> tokenSupplier) {
		return new AzureOpenAiModelProvider(http, tokenSupplier.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	Models routeKitModels(ConfigurableListableBeanFactory beanFactory, SecretRedactor secrets) {
		return new ModelBeans(beanFactory, secrets);
	}

	@Bean(MODEL_FACTORY)
	ModelFactory routeKitModelFactory(Environment environment, ObjectProvider<ModelProvider> providers,
			ConfigurableListableBeanFactory beanFactory, ObjectProvider<ModelConnectionDetails> connections,
			ObjectProvider<ModelSettingsCustomizer> customizers, ResilienceFactory resilience,
			ObjectProvider<IncompleteModels> incomplete, SecretRedactor secrets, ObjectProvider<JsonTypes> jsonTypes) {
		return new ModelFactory(environment, providers, new ModelFilters(beanFactory), connections, customizers,
				resilience, incomplete, secrets, jsonTypes);
	}

	@Bean
	ModelNames routeKitModelNames(Models models, ListableBeanFactory beanFactory) {
		return new ModelNames(models, beanFactory);
	}

	@Bean(ROUTE_FACTORY)
	RouteFactory routeKitRouteFactory(Environment environment, Models models, ModelNames names,
			ObjectProvider<ResilienceListener> listeners) {
		return new RouteFactory(PropertiesBindHandler.binder(environment), models, names,
				new ResilienceListeners(listeners));
	}

	@Bean
	ResilienceFactory routeKitResilienceFactory(Models models, ModelNames names,
			ObjectProvider<ResilienceListener> listeners,
			ObjectProvider<CallGateFactory<CircuitBreakerProperties>> breakers,
			ObjectProvider<CallGateFactory<ConcurrencyLimitProperties>> limits,
			ObjectProvider<ModelHealthRegistry> health) {
		return new ResilienceFactory(models, names, new ResilienceListeners(listeners), breakers, limits, health);
	}

	@Bean
	@Lazy(false)
	UnknownProperties routeKitUnknownProperties(Environment environment, ListableBeanFactory beanFactory) {
		return new UnknownProperties(environment, beanFactory);
	}

	@Bean
	@Lazy(false)
	UnusedConnectors routeKitUnusedConnectors(ConfigurableListableBeanFactory beanFactory) {
		return new UnusedConnectors(beanFactory);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ConfigurationPropertiesBindHandlerAdvisor routeKitBindHandlerAdvisor(Environment environment) {
		return PropertiesBindHandler.advisor(environment);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static FilteredModelBeanPostProcessor routeKitFilteredModelBeanPostProcessor(Environment environment) {
		return new FilteredModelBeanPostProcessor(environment);
	}

	/**
	 * The model that the properties describe. Beans in here have the infrastructure role
	 * so that {@link FilteredModelBeanPostProcessor} leaves them alone.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(Model.class)
	static class ConfiguredModelConfiguration {

		@Bean(FAKE_MODEL)
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		@Conditional(OnFakeProviderCondition.class)
		@Nullable FakeModel routeKitFakeModel(@Qualifier(MODEL) Model model) {
			try {
				return model.unwrap(FakeModel.class);
			}
			catch (IllegalStateException ex) {
				// A key was found, so that the default type does not count
				return null;
			}
		}

		/**
		 * The model itself, which is registered before the fake one that it surrounds.
		 */
		@Configuration(proxyBeanMethods = false)
		@Import(DefaultModelRegistrar.class)
		static class DefaultModelConfiguration {

		}

	}

}
