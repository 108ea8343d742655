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

import java.util.function.Consumer;

import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the stream of a Chat Completion.
 */
final class CompletionsStream implements WireStream {

	private final ModelResponse beginning;

	private final boolean usageWanted;

	private boolean begun;

	CompletionsStream(JsonNode request, ModelResponse beginning) {
		this.beginning = beginning;
		this.usageWanted = request.path("stream_options").path("include_usage").asBoolean(false);
	}

	@Override
	public String write(StreamEvent event) {
		StringBuilder events = new StringBuilder();
		if (!this.begun) {
			this.begun = true;
			events.append(chunk((delta) -> delta.put("role", "assistant").put("content", "")));
		}
		if (event instanceof StreamEvent.Text text) {
			events.append(chunk((delta) -> delta.put("content", text.text())));
		}
		else if (event instanceof StreamEvent.Reasoning reasoning) {
			events.append(chunk((delta) -> delta.put("reasoning_content", reasoning.text())));
		}
		else if (event instanceof StreamEvent.ToolCallStart call) {
			events.append(chunk((delta) -> delta.putArray("tool_calls")
				.addObject()
				.put("index", call.index())
				.put("id", call.id())
				.put("type", "function")
				.putObject("function")
				.put("name", call.name())
				.put("arguments", "")));
		}
		else if (event instanceof StreamEvent.ToolCallArguments call) {
			events.append(chunk((delta) -> delta.putArray("tool_calls")
				.addObject()
				.put("index", call.index())
				.putObject("function")
				.put("arguments", call.arguments())));
		}
		else if (event instanceof StreamEvent.Completed completed) {
			complete(completed.response(), events);
		}
		return events.toString();
	}

	private void complete(ModelResponse response, StringBuilder events) {
		if (response.refusal() != null) {
			events.append(chunk((delta) -> delta.put("refusal", response.refusal())));
		}
		events.append(WireStream.data(choice(CompletionsWriter.finishReason(response)).toString()));
		if (this.usageWanted) {
			ObjectNode chunk = CompletionsWriter.head(this.beginning, "chat.completion.chunk");
			chunk.putArray("choices");
			CompletionsWriter.writeUsage(chunk, response.usage());
			events.append(WireStream.data(chunk.toString()));
		}
		events.append(WireStream.data("[DONE]"));
	}

	private String chunk(Consumer<ObjectNode> delta) {
		ObjectNode chunk = choice(null);
		delta.accept((ObjectNode) chunk.path("choices").path(0).path("delta"));
		return WireStream.data(chunk.toString());
	}

	private ObjectNode choice(@Nullable String finishReason) {
		ObjectNode chunk = CompletionsWriter.head(this.beginning, "chat.completion.chunk");
		ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
		choice.putObject("delta");
		choice.putNull("logprobs").put("finish_reason", finishReason);
		return chunk;
	}

}
