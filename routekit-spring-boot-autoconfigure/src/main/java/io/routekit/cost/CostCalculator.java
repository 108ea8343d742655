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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.Cost;
import org.jspecify.annotations.Nullable;

/**
 * Computes what a call costs, in exact decimals, from the usage as the provider sent it.
 */
final class CostCalculator {

	private static final int MILLION = 6;

	private static final int THOUSAND = 3;

	private static final BigDecimal HALF = new BigDecimal("0.5");

	private final PriceCatalogue catalogue;

	CostCalculator(PriceCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Compute the cost of a call.
	 * @param call the call
	 * @param usage its usage
	 * @return the cost, or {@code null} if the call has no known price
	 */
	@Nullable Cost calculate(PricedCall call, UsageFields usage) {
		BigDecimal reported = ReportedCost.of(usage);
		if (reported != null) {
			return new Cost(reported, Cost.USD, Cost.Source.REPORTED);
		}
		Map<String, BigDecimal> lines = lines(call, usage);
		return (lines != null) ? new Cost(lines.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add), Cost.USD,
				Cost.Source.CATALOGUE) : null;
	}

	/**
	 * Compute the cost of a call by the catalogue.
	 * @param call the call
	 * @param usage its usage
	 * @return the cost by the class of tokens or the kind of fee, or {@code null} if the
	 * call has no known price
	 */
	@Nullable Map<String, BigDecimal> lines(PricedCall call, UsageFields usage) {
		Map<String, BigDecimal> lines = new LinkedHashMap<>();
		List<UsageFields> iterations = usage.objects("iterations");
		if (iterations.isEmpty()) {
			return (addTokens(lines, call, usage, usage) && addFees(lines, call, usage)) ? lines : null;
		}
		for (UsageFields iteration : iterations) {
			PricedCall part = iteration.text("model").isEmpty() ? call : call.withModel(iteration.text("model"));
			if (!addTokens(lines, part, iteration, usage)) {
				return null;
			}
		}
		return addFees(lines, call, usage) ? lines : null;
	}

	private boolean addTokens(Map<String, BigDecimal> lines, PricedCall call, UsageFields counters, UsageFields usage) {
		Price price = this.catalogue.find(call.provider(), call.model(), call.variant(), call.time());
		TokenClasses tokens = TokenClasses.of(counters);
		Rates rates = (price != null) ? rates(price, call, tokens, usage) : null;
		if (price == null || rates == null) {
			return false;
		}
		BigDecimal region = region(price, call, usage);
		return add(lines, "input", tokens.input(), rates.input(), region)
				&& add(lines, "cache_read", tokens.cacheRead(), rates.cacheRead(), region)
				&& add(lines, "cache_write", tokens.cacheWrite(), rates.cacheWrite(), region)
				&& add(lines, "cache_write_5m", tokens.cacheWrite5m(), rates.cacheWrite5m(), region)
				&& add(lines, "cache_write_1h", tokens.cacheWrite1h(), rates.cacheWrite1h(), region)
				&& add(lines, "audio_input", tokens.audioInput(), rates.audioInput(), region)
				&& add(lines, "output", tokens.output(), rates.output(), region)
				&& add(lines, "audio_output", tokens.audioOutput(), rates.audioOutput(), region);
	}

	private static @Nullable Rates rates(Price price, PricedCall call, TokenClasses tokens, UsageFields usage) {
		boolean longContext = price.isLongContext(tokens.prompt());
		if (!call.isAnthropic()) {
			Tier tier = Tier.of(call.tier());
			return Rates.of(price, (tier == Tier.STANDARD && call.batch()) ? Tier.BATCH : tier, longContext);
		}
		if (usage.text("speed").equalsIgnoreCase("fast")) {
			// Multiplies all classes of tokens by what it does to the input
			BigDecimal fast = price.rate(Rate.PRIORITY_INPUT);
			BigDecimal standard = price.rate(Rate.INPUT);
			return (fast != null && standard != null && standard.signum() > 0)
					? Rates.multiplied(price, longContext, fast, standard) : null;
		}
		// The priority tier of Anthropic is committed capacity without a price of its own
		boolean batch = call.batch() || usage.text("service_tier").equalsIgnoreCase("batch");
		return Rates.multiplied(price, longContext, batch ? HALF : BigDecimal.ONE, BigDecimal.ONE);
	}

	private static BigDecimal region(Price price, PricedCall call, UsageFields usage) {
		boolean regional = call.regional() || usage.text("inference_geo").equalsIgnoreCase("us");
		BigDecimal multiplier = regional ? price.rate(Rate.REGION_MULTIPLIER) : null;
		return (multiplier != null) ? multiplier : BigDecimal.ONE;
	}

	private boolean addFees(Map<String, BigDecimal> lines, PricedCall call, UsageFields usage) {
		long searches = usage.object("server_tool_use").count("web_search_requests");
		if (searches == 0 && call.isSearch()) {
			searches = 1;
		}
		if (searches == 0) {
			return true;
		}
		Price price = this.catalogue.find(call.provider(), call.model(), call.variant(), call.time());
		BigDecimal rate = (price != null) ? price.rate(Rate.WEB_SEARCH_PER_1K) : null;
		if (rate == null) {
			return false;
		}
		lines.merge("web_search", rate.multiply(BigDecimal.valueOf(searches)).movePointLeft(THOUSAND), BigDecimal::add);
		return true;
	}

	/**
	 * Add a line.
	 * @param lines the lines
	 * @param name the name of the line
	 * @param tokens the number of tokens
	 * @param rate the rate for a million of them
	 * @param region what the region multiplies the rate by
	 * @return whether the tokens, if any, have a price
	 */
	private static boolean add(Map<String, BigDecimal> lines, String name, long tokens, @Nullable BigDecimal rate,
			BigDecimal region) {
		if (tokens == 0) {
			return true;
		}
		if (rate == null) {
			return false;
		}
		BigDecimal amount = rate.multiply(region).multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION);
		lines.merge(name, amount, BigDecimal::add);
		return true;
	}

}
