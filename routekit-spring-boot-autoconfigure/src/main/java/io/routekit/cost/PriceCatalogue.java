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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The prices of models: those that come with RouteKit, and those of one's own.
 * <pre>{@code
 * PriceCatalogue catalogue = PriceCatalogue.bundled().and(PriceCatalogue.read(stream));
 * }</pre> Immutable.
 *
 * @since 0.1.0
 */
public final class PriceCatalogue {

	private static final String ANY_MODEL = "*";

	private static final PriceCatalogue EMPTY = new PriceCatalogue("", Collections.emptyList());

	private final String version;

	private final Map<String, PricedModel> models = new LinkedHashMap<>();

	private final Map<String, PricedModel> byName = new HashMap<>();

	private final Set<String> names = new HashSet<>();

	PriceCatalogue(String version, Collection<PricedModel> models) {
		this.version = version;
		for (PricedModel model : models) {
			this.models.put(key(model.provider(), model.id()), model);
			this.names.add(model.id());
			this.names.addAll(model.aliases().keySet());
		}
		this.names.remove(ANY_MODEL);
		this.byName.putAll(this.models);
		for (PricedModel model : models) {
			model.aliases().keySet().forEach((alias) -> this.byName.putIfAbsent(key(model.provider(), alias), model));
		}
	}

	/**
	 * Return the catalogue that comes with RouteKit.
	 * @return the catalogue, read anew
	 */
	public static PriceCatalogue bundled() {
		try (InputStream stream = PriceCatalogue.class.getResourceAsStream("catalogue.json")) {
			Assert.state(stream != null, "The bundled catalogue is missing");
			return read(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The bundled catalogue could not be read", ex);
		}
	}

	/**
	 * Read a catalogue of one's own: JSON in UTF-8 like that of the bundled
	 * {@code io/routekit/cost/catalogue.json}.
	 * @param json the catalogue; the stream is not closed
	 * @return the catalogue
	 * @throws IllegalArgumentException if it is not what it should be; the message tells
	 * where
	 * @throws UncheckedIOException if it cannot be read
	 */
	public static PriceCatalogue read(InputStream json) {
		Assert.notNull(json, "'json' must not be null");
		return read(json, null);
	}

	/**
	 * Read a catalogue of one's own from a file.
	 * @param stream the catalogue; the stream is not closed
	 * @param fileName the name of the file: it is YAML if that ends with {@code .yaml} or
	 * {@code .yml}, otherwise JSON
	 * @return the catalogue
	 * @throws IllegalArgumentException if it is not what it should be; the message tells
	 * where
	 * @throws UncheckedIOException if it cannot be read
	 */
	public static PriceCatalogue read(InputStream stream, @Nullable String fileName) {
		Assert.notNull(stream, "'stream' must not be null");
		return CatalogueReader.read(CatalogueParser.parse(stream, fileName));
	}

	/**
	 * Return a catalogue of models that are described as in a file.
	 * @param models the models, each with the members that it has in a file
	 * @return the catalogue
	 * @throws IllegalArgumentException if a model is not what it should be; the message
	 * begins with its index, such as {@code [0].input}
	 */
	public static PriceCatalogue of(List<? extends Map<String, ?>> models) {
		Assert.notNull(models, "'models' must not be null");
		return models.isEmpty() ? EMPTY
				: new PriceCatalogue("", CatalogueReader.readModels(CatalogueNode.document(models)));
	}

	/**
	 * Return a catalogue that has the prices of another one too, which win. What the
	 * other one leaves out of a model stays as it is here. A price without dates holds at
	 * all times.
	 * @param other the other catalogue
	 * @return the catalogue of both, with the version of this one unless that is empty
	 */
	public PriceCatalogue and(PriceCatalogue other) {
		Assert.notNull(other, "'other' must not be null");
		Map<String, PricedModel> both = new LinkedHashMap<>(this.models);
		for (PricedModel model : other.models.values()) {
			PricedModel known = model(model.provider(), model.id());
			PricedModel own = (known != null) ? named(model, known).over(known) : model;
			both.put(key(own.provider(), own.id()), own);
		}
		return new PriceCatalogue(this.version.isEmpty() ? other.version : this.version, both.values());
	}

	// Who changes the price of an alias means the model, unless it is a snapshot of it
	private static PricedModel named(PricedModel model, PricedModel known) {
		boolean alias = known.aliases().containsKey(model.id()) && ModelId.withoutDate(model.id()) == null;
		return alias ? new PricedModel(model.provider(), known.id(), model.aliases(), model.prices()) : model;
	}

	/**
	 * Return the version of the catalogue, which the bundled one has from the day of its
	 * prices.
	 * @return the version, or an empty text if it has none
	 */
	public String version() {
		return this.version;
	}

	/**
	 * Return the day of the prices.
	 * @return the day, or {@code null} if the version is no day
	 */
	public @Nullable LocalDate date() {
		try {
			return LocalDate.parse(this.version);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Return the number of models.
	 * @return the number, aliases not counted
	 */
	public int size() {
		return this.models.size();
	}

	/**
	 * Tell whether a model has a price, at whatever time and place.
	 * @param provider the name of the provider in the catalogue
	 * @param model the name of the model, which may be an alias or have a date
	 * @return whether it has one
	 */
	public boolean contains(String provider, String model) {
		return names(model).stream().anyMatch((name) -> this.byName.containsKey(key(provider, name)));
	}

	/**
	 * Return the listed name, of a model or an alias, that a name is or belongs to,
	 * whatever the provider. Names that belong to a listed one are those of snapshots,
	 * which end with a date, and of models that were fine-tuned; there is no end of them.
	 * @param name the name
	 * @return the listed name, or {@code null} if there is none
	 */
	public @Nullable String listedName(String name) {
		return names(name).stream().filter(this.names::contains).findFirst().orElse(null);
	}

	/**
	 * Return the zones of Azure that prices are known for.
	 * @return the names of the zones, sorted
	 */
	public Set<String> zones() {
		Set<String> zones = new TreeSet<>();
		this.models.values().forEach((model) -> model.prices().forEach((price) -> {
			if (price.zone() != null) {
				zones.add(price.zone());
			}
		}));
		return Collections.unmodifiableSet(zones);
	}

	/**
	 * Find the price of a model. The name is never taken for the beginning of another.
	 * @param provider the name of the provider in the catalogue
	 * @param model the name of the model as the provider reported it
	 * @param zone the zone of Azure, or {@code null} for the usual one
	 * @param time when the call was made
	 * @return the price, or {@code null} if there is none
	 */
	@Nullable Price find(String provider, String model, @Nullable String zone, Instant time) {
		// Most names are in the catalogue as they are
		Price exact = findExactly(provider, model, zone, time);
		return (exact != null) ? exact
				: names(model).stream()
					.map((name) -> findExactly(provider, name, zone, time))
					.filter(Objects::nonNull)
					.findFirst()
					.orElse(null);
	}

	private @Nullable Price findExactly(String provider, String name, @Nullable String zone, Instant time) {
		PricedModel priced = this.byName.get(key(provider, name));
		return (priced != null) ? priced.find(name, zone, time) : null;
	}

	private @Nullable PricedModel model(String provider, String id) {
		return names(id).stream()
			.filter((name) -> !name.equals(ANY_MODEL) || id.equals(ANY_MODEL))
			.map((name) -> this.byName.get(key(provider, name)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static List<String> names(String model) {
		if (model.length() > OneLine.MAX_NAME_LENGTH) {
			return List.of(ANY_MODEL);
		}
		List<String> names = new ArrayList<>();
		names.add(model);
		String base = ModelId.base(model);
		if (base != null) {
			names.add(base);
		}
		String withoutDate = ModelId.withoutDate(model);
		if (withoutDate != null) {
			names.add(withoutDate);
		}
		names.add(ANY_MODEL);
		return names;
	}

	private static String key(String provider, String model) {
		return provider + " " + model;
	}

}
