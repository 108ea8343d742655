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

package io.routekit.benchmarks.server;

import java.util.ArrayList;
import java.util.List;

import io.routekit.benchmarks.Answer;
import org.jspecify.annotations.Nullable;

/**
 * An answer as Anthropic's Messages.
 */
final class MessagesFrames extends Frames {

	private final List<String> frames = new ArrayList<>();

	MessagesFrames(Answer answer) {
		super(answer);
	}

	@Override
	public List<String> stream() {
		int texts = answer().workload().events();
		int toolCalls = answer().workload().toolCalls();
		event("message_start", "\"message\":{" + head("[]", "null") + ",\"usage\":" + usage(1) + "}");
		event("ping", null);
		if (texts > 0) {
			start(0, "{\"type\":\"text\",\"text\":\"\"}");
			for (int i = 0; i < texts; i++) {
				delta(0, "{\"type\":\"text_delta\",\"text\":" + text(i) + "}");
			}
			event("content_block_stop", "\"index\":0");
		}
		for (int i = 0; i < toolCalls; i++) {
			toolCall(i, (texts > 0) ? i + 1 : i);
		}
		event("message_delta", "\"delta\":{\"stop_reason\":\"" + ((toolCalls > 0) ? "tool_use" : "end_turn")
				+ "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":" + answer().tokens() + "}");
		event("message_stop", null);
		return this.frames;
	}

	private void toolCall(int index, int block) {
		start(block, "{\"type\":\"tool_use\",\"id\":\"toolu_" + index + "\",\"name\":\"get_weather\",\"input\":{}}");
		for (String piece : arguments(index)) {
			delta(block, "{\"type\":\"input_json_delta\",\"partial_json\":" + piece + "}");
		}
		event("content_block_stop", "\"index\":" + block);
	}

	private void start(int block, String content) {
		event("content_block_start", "\"index\":" + block + ",\"content_block\":" + content);
	}

	private void delta(int block, String delta) {
		event("content_block_delta", "\"index\":" + block + ",\"delta\":" + delta);
	}

	private void event(String type, @Nullable String fields) {
		this.frames.add("event: " + type + "\ndata: {\"type\":\"" + type + "\"" + ((fields != null) ? "," + fields : "")
				+ "}\n\n");
	}

	@Override
	public String whole() {
		return "{" + head("[{\"type\":\"text\",\"text\":" + quoted(answer().text()) + "}]", "\"end_turn\"")
				+ ",\"usage\":" + usage(answer().tokens()) + "}";
	}

	private static String head(String content, String stopReason) {
		return "\"id\":\"msg_01XFDUDYJgAACzvnptvVoYEL\",\"type\":\"message\",\"role\":\"assistant\""
				+ ",\"model\":\"claude-sonnet-4-5-20250929\",\"content\":" + content + ",\"stop_reason\":" + stopReason
				+ ",\"stop_sequence\":null";
	}

	private static String usage(int outputTokens) {
		return "{\"input_tokens\":" + Answer.PROMPT_TOKENS
				+ ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":" + outputTokens
				+ ",\"service_tier\":\"standard\"}";
	}

}
