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

package io.routekit.cost;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.routekit.Usage;
import io.routekit.wire.UsageReader;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the cost of a call depends on. Immutable. <pre>{@code
 * PricedCall call = PricedCall.builder("openai", "gpt-5-mini", response.usage()).serviceTier("flex").build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class PricedCall {

	private final String provider;

	private final String model;

	private final Usage usage;

	private final @Nullable String zone;

	private final @Nullable String serviceTier;

	private final boolean batch;

	private final boolean regional;

	private final @Nullable String cacheTtl;

	private final long webSearches;

	private final Instant time;

	private PricedCall(Builder builder) {
		this.provider = builder.provider;
		this.model = builder.model;
		this.usage = builder.usage;
		this.zone = builder.zone;
		this.serviceTier = builder.serviceTier;
		this.batch = builder.batch;
		this.regional = builder.regional;
		this.cacheTtl = builder.cacheTtl;
		this.webSearches = builder.webSearches;
		this.time = builder.time;
	}

	/**
	 * Return a call that was made now, by the standard tier.
	 * @param provider the name of the provider in the catalogue
	 * @param model the name of the model that answered
	 * @param usage the usage as the provider sent it
	 * @return the call
	 */
	public static PricedCall of(String provider, String model, Map<String, ?> usage) {
		return builder(provider, model, usage).build();
	}

	/**
	 * Return the name of the provider in the catalogue, such as {@code anthropic}.
	 * @return the name
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * Return the name of the model that answered.
	 * @return the name
	 */
	public String model() {
		return this.model;
	}

	/**
	 * Return the usage.
	 * @return the usage
	 */
	public Usage usage() {
		return this.usage;
	}

	/**
	 * Return why the tokens of the call are not known, in which case no price list tells
	 * what it cost.
	 * @return the reason, or {@code null} if they are known
	 */
	@Nullable String gap() {
		Long prompt = this.usage.promptTokens();
		Long completion = this.usage.completionTokens();
		if (this.usage.unreadable() != null) {
			return "'%s' is no number of tokens".formatted(this.usage.unreadable());
		}
		if (prompt == null || completion == null) {
			return "the tokens of the %s are not known".formatted((prompt != null) ? "answer" : "prompt");
		}
		// Nothing is asked without a token, but what declines at once charges none
		boolean none = prompt == 0 && completion == 0 && !this.usage.raw().containsKey("iterations");
		return none ? "all counters are zero" : null;
	}

	/**
	 * Return the zone of Azure that the deployment is in.
	 * @return the zone, or {@code null} for the usual one
	 */
	public @Nullable String zone() {
		return this.zone;
	}

	/**
	 * Return the tier that served the call.
	 * @return the tier as the provider reported it, or {@code null} if it did not
	 */
	public @Nullable String serviceTier() {
		return this.serviceTier;
	}

	/**
	 * Return whether the call was part of a batch.
	 * @return whether it was
	 */
	public boolean batch() {
		return this.batch;
	}

	/**
	 * Return whether the data stayed in a region, which can cost more.
	 * @return whether it did
	 */
	public boolean regional() {
		return this.regional;
	}

	/**
	 * Return how long OpenAI was asked to keep what was written to its cache.
	 * @return the time, such as {@code 12h}, or {@code null} for the default
	 */
	public @Nullable String cacheTtl() {
		return this.cacheTtl;
	}

	/**
	 * Return how often the provider searched the web, beside what the usage tells.
	 * @return the number of searches
	 */
	public long webSearches() {
		return this.webSearches;
	}

	/**
	 * Return when the call started.
	 * @return the time
	 */
	public Instant time() {
		return this.time;
	}

	/**
	 * Return a new builder of a call that was made now, by the standard tier.
	 * @param provider the name of the provider in the catalogue
	 * @param model the name of the model that answered
	 * @param usage the usage as the provider sent it
	 * @return the builder
	 */
	public static Builder builder(String provider, String model, Map<String, ?> usage) {
		return builder(provider, model, read(usage));
	}

	private static Usage read(Map<String, ?> raw) {
		Assert.notNull(raw, "'usage' must not be null");
		Usage usage = UsageReader.read(raw);
		return (usage != null) ? usage : Usage.builder().raw(raw).build();
	}

	/**
	 * Return a new builder of a call that was made now, by the standard tier.
	 * @param provider the name of the provider in the catalogue
	 * @param model the name of the model that answered
	 * @param usage the usage
	 * @return the builder
	 */
	public static Builder builder(String provider, String model, Usage usage) {
		return new Builder(provider, model, usage);
	}

	/**
	 * Return a new builder with the content of this call.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof PricedCall other && this.provider.equals(other.provider) && this.model.equals(other.model)
				&& this.usage.equals(other.usage) && Objects.equals(this.zone, other.zone)
				&& Objects.equals(this.serviceTier, other.serviceTier) && this.batch == other.batch
				&& this.regional == other.regional && Objects.equals(this.cacheTtl, other.cacheTtl)
				&& this.webSearches == other.webSearches && this.time.equals(other.time);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.provider, this.model, this.usage, this.zone, this.serviceTier, this.batch,
				this.regional, this.cacheTtl, this.webSearches, this.time);
	}

	@Override
	public String toString() {
		return "PricedCall[provider=%s, model=%s, serviceTier=%s, time=%s]".formatted(this.provider, this.model,
				this.serviceTier, this.time);
	}

	/**
	 * Builder for {@link PricedCall}.
	 */
	public static final class Builder {

		private String provider;

		private String model;

		private Usage usage;

		private @Nullable String zone;

		private @Nullable String serviceTier;

		private boolean batch;

		private boolean regional;

		private @Nullable String cacheTtl;

		private long webSearches;

		private Instant time;

		private Builder(String provider, String model, Usage usage) {
			this.provider = checkNotNull(provider, "provider");
			this.model = checkNotNull(model, "model");
			this.usage = checkNotNull(usage, "usage");
			this.time = Instant.now();
		}

		private Builder(PricedCall call) {
			this.provider = call.provider;
			this.model = call.model;
			this.usage = call.usage;
			this.zone = call.zone;
			this.serviceTier = call.serviceTier;
			this.batch = call.batch;
			this.regional = call.regional;
			this.cacheTtl = call.cacheTtl;
			this.webSearches = call.webSearches;
			this.time = call.time;
		}

		/**
		 * Set the name of the provider in the catalogue, such as {@code anthropic}.
		 * @param provider the name
		 * @return this builder
		 */
		public Builder provider(String provider) {
			this.provider = checkNotNull(provider, "provider");
			return this;
		}

		/**
		 * Set the name of the model that answered.
		 * @param model the name
		 * @return this builder
		 */
		public Builder model(String model) {
			this.model = checkNotNull(model, "model");
			return this;
		}

		/**
		 * Set the usage.
		 * @param usage the usage
		 * @return this builder
		 */
		public Builder usage(Usage usage) {
			this.usage = checkNotNull(usage, "usage");
			return this;
		}

		/**
		 * Set the zone of Azure that the deployment is in.
		 * @param zone the zone, or {@code null} for the usual one
		 * @return this builder
		 */
		public Builder zone(@Nullable String zone) {
			this.zone = zone;
			return this;
		}

		/**
		 * Set the tier that served the call.
		 * @param serviceTier the tier as the provider reported it, or {@code null} if it
		 * did not
		 * @return this builder
		 */
		public Builder serviceTier(@Nullable String serviceTier) {
			this.serviceTier = serviceTier;
			return this;
		}

		/**
		 * Set whether the call was part of a batch.
		 * @param batch whether it was
		 * @return this builder
		 */
		public Builder batch(boolean batch) {
			this.batch = batch;
			return this;
		}

		/**
		 * Set whether the data stayed in a region, which can cost more.
		 * @param regional whether it did
		 * @return this builder
		 */
		public Builder regional(boolean regional) {
			this.regional = regional;
			return this;
		}

		/**
		 * Set how long OpenAI was asked to keep what was written to its cache.
		 * @param cacheTtl the time, such as {@code 12h}, or {@code null} for the default
		 * @return this builder
		 */
		public Builder cacheTtl(@Nullable String cacheTtl) {
			this.cacheTtl = cacheTtl;
			return this;
		}

		/**
		 * Set how often the provider searched the web, beside what the usage tells.
		 * @param webSearches the number of searches
		 * @return this builder
		 */
		public Builder webSearches(long webSearches) {
			Assert.isTrue(webSearches >= 0, "'webSearches' must not be negative");
			this.webSearches = webSearches;
			return this;
		}

		/**
		 * Set when the call started.
		 * @param time the time
		 * @return this builder
		 */
		public Builder time(Instant time) {
			this.time = checkNotNull(time, "time");
			return this;
		}

		private static <T> T checkNotNull(T value, String name) {
			Assert.notNull(value, () -> "'%s' must not be null".formatted(name));
			return value;
		}

		/**
		 * Build the call.
		 * @return the call
		 */
		public PricedCall build() {
			return new PricedCall(this);
		}

	}

}
