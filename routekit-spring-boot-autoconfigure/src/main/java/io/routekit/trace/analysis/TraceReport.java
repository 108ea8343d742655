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

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Result of an analysis.
 *
 * @param by what calls are grouped by
 * @param total the sums over all calls
 * @param groups the sums over the calls of each group, in the order of their names
 * @param costliest the calls that cost the most, the most expensive first
 * @param brokenCount the number of lines that could not be read
 * @param broken the first of these lines
 * @since 0.1.0
 */
public record TraceReport(String by, TraceTotals total, Map<String, TraceTotals> groups, List<CostlyCall> costliest,
		long brokenCount, List<BrokenLine> broken) {

	public TraceReport {
		Check.notNull(by, "'by' must not be null");
		Check.notNull(total, "'total' must not be null");
		Check.notNull(groups, "'groups' must not be null");
		Check.notNull(costliest, "'costliest' must not be null");
		Check.notNull(broken, "'broken' must not be null");
	}

	/**
	 * Return the report as a tree of maps, lists, texts and numbers, as it is in JSON.
	 * @return the tree
	 */
	public Map<String, @Nullable Object> asMap() {
		return ReportTree.of(this);
	}

}
