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

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What is particular to the provider of a model outside of its calls: its names in
 * telemetry and in the price list, and the formats of answers that its server knows. A
 * provider that says nothing has its type for a name, and knows no format. Immutable, but
 * for the formats that the server has refused, which are remembered. <pre>{@code
 * ProviderFacts facts = ProviderFacts.builder("acme").telemetryName("acme.ai").priceProvider("openai").build();
 * }</pre>
 *
 * @since 0.1.0
 * @see ModelProvider#facts(ModelSettings)
 * @see Model#facts()
 */
public final class ProviderFacts {

	/**
	 * The type of the provider of a model that names none.
	 */
	public static final String UNNAMED = "custom";

	private static final BiFunction<ChatRequest, @Nullable ModelResponse, Map<String, String>> NO_ATTRIBUTES = (request,
			response) -> Collections.emptyMap();

	private final String provider;

	private final String telemetryName;

	private final BiFunction<ChatRequest, @Nullable ModelResponse, Map<String, String>> telemetryAttributes;

	private final @Nullable String priceProvider;

	private final boolean regional;

	private final @Nullable Function<ChatRequest, StructuredOutput> structuredOutput;

	// What the server is found to refuse makes these no other facts
	private final RefusedFormats refusedFormats;

	private ProviderFacts(Builder builder) {
		this.provider = builder.provider;
		this.telemetryName = builder.telemetryName;
		this.telemetryAttributes = builder.telemetryAttributes;
		this.priceProvider = builder.priceProvider;
		this.regional = builder.regional;
		this.structuredOutput = builder.structuredOutput;
		this.refusedFormats = builder.refusedFormats;
	}

	/**
	 * Return the facts of a provider that has its type for a name everywhere.
	 * @param provider the type of the provider
	 * @return the facts
	 */
	public static ProviderFacts of(String provider) {
		return builder(provider).build();
	}

	/**
	 * Return the facts that hold for a model. Those that it tells hold if they are about
	 * the provider that it names.
	 * @param model the model
	 * @return the facts, about the {@linkplain Model#provider() provider} of the model
	 */
	public static ProviderFacts of(Model model) {
		Assert.notNull(model, "'model' must not be null");
		// A mock tells nothing, and a model that surrounds another one may rename it
		String provider = StringUtils.hasText(model.provider()) ? model.provider() : UNNAMED;
		ProviderFacts facts = model.facts();
		return (facts != null && facts.provider.equals(provider)) ? facts : of(provider);
	}

	/**
	 * Return a new builder of facts.
	 * @param provider the type of the provider, which is also its name in telemetry and
	 * in the price list unless other ones are set
	 * @return the builder
	 */
	public static Builder builder(String provider) {
		return new Builder(provider);
	}

	/**
	 * Return a new builder with these facts.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	/**
	 * Return the type of the provider.
	 * @return the type, for example {@code openai}
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * Return the name of the provider in meters and spans.
	 * @return the value of {@code gen_ai.provider.name}
	 */
	public String telemetryName() {
		return this.telemetryName;
	}

	/**
	 * Return what a span tells of a call of this provider alone.
	 * @param request the request
	 * @param response the response, or what is known of it, or {@code null} if there is
	 * none
	 * @return values by the names of the attributes
	 */
	public Map<String, String> telemetryAttributes(ChatRequest request, @Nullable ModelResponse response) {
		Assert.notNull(request, "'request' must not be null");
		return this.telemetryAttributes.apply(request, response);
	}

	/**
	 * Return the name of the provider in the price list.
	 * @return the name, or {@code null} if the address of the server decides, since many
	 * vendors have such servers
	 */
	public @Nullable String priceProvider() {
		return this.priceProvider;
	}

	/**
	 * Return whether the server keeps the data in a region, which can cost more.
	 * @return whether it does
	 */
	public boolean regional() {
		return this.regional;
	}

	/**
	 * Return how far the server makes the model keep to the format of a request.
	 * @param request the request, whose format need not be one that the server takes
	 * @return {@link StructuredOutput#JSON_SCHEMA}, {@link StructuredOutput#JSON_OBJECT}
	 * or {@link StructuredOutput#NONE}, which is also what holds for a format that the
	 * server has refused before
	 */
	public StructuredOutput structuredOutput(ChatRequest request) {
		Assert.notNull(request, "'request' must not be null");
		if (this.structuredOutput == null || this.refusedFormats.contains(request)) {
			return StructuredOutput.NONE;
		}
		boolean tools = !request.tools().isEmpty();
		return switch (this.structuredOutput.apply(request)) {
			case JSON_SCHEMA -> StructuredOutput.JSON_SCHEMA;
			case JSON_SCHEMA_WITHOUT_TOOLS -> tools ? StructuredOutput.NONE : StructuredOutput.JSON_SCHEMA;
			case JSON_OBJECT -> tools ? StructuredOutput.NONE : StructuredOutput.JSON_OBJECT;
			case NONE -> StructuredOutput.NONE;
		};
	}

	/**
	 * Remember that the server has refused the format of a request.
	 * @param request the request
	 */
	void refuseFormat(ChatRequest request) {
		this.refusedFormats.add(request);
	}

	/**
	 * Return these facts with the formats that the server of another model knows, unless
	 * these say something of formats.
	 * @param others the facts of the other model
	 * @return the facts
	 */
	ProviderFacts withFormatsOf(ProviderFacts others) {
		if (this.structuredOutput != null || others.structuredOutput == null) {
			return this;
		}
		Builder builder = mutate();
		builder.structuredOutput = others.structuredOutput;
		builder.refusedFormats = others.refusedFormats;
		return builder.build();
	}

	/**
	 * Return a model that these facts hold for: it answers as the given one does, by the
	 * name of this provider.
	 * @param model the model that answers
	 * @return the model
	 */
	public Model describe(Model model) {
		Assert.notNull(model, "'model' must not be null");
		return new ProvidedModel(model, this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ProviderFacts other && this.provider.equals(other.provider)
				&& this.telemetryName.equals(other.telemetryName)
				&& this.telemetryAttributes.equals(other.telemetryAttributes)
				&& Objects.equals(this.priceProvider, other.priceProvider) && this.regional == other.regional
				&& Objects.equals(this.structuredOutput, other.structuredOutput);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.provider, this.telemetryName, this.telemetryAttributes, this.priceProvider,
				this.regional, this.structuredOutput);
	}

	@Override
	public String toString() {
		return "ProviderFacts[provider=%s, telemetryName=%s, priceProvider=%s, regional=%s]".formatted(this.provider,
				this.telemetryName, this.priceProvider, this.regional);
	}

	/**
	 * Builder for {@link ProviderFacts}.
	 */
	public static final class Builder {

		private final String provider;

		private String telemetryName;

		private BiFunction<ChatRequest, @Nullable ModelResponse, Map<String, String>> telemetryAttributes;

		private @Nullable String priceProvider;

		private boolean regional;

		private @Nullable Function<ChatRequest, StructuredOutput> structuredOutput;

		private RefusedFormats refusedFormats = new RefusedFormats();

		private Builder(String provider) {
			Assert.hasText(provider, "'provider' must not be empty");
			this.provider = provider;
			this.telemetryName = provider;
			this.telemetryAttributes = NO_ATTRIBUTES;
			this.priceProvider = provider;
		}

		private Builder(ProviderFacts facts) {
			this.provider = facts.provider;
			this.telemetryName = facts.telemetryName;
			this.telemetryAttributes = facts.telemetryAttributes;
			this.priceProvider = facts.priceProvider;
			this.regional = facts.regional;
			this.structuredOutput = facts.structuredOutput;
			this.refusedFormats = facts.refusedFormats;
		}

		/**
		 * Set the name of the provider in meters and spans.
		 * @param telemetryName the value of {@code gen_ai.provider.name}
		 * @return this builder
		 */
		public Builder telemetryName(String telemetryName) {
			Assert.hasText(telemetryName, "'telemetryName' must not be empty");
			this.telemetryName = telemetryName;
			return this;
		}

		/**
		 * Set what tells the attributes that only spans of this provider have. It is
		 * asked at the end of each call, on the thread that ends it.
		 * @param telemetryAttributes tells values by the names of the attributes, from
		 * the request and from the response, which is {@code null} if there is none
		 * @return this builder
		 */
		public Builder telemetryAttributes(
				BiFunction<ChatRequest, @Nullable ModelResponse, Map<String, String>> telemetryAttributes) {
			Assert.notNull(telemetryAttributes, "'telemetryAttributes' must not be null");
			this.telemetryAttributes = telemetryAttributes;
			return this;
		}

		/**
		 * Set the name of the provider in the price list.
		 * @param priceProvider the name, for example {@code openai}, or {@code null} to
		 * let the address of the server decide
		 * @return this builder
		 */
		public Builder priceProvider(@Nullable String priceProvider) {
			this.priceProvider = priceProvider;
			return this;
		}

		/**
		 * Set whether the server keeps the data in a region, which can cost more.
		 * @param regional whether it does
		 * @return this builder
		 */
		public Builder regional(boolean regional) {
			this.regional = regional;
			return this;
		}

		/**
		 * Set how far the server makes any model keep to the format of an answer.
		 * @param structuredOutput how far it does; to no format by default
		 * @return this builder
		 */
		public Builder structuredOutput(StructuredOutput structuredOutput) {
			Assert.notNull(structuredOutput, "'structuredOutput' must not be null");
			return structuredOutput(new OneForAll(structuredOutput));
		}

		/**
		 * Set what tells how far the server makes a model keep to the format of an
		 * answer. It is asked before each call that needs a format, which the request has
		 * then.
		 * @param structuredOutput tells it of a request, whose options need not name the
		 * model
		 * @return this builder
		 */
		public Builder structuredOutput(Function<ChatRequest, StructuredOutput> structuredOutput) {
			Assert.notNull(structuredOutput, "'structuredOutput' must not be null");
			this.structuredOutput = structuredOutput;
			return this;
		}

		/**
		 * Build the facts.
		 * @return the facts
		 */
		public ProviderFacts build() {
			return new ProviderFacts(this);
		}

	}

	/**
	 * A server that makes all models keep to the same formats.
	 *
	 * @param structuredOutput how far it does
	 */
	private record OneForAll(StructuredOutput structuredOutput) implements Function<ChatRequest, StructuredOutput> {

		@Override
		public StructuredOutput apply(ChatRequest request) {
			return this.structuredOutput;
		}

	}

}
