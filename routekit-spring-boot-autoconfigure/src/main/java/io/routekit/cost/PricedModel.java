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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A model and its prices.
 *
 * @param provider the name of the provider
 * @param id the name of the model
 * @param aliases other names of the model, with the day since when
 * @param prices the prices; of those that hold at the same time and place, the first
 * counts
 */
record PricedModel(String provider, String id, Map<String, LocalDate> aliases, List<Price> prices) {

	static final String DEFAULT_ZONE = "global";

	@Nullable Price find(String name, @Nullable String zone, Instant time) {
		ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
		LocalDate since = this.aliases.get(name);
		if (since != null && utc.toLocalDate().isBefore(since)) {
			return null;
		}
		Price price = find((zone != null) ? zone : DEFAULT_ZONE, utc);
		// A price without a zone holds in each
		return (price != null) ? price : find(null, utc);
	}

	// That of the hour counts before that of the day
	private @Nullable Price find(@Nullable String zone, ZonedDateTime utc) {
		Price found = null;
		for (Price price : this.prices) {
			boolean better = found == null || (found.hours().isEmpty() && !price.hours().isEmpty());
			if (better && Objects.equals(price.zone(), zone) && price.isValidAt(utc)) {
				found = price;
			}
		}
		return found;
	}

	/**
	 * Return this model with what its prices leave out from another one. A price of its
	 * own without dates holds at all times: it changes all prices of the other one in its
	 * zone, or in all zones if it has none.
	 * @param other the other model
	 * @return the model of both
	 */
	PricedModel over(PricedModel other) {
		List<Price> prices = new ArrayList<>();
		for (Price own : this.prices) {
			List<Price> known = other.prices.stream()
				.filter((price) -> own.zone() == null || own.zone().equals(price.zone()))
				.toList();
			Price last = known.stream().reduce((one, two) -> two.outlasts(one) ? two : one).orElse(null);
			if (!own.isDated() && own.hours().isEmpty()) {
				known.forEach((price) -> prices.add(own.over(price).when(price)));
			}
			prices.add((last != null) ? own.over(last) : own);
		}
		boolean same = this.id.equals(other.id);
		if (same) {
			prices.addAll(other.prices);
		}
		return new PricedModel(this.provider, this.id, (same && this.aliases.isEmpty()) ? other.aliases : this.aliases,
				prices);
	}

}
