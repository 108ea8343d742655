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

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.routekit.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * The models of catalogues by their names. What a catalogue says of a model wins over
 * those before it, and reaches the snapshots of the model too.
 */
final class PricedModels {

	private static final String ANY_MODEL = "*";

	private final Map<String, PricedModel> byId = new LinkedHashMap<>();

	/**
	 * The keys of models by their aliases and the day since when these mean them.
	 */
	private final Map<String, NavigableMap<LocalDate, String>> byAlias = new HashMap<>();

	private final Set<String> names = new HashSet<>();

	/**
	 * Create a new {@link PricedModels} instance.
	 * @param catalogues the models of each catalogue. Those of the first one have all of
	 * their prices, those of the others what they change
	 */
	PricedModels(List<List<PricedModel>> catalogues) {
		List<PricedModel> snapshots = new ArrayList<>();
		for (List<PricedModel> catalogue : catalogues) {
			catalogue.forEach(this::forgetAliases);
			if (this.byId.isEmpty()) {
				catalogue.forEach((model) -> put(model, model));
			}
			else {
				snapshots.addAll(addAllButSnapshots(catalogue));
			}
		}
		// At last, since they inherit what all catalogues say of their model
		snapshots.forEach((snapshot) -> put(snapshot, merge(snapshot)));
	}

	// The catalogue that comes later says what an alias means
	private void forgetAliases(PricedModel model) {
		model.aliases().forEach((alias, since) -> {
			NavigableMap<LocalDate, String> meanings = this.byAlias.get(key(model.provider(), alias));
			if (meanings != null) {
				meanings.tailMap(since, true).clear();
			}
		});
	}

	private List<PricedModel> addAllButSnapshots(List<PricedModel> catalogue) {
		List<PricedModel> others = new ArrayList<>();
		for (PricedModel model : catalogue) {
			if (ModelId.origins(model.id()).isEmpty() || this.byId.containsKey(key(model.provider(), model.id()))) {
				put(model, merge(model));
			}
			else {
				others.add(model);
			}
		}
		List<PricedModel> snapshots = new ArrayList<>();
		for (PricedModel model : others) {
			if (original(model) != null) {
				snapshots.add(model);
			}
			else {
				put(model, model);
			}
		}
		return snapshots;
	}

	private PricedModel merge(PricedModel model) {
		PricedModel known = named(model.provider(), model.id());
		if (known != null && ModelId.withoutDate(model.id()) == null) {
			// Who changes the price of an alias means the model, unless it is a snapshot
			return new PricedModel(model.provider(), known.id(), model.aliases(), model.prices()).over(known);
		}
		PricedModel original = (known != null) ? known : original(model);
		return (original != null) ? model.over(original) : model;
	}

	private @Nullable PricedModel original(PricedModel model) {
		PricedModel known = named(model.provider(), model.id());
		for (String origin : ModelId.origins(model.id())) {
			known = (known != null) ? known : named(model.provider(), origin);
		}
		return known;
	}

	private @Nullable PricedModel named(String provider, String name) {
		String key = key(provider, name);
		PricedModel model = this.byId.get(key);
		NavigableMap<LocalDate, String> meanings = this.byAlias.get(key);
		return (model != null || meanings == null || meanings.isEmpty()) ? model
				: this.byId.get(meanings.lastEntry().getValue());
	}

	private void put(PricedModel said, PricedModel merged) {
		String key = key(merged.provider(), merged.id());
		this.byId.put(key, merged);
		addName(merged.id());
		said.aliases().forEach((alias, since) -> {
			this.byAlias.computeIfAbsent(key(said.provider(), alias), (name) -> new TreeMap<>())
				.putIfAbsent(since, key);
			addName(alias);
		});
	}

	private void addName(String name) {
		if (!name.equals(ANY_MODEL)) {
			this.names.add(name);
		}
	}

	Collection<PricedModel> all() {
		return Collections.unmodifiableCollection(this.byId.values());
	}

	boolean contains(String provider, String model) {
		return candidates(model).stream().anyMatch((name) -> named(provider, name) != null);
	}

	@Nullable String listedName(String name) {
		return candidates(name).stream().filter(this.names::contains).findFirst().orElse(null);
	}

	@Nullable Price find(String provider, String model, @Nullable String zone, Instant time) {
		// Most names are listed as they are
		Price exact = isTooLong(model) ? null : findExactly(provider, model, zone, time);
		return (exact != null) ? exact
				: candidates(model).stream()
					.map((name) -> findExactly(provider, name, zone, time))
					.filter(Objects::nonNull)
					.findFirst()
					.orElse(null);
	}

	private @Nullable Price findExactly(String provider, String name, @Nullable String zone, Instant time) {
		PricedModel priced = meant(key(provider, name), time);
		return (priced != null) ? priced.find(zone, time) : null;
	}

	private @Nullable PricedModel meant(String key, Instant time) {
		PricedModel model = this.byId.get(key);
		NavigableMap<LocalDate, String> meanings = this.byAlias.get(key);
		if (model != null || meanings == null) {
			return model;
		}
		Map.Entry<LocalDate, String> meaning = meanings.floorEntry(LocalDate.ofInstant(time, ZoneOffset.UTC));
		return (meaning != null) ? this.byId.get(meaning.getValue()) : null;
	}

	private static List<String> candidates(String model) {
		if (isTooLong(model)) {
			return List.of(ANY_MODEL);
		}
		List<String> names = new ArrayList<>();
		names.add(model);
		names.addAll(ModelId.origins(model));
		names.add(ANY_MODEL);
		return names;
	}

	private static boolean isTooLong(String model) {
		return model.length() > OneLine.MAX_NAME_LENGTH;
	}

	private static String key(String provider, String model) {
		return provider + " " + model;
	}

}
