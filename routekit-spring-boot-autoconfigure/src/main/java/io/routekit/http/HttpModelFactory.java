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

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.routekit.ApiKeySupplier;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.OneLine;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.RateLimitListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes models that are called over HTTP, by the application's {@link WebClient} with the
 * connection settings of the model. The connections end with the factory. What the calls
 * of its models keep together is bounded.
 *
 * @since 0.1.0
 */
public final class HttpModelFactory implements DisposableBean {

	/**
	 * The property of what all calls under way may keep together.
	 */
	public static final String IN_FLIGHT = "routekit.limit.in-flight";

	private static final Log logger = LogFactory.getLog(HttpModelFactory.class);

	private final ObjectProvider<WebClient.Builder> clients;

	private final ObjectProvider<ClientHttpConnectorBuilder<?>> connectors;

	private final ObjectProvider<HttpClientSettings> httpSettings;

	private final ObjectProvider<SslBundles> sslBundles;

	private final ObjectProvider<ApiKeySupplier> keys;

	private final ObjectProvider<RateLimitListener> rateLimits;

	private final ObjectProvider<ErrorWords> errorWords;

	private final SecretRedactor secrets;

	private final MemoryBudget inFlight;

	private final Set<String> withheldHeaders;

	private final Queue<AutoCloseable> resources = new ConcurrentLinkedQueue<>();

	/**
	 * Create a new {@link HttpModelFactory} instance. Nothing is obtained before a model
	 * is made, since not every application calls its models over HTTP, and no client
	 * before it is called.
	 * @param clients provides what each client is a copy of
	 * @param connectors provides what builds the connector of each client
	 * @param httpSettings provides the settings where a model has none
	 * @param sslBundles provides the SSL bundles that a model can name
	 * @param keys provides what supplies the keys of calls, if anything does
	 * @param rateLimits provides what is told of the rate limits of answers
	 * @param errorWords provides what the words in errors stand for, of which the first
	 * win
	 * @param secrets gets to know the secrets of the models, and takes them out of
	 * failures
	 * @param inFlight what all calls under way may keep of their answers together
	 * @param withheldHeaders the names of headers that tracing may add, and that no
	 * provider gets
	 */
	public HttpModelFactory(ObjectProvider<WebClient.Builder> clients,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectors, ObjectProvider<HttpClientSettings> httpSettings,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<ApiKeySupplier> keys,
			ObjectProvider<RateLimitListener> rateLimits, ObjectProvider<ErrorWords> errorWords, SecretRedactor secrets,
			MemoryBudget inFlight, Set<String> withheldHeaders) {
		Assert.notNull(clients, "'clients' must not be null");
		Assert.notNull(connectors, "'connectors' must not be null");
		Assert.notNull(httpSettings, "'httpSettings' must not be null");
		Assert.notNull(sslBundles, "'sslBundles' must not be null");
		Assert.notNull(keys, "'keys' must not be null");
		Assert.notNull(rateLimits, "'rateLimits' must not be null");
		Assert.notNull(errorWords, "'errorWords' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		Assert.notNull(inFlight, "'inFlight' must not be null");
		Assert.notNull(withheldHeaders, "'withheldHeaders' must not be null");
		this.clients = clients;
		this.connectors = connectors;
		this.httpSettings = httpSettings;
		this.sslBundles = sslBundles;
		this.keys = keys;
		this.rateLimits = rateLimits;
		this.errorWords = errorWords;
		this.secrets = secrets;
		this.inFlight = inFlight;
		this.withheldHeaders = Set.copyOf(withheldHeaders);
	}

	/**
	 * Start to build a model.
	 * @param provider the provider, whose {@linkplain ModelProvider#facts(ModelSettings)
	 * facts} hold for the model
	 * @param settings the settings of the model
	 * @return a builder
	 */
	public HttpModelBuilder model(ModelProvider provider, ModelSettings settings) {
		Assert.notNull(provider, "'provider' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		ClientHttpConnectorBuilder<?> builder = this.connectors.getIfAvailable(ClientHttpConnectorBuilder::detect);
		SingletonSupplier<ClientHttpConnector> connector = connector(forModels(builder), httpSettings(settings));
		return new HttpModelBuilder(settings, provider.facts(settings), () -> client(connector.obtain()),
				builder instanceof ReactorClientHttpConnectorBuilder, this.keys.getIfAvailable(),
				this.rateLimits.orderedStream().toList(), errorWords(), this.secrets, this.inFlight);
	}

	private ErrorWords errorWords() {
		return this.errorWords.orderedStream().reduce(ErrorWords.NONE, (first, next) -> next.and(first));
	}

	private ClientHttpConnectorBuilder<?> forModels(ClientHttpConnectorBuilder<?> builder) {
		if (builder instanceof ReactorClientHttpConnectorBuilder reactor) {
			return ReactorNettyConnector.forModels(reactor);
		}
		if (builder instanceof JettyClientHttpConnectorBuilder jetty) {
			return JettyConnector.forModels(jetty, this.resources::add);
		}
		if (builder instanceof HttpComponentsClientHttpConnectorBuilder httpComponents) {
			return HttpComponentsConnector.forModels(httpComponents, this.resources::add);
		}
		if (builder instanceof JdkClientHttpConnectorBuilder jdk) {
			return JdkConnector.forModels(jdk);
		}
		return builder;
	}

	private SingletonSupplier<ClientHttpConnector> connector(ClientHttpConnectorBuilder<?> builder,
			HttpClientSettings httpSettings) {
		SingletonSupplier<ClientHttpConnector> connector = SingletonSupplier.of(() -> build(builder, httpSettings));
		if (httpSettings.sslBundle() != null) {
			// A key store that cannot be read fails the start rather than a call
			connector.obtain();
		}
		return connector;
	}

	private ClientHttpConnector build(ClientHttpConnectorBuilder<?> builder, HttpClientSettings httpSettings) {
		ClientHttpConnector connector = builder.build(httpSettings);
		if (connector instanceof AutoCloseable closeable) {
			this.resources.add(closeable);
		}
		return new GuardedConnector(connector);
	}

	private WebClient.Builder client(ClientHttpConnector connector) {
		WebClient.Builder client = this.clients.getIfAvailable(WebClient::builder).clone().clientConnector(connector);
		return this.withheldHeaders.isEmpty() ? client
				: client.filter((request, next) -> next.exchange(withoutWithheldHeaders(request)));
	}

	private ClientRequest withoutWithheldHeaders(ClientRequest request) {
		return this.withheldHeaders.stream().noneMatch(request.headers()::containsHeader) ? request
				: ClientRequest.from(request)
					.headers((headers) -> this.withheldHeaders.forEach(headers::remove))
					.build();
	}

	/**
	 * Return whether the keys of calls come from an {@link ApiKeySupplier}, so that none
	 * need be configured.
	 * @return whether they do
	 */
	public boolean isSupplyingKeys() {
		return this.keys.getIfAvailable() != null;
	}

	/**
	 * Close the HTTP clients of the models that were made, with the threads that they
	 * have.
	 */
	@Override
	public void destroy() {
		for (AutoCloseable resource = this.resources.poll(); resource != null; resource = this.resources.poll()) {
			try {
				resource.close();
			}
			catch (Exception ex) {
				logger.debug("An HTTP client could not be closed", OneLine.of(ex));
			}
		}
	}

	private HttpClientSettings httpSettings(ModelSettings settings) {
		HttpClientSettings httpSettings = this.httpSettings.getIfAvailable(HttpClientSettings::defaults)
			.withConnectTimeout(settings.timeouts().connect())
			// The timeouts of the model are for its whole answer and its events
			.withReadTimeout(null)
			// A cookie belongs to the key that it came for, and a redirect would take the
			// key elsewhere
			.withCookieHandling(HttpCookieHandling.DISABLE)
			.withRedirects(HttpRedirects.DONT_FOLLOW);
		String sslBundle = settings.sslBundle();
		return (sslBundle != null) ? httpSettings.withSslBundle(sslBundle(sslBundle, settings)) : httpSettings;
	}

	private SslBundle sslBundle(String name, ModelSettings settings) {
		try {
			SslBundles sslBundles = this.sslBundles.getIfAvailable();
			if (sslBundles != null) {
				return sslBundles.getBundle(name);
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
