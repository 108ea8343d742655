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

import java.util.ArrayList;
import java.util.List;

import io.routekit.FinishReason;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream of OpenAI's Responses API.
 */
final class ResponsesStream implements WireStream {

	private static final JsonMapper mapper = new JsonMapper();

	private final StringBuilder written = new StringBuilder();

	private final List<String> items = new ArrayList<>();

	private final List<Integer> calls = new ArrayList<>();

	private final List<String[]> openCalls = new ArrayList<>();

	private final StringBuilder text = new StringBuilder();

	private int number;

	private int textIndex = -1;

	ResponsesStream() {
		event("response.created", ",\"response\":" + response("in_progress", "null", "", "null"));
		event("response.in_progress", ",\"response\":" + response("in_progress", "null", "", "null"));
	}

	static String response(String status, String reason, String items, String usage) {
		return "{\"id\":\"answer-1\",\"object\":\"response\",\"created_at\":1,\"status\":\"" + status
				+ "\",\"error\":null,\"incomplete_details\":" + reason + ",\"model\":\"model-1\",\"output\":[" + items
				+ "],\"usage\":" + usage + ",\"instructions\":null,\"tools\":[],\"tool_choice\":\"auto\","
				+ "\"text\":{\"format\":{\"type\":\"text\"}},\"store\":false,\"metadata\":{}}";
	}

	/**
	 * Return how a response ended.
	 */
	static String end(FinishReason reason, String items) {
		boolean cut = reason == FinishReason.LENGTH;
		return response(cut ? "incomplete" : "completed", cut ? "{\"reason\":\"max_output_tokens\"}" : "null", items,
				"{\"input_tokens\":9,\"output_tokens\":2,\"total_tokens\":11}");
	}

	/**
	 * Return a message.
	 * @param index the position among the items
	 * @param json the text as it stands between the quotes of JSON
	 */
	static String message(int index, String json) {
		return "{\"id\":\"msg_" + index + "\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
				+ "\"content\":[" + part(json) + "]}";
	}

	private static String part(String json) {
		return "{\"type\":\"output_text\",\"text\":\"" + json + "\",\"annotations\":[],\"logprobs\":[]}";
	}

	/**
	 * Return a tool call.
	 * @param index the position among the items
	 */
	static String call(int index, String id, String name, String status, String arguments) {
		return "{\"id\":\"fc_" + index + "\",\"type\":\"function_call\",\"status\":\"" + status + "\",\"call_id\":\""
				+ id + "\",\"name\":\"" + name + "\",\"arguments\":" + mapper.writeValueAsString(arguments) + "}";
	}

	private void event(String type, String members) {
		this.written.append("event: ")
			.append(type)
			.append("\ndata: {\"type\":\"")
			.append(type)
			.append("\",\"sequence_number\":")
			.append(this.number++)
			.append(members)
			.append("}\n\n");
	}

	private void itemEvent(String type, int index, String item) {
		event(type, ",\"output_index\":" + index + ",\"item\":" + item);
	}

	private void textEvent(String type, String member) {
		event(type, ",\"item_id\":\"msg_" + this.textIndex + "\",\"output_index\":" + this.textIndex
				+ ",\"content_index\":0," + member);
	}

	@Override
	public WireStream text(String json) {
		if (this.textIndex < 0) {
			this.textIndex = this.items.size();
			this.items.add("");
			itemEvent("response.output_item.added", this.textIndex, "{\"id\":\"msg_" + this.textIndex
					+ "\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}");
			textEvent("response.content_part.added", "\"part\":" + part(""));
		}
		this.text.append(json);
		textEvent("response.output_text.delta", "\"delta\":\"" + json + "\",\"logprobs\":[],\"obfuscation\":\""
				+ "x".repeat(1 + this.number % 16) + "\"");
		return this;
	}

	@Override
	public WireStream call(String id, String name) {
		closeText();
		int index = this.items.size();
		this.items.add("");
		this.calls.add(index);
		this.openCalls.add(new String[] { id, name, "" });
		itemEvent("response.output_item.added", index, call(index, id, name, "in_progress", ""));
		return this;
	}

	private void closeText() {
		if (this.textIndex >= 0) {
			textEvent("response.output_text.done", "\"text\":\"" + this.text + "\",\"logprobs\":[]");
			textEvent("response.content_part.done", "\"part\":" + part(this.text.toString()));
			finish(this.textIndex, message(this.textIndex, this.text.toString()));
			this.text.setLength(0);
			this.textIndex = -1;
		}
	}

	private void finish(int index, String item) {
		this.items.set(index, item);
		itemEvent("response.output_item.done", index, item);
	}

	@Override
	public WireStream arguments(int position, String arguments) {
		this.openCalls.get(position)[2] += arguments;
		callEvent("delta", position, "\"delta\":" + mapper.writeValueAsString(arguments));
		return this;
	}

	private void callEvent(String type, int position, String member) {
		int index = this.calls.get(position);
		event("response.function_call_arguments." + type,
				",\"item_id\":\"fc_" + index + "\",\"output_index\":" + index + "," + member);
	}

	@Override
	public WireStream finish(FinishReason reason) {
		closeText();
		String status = (reason == FinishReason.LENGTH) ? "incomplete" : "completed";
		for (int i = 0; i < this.openCalls.size(); i++) {
			String[] call = this.openCalls.get(i);
			callEvent("done", i, "\"arguments\":" + mapper.writeValueAsString(call[2]));
			finish(this.calls.get(i), call(this.calls.get(i), call[0], call[1], status, call[2]));
		}
		event("response." + status, ",\"response\":" + end(reason, String.join(",", this.items)));
		return this;
	}

	@Override
	public WireStream end() {
		// The last event is the end
		return this;
	}

	@Override
	public WireStream error(String type, String message) {
		event("error",
				",\"error\":{\"type\":\"" + type + "\",\"code\":null,\"message\":\"" + message + "\",\"param\":null}");
		return this;
	}

	@Override
	public String take() {
		String taken = this.written.toString();
		this.written.setLength(0);
		return taken;
	}

}
