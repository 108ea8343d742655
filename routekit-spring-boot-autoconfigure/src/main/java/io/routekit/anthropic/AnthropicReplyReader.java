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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

	private final Reply reply;

	private final List<ReplyBlock> blocks = new ArrayList<>();

	private final Map<Integer, ReplyBlock> open = new HashMap<>();

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
		String type = (payload.type() != null) ? payload.type() : event;
		if (type == null) {
			this.reply.throwIfFailure(json, offset, length);
			type = payload.hasContent() ? "message" : "";
		}
		boolean progress = read(type, payload, events);
		int next = payload.next();
		return (next > 0) ? read(event, json, offset + next, length - next, events) || progress : progress;
	}

	private boolean read(String type, Payload payload, Consumer<StreamEvent> events) {
		switch (type) {
			case "message_start" -> startMessage(payload);
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
				return false;
			}
			default -> {
				// An event of the future
			}
		}
		return true;
	}

	private void startMessage(Payload payload) {
		this.started = true;
		if (payload.message() != null) {
			readMembers(payload.message(), (content) -> {
			});
		}
	}

	private void readMessage(JsonRange message, Consumer<StreamEvent> events) {
		readMembers(message, (block) -> {
			startBlock(null, block, events);
			stopBlock(null, events);
		});
		this.done = true;
	}

	private void readMembers(JsonRange message, Consumer<JsonRange> content) {
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
							readContent(message, parser, content);
						}
						else if (token == JsonToken.VALUE_STRING) {
							// Not what Anthropic sends, but what it takes in requests
							content.accept(JsonRange.of(WireJson.write(Blocks.text(parser.getString()))));
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

	private static void readContent(JsonRange message, JsonParser parser, Consumer<JsonRange> content) {
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			boolean block = parser.currentToken() == JsonToken.START_OBJECT;
			JsonRange value = message.value(parser);
			if (block) {
				content.accept(value);
			}
		}
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
		String type = start.text("type");
		add(index, switch ((type != null) ? type : "") {
			case "text" -> new TextBlock(start, this.kept, events);
			case "thinking" -> new ThinkingBlock(start, this.kept, events);
			case "tool_use" -> new ToolUseBlock(this.toolCalls++, toolName(start), start, this.kept, events);
			default -> new OpaqueBlock(json, this.kept);
		});
	}

	private String toolName(RawObject start) {
		String name = start.text("name");
		if (name == null || name.isBlank()) {
			throw this.reply.invalid("The answer has a tool call without a name");
		}
		return name;
	}

	private void add(@Nullable Integer index, ReplyBlock block) {
		this.started = true;
		this.open.put((index != null) ? index : this.blocks.size(), block);
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
		if (block == null && type.equals("text_delta")) {
			// Some proxies leave out the start
			block = new TextBlock(null, this.kept, events);
			add(payload.index(), block);
		}
		if (block != null) {
			block.append(type, value, events);
		}
	}

	private @Nullable ReplyBlock find(@Nullable Integer index) {
		return (index != null) ? this.open.get(index) : this.last;
	}

	private void stopBlock(@Nullable Integer index, Consumer<StreamEvent> events) {
		ReplyBlock block = find(index);
		if (block != null) {
			block.stop(events);
			this.open.values().remove(block);
			this.last = (this.last == block) ? null : this.last;
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
		boolean length = StopReasons.isLength(this.stopReason);
		List<AssistantPart> parts = new ArrayList<>();
		for (int i = 0; i < this.blocks.size(); i++) {
			ReplyBlock block = this.blocks.get(i);
			boolean cut = length && (i == this.blocks.size() - 1 || this.open.containsValue(block));
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
