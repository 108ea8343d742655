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

import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the stream of an Anthropic Message: one block after the other, each opened when
 * its first piece comes.
 */
final class MessagesStream implements WireStream {

	private static final String THINKING = "thinking";

	private final ModelResponse beginning;

	private final StringBuilder events = new StringBuilder();

	private int index = -1;

	private @Nullable String openBlock;

	private boolean begun;

	MessagesStream(ModelResponse beginning) {
		this.beginning = beginning;
	}

	@Override
	public String write(StreamEvent event) {
		this.events.setLength(0);
		if (!this.begun) {
			this.begun = true;
			begin();
		}
		if (event instanceof StreamEvent.Text text) {
			append("text", "text", text.text());
		}
		else if (event instanceof StreamEvent.Reasoning reasoning) {
			append(THINKING, THINKING, reasoning.text());
		}
		else if (event instanceof StreamEvent.ToolCallStart call) {
			closeBlock();
			ObjectNode block = openBlock("tool_use");
			block.put("id", call.id()).put("name", call.name()).putObject("input");
			writeStart(block);
		}
		else if (event instanceof StreamEvent.ToolCallArguments call) {
			writeDelta(delta("input_json").put("partial_json", call.arguments()));
		}
		else if (event instanceof StreamEvent.Completed completed) {
			complete(completed.response());
		}
		return this.events.toString();
	}

	private void begin() {
		ObjectNode message = MessagesWriter.head(this.beginning);
		message.putArray("content");
		message.putNull("stop_reason").putNull("stop_sequence");
		MessagesWriter.writeUsage(message, this.beginning, false);
		ObjectNode start = Json.object().put("type", "message_start");
		start.set("message", message);
		write(start);
		write(Json.object().put("type", "ping"));
	}

	private void append(String block, String member, String piece) {
		if (!block.equals(this.openBlock)) {
			closeBlock();
			ObjectNode start = openBlock(block).put(member, "");
			writeStart(block.equals(THINKING) ? start.put("signature", "") : start.putNull("citations"));
		}
		writeDelta(delta(block).put(member, piece));
	}

	private ObjectNode openBlock(String type) {
		this.openBlock = type;
		this.index++;
		return Json.object().put("type", type);
	}

	private void closeBlock() {
		if (this.openBlock == null) {
			return;
		}
		if (this.openBlock.equals(THINKING)) {
			writeDelta(delta("signature").put("signature", MessagesWriter.SIGNATURE));
		}
		write(Json.object().put("type", "content_block_stop").put("index", this.index));
		this.openBlock = null;
	}

	private void complete(ModelResponse response) {
		closeBlock();
		ObjectNode stop = Json.object();
		MessagesWriter.writeStop(stop, response);
		ObjectNode delta = Json.object().put("type", "message_delta");
		delta.set("delta", stop);
		MessagesWriter.writeUsage(delta, response, true);
		write(delta);
		write(Json.object().put("type", "message_stop"));
	}

	private static ObjectNode delta(String block) {
		return Json.object().put("type", block + "_delta");
	}

	private void writeStart(ObjectNode block) {
		ObjectNode start = Json.object().put("type", "content_block_start").put("index", this.index);
		start.set("content_block", block);
		write(start);
	}

	private void writeDelta(ObjectNode delta) {
		ObjectNode event = Json.object().put("type", "content_block_delta").put("index", this.index);
		event.set("delta", delta);
		write(event);
	}

	private void write(ObjectNode event) {
		this.events.append(WireStream.event(event.path("type").stringValue(), event));
	}

}
