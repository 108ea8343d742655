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

package io.routekit.http;

import io.routekit.FinishReason;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream of Chat Completions, on Azure with the chunks of its content filter.
 */
final class CompletionsStream implements WireStream {

	private static final JsonMapper mapper = new JsonMapper();

	private final StringBuilder written = new StringBuilder();

	private final boolean filtered;

	private int calls;

	CompletionsStream(boolean filtered) {
		this.filtered = filtered;
		if (filtered) {
			data("""
					{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0}]}""");
		}
		delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", null);
	}

	private void delta(String delta, String finishReason) {
		String reason = (finishReason != null) ? "\"" + finishReason + "\"" : "null";
		chunk("[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + reason + "}]", "null");
	}

	private void chunk(String choices, String usage) {
		data("{\"id\":\"answer-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"model-1\",\"choices\":"
				+ choices + ",\"usage\":" + usage + "}");
	}

	private void data(String json) {
		this.written.append("data: ").append(json).append("\n\n");
	}

	@Override
	public WireStream text(String json) {
		delta("{\"content\":\"" + json + "\"}", null);
		return this;
	}

	@Override
	public WireStream call(String id, String name) {
		delta("{\"tool_calls\":[{\"index\":" + this.calls + ",\"id\":\"" + id
				+ "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\"\"}}]}", null);
		this.calls++;
		return this;
	}

	@Override
	public WireStream arguments(int position, String arguments) {
		delta("{\"tool_calls\":[{\"index\":" + position + ",\"function\":{\"arguments\":"
				+ mapper.writeValueAsString(arguments) + "}}]}", null);
		return this;
	}

	@Override
	public WireStream finish(FinishReason reason) {
		delta("{}", reason(reason));
		if (this.filtered) {
			data("""
					{"choices":[{"content_filter_offsets":{"check_offset":44},"content_filter_results":{},\
					"finish_reason":null,"index":0}],"created":0,"id":"","model":"","object":""}""");
		}
		chunk("[]", "{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}");
		return this;
	}

	static String reason(FinishReason reason) {
		return switch (reason) {
			case STOP -> "stop";
			case LENGTH -> "length";
			case TOOL_CALLS -> "tool_calls";
			default -> throw new IllegalArgumentException(reason.toString());
		};
	}

	@Override
	public WireStream end() {
		data("[DONE]");
		return this;
	}

	@Override
	public WireStream error(String type, String message) {
		data("{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":null}}");
		return this;
	}

	@Override
	public String take() {
		String taken = this.written.toString();
		this.written.setLength(0);
		return taken;
	}

}
