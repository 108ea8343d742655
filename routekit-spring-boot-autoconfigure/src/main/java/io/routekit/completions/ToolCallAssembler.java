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

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Puts tool calls together from their deltas. Servers disagree on whether deltas have an
 * index, and on whether they repeat the id and the name.
 */
final class ToolCallAssembler {

	private final Reply reply;

	private final CompletionsDialect dialect;

	private final KeptSize kept;

	private final List<OpenToolCall> calls = new ArrayList<>();

	private final KnownCalls known = new KnownCalls();

	private boolean listSeen;

	/**
	 * State that came before the call it belongs to.
	 */
	private @Nullable String unclaimedState;

	ToolCallAssembler(Reply reply, CompletionsDialect dialect, KeptSize kept) {
		this.reply = reply;
		this.dialect = dialect;
		this.kept = kept;
	}

	/**
	 * Read a list of calls.
	 * @param whole whether the calls are whole, so that each element is one
	 * @param parser a parser that points at the list
	 * @param events takes the events for the calls
	 */
	void readAll(boolean whole, JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() == JsonToken.START_OBJECT) {
			// A list of one
			accept(ToolCallDelta.read(parser), whole, events);
			return;
		}
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return;
		}
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				this.listSeen = true;
				accept(ToolCallDelta.read(parser), whole, events);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	/**
	 * Accept the deprecated {@code function_call}, which some servers send beside the
	 * list of calls.
	 * @param delta what is said about the call
	 * @param events takes the events for the call
	 */
	void acceptFunction(ToolCallDelta delta, Consumer<StreamEvent> events) {
		if (!this.listSeen) {
			accept(delta, false, events);
		}
	}

	private void accept(ToolCallDelta delta, boolean whole, Consumer<StreamEvent> events) {
		if (delta.isEmpty()) {
			this.unclaimedState = keepState(delta);
			return;
		}
		OpenToolCall call = whole ? null : this.known.find(delta);
		if (call == null) {
			this.kept.addPart();
			this.kept.addToolCall();
			call = new OpenToolCall(this.calls.size(), delta.index(), this.kept);
			this.calls.add(call);
			this.known.add(call);
		}
		String idBefore = call.id();
		call.append(delta, events);
		String id = call.id();
		if (id != null && idBefore == null) {
			this.known.addId(id, call);
		}
	}

	// A delta with nothing but state belongs to a call that is known, or to the next one
	private @Nullable String keepState(ToolCallDelta delta) {
		OpenToolCall call = (delta.state() != null) ? this.known.find(delta) : null;
		if (delta.state() != null && (call == null || !call.keepState(delta.state()))) {
			this.kept.addObject(delta.state().length());
			return delta.state();
		}
		return this.unclaimedState;
	}

	boolean isEmpty() {
		return this.calls.isEmpty();
	}

	int size() {
		return this.calls.size();
	}

	/**
	 * Give state that came without a call to the first call that has none: Gemini signs
	 * the first one.
	 * @param state the state
	 * @return whether there is such a call
	 */
	boolean claim(String state) {
		return this.calls.stream().anyMatch((call) -> call.keepState(state));
	}

	/**
	 * Complete the calls.
	 * @param cut whether the model was stopped before it was done
	 * @param events takes the events for the calls
	 * @return the calls, in the order of their index if all have one
	 */
	List<ToolCall> complete(boolean cut, Consumer<StreamEvent> events) {
		if (this.unclaimedState != null) {
			claim(this.unclaimedState);
		}
		if (this.calls.isEmpty()) {
			return Collections.emptyList();
		}
		List<OpenToolCall> ordered = new ArrayList<>(this.calls);
		if (ordered.stream().allMatch((call) -> call.index() != null)) {
			ordered.sort(Comparator.comparing(OpenToolCall::index));
		}
		List<ToolCall> toolCalls = new ArrayList<>();
		for (OpenToolCall call : ordered) {
			if (!call.isNoise(cut)) {
				toolCalls.add(call.complete(this.reply, this.dialect, cut, events));
			}
		}
		return toolCalls;
	}

	static String generateId() {
		return "call_" + UUID.randomUUID().toString().replace("-", "");
	}

	/**
	 * The calls so far, of which the last one with an index or an id is found at once.
	 * Most deltas are for the last one of all.
	 */
	private static final class KnownCalls {

		private final Map<Integer, OpenToolCall> byIndex = new HashMap<>(4);

		private final Map<String, OpenToolCall> byId = new HashMap<>(4);

		private @Nullable OpenToolCall last;

		void add(OpenToolCall call) {
			this.last = call;
			if (call.index() != null) {
				this.byIndex.put(call.index(), call);
			}
		}

		// The id of a call may come after later calls
		void addId(String id, OpenToolCall call) {
			this.byId.merge(id, call, (known, added) -> (known.position() > added.position()) ? known : added);
		}

		@Nullable OpenToolCall find(ToolCallDelta delta) {
			if (delta.index() != null) {
				OpenToolCall call = find(delta.index());
				// Some servers give every call the same index
				boolean other = call != null && delta.name() != null && call.isOther(delta.id());
				return other ? null : call;
			}
			if (delta.id() != null) {
				return this.byId.get(delta.id());
			}
			return (delta.name() != null) ? null : this.last;
		}

		private @Nullable OpenToolCall find(Integer index) {
			OpenToolCall last = this.last;
			return (last != null && index.equals(last.index())) ? last : this.byIndex.get(index);
		}

	}

}
