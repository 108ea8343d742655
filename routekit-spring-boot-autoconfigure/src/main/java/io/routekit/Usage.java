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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How many tokens a call took and what it cost. A number that the provider did not report
 * is {@code null}: unknown is not zero. All numbers but the total are sums of the
 * {@linkplain #tokens() tokens by class}, so that they never contradict each other.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Usage {

	private final Map<TokenClass, Long> tokens;

	private final @Nullable Long totalTokens;

	private final @Nullable String unreadable;

	private final @Nullable Cost cost;

	private final Map<String, Object> raw;

	private Usage(Builder builder) {
		this.tokens = Collections.unmodifiableMap(builder.sorted());
		this.totalTokens = (builder.totalTokens != null) ? builder.totalTokens : sum();
		this.unreadable = builder.unreadable;
		this.cost = builder.cost;
		this.raw = FixedValues.of(builder.raw);
	}

	private Usage(Usage usage, @Nullable Cost cost) {
		this.tokens = usage.tokens;
		this.totalTokens = usage.totalTokens;
		this.unreadable = usage.unreadable;
		this.cost = cost;
		this.raw = usage.raw;
	}

	private @Nullable Long sum() {
		Long prompt = promptTokens();
		Long completion = completionTokens();
		return (prompt != null && completion != null) ? sum(prompt, completion) : null;
	}

	private static @Nullable Long sum(long number, long other) {
		long sum = number + other;
		return (sum >= 0) ? Long.valueOf(sum) : null;
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
		return this.tokens.containsKey(TokenClass.INPUT) ? sum(TokenClass::isPrompt) : null;
	}

	/**
	 * Return the tokens that were generated, those of reasoning too.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long completionTokens() {
		return this.tokens.containsKey(TokenClass.OUTPUT) ? sum((tokenClass) -> !tokenClass.isPrompt()) : null;
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
		return this.tokens.get(TokenClass.CACHE_READ);
	}

	/**
	 * Return the tokens of the prompt that were written to a cache.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long cacheWriteTokens() {
		return sum(TokenClass::isCacheWrite);
	}

	/**
	 * Return the generated tokens that were spent on reasoning.
	 * @return the number, or {@code null} if it is not known
	 */
	public @Nullable Long reasoningTokens() {
		return this.tokens.get(TokenClass.REASONING);
	}

	private @Nullable Long sum(Predicate<TokenClass> classes) {
		Long sum = null;
		for (Map.Entry<TokenClass, Long> number : this.tokens.entrySet()) {
			if (classes.test(number.getKey())) {
				sum = (sum != null) ? sum(sum, number.getValue()) : number.getValue();
				if (sum == null) {
					return null;
				}
			}
		}
		return sum;
	}

	/**
	 * Return the tokens by class. What is read, priced and metered are these numbers.
	 * @return the numbers of those classes that are known, unmodifiable; without
	 * {@link TokenClass#INPUT} the number of all tokens of the prompt is not known, and
	 * without {@link TokenClass#OUTPUT} that of all generated tokens
	 */
	public Map<TokenClass, Long> tokens() {
		return this.tokens;
	}

	/**
	 * Return the name of the first counter that the provider sent but that is no number
	 * of tokens: negative, a fraction, a text or far too large. Such a call has no price
	 * that can be computed.
	 * @return the name as in the {@linkplain #raw() raw form}, or {@code null} if there
	 * is none
	 */
	public @Nullable String unreadable() {
		return this.unreadable;
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
		return new Usage(this, cost);
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
		return obj instanceof Usage other && this.tokens.equals(other.tokens)
				&& Objects.equals(this.totalTokens, other.totalTokens)
				&& Objects.equals(this.unreadable, other.unreadable) && Objects.equals(this.cost, other.cost)
				&& this.raw.equals(other.raw);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.tokens, this.totalTokens, this.unreadable, this.cost, this.raw);
	}

	@Override
	public String toString() {
		return ("Usage[promptTokens=%s, completionTokens=%s, totalTokens=%s, cachedTokens=%s, cacheWriteTokens=%s, "
				+ "reasoningTokens=%s, cost=%s]")
			.formatted(promptTokens(), completionTokens(), this.totalTokens, cachedTokens(), cacheWriteTokens(),
					reasoningTokens(), this.cost);
	}

	/**
	 * Builder for {@link Usage}. What is not set is unknown.
	 */
	public static final class Builder {

		private @Nullable Map<TokenClass, Long> tokens;

		private @Nullable Long promptTokens;

		private @Nullable Long completionTokens;

		private @Nullable Long totalTokens;

		private @Nullable Long cachedTokens;

		private @Nullable Long cacheWriteTokens;

		private @Nullable Long reasoningTokens;

		private @Nullable String unreadable;

		private @Nullable Cost cost;

		private Map<String, ?> raw = Collections.emptyMap();

		private Builder() {
		}

		private Builder(Usage usage) {
			this.tokens = usage.tokens;
			this.promptTokens = usage.promptTokens();
			this.completionTokens = usage.completionTokens();
			this.cachedTokens = usage.cachedTokens();
			this.cacheWriteTokens = usage.cacheWriteTokens();
			this.reasoningTokens = usage.reasoningTokens();
			this.totalTokens = Objects.equals(usage.totalTokens, usage.sum()) ? null : usage.totalTokens;
			this.unreadable = usage.unreadable;
			this.cost = usage.cost;
			this.raw = usage.raw;
		}

		/**
		 * Set the tokens by class, in place of all other numbers but the total. Any of
		 * those that is set afterwards takes the place of the classes.
		 * @param numbers the numbers of those classes that are known; without
		 * {@link TokenClass#INPUT} the number of all tokens of the prompt is not known,
		 * and without {@link TokenClass#OUTPUT} that of all generated tokens
		 * @return this builder
		 */
		public Builder tokens(Map<TokenClass, Long> numbers) {
			Assert.notNull(numbers, "'numbers' must not be null");
			numbers.values().forEach((number) -> checkNumber("numbers", number));
			this.tokens = numbers;
			return this;
		}

		/**
		 * Set the tokens of the prompt: all of them, cached ones too.
		 * @param promptTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder promptTokens(@Nullable Long promptTokens) {
			this.promptTokens = checkNumber("promptTokens", promptTokens);
			this.tokens = null;
			return this;
		}

		/**
		 * Set the tokens that were generated, those of reasoning too.
		 * @param completionTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder completionTokens(@Nullable Long completionTokens) {
			this.completionTokens = checkNumber("completionTokens", completionTokens);
			this.tokens = null;
			return this;
		}

		/**
		 * Set the tokens in total as the provider reported them. They are computed if
		 * they are not set.
		 * @param totalTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder totalTokens(@Nullable Long totalTokens) {
			this.totalTokens = checkNumber("totalTokens", totalTokens);
			return this;
		}

		/**
		 * Set the tokens of the prompt that were read from a cache. More than those of
		 * the prompt do not count.
		 * @param cachedTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder cachedTokens(@Nullable Long cachedTokens) {
			this.cachedTokens = checkNumber("cachedTokens", cachedTokens);
			this.tokens = null;
			return this;
		}

		/**
		 * Set the tokens of the prompt that were written to a cache. More than those of
		 * the prompt that were not read from it do not count.
		 * @param cacheWriteTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder cacheWriteTokens(@Nullable Long cacheWriteTokens) {
			this.cacheWriteTokens = checkNumber("cacheWriteTokens", cacheWriteTokens);
			this.tokens = null;
			return this;
		}

		/**
		 * Set the generated tokens that were spent on reasoning. More than all generated
		 * ones do not count.
		 * @param reasoningTokens the number, or {@code null} if it is not known
		 * @return this builder
		 */
		public Builder reasoningTokens(@Nullable Long reasoningTokens) {
			this.reasoningTokens = checkNumber("reasoningTokens", reasoningTokens);
			this.tokens = null;
			return this;
		}

		private static @Nullable Long checkNumber(String name, @Nullable Long number) {
			Assert.isTrue(number == null || number >= 0, () -> "'%s' must not be negative".formatted(name));
			return number;
		}

		/**
		 * Set the name of the first counter that the provider sent but that is no number
		 * of tokens.
		 * @param unreadable the name, or {@code null} if there is none
		 * @return this builder
		 */
		public Builder unreadable(@Nullable String unreadable) {
			this.unreadable = unreadable;
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

		private Map<TokenClass, Long> sorted() {
			Map<TokenClass, Long> sorted = new EnumMap<>(TokenClass.class);
			if (this.tokens != null) {
				sorted.putAll(this.tokens);
				return sorted;
			}
			Long rest = take(sorted, TokenClass.CACHE_READ, this.cachedTokens, this.promptTokens);
			rest = take(sorted, TokenClass.CACHE_WRITE, this.cacheWriteTokens, rest);
			take(sorted, TokenClass.INPUT, rest, rest);
			rest = take(sorted, TokenClass.REASONING, this.reasoningTokens, this.completionTokens);
			take(sorted, TokenClass.OUTPUT, rest, rest);
			return sorted;
		}

		private static @Nullable Long take(Map<TokenClass, Long> sorted, TokenClass tokenClass, @Nullable Long number,
				@Nullable Long available) {
			if (number == null) {
				return available;
			}
			long taken = (available != null) ? Math.min(number, available) : number;
			sorted.put(tokenClass, taken);
			return (available != null) ? Long.valueOf(available - taken) : null;
		}

	}

}
