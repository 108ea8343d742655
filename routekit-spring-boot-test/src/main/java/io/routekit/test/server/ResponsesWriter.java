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

package io.routekit.test.server;

import java.time.Instant;

import io.routekit.AssistantPart;
import io.routekit.ModelResponse;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers as OpenAI's Responses.
 */
final class ResponsesWriter {

	/**
	 * What stands for encrypted reasoning. Nobody reads it, but it must be there.
	 */
	static final String ENCRYPTED = "ZW5jcnlwdGVkIGJ5IHRoZSBtb2RlbCBzZXJ2ZXI=";

	private static final String COMPLETED = "completed";

	private static final String INCOMPLETE = "incomplete";

	private ResponsesWriter() {
	}

	static ObjectNode write(ModelResponse response) {
		String reason = incompleteReason(response);
		ObjectNode body = head(response, (reason != null) ? INCOMPLETE : COMPLETED);
		if (reason != null) {
			body.putObject("incomplete_details").put("reason", reason);
		}
		else {
			body.putNull("incomplete_details");
		}
		ArrayNode output = body.putArray("output");
		String refusal = response.refusal();
		for (AssistantPart part : response.toMessage().parts()) {
			if (part instanceof TextPart text && text.text().equals(refusal)) {
				output.add(message(output.size(), refusal(text.text())));
				refusal = null;
			}
			else if (part instanceof TextPart text && !text.text().isEmpty()) {
				output.add(message(output.size(), text(text.text())));
			}
			else if (part instanceof ReasoningPart reasoning) {
				output.add(reasoning(output.size(), reasoning.text()));
			}
			else if (part instanceof ToolCall call) {
				output.add(call(output.size(), call.id(), call.name()).put("arguments", call.arguments())
					.put("status", call.complete() ? COMPLETED : INCOMPLETE));
			}
		}
		if (refusal != null) {
			output.add(message(output.size(), refusal(refusal)));
		}
		body.set("usage", usage(response.usage()));
		return body;
	}

	/**
	 * Return what a response begins with.
	 * @param response the answer
	 * @param status how far it is
	 * @return the beginning
	 */
	static ObjectNode head(ModelResponse response, String status) {
		ObjectNode head = Json.object()
			.put("id", response.id())
			.put("object", "response")
			.put("created_at", Instant.now().getEpochSecond())
			.put("status", status)
			.putNull("error")
			.put("model", response.model());
		if (response.metadata().get("service_tier") instanceof String tier) {
			head.put("service_tier", tier);
		}
		return head;
	}

	static @Nullable String incompleteReason(ModelResponse response) {
		String raw = response.rawFinishReason();
		return switch (response.finishReason()) {
			case STOP, TOOL_CALLS, REFUSAL -> null;
			case LENGTH -> (raw != null) ? raw : "max_output_tokens";
			case CONTENT_FILTERED -> (raw != null) ? raw : "content_filter";
			case OTHER -> (raw != null) ? raw : "other";
		};
	}

	static ObjectNode text(String text) {
		ObjectNode part = Json.object().put("type", "output_text").put("text", text);
		part.putArray("annotations");
		return part;
	}

	static ObjectNode refusal(String refusal) {
		return Json.object().put("type", "refusal").put("refusal", refusal);
	}

	static ObjectNode message(int index, @Nullable ObjectNode part) {
		ObjectNode item = Json.object()
			.put("id", "msg_" + index)
			.put("type", "message")
			.put("status", (part != null) ? COMPLETED : "in_progress")
			.put("role", "assistant");
		ArrayNode content = item.putArray("content");
		if (part != null) {
			content.add(part);
		}
		return item;
	}

	static ObjectNode reasoning(int index, String text) {
		ObjectNode item = Json.object().put("id", "rs_" + index).put("type", "reasoning");
		ArrayNode summary = item.putArray("summary");
		if (!text.isEmpty()) {
			summary.add(summary(text));
		}
		return item.put("encrypted_content", ENCRYPTED);
	}

	static ObjectNode summary(String text) {
		return Json.object().put("type", "summary_text").put("text", text);
	}

	static ObjectNode call(int index, String id, String name) {
		return Json.object()
			.put("id", "fc_" + index)
			.put("type", "function_call")
			.put("call_id", id)
			.put("name", name)
			.put("arguments", "")
			.put("status", "in_progress");
	}

	private static @Nullable JsonNode usage(@Nullable Usage usage) {
		if (usage == null) {
			return null;
		}
		JsonNode raw = Json.rawUsage(usage.raw(), "input_tokens_details");
		if (raw != null) {
			return raw;
		}
		ObjectNode json = Json.object();
		Json.put(json, "input_tokens", usage.promptTokens());
		ObjectNode input = Json.object();
		Json.put(input, "cached_tokens", usage.cachedTokens());
		Json.put(input, "cache_write_tokens", usage.cacheWriteTokens());
		Json.putUnlessEmpty(json, "input_tokens_details", input);
		Json.put(json, "output_tokens", usage.completionTokens());
		ObjectNode output = Json.object();
		Json.put(output, "reasoning_tokens", usage.reasoningTokens());
		Json.putUnlessEmpty(json, "output_tokens_details", output);
		Json.put(json, "total_tokens", usage.totalTokens());
		return json;
	}

}
