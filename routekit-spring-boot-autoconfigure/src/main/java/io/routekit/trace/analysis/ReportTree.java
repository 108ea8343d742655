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

import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reports as trees of maps, lists, texts and numbers, and these as JSON.
 */
final class ReportTree {

	private static final JsonFactory factory = JsonFactory.builder()
		.disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
		.build();

	private ReportTree() {
	}

	static Map<String, @Nullable Object> of(TraceReport report) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("by", report.by());
		tree.put("total", of(report.total()));
		List<Object> groups = new ArrayList<>();
		report.groups().forEach((name, totals) -> {
			Map<String, @Nullable Object> group = new LinkedHashMap<>();
			group.put("name", name);
			group.putAll(of(totals));
			groups.add(group);
		});
		tree.put("groups", groups);
		tree.put("costliest", report.costliest().stream().map(ReportTree::of).toList());
		tree.put("brokenCount", report.brokenCount());
		tree.put("broken", report.broken().stream().map(ReportTree::of).toList());
		return tree;
	}

	private static Map<String, @Nullable Object> of(TraceTotals totals) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("calls", totals.getCalls());
		tree.put("errors", totals.getErrors());
		tree.put("promptTokens", totals.getPromptTokens());
		tree.put("completionTokens", totals.getCompletionTokens());
		tree.put("cachedTokens", totals.getCachedTokens());
		Map<String, @Nullable Object> costs = new LinkedHashMap<>();
		totals.getCosts().forEach((currency, amount) -> costs.put(currency, amount.toPlainString()));
		tree.put("costs", costs);
		tree.put("unpriced", totals.getUnpriced());
		tree.put("duration", percentiles(totals.getMedianDuration(), totals.getHighDuration()));
		tree.put("timeToFirstChunk", percentiles(totals.getMedianFirstChunk(), totals.getHighFirstChunk()));
		if (totals.hasAgents()) {
			tree.put("runs", totals.getRuns());
			tree.put("rounds", totals.getRounds());
			tree.put("runTime", totals.getRunTime());
			tree.put("tools", totals.getTools());
			tree.put("toolErrors", totals.getToolErrors());
		}
		return tree;
	}

	private static Map<String, @Nullable Object> percentiles(@Nullable Double median, @Nullable Double high) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("p50", ReportColumn.round(median));
		tree.put("p95", ReportColumn.round(high));
		return tree;
	}

	private static Map<String, @Nullable Object> of(CostlyCall call) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("time", call.time().toString());
		tree.put("id", call.id());
		tree.put("provider", call.provider());
		tree.put("model", call.model());
		tree.put("promptTokens", call.promptTokens());
		tree.put("completionTokens", call.completionTokens());
		tree.put("cost", call.cost().toPlainString());
		tree.put("currency", call.currency());
		return tree;
	}

	private static Map<String, @Nullable Object> of(BrokenLine line) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("file", line.file());
		tree.put("line", line.number());
		tree.put("reason", line.reason());
		return tree;
	}

	static void writeJson(Map<String, @Nullable Object> tree, Writer json) {
		try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), json)) {
			write(tree, generator);
		}
	}

	private static void write(@Nullable Object value, JsonGenerator json) {
		if (value instanceof Map<?, ?> map) {
			json.writeStartObject();
			map.forEach((name, member) -> {
				json.writeName((String) name);
				write(member, json);
			});
			json.writeEndObject();
		}
		else if (value instanceof List<?> list) {
			json.writeStartArray();
			list.forEach((element) -> write(element, json));
			json.writeEndArray();
		}
		else if (value instanceof BigDecimal number) {
			json.writeNumber(number);
		}
		else if (value instanceof Long number) {
			json.writeNumber(number);
		}
		else if (value instanceof String text) {
			json.writeString(text);
		}
		else {
			json.writeNull();
		}
	}

}
