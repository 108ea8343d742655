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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.StreamEvent;
import io.routekit.wire.DeltaText;
import io.routekit.wire.KeptSize;
import io.routekit.wire.KeptValues;
import io.routekit.wire.OnlyText;
import io.routekit.wire.Reply;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the message of a completion. The {@code delta} of a chunk has the shape of a
 * whole {@code message}, so that both are read alike.
 */
final class MessageReader {

	private static final String EXTRA_CONTENT = "extra_content";

	/**
	 * Members that do not go back as they came: those that are written from the parts of
	 * the message, those that requests do not have, and {@code channel}, which tells what
	 * a delta is a part of.
	 */
	private static final Set<String> NO_STATE = Set.of("role", "content", "refusal", "tool_calls", "function_call",
			"annotations", "audio", "channel");

	/**
	 * Members that hold the reasoning as a text.
	 */
	private static final Set<String> REASONING = Set.of("reasoning_content", "reasoning", "reasoning_text", "thinking");

	private final CompletionsDialect dialect;

	private final KeptSize kept;

	private final OnlyText onlyText;

	private final JsonPieces pieces;

	private final List<ContentSegment> segments = new ArrayList<>();

	private final DeltaText refusal;

	private final ToolCallAssembler toolCalls;

	private final MessageState state;

	private final KeptValues metadata;

	/**
	 * The members that held the reasoning, and whether there was any.
	 */
	private final Map<String, Boolean> reasoningMembers = new LinkedHashMap<>(0);

	/**
	 * Events for the tool calls of the message at hand, which follow its text.
	 */
	private final List<StreamEvent> callEvents = new ArrayList<>(0);

	private final Consumer<StreamEvent> callSink = this.callEvents::add;

	private boolean deltaSeen;

	private int textLength;

	/**
	 * Whether the last text of a delta was reasoning.
	 */
	private boolean textIsReasoning;

	MessageReader(Reply reply, CompletionsDialect dialect, KeptSize kept, OnlyText onlyText) {
		this.dialect = dialect;
		this.kept = kept;
		this.onlyText = onlyText;
		this.pieces = new JsonPieces(kept);
		this.refusal = kept.text();
		this.toolCalls = new ToolCallAssembler(reply, dialect, kept);
		this.state = new MessageState(kept);
		this.metadata = new KeptValues(kept);
	}

	void readDelta(JsonParser parser, Consumer<StreamEvent> events) {
		read(false, parser, events);
		this.deltaSeen |= !isEmpty();
	}

	/**
	 * Read the last delta once more, with another text in the place of its only one.
	 * @param text the text
	 * @param events takes the events that it amounts to
	 */
	void readText(String text, Consumer<StreamEvent> events) {
		append(this.textIsReasoning, text, events);
	}

	// Some streams end with the message as a whole, after all its deltas
	void readMessage(JsonParser parser, Consumer<StreamEvent> events) {
		if (!this.deltaSeen) {
			read(true, parser, events);
		}
		else if (parser.currentToken() == JsonToken.START_OBJECT) {
			readWhatIsNew(parser, events);
		}
		else {
			parser.skipChildren();
		}
	}

	private void readWhatIsNew(JsonParser parser, Consumer<StreamEvent> events) {
		boolean callsSeen = !this.toolCalls.isEmpty();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			if ("content".equals(name) && token == JsonToken.VALUE_STRING) {
				append(false, whatFollows(parser.getString()), events);
			}
			else if ("tool_calls".equals(name) && !callsSeen) {
				this.toolCalls.readAll(true, parser, events);
			}
			else if (!NO_STATE.contains(name) && !this.state.has(name) && !this.reasoningMembers.containsKey(name)) {
				this.state.read(name, parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	// The text is only put together for one that is as long
	private String whatFollows(String whole) {
		if (whole.length() <= this.textLength) {
			return "";
		}
		String text = text(false);
		return whole.startsWith(text) ? whole.substring(text.length()) : "";
	}

	private String text(boolean reasoning) {
		StringBuilder text = new StringBuilder();
		this.segments.stream()
			.filter((segment) -> segment.isRunOf(reasoning))
			.forEach((segment) -> text.append(segment.text().join()));
		return text.toString();
	}

	private void read(boolean whole, JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		String reasoning = null;
		// Most servers name the reasoning after the text that it precedes
		String text = null;
		ToolCallDelta functionCall = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "content" -> {
					if (parser.currentToken() == JsonToken.VALUE_STRING) {
						text = parser.getString();
						noteText(false, text, parser);
					}
					else {
						this.onlyText.mixUnlessNull(parser);
						readContent(parser, events);
					}
				}
				case "refusal" -> {
					this.onlyText.mixUnlessNull(parser);
					readRefusal(parser);
				}
				case "tool_calls" -> {
					this.onlyText.mixUnlessNull(parser);
					this.toolCalls.readAll(whole, parser, this.callSink);
				}
				case "function_call" -> {
					this.onlyText.mix();
					functionCall = ToolCallDelta.readFunctionCall(parser);
				}
				case "annotations" -> {
					this.onlyText.mixUnlessNull(parser);
					this.metadata.collect(name, parser);
				}
				case "audio" -> {
					this.onlyText.mixUnlessNull(parser);
					this.metadata.read(name, parser);
				}
				default -> {
					if (NO_STATE.contains(name)) {
						parser.skipChildren();
					}
					else if (REASONING.contains(name) && parser.currentToken() == JsonToken.VALUE_STRING) {
						// Some servers send a copy under a second name
						boolean copy = reasoning != null && !reasoning.equals(name);
						reasoning = readReasoning(name, copy, parser, events) ? name : reasoning;
					}
					else if (this.state.read(name, parser)) {
						this.onlyText.mix();
					}
				}
			}
		}
		if (text != null) {
			append(false, text, events);
		}
		if (functionCall != null) {
			this.toolCalls.acceptFunction(functionCall, this.callSink);
		}
		this.callEvents.forEach(events);
		this.callEvents.clear();
	}

	private void noteText(boolean reasoning, String text, JsonParser parser) {
		if (!text.isEmpty()) {
			this.onlyText.found(parser);
			this.textIsReasoning = reasoning;
		}
	}

	private void readContent(JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() == JsonToken.START_ARRAY) {
			readParts(parser, events);
		}
		else {
			readPart(true, parser, events);
		}
	}

	// Each part is an event, which takes more than the few characters that it may have
	private void readParts(JsonParser parser, Consumer<StreamEvent> events) {
		for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
			if (i > 0) {
				this.kept.addObject(0);
			}
			readPart(i == 0, parser, events);
		}
	}

	// Read a part of a content that is a list, as Mistral sends it.
	private void readPart(boolean first, JsonParser parser, Consumer<StreamEvent> events) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
			append(false, parser.getString(), events);
		}
		else if (this.kept.readValue(parser) instanceof Map<?, ?> part) {
			readPart(first, part, events);
		}
	}

	private void readPart(boolean first, Map<?, ?> part, Consumer<StreamEvent> events) {
		Object type = part.get("type");
		boolean reasoning = part.containsKey("thinking") || "reasoning".equals(type);
		if (part.get("refusal") instanceof String words) {
			this.refusal.append(words);
		}
		else if (part.containsKey("text") && !reasoning) {
			append(false, textOf(part.get("text")), events);
		}
		else if (type != null || reasoning) {
			ContentSegment last = this.segments.isEmpty() ? null : this.segments.get(this.segments.size() - 1);
			ContentSegment segment;
			if (first && last != null && last.isContinuedBy(part)) {
				segment = last;
				this.pieces.join(Objects.requireNonNull(last.part()), part);
			}
			else {
				segment = addSegment(new ContentSegment(reasoning, this.kept.text(), this.pieces.begin("", part)),
						events);
			}
			if (reasoning) {
				segment.emit(segment.text().append(textOf(part)), events);
			}
		}
	}

	private static String textOf(@Nullable Object value) {
		if (value instanceof List<?> list) {
			StringBuilder text = new StringBuilder();
			list.forEach((element) -> text.append(textOf(element)));
			return text.toString();
		}
		if (value instanceof Map<?, ?> part) {
			return textOf(part.get("thinking")) + textOf(part.get("summary")) + textOf(part.get("text"));
		}
		return (value instanceof String || value instanceof Number) ? value.toString() : "";
	}

	private boolean readReasoning(String member, boolean copy, JsonParser parser, Consumer<StreamEvent> events) {
		String text = parser.getString();
		if (!Boolean.TRUE.equals(this.reasoningMembers.get(member))) {
			this.reasoningMembers.put(member, !text.isEmpty());
		}
		if (text.isEmpty() || copy) {
			return false;
		}
		noteText(true, text, parser);
		append(true, text, events);
		return true;
	}

	private void readRefusal(JsonParser parser) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			this.refusal.append(parser.getString());
		}
		parser.skipChildren();
	}

	private void append(boolean reasoning, String text, Consumer<StreamEvent> events) {
		if (text.isEmpty()) {
			return;
		}
		ContentSegment segment = this.segments.isEmpty() ? null : this.segments.get(this.segments.size() - 1);
		if (segment == null || !segment.isRunOf(reasoning)) {
			segment = addSegment(new ContentSegment(reasoning, this.kept.text(), null), events);
		}
		segment.emit(segment.text().append(text), events);
		this.textLength += reasoning ? 0 : text.length();
	}

	private ContentSegment addSegment(ContentSegment segment, Consumer<StreamEvent> events) {
		if (!this.segments.isEmpty()) {
			ContentSegment last = this.segments.get(this.segments.size() - 1);
			last.emit(last.text().rest(), events);
		}
		this.kept.addPart();
		this.segments.add(segment);
		return segment;
	}

	boolean isEmpty() {
		return this.segments.isEmpty() && this.refusal.isBlank() && this.toolCalls.isEmpty();
	}

	@Nullable String refusal() {
		return this.refusal.isBlank() ? null : this.refusal.join();
	}

	KeptValues metadata() {
		return this.metadata;
	}

	int toolCalls() {
		return this.toolCalls.size();
	}

	/**
	 * Complete the message.
	 * @param cut whether the model was stopped before it was done
	 * @param events takes the events that were held back
	 * @return the parts
	 */
	List<AssistantPart> complete(boolean cut, Consumer<StreamEvent> events) {
		this.segments.forEach((segment) -> segment.emit(segment.text().rest(), events));
		List<AssistantPart> parts = new ArrayList<>();
		this.segments.forEach((segment) -> parts.add(segment.toPart(this.dialect)));
		Object extraContent = this.state.take(EXTRA_CONTENT);
		boolean claimed = extraContent != null
				&& this.toolCalls.claim(WireJson.write(Map.of(EXTRA_CONTENT, extraContent)));
		parts.addAll(this.toolCalls.complete(cut, events));
		Map<String, Object> state = this.state.toMap();
		if (extraContent != null && !claimed) {
			state.put(EXTRA_CONTENT, extraContent);
		}
		this.reasoningMembers.forEach((name, filled) -> state.put(name, filled ? text(true) : ""));
		if (!state.isEmpty()) {
			this.kept.addPart();
			parts.add(new OpaquePart(this.dialect.state(WireJson.write(state))));
		}
		return parts;
	}

}
