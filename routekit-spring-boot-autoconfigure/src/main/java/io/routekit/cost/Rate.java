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
 * A rate for a million tokens as a fraction: that of a tier is often only known from
 * those of others, and need not be a finite decimal.
 *
 * @param dividend the amount in US dollars
 * @param divisor what it is divided by
 */
record Rate(BigDecimal dividend, BigDecimal divisor) {

	private static final int MILLION = 6;

	static Rate of(BigDecimal rate) {
		return new Rate(rate, BigDecimal.ONE);
	}

	Rate times(BigDecimal factor) {
		return new Rate(this.dividend.multiply(factor), this.divisor);
	}

	/**
	 * Return what this rate is if another one changes.
	 * @param from the other rate as it is
	 * @param to what it changes to
	 * @return the rate in the same proportion, or {@code null} if there is none, for the
	 * other rate is zero
	 */
	@Nullable Rate inProportion(BigDecimal from, BigDecimal to) {
		if (from.compareTo(to) == 0) {
			return this;
		}
		return (from.signum() != 0) ? new Rate(this.dividend.multiply(to), this.divisor.multiply(from)) : null;
	}

	/**
	 * Return what tokens cost. That is exact if a decimal can be.
	 * @param tokens the number of tokens
	 * @return the amount in US dollars
	 */
	BigDecimal amount(long tokens) {
		BigDecimal amount = this.dividend.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION);
		if (this.divisor.equals(BigDecimal.ONE)) {
			return amount;
		}
		try {
			return amount.divide(this.divisor);
		}
		catch (ArithmeticException ex) {
			return amount.divide(this.divisor, MathContext.DECIMAL128);
		}
	}

}
