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

package io.routekit.anthropic;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.ProviderState;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.wire.KeptSize;
import io.routekit.wire.ToolArguments;
import io.routekit.wire.ToolCallIds;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A tool call. If it has no arguments or came whole, only the end of the answer tells
 * whether the model has finished it.
 */
final class ToolUseBlock implements ReplyBlock {

	private final int position;

	private final String id;

	private final String name;

	private final @Nullable String input;

	private final @Nullable ProviderState state;

	private final ToolArguments arguments;

	private boolean stopped;

	private boolean whole;

	/**
	 * Create a new {@link ToolUseBlock} instance.
	 * @param own tells who issues state
	 * @param position the position among the tool calls of the answer
	 * @param name the name of the tool
	 * @param start the block as it came
	 * @param kept the size of what is kept of the answer
	 * @param events takes the event for the start
	 */
	ToolUseBlock(OwnState own, int position, String name, RawObject start, KeptSize kept,
			Consumer<StreamEvent> events) {
		this.position = position;
		this.arguments = kept.toolArguments();
		String id = start.text("id");
		this.id = (id != null && !id.isBlank()) ? id : "toolu_" + UUID.randomUUID().toString().replace("-", "");
		this.name = name;
		this.input = input(start);
		String rest = start.without("type", "id", "name", "input");
		// An id that others would not take goes back to its issuer only
		boolean ownId = this.id.equals(id) && !ToolCallIds.Format.WORD.accepts(this.id);
		this.state = (rest != null || ownId) ? own.state((rest != null) ? rest : "{}") : null;
		events.accept(new StreamEvent.ToolCallStart(position, this.id, name));
	}

	// Proxies that translate from other formats leave the arguments in a text
	private static @Nullable String input(RawObject start) {
		String text = start.text("input");
		return (text != null) ? text : start.container("input");
	}

	@Override
	public void append(String type, String value, Consumer<StreamEvent> events) {
		if (type.equals("input_json_delta") && !this.whole) {
			emit(this.arguments.append(value), events);
		}
	}

	@Override
	public void stop(Consumer<StreamEvent> events) {
		// Arguments are read as a whole, so that only the first stop is believed
		if (!this.stopped && !this.arguments.isEmpty() && WireJson.isObject(this.arguments.join())) {
			this.whole = true;
			emit(this.arguments.rest(), events);
		}
		this.stopped = true;
	}

	private void emit(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(new StreamEvent.ToolCallArguments(this.position, piece));
		}
	}

	@Override
	public List<AssistantPart> complete(End end, Consumer<StreamEvent> events) {
		if (this.arguments.isEmpty() && this.input != null) {
			emit(this.arguments.append(this.input), events);
		}
		emit(this.arguments.rest(), events);
		String arguments = this.arguments.join();
		if (end == End.DECLINED || end == End.CUT && arguments.isBlank()) {
			return List.of(new ToolCall(this.id, this.name, arguments, false, this.state));
		}
		ToolCall toolCall = ToolCall.of(this.id, this.name, arguments, this.state);
		if (toolCall.complete()) {
			events.accept(new StreamEvent.ToolCallComplete(this.position, toolCall));
		}
		return List.of(toolCall);
	}

}
