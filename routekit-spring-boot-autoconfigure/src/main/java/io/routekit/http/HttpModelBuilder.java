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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.routekit.ApiKeySupplier;
import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelSettings;
import io.routekit.Timeouts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds a {@link Model} that is called over HTTP.
 *
 * @since 0.1.0
 * @see HttpModelFactory
 */
public final class HttpModelBuilder {

	private final ModelSettings settings;

	private final String provider;

	private final Supplier<WebClient.Builder> client;

	private final boolean tellingConnections;

	private final @Nullable ApiKeySupplier keys;

	private final List<RateLimitListener> rateLimits;

	private final Consumer<List<String>> secretsConsumer;

	private final HttpHeaders headers = new HttpHeaders();

	private final List<String> secrets = new ArrayList<>();

	private Credential credential = Credential.NONE;

	private @Nullable String name;

	private @Nullable URI endpoint;

	private @Nullable URI uri;

	private @Nullable Protocol protocol;

	HttpModelBuilder(ModelSettings settings, String provider, Supplier<WebClient.Builder> client,
			boolean tellingConnections, @Nullable ApiKeySupplier keys, List<RateLimitListener> rateLimits,
			Consumer<List<String>> secretsConsumer) {
		this.settings = settings;
		this.provider = provider;
		this.client = client;
		this.tellingConnections = tellingConnections;
		this.keys = keys;
		this.rateLimits = rateLimits;
		this.secretsConsumer = secretsConsumer;
		this.headers.setContentType(MediaType.APPLICATION_JSON);
	}

	/**
	 * Set the name of the model.
	 * @param name the name
	 * @return this builder
	 */
	public HttpModelBuilder name(String name) {
		this.name = name;
		return this;
	}

	/**
	 * Set the address that requests are sent to.
	 * @param baseUrl the base URL; its query is kept
	 * @param path the path below the base URL, which starts with a slash
	 * @return this builder
	 */
	public HttpModelBuilder uri(URI baseUrl, String path) {
		this.endpoint = baseUrl;
		this.secrets.addAll(Secrets.ofUrl(baseUrl));
		this.uri = join(baseUrl, path);
		return this;
	}

	private static URI join(URI baseUrl, String path) {
		String base = baseUrl.getRawPath();
		StringBuilder uri = new StringBuilder();
		uri.append(baseUrl.getScheme()).append("://").append(baseUrl.getRawAuthority());
		uri.append((base != null) ? StringUtils.trimTrailingCharacter(base, '/') : "").append(path);
		String query = baseUrl.getRawQuery();
		if (query != null) {
			uri.append((path.indexOf('?') < 0) ? '?' : '&').append(query);
		}
		return URI.create(uri.toString());
	}

	/**
	 * Set a header to send with each request, unless the settings have one of that name.
	 * @param name the name of the header
	 * @param value the value
	 * @return this builder
	 */
	public HttpModelBuilder header(String name, String value) {
		this.headers.set(name, value);
		return this;
	}

	/**
	 * Set a header whose value holds a secret.
	 * @param name the name of the header
	 * @param prefix what precedes the secret in the value
	 * @param secret the secret
	 * @return this builder
	 */
	public HttpModelBuilder secretHeader(String name, String prefix, String secret) {
		this.secrets.add(secret);
		return header(name, prefix + secret);
	}

	/**
	 * Set a header whose value holds a secret that changes. If the settings have a header
	 * of that name, nothing is supplied.
	 * @param name the name of the header
	 * @param prefix what precedes the secret in the value
	 * @param current supplies the secret for each request
	 * @param fresh supplies another secret if the server has refused the current one
	 * @return this builder
	 */
	public HttpModelBuilder secretHeader(String name, String prefix, Supplier<Mono<String>> current,
			Supplier<Mono<String>> fresh) {
		return credential(name, prefix, new RenewableSecret(current, fresh));
	}

	/**
	 * Set a header for the API key: that of the {@link ApiKeySupplier} of the
	 * application, or else that of the settings, or else none.
	 * @param name the name of the header
	 * @param prefix what precedes the key in the value
	 * @return this builder
	 */
	public HttpModelBuilder apiKeyHeader(String name, String prefix) {
		if (this.settings.apiKey() != null) {
			secretHeader(name, prefix, this.settings.apiKey());
		}
		ApiKeySupplier keys = this.keys;
		return (keys != null) ? credential(name, prefix, (request) -> suppliedKey(keys, request)) : this;
	}

	private Mono<String> suppliedKey(ApiKeySupplier keys, ChatRequest request) {
		return Mono.defer(() -> keys.apiKey(this.settings.name(), request))
			.onErrorMap((failure) -> !(failure instanceof ModelException),
					(failure) -> ModelException.builder(Kind.AUTHENTICATION, "The API key could not be obtained")
						.provider(this.provider)
						.model(this.name)
						.cause(failure)
						.build())
			.map(String::strip);
	}

	private HttpModelBuilder credential(String header, String prefix, Credential.SecretSource source) {
		if (this.settings.headers().keySet().stream().noneMatch(header::equalsIgnoreCase)) {
			this.credential = new Credential(header, prefix, source);
		}
		return this;
	}

	/**
	 * Set the wire format.
	 * @param protocol the format
	 * @return this builder
	 */
	public HttpModelBuilder protocol(Protocol protocol) {
		this.protocol = protocol;
		return this;
	}

	/**
	 * Build the model.
	 * @return the model
	 * @throws ModelConfigurationException if a header cannot be sent
	 */
	public Model build() {
		this.settings.headers().forEach((header, value) -> {
			this.headers.set(header, value);
			this.secrets.addAll(Secrets.ofHeader(header, value));
		});
		this.headers.forEach((header, values) -> values.forEach((value) -> checkHeader(header, value)));
		this.secretsConsumer.accept(this.secrets);
		return new HttpModel(this, SingletonSupplier.of(client(HttpHeaders.copyOf(this.headers))));
	}

	private Supplier<WebClient> client(HttpHeaders headers) {
		return () -> this.client.get().defaultHeaders((defaults) -> defaults.putAll(headers)).build();
	}

	private void checkHeader(String name, String value) {
		if (name.chars().anyMatch((character) -> character <= ' ' || character >= 0x7F)
				|| value.chars().anyMatch((character) -> character < ' ' || character == 0x7F)) {
			// The value may be a secret
			throw new ModelConfigurationException(
					"The HTTP header '%s' contains a character that cannot be sent".formatted(name.strip()),
					"Remove line breaks and control characters from the key or from '%s'"
						.formatted(this.settings.property("headers")));
		}
	}

	String provider() {
		return this.provider;
	}

	String name() {
		return required(this.name, "name");
	}

	URI endpoint() {
		return required(this.endpoint, "uri");
	}

	URI uri() {
		return required(this.uri, "uri");
	}

	Protocol protocol() {
		return required(this.protocol, "protocol");
	}

	/**
	 * Return whether the client tells a {@link PendingConnection} that it is connected.
	 * @return whether it does
	 */
	boolean isTellingConnections() {
		return this.tellingConnections;
	}

	Timeouts timeouts() {
		return this.settings.timeouts();
	}

	Limits limits() {
		return this.settings.limits();
	}

	@Nullable Consumer<HttpHeaders> rateLimits() {
		if (this.rateLimits.isEmpty()) {
			return null;
		}
		return (headers) -> {
			List<RateLimit> limits = RateLimit.of(headers);
			if (!limits.isEmpty()) {
				this.rateLimits
					.forEach((listener) -> listener.onRateLimits(this.settings.name(), this.provider, limits));
			}
		};
	}

	Credential credential() {
		return this.credential;
	}

	List<String> secrets() {
		return List.copyOf(this.secrets);
	}

	private static <T> T required(@Nullable T value, String name) {
		Assert.state(value != null, () -> "'%s' must be set".formatted(name));
		return value;
	}

}
