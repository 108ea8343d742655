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

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.cost.PriceCatalogue;
import io.routekit.observation.BoundedTags;
import io.routekit.observation.CallLedger;
import io.routekit.resilience.Route;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * {@link Endpoint @Endpoint} that shows the models of an application with their settings,
 * the prices that hold, and what calls took, without anything secret.
 *
 * @since 0.1.0
 */
@Endpoint(id = "routekit", defaultAccess = Access.READ_ONLY)
public final class RouteKitEndpoint {

	private final Supplier<Map<String, Model>> models;

	private final Function<Model, @Nullable Map<String, Object>> settings;

	private final Function<Model, @Nullable Map<String, Object>> state;

	private final Supplier<List<ModelFilter>> filters;

	private final Supplier<@Nullable PriceCatalogue> catalogue;

	private final Supplier<@Nullable CallLedger> ledger;

	private final Supplier<@Nullable BoundedTags> tags;

	private final SecretRedactor secrets;

	private final Clock clock;

	/**
	 * Create a new {@link RouteKitEndpoint} instance.
	 * @param models supplies the models by name
	 * @param settings gives the settings of a model by name, without anything secret, or
	 * {@code null} if it has none
	 * @param state gives the state of what lets the calls of a model through by name, or
	 * {@code null} if nothing is known
	 * @param filters supplies the filters around the models, the outermost first
	 * @param catalogue supplies the prices that hold, or {@code null} if there are none
	 * @param ledger supplies what calls took, or {@code null} if they are not observed
	 * @param tags supplies what bounds the tags of meters, or {@code null} if calls are
	 * not observed
	 * @param secrets takes the secrets out of what is shown
	 */
	public RouteKitEndpoint(Supplier<Map<String, Model>> models,
			Function<Model, @Nullable Map<String, Object>> settings,
			Function<Model, @Nullable Map<String, Object>> state, Supplier<List<ModelFilter>> filters,
			Supplier<@Nullable PriceCatalogue> catalogue, Supplier<@Nullable CallLedger> ledger,
			Supplier<@Nullable BoundedTags> tags, SecretRedactor secrets) {
		this(models, settings, state, filters, catalogue, ledger, tags, secrets, Clock.systemUTC());
	}

	RouteKitEndpoint(Supplier<Map<String, Model>> models, Function<Model, @Nullable Map<String, Object>> settings,
			Function<Model, @Nullable Map<String, Object>> state, Supplier<List<ModelFilter>> filters,
			Supplier<@Nullable PriceCatalogue> catalogue, Supplier<@Nullable CallLedger> ledger,
			Supplier<@Nullable BoundedTags> tags, SecretRedactor secrets, Clock clock) {
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(state, "'state' must not be null");
		Assert.notNull(filters, "'filters' must not be null");
		Assert.notNull(catalogue, "'catalogue' must not be null");
		Assert.notNull(ledger, "'ledger' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		Assert.notNull(models, "'models' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(state, "'state' must not be null");
		Assert.notNull(filters, "'filters' must not be null");
		Assert.notNull(catalogue, "'catalogue' must not be null");
		Assert.notNull(ledger, "'ledger' must not be null");
		Assert.notNull(tags, "'tags' must not be null");
		Assert.notNull(secrets, "'secrets' must not be null");
		this.models = models;
		this.settings = settings;
		this.state = state;
		this.filters = filters;
		this.catalogue = catalogue;
		this.ledger = ledger;
		this.tags = tags;
		this.secrets = secrets;
		this.clock = clock;
	}

	@ReadOperation
	RouteKitDescriptor routekit() {
		Map<String, ModelDescriptor> models = new LinkedHashMap<>();
		this.models.get().forEach((name, model) -> models.put(name, describe(model)));
		PriceCatalogue catalogue = this.catalogue.get();
		CallLedger ledger = this.ledger.get();
		BoundedTags tags = this.tags.get();
		return new RouteKitDescriptor(models,
				(catalogue != null) ? CatalogueDescriptor.of(catalogue, LocalDate.now(this.clock)) : null,
				(ledger != null) ? CallsDescriptor.of(ledger) : null,
				(tags != null) ? new MetersDescriptor(tags.sets(), tags.maxSets()) : null);
	}

	@ReadOperation
	@Nullable ModelDescriptor model(@Selector String model) {
		Model found = this.models.get().get(model);
		return (found != null) ? describe(found) : null;
	}

	private ModelDescriptor describe(Model model) {
		URI endpoint = model.endpoint();
		Map<String, Object> settings = this.settings.apply(model);
		return new ModelDescriptor(this.secrets.redactNullable(model.provider()),
				this.secrets.redactNullable(model.name()),
				(endpoint != null) ? this.secrets.redact(SettingValues.withoutSecrets(endpoint)) : null,
				(model instanceof Route) ? Collections.emptyList()
						: this.filters.get().stream().map(this::describe).toList(),
				withoutSecrets((settings != null) ? SettingValues.readable(settings) : null),
				withoutSecrets(this.state.apply(model)));
	}

	private @Nullable Map<String, Object> withoutSecrets(@Nullable Map<String, Object> values) {
		return (values != null) ? this.secrets.redact(values) : null;
	}

	private String describe(ModelFilter filter) {
		return ClassUtils.getShortName(AopUtils.getTargetClass(filter));
	}

	/**
	 * Description of the models of an application and of their calls.
	 *
	 * @param models the models by the name of their bean
	 * @param catalogue the prices that hold, or {@code null} if there are none
	 * @param calls what calls took, or {@code null} if they are not observed
	 * @param meters the bounds of their meters, or {@code null} if they are not observed
	 */
	record RouteKitDescriptor(Map<String, ModelDescriptor> models, @Nullable CatalogueDescriptor catalogue,
			@Nullable CallsDescriptor calls, @Nullable MetersDescriptor meters) implements OperationResponseBody {

	}

	/**
	 * Description of the meters of calls.
	 *
	 * @param tagSets the number of sets of tags that were kept as they are so far
	 * @param maxTagSets how many are kept as they are
	 */
	record MetersDescriptor(int tagSets, int maxTagSets) {

	}

	/**
	 * Description of a model.
	 *
	 * @param provider the type of the provider, or {@code null} if a mock tells none
	 * @param name the name of the model, or {@code null} if a mock tells none
	 * @param endpoint the URL of the server, or {@code null} if there is none
	 * @param filters the filters around the model, the outermost first; none around a
	 * route, whose models have them
	 * @param settings the settings by name, or {@code null} if properties do not describe
	 * the model
	 * @param state what lets the calls of the model through by name, or {@code null} if
	 * nothing does
	 */
	record ModelDescriptor(@Nullable String provider, @Nullable String name, @Nullable String endpoint,
			List<String> filters, @Nullable Map<String, Object> settings,
			@Nullable Map<String, Object> state) implements OperationResponseBody {

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
