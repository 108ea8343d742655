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

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.routekit.Cost;

/**
 * Reads models and their prices from the tree of a document. What it does not know is
 * refused, since a rate with a misspelt name would go unnoticed.
 */
final class CatalogueReader {

	private static final Set<String> OF_DOCUMENT = Set.of("version", "currency", "unit", "models");

	private static final Set<String> OF_MODEL = Set.of("provider", "id", "aliases", "prices");

	/**
	 * What is told about a price but does not change it.
	 */
	private static final Set<String> ABOUT_PRICE = Set.of("status", "context-window", "max-output", "confidence",
			"source", "source-date", "source-2", "source-2-date", "cross-check", "disagreements", "notes");

	private static final Set<String> OF_PRICE = Set.of("zone", "hours", "from", "to", "long-context", "tiers",
			"web-search-per-1k", "region-multiplier");

	private CatalogueReader() {
	}

	static PriceCatalogue read(Map<?, ?> document) {
		CatalogueNode root = new CatalogueNode("", document);
		root.checkNames(OF_DOCUMENT);
		String currency = root.child("currency").optionalText();
		if (currency != null && !currency.equals(Cost.USD)) {
			throw root.child("currency").invalid("must be USD but was '%s'".formatted(currency));
		}
		String version = root.child("version").optionalText();
		return new PriceCatalogue((version != null) ? version : "", readModels(root.child("models").list(), "models"));
	}

	static List<PricedModel> readModels(List<?> models, String path) {
		Map<List<String>, PricedModel> read = new LinkedHashMap<>();
		int index = 0;
		for (Object element : models) {
			CatalogueNode node = new CatalogueNode(path + "[" + index + "]", element);
			PricedModel model = readModel(node);
			if (read.put(List.of(model.provider(), model.id()), model) != null) {
				throw node.invalid("is the second entry of '%s' of '%s': give a model several 'prices' instead"
					.formatted(model.id(), model.provider()));
			}
			index++;
		}
		return List.copyOf(read.values());
	}

	private static PricedModel readModel(CatalogueNode node) {
		List<Price> prices = new ArrayList<>();
		if (node.has("prices")) {
			node.checkNames(OF_MODEL);
			for (CatalogueNode price : node.child("prices").children()) {
				price.checkNames(namesOfPrice(Collections.emptySet()));
				prices.add(readPrice(price));
			}
		}
		else {
			node.checkNames(namesOfPrice(OF_MODEL));
			prices.add(readPrice(node));
		}
		return new PricedModel(node.child("provider").text(), node.child("id").text(), readAliases(node), prices);
	}

	private static Set<String> namesOfPrice(Set<String> others) {
		Set<String> names = new TreeSet<>(others);
		names.addAll(OF_PRICE);
		names.addAll(ABOUT_PRICE);
		for (TokenClass tokenClass : TokenClass.values()) {
			names.add(tokenClass.key());
		}
		return names;
	}

	private static Map<String, LocalDate> readAliases(CatalogueNode node) {
		Map<String, LocalDate> aliases = new LinkedHashMap<>();
		for (CatalogueNode alias : node.child("aliases").children()) {
			if (alias.isObject()) {
				alias.checkNames(Set.of("id", "from"));
				LocalDate from = alias.child("from").date();
				aliases.put(alias.child("id").text(), (from != null) ? from : LocalDate.MIN);
			}
			else {
				aliases.put(alias.text(), LocalDate.MIN);
			}
		}
		return aliases;
	}

	private static Price readPrice(CatalogueNode node) {
		LocalDate from = node.child("from").date();
		LocalDate to = node.child("to").date();
		if (from != null && to != null && to.isBefore(from)) {
			throw node.child("to").invalid("must not be before 'from'");
		}
		List<Hours> hours = node.child("hours").children().stream().map(CatalogueNode::hours).toList();
		return new Price(node.child("zone").optionalText(), from, to, hours, readRates(node), readLongContext(node),
				readTiers(node), node.child("web-search-per-1k").rate(), node.child("region-multiplier").rate());
	}

	private static Rates readRates(CatalogueNode node) {
		Map<TokenClass, BigDecimal> rates = new EnumMap<>(TokenClass.class);
		for (TokenClass tokenClass : TokenClass.values()) {
			BigDecimal rate = node.child(tokenClass.key()).rate();
			if (rate != null) {
				rates.put(tokenClass, rate);
			}
		}
		return new Rates(rates);
	}

	private static LongContext readLongContext(CatalogueNode node) {
		CatalogueNode longContext = node.child("long-context");
		if (!longContext.isPresent()) {
			return LongContext.NONE;
		}
		longContext.checkNames(namesOfRates("threshold", "inclusive"));
		return new LongContext(longContext.child("threshold").count(), longContext.child("inclusive").flag(),
				readRates(longContext));
	}

	private static Map<Tier, TierPrice> readTiers(CatalogueNode node) {
		Map<Tier, TierPrice> tiers = new EnumMap<>(Tier.class);
		CatalogueNode parent = node.child("tiers");
		Set<String> names = new TreeSet<>();
		for (Tier tier : Tier.values()) {
			names.add(tier.key());
			CatalogueNode child = parent.child(tier.key());
			if (child.isPresent()) {
				child.checkNames(namesOfRates("factor"));
				tiers.put(tier, new TierPrice(child.child("factor").rate(), readRates(child)));
			}
		}
		parent.checkNames(names);
		return tiers;
	}

	private static Set<String> namesOfRates(String... others) {
		Set<String> names = new TreeSet<>(Set.of(others));
		for (TokenClass tokenClass : TokenClass.values()) {
			names.add(tokenClass.key());
		}
		return names;
	}

}
