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
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.Cost;
import io.routekit.TokenClass;

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

	private static final Set<String> OF_PRICE = Set.of("zone", "hours", "hours-days", "hours-except", "from", "to",
			"long-context", "tiers", "web-search-per-1k", "searches-in-each-call", "region-multiplier");

	private static final Set<String> OF_PRICE_ALONE = both(ABOUT_PRICE, both(OF_PRICE, Rates.CLASSES.keySet()));

	private static final Set<String> OF_MODEL_AND_PRICE = both(OF_MODEL, OF_PRICE_ALONE);

	private static final Set<String> OF_LONG_CONTEXT = both(Set.of("threshold", "inclusive"), Rates.CLASSES.keySet());

	private static final Set<String> OF_TIER = both(Set.of("factor"), Rates.CLASSES.keySet());

	private CatalogueReader() {
	}

	static PriceCatalogue read(Map<?, ?> document) {
		CatalogueNode root = CatalogueNode.document(document);
		root.checkNames(OF_DOCUMENT);
		String currency = root.child("currency").optionalText();
		if (currency != null && !currency.equals(Cost.USD)) {
			throw root.child("currency").invalid("must be USD but was '%s'".formatted(currency));
		}
		String version = root.child("version").optionalText();
		return new PriceCatalogue((version != null) ? version : "", readModels(root.child("models")));
	}

	static List<PricedModel> readModels(CatalogueNode models) {
		Map<List<String>, PricedModel> read = new LinkedHashMap<>();
		for (CatalogueNode node : models.children()) {
			PricedModel model = readModel(node);
			if (read.put(List.of(model.provider(), model.id()), model) != null) {
				throw node.invalid("is the second entry of '%s' of '%s': give a model several 'prices' instead"
					.formatted(model.id(), model.provider()));
			}
		}
		return List.copyOf(read.values());
	}

	private static PricedModel readModel(CatalogueNode node) {
		List<Price> prices = new ArrayList<>();
		if (node.has("prices")) {
			node.checkNames(OF_MODEL);
			for (CatalogueNode price : node.child("prices").children()) {
				price.checkNames(OF_PRICE_ALONE);
				prices.add(readPrice(price));
			}
		}
		else {
			node.checkNames(OF_MODEL_AND_PRICE);
			prices.add(readPrice(node));
		}
		return new PricedModel(node.child("provider").text(), node.child("id").text(), readAliases(node), prices);
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
		return new Price(node.child("zone").optionalText(), from, to, readHours(node), readRates(node),
				readLongContext(node), readTiers(node), node.child("web-search-per-1k").rate(),
				node.child("searches-in-each-call").flag(), node.child("region-multiplier").rate());
	}

	private static Hours readHours(CatalogueNode node) {
		Set<DayOfWeek> days = node.child("hours-days")
			.parsed(Hours::parseWeekdays)
			.stream()
			.flatMap(Set::stream)
			.collect(Collectors.toUnmodifiableSet());
		return new Hours(node.child("hours").parsed(Hours.Span::parse), days,
				node.child("hours-except").parsed(Hours.Days::parse));
	}

	private static Rates readRates(CatalogueNode node) {
		Map<TokenClass, BigDecimal> rates = new EnumMap<>(TokenClass.class);
		Rates.CLASSES.forEach((name, tokenClass) -> {
			BigDecimal rate = node.object().containsKey(name) ? node.child(name).rate() : null;
			if (rate != null) {
				rates.put(tokenClass, rate);
			}
		});
		return new Rates(rates);
	}

	private static LongContext readLongContext(CatalogueNode node) {
		CatalogueNode longContext = node.child("long-context");
		if (!longContext.isPresent()) {
			return LongContext.NONE;
		}
		longContext.checkNames(OF_LONG_CONTEXT);
		return new LongContext(longContext.child("threshold").count(), longContext.child("inclusive").flag(),
				readRates(longContext));
	}

	private static Map<Tier, TierPrice> readTiers(CatalogueNode node) {
		Map<Tier, TierPrice> tiers = new EnumMap<>(Tier.class);
		CatalogueNode parent = node.child("tiers");
		parent.checkNames(Tier.BY_KEY.keySet());
		for (Object name : parent.object().keySet()) {
			CatalogueNode child = parent.child((String) name);
			child.checkNames(OF_TIER);
			tiers.put(Tier.BY_KEY.get(name), new TierPrice(child.child("factor").rate(), readRates(child)));
		}
		return tiers;
	}

	private static Set<String> both(Set<String> one, Set<String> other) {
		return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
	}

}
