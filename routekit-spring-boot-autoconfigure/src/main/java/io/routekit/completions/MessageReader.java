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
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.ToolCall;
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

	private static final String REASONING_CONTENT = "reasoning_content";

	private final String issuer;

	private final KeptSize kept;

	private final OnlyText onlyText;

	private final List<Segment> segments = new ArrayList<>();

	private final DeltaText refusal;

	private final ToolCallAssembler toolCalls;

	/**
	 * Fields of the message that its server wants back.
	 */
	private final KeptValues state;

	private final KeptValues metadata;

	private final ReasoningDetails reasoningDetails;

	/**
	 * Events for the tool calls of the message at hand, which follow its text.
	 */
	private final List<StreamEvent> callEvents = new ArrayList<>(0);

	private final Consumer<StreamEvent> callSink = this.callEvents::add;

	private boolean reasoningWantedBack;

	private boolean deltaSeen;

	private int textLength;

	/**
	 * Whether the last text of a delta was reasoning.
	 */
	private boolean textIsReasoning;

	MessageReader(Reply reply, String issuer, KeptSize kept, OnlyText onlyText) {
		this.issuer = issuer;
		this.kept = kept;
		this.onlyText = onlyText;
		this.refusal = kept.text();
		this.toolCalls = new ToolCallAssembler(reply, issuer, kept);
		this.state = new KeptValues(kept);
		this.metadata = new KeptValues(kept);
		this.reasoningDetails = new ReasoningDetails(kept);
	}

	void readDelta(int choice, JsonParser parser, Consumer<StreamEvent> events) {
		read(choice, false, parser, events);
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
	void readMessage(int choice, JsonParser parser, Consumer<StreamEvent> events) {
		if (!this.deltaSeen) {
			read(choice, true, parser, events);
		}
		else if (parser.currentToken() == JsonToken.START_OBJECT) {
			readWhatIsNew(choice, parser, events);
		}
		else {
			parser.skipChildren();
		}
	}

	private void readWhatIsNew(int choice, JsonParser parser, Consumer<StreamEvent> events) {
		boolean callsSeen = !this.toolCalls.isEmpty();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			if ("content".equals(name) && token == JsonToken.VALUE_STRING) {
				append(false, whatFollows(parser.getString()), events);
			}
			else if ("tool_calls".equals(name) && !callsSeen) {
				this.toolCalls.readAll(choice, true, parser, events);
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
			.filter((segment) -> segment.reasoning() == reasoning)
			.forEach((segment) -> text.append(segment.text().join()));
		return text.toString();
	}

	private void read(int choice, boolean whole, JsonParser parser, Consumer<StreamEvent> events) {
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
				case REASONING_CONTENT, "reasoning" -> {
					// Some servers send a copy under the second name
					if (reasoning == null || reasoning.equals(name)) {
						reasoning = readReasoning(name, parser, events) ? name : reasoning;
					}
					else {
						parser.skipChildren();
					}
				}
				case "refusal" -> {
					this.onlyText.mixUnlessNull(parser);
					readRefusal(parser);
				}
				case "tool_calls" -> {
					this.onlyText.mixUnlessNull(parser);
					this.toolCalls.readAll(choice, whole, parser, this.callSink);
				}
				case "function_call" -> {
					this.onlyText.mix();
					functionCall = ToolCallDelta.readFunction(parser);
				}
				case "reasoning_details", EXTRA_CONTENT, "annotations", "audio" -> {
					this.onlyText.mixUnlessNull(parser);
					readState(name, parser);
				}
				default -> parser.skipChildren();
			}
		}
		if (text != null) {
			append(false, text, events);
		}
		if (functionCall != null) {
			this.toolCalls.acceptFunction(choice, functionCall, this.callSink);
		}
		this.callEvents.forEach(events);
		this.callEvents.clear();
	}

	private void readState(String name, JsonParser parser) {
		switch (name) {
			case "reasoning_details" -> this.reasoningDetails.read(parser);
			case EXTRA_CONTENT -> this.state.collect(name, parser);
			case "annotations" -> this.metadata.collect(name, parser);
			default -> this.metadata.read(name, parser);
		}
	}

	private void noteText(boolean reasoning, String text, JsonParser parser) {
		if (!text.isEmpty()) {
			this.onlyText.found(parser);
			this.textIsReasoning = reasoning;
		}
	}

	private void readContent(JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() == JsonToken.START_ARRAY) {
			readParts(parser, false, events);
		}
		else {
			readPart(parser, false, events);
		}
	}

	// Each part is an event, which takes more than the few characters that it may have
	private void readParts(JsonParser parser, boolean reasoning, Consumer<StreamEvent> events) {
		for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
			if (i > 0) {
				this.kept.addObject(0);
			}
			readPart(parser, reasoning, events);
		}
	}

	// Read a part of a content that is a list, as Mistral sends it.
	private void readPart(JsonParser parser, boolean reasoning, Consumer<StreamEvent> events) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
			append(reasoning, parser.getString(), events);
		}
		else if (token == JsonToken.START_OBJECT) {
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				switch (name) {
					case "text" -> readPartText(parser, reasoning, events);
					case "thinking" -> readPartText(parser, true, events);
					case "refusal" -> readRefusal(parser);
					default -> parser.skipChildren();
				}
			}
		}
		else {
			parser.skipChildren();
		}
	}

	private void readPartText(JsonParser parser, boolean reasoning, Consumer<StreamEvent> events) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			append(reasoning, parser.getString(), events);
		}
		else if (parser.currentToken() == JsonToken.START_ARRAY) {
			readParts(parser, reasoning, events);
		}
		else {
			parser.skipChildren();
		}
	}

	private boolean readReasoning(String field, JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			parser.skipChildren();
			return false;
		}
		String text = parser.getString();
		if (text.isEmpty()) {
			return false;
		}
		noteText(true, text, parser);
		this.reasoningWantedBack |= field.equals(REASONING_CONTENT);
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
		Segment segment = this.segments.isEmpty() ? null : this.segments.get(this.segments.size() - 1);
		if (segment == null || segment.reasoning() != reasoning) {
			if (segment != null) {
				segment.emit(segment.text().rest(), events);
			}
			this.kept.addPart();
			segment = new Segment(reasoning, this.kept.text());
			this.segments.add(segment);
		}
		segment.emit(segment.text().append(text), events);
		this.textLength += reasoning ? 0 : text.length();
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
		this.segments.forEach((segment) -> parts.add(segment.toPart()));
		Map<String, Object> state = new LinkedHashMap<>(this.state.asMap());
		Object extraContent = state.get(EXTRA_CONTENT);
		if (extraContent != null && this.toolCalls.claim(WireJson.write(Map.of(EXTRA_CONTENT, extraContent)))) {
			state.remove(EXTRA_CONTENT);
		}
		List<ToolCall> toolCalls = this.toolCalls.complete(cut, events);
		parts.addAll(toolCalls);
		if (!toolCalls.isEmpty() && this.reasoningWantedBack) {
			// By DeepSeek, as long as tools are being called
			state.put(REASONING_CONTENT, text(true));
		}
		if (!this.reasoningDetails.isEmpty()) {
			state.put("reasoning_details", this.reasoningDetails.toList());
		}
		if (!state.isEmpty()) {
			this.kept.addPart();
			parts.add(new OpaquePart(new ProviderState(this.issuer, WireJson.write(state))));
		}
		return parts;
	}

	/**
	 * A run of text or of reasoning.
	 */
	private record Segment(boolean reasoning, DeltaText text) {

		void emit(String piece, Consumer<StreamEvent> events) {
			if (!piece.isEmpty()) {
				events.accept(this.reasoning ? new StreamEvent.Reasoning(piece) : new StreamEvent.Text(piece));
			}
		}

		AssistantPart toPart() {
			return this.reasoning ? new ReasoningPart(this.text.join(), null) : new TextPart(this.text.join());
		}

	}

}
