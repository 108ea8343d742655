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
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A column of a report with sums.
 *
 * @param name the name, in words that are separated by spaces
 * @param value returns the number in the column, or {@code null} if there is none
 */
record ReportColumn(String name, Function<TraceTotals, @Nullable Number> value) {

	private static final int DECIMALS = 3;

	static List<ReportColumn> all(TraceTotals total) {
		List<ReportColumn> columns = new ArrayList<>();
		columns.add(new ReportColumn("calls", TraceTotals::getCalls));
		columns.add(new ReportColumn("errors", TraceTotals::getErrors));
		columns.add(new ReportColumn("prompt tokens", TraceTotals::getPromptTokens));
		columns.add(new ReportColumn("completion tokens", TraceTotals::getCompletionTokens));
		columns.add(new ReportColumn("cached tokens", TraceTotals::getCachedTokens));
		total.getCosts()
			.keySet()
			.forEach(
					(currency) -> columns.add(new ReportColumn(currency, (totals) -> totals.getCosts().get(currency))));
		columns.add(new ReportColumn("unpriced", TraceTotals::getUnpriced));
		columns.add(new ReportColumn("p50", (totals) -> round(totals.getMedianDuration())));
		columns.add(new ReportColumn("p95", (totals) -> round(totals.getHighDuration())));
		columns.add(new ReportColumn("first chunk p50", (totals) -> round(totals.getMedianFirstChunk())));
		columns.add(new ReportColumn("first chunk p95", (totals) -> round(totals.getHighFirstChunk())));
		if (total.hasAgents()) {
			columns.add(new ReportColumn("runs", TraceTotals::getRuns));
			columns.add(new ReportColumn("rounds", TraceTotals::getRounds));
			columns.add(new ReportColumn("run time", TraceTotals::getRunTime));
			columns.add(new ReportColumn("tools", TraceTotals::getTools));
			columns.add(new ReportColumn("tool errors", TraceTotals::getToolErrors));
		}
		return columns;
	}

	// More digits would promise more than there is
	static @Nullable BigDecimal round(@Nullable Double seconds) {
		return (seconds != null) ? BigDecimal.valueOf(seconds).setScale(DECIMALS, RoundingMode.HALF_UP) : null;
	}

	String text(TraceTotals totals) {
		Number number = this.value.apply(totals);
		if (number == null) {
			return "";
		}
		return (number instanceof BigDecimal decimal) ? decimal.toPlainString() : number.toString();
	}

}
