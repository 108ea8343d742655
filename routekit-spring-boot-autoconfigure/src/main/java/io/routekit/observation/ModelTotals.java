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

package io.routekit.observation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.routekit.Cost;
import io.routekit.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Exact sums over the calls of a model. A name is {@code _OTHER} once there are too many
 * of them.
 *
 * @since 0.1.0
 * @see CallLedger
 */
public final class ModelTotals {

	private final String provider;

	private final String requestModel;

	private final @Nullable String responseModel;

	private final Map<Outcome, Long> calls;

	private final Map<String, Long> tokens;

	private final List<Cost> costs;

	private final long unpriced;

	ModelTotals(String provider, String requestModel, @Nullable String responseModel, Map<Outcome, Long> calls,
			Map<String, Long> tokens, List<Cost> costs, long unpriced) {
		this.provider = provider;
		this.requestModel = requestModel;
		this.responseModel = responseModel;
		this.calls = Collections.unmodifiableMap(calls);
		this.tokens = Collections.unmodifiableMap(tokens);
		this.costs = Collections.unmodifiableList(costs);
		this.unpriced = unpriced;
	}

	/**
	 * Return the type of the provider.
	 * @return the type
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * Return the name of the model that was asked for.
	 * @return the name
	 */
	public String requestModel() {
		return this.requestModel;
	}

	/**
	 * Return the name of the model that answered, or {@code null} for calls without an
	 * answer or without a name in it.
	 * @return the name, or {@code null}
	 */
	public @Nullable String responseModel() {
		return this.responseModel;
	}

	/**
	 * Return the number of calls by how they ended.
	 * @return numbers by outcome, unmodifiable
	 */
	public Map<Outcome, Long> calls() {
		return this.calls;
	}

	/**
	 * Return the number of tokens by class, as the meter {@code routekit.tokens} counts
	 * them; a class that no call reported is not there.
	 * @return numbers by class, unmodifiable
	 */
	public Map<String, Long> tokens() {
		return this.tokens;
	}

	/**
	 * Return the costs, one for each currency and source.
	 * @return the costs, unmodifiable
	 */
	public List<Cost> costs() {
		return this.costs;
	}

	/**
	 * Return the number of calls whose cost is not known.
	 * @return the number
	 */
	public long unpriced() {
		return this.unpriced;
	}

	ModelTotals withCall(Outcome outcome) {
		return new ModelTotals(this.provider, this.requestModel, this.responseModel,
				sum(this.calls, Map.of(outcome, 1L)), this.tokens, this.costs, this.unpriced);
	}

	ModelTotals withTokens(Map<String, Long> tokens) {
		return new ModelTotals(this.provider, this.requestModel, this.responseModel, this.calls,
				sum(this.tokens, tokens), this.costs, this.unpriced);
	}

	ModelTotals withCost(Cost cost) {
		return new ModelTotals(this.provider, this.requestModel, this.responseModel, this.calls, this.tokens,
				sum(this.costs, cost), this.unpriced);
	}

	ModelTotals withUnpricedCall() {
		return new ModelTotals(this.provider, this.requestModel, this.responseModel, this.calls, this.tokens,
				this.costs, this.unpriced + 1);
	}

	private static <K> Map<K, Long> sum(Map<K, Long> numbers, Map<K, Long> others) {
		Map<K, Long> sum = new LinkedHashMap<>(numbers);
		others.forEach((key, number) -> sum.merge(key, number, ModelTotals::sum));
		return sum;
	}

	// Servers can report any number, and a sum that turns negative tells nothing
	private static long sum(long number, long other) {
		long sum = number + other;
		return (number > 0 && other > 0 && sum < 0) ? Long.MAX_VALUE : sum;
	}

	private static List<Cost> sum(List<Cost> costs, Cost cost) {
		List<Cost> sum = new ArrayList<>(costs);
		for (int i = 0; i < sum.size(); i++) {
			Cost other = sum.get(i);
			if (other.currency().equals(cost.currency()) && other.source() == cost.source()) {
				BigDecimal amount = other.amount().add(cost.amount());
				sum.set(i, new Cost(amount, cost.currency(), cost.source()));
				return sum;
			}
		}
		sum.add(cost);
		return sum;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ModelTotals other && this.provider.equals(other.provider)
				&& this.requestModel.equals(other.requestModel)
				&& Objects.equals(this.responseModel, other.responseModel) && this.calls.equals(other.calls)
				&& this.tokens.equals(other.tokens) && this.costs.equals(other.costs)
				&& this.unpriced == other.unpriced;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.provider, this.requestModel, this.responseModel, this.calls, this.tokens, this.costs,
				this.unpriced);
	}

	@Override
	public String toString() {
		return "ModelTotals[provider=%s, requestModel=%s, responseModel=%s, calls=%s, tokens=%s, costs=%s, unpriced=%s]"
			.formatted(this.provider, this.requestModel, this.responseModel, this.calls, this.tokens, this.costs,
					this.unpriced);
	}

}
