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

package io.routekit.completions;

import java.util.function.Consumer;

import io.routekit.ProviderState;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.http.DeltaText;
import io.routekit.http.KeptSize;
import io.routekit.http.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A tool call of which more may come. Its id and its name are set once.
 */
final class OpenToolCall {

	private final int position;

	private final @Nullable Integer index;

	private final KeptSize kept;

	private final DeltaText arguments;

	private @Nullable String id;

	private @Nullable String name;

	private @Nullable String state;

	private boolean started;

	OpenToolCall(int position, @Nullable Integer index, KeptSize kept) {
		this.position = position;
		this.index = index;
		this.kept = kept;
		this.arguments = kept.toolArguments();
	}

	@Nullable Integer index() {
		return this.index;
	}

	boolean hasId() {
		return this.id != null;
	}

	boolean isOther(@Nullable String id) {
		return id != null && this.id != null && !id.equals(this.id);
	}

	void append(@Nullable String id, @Nullable String name, @Nullable String arguments, @Nullable String state,
			Consumer<StreamEvent> events) {
		this.id = keepFirst(this.id, id);
		this.name = keepFirst(this.name, name);
		this.state = keepFirst(this.state, state);
		String piece = (arguments != null) ? this.arguments.append(arguments) : "";
		if (this.started) {
			emitArguments(piece, events);
		}
		else if (this.id != null && this.name != null) {
			start(this.id, this.name, piece, events);
		}
	}

	private @Nullable String keepFirst(@Nullable String known, @Nullable String value) {
		if (known == null && value != null) {
			this.kept.addObject(value.length());
			return value;
		}
		return known;
	}

	private void start(String id, String name, String piece, Consumer<StreamEvent> events) {
		this.started = true;
		events.accept(new StreamEvent.ToolCallStart(this.position, id, name));
		String earlier = this.arguments.emitted();
		emitArguments(earlier.isEmpty() ? piece : earlier, events);
	}

	private void emitArguments(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(new StreamEvent.ToolCallArguments(this.position, piece));
		}
	}

	ToolCall complete(Reply reply, String issuer, boolean cut, Consumer<StreamEvent> events) {
		if (this.name == null) {
			throw reply.invalid("The answer has a tool call without a name");
		}
		String id = (this.id != null) ? this.id : ToolCallAssembler.generateId();
		if (!this.started) {
			start(id, this.name, "", events);
		}
		emitArguments(this.arguments.rest(), events);
		ProviderState state = (this.state != null) ? new ProviderState(issuer, this.state) : null;
		String arguments = this.arguments.toString();
		// Without arguments, the model may have been cut before the first of them
		ToolCall toolCall = (cut && arguments.isBlank()) ? new ToolCall(id, this.name, arguments, false, state)
				: ToolCall.of(id, this.name, arguments, state);
		if (toolCall.complete()) {
			events.accept(new StreamEvent.ToolCallComplete(this.position, toolCall));
		}
		return toolCall;
	}

}
