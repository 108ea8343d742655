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
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.http.DeltaText;
import io.routekit.http.Reply;
import io.routekit.http.ReplyReader;
import io.routekit.http.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads a completion, whole or in chunks: the {@code delta} of a chunk has the shape of a
 * whole {@code message}, so that both are read alike. Lenient, since the servers of this
 * format agree on little more than its main fields.
 */
final class CompletionReader implements ReplyReader {

	private final Reply reply;

	private final String issuer;

	private final List<Segment> segments = new ArrayList<>();

	private final ToolCallAssembler toolCalls;

	private final DeltaText refusal = new DeltaText();

	private final CompletionUsage usage = new CompletionUsage();

	/**
	 * Fields of the message that its server wants back.
	 */
	private final Map<String, Object> state = new LinkedHashMap<>();

	private final ReasoningDetails reasoningDetails = new ReasoningDetails();

	private final Map<String, Object> metadata = new LinkedHashMap<>();

	/**
	 * Events for the tool calls of the message at hand, which follow its text.
	 */
	private final List<StreamEvent> callEvents = new ArrayList<>();

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String finishReason;

	private @Nullable String reasoningField;

	/**
	 * Text of the message at hand, kept back since most servers name the reasoning after
	 * the text that it precedes.
	 */
	private @Nullable String text;

	private boolean choiceSeen;

	private boolean done;

	CompletionReader(Reply reply, String issuer) {
		this.reply = reply;
		this.issuer = issuer;
		this.toolCalls = new ToolCallAssembler(issuer);
	}

	@Override
	public boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
		try (JsonParser parser = WireJson.parser(json, offset, length)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				this.reply.throwIfFailure(json, offset, length);
				throw this.reply.invalid("The answer is not a JSON object");
			}
			boolean choices = false;
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				JsonToken token = parser.nextToken();
				switch (name) {
					case "choices" -> {
						choices = true;
						readChoices(parser, events);
					}
					case "id" -> this.id = (this.id != null) ? skip(parser, this.id) : WireJson.readText(parser);
					case "model" ->
						this.model = (this.model != null) ? skip(parser, this.model) : WireJson.readText(parser);
					case "usage" -> this.usage.read(parser);
					case "x_groq" -> readGroq(parser);
					case "error" -> {
						if (isPresent(parser, token)) {
							throw this.reply.failure(json, offset, length);
						}
					}
					case "service_tier", "system_fingerprint", "provider", "prompt_filter_results", "citations" ->
						readMetadata(name, parser);
					default -> parser.skipChildren();
				}
			}
			if (!choices) {
				this.reply.throwIfFailure(json, offset, length);
			}
		}
		return true;
	}

	private static String skip(JsonParser parser, String value) {
		parser.skipChildren();
		return value;
	}

	private static boolean isPresent(JsonParser parser, JsonToken token) {
		return switch (token) {
			case VALUE_NULL, VALUE_FALSE -> false;
			case VALUE_STRING -> !parser.getString().isBlank();
			case START_OBJECT -> parser.nextToken() != JsonToken.END_OBJECT;
			default -> true;
		};
	}

	private void readMetadata(String name, JsonParser parser) {
		Object value = WireJson.readValue(parser);
		if (value != null) {
			this.metadata.put(name, value);
		}
	}

	private void readGroq(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			if ("usage".equals(name)) {
				this.usage.read(parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	// Read the choices. There should be one, but gateways spread one answer over several.
	private void readChoices(JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return;
		}
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				this.choiceSeen = true;
				readChoice(parser, events);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void readChoice(JsonParser parser, Consumer<StreamEvent> events) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "delta", "message" -> readMessage(parser, events);
				case "finish_reason" -> {
					String reason = WireJson.readText(parser);
					this.finishReason = (reason != null) ? reason : this.finishReason;
				}
				case "usage" -> this.usage.read(parser);
				case "error" -> throwIfError(WireJson.readTree(parser));
				case "native_finish_reason", "stop_reason", "logprobs", "content_filter_results" ->
					readMetadata(name, parser);
				default -> parser.skipChildren();
			}
		}
	}

	// OpenRouter explains a choice that ended with an error next to its finish reason
	private void throwIfError(JsonNode error) {
		if (error.isObject() && !error.isEmpty()) {
			throw this.reply.failure(error);
		}
	}

	private void readMessage(JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "content" -> readContent(parser, events);
				case "reasoning_content", "reasoning" -> readReasoning(name, parser, events);
				case "refusal" -> {
					if (parser.currentToken() == JsonToken.VALUE_STRING) {
						this.refusal.append(parser.getString());
					}
					parser.skipChildren();
				}
				case "tool_calls" -> this.toolCalls.readAll(parser, this.callEvents::add);
				case "function_call" -> this.toolCalls.readFunction(parser, this.callEvents::add);
				case "reasoning_details" -> this.reasoningDetails.read(parser);
				case "extra_content" -> readState(name, parser);
				case "annotations", "audio" -> readMetadata(name, parser);
				default -> parser.skipChildren();
			}
		}
		if (this.text != null) {
			append(false, this.text, events);
			this.text = null;
		}
		this.callEvents.forEach(events);
		this.callEvents.clear();
	}

	private void readContent(JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			this.text = parser.getString();
		}
		else if (parser.currentToken() == JsonToken.START_ARRAY) {
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				readPart(parser, false, events);
			}
		}
		else {
			parser.skipChildren();
		}
	}

	// Read a part of a content that is a list, as Mistral sends it.
	private void readPart(JsonParser parser, boolean reasoning, Consumer<StreamEvent> events) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			append(reasoning, parser.getString(), events);
			return;
		}
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			boolean text = "text".equals(name);
			boolean thinking = "thinking".equals(name);
			if ((text || thinking) && token == JsonToken.VALUE_STRING) {
				append(reasoning || thinking, parser.getString(), events);
			}
			else if (thinking && token == JsonToken.START_ARRAY) {
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					readPart(parser, true, events);
				}
			}
			else {
				parser.skipChildren();
			}
		}
	}

	// Read reasoning, of which some servers send a copy under a second name.
	private void readReasoning(String field, JsonParser parser, Consumer<StreamEvent> events) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			parser.skipChildren();
			return;
		}
		String text = parser.getString();
		if (this.reasoningField == null && !text.isEmpty()) {
			this.reasoningField = field;
		}
		if (field.equals(this.reasoningField)) {
			append(true, text, events);
		}
	}

	private void readState(String name, JsonParser parser) {
		Object value = WireJson.readValue(parser);
		if (value != null) {
			this.state.put(name, value);
		}
	}

	private void append(boolean reasoning, String text, Consumer<StreamEvent> events) {
		if (text.isEmpty()) {
			return;
		}
		Segment segment = this.segments.isEmpty() ? null : this.segments.get(this.segments.size() - 1);
		if (segment == null || segment.reasoning() != reasoning) {
			segment = new Segment(reasoning, new DeltaText());
			this.segments.add(segment);
		}
		segment.emit(segment.text().append(text), events);
	}

	@Override
	public void readDone() {
		this.done = true;
	}

	@Override
	public boolean isDone() {
		return this.done;
	}

	@Override
	public boolean isFinished() {
		return this.finishReason != null;
	}

	@Override
	public ModelResponse complete(Consumer<StreamEvent> events) {
		if (!this.choiceSeen) {
			throw this.reply.invalid("The answer has no choices");
		}
		if ("error".equalsIgnoreCase(this.finishReason)) {
			throw this.reply.exception(Kind.SERVER, "The server stopped with an error that it did not explain").build();
		}
		this.segments.forEach((segment) -> segment.emit(segment.text().rest(), events));
		boolean cut = FinishReasons.isLength(this.finishReason);
		List<ToolCall> toolCalls = this.toolCalls.complete(this.reply, cut, events);
		boolean refused = !this.refusal.isBlank();
		ModelResponse.Builder response = ModelResponse.builder()
			.provider(this.reply.provider())
			.model(this.model)
			.id(this.id)
			.requestId(this.reply.requestId())
			.parts(parts(toolCalls))
			.refusal(refused ? this.refusal.toString() : null)
			.finishReason(FinishReasons.of(this.finishReason, !toolCalls.isEmpty(), refused), this.finishReason)
			.usage(this.usage.toUsage());
		this.metadata.forEach(response::metadata);
		return response.build();
	}

	private List<AssistantPart> parts(List<ToolCall> toolCalls) {
		List<AssistantPart> parts = new ArrayList<>();
		this.segments.forEach((segment) -> parts.add(segment.toPart()));
		parts.addAll(toolCalls);
		if (!toolCalls.isEmpty() && "reasoning_content".equals(this.reasoningField)) {
			// DeepSeek wants it back as long as tools are being called
			StringBuilder reasoning = new StringBuilder();
			this.segments.stream().filter(Segment::reasoning).forEach((segment) -> reasoning.append(segment.text()));
			this.state.put(this.reasoningField, reasoning.toString());
		}
		if (!this.reasoningDetails.isEmpty()) {
			this.state.put("reasoning_details", this.reasoningDetails.toList());
		}
		if (!this.state.isEmpty()) {
			parts.add(new OpaquePart(new ProviderState(this.issuer, WireJson.write(this.state))));
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
			return this.reasoning ? new ReasoningPart(this.text.toString(), null) : new TextPart(this.text.toString());
		}

	}

}
