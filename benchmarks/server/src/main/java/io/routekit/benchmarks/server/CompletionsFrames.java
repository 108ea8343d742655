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

/**
 * An answer as OpenAI's Chat Completions.
 */
final class CompletionsFrames extends Frames {

	private final List<String> frames = new ArrayList<>();

	CompletionsFrames(Answer answer) {
		super(answer);
	}

	@Override
	public List<String> stream() {
		delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
		for (int i = 0; i < answer().workload().events(); i++) {
			delta("{\"content\":" + text(i) + "}", "null");
		}
		for (int i = 0; i < answer().workload().toolCalls(); i++) {
			toolCall(i);
		}
		delta("{}", (answer().workload().toolCalls() > 0) ? "\"tool_calls\"" : "\"stop\"");
		chunk("[]", usage());
		this.frames.add("data: [DONE]\n\n");
		return this.frames;
	}

	private void toolCall(int index) {
		String start = "{\"tool_calls\":[{\"index\":" + index;
		delta(start + ",\"id\":\"call_" + index
				+ "\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}", "null");
		for (String piece : arguments(index)) {
			delta(start + ",\"function\":{\"arguments\":" + piece + "}}]}", "null");
		}
	}

	private void delta(String delta, String finishReason) {
		chunk("[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]",
				"null");
	}

	private void chunk(String choices, String usage) {
		this.frames.add("data: {" + head("chat.completion.chunk") + ",\"choices\":" + choices + ",\"usage\":" + usage
				+ noise(this.frames.size()) + "}\n\n");
	}

	@Override
	public String whole() {
		return "{" + head("chat.completion")
				+ ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
				+ quoted(answer().text())
				+ ",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
				+ usage() + "}";
	}

	private static String head(String object) {
		return "\"id\":\"chatcmpl-CnF8b2Kq0vXJ7mT3yQwZ5sLhRdPa9\",\"object\":\"" + object
				+ "\",\"created\":1767225600,\"model\":\"gpt-5-mini-2025-08-07\",\"service_tier\":\"default\""
				+ ",\"system_fingerprint\":\"fp_50906f2aac\"";
	}

	private String usage() {
		return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,".formatted(Answer.PROMPT_TOKENS,
				answer().tokens(), Answer.PROMPT_TOKENS + answer().tokens())
				+ "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":"
				+ "{\"reasoning_tokens\":0,\"audio_tokens\":0,\"accepted_prediction_tokens\":0,"
				+ "\"rejected_prediction_tokens\":0}}";
	}

}
