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

package io.routekit;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Configuration of one model, as a {@link ModelProvider} gets it to build the model from:
 * the keys that all providers share, and {@link #bind(String, Class) blocks of keys} that
 * only one of them knows.
 *
 * @since 0.1.0
 */
public final class ModelSettings {

	/**
	 * The name of the model that {@code routekit.provider} describes.
	 */
	public static final String DEFAULT_NAME = "model";

	private static final BiFunction<String, Class<?>, @Nullable Object> NO_BLOCKS = (name, type) -> null;

	private final String name;

	private final String prefix;

	private final @Nullable String model;

	private final @Nullable String apiKey;

	private final @Nullable URI baseUrl;

	private final @Nullable String organization;

	private final @Nullable String project;

	private final Map<String, String> headers;

	private final ChatOptions options;

	private final Timeouts timeouts;

	private final Limits limits;

	private final @Nullable String sslBundle;

	private final @Nullable String priceProvider;

	private final BiFunction<String, Class<?>, @Nullable Object> blocks;

	private final @Nullable UnaryOperator<String> sources;

	private ModelSettings(Builder builder) {
		this.name = builder.name;
		this.prefix = builder.prefix;
		this.model = builder.model;
		this.apiKey = builder.apiKey;
		this.baseUrl = builder.baseUrl;
		this.organization = builder.organization;
		this.project = builder.project;
		this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
		this.options = builder.options;
		this.timeouts = builder.timeouts;
		this.limits = builder.limits;
		this.sslBundle = builder.sslBundle;
		this.priceProvider = builder.priceProvider;
		this.blocks = builder.blocks;
		this.sources = builder.sources;
	}

	/**
	 * Return the name that the application knows the model by, which is that of its bean.
	 * @return the name, {@value #DEFAULT_NAME} for the model of {@code routekit.provider}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the full name of a property of this model, for messages.
	 * @param name the name relative to the prefix, for example {@code api-key}
	 * @return the full name, for example {@code routekit.provider.api-key}
	 */
	public String property(String name) {
		return this.prefix + "." + name;
	}

	/**
	 * Tell where the value of a property comes from, at the beginning of a message: a
	 * property of this model, one that it inherits, or an environment variable.
	 * @param name the name relative to the prefix, for example {@code api-key}
	 * @return the full name of the property in quotation marks, or a phrase with the
	 * variable that stands in for it
	 */
	public String source(String name) {
		return (this.sources != null) ? this.sources.apply(name) : "'%s'".formatted(property(name));
	}

	/**
	 * Return the name of the model.
	 * @return the name, or {@code null} if none is configured
	 */
	public @Nullable String model() {
		return this.model;
	}

	/**
	 * Return the API key.
	 * @return the key, without surrounding white space, or {@code null} if none is
	 * configured
	 */
	public @Nullable String apiKey() {
		return this.apiKey;
	}

	/**
	 * Return the base URL of the server.
	 * @return the absolute URL, or {@code null} for the provider's default
	 */
	public @Nullable URI baseUrl() {
		return this.baseUrl;
	}

	/**
	 * Return the organization that calls are made for.
	 * @return the organization, or {@code null} if none is configured
	 */
	public @Nullable String organization() {
		return this.organization;
	}

	/**
	 * Return the project that calls are made for.
	 * @return the project, or {@code null} if none is configured
	 */
	public @Nullable String project() {
		return this.project;
	}

	/**
	 * Return HTTP headers to send with each call.
	 * @return the headers
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Return the options that hold where a request sets none.
	 * @return the options
	 */
	public ChatOptions options() {
		return this.options;
	}

	/**
	 * Return the timeouts of a call.
	 * @return the timeouts
	 */
	public Timeouts timeouts() {
		return this.timeouts;
	}

	/**
	 * Return how much a request may hold, and how much of an answer is kept in memory.
	 * @return the limits
	 */
	public Limits limits() {
		return this.limits;
	}

	/**
	 * Return the name of the SSL bundle for connections to the server.
	 * @return the name, or {@code null} if none is configured
	 */
	public @Nullable String sslBundle() {
		return this.sslBundle;
	}

	/**
	 * Return the name of the provider whose prices the model has.
	 * @return the name in the price list, or {@code null} if the provider of the model or
	 * its server decides
	 * @see ProviderFacts#priceProvider()
	 */
	public @Nullable String priceProvider() {
		return this.priceProvider;
	}

	/**
	 * Return a block of keys that only this provider knows.
	 * @param <T> the type of the block
	 * @param name the name of the block, for example {@code azure} for
	 * {@code routekit.provider.azure.*}
	 * @param type the type to bind the keys to: a JavaBean or a record
	 * @return the block, with its defaults where no key is set
	 */
	public <T> T bind(String name, Class<T> type) {
		Object block = this.blocks.apply(name, type);
		Assert.state(type.isInstance(block),
				() -> "No settings of type %s for '%s'".formatted(type.getName(), property(name)));
		return type.cast(block);
	}

	/**
	 * Return a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with these settings: with changes, they are what a provider
	 * can hand on to another one.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ModelSettings other && this.name.equals(other.name) && this.prefix.equals(other.prefix)
				&& Objects.equals(this.model, other.model) && Objects.equals(this.apiKey, other.apiKey)
				&& Objects.equals(this.baseUrl, other.baseUrl) && Objects.equals(this.organization, other.organization)
				&& Objects.equals(this.project, other.project) && this.headers.equals(other.headers)
				&& this.options.equals(other.options) && this.timeouts.equals(other.timeouts)
				&& this.limits.equals(other.limits) && Objects.equals(this.sslBundle, other.sslBundle)
				&& Objects.equals(this.priceProvider, other.priceProvider) && this.blocks.equals(other.blocks)
				&& Objects.equals(this.sources, other.sources);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.name, this.prefix, this.model, this.apiKey, this.baseUrl, this.organization,
				this.project, this.headers, this.options, this.timeouts, this.limits, this.sslBundle,
				this.priceProvider, this.blocks, this.sources);
	}

	@Override
	public String toString() {
		return "ModelSettings[name=%s, prefix=%s, model=%s]".formatted(this.name, this.prefix, this.model);
	}

	/**
	 * Builder for {@link ModelSettings}.
	 */
	public static final class Builder {

		private String name = DEFAULT_NAME;

		private String prefix = "routekit.provider";

		private @Nullable String model;

		private @Nullable String apiKey;

		private @Nullable URI baseUrl;

		private @Nullable String organization;

		private @Nullable String project;

		private Map<String, String> headers = Collections.emptyMap();

		private ChatOptions options = ChatOptions.empty();

		private Timeouts timeouts = Timeouts.defaults();

		private Limits limits = Limits.defaults();

		private @Nullable String sslBundle;

		private @Nullable String priceProvider;

		private BiFunction<String, Class<?>, @Nullable Object> blocks = NO_BLOCKS;

		private @Nullable UnaryOperator<String> sources;

		private Builder() {
		}

		private Builder(ModelSettings settings) {
			this.name = settings.name;
			this.prefix = settings.prefix;
			this.model = settings.model;
			this.apiKey = settings.apiKey;
			this.baseUrl = settings.baseUrl;
			this.organization = settings.organization;
			this.project = settings.project;
			this.headers = settings.headers;
			this.options = settings.options;
			this.timeouts = settings.timeouts;
			this.limits = settings.limits;
			this.sslBundle = settings.sslBundle;
			this.priceProvider = settings.priceProvider;
			this.blocks = settings.blocks;
			this.sources = settings.sources;
		}

		/**
		 * Set the name that the application knows the model by, {@value #DEFAULT_NAME} by
		 * default.
		 * @param name the name
		 * @return this builder
		 */
		public Builder name(String name) {
			Assert.hasText(name, "'name' must not be empty");
			this.name = name;
			return this;
		}

		/**
		 * Set the prefix of the properties, {@code routekit.provider} by default.
		 * @param prefix the prefix
		 * @return this builder
		 */
		public Builder prefix(String prefix) {
			Assert.hasText(prefix, "'prefix' must not be empty");
			this.prefix = prefix;
			return this;
		}

		/**
		 * Set the name of the model.
		 * @param model the name
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * Set the API key. Surrounding white space is removed, since files that hold
		 * secrets often end with a line break.
		 * @param apiKey the key
		 * @return this builder
		 */
		public Builder apiKey(@Nullable String apiKey) {
			this.apiKey = (apiKey != null && !apiKey.isBlank()) ? apiKey.strip() : null;
			return this;
		}

		/**
		 * Set the base URL of the server.
		 * @param baseUrl the absolute URL
		 * @return this builder
		 */
		public Builder baseUrl(@Nullable URI baseUrl) {
			this.baseUrl = baseUrl;
			return this;
		}

		/**
		 * Set the organization that calls are made for.
		 * @param organization the organization
		 * @return this builder
		 */
		public Builder organization(@Nullable String organization) {
			this.organization = organization;
			return this;
		}

		/**
		 * Set the project that calls are made for.
		 * @param project the project
		 * @return this builder
		 */
		public Builder project(@Nullable String project) {
			this.project = project;
			return this;
		}

		/**
		 * Set HTTP headers to send with each call.
		 * @param headers the headers
		 * @return this builder
		 */
		public Builder headers(Map<String, String> headers) {
			Assert.notNull(headers, "'headers' must not be null");
			this.headers = headers;
			return this;
		}

		/**
		 * Add an HTTP header to send with each call. One of the same name is replaced,
		 * whatever the case of its letters.
		 * @param name the name of the header
		 * @param value the value of the header
		 * @return this builder
		 */
		public Builder header(String name, String value) {
			Assert.hasText(name, "'name' must not be empty");
			Assert.notNull(value, "'value' must not be null");
			Map<String, String> changed = new LinkedHashMap<>(this.headers);
			changed.keySet().removeIf(name::equalsIgnoreCase);
			changed.put(name, value);
			this.headers = changed;
			return this;
		}

		/**
		 * Set the options that hold where a request sets none.
		 * @param options the options
		 * @return this builder
		 */
		public Builder options(ChatOptions options) {
			Assert.notNull(options, "'options' must not be null");
			this.options = options;
			return this;
		}

		/**
		 * Set the timeouts of a call.
		 * @param timeouts the timeouts
		 * @return this builder
		 */
		public Builder timeouts(Timeouts timeouts) {
			Assert.notNull(timeouts, "'timeouts' must not be null");
			this.timeouts = timeouts;
			return this;
		}

		/**
		 * Set how much a request may hold, and how much of an answer is kept in memory.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(Limits limits) {
			Assert.notNull(limits, "'limits' must not be null");
			this.limits = limits;
			return this;
		}

		/**
		 * Set the name of the SSL bundle for connections to the server.
		 * @param sslBundle the name of the bundle
		 * @return this builder
		 */
		public Builder sslBundle(@Nullable String sslBundle) {
			this.sslBundle = sslBundle;
			return this;
		}

		/**
		 * Set the name of the provider whose prices the model has.
		 * @param priceProvider the name in the price list, or {@code null} to let the
		 * provider of the model or its server decide
		 * @return this builder
		 */
		public Builder priceProvider(@Nullable String priceProvider) {
			this.priceProvider = priceProvider;
			return this;
		}

		/**
		 * Set what gives {@linkplain ModelSettings#bind(String, Class) blocks of keys}.
		 * @param blocks a function from the name and the type of a block to the block
		 * @return this builder
		 */
		public Builder blocks(BiFunction<String, Class<?>, @Nullable Object> blocks) {
			Assert.notNull(blocks, "'blocks' must not be null");
			this.blocks = blocks;
			return this;
		}

		/**
		 * Set what tells where the value of a property comes from, the properties of this
		 * model by default.
		 * @param sources a function from the name of a property, relative to the prefix,
		 * to what {@link ModelSettings#source(String)} returns
		 * @return this builder
		 */
		public Builder sources(UnaryOperator<String> sources) {
			Assert.notNull(sources, "'sources' must not be null");
			this.sources = sources;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 */
		public ModelSettings build() {
			return new ModelSettings(this);
		}

	}

}
