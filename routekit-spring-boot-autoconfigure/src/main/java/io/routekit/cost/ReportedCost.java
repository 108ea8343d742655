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

import org.jspecify.annotations.Nullable;

/**
 * Cost of a call in US dollars as some providers say it themselves. That counts before
 * any price list.
 */
final class ReportedCost {

	/**
	 * xAI counts in ticks, of which a dollar has 10<sup>10</sup>.
	 */
	private static final int TICKS = 10;

	/**
	 * No call costs more than that, and a meter would never forget it.
	 */
	private static final BigDecimal MAX = BigDecimal.valueOf(100_000);

	private ReportedCost() {
	}

	static @Nullable BigDecimal of(UsageFields usage) {
		BigDecimal ticks = usage.number("cost_in_usd_ticks");
		return plausible((ticks != null) ? ticks.movePointLeft(TICKS) : sum(usage));
	}

	private static @Nullable BigDecimal sum(UsageFields usage) {
		BigDecimal parts = usage.object("cost").number("total_cost");
		BigDecimal cost = (parts != null) ? parts : usage.number("cost");
		if (cost == null || !Boolean.TRUE.equals(usage.fields().get("is_byok"))) {
			return cost;
		}
		// With a key of one's own at a gateway, the provider behind it charges as well
		BigDecimal upstream = plausible(usage.object("cost_details").number("upstream_inference_cost"));
		return (upstream != null && cost.signum() >= 0) ? cost.add(upstream) : null;
	}

	private static @Nullable BigDecimal plausible(@Nullable BigDecimal cost) {
		return (cost != null && cost.signum() >= 0 && isPlausible(cost)) ? cost : null;
	}

	/**
	 * Return whether a call can cost as much.
	 * @param amount the amount in US dollars
	 * @return whether it can, or else the numbers that tell so are wrong
	 */
	static boolean isPlausible(BigDecimal amount) {
		return amount.compareTo(MAX) <= 0;
	}

}
