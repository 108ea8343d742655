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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The price of a model in a period of time.
 *
 * @param provider the name of the provider in the price list
 * @param models the ids of the model and its aliases; {@code *} stands for any
 * @param variant the variant of the price, for example a zone of Azure
 * @param validFrom the first day, or {@code null} if always before {@code validTo}
 * @param validTo the last day, or {@code null} if it is still valid
 * @param longContext the size of the prompt from which on it is long, or {@code null} if
 * no size is
 * @param rates the rates; those that are not published are missing
 */
record Price(String provider, List<String> models, String variant, @Nullable LocalDate validFrom,
		@Nullable LocalDate validTo, @Nullable Threshold longContext, Map<Rate, BigDecimal> rates) {

	boolean isValidOn(LocalDate date) {
		return (this.validFrom == null || !date.isBefore(this.validFrom))
				&& (this.validTo == null || !date.isAfter(this.validTo));
	}

	@Nullable BigDecimal rate(Rate rate) {
		return this.rates.get(rate);
	}

	boolean isLongContext(long promptTokens) {
		return this.longContext != null && this.longContext.isPassedBy(promptTokens);
	}

	/**
	 * A number of tokens that makes the whole request more expensive.
	 *
	 * @param tokens the number of tokens
	 * @param inclusive whether that number itself does
	 */
	record Threshold(long tokens, boolean inclusive) {

		boolean isPassedBy(long promptTokens) {
			return this.inclusive ? promptTokens >= this.tokens : promptTokens > this.tokens;
		}

	}

}
