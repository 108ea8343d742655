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

package io.routekit.actuate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.routekit.Models;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PriceProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Shows the prices that hold.
 *
 * @since 0.1.0
 */
@RegisterReflectionForBinding({ CatalogueSection.CatalogueDescriptor.class, CatalogueSection.OwnDescriptor.class })
public final class CatalogueSection implements EndpointSection {

	private static final Set<String> NO_PRICES = Set.of(PriceProviders.FREE, PriceProviders.NONE);

	private static final String UNKNOWN = "unknown";

	private final CurrentPriceCatalogue catalogue;

	private final Models models;

	private final Clock clock;

	/**
	 * Create a new {@link CatalogueSection} instance.
	 * @param catalogue the prices
	 * @param models the models by name
	 */
	public CatalogueSection(CurrentPriceCatalogue catalogue, Models models) {
		this(catalogue, models, Clock.systemUTC());
	}

	CatalogueSection(CurrentPriceCatalogue catalogue, Models models, Clock clock) {
		Assert.notNull(catalogue, "'catalogue' must not be null");
		Assert.notNull(models, "'models' must not be null");
		this.catalogue = catalogue;
		this.models = models;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "catalogue";
	}

	@Override
	public CatalogueDescriptor describe() {
		PriceCatalogue current = this.catalogue.get();
		return CatalogueDescriptor.of(current, LocalDate.now(this.clock), OwnDescriptor.of(this.catalogue),
				priceProviders(current.providers()));
	}

	private Map<String, String> priceProviders(Set<String> priced) {
		Map<String, String> names = new LinkedHashMap<>();
		for (String model : this.models.names()) {
			String name = PriceProviders.bundled().nameFor(this.models.get(model));
			if (name == null) {
				names.put(model, UNKNOWN);
			}
			else if (NO_PRICES.contains(name) || priced.contains(name)) {
				names.put(model, name);
			}
		}
		return names;
	}

	/**
	 * Description of a price catalogue.
	 *
	 * @param version the version, or {@code null} if it has none
	 * @param date the day of the prices, or {@code null} if it is not known
	 * @param ageInDays the number of days since then
	 * @param models the number of models that have prices
	 * @param sources where the prices are from; each wins over those before it
	 * @param own the catalogue of one's own, or {@code null} if there is none
	 * @param priceProviders the provider whose prices each model has, by the name of the
	 * model; {@code unknown} if nobody knows its server, and nothing for a model that has
	 * no server and no prices
	 */
	record CatalogueDescriptor(@Nullable String version, @Nullable LocalDate date, @Nullable Long ageInDays, int models,
			List<String> sources, @Nullable OwnDescriptor own, Map<String, String> priceProviders) {

		static CatalogueDescriptor of(PriceCatalogue catalogue, LocalDate today, @Nullable OwnDescriptor own,
				Map<String, String> priceProviders) {
			LocalDate date = catalogue.date();
			return new CatalogueDescriptor(StringUtils.hasText(catalogue.version()) ? catalogue.version() : null, date,
					(date != null) ? ChronoUnit.DAYS.between(date, today) : null, catalogue.size(), catalogue.sources(),
					own, priceProviders);
		}

	}

	/**
	 * Description of a catalogue of one's own.
	 *
	 * @param location where it is
	 * @param lastRefresh when it was last found to be good, or {@code null} if it was not
	 * so far
	 * @param error why it could not be read the last time, or {@code null} if it could
	 */
	record OwnDescriptor(String location, @Nullable Instant lastRefresh, @Nullable String error) {

		static @Nullable OwnDescriptor of(CurrentPriceCatalogue catalogue) {
			String location = catalogue.location();
			return (location != null) ? new OwnDescriptor(location, catalogue.lastRefresh(), catalogue.error()) : null;
		}

	}

}
