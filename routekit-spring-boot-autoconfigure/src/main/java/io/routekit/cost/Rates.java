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
import java.math.MathContext;

import org.jspecify.annotations.Nullable;

/**
 * The rates that hold for one call: those of its price, its tier of service and the size
 * of its prompt.
 */
final class Rates {

	private final Price price;

	private final boolean longContext;

	private final Tier tier;

	/**
	 * What all rates are multiplied by, as a fraction so that it stays exact.
	 */
	private final BigDecimal numerator;

	private final BigDecimal denominator;

	private Rates(Price price, boolean longContext, Tier tier, BigDecimal numerator, BigDecimal denominator) {
		this.price = price;
		this.longContext = longContext;
		this.tier = tier;
		this.numerator = numerator;
		this.denominator = denominator;
	}

	/**
	 * Return the rates of a tier that has its own.
	 * @param price the price of the model
	 * @param tier the tier
	 * @param longContext whether the prompt is long
	 * @return the rates, or {@code null} if the tier has no published price
	 */
	static @Nullable Rates of(Price price, Tier tier, boolean longContext) {
		BigDecimal input = price.rate(Rate.INPUT);
		BigDecimal tierInput = price.rate(tier.input());
		if (input == null || tierInput == null) {
			return null;
		}
		boolean free = input.signum() == 0;
		return new Rates(price, longContext, tier, free ? BigDecimal.ONE : tierInput, free ? BigDecimal.ONE : input);
	}

	/**
	 * Return the standard rates, all of them multiplied.
	 * @param price the price of the model
	 * @param longContext whether the prompt is long
	 * @param numerator the numerator of the factor
	 * @param denominator the denominator of the factor
	 * @return the rates
	 */
	static Rates multiplied(Price price, boolean longContext, BigDecimal numerator, BigDecimal denominator) {
		return new Rates(price, longContext, Tier.STANDARD, numerator, denominator);
	}

	@Nullable BigDecimal input() {
		return rate(Rate.LC_INPUT, Rate.INPUT, this.tier.input());
	}

	@Nullable BigDecimal output() {
		return rate(Rate.LC_OUTPUT, Rate.OUTPUT, this.tier.output());
	}

	@Nullable BigDecimal cacheRead() {
		if (!this.longContext && this.tier != Tier.STANDARD) {
			BigDecimal own = (this.tier.cacheRead() != null) ? this.price.rate(this.tier.cacheRead()) : null;
			BigDecimal rate = (own != null) ? own : this.price.rate(Rate.CACHE_READ);
			return (rate != null) ? rate : input();
		}
		return orInput(multiply(published(Rate.LC_CACHE_READ, Rate.CACHE_READ)));
	}

	@Nullable BigDecimal cacheWrite() {
		BigDecimal rate = published(Rate.LC_CACHE_WRITE, Rate.CACHE_WRITE_30M);
		return orInput(multiply((rate != null) ? rate : this.price.rate(Rate.CACHE_WRITE_5M)));
	}

	@Nullable BigDecimal cacheWrite5m() {
		return orInput(multiply(published(Rate.LC_CACHE_WRITE, Rate.CACHE_WRITE_5M)));
	}

	@Nullable BigDecimal cacheWrite1h() {
		return orInput(multiply(published(Rate.LC_CACHE_WRITE_1H, Rate.CACHE_WRITE_1H)));
	}

	@Nullable BigDecimal audioInput() {
		return orInput(this.price.rate(Rate.AUDIO_INPUT));
	}

	@Nullable BigDecimal audioOutput() {
		BigDecimal rate = this.price.rate(Rate.AUDIO_OUTPUT);
		return (rate != null) ? rate : output();
	}

	private @Nullable BigDecimal rate(Rate longContext, Rate standard, Rate own) {
		if (this.tier == Tier.STANDARD || this.longContext) {
			return multiply(published(longContext, standard));
		}
		return this.price.rate(own);
	}

	private @Nullable BigDecimal published(Rate longContext, Rate standard) {
		BigDecimal rate = this.longContext ? this.price.rate(longContext) : null;
		return (rate != null) ? rate : this.price.rate(standard);
	}

	private @Nullable BigDecimal orInput(@Nullable BigDecimal rate) {
		return (rate != null) ? rate : input();
	}

	private @Nullable BigDecimal multiply(@Nullable BigDecimal rate) {
		if (rate == null || this.numerator.compareTo(this.denominator) == 0) {
			return rate;
		}
		BigDecimal product = rate.multiply(this.numerator);
		try {
			return product.divide(this.denominator);
		}
		catch (ArithmeticException ex) {
			// The quotient has no end
			return product.divide(this.denominator, MathContext.DECIMAL128);
		}
	}

}
