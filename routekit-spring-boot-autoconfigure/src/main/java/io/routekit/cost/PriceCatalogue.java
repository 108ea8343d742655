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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The prices of models: those that come with RouteKit, and those of one's own.
 * <pre>{@code
 * PriceCatalogue catalogue = PriceCatalogue.bundled().and(PriceCatalogue.read(stream));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class PriceCatalogue {

	private static final String ANY_MODEL = "*";

	private static final Pattern TRAILING_DATE = Pattern.compile("(.+)-(\\d{4}-\\d{2}-\\d{2}|\\d{8})");

	private static final Pattern FINE_TUNED = Pattern.compile("(ft:[^:]+):.*");

	/**
	 * Variants that hold where no other is asked for, in the order of preference.
	 */
	private static final List<String> DEFAULT_VARIANTS = List.of("standard", "fine-tuned", "global");

	private final List<Price> prices;

	private final Map<String, List<Price>> byModel = new HashMap<>();

	PriceCatalogue(List<Price> prices) {
		this.prices = List.copyOf(prices);
		for (Price price : prices) {
			for (String model : price.models()) {
				this.byModel.computeIfAbsent(key(price.provider(), model), (key) -> new ArrayList<>()).add(price);
			}
		}
	}

	/**
	 * Return the catalogue that comes with RouteKit.
	 * @return the catalogue, read anew
	 */
	public static PriceCatalogue bundled() {
		try (InputStream stream = PriceCatalogue.class.getResourceAsStream("prices.csv")) {
			Assert.state(stream != null, "The bundled prices are missing");
			return new PriceCatalogue(PriceList.read(stream));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The bundled prices could not be read", ex);
		}
	}

	/**
	 * Read prices of one's own: comma-separated values in UTF-8, whose first line names
	 * the columns as the bundled {@code io/routekit/cost/prices.csv} does. Needed are
	 * {@code provider} and {@code model_id}; the rates are US dollars for a million
	 * tokens.
	 * @param csv the prices; the stream is closed
	 * @return the catalogue
	 * @throws IllegalArgumentException if a line is not what it should be
	 */
	public static PriceCatalogue read(InputStream csv) {
		Assert.notNull(csv, "'csv' must not be null");
		return new PriceCatalogue(PriceList.read(csv));
	}

	/**
	 * Return a catalogue that has the prices of another one too, which win. A price of
	 * the same provider, model and variant keeps what the other one leaves out; without
	 * dates, the other one holds at all times.
	 * @param other the other catalogue
	 * @return the catalogue of both
	 */
	public PriceCatalogue and(PriceCatalogue other) {
		Assert.notNull(other, "'other' must not be null");
		List<Price> both = new ArrayList<>();
		for (Price price : other.prices) {
			both.add(this.prices.stream().filter(price::refines).reduce(Price::later).map(price::over).orElse(price));
		}
		this.prices.stream()
			.filter((price) -> other.prices.stream().noneMatch((winner) -> winner.replaces(price)))
			.forEach(both::add);
		return new PriceCatalogue(both);
	}

	/**
	 * Find the price of a model. The name is never taken for the beginning of another.
	 * @param provider the name of the provider in the price list
	 * @param model the name of the model as the provider reported it
	 * @param variant the variant, or {@code null} for the usual one
	 * @param time when the call was made
	 * @return the price, or {@code null} if there is none
	 */
	@Nullable Price find(String provider, String model, @Nullable String variant, Instant time) {
		ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
		for (String name : names(model)) {
			List<Price> candidates = this.byModel.getOrDefault(key(provider, name), Collections.emptyList())
				.stream()
				.filter((price) -> price.isValidOn(utc.toLocalDate()))
				.toList();
			Price price = choose(candidates, variant, utc);
			if (price != null) {
				return price;
			}
		}
		return null;
	}

	private static List<String> names(String model) {
		List<String> names = new ArrayList<>();
		names.add(model);
		Matcher fineTuned = FINE_TUNED.matcher(model);
		if (fineTuned.matches()) {
			names.add(fineTuned.group(1));
		}
		Matcher dated = TRAILING_DATE.matcher(model);
		if (dated.matches()) {
			names.add(dated.group(1));
		}
		names.add(ANY_MODEL);
		return names;
	}

	private static @Nullable Price choose(List<Price> candidates, @Nullable String variant, ZonedDateTime utc) {
		if (variant != null) {
			return withVariant(candidates, variant);
		}
		for (String usual : DEFAULT_VARIANTS) {
			Price price = withVariant(candidates, usual);
			if (price != null) {
				return price;
			}
		}
		return withVariant(candidates, isPeak(utc.getHour()) ? "peak" : "off-peak");
	}

	// DeepSeek, since 2026-08-17
	private static boolean isPeak(int hour) {
		return (hour >= 1 && hour < 4) || (hour >= 6 && hour < 10);
	}

	private static @Nullable Price withVariant(List<Price> candidates, String variant) {
		return candidates.stream().filter((price) -> price.variant().equals(variant)).findFirst().orElse(null);
	}

	private static String key(String provider, String model) {
		return provider + " " + model;
	}

}
