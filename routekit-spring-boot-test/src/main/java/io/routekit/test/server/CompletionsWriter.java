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

import io.routekit.ModelResponse;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers as Chat Completions.
 */
final class CompletionsWriter {

	private CompletionsWriter() {
	}

	static ObjectNode write(ModelResponse response) {
		ObjectNode body = head(response, "chat.completion");
		ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
		writeMessage(choice.putObject("message"), response);
		choice.putNull("logprobs").put("finish_reason", finishReason(response));
		writeUsage(body, response.usage());
		return body;
	}

	/**
	 * Return what every object of an answer begins with.
	 * @param response the answer
	 * @param type the type of the object
	 * @return the beginning
	 */
	static ObjectNode head(ModelResponse response, String type) {
		ObjectNode head = Json.object()
			.put("id", response.id())
			.put("object", type)
			.put("created", Instant.now().getEpochSecond())
			.put("model", response.model());
		for (String name : new String[] { "service_tier", "system_fingerprint" }) {
			if (response.metadata().get(name) instanceof String value) {
				head.put(name, value);
			}
		}
		return head;
	}

	private static void writeMessage(ObjectNode message, ModelResponse response) {
		String text = response.content();
		boolean none = response.refusal() != null || (text.isEmpty() && !response.toolCalls().isEmpty());
		message.put("role", "assistant").put("content", none ? null : text).put("refusal", response.refusal());
		if (response.reasoning() != null) {
			message.put("reasoning_content", response.reasoning());
		}
		if (!response.toolCalls().isEmpty()) {
			ArrayNode calls = message.putArray("tool_calls");
			response.toolCalls().forEach((call) -> writeCall(calls.addObject(), call));
		}
	}

	private static void writeCall(ObjectNode json, ToolCall call) {
		json.put("id", call.id()).put("type", "function");
		json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
	}

	static String finishReason(ModelResponse response) {
		if (response.rawFinishReason() != null) {
			return response.rawFinishReason();
		}
		return switch (response.finishReason()) {
			// A refusal is told by its text
			case STOP, REFUSAL -> "stop";
			case LENGTH -> "length";
			case TOOL_CALLS -> "tool_calls";
			case CONTENT_FILTERED -> "content_filter";
			case OTHER -> "other";
		};
	}

	static void writeUsage(ObjectNode body, @Nullable Usage usage) {
		if (usage == null) {
			return;
		}
		JsonNode raw = Json.rawUsage(usage.raw(), "prompt_tokens");
		body.set("usage", (raw != null) ? raw : usage(usage));
	}

	private static ObjectNode usage(Usage usage) {
		ObjectNode json = Json.object();
		Json.put(json, "prompt_tokens", usage.promptTokens());
		Json.put(json, "completion_tokens", usage.completionTokens());
		Json.put(json, "total_tokens", usage.totalTokens());
		ObjectNode prompt = Json.object();
		Json.put(prompt, "cached_tokens", usage.cachedTokens());
		Json.put(prompt, "cache_write_tokens", usage.cacheWriteTokens());
		Json.putUnlessEmpty(json, "prompt_tokens_details", prompt);
		ObjectNode completion = Json.object();
		Json.put(completion, "reasoning_tokens", usage.reasoningTokens());
		Json.putUnlessEmpty(json, "completion_tokens_details", completion);
		return json;
	}

}
