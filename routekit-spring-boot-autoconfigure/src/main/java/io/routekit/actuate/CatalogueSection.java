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
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.PriceCatalogue;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Shows the prices that hold.
 *
 * @since 0.1.0
 */
@RegisterReflectionForBinding(CatalogueSection.CatalogueDescriptor.class)
public final class CatalogueSection implements EndpointSection {

	private final CurrentPriceCatalogue catalogue;

	private final Clock clock;

	/**
	 * Create a new {@link CatalogueSection} instance.
	 * @param catalogue the prices
	 */
	public CatalogueSection(CurrentPriceCatalogue catalogue) {
		this(catalogue, Clock.systemUTC());
	}

	CatalogueSection(CurrentPriceCatalogue catalogue, Clock clock) {
		Assert.notNull(catalogue, "'catalogue' must not be null");
		this.catalogue = catalogue;
		this.clock = clock;
	}

	@Override
	public String name() {
		return "catalogue";
	}

	@Override
	public CatalogueDescriptor describe() {
		return CatalogueDescriptor.of(this.catalogue.get(), LocalDate.now(this.clock));
	}

	/**
	 * Description of a price catalogue.
	 *
	 * @param version the version, or {@code null} if it has none
	 * @param date the day of the prices, or {@code null} if it is not known
	 * @param ageInDays the number of days since then
	 * @param models the number of models that have prices
	 */
	record CatalogueDescriptor(@Nullable String version, @Nullable LocalDate date, @Nullable Long ageInDays,
			int models) {

		static CatalogueDescriptor of(PriceCatalogue catalogue, LocalDate today) {
			LocalDate date = catalogue.date();
			return new CatalogueDescriptor(StringUtils.hasText(catalogue.version()) ? catalogue.version() : null, date,
					(date != null) ? ChronoUnit.DAYS.between(date, today) : null, catalogue.size());
		}

	}

}
