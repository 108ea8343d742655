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
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The limits of a run. One that is reached ends it with an {@link AgentException}.
 *
 * @param rounds how many times the model is asked at most
 * @param toolCalls how many calls of tools there are at most
 * @param cost what the rounds may have cost, in USD, when a further one begins, or
 * {@code null} for any cost. Each round must then have a price
 * @param total how long the run may take, or {@code null} for any time
 * @since 0.1.0
 */
public record AgentLimits(int rounds, int toolCalls, @Nullable BigDecimal cost, @Nullable Duration total) {

	/**
	 * How many times the model is asked by default.
	 */
	public static final int DEFAULT_ROUNDS = 10;

	/**
	 * How many calls of tools there are by default.
	 */
	public static final int DEFAULT_TOOL_CALLS = 40;

	public AgentLimits {
		Assert.isTrue(rounds > 0, "'rounds' must be positive");
		Assert.isTrue(toolCalls > 0, "'toolCalls' must be positive");
		Assert.isTrue(cost == null || cost.signum() > 0, "'cost' must be positive");
		Assert.isTrue(total == null || (!total.isNegative() && !total.isZero()), "'total' must be positive");
	}

	/**
	 * Return the limits that hold unless others are set: 10 rounds and 40 calls of tools.
	 * @return the limits
	 */
	public static AgentLimits defaults() {
		return new Builder().build();
	}

	/**
	 * Builder for {@link AgentLimits}.
	 */
	public static final class Builder {

		private int rounds = DEFAULT_ROUNDS;

		private int toolCalls = DEFAULT_TOOL_CALLS;

		private @Nullable BigDecimal cost;

		private @Nullable Duration total;

		Builder() {
		}

		/**
		 * Set how many times the model is asked at most.
		 * @param rounds the number
		 * @return this builder
		 */
		public Builder rounds(int rounds) {
			this.rounds = rounds;
			return this;
		}

		/**
		 * Set how many calls of tools there are at most.
		 * @param toolCalls the number
		 * @return this builder
		 */
		public Builder toolCalls(int toolCalls) {
			this.toolCalls = toolCalls;
			return this;
		}

		/**
		 * Set what the rounds may have cost when a further one begins.
		 * @param cost a decimal number of USD, or {@code null} for any cost
		 * @return this builder
		 */
		public Builder cost(@Nullable String cost) {
			return cost((cost != null) ? new BigDecimal(cost) : (BigDecimal) null);
		}

		/**
		 * Set what the rounds may have cost when a further one begins.
		 * @param cost the amount in USD, or {@code null} for any cost
		 * @return this builder
		 */
		public Builder cost(@Nullable BigDecimal cost) {
			this.cost = cost;
			return this;
		}

		/**
		 * Set how long the run may take.
		 * @param total the time, or {@code null} for any time
		 * @return this builder
		 */
		public Builder total(@Nullable Duration total) {
			this.total = total;
			return this;
		}

		AgentLimits build() {
			return new AgentLimits(this.rounds, this.toolCalls, this.cost, this.total);
		}

	}

}
