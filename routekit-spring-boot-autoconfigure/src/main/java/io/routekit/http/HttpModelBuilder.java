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
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.ApiKeySupplier;
import io.routekit.Bystander;
import io.routekit.ChatRequest;
import io.routekit.Limits;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import io.routekit.Timeouts;
import io.routekit.memory.MemoryBudget;
import io.routekit.secret.SecretFormat;
import io.routekit.secret.SecretNames;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.ErrorWords;
import io.routekit.wire.Protocol;
import io.routekit.wire.RateLimit;
import io.routekit.wire.RateLimitListener;
import io.routekit.wire.Reply;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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

	private final ProviderFacts facts;

	private final Supplier<WebClient.Builder> client;

	private final boolean tellingConnections;

	private final @Nullable ApiKeySupplier keys;

	private final List<RateLimitListener> rateLimits;

	private final ErrorWords errorWords;

	private final SecretRedactor secrets;

	private final MemoryBudget inFlight;

	private final HttpHeaders headers = new HttpHeaders();

	private Credential credential = Credential.NONE;

	private @Nullable String name;

	private @Nullable URI baseUrl;

	private @Nullable String path;

	private @Nullable Protocol protocol;

	private final List<Alternative> alternatives = new ArrayList<>();

	HttpModelBuilder(ModelSettings settings, ProviderFacts facts, Supplier<WebClient.Builder> client,
			boolean tellingConnections, @Nullable ApiKeySupplier keys, List<RateLimitListener> rateLimits,
			ErrorWords errorWords, SecretRedactor secrets, MemoryBudget inFlight) {
		this.settings = settings;
		this.facts = facts;
		this.client = client;
		this.tellingConnections = tellingConnections;
		this.keys = keys;
		this.rateLimits = rateLimits;
		this.errorWords = errorWords;
		this.secrets = secrets;
		this.inFlight = inFlight;
		this.headers.setContentType(MediaType.APPLICATION_JSON);
	}

	/**
	 * Set the name of the model.
	 * @param name the name
	 * @return this builder
	 */
	public HttpModelBuilder name(String name) {
		Assert.notNull(name, "'name' must not be null");
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
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.notNull(path, "'path' must not be null");
		this.secrets.addUrl(baseUrl);
		this.baseUrl = baseUrl;
		this.path = path;
		return this;
	}

	private URI uri(String path) {
		int query = path.indexOf('?');
		return URI.create(StringUtils.trimTrailingCharacter(endpoint().toString(), '/')
				+ ((query < 0) ? path : path.substring(0, query)));
	}

	private URI uriWithQuery(String path) {
		int query = path.indexOf('?');
		return withQuery(uri(path), (query < 0) ? null : path.substring(query + 1), baseUrl().getRawQuery());
	}

	// The user is for no server: a key is in a header
	private static String authority(URI url) {
		String authority = url.getRawAuthority();
		return authority.substring(authority.lastIndexOf('@') + 1);
	}

	private static URI withQuery(URI uri, @Nullable String query, @Nullable String baseQuery) {
		String queries = Stream.of(query, baseQuery).filter(Objects::nonNull).collect(Collectors.joining("&"));
		return queries.isEmpty() ? uri : URI.create(uri + "?" + queries);
	}

	/**
	 * Set a header to send with each request, unless the settings have one of that name.
	 * @param name the name of the header
	 * @param value the value
	 * @return this builder
	 */
	public HttpModelBuilder header(String name, String value) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, "'value' must not be null");
		this.headers.set(name, value);
		return this;
	}

	/**
	 * Set a header whose value holds a secret.
	 * @param name the name of the header
	 * @param prefix what precedes the secret in the value
	 * @param property the name of the property that the secret comes from, relative to
	 * the prefix of the model's properties
	 * @param secret the secret
	 * @return this builder
	 * @throws ModelConfigurationException if the secret holds what no key can hold
	 */
	public HttpModelBuilder secretHeader(String name, String prefix, String property, String secret) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(prefix, "'prefix' must not be null");
		Assert.notNull(property, "'property' must not be null");
		Assert.notNull(secret, "'secret' must not be null");
		check(property, SecretFormat.problemOfKey(secret));
		this.secrets.add(secret);
		return header(name, prefix + secret);
	}

	/**
	 * Set a header whose value holds a secret that changes. If the settings have a header
	 * of that name, nothing is supplied.
	 * @param name the name of the header
	 * @param prefix what precedes the secret in the value
	 * @param subject what the secret is and who supplies it, for messages: for example
	 * {@code The token of the AzureTokenSupplier}
	 * @param current supplies the secret for each request; a failure, none, a blank one,
	 * and one that cannot be sent fail the call
	 * @param fresh supplies another secret if the server has refused the current one
	 * @return this builder
	 */
	public HttpModelBuilder secretHeader(String name, String prefix, String subject, Supplier<Mono<String>> current,
			Supplier<Mono<String>> fresh) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(prefix, "'prefix' must not be null");
		Assert.notNull(subject, "'subject' must not be null");
		Assert.notNull(current, "'current' must not be null");
		Assert.notNull(fresh, "'fresh' must not be null");
		return credential(name, prefix, subject, new RenewableSecret(current, fresh));
	}

	/**
	 * Set a header for the API key: that of the {@link ApiKeySupplier} of the
	 * application, or else that of the settings, or else none.
	 * @param name the name of the header
	 * @param prefix what precedes the key in the value
	 * @return this builder
	 */
	public HttpModelBuilder apiKeyHeader(String name, String prefix) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(prefix, "'prefix' must not be null");
		if (this.settings.apiKey() != null) {
			secretHeader(name, prefix, "api-key", this.settings.apiKey());
		}
		ApiKeySupplier keys = this.keys;
		return (keys != null)
				? credential(name, prefix, "The API key of the ApiKeySupplier",
						(request) -> Mono.defer(() -> keys.apiKey(this.settings.name(), request)).map(String::strip))
				: this;
	}

	private HttpModelBuilder credential(String header, String prefix, String subject, Credential.SecretSource source) {
		if (this.settings.headers().keySet().stream().noneMatch(header::equalsIgnoreCase)) {
			this.credential = new Credential(header, prefix, subject, source);
		}
		return this;
	}

	/**
	 * Set the wire format.
	 * @param protocol the format
	 * @return this builder
	 */
	public HttpModelBuilder protocol(Protocol protocol) {
		Assert.notNull(protocol, "'protocol' must not be null");
		this.protocol = protocol;
		return this;
	}

	/**
	 * Add a wire format that takes the place of the other one for some requests.
	 * @param condition which requests it is for, by the request with the defaults of its
	 * model. It is asked once for each call, and the first format whose condition holds
	 * is taken
	 * @param path the path below the base URL, which starts with a slash
	 * @param protocol the format
	 * @return this builder
	 */
	public HttpModelBuilder protocol(Predicate<ChatRequest> condition, String path, Protocol protocol) {
		Assert.notNull(condition, "'condition' must not be null");
		Assert.notNull(path, "'path' must not be null");
		Assert.notNull(protocol, "'protocol' must not be null");
		this.alternatives.add(new Alternative(condition, path, protocol));
		return this;
	}

	/**
	 * Build the model.
	 * @return the model
	 * @throws ModelConfigurationException if a header cannot be sent
	 */
	public Model build() {
		this.settings.headers().forEach((header, value) -> {
			if (SecretNames.isHeader(header)) {
				check("headers." + header, SecretFormat.problemOfHeader(value));
			}
			this.headers.set(header, value);
			this.secrets.addHeader(header, value);
		});
		this.headers.forEach((header, values) -> values.forEach((value) -> checkHeader(header, value)));
		return new HttpModel(this, SingletonSupplier.of(client(HttpHeaders.copyOf(this.headers))));
	}

	private void check(String property, @Nullable String problem) {
		if (problem != null) {
			throw new ModelConfigurationException("%s %s".formatted(this.settings.source(property), problem),
					"Copy the value anew, without what surrounds it, and set '%s' to it"
						.formatted(this.settings.property(property)));
		}
	}

	private Supplier<WebClient> client(HttpHeaders headers) {
		Map<URI, URI> uris = all().collect(Collectors.toMap((alternative) -> uri(alternative.path()),
				(alternative) -> uriWithQuery(alternative.path()), (first, second) -> first));
		ModelExchange exchange = new ModelExchange(uris, noReply());
		return () -> this.client.get()
			.defaultHeaders((defaults) -> defaults.putAll(headers))
			.filters((filters) -> filters.add(0, exchange))
			.build();
	}

	private Reply noReply() {
		return new Reply(this.facts.provider(), name(), HttpStatus.OK, HttpHeaders.EMPTY, this.secrets, limits());
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

	ProviderFacts facts() {
		return this.facts;
	}

	String name() {
		return required(this.name, "name");
	}

	URI endpoint() {
		URI url = baseUrl();
		return URI.create(url.getScheme() + "://" + authority(url) + Objects.requireNonNullElse(url.getRawPath(), ""));
	}

	private URI baseUrl() {
		return required(this.baseUrl, "uri");
	}

	/**
	 * Return what the model asks its server for, of which the last is for all requests.
	 * @return the operations
	 */
	List<Operation> operations() {
		return all().map(this::operation).toList();
	}

	private Stream<Alternative> all() {
		Alternative last = new Alternative((request) -> true, required(this.path, "uri"),
				required(this.protocol, "protocol"));
		return Stream.concat(this.alternatives.stream(), Stream.of(last));
	}

	private Operation operation(Alternative alternative) {
		Protocol protocol = alternative.protocol();
		return new Operation(alternative.condition(), uri(alternative.path()), protocol,
				protocol.errorWords().and(this.errorWords), protocol.rateLimitHeaders());
	}

	/**
	 * Return whether the client tells a {@link CallConnection} that it is connected.
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

	MemoryBudget inFlight() {
		return this.inFlight;
	}

	@Nullable Consumer<List<RateLimit>> rateLimits() {
		if (this.rateLimits.isEmpty()) {
			return null;
		}
		Bystander bystander = new Bystander("A RateLimitListener");
		return (limits) -> {
			if (!limits.isEmpty()) {
				this.rateLimits.forEach((listener) -> bystander
					.tell(() -> listener.onRateLimits(this.settings.name(), this.facts, limits)));
			}
		};
	}

	Credential credential() {
		return this.credential;
	}

	SecretRedactor secrets() {
		return this.secrets;
	}

	private static <T> T required(@Nullable T value, String name) {
		Assert.state(value != null, () -> "'%s' must be set".formatted(name));
		return value;
	}

	/**
	 * A wire format for some requests.
	 *
	 * @param condition which requests it is for
	 * @param path where they go
	 * @param protocol the format
	 */
	private record Alternative(Predicate<ChatRequest> condition, String path, Protocol protocol) {

	}

}
