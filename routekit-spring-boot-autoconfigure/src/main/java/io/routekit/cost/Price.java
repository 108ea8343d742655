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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
	 * Tell whether this price can be one of the model of another price.
	 * @param other the other price
	 * @return whether it has the provider, the variant and the model
	 */
	boolean refines(Price other) {
		return this.provider.equals(other.provider) && this.variant.equals(other.variant)
				&& other.models.contains(this.models.get(0));
	}

	/**
	 * Tell whether another price is not needed when there is this one.
	 * @param other the other price
	 * @return whether this one is always valid, for the same id
	 */
	boolean replaces(Price other) {
		return this.validFrom == null && this.validTo == null && refines(other)
				&& this.models.get(0).equals(other.models.get(0));
	}

	/**
	 * Return the later one of two prices.
	 * @param other the other price
	 * @return the one that stays valid for longer
	 */
	Price later(Price other) {
		return (this.validTo == null || (other.validTo != null && other.validTo.isBefore(this.validTo))) ? this : other;
	}

	/**
	 * Return this price with what it leaves out from another one.
	 * @param other the other price
	 * @return the price
	 */
	Price over(Price other) {
		boolean same = this.models.get(0).equals(other.models.get(0));
		Map<Rate, BigDecimal> rates = new EnumMap<>(Rate.class);
		rates.putAll(other.rates);
		rates.putAll(this.rates);
		List<String> models = Stream.concat(this.models.stream(), same ? other.models.stream() : Stream.empty())
			.distinct()
			.toList();
		return new Price(this.provider, models, this.variant, this.validFrom, this.validTo,
				(this.longContext != null) ? this.longContext : other.longContext, rates);
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
