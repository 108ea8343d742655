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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.routekit.Cost;
import io.routekit.TokenClass;
import io.routekit.wire.ModelTokens;
import io.routekit.wire.UsageReader;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Computes what a call cost: what the provider says, otherwise the usage as the provider
 * sent it by the prices of a catalogue. Amounts are exact decimals.
 *
 * @since 0.1.0
 */
public final class CatalogueCostCalculator implements CostCalculator {

	private static final int THOUSAND = 3;

	private final Supplier<PriceCatalogue> catalogue;

	/**
	 * Create a new {@link CatalogueCostCalculator} instance.
	 * @param catalogue the prices
	 */
	public CatalogueCostCalculator(PriceCatalogue catalogue) {
		this(() -> catalogue);
		Assert.notNull(catalogue, "'catalogue' must not be null");
	}

	/**
	 * Create a new {@link CatalogueCostCalculator} instance.
	 * @param catalogue supplies the prices for each call
	 */
	public CatalogueCostCalculator(Supplier<PriceCatalogue> catalogue) {
		Assert.notNull(catalogue, "'catalogue' must not be null");
		this.catalogue = catalogue;
	}

	@Override
	public @Nullable Cost calculate(PricedCall call) {
		BigDecimal reported = ReportedCost.of(new UsageFields(call.usage().raw()));
		if (reported != null) {
			return new Cost(reported, Cost.USD, Cost.Source.REPORTED);
		}
		Map<String, BigDecimal> breakdown = breakdown(call);
		if (breakdown == null) {
			return null;
		}
		BigDecimal sum = BigDecimal.ZERO;
		for (BigDecimal amount : breakdown.values()) {
			sum = sum.add(amount);
		}
		return new Cost(sum, Cost.USD, Cost.Source.CATALOGUE);
	}

	/**
	 * Compute the cost of a call by the catalogue, in parts.
	 * @param call the call
	 * @return the amounts in US dollars by the class of tokens, such as
	 * {@code cache_read}, or the kind of fee, such as {@code web_search}, or {@code null}
	 * if the call has no known price
	 */
	public @Nullable Map<String, BigDecimal> breakdown(PricedCall call) {
		CallCost cost = new CallCost(this.catalogue.get(), call);
		return cost.compute() ? cost.lines() : null;
	}

	/**
	 * The computation for one call.
	 */
	private static final class CallCost {

		private final PriceCatalogue catalogue;

		private final PricedCall call;

		private final UsageFields usage;

		private final @Nullable Price price;

		private final Map<String, BigDecimal> lines = new LinkedHashMap<>();

		CallCost(PriceCatalogue catalogue, PricedCall call) {
			this.catalogue = catalogue;
			this.call = call;
			this.usage = new UsageFields(call.usage().raw());
			this.price = price(call.model());
		}

		Map<String, BigDecimal> lines() {
			return this.lines;
		}

		boolean compute() {
			if (this.call.gap() != null) {
				return false;
			}
			for (ModelTokens tokens : UsageReader.readByModel(this.call.usage())) {
				if (!addTokens((tokens.model() != null) ? price(tokens.model()) : this.price, tokens.tokens())) {
					return false;
				}
			}
			return addFees();
		}

		private @Nullable Price price(String model) {
			return this.catalogue.find(this.call.provider(), model, this.call.zone(), this.call.time());
		}

		private boolean addTokens(@Nullable Price price, Map<TokenClass, Long> tokens) {
			long prompt = tokens.entrySet()
				.stream()
				.filter((number) -> number.getKey().isPrompt())
				.mapToLong(Map.Entry::getValue)
				.sum();
			CallRates rates = (price != null) ? CallRates.of(price, this.call, this.usage, prompt) : null;
			if (price == null || rates == null) {
				return false;
			}
			BigDecimal region = region(price);
			for (Map.Entry<TokenClass, Long> number : tokens.entrySet()) {
				if (!add(Lines.of(number.getKey()), number.getValue(), rate(rates, number.getKey()), region)) {
					return false;
				}
			}
			return true;
		}

		private @Nullable Rate rate(CallRates rates, TokenClass tokenClass) {
			return switch (tokenClass) {
				case CACHE_WRITE -> rates.getCacheWrite(this.call.cacheTtl());
				case REASONING -> rates.get(TokenClass.OUTPUT);
				default -> rates.get(tokenClass);
			};
		}

		private BigDecimal region(Price price) {
			boolean regional = this.call.regional() || this.usage.text("inference_geo").equalsIgnoreCase("us");
			BigDecimal multiplier = regional ? price.regionMultiplier() : null;
			return (multiplier != null) ? multiplier : BigDecimal.ONE;
		}

		/**
		 * Add a line.
		 * @param name the name of the line
		 * @param tokens the number of tokens
		 * @param rate the rate
		 * @param region what the region multiplies the rate by
		 * @return whether the tokens, if any, have a price
		 */
		private boolean add(String name, long tokens, @Nullable Rate rate, BigDecimal region) {
			if (tokens == 0) {
				return true;
			}
			if (rate == null) {
				return false;
			}
			this.lines.merge(name, rate.times(region).amount(tokens), BigDecimal::add);
			return true;
		}

		private boolean addFees() {
			Price price = this.price;
			long searches = this.usage.object("server_tool_use").count("web_search_requests") + this.call.webSearches();
			if (searches == 0 && price != null && Boolean.TRUE.equals(price.searchesInEachCall())) {
				searches = 1;
			}
			if (searches == 0) {
				return true;
			}
			if (price == null || price.webSearch() == null) {
				return false;
			}
			BigDecimal amount = price.webSearch().multiply(BigDecimal.valueOf(searches)).movePointLeft(THOUSAND);
			this.lines.merge("web_search", amount, BigDecimal::add);
			return true;
		}

	}

	/**
	 * The names of the parts. Reasoning has no price of its own.
	 */
	private static final class Lines {

		private static final String[] NAMES = Arrays.stream(TokenClass.values())
			.map((tokenClass) -> (tokenClass != TokenClass.REASONING) ? tokenClass : TokenClass.OUTPUT)
			.map((tokenClass) -> tokenClass.name().toLowerCase(Locale.ROOT))
			.toArray(String[]::new);

		static String of(TokenClass tokenClass) {
			return NAMES[tokenClass.ordinal()];
		}

	}

}
