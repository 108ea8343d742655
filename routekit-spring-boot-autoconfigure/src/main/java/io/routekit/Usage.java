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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How many tokens a call took and what it cost. A number that the provider did not report
 * is {@code null}: unknown is not zero. Immutable.
 *
 * @since 0.1.0
 */
public final class Usage {

	private final @Nullable Long promptTokens;

	private final @Nullable Long completionTokens;

	private final @Nullable Long totalTokens;

	private final @Nullable Long cachedTokens;

	private final @Nullable Long cacheWriteTokens;

	private final @Nullable Long reasoningTokens;

	private final @Nullable Cost cost;

	private final Map<String, Object> raw;

	private Usage(Builder builder) {
		this.promptTokens = builder.promptTokens;
		this.completionTokens = builder.completionTokens;
		this.totalTokens = (builder.totalTokens != null) ? builder.totalTokens
				: total(builder.promptTokens, builder.completionTokens);
		this.cachedTokens = builder.cachedTokens;
		this.cacheWriteTokens = builder.cacheWriteTokens;
		this.reasoningTokens = builder.reasoningTokens;
		this.cost = builder.cost;
		this.raw = FixedValues.of(builder.raw);
	}

	private static @Nullable Long total(@Nullable Long promptTokens, @Nullable Long completionTokens) {
		if (promptTokens == null || completionTokens == null) {
			return null;
		}
		long total = promptTokens + completionTokens;
		return (total >= 0) ? Long.valueOf(total) : null;
	}

	/**
	 * Create a usage of two numbers.
	 * @param promptTokens the tokens of the prompt
	 * @param completionTokens the tokens that were generated
	 * @return the usage
	 */
	public static Usage of(long promptTokens, long completionTokens) {
		return builder().promptTokens(promptTokens).completionTokens(completionTokens).build();
	}

	/**
	 * Return the tokens of the prompt: all of them, cached ones too.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long promptTokens() {
		return this.promptTokens;
	}

	/**
	 * Return the tokens that were generated, those of reasoning too.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long completionTokens() {
		return this.completionTokens;
	}

	/**
	 * Return the tokens in total as the provider reported them, otherwise those of prompt
	 * and completion added.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long totalTokens() {
		return this.totalTokens;
	}

	/**
	 * Return the tokens of the prompt that were read from a cache.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long cachedTokens() {
		return this.cachedTokens;
	}

	/**
	 * Return the tokens of the prompt that were written to a cache.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long cacheWriteTokens() {
		return this.cacheWriteTokens;
	}

	/**
	 * Return the generated tokens that were spent on reasoning.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long reasoningTokens() {
		return this.reasoningTokens;
	}

	/**
	 * Return the cost of the call.
	 * @return the cost, or {@code null} if it has no known price
	 */
	public @Nullable Cost cost() {
		return this.cost;
	}

	/**
	 * Return the usage as the provider reported it: the JSON object of its wire format.
	 * @return values by name, unmodifiable at any depth, empty if there are none
	 */
	public Map<String, Object> raw() {
		return this.raw;
	}

	/**
	 * Return a copy with a cost.
	 * @param cost the cost of the call, or {@code null} if it has no known price
	 * @return the copy
	 */
	public Usage withCost(@Nullable Cost cost) {
		return mutate().cost(cost).build();
	}

	/**
	 * Return a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return a new builder with the content of this usage. A total that is the sum of
	 * prompt and completion follows them.
	 * @return the builder
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof Usage other && Objects.equals(this.promptTokens, other.promptTokens)
				&& Objects.equals(this.completionTokens, other.completionTokens)
				&& Objects.equals(this.totalTokens, other.totalTokens)
				&& Objects.equals(this.cachedTokens, other.cachedTokens)
				&& Objects.equals(this.cacheWriteTokens, other.cacheWriteTokens)
				&& Objects.equals(this.reasoningTokens, other.reasoningTokens) && Objects.equals(this.cost, other.cost)
				&& this.raw.equals(other.raw);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.promptTokens, this.completionTokens, this.totalTokens, this.cachedTokens,
				this.cacheWriteTokens, this.reasoningTokens, this.cost, this.raw);
	}

	@Override
	public String toString() {
		return ("Usage[promptTokens=%s, completionTokens=%s, totalTokens=%s, cachedTokens=%s, cacheWriteTokens=%s, "
				+ "reasoningTokens=%s, cost=%s]")
			.formatted(this.promptTokens, this.completionTokens, this.totalTokens, this.cachedTokens,
					this.cacheWriteTokens, this.reasoningTokens, this.cost);
	}

	/**
	 * Builder for {@link Usage}. What is not set is unknown.
	 */
	public static final class Builder {

		private @Nullable Long promptTokens;

		private @Nullable Long completionTokens;

		private @Nullable Long totalTokens;

		private @Nullable Long cachedTokens;

		private @Nullable Long cacheWriteTokens;

		private @Nullable Long reasoningTokens;

		private @Nullable Cost cost;

		private Map<String, ?> raw = Collections.emptyMap();

		private Builder() {
		}

		private Builder(Usage usage) {
			this.promptTokens = usage.promptTokens;
			this.completionTokens = usage.completionTokens;
			Long sum = total(usage.promptTokens, usage.completionTokens);
			this.totalTokens = Objects.equals(usage.totalTokens, sum) ? null : usage.totalTokens;
			this.cachedTokens = usage.cachedTokens;
			this.cacheWriteTokens = usage.cacheWriteTokens;
			this.reasoningTokens = usage.reasoningTokens;
			this.cost = usage.cost;
			this.raw = usage.raw;
		}

		/**
		 * Set the tokens of the prompt: all of them, cached ones too.
		 * @param promptTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder promptTokens(@Nullable Long promptTokens) {
			this.promptTokens = promptTokens;
			return this;
		}

		/**
		 * Set the tokens that were generated, those of reasoning too.
		 * @param completionTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder completionTokens(@Nullable Long completionTokens) {
			this.completionTokens = completionTokens;
			return this;
		}

		/**
		 * Set the tokens in total as the provider reported them. They are computed if
		 * they are not set.
		 * @param totalTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder totalTokens(@Nullable Long totalTokens) {
			this.totalTokens = totalTokens;
			return this;
		}

		/**
		 * Set the tokens of the prompt that were read from a cache.
		 * @param cachedTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder cachedTokens(@Nullable Long cachedTokens) {
			this.cachedTokens = cachedTokens;
			return this;
		}

		/**
		 * Set the tokens of the prompt that were written to a cache.
		 * @param cacheWriteTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder cacheWriteTokens(@Nullable Long cacheWriteTokens) {
			this.cacheWriteTokens = cacheWriteTokens;
			return this;
		}

		/**
		 * Set the generated tokens that were spent on reasoning.
		 * @param reasoningTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder reasoningTokens(@Nullable Long reasoningTokens) {
			this.reasoningTokens = reasoningTokens;
			return this;
		}

		/**
		 * Set the cost of the call.
		 * @param cost the cost, or {@code null} if it has no known price
		 * @return this builder
		 */
		public Builder cost(@Nullable Cost cost) {
			this.cost = cost;
			return this;
		}

		/**
		 * Set the usage as the provider reported it. Maps and collections are copied.
		 * @param raw the JSON object of the wire format of the provider
		 * @return this builder
		 */
		public Builder raw(Map<String, ?> raw) {
			Assert.notNull(raw, "'raw' must not be null");
			this.raw = raw;
			return this;
		}

		/**
		 * Build the usage.
		 * @return the usage
		 */
		public Usage build() {
			return new Usage(this);
		}

	}

}
