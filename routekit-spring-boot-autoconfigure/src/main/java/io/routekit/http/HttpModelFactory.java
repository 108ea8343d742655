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

import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes models that are called over HTTP, by the application's {@link WebClient} with the
 * connection settings of the model.
 *
 * @since 0.1.0
 */
public final class HttpModelFactory {

	private static final boolean REACTOR_NETTY = ClassUtils.isPresent("reactor.netty.http.client.HttpClient",
			HttpModelFactory.class.getClassLoader());

	private final WebClient.Builder client;

	private final ClientHttpConnectorBuilder<?> connector;

	private final HttpClientSettings httpSettings;

	private final @Nullable SslBundles sslBundles;

	/**
	 * Create a new {@link HttpModelFactory} instance.
	 * @param client what each client is a copy of
	 * @param connector builds the connector of each client
	 * @param httpSettings the settings where a model has none
	 * @param sslBundles the SSL bundles that a model can name, or {@code null} if there
	 * are none
	 */
	public HttpModelFactory(WebClient.Builder client, ClientHttpConnectorBuilder<?> connector,
			HttpClientSettings httpSettings, @Nullable SslBundles sslBundles) {
		this.client = client;
		this.connector = REACTOR_NETTY ? ReactorNettyConnector.withoutRetry(connector) : connector;
		this.httpSettings = httpSettings;
		this.sslBundles = sslBundles;
	}

	/**
	 * Start to build a model.
	 * @param provider the type of the provider
	 * @param settings the settings of the model
	 * @return a builder
	 */
	public HttpModelBuilder model(String provider, ModelSettings settings) {
		HttpClientSettings httpSettings = this.httpSettings.withConnectTimeout(settings.timeouts().connect())
			// A redirect would take the key elsewhere
			.withRedirects(HttpRedirects.DONT_FOLLOW);
		if (settings.sslBundle() != null) {
			httpSettings = httpSettings.withSslBundle(sslBundle(settings.sslBundle(), settings));
		}
		WebClient.Builder client = this.client.clone().clientConnector(this.connector.build(httpSettings));
		return new HttpModelBuilder(settings, provider, client);
	}

	private SslBundle sslBundle(String name, ModelSettings settings) {
		try {
			if (this.sslBundles != null) {
				return this.sslBundles.getBundle(name);
			}
		}
		catch (NoSuchSslBundleException ex) {
			// Reported below
		}
		throw new ModelConfigurationException(
				"There is no SSL bundle '%s', which '%s' names".formatted(name, settings.property("ssl.bundle")),
				"Define the bundle below 'spring.ssl.bundle' or correct the name");
	}

}
