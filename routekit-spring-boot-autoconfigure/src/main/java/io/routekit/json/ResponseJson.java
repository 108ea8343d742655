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

package io.routekit.json;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.routekit.AssistantPart;
import io.routekit.Cost;
import io.routekit.FinishReason;
import io.routekit.ModelResponse;
import io.routekit.TokenClass;
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
		ObjectNode node = JsonNodes.object();
		node.set("content", MessageJson.write(parts(response)));
		node.put("refusal", response.refusal());
		node.put("finishReason", response.finishReason().name());
		node.put("rawFinishReason", response.rawFinishReason());
		node.put("provider", response.provider());
		node.put("model", response.model());
		node.put("id", response.id());
		node.put("requestId", response.requestId());
		node.set("usage", writeWholeUsage(response.usage()));
		node.set("metadata", JsonNodes.valueOf(response.metadata()));
		return node;
	}

	// The message of a bare refusal has it as its text, which is no part of the response
	static List<AssistantPart> parts(ModelResponse response) {
		return response.mutate().refusal(null).build().toMessage().parts();
	}

	static ModelResponse read(JsonNode node) {
		ModelResponse.Builder response = ModelResponse.builder()
			.parts(MessageJson.readParts(node.required("content")))
			.refusal(JsonNodes.text(node.get("refusal")))
			.finishReason(FinishReason.valueOf(JsonNodes.requiredText(node, "finishReason")),
					JsonNodes.text(node.get("rawFinishReason")))
			.provider(JsonNodes.requiredText(node, "provider"))
			.model(JsonNodes.text(node.get("model")))
			.id(JsonNodes.text(node.get("id")))
			.requestId(JsonNodes.text(node.get("requestId")))
			.usage(readUsage(JsonNodes.present(node.get("usage"))));
		JsonNodes.map(node.get("metadata")).forEach(response::metadata);
		return response.build();
	}

	static @Nullable ObjectNode writeWholeUsage(@Nullable Usage usage) {
		ObjectNode counters = writeUsage(usage);
		if (usage != null && counters != null) {
			counters.set("tokens", writeTokens(usage.tokens()));
			counters.set("cost", writeCost(usage.cost()));
			counters.set("raw", JsonNodes.valueOf(usage.raw()));
		}
		return counters;
	}

	static @Nullable ObjectNode writeUsage(@Nullable Usage usage) {
		if (usage == null) {
			return null;
		}
		ObjectNode node = JsonNodes.object()
			.put("promptTokens", usage.promptTokens())
			.put("completionTokens", usage.completionTokens())
			.put("totalTokens", usage.totalTokens())
			.put("cachedTokens", usage.cachedTokens())
			.put("cacheWriteTokens", usage.cacheWriteTokens())
			.put("reasoningTokens", usage.reasoningTokens());
		JsonNodes.putIfPresent(node, "unreadable", usage.unreadable());
		return node;
	}

	private static ObjectNode writeTokens(Map<TokenClass, Long> tokens) {
		ObjectNode node = JsonNodes.object();
		tokens.forEach((tokenClass, number) -> node.put(tokenClass.name().toLowerCase(Locale.ROOT), number));
		return node;
	}

	static @Nullable Usage readUsage(@Nullable JsonNode node) {
		if (node == null) {
			return null;
		}
		Usage.Builder usage = Usage.builder()
			.promptTokens(JsonNodes.longInteger(node.get("promptTokens")))
			.completionTokens(JsonNodes.longInteger(node.get("completionTokens")))
			.totalTokens(JsonNodes.longInteger(node.get("totalTokens")))
			.cachedTokens(JsonNodes.longInteger(node.get("cachedTokens")))
			.cacheWriteTokens(JsonNodes.longInteger(node.get("cacheWriteTokens")))
			.reasoningTokens(JsonNodes.longInteger(node.get("reasoningTokens")))
			.unreadable(JsonNodes.text(node.get("unreadable")))
			.cost(readCost(JsonNodes.present(node.get("cost"))))
			.raw(JsonNodes.map(node.get("raw")));
		JsonNode tokens = JsonNodes.present(node.get("tokens"));
		return ((tokens != null) ? usage.tokens(readTokens(tokens)) : usage).build();
	}

	private static Map<TokenClass, Long> readTokens(JsonNode node) {
		Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
		node.forEachEntry(
				(name, number) -> tokens.put(TokenClass.valueOf(name.toUpperCase(Locale.ROOT)), number.longValue()));
		return tokens;
	}

	static @Nullable ObjectNode writeCost(@Nullable Cost cost) {
		return (cost != null) ? JsonNodes.object()
			.put("amount", cost.amount().toPlainString())
			.put("currency", cost.currency())
			.put("source", cost.source().name().toLowerCase(Locale.ROOT)) : null;
	}

	static @Nullable Cost readCost(@Nullable JsonNode node) {
		return (node != null) ? new Cost(new BigDecimal(JsonNodes.requiredText(node, "amount")),
				JsonNodes.requiredText(node, "currency"),
				Cost.Source.valueOf(JsonNodes.requiredText(node, "source").toUpperCase(Locale.ROOT))) : null;
	}

}
