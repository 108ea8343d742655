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
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.http.KeptSize;
import io.routekit.http.Reply;
import io.routekit.http.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Puts tool calls together from their deltas. Servers disagree on whether deltas have an
 * index, and on whether they repeat the id and the name.
 */
final class ToolCallAssembler {

	private final String issuer;

	private final KeptSize kept;

	private final List<OpenToolCall> calls = new ArrayList<>();

	ToolCallAssembler(String issuer, KeptSize kept) {
		this.issuer = issuer;
		this.kept = kept;
	}

	void readAll(JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return;
		}
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				accept(readDelta(parser), events);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	/**
	 * Read the deprecated {@code function_call}.
	 * @param parser a parser that points at the value
	 * @param events takes the events for the call
	 */
	void readFunction(JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		Delta delta = new Delta();
		delta.index = 0;
		readFunction(parser, delta);
		accept(delta, events);
	}

	private static Delta readDelta(JsonParser parser) {
		Delta delta = new Delta();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case "index" -> {
					delta.index = (token == JsonToken.VALUE_NUMBER_INT) ? Integer.valueOf(parser.getValueAsInt())
							: null;
					parser.skipChildren();
				}
				case "id" -> delta.id = WireJson.readText(parser);
				case "function" -> readFunction(parser, delta);
				case "extra_content" -> delta.state = "{\"extra_content\":" + WireJson.copy(parser) + "}";
				default -> parser.skipChildren();
			}
		}
		return delta;
	}

	private static void readFunction(JsonParser parser, Delta delta) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			if ("name".equals(name)) {
				delta.name = WireJson.readText(parser);
			}
			else if ("arguments".equals(name) && token == JsonToken.VALUE_STRING) {
				delta.arguments = parser.getString();
			}
			else if ("arguments".equals(name) && token == JsonToken.START_OBJECT) {
				delta.arguments = WireJson.copy(parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void accept(Delta delta, Consumer<StreamEvent> events) {
		if (delta.isEmpty()) {
			return;
		}
		OpenToolCall call = find(delta);
		if (call == null) {
			call = new OpenToolCall(this.calls.size(), delta.index, this.kept);
			this.calls.add(call);
		}
		call.append(delta.id, delta.name, delta.arguments, delta.state, events);
	}

	private @Nullable OpenToolCall find(Delta delta) {
		OpenToolCall last = this.calls.isEmpty() ? null : this.calls.get(this.calls.size() - 1);
		Integer index = delta.index;
		if (index != null) {
			OpenToolCall call = findLast((candidate) -> index.equals(candidate.index()));
			// Some servers give every call the same index
			boolean other = call != null && delta.name != null && call.isOther(delta.id);
			return other ? null : call;
		}
		if (delta.id != null) {
			return findLast((candidate) -> !candidate.isOther(delta.id) && candidate.hasId());
		}
		return (delta.name != null) ? null : last;
	}

	private @Nullable OpenToolCall findLast(Predicate<OpenToolCall> filter) {
		for (int i = this.calls.size() - 1; i >= 0; i--) {
			if (filter.test(this.calls.get(i))) {
				return this.calls.get(i);
			}
		}
		return null;
	}

	/**
	 * Complete the calls.
	 * @param reply the reply that they belong to
	 * @param cut whether the model ran out of tokens
	 * @param events takes the events for the calls
	 * @return the calls, in the order of their index if all have one
	 */
	List<ToolCall> complete(Reply reply, boolean cut, Consumer<StreamEvent> events) {
		List<OpenToolCall> ordered = new ArrayList<>(this.calls);
		if (ordered.stream().allMatch((call) -> call.index() != null)) {
			ordered.sort(Comparator.comparing(OpenToolCall::index));
		}
		List<ToolCall> toolCalls = new ArrayList<>();
		for (OpenToolCall call : ordered) {
			toolCalls.add(call.complete(reply, this.issuer, cut, events));
		}
		return toolCalls;
	}

	static String generateId() {
		return "call_" + UUID.randomUUID().toString().replace("-", "");
	}

	/**
	 * What one payload says about a call.
	 */
	private static final class Delta {

		private @Nullable Integer index;

		private @Nullable String id;

		private @Nullable String name;

		private @Nullable String arguments;

		private @Nullable String state;

		boolean isEmpty() {
			return this.id == null && this.name == null && (this.arguments == null || this.arguments.isEmpty())
					&& this.state == null;
		}

	}

}
