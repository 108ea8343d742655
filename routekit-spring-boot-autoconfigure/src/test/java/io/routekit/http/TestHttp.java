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

package io.routekit.http;

import java.net.URI;
import java.util.Map;
import java.util.Set;

import io.routekit.ApiKeySupplier;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import io.routekit.anthropic.AnthropicModelProvider;
import io.routekit.azure.AzureOpenAiModelProvider;
import io.routekit.memory.MemoryBudget;
import io.routekit.openai.OpenAiModelProvider;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.RateLimitListener;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.ResolvableType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What models are made from in tests without an application context.
 */
public final class TestHttp {

	/**
	 * The name of the SSL bundle, if there is one.
	 */
	static final String SSL_BUNDLE = "b";

	private TestHttp() {
	}

	public static HttpModelFactory factory() {
		return factory(WebClient.builder());
	}

	public static HttpModelFactory factory(WebClient.Builder client) {
		return factory(Map.of("client", client));
	}

	static HttpModelFactory factory(MemoryBudget inFlight) {
		return factory(Map.of("client", WebClient.builder()), inFlight);
	}

	static HttpModelFactory factory(ClientHttpConnectorBuilder<?> connector) {
		return factory(Map.of("client", WebClient.builder(), "connector", connector));
	}

	static HttpModelFactory factory(ClientHttpConnectorBuilder<?> connector, SslBundle sslBundle) {
		return factory(Map.of("client", WebClient.builder(), "connector", connector, "bundles",
				new DefaultSslBundleRegistry(SSL_BUNDLE, sslBundle)));
	}

	public static HttpModelFactory factory(Map<String, Object> beans) {
		return factory(beans, MemoryBudget.ofHeap(4));
	}

	private static HttpModelFactory factory(Map<String, Object> beans, MemoryBudget inFlight) {
		BeanFactory factory = new StaticListableBeanFactory(beans);
		return new HttpModelFactory(factory.getBeanProvider(WebClient.Builder.class),
				factory.getBeanProvider(ResolvableType.forClass(ClientHttpConnectorBuilder.class)),
				factory.getBeanProvider(HttpClientSettings.class), factory.getBeanProvider(SslBundles.class),
				factory.getBeanProvider(ApiKeySupplier.class), factory.getBeanProvider(RateLimitListener.class),
				factory.getBeanProvider(ErrorWords.class), new SecretRedactor(), inFlight, Set.of("baggage"));
	}

	/**
	 * Return settings whose blocks are the given ones, or have their defaults.
	 */
	public static ModelSettings.Builder settings(Object... blocks) {
		return ModelSettings.builder().blocks((name, type) -> {
			for (Object block : blocks) {
				if (type.isInstance(block)) {
					return block;
				}
			}
			return newInstance(type);
		});
	}

	/**
	 * Return what the built-in provider of a type tells of itself for the models of a
	 * server.
	 */
	public static ProviderFacts facts(String type, @Nullable URI baseUrl) {
		ModelSettings settings = settings().baseUrl(baseUrl).model("m").build();
		return switch (type) {
			case OpenAiModelProvider.TYPE -> new OpenAiModelProvider(factory()).facts(settings);
			case AzureOpenAiModelProvider.TYPE -> new AzureOpenAiModelProvider(factory(), null).facts(settings);
			case AnthropicModelProvider.TYPE -> new AnthropicModelProvider(factory()).facts(settings);
			default -> ProviderFacts.of(type);
		};
	}

	/**
	 * Return a provider that is there for its facts.
	 */
	public static ModelProvider provider(String type) {
		return new ModelProvider() {

			@Override
			public String type() {
				return type;
			}

			@Override
			public Model create(ModelSettings settings) {
				throw new UnsupportedOperationException();
			}

		};
	}

	private static Object newInstance(Class<?> type) {
		try {
			return type.getConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
