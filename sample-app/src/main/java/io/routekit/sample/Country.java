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

package io.routekit.sample;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A country that the carrier of the shop goes to.
 *
 * @param name the name in English
 * @param zone how far away it is
 */
record Country(String name, Zone zone) {

	private static final Set<String> NEAR = Set.of("AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR",
			"HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

	private static final Map<String, Country> COUNTRIES = countries();

	private static Map<String, Country> countries() {
		Map<String, Country> countries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		Arrays.stream(Locale.getISOCountries()).forEach((code) -> {
			Zone zone = code.equals("DE") ? Zone.HOME : NEAR.contains(code) ? Zone.NEAR : Zone.FAR;
			Country country = new Country(
					new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH), zone);
			countries.put(code, country);
			countries.put(country.name(), country);
		});
		return countries;
	}

	/**
	 * Return a country.
	 * @param name its name in English or its ISO code of two letters
	 * @return the country, or {@code null} if there is none of that name
	 */
	static @Nullable Country of(String name) {
		return COUNTRIES.get(name.strip());
	}

	/**
	 * How far away a country is.
	 */
	enum Zone {

		HOME("4.90", "0.80", 2), NEAR("9.90", "1.50", 4), FAR("19.90", "6.00", 9);

		private final BigDecimal parcel;

		private final BigDecimal kilogram;

		private final int days;

		Zone(String parcel, String kilogram, int days) {
			this.parcel = new BigDecimal(parcel);
			this.kilogram = new BigDecimal(kilogram);
			this.days = days;
		}

		BigDecimal price(BigDecimal weight) {
			return this.parcel.add(this.kilogram.multiply(weight));
		}

		int days() {
			return this.days;
		}

	}

}
