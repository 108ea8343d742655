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
 * Writes the stream of a Response: one item after the other, each added when its first
 * piece comes.
 */
final class ResponsesStream implements WireStream {

	private final ModelResponse beginning;

	private final StringBuilder events = new StringBuilder();

	private final StringBuilder content = new StringBuilder();

	private int index = -1;

	private int number;

	private @Nullable Item open;

	private StreamEvent.@Nullable ToolCallStart call;

	private boolean callComplete;

	private boolean begun;

	ResponsesStream(ModelResponse beginning) {
		this.beginning = beginning;
	}

	@Override
	public String write(StreamEvent event) {
		this.events.setLength(0);
		if (!this.begun) {
			this.begun = true;
			writeResponse("response.created", ResponsesWriter.head(this.beginning, "in_progress"));
			writeResponse("response.in_progress", ResponsesWriter.head(this.beginning, "in_progress"));
		}
		if (event instanceof StreamEvent.Text text) {
			append(Item.TEXT, text.text());
		}
		else if (event instanceof StreamEvent.Reasoning reasoning) {
			append(Item.REASONING, reasoning.text());
		}
		else if (event instanceof StreamEvent.ToolCallStart start) {
			closeItem();
			this.call = start;
			this.callComplete = false;
			openItem(Item.CALL);
		}
		else if (event instanceof StreamEvent.ToolCallArguments arguments) {
			append(Item.CALL, arguments.arguments());
		}
		else if (event instanceof StreamEvent.ToolCallComplete) {
			this.callComplete = true;
		}
		else if (event instanceof StreamEvent.Completed completed) {
			complete(completed.response());
		}
		return this.events.toString();
	}

	private void append(Item item, String piece) {
		if (this.open != item) {
			closeItem();
			openItem(item);
		}
		this.content.append(piece);
		write(piece(item, item.delta).put("delta", piece));
	}

	private void openItem(Item item) {
		this.open = item;
		this.index++;
		this.content.setLength(0);
		writeItem("response.output_item.added", switch (item) {
			case TEXT, REFUSAL -> ResponsesWriter.message(this.index, null);
			case REASONING -> ResponsesWriter.reasoning(this.index, "");
			case CALL -> call();
		});
		if (item.part != null) {
			write(piece(item, item.part + ".added").set("part", part(item)));
		}
	}

	private ObjectNode call() {
		StreamEvent.ToolCallStart start = this.call;
		return (start != null) ? ResponsesWriter.call(this.index, start.id(), start.name()) : Json.object();
	}

	private ObjectNode part(Item item) {
		String whole = this.content.toString();
		return switch (item) {
			case REASONING -> ResponsesWriter.summary(whole);
			case REFUSAL -> ResponsesWriter.refusal(whole);
			default -> ResponsesWriter.text(whole);
		};
	}

	private void closeItem() {
		Item item = this.open;
		if (item == null) {
			return;
		}
		this.open = null;
		String whole = this.content.toString();
		write(piece(item, item.done).put(item.member, whole));
		if (item.part != null) {
			write(piece(item, item.part + ".done").set("part", part(item)));
		}
		writeItem("response.output_item.done", switch (item) {
			case TEXT, REFUSAL -> ResponsesWriter.message(this.index, part(item));
			case REASONING -> ResponsesWriter.reasoning(this.index, whole);
			case CALL -> call().put("arguments", whole).put("status", this.callComplete ? "completed" : "incomplete");
		});
	}

	private void complete(ModelResponse response) {
		closeItem();
		if (response.refusal() != null) {
			append(Item.REFUSAL, response.refusal());
			closeItem();
		}
		boolean incomplete = ResponsesWriter.incompleteReason(response) != null;
		writeResponse(incomplete ? "response.incomplete" : "response.completed", ResponsesWriter.write(response));
	}

	private ObjectNode piece(Item item, String type) {
		ObjectNode event = Json.object().put("type", type).put("output_index", this.index);
		return switch (item) {
			case TEXT, REFUSAL -> event.put("content_index", 0);
			case REASONING -> event.put("summary_index", 0);
			case CALL -> event;
		};
	}

	private void writeItem(String type, ObjectNode item) {
		ObjectNode event = Json.object().put("type", type).put("output_index", this.index);
		event.set("item", item);
		write(event);
	}

	private void writeResponse(String type, ObjectNode response) {
		ObjectNode event = Json.object().put("type", type);
		event.set("response", response);
		write(event);
	}

	private void write(ObjectNode event) {
		event.put("sequence_number", this.number++);
		this.events.append(WireStream.event(event.path("type").stringValue(), event));
	}

	/**
	 * The kinds of items, with the events that tell of their pieces.
	 */
	private enum Item {

		TEXT("response.output_text", "text", "response.content_part"),

		REFUSAL("response.refusal", "refusal", "response.content_part"),

		REASONING("response.reasoning_summary_text", "text", "response.reasoning_summary_part"),

		CALL("response.function_call_arguments", "arguments", null);

		private final String delta;

		private final String done;

		private final String member;

		private final @Nullable String part;

		Item(String type, String member, @Nullable String part) {
			this.delta = type + ".delta";
			this.done = type + ".done";
			this.member = member;
			this.part = part;
		}

	}

}
