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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.routekit.ProviderState;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.ToolArguments;
import io.routekit.wire.UnreadObject;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A tool call of which more may come. Its id and its name are set once.
 */
final class OpenToolCall {

	private final int position;

	private final @Nullable Integer index;

	private final KeptSize kept;

	private final ToolArguments arguments;

	private @Nullable String id;

	private @Nullable String name;

	private @Nullable String state;

	/**
	 * The members of the state, once there was more than one.
	 */
	private @Nullable Map<String, JsonRange> stateMembers;

	private @Nullable String latestState;

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

	int position() {
		return this.position;
	}

	/**
	 * Return the id of the call.
	 * @return the id, or {@code null} if it is not known yet
	 */
	@Nullable String id() {
		return this.id;
	}

	boolean isOther(@Nullable String id) {
		return id != null && this.id != null && !id.equals(this.id);
	}

	void append(ToolCallDelta delta, Consumer<StreamEvent> events) {
		this.id = keepFirst(this.id, delta.id());
		this.name = keepFirst(this.name, delta.name());
		if (delta.state() != null) {
			keepState(delta.state());
		}
		String piece = (delta.arguments() != null) ? this.arguments.append(delta.arguments()) : "";
		if (this.started) {
			emitArguments(piece, events);
		}
		else if (this.id != null && this.name != null) {
			start(this.id, this.name, piece, events);
		}
	}

	/**
	 * Keep the members of state that are not known yet.
	 * @param state the state
	 * @return whether there are any
	 */
	boolean keepState(String state) {
		if (this.state == null) {
			this.state = keepFirst(null, state);
			this.latestState = state;
			return true;
		}
		// Some servers repeat it with each delta
		if (state.equals(this.latestState)) {
			return false;
		}
		this.latestState = state;
		Map<String, JsonRange> members = this.stateMembers;
		if (members == null) {
			members = new LinkedHashMap<>(JsonRange.of(this.state).members());
			this.stateMembers = members;
		}
		int size = members.size();
		JsonRange.of(state).members().forEach(members::putIfAbsent);
		if (members.size() > size) {
			this.kept.addObject(state.length());
		}
		return members.size() > size;
	}

	private @Nullable String state() {
		return (this.stateMembers != null) ? WireJson.write(new UnreadObject(this.stateMembers)) : this.state;
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

	/**
	 * Return whether this is no call: the model was stopped before it named the tool, or
	 * the server sent an empty delta too many.
	 * @param cut whether the model was stopped before it was done
	 * @return whether to leave it out
	 */
	boolean isNoise(boolean cut) {
		return this.name == null && (cut || this.id == null && this.arguments.isEmpty());
	}

	// An id that others would not take goes back to its issuer only
	private @Nullable ProviderState state(CompletionsDialect dialect) {
		boolean ownId = this.id != null && !dialect.toolCallIds().accepts(this.id);
		String state = state();
		return (state != null || ownId) ? dialect.state((state != null) ? state : "{}") : null;
	}

	ToolCall complete(Reply reply, CompletionsDialect dialect, boolean cut, Consumer<StreamEvent> events) {
		if (this.name == null) {
			throw reply.invalid("The answer has a tool call without a name");
		}
		String id = (this.id != null) ? this.id : ToolCallAssembler.generateId();
		if (!this.started) {
			start(id, this.name, "", events);
		}
		emitArguments(this.arguments.rest(), events);
		ProviderState state = state(dialect);
		String arguments = this.arguments.join();
		// Without arguments, the model may have been stopped before the first of them
		ToolCall toolCall = (cut && arguments.isBlank()) ? new ToolCall(id, this.name, arguments, false, state)
				: ToolCall.of(id, this.name, arguments, state);
		if (toolCall.complete()) {
			events.accept(new StreamEvent.ToolCallComplete(this.position, toolCall));
		}
		return toolCall;
	}

}
