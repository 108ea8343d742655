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
 * An answer as OpenAI's Responses.
 */
final class ResponsesFrames extends Frames {

	private static final String ID = "_68af4030baa88193b0b43b4c2a176a1a0686d90ac4ad7ef1";

	private final List<String> frames = new ArrayList<>();

	ResponsesFrames(Answer answer) {
		super(answer);
	}

	@Override
	public List<String> stream() {
		int texts = answer().workload().events();
		int toolCalls = answer().workload().toolCalls();
		StringBuilder output = new StringBuilder();
		event("response.created", "\"response\":" + response("in_progress", "", "null"));
		event("response.in_progress", "\"response\":" + response("in_progress", "", "null"));
		if (texts > 0) {
			output.append(message());
		}
		for (int i = 0; i < toolCalls; i++) {
			output.append(output.isEmpty() ? "" : ",").append(toolCall(i, (texts > 0) ? i + 1 : i));
		}
		event("response.completed", "\"response\":" + response("completed", output.toString(), usage()));
		return this.frames;
	}

	private String message() {
		StringBuilder text = new StringBuilder();
		event("response.output_item.added", "\"output_index\":0,\"item\":" + message("in_progress", ""));
		event("response.content_part.added", part() + ",\"part\":" + text("\"\""));
		for (int i = 0; i < answer().workload().events(); i++) {
			event("response.output_text.delta",
					part() + ",\"delta\":" + text(i) + ",\"logprobs\":[]" + noise(this.frames.size()));
			text.append(answer().text(i));
		}
		// What carries the time of its sending is not known before
		String whole = quoted(answer().workload().isPaced() ? "" : text.toString());
		event("response.output_text.done", part() + ",\"text\":" + whole + ",\"logprobs\":[]");
		event("response.content_part.done", part() + ",\"part\":" + text(whole));
		String item = message("completed", text(whole));
		event("response.output_item.done", "\"output_index\":0,\"item\":" + item);
		return item;
	}

	private String toolCall(int index, int position) {
		String place = "\"item_id\":\"fc" + ID + "\",\"output_index\":" + position;
		event("response.output_item.added",
				"\"output_index\":" + position + ",\"item\":" + functionCall(index, "in_progress", ""));
		for (String piece : arguments(index)) {
			event("response.function_call_arguments.delta", place + ",\"delta\":" + piece + noise(this.frames.size()));
		}
		String arguments = answer().arguments(index);
		event("response.function_call_arguments.done", place + ",\"arguments\":" + quoted(arguments));
		String item = functionCall(index, "completed", arguments);
		event("response.output_item.done", "\"output_index\":" + position + ",\"item\":" + item);
		return item;
	}

	private void event(String type, String members) {
		this.frames.add("event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":"
				+ this.frames.size() + "," + members + "}\n\n");
	}

	@Override
	public String whole() {
		return response("completed", message("completed", text(quoted(answer().text()))), usage());
	}

	private static String part() {
		return "\"item_id\":\"msg" + ID + "\",\"output_index\":0,\"content_index\":0";
	}

	private static String text(String text) {
		return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + text + "}";
	}

	private static String message(String status, String content) {
		return "{\"id\":\"msg" + ID + "\",\"type\":\"message\",\"status\":\"" + status + "\",\"content\":[" + content
				+ "],\"role\":\"assistant\"}";
	}

	private static String functionCall(int index, String status, String arguments) {
		return "{\"id\":\"fc" + ID + "\",\"type\":\"function_call\",\"status\":\"" + status + "\",\"arguments\":"
				+ quoted(arguments) + ",\"call_id\":\"call_" + index + "\",\"name\":\"get_weather\"}";
	}

	private static String response(String status, String output, String usage) {
		return "{\"id\":\"resp" + ID + "\",\"object\":\"response\",\"created_at\":1767225600,\"status\":\"" + status
				+ "\",\"background\":false,\"error\":null,\"incomplete_details\":null,\"instructions\":null,"
				+ "\"max_output_tokens\":null,\"model\":\"gpt-5-mini-2025-08-07\",\"output\":[" + output
				+ "],\"parallel_tool_calls\":true,\"previous_response_id\":null,\"reasoning\":{\"effort\":\"medium\","
				+ "\"summary\":null},\"service_tier\":\"default\",\"store\":false,\"temperature\":1.0,\"text\":"
				+ "{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"},\"tool_choice\":\"auto\",\"tools\":[],"
				+ "\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":" + usage + ",\"user\":null,\"metadata\":{}}";
	}

	private String usage() {
		return "{\"input_tokens\":%d,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":%d,"
			.formatted(Answer.PROMPT_TOKENS, answer().tokens())
				+ "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":%d}"
					.formatted(Answer.PROMPT_TOKENS + answer().tokens());
	}

}
