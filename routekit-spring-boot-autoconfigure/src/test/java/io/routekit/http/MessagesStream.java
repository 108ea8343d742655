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
 * A stream of Anthropic's Messages API.
 */
final class MessagesStream implements WireStream {

	private static final JsonMapper mapper = new JsonMapper();

	private final StringBuilder written = new StringBuilder();

	private boolean textOpen;

	private int blocks;

	private int firstCall = -1;

	MessagesStream() {
		event("message_start", """
				,"message":{"id":"answer-1","type":"message","role":"assistant","model":"model-1","content":[],\
				"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}""");
		event("ping", "");
	}

	private void event(String type, String members) {
		this.written.append("event: ")
			.append(type)
			.append("\ndata: {\"type\":\"")
			.append(type)
			.append('"')
			.append(members)
			.append("}\n\n");
	}

	private void start(String block) {
		event("content_block_start", ",\"index\":" + this.blocks + ",\"content_block\":" + block);
		this.blocks++;
	}

	private void delta(int index, String delta) {
		event("content_block_delta", ",\"index\":" + index + ",\"delta\":" + delta);
	}

	private void stop(int index) {
		event("content_block_stop", ",\"index\":" + index);
	}

	@Override
	public WireStream text(String json) {
		if (!this.textOpen) {
			this.textOpen = true;
			start("{\"type\":\"text\",\"text\":\"\"}");
		}
		delta(this.blocks - 1, "{\"type\":\"text_delta\",\"text\":\"" + json + "\"}");
		return this;
	}

	@Override
	public WireStream call(String id, String name) {
		closeText();
		this.firstCall = (this.firstCall < 0) ? this.blocks : this.firstCall;
		start("{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"input\":{}}");
		return this;
	}

	private void closeText() {
		if (this.textOpen) {
			this.textOpen = false;
			stop(this.blocks - 1);
		}
	}

	@Override
	public WireStream arguments(int position, String arguments) {
		delta(this.firstCall + position,
				"{\"type\":\"input_json_delta\",\"partial_json\":" + mapper.writeValueAsString(arguments) + "}");
		return this;
	}

	@Override
	public WireStream finish(FinishReason reason) {
		closeText();
		for (int i = this.firstCall; i >= 0 && i < this.blocks; i++) {
			stop(i);
		}
		event("message_delta", ",\"delta\":{\"stop_reason\":\"" + reason(reason)
				+ "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}");
		return this;
	}

	static String reason(FinishReason reason) {
		return switch (reason) {
			case STOP -> "end_turn";
			case LENGTH -> "max_tokens";
			case TOOL_CALLS -> "tool_use";
			default -> throw new IllegalArgumentException(reason.toString());
		};
	}

	@Override
	public WireStream end() {
		event("message_stop", "");
		return this;
	}

	@Override
	public WireStream error(String type, String message) {
		event("error", ",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}");
		return this;
	}

	@Override
	public String take() {
		String taken = this.written.toString();
		this.written.setLength(0);
		return taken;
	}

}
