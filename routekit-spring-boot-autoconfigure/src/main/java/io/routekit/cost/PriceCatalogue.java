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

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The prices of models: those that come with RouteKit, and those of one's own.
 * <pre>{@code
 * PriceCatalogue catalogue = PriceCatalogue.bundled().and(PriceCatalogue.read(stream));
 * }</pre> Immutable.
 *
 * @since 0.1.0
 */
public final class PriceCatalogue {

	private static final PriceCatalogue EMPTY = new PriceCatalogue(Collections.emptyList());

	private final List<Part> parts;

	private final PricedModels models;

	PriceCatalogue(String version, List<PricedModel> models) {
		this(List.of(new Part("", version, models)));
	}

	private PriceCatalogue(List<Part> parts) {
		this.parts = parts;
		this.models = new PricedModels(parts.stream().map(Part::models).toList());
	}

	/**
	 * Return the catalogue that comes with RouteKit: that of the {@code routekit-prices}
	 * on the class path, the newest one if there are several.
	 * @return the catalogue, read anew
	 */
	public static PriceCatalogue bundled() {
		return BundledCatalogues.newest(PriceCatalogue.class.getClassLoader());
	}

	/**
	 * Read a catalogue of one's own: JSON in UTF-8 like that of the bundled
	 * {@code io/routekit/prices/catalogue.json}.
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
		PriceCatalogue catalogue = CatalogueReader.read(CatalogueParser.parse(stream, fileName));
		return (fileName != null) ? catalogue.named(fileName) : catalogue;
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
	 * other one leaves out of a model stays as it is here; what it says of a model holds
	 * for its snapshots too, unless they have prices of their own. A price without dates
	 * holds at all times.
	 * @param other the other catalogue
	 * @return the catalogue of both, with the version of the other one unless that is
	 * empty
	 */
	public PriceCatalogue and(PriceCatalogue other) {
		Assert.notNull(other, "'other' must not be null");
		return new PriceCatalogue(Stream.concat(this.parts.stream(), other.parts.stream()).toList());
	}

	/**
	 * Return the version of the catalogue, which the bundled one has from the day of its
	 * prices. That of several catalogues is that of the last one which has a version.
	 * @return the version, or an empty text if there is none
	 */
	public String version() {
		return this.parts.stream()
			.map(Part::version)
			.filter((version) -> !version.isEmpty())
			.reduce("", (one, two) -> two);
	}

	/**
	 * Return the day of the prices. That of several catalogues is that of the last one
	 * whose version is a day.
	 * @return the day, or {@code null} if no version is one
	 */
	public @Nullable LocalDate date() {
		return this.parts.stream().map(Part::date).filter(Objects::nonNull).reduce((one, two) -> two).orElse(null);
	}

	/**
	 * Return this catalogue with a name that tells where its prices are from.
	 * @param name the name, such as that of a file
	 * @return the catalogue
	 */
	public PriceCatalogue named(String name) {
		Assert.hasText(name, "'name' must not be empty");
		return new PriceCatalogue(
				this.parts.stream().map((part) -> new Part(name, part.version(), part.models())).toList());
	}

	/**
	 * Return where the prices are from, from the catalogue that all others win over to
	 * the one that wins over all others.
	 * @return the names and versions of the catalogues, without those that have neither
	 */
	public List<String> sources() {
		return this.parts.stream().map(Part::source).filter(StringUtils::hasText).toList();
	}

	/**
	 * Return the number of models.
	 * @return the number, aliases not counted
	 */
	public int size() {
		return this.models.all().size();
	}

	/**
	 * Tell whether a model has a price, at whatever time and place.
	 * @param provider the name of the provider in the catalogue
	 * @param model the name of the model, which may be an alias or have a date
	 * @return whether it has one
	 */
	public boolean contains(String provider, String model) {
		return this.models.contains(provider, model);
	}

	/**
	 * Return the listed name, of a model or an alias, that a name is or belongs to,
	 * whatever the provider. Names that belong to a listed one are those of snapshots,
	 * which end with a date, and of models that were fine-tuned; there is no end of them.
	 * @param name the name
	 * @return the listed name, or {@code null} if there is none
	 */
	public @Nullable String listedName(String name) {
		return this.models.listedName(name);
	}

	/**
	 * Return the providers that models are listed under.
	 * @return the names of the providers, sorted
	 */
	public Set<String> providers() {
		Set<String> providers = new TreeSet<>();
		this.models.all().forEach((model) -> providers.add(model.provider()));
		return Collections.unmodifiableSet(providers);
	}

	/**
	 * Return the zones of Azure that prices are listed for.
	 * @return the names of the zones, sorted
	 */
	public Set<String> zones() {
		Set<String> zones = new TreeSet<>();
		this.models.all().forEach((model) -> model.prices().forEach((price) -> {
			if (price.zone() != null) {
				zones.add(price.zone());
			}
		}));
		return Collections.unmodifiableSet(zones);
	}

	/**
	 * Tell whether prices are known for a zone of Azure: listed for it, or for a wider
	 * one that it is part of.
	 * @param zone the name of the zone
	 * @return whether there are any
	 */
	public boolean knowsZone(String zone) {
		return !Collections.disjoint(zones(), Zones.around(zone));
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
		return this.models.find(provider, model, zone, time);
	}

	/**
	 * One of the catalogues that a catalogue was made of.
	 *
	 * @param name its name, or an empty text
	 * @param version its version, or an empty text
	 * @param models its models, with what it says of them
	 */
	private record Part(String name, String version, List<PricedModel> models) {

		@Nullable LocalDate date() {
			try {
				return LocalDate.parse(this.version);
			}
			catch (DateTimeException ex) {
				return null;
			}
		}

		String source() {
			return (this.name + " " + this.version).strip();
		}

	}

}
