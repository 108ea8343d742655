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

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.routekit.DurationText;
import io.routekit.ModelConfigurationException;
import io.routekit.azure.AzureOpenAiModelProvider;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.Deployments;
import io.routekit.cost.PriceCatalogue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/**
 * Makes of {@link CostProperties} what prices are found with. Names that a server may yet
 * bring prices for are not checked.
 */
final class CostMapper {

	private static final Duration MAX_INTERVAL = Duration.ofDays(365);

	private static final String PREFIX = "routekit.cost.";

	private final CostProperties properties;

	CostMapper(CostProperties properties) {
		this.properties = properties;
	}

	@Nullable Duration refreshInterval() {
		Duration interval = this.properties.getCatalogueRefreshInterval();
		if (interval != null && (interval.toMillis() <= 0 || interval.compareTo(MAX_INTERVAL) > 0)) {
			throw new ModelConfigurationException(
					"'%scatalogue-refresh-interval' must be at least 1 ms and at most %d days but is %s"
						.formatted(PREFIX, MAX_INTERVAL.toDays(), DurationText.of(interval)),
					"Set '%scatalogue-refresh-interval' to a duration, for example 10s".formatted(PREFIX));
		}
		return interval;
	}

	CurrentPriceCatalogue catalogue(Supplier<PriceCatalogue> base, ResourceLoader resourceLoader) {
		PriceCatalogue overrides = overrides();
		String location = this.properties.getCatalogueLocation();
		Resource own = StringUtils.hasText(location)
				? ApplicationResourceLoader.get(resourceLoader, true).getResource(location.strip()) : null;
		try {
			return new CurrentPriceCatalogue(base, own, overrides);
		}
		catch (IllegalArgumentException | UncheckedIOException ex) {
			throw new ModelConfigurationException("The price catalogue cannot be used: %s".formatted(ex.getMessage()),
					"Correct it, or the property '%scatalogue-location'".formatted(PREFIX));
		}
	}

	private PriceCatalogue overrides() {
		try {
			return PriceCatalogue.of(this.properties.getCatalogue()).named(PREFIX + "catalogue");
		}
		catch (IllegalArgumentException ex) {
			throw new ModelConfigurationException("'%scatalogue%s".formatted(PREFIX, quoted(ex)),
					"Correct the property; a model has a provider, an id and rates, for example 'input: \"0.25\"'");
		}
	}

	// The message begins with the path
	private static String quoted(IllegalArgumentException ex) {
		return String.valueOf(ex.getMessage()).replaceFirst(" ", "' ");
	}

	Deployments deployments(CurrentPriceCatalogue catalogue) {
		CostProperties.Azure azure = this.properties.getAzure();
		checkZone("azure.zone", azure.getZone(), catalogue);
		Map<String, Deployments.Deployment> deployments = new LinkedHashMap<>();
		azure.getDeployments().forEach((name, deployment) -> {
			String property = "azure.deployments.%s.".formatted(name);
			checkZone(property + "zone", deployment.getZone(), catalogue);
			checkModel(property + "model", deployment.getModel(), catalogue);
			deployments.put(name, new Deployments.Deployment(deployment.getModel(), deployment.getZone()));
		});
		return new Deployments(azure.getZone(), deployments);
	}

	private static void checkZone(String property, @Nullable String zone, CurrentPriceCatalogue catalogue) {
		if (zone == null || zone.equals(Deployments.NONE.zone())) {
			return;
		}
		if (!catalogue.isPending() && !catalogue.get().knowsZone(zone)) {
			throw new ModelConfigurationException(
					"'%s%s' is '%s', a zone that no price is known for".formatted(PREFIX, property, zone),
					"Set '%s%s' to one of %s, or add prices with that zone to '%scatalogue'".formatted(PREFIX, property,
							String.join(", ", catalogue.get().zones()), PREFIX));
		}
	}

	private static void checkModel(String property, @Nullable String model, CurrentPriceCatalogue catalogue) {
		if (model != null && !catalogue.isPending()
				&& !catalogue.get().contains(AzureOpenAiModelProvider.TYPE, model)) {
			throw new ModelConfigurationException(
					"'%s%s' is '%s', a model that no price is known for".formatted(PREFIX, property, model),
					"Set '%s%s' to a model of the catalogue, such as gpt-5.1, or add it to '%scatalogue' with the provider '%s'"
						.formatted(PREFIX, property, PREFIX, AzureOpenAiModelProvider.TYPE));
		}
	}

}
