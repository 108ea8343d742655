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

import io.routekit.AssistantPart;
import io.routekit.ModelResponse;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers as Anthropic Messages.
 */
final class MessagesWriter {

	/**
	 * What signs thinking. Nobody checks it, but it must be there.
	 */
	static final String SIGNATURE = "c2lnbmVkIGJ5IHRoZSBtb2RlbCBzZXJ2ZXI=";

	private MessagesWriter() {
	}

	static ObjectNode write(ModelResponse response) {
		ObjectNode message = head(response);
		ArrayNode content = message.putArray("content");
		for (AssistantPart part : response.toMessage().parts()) {
			if (part instanceof TextPart text && response.refusal() == null && !text.text().isEmpty()) {
				content.addObject().put("type", "text").put("text", text.text()).putNull("citations");
			}
			else if (part instanceof ReasoningPart reasoning) {
				content.addObject()
					.put("type", "thinking")
					.put("thinking", reasoning.text())
					.put("signature", SIGNATURE);
			}
			else if (part instanceof ToolCall call) {
				content.addObject()
					.put("type", "tool_use")
					.put("id", call.id())
					.put("name", call.name())
					.set("input", input(call.arguments()));
			}
		}
		writeStop(message, response);
		writeUsage(message, response, true);
		return message;
	}

	/**
	 * Return what a message begins with.
	 * @param response the answer
	 * @return the beginning
	 */
	static ObjectNode head(ModelResponse response) {
		return Json.object()
			.put("id", response.id())
			.put("type", "message")
			.put("role", "assistant")
			.put("model", response.model());
	}

	// What is cut is no JSON, but must be told somehow
	private static JsonNode input(String arguments) {
		if (arguments.isBlank()) {
			return Json.object();
		}
		try {
			return Json.read(arguments);
		}
		catch (JacksonException ex) {
			return Json.of(arguments);
		}
	}

	static void writeStop(ObjectNode json, ModelResponse response) {
		json.put("stop_reason", stopReason(response));
		json.set("stop_sequence", Json.of(response.metadata().get("stop_sequence")));
		if (response.refusal() != null) {
			json.putObject("stop_details")
				.put("type", "refusal")
				.putNull("category")
				.put("explanation", response.refusal());
		}
	}

	private static String stopReason(ModelResponse response) {
		if (response.rawFinishReason() != null) {
			return response.rawFinishReason();
		}
		return switch (response.finishReason()) {
			case STOP -> response.metadata().containsKey("stop_sequence") ? "stop_sequence" : "end_turn";
			case LENGTH -> "max_tokens";
			case TOOL_CALLS -> "tool_use";
			case REFUSAL, CONTENT_FILTERED -> "refusal";
			case OTHER -> "other";
		};
	}

	/**
	 * Write the usage.
	 * @param json what to write it to
	 * @param response the answer
	 * @param whole whether the answer is there, or only begins
	 */
	static void writeUsage(ObjectNode json, ModelResponse response, boolean whole) {
		Usage usage = response.usage();
		if (usage == null) {
			return;
		}
		JsonNode raw = Json.rawUsage(usage.raw(), "input_tokens");
		ObjectNode written = (raw instanceof ObjectNode object) ? object : usage(usage);
		if (response.metadata().get("service_tier") instanceof String tier) {
			written.put("service_tier", tier);
		}
		if (!whole) {
			written.put("output_tokens", 1).remove("output_tokens_details");
		}
		json.set("usage", written);
	}

	private static ObjectNode usage(Usage usage) {
		ObjectNode json = Json.object();
		Json.put(json, "input_tokens", uncached(usage));
		Json.put(json, "cache_read_input_tokens", usage.cachedTokens());
		Json.put(json, "cache_creation_input_tokens", usage.cacheWriteTokens());
		Json.put(json, "output_tokens", usage.completionTokens());
		ObjectNode output = Json.object();
		Json.put(output, "thinking_tokens", usage.reasoningTokens());
		Json.putUnlessEmpty(json, "output_tokens_details", output);
		return json;
	}

	// The parts of a prompt are disjoint here
	private static @Nullable Long uncached(Usage usage) {
		Long prompt = usage.promptTokens();
		return (prompt != null) ? Math.max(0, prompt - orZero(usage.cachedTokens()) - orZero(usage.cacheWriteTokens()))
				: null;
	}

	private static long orZero(@Nullable Long count) {
		return (count != null) ? count : 0;
	}

}
