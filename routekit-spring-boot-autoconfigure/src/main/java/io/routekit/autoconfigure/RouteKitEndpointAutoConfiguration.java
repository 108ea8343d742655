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

package io.routekit.autoconfigure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.Models;
import io.routekit.actuate.RouteKitEndpoint;
import io.routekit.cost.CurrentPriceCatalogue;
import io.routekit.cost.PriceCatalogue;
import io.routekit.observation.BoundedTags;
import io.routekit.observation.CallLedger;
import io.routekit.observation.MeteringFilter;
import io.routekit.resilience.Route;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link RouteKitEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RouteKitAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(RouteKitEndpoint.class)
@Import(SecretConfiguration.class)
public final class RouteKitEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean({ Model.class, MeteringFilter.class })
	@ConditionalOnMissingBean
	CallLedger routeKitCallLedger(ObjectProvider<BoundedTags> tags) {
		return new CallLedger(tags.getIfAvailable(BoundedTags::new));
	}

	@Bean
	@ConditionalOnBean(Model.class)
	@ConditionalOnMissingBean
	RouteKitEndpoint routeKitEndpoint(Models models, ObjectProvider<ModelFilter> filters,
			ObjectProvider<CurrentPriceCatalogue> catalogue, ObjectProvider<CallLedger> ledger,
			ObjectProvider<MeteringFilter> metering, ObjectProvider<BoundedTags> tags, SecretRedactor secrets) {
		return new RouteKitEndpoint(() -> models(models), RouteKitEndpointAutoConfiguration::settings,
				RouteKitEndpointAutoConfiguration::state, () -> filters.orderedStream().toList(),
				() -> prices(catalogue.getIfAvailable()),
				() -> isObserving(metering.getIfAvailable()) ? ledger.getIfAvailable() : null,
				() -> isObserving(metering.getIfAvailable()) ? tags.getIfAvailable() : null, secrets);
	}

	private static @Nullable PriceCatalogue prices(@Nullable CurrentPriceCatalogue catalogue) {
		return (catalogue != null) ? catalogue.get() : null;
	}

	private static boolean isObserving(@Nullable MeteringFilter metering) {
		return metering != null && metering.isObserving();
	}

	private static @Nullable Map<String, Object> settings(Model model) {
		Route route = unwrap(model, Route.class);
		if (route != null) {
			return route.describe();
		}
		ConfiguredModel configured = unwrap(model, ConfiguredModel.class);
		return (configured != null) ? configured.describeSettings() : null;
	}

	private static @Nullable Map<String, Object> state(Model model) {
		ConfiguredModel configured = unwrap(model, ConfiguredModel.class);
		Map<String, Object> state = (configured != null) ? configured.describeState() : Collections.emptyMap();
		return state.isEmpty() ? null : state;
	}

	private static <T> @Nullable T unwrap(Model model, Class<T> type) {
		try {
			// A mock unwraps to nothing
			return model.unwrap(type);
		}
		catch (IllegalStateException ex) {
			// A model of the application
			return null;
		}
	}

	private static Map<String, Model> models(Models models) {
		Map<String, Model> byName = new LinkedHashMap<>();
		models.names().forEach((name) -> byName.put(name, models.get(name)));
		return byName;
	}

}
