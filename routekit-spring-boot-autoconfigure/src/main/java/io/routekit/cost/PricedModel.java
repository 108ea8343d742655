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
import java.util.Comparator;
import java.util.LinkedHashMap;
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

	@Nullable Price find(@Nullable String zone, Instant time) {
		ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
		for (String candidate : Zones.around((zone != null) ? zone : Zones.GLOBAL)) {
			Price price = findExactly(candidate, utc);
			if (price != null) {
				return price;
			}
		}
		// A price without a zone holds in each
		return findExactly(null, utc);
	}

	// That of the hour counts before that of the day
	private @Nullable Price findExactly(@Nullable String zone, ZonedDateTime utc) {
		Price found = null;
		for (Price price : this.prices) {
			boolean better = found == null || (!found.hasHours() && price.hasHours());
			if (better && Objects.equals(price.zone(), zone) && price.isValidAt(utc)) {
				found = price;
			}
		}
		return found;
	}

	/**
	 * Return this model with what its prices leave out from another one, whatever that is
	 * at the time and in the zone of each. A price of its own without dates holds at all
	 * times, one without a zone in all zones.
	 * @param other the other model
	 * @return the model of both, with the name of this one
	 */
	PricedModel over(PricedModel other) {
		List<Price> prices = new ArrayList<>();
		for (Price own : this.prices) {
			List<Price> known = other.pricesFor(own);
			known.stream().filter(own::overlaps).forEach((price) -> prices.add(own.over(price).during(price)));
			// At times when nothing was known before
			prices.add(known.stream()
				.filter((price) -> own.zone() != null || price.zone() == null)
				.reduce((one, two) -> two.outlasts(one) ? two : one)
				.map(own::over)
				.orElse(own));
		}
		Map<String, LocalDate> aliases = new LinkedHashMap<>();
		if (this.id.equals(other.id)) {
			aliases.putAll(other.aliases);
			prices.addAll(other.prices);
		}
		aliases.putAll(this.aliases);
		return new PricedModel(this.provider, this.id, aliases, prices);
	}

	/**
	 * Return the prices that another one changes.
	 * @param other the other price
	 * @return the prices, those of the same hours first
	 */
	private List<Price> pricesFor(Price other) {
		return pricesIn(other.zone()).stream()
			.filter((price) -> !other.hasHours() || !price.hasHours() || other.hours().equals(price.hours()))
			.sorted(Comparator.comparing(Price::hasHours).reversed())
			.toList();
	}

	private List<Price> pricesIn(@Nullable String zone) {
		if (zone == null) {
			return this.prices;
		}
		for (String candidate : Zones.around(zone)) {
			List<Price> prices = pricesExactlyIn(candidate);
			if (!prices.isEmpty()) {
				return prices;
			}
		}
		return pricesExactlyIn(null);
	}

	private List<Price> pricesExactlyIn(@Nullable String zone) {
		return this.prices.stream().filter((price) -> Objects.equals(price.zone(), zone)).toList();
	}

}
