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

package io.routekit.cost.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.OneLine;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.PriceProviders;

import org.springframework.core.Ordered;

/**
 * Checks that the provider whose prices a model is to have is one that there are prices
 * of. It changes nothing, and comes last to see what others set.
 */
final class PriceProviderCheck implements ModelSettingsCustomizer, Ordered {

	private static final String PROPERTY = "price-provider";

	private static final Set<String> NO_PRICES = Set.of(PriceProviders.FREE, PriceProviders.NONE);

	private final CurrentPriceCatalogue catalogue;

	PriceProviderCheck(CurrentPriceCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	@Override
	public void customize(String name, ModelSettings.Builder settings) {
		ModelSettings set = settings.build();
		String provider = set.priceProvider();
		// A server may yet bring prices of it
		if (provider != null && !NO_PRICES.contains(provider) && !this.catalogue.isPending()) {
			check(provider, set);
		}
	}

	private void check(String provider, ModelSettings settings) {
		Set<String> known = new TreeSet<>(this.catalogue.get().providers());
		known.addAll(PriceProviders.bundled().names());
		if (!known.contains(provider)) {
			throw new ModelConfigurationException(
					"%s is '%s', a provider that no prices are known of".formatted(settings.source(PROPERTY),
							OneLine.ofName(provider)),
					"Set '%s' to one of %s, to '%s' if the calls cost nothing, or to '%s' if they are to have no price; or add prices of that provider to 'routekit.cost.catalogue'"
						.formatted(settings.property(PROPERTY), String.join(", ", known), PriceProviders.FREE,
								PriceProviders.NONE));
		}
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
