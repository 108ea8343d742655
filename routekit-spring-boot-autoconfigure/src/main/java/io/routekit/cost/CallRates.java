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

import io.routekit.TokenClass;
import io.routekit.wire.UsageReader;
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

	private CallRates(Price price, @Nullable TierPrice tier, boolean longContext) {
		this.price = price;
		this.tier = tier;
		this.longContext = longContext;
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
		boolean additive = UsageReader.isBesideInput(usage.fields());
		Tier tier = additive ? tierInUsage(call, usage) : tier(call);
		if (tier == null) {
			return null;
		}
		TierPrice tierPrice = price.tiers().get(tier);
		if (tierPrice == null && tier == Tier.BATCH && additive) {
			tierPrice = new TierPrice(HALF, Rates.NONE);
		}
		if (tierPrice == null && tier != Tier.STANDARD) {
			return null;
		}
		return new CallRates(price, tierPrice, price.longContext().isPassedBy(promptTokens));
	}

	private static @Nullable Tier tier(PricedCall call) {
		Tier served = Tier.of(call.serviceTier());
		return (served == Tier.STANDARD && call.batch()) ? Tier.BATCH : served;
	}

	// The priority tier is committed capacity there, without a price of its own
	private static Tier tierInUsage(PricedCall call, UsageFields usage) {
		if (usage.text("speed").equalsIgnoreCase("fast")) {
			return Tier.PRIORITY;
		}
		return (call.batch() || usage.text("service_tier").equalsIgnoreCase("batch")) ? Tier.BATCH : Tier.STANDARD;
	}

	/**
	 * Return the rate of a class of tokens. A part of the prompt that has no published
	 * rate costs as much as the rest of it.
	 * @param tokenClass the class
	 * @return the rate, or {@code null} if there is no known rate
	 */
	@Nullable Rate get(TokenClass tokenClass) {
		Rate rate = published(tokenClass);
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
	 * usage does not tell. A model that has a rate for the usual time has none for
	 * another that it does not list.
	 * @param ttl the time that was asked for, or {@code null} for the default
	 * @return the rate, or {@code null} if there is no known rate
	 */
	@Nullable Rate getCacheWrite(@Nullable String ttl) {
		TokenClass asked = Rates.CLASSES.get("cache-write-" + ttl);
		if (asked != null && isPublishedInStandard(asked)) {
			return get(asked);
		}
		TokenClass usual = isPublishedInStandard(TokenClass.CACHE_WRITE_30M) ? TokenClass.CACHE_WRITE_30M
				: TokenClass.CACHE_WRITE_5M;
		return (ttl == null || !isPublishedInStandard(usual)) ? get(usual) : null;
	}

	private boolean isPublishedInStandard(TokenClass tokenClass) {
		return this.price.rates().get(tokenClass) != null;
	}

	private @Nullable Rate published(TokenClass tokenClass) {
		if (this.longContext) {
			return inTier(inLongContext(tokenClass));
		}
		BigDecimal ofTier = (this.tier != null) ? this.tier.rates().get(tokenClass) : null;
		return (ofTier != null) ? Rate.of(ofTier) : inTier(standard(tokenClass));
	}

	private @Nullable Rate standard(TokenClass tokenClass) {
		BigDecimal rate = this.price.rates().get(tokenClass);
		return (rate != null) ? Rate.of(rate) : null;
	}

	// What is not listed changes as the plain tokens do
	private @Nullable Rate inLongContext(TokenClass tokenClass) {
		Rates rates = this.price.longContext().rates();
		BigDecimal listed = rates.get(tokenClass);
		if (listed != null) {
			return Rate.of(listed);
		}
		TokenClass plain = Rates.plain(tokenClass);
		return inProportion(standard(tokenClass), this.price.rates().get(plain), rates.get(plain));
	}

	private static @Nullable Rate inProportion(@Nullable Rate rate, @Nullable BigDecimal from,
			@Nullable BigDecimal to) {
		return (rate != null && from != null && to != null) ? rate.inProportion(from, to) : rate;
	}

	// What a tier does not list changes as its input does
	private @Nullable Rate inTier(@Nullable Rate rate) {
		if (rate == null || this.tier == null) {
			return rate;
		}
		if (this.tier.factor() != null) {
			return rate.times(this.tier.factor());
		}
		BigDecimal from = this.price.rates().get(TokenClass.INPUT);
		BigDecimal to = this.tier.rates().get(TokenClass.INPUT);
		return (from != null && to != null) ? rate.inProportion(from, to) : null;
	}

}
