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
	private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);

	private ReportedCost() {
	}

	static @Nullable BigDecimal of(UsageFields usage) {
		BigDecimal ticks = usage.number("cost_in_usd_ticks");
		if (ticks != null) {
			return plausible(ticks.movePointLeft(TICKS));
		}
		BigDecimal cost = usage.number("cost");
		if (cost == null) {
			return null;
		}
		// With a key of one's own at OpenRouter, the provider behind it charges as well
		boolean ownKey = Boolean.TRUE.equals(usage.fields().get("is_byok"));
		BigDecimal upstream = ownKey ? usage.object("cost_details").number("upstream_inference_cost") : null;
		return plausible((upstream != null) ? cost.add(upstream) : cost);
	}

	private static @Nullable BigDecimal plausible(BigDecimal cost) {
		return (cost.signum() >= 0 && cost.compareTo(MAX) <= 0) ? cost : null;
	}

}
