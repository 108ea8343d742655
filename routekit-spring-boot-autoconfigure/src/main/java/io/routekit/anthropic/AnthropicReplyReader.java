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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.FinishReason;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.http.KeptSize;
import io.routekit.http.Reply;
import io.routekit.http.ReplyReader;
import io.routekit.http.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a message, streamed or whole. Events, blocks and deltas of unknown types are no
 * failure.
 */
final class AnthropicReplyReader implements ReplyReader {

	/**
	 * The types of events that keep nothing but tell that the model is at work.
	 */
	private static final Set<String> PROGRESS = Set.of("message_start", "content_block_stop", "message_delta",
			"message_stop");

	private final Reply reply;

	private final List<ReplyBlock> blocks = new ArrayList<>();

	private final Map<Integer, ReplyBlock> byIndex = new HashMap<>();

	private final Set<ReplyBlock> open = new HashSet<>();

	private final KeptSize kept;

	private final AnthropicUsage usage;

	private final Map<String, Object> metadata = new LinkedHashMap<>();

	private @Nullable ReplyBlock last;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String stopReason;

	private int toolCalls;

	private boolean started;

	private boolean done;

	AnthropicReplyReader(Reply reply) {
		this.reply = reply;
		this.kept = new KeptSize(reply);
		this.usage = new AnthropicUsage(this.kept);
	}

	@Override
	public boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
		Payload payload = new Payload(json, offset, length);
		if (payload.isError()) {
			throw this.reply.failure(json, offset, length);
		}
		if (!payload.isObject()) {
			this.reply.throwIfFailure(json, offset, length);
			throw this.reply.invalid("The answer is not a JSON object");
		}
		String type = (payload.type() != null || "message".equals(event)) ? payload.type() : event;
		if (type == null) {
			this.reply.throwIfFailure(json, offset, length);
			type = payload.hasContent() ? "message" : "";
		}
		boolean progress = read(type, payload, events);
		int next = payload.next();
		return (next > 0) ? read(event, json, offset + next, length - next, events) || progress : progress;
	}

	private boolean read(String type, Payload payload, Consumer<StreamEvent> events) {
		long keptBefore = this.kept.size();
		switch (type) {
			case "message_start" -> startMessage(payload, events);
			case "content_block_start" -> startBlock(payload.index(), payload.block(), events);
			case "content_block_delta" -> appendToBlock(payload, events);
			case "content_block_stop" -> stopBlock(payload.index(), events);
			case "message_delta" -> {
				payload.stop().forEach(this::readStop);
				this.usage.add(payload.usage());
			}
			case "message_stop" -> this.done = true;
			case "message" -> readMessage(payload.json(), events);
			case "ping" -> {
				// A sign of life
			}
			// An event of the future, or an error of some gateway
			default -> payload.throwIfFailure(this.reply);
		}
		return this.kept.size() != keptBefore || PROGRESS.contains(type);
	}

	private void startMessage(Payload payload, Consumer<StreamEvent> events) {
		this.started = true;
		if (payload.message() != null) {
			readMembers(payload.message(), events);
		}
	}

	private void readMessage(JsonRange message, Consumer<StreamEvent> events) {
		readMembers(message, events);
		this.done = true;
	}

	private void readMembers(JsonRange message, Consumer<StreamEvent> events) {
		try (JsonParser parser = message.parser()) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				JsonToken token = parser.nextToken();
				switch (name) {
					case "id" -> this.id = firstText(this.id, parser);
					case "model" -> this.model = firstText(this.model, parser);
					case "usage" -> this.usage.add(WireJson.readObject(parser));
					case "stop_reason", "stop_sequence", "stop_details", "container" ->
						readStop(name, WireJson.readValue(parser));
					case "content" -> {
						if (token == JsonToken.START_ARRAY) {
							readContent(message, parser, events);
						}
						else if (token == JsonToken.VALUE_STRING) {
							// Not what Anthropic sends, but what it takes in requests
							addText(parser.getString(), events);
						}
						else {
							parser.skipChildren();
						}
					}
					default -> parser.skipChildren();
				}
			}
		}
	}

	private static @Nullable String firstText(@Nullable String known, JsonParser parser) {
		String text = WireJson.readText(parser);
		return (known != null) ? known : text;
	}

	private void readContent(JsonRange message, JsonParser parser, Consumer<StreamEvent> events) {
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				startBlock(null, message.value(parser), events);
				stopBlock(null, events);
			}
			else if (parser.currentToken() == JsonToken.VALUE_STRING) {
				addText(parser.getString(), events);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void addText(String text, Consumer<StreamEvent> events) {
		startBlock(null, JsonRange.of(WireJson.write(Blocks.text(text))), events);
		stopBlock(null, events);
	}

	private void readStop(String name, @Nullable Object value) {
		if (!name.equals("stop_reason")) {
			if (value != null) {
				this.metadata.put(name, value);
			}
		}
		else if (value instanceof String reason && !reason.isBlank()) {
			this.started = true;
			this.stopReason = reason;
		}
	}

	private void startBlock(@Nullable Integer index, @Nullable JsonRange json, Consumer<StreamEvent> events) {
		if (json == null) {
			return;
		}
		this.kept.addObject(json.length());
		RawObject start = RawObject.of(json);
		switch (type(start)) {
			case "text" -> add(index, new TextBlock(start, this.kept, events), events);
			case "thinking" -> add(index, new ThinkingBlock(start, this.kept, events), events);
			case "tool_use" ->
				add(index, new ToolUseBlock(this.toolCalls++, toolName(start), start, this.kept, events), events);
			case "" -> {
				// Nothing, so the deltas tell what it is
			}
			default -> add(index, new OpaqueBlock(json, this.kept), events);
		}
	}

	private static String type(RawObject start) {
		String type = start.text("type");
		if (type == null || type.isBlank()) {
			return (start.text("text") != null) ? "text" : "";
		}
		return type;
	}

	private String toolName(RawObject start) {
		String name = start.text("name");
		if (name == null || name.isBlank()) {
			throw this.reply.invalid("The answer has a tool call without a name");
		}
		return name;
	}

	private void add(@Nullable Integer index, ReplyBlock block, Consumer<StreamEvent> events) {
		this.started = true;
		this.blocks.forEach((earlier) -> earlier.leave(events));
		this.byIndex.put((index != null) ? index : this.blocks.size(), block);
		this.open.add(block);
		this.blocks.add(block);
		this.last = block;
	}

	private void appendToBlock(Payload payload, Consumer<StreamEvent> events) {
		String type = payload.deltaType();
		String value = payload.deltaValue();
		if (type == null || value == null) {
			return;
		}
		ReplyBlock block = find(payload.index());
		if (block == null) {
			block = missingBlock(type, payload.index(), events);
		}
		if (block != null) {
			block.append(type, value, events);
		}
	}

	// Some proxies leave out the start, or count the blocks in their own way
	private @Nullable ReplyBlock missingBlock(String type, @Nullable Integer index, Consumer<StreamEvent> events) {
		switch (type) {
			case "text_delta" -> add(index, new TextBlock(null, this.kept, events), events);
			case "thinking_delta" ->
				add(index, new ThinkingBlock(RawObject.of("{\"type\":\"thinking\"}"), this.kept, events), events);
			default -> {
				// It can only be for the last one
			}
		}
		return this.last;
	}

	private @Nullable ReplyBlock find(@Nullable Integer index) {
		return (index != null) ? this.byIndex.get(index) : this.last;
	}

	private void stopBlock(@Nullable Integer index, Consumer<StreamEvent> events) {
		ReplyBlock block = find(index);
		if (block != null) {
			block.stop(events);
			this.open.remove(block);
		}
	}

	@Override
	public boolean isDone() {
		return this.done;
	}

	@Override
	public boolean isFinished() {
		return this.stopReason != null;
	}

	@Override
	public ModelResponse complete(Consumer<StreamEvent> events) {
		if (!this.started) {
			throw this.reply.invalid("The answer has neither content nor a stop reason");
		}
		List<AssistantPart> parts = completeBlocks(events);
		FinishReason finishReason = StopReasons.of(this.stopReason,
				parts.stream().anyMatch(ToolCall.class::isInstance));
		ModelResponse.Builder response = ModelResponse.builder()
			.provider(this.reply.provider())
			.model(this.model)
			.id(this.id)
			.requestId(this.reply.requestId())
			.parts(parts)
			.refusal((finishReason == FinishReason.REFUSAL) ? refusal(parts) : null)
			.finishReason(finishReason, this.stopReason)
			.usage(this.usage.toUsage());
		this.metadata.forEach(response::metadata);
		for (String name : new String[] { "service_tier", "inference_geo", "speed" }) {
			response.metadata(name, this.usage.get(name));
		}
		return response.build();
	}

	private List<AssistantPart> completeBlocks(Consumer<StreamEvent> events) {
		boolean stopped = StopReasons.isCut(this.stopReason);
		List<AssistantPart> parts = new ArrayList<>();
		for (int i = 0; i < this.blocks.size(); i++) {
			ReplyBlock block = this.blocks.get(i);
			boolean cut = stopped && (i == this.blocks.size() - 1 || this.open.contains(block));
			parts.addAll(block.complete(cut, events));
		}
		return parts;
	}

	private String refusal(List<AssistantPart> parts) {
		if (this.metadata.get("stop_details") instanceof Map<?, ?> details
				&& details.get("explanation") instanceof String explanation && !explanation.isBlank()) {
			return explanation;
		}
		StringBuilder text = new StringBuilder();
		parts.forEach((part) -> text.append((part instanceof TextPart textPart) ? textPart.text() : ""));
		return text.isEmpty() ? "The model refused to answer" : text.toString();
	}

}
