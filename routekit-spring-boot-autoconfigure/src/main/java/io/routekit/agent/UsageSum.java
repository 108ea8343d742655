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

package io.routekit.agent;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

import io.routekit.Cost;
import io.routekit.Cost.Source;
import io.routekit.TokenClass;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Adds the usage of rounds. A class of tokens is known once a round tells it, but what a
 * round does not know of its prompt, its completion, its total or its cost is not known
 * of the sum either.
 */
final class UsageSum {

	private final Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);

	private boolean told;

	private boolean promptKnown = true;

	private boolean completionKnown = true;

	private @Nullable Long total = 0L;

	private @Nullable BigDecimal cost = BigDecimal.ZERO;

	private @Nullable String currency;

	private Source source = Source.REPORTED;

	void add(@Nullable Usage usage) {
		if (usage == null) {
			this.promptKnown = false;
			this.completionKnown = false;
			this.total = null;
			this.cost = null;
			return;
		}
		this.told = true;
		usage.tokens().forEach((tokenClass, number) -> this.tokens.merge(tokenClass, number, UsageSum::sum));
		this.promptKnown &= usage.promptTokens() != null;
		this.completionKnown &= usage.completionTokens() != null;
		Long tokens = usage.totalTokens();
		this.total = (this.total != null && tokens != null) ? Long.valueOf(sum(this.total, tokens)) : null;
		add(usage.cost());
	}

	private void add(@Nullable Cost cost) {
		if (cost == null || (this.currency != null && !this.currency.equals(cost.currency()))) {
			this.cost = null;
			return;
		}
		this.currency = cost.currency();
		this.cost = (this.cost != null) ? this.cost.add(cost.amount()) : null;
		// What is estimated or computed in part is so as a whole
		this.source = (cost.source().compareTo(this.source) > 0) ? cost.source() : this.source;
	}

	private static long sum(long number, long other) {
		return (number > Long.MAX_VALUE - other) ? Long.MAX_VALUE : number + other;
	}

	@Nullable Cost cost() {
		return (this.cost != null && this.currency != null) ? new Cost(this.cost, this.currency, this.source) : null;
	}

	/**
	 * Return the sum.
	 * @return the usage, or {@code null} if no round reported any
	 */
	@Nullable Usage toUsage() {
		if (!this.told) {
			return null;
		}
		Map<TokenClass, Long> known = new EnumMap<>(this.tokens);
		if (!this.promptKnown) {
			known.remove(TokenClass.INPUT);
		}
		if (!this.completionKnown) {
			known.remove(TokenClass.OUTPUT);
		}
		return Usage.builder().tokens(known).totalTokens(this.total).cost(cost()).build();
	}

}
