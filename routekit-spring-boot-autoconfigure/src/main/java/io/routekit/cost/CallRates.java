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

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * The rates that hold for one call: those of its price, its tier of service and the size
 * of its prompt.
 */
final class CallRates {

	/**
	 * What a batch costs where the usage tells it, as Anthropic's does, on all classes of
	 * tokens.
	 */
	private static final BigDecimal HALF = new BigDecimal("0.5");

	private final Price price;

	private final @Nullable TierPrice tier;

	private final boolean longContext;

	private final boolean scalesCacheRead;

	private CallRates(Price price, @Nullable TierPrice tier, boolean longContext, boolean scalesCacheRead) {
		this.price = price;
		this.tier = tier;
		this.longContext = longContext;
		this.scalesCacheRead = scalesCacheRead;
	}

	/**
	 * Return the rates of a call.
	 * @param price the price of the model
	 * @param call the call
	 * @param usage its usage
	 * @param promptTokens the number of tokens of its prompt
	 * @return the rates, or {@code null} if the tier has no known price
	 */
	static @Nullable CallRates of(Price price, PricedCall call, UsageFields usage, long promptTokens) {
		// The format of a usage that counts the cache beside the input tells the tier in
		// it
		boolean additive = TokenClasses.isAdditive(usage);
		Tier tier = additive ? tierInUsage(call, usage) : tier(call);
		TierPrice tierPrice = (tier != null) ? price.tiers().get(tier) : null;
		if (tierPrice == null && tier == Tier.BATCH && additive) {
			tierPrice = new TierPrice(HALF, Rates.NONE);
		}
		if (tierPrice == null && tier != null) {
			return null;
		}
		return new CallRates(price, tierPrice, price.longContext().isPassedBy(promptTokens), additive);
	}

	private static @Nullable Tier tier(PricedCall call) {
		Tier served = Tier.of((call.serviceTier() != null) ? call.serviceTier() : "");
		return (served == null && call.batch()) ? Tier.BATCH : served;
	}

	// The priority tier is committed capacity there, without a price of its own
	private static @Nullable Tier tierInUsage(PricedCall call, UsageFields usage) {
		if (usage.text("speed").equalsIgnoreCase("fast")) {
			return Tier.PRIORITY;
		}
		return (call.batch() || usage.text("service_tier").equalsIgnoreCase("batch")) ? Tier.BATCH : null;
	}

	/**
	 * Return the rate of a class of tokens. A part of the prompt that has no published
	 * rate costs as much as the rest of it.
	 * @param tokenClass the class
	 * @return the rate in US dollars for a million tokens, or {@code null} if there is no
	 * known rate
	 */
	@Nullable BigDecimal get(TokenClass tokenClass) {
		BigDecimal rate = published(tokenClass);
		if (rate != null || isPublishedInStandard(tokenClass)) {
			return rate;
		}
		return switch (tokenClass) {
			case INPUT, OUTPUT -> null;
			case AUDIO_OUTPUT -> get(TokenClass.OUTPUT);
			default -> get(TokenClass.INPUT);
		};
	}

	/**
	 * Return the rate of what was written to a cache that keeps it for a time that the
	 * usage does not tell.
	 * @param ttl the time that was asked for, or {@code null} for the default
	 * @return the rate in US dollars for a million tokens, or {@code null} if there is no
	 * known rate
	 */
	@Nullable BigDecimal getCacheWrite(@Nullable String ttl) {
		if ("12h".equals(ttl) && isPublishedInStandard(TokenClass.CACHE_WRITE_12H)) {
			return get(TokenClass.CACHE_WRITE_12H);
		}
		return get(isPublishedInStandard(TokenClass.CACHE_WRITE_30M) ? TokenClass.CACHE_WRITE_30M
				: TokenClass.CACHE_WRITE_5M);
	}

	private boolean isPublishedInStandard(TokenClass tokenClass) {
		return this.price.rates().get(tokenClass) != null;
	}

	private @Nullable BigDecimal published(TokenClass tokenClass) {
		BigDecimal standard = this.price.rates().get(tokenClass);
		BigDecimal rate = this.longContext ? inLongContext(tokenClass, standard) : standard;
		return (this.tier != null) ? inTier(tokenClass, this.tier, rate) : rate;
	}

	// What is written to the cache costs more than the standard rate then, not the same
	private @Nullable BigDecimal inLongContext(TokenClass tokenClass, @Nullable BigDecimal standard) {
		BigDecimal own = this.price.longContext().rates().get(tokenClass);
		return (own != null || tokenClass.isCacheWrite()) ? own : standard;
	}

	private @Nullable BigDecimal inTier(TokenClass tokenClass, TierPrice tier, @Nullable BigDecimal rate) {
		BigDecimal own = this.longContext ? null : tier.rates().get(tokenClass);
		if (own != null) {
			return own;
		}
		boolean asItIs = tokenClass == TokenClass.AUDIO_INPUT || tokenClass == TokenClass.AUDIO_OUTPUT
				|| (tokenClass == TokenClass.CACHE_READ && !this.longContext && !this.scalesCacheRead);
		if (rate == null || asItIs) {
			return rate;
		}
		return (tier.factor() != null) ? rate.multiply(tier.factor()) : null;
	}

}
