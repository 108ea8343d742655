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
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The price of a model in a period of time.
 *
 * @param zone the zone of Azure that it holds in, or {@code null} for any
 * @param from the first day, or {@code null} if always before {@code to}
 * @param to the last day, or {@code null} if it is still valid
 * @param hours when within its days it holds
 * @param rates the rates of the standard tier
 * @param longContext what a request with a long prompt costs
 * @param tiers the prices of other tiers of service
 * @param webSearch US dollars for a thousand searches of the web, or {@code null} if not
 * known
 * @param searchesInEachCall whether the model searches the web once in each call, which
 * no usage counts, or {@code null} if not known
 * @param regionMultiplier what all rates are multiplied by if the data stays in a region,
 * or {@code null} if that changes nothing
 */
record Price(@Nullable String zone, @Nullable LocalDate from, @Nullable LocalDate to, Hours hours, Rates rates,
		LongContext longContext, Map<Tier, TierPrice> tiers, @Nullable BigDecimal webSearch,
		@Nullable Boolean searchesInEachCall, @Nullable BigDecimal regionMultiplier) {

	boolean isValidAt(ZonedDateTime utc) {
		LocalDate date = utc.toLocalDate();
		return (this.from == null || !date.isBefore(this.from)) && (this.to == null || !date.isAfter(this.to))
				&& this.hours.contains(utc);
	}

	/**
	 * Return whether this price holds at certain hours only, and not at others of its
	 * days.
	 * @return whether it does
	 */
	boolean hasHours() {
		return !this.hours.equals(Hours.ALL);
	}

	boolean overlaps(Price other) {
		return !isAfter(this.from, other.to) && !isAfter(other.from, this.to);
	}

	private static boolean isAfter(@Nullable LocalDate from, @Nullable LocalDate to) {
		return from != null && to != null && from.isAfter(to);
	}

	/**
	 * Return this price with what it leaves out from another one. When and where it holds
	 * is not left out.
	 * @param other the other price
	 * @return the price
	 */
	Price over(Price other) {
		Map<Tier, TierPrice> tiers = new EnumMap<>(Tier.class);
		tiers.putAll(other.tiers);
		this.tiers.forEach((tier, price) -> tiers.merge(tier, price, (known, own) -> own.over(known)));
		return new Price(this.zone, this.from, this.to, this.hours, this.rates.over(other.rates),
				this.longContext.over(other.longContext), tiers,
				(this.webSearch != null) ? this.webSearch : other.webSearch,
				(this.searchesInEachCall != null) ? this.searchesInEachCall : other.searchesInEachCall,
				(this.regionMultiplier != null) ? this.regionMultiplier : other.regionMultiplier);
	}

	/**
	 * Return this price for the times when another one holds too.
	 * @param other the other price
	 * @return the price, which has the zone of the other one unless it has one itself
	 */
	Price during(Price other) {
		LocalDate from = (this.from == null || isAfter(other.from, this.from)) ? other.from : this.from;
		LocalDate to = (this.to == null || isAfter(this.to, other.to)) ? other.to : this.to;
		return new Price((this.zone != null) ? this.zone : other.zone, from, to, hasHours() ? this.hours : other.hours,
				this.rates, this.longContext, this.tiers, this.webSearch, this.searchesInEachCall,
				this.regionMultiplier);
	}

	/**
	 * Tell which of two prices is valid for longer.
	 * @param other the other price
	 * @return whether it is this one
	 */
	boolean outlasts(Price other) {
		return this.to == null || (other.to != null && other.to.isBefore(this.to));
	}

}
