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

package io.routekit.trace.analysis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One of the calls that cost the most.
 *
 * @since 0.1.0
 */
public final class CostlyCall {

	private final Instant time;

	private final @Nullable String id;

	private final String provider;

	private final String model;

	private final long promptTokens;

	private final long completionTokens;

	private final BigDecimal cost;

	private final String currency;

	CostlyCall(Instant time, @Nullable String id, String provider, String model, long promptTokens,
			long completionTokens, BigDecimal cost, String currency) {
		this.time = time;
		this.id = id;
		this.provider = provider;
		this.model = model;
		this.promptTokens = promptTokens;
		this.completionTokens = completionTokens;
		this.cost = cost;
		this.currency = currency;
	}

	/**
	 * Return when it started.
	 * @return the time
	 */
	public Instant time() {
		return this.time;
	}

	/**
	 * Return its id in the trace.
	 * @return the id, or {@code null} if the trace has none
	 */
	public @Nullable String id() {
		return this.id;
	}

	/**
	 * Return the type of the provider.
	 * @return the type
	 */
	public String provider() {
		return this.provider;
	}

	/**
	 * Return the model that answered.
	 * @return the name
	 */
	public String model() {
		return this.model;
	}

	/**
	 * Return the tokens of the prompt.
	 * @return the number
	 */
	public long promptTokens() {
		return this.promptTokens;
	}

	/**
	 * Return the tokens that were generated.
	 * @return the number
	 */
	public long completionTokens() {
		return this.completionTokens;
	}

	/**
	 * Return the amount.
	 * @return the amount
	 */
	public BigDecimal cost() {
		return this.cost;
	}

	/**
	 * Return the currency of the amount.
	 * @return the ISO 4217 code
	 */
	public String currency() {
		return this.currency;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof CostlyCall other && this.time.equals(other.time) && Objects.equals(this.id, other.id)
				&& this.provider.equals(other.provider) && this.model.equals(other.model)
				&& this.promptTokens == other.promptTokens && this.completionTokens == other.completionTokens
				&& this.cost.equals(other.cost) && this.currency.equals(other.currency);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.time, this.id, this.provider, this.model, this.promptTokens, this.completionTokens,
				this.cost, this.currency);
	}

	@Override
	public String toString() {
		return "CostlyCall[time=%s, id=%s, provider=%s, model=%s, promptTokens=%s, completionTokens=%s, cost=%s, currency=%s]"
			.formatted(this.time, this.id, this.provider, this.model, this.promptTokens, this.completionTokens,
					this.cost, this.currency);
	}

}
