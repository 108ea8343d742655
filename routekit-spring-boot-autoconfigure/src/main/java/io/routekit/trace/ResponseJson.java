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

package io.routekit.trace;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import io.routekit.AssistantPart;
import io.routekit.Cost;
import io.routekit.FinishReason;
import io.routekit.ModelResponse;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Responses as JSON, with what the provider reported.
 */
final class ResponseJson {

	private ResponseJson() {
	}

	static ObjectNode write(ModelResponse response) {
		ObjectNode node = TraceJson.object();
		node.set("content", MessageJson.write(parts(response)));
		node.put("refusal", response.refusal());
		node.put("finishReason", response.finishReason().name());
		node.put("rawFinishReason", response.rawFinishReason());
		node.put("provider", response.provider());
		node.put("model", response.model());
		node.put("id", response.id());
		node.put("requestId", response.requestId());
		Usage usage = response.usage();
		ObjectNode counters = writeUsage(usage);
		if (usage != null && counters != null) {
			counters.set("cost", writeCost(usage.cost()));
			counters.set("raw", TraceJson.valueOf(usage.raw()));
		}
		node.set("usage", counters);
		node.set("metadata", TraceJson.valueOf(response.metadata()));
		return node;
	}

	// The message of a bare refusal has it as its text, which is no part of the response
	static List<AssistantPart> parts(ModelResponse response) {
		return response.mutate().refusal(null).build().toMessage().parts();
	}

	static ModelResponse read(JsonNode node) {
		ModelResponse.Builder response = ModelResponse.builder()
			.parts(MessageJson.readParts(node.required("content")))
			.refusal(TraceJson.text(node.get("refusal")))
			.finishReason(FinishReason.valueOf(TraceJson.requiredText(node, "finishReason")),
					TraceJson.text(node.get("rawFinishReason")))
			.provider(TraceJson.requiredText(node, "provider"))
			.model(TraceJson.text(node.get("model")))
			.id(TraceJson.text(node.get("id")))
			.requestId(TraceJson.text(node.get("requestId")))
			.usage(readUsage(TraceJson.present(node.get("usage"))));
		TraceJson.map(node.get("metadata")).forEach(response::metadata);
		return response.build();
	}

	static @Nullable ObjectNode writeUsage(@Nullable Usage usage) {
		return (usage != null) ? TraceJson.object()
			.put("promptTokens", usage.promptTokens())
			.put("completionTokens", usage.completionTokens())
			.put("totalTokens", usage.totalTokens())
			.put("cachedTokens", usage.cachedTokens())
			.put("cacheWriteTokens", usage.cacheWriteTokens())
			.put("reasoningTokens", usage.reasoningTokens()) : null;
	}

	private static @Nullable Usage readUsage(@Nullable JsonNode node) {
		if (node == null) {
			return null;
		}
		return Usage.builder()
			.promptTokens(TraceJson.longInteger(node.get("promptTokens")))
			.completionTokens(TraceJson.longInteger(node.get("completionTokens")))
			.totalTokens(TraceJson.longInteger(node.get("totalTokens")))
			.cachedTokens(TraceJson.longInteger(node.get("cachedTokens")))
			.cacheWriteTokens(TraceJson.longInteger(node.get("cacheWriteTokens")))
			.reasoningTokens(TraceJson.longInteger(node.get("reasoningTokens")))
			.cost(readCost(TraceJson.present(node.get("cost"))))
			.raw(TraceJson.map(node.get("raw")))
			.build();
	}

	static @Nullable ObjectNode writeCost(@Nullable Cost cost) {
		return (cost != null) ? TraceJson.object()
			.put("amount", cost.amount().toPlainString())
			.put("currency", cost.currency())
			.put("source", cost.source().name().toLowerCase(Locale.ROOT)) : null;
	}

	private static @Nullable Cost readCost(@Nullable JsonNode node) {
		return (node != null) ? new Cost(new BigDecimal(TraceJson.requiredText(node, "amount")),
				TraceJson.requiredText(node, "currency"),
				Cost.Source.valueOf(TraceJson.requiredText(node, "source").toUpperCase(Locale.ROOT))) : null;
	}

}
