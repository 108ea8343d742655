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
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.FinishReason;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.Usage;
import io.routekit.wire.FinishReasons;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.KeptValues;
import io.routekit.wire.OnlyText;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import io.routekit.wire.WireJson;
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

	private final ReplyBlocks blocks;

	private final KeptSize kept;

	private final AnthropicUsage usage;

	private final OnlyText onlyText = new OnlyText();

	private final KeptValues metadata;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String stopReason;

	private @Nullable Integer deltaIndex;

	private String deltaType = ReplyBlock.OTHER_DELTA;

	private int next;

	private boolean started;

	private boolean told;

	private boolean done;

	AnthropicReplyReader(Reply reply, OwnState own, KeptSize kept) {
		this.reply = reply;
		this.kept = kept;
		this.metadata = new KeptValues(kept);
		this.blocks = new ReplyBlocks(reply, own, this.kept);
		this.usage = new AnthropicUsage(this.kept);
	}

	@Override
	public boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
		Payload payload = new Payload(json, offset, length, this.onlyText, this.kept);
		this.next = payload.next();
		if (payload.isError()) {
			throw payload.failure(this.reply);
		}
		if (!payload.isObject()) {
			payload.throwIfFailure(this.reply);
			throw this.reply.invalid("The answer is not a JSON object");
		}
		String type = (payload.type() != null || "message".equals(event)) ? payload.type() : event;
		if (type == null) {
			payload.throwIfFailure(this.reply);
			type = payload.hasContent() ? "message" : "";
		}
		return readType(type, payload, events);
	}

	@Override
	public OnlyText onlyText() {
		return this.onlyText;
	}

	@Override
	public boolean readText(String text, Consumer<StreamEvent> events) {
		long contentsBefore = this.kept.contents();
		this.blocks.append(this.deltaIndex, this.deltaType, text, events);
		return this.kept.contents() != contentsBefore;
	}

	@Override
	public int next() {
		return this.next;
	}

	private boolean readType(String type, Payload payload, Consumer<StreamEvent> events) {
		long contentsBefore = this.kept.contents();
		if (!type.equals("content_block_delta")) {
			this.onlyText.mix();
		}
		switch (type) {
			case "message_start" -> startMessage(payload, events);
			case "content_block_start" -> this.blocks.start(payload.index(), payload.block(), events);
			case "content_block_delta" -> append(payload, events);
			case "content_block_stop" -> this.blocks.stop(payload.index(), events);
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
		return this.kept.contents() != contentsBefore || PROGRESS.contains(type);
	}

	private void append(Payload payload, Consumer<StreamEvent> events) {
		String type = payload.deltaType();
		String value = (type != null) ? payload.deltaValue() : payload.delta();
		if (type == null) {
			this.onlyText.mix();
		}
		this.deltaIndex = payload.index();
		this.deltaType = (type != null) ? type : ReplyBlock.OTHER_DELTA;
		if (value != null) {
			this.blocks.append(this.deltaIndex, this.deltaType, value, events);
		}
	}

	private void startMessage(Payload payload, Consumer<StreamEvent> events) {
		this.started = true;
		if (payload.message() != null) {
			readMembers(payload.message(), events);
		}
		this.usage.start();
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
					case "usage" -> this.usage.add(this.kept.readObject(parser));
					case "stop_reason", "stop_sequence", "stop_details", "container", "context_management" -> {
						if (token != JsonToken.VALUE_NULL) {
							readStop(name, message.value(parser));
						}
					}
					case "content" -> {
						if (token == JsonToken.START_ARRAY) {
							readContent(message, parser, events);
						}
						else if (token == JsonToken.VALUE_STRING) {
							// Not what Anthropic sends, but what it takes in requests
							this.blocks.add(parser.getString(), events);
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

	private @Nullable String firstText(@Nullable String known, JsonParser parser) {
		String text = WireJson.readText(parser);
		if (known != null || text == null) {
			return known;
		}
		String name = this.reply.name(text);
		this.kept.replace(null, name);
		return name;
	}

	private void readContent(JsonRange message, JsonParser parser, Consumer<StreamEvent> events) {
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				this.blocks.add(message.value(parser), events);
			}
			else if (parser.currentToken() == JsonToken.VALUE_STRING) {
				this.blocks.add(parser.getString(), events);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void readStop(String name, JsonRange json) {
		String text = json.text();
		if (!name.equals("stop_reason")) {
			this.metadata.put(name, (text != null) ? text : json.read(this.kept));
		}
		else if (text != null && !text.isBlank()) {
			this.started = true;
			this.stopReason = this.reply.name(text);
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
		if (!this.started && this.blocks.isEmpty()) {
			throw this.reply.invalid("The answer has neither content nor a stop reason");
		}
		List<AssistantPart> parts = this.blocks.complete(FinishReasons.isCut(this.stopReason), events);
		FinishReason finishReason = FinishReasons.of(this.stopReason, this.blocks.callTools(), false);
		return known(this.usage.complete()).parts(parts)
			.refusal((finishReason == FinishReason.REFUSAL) ? refusal(parts) : null)
			.finishReason(finishReason, this.stopReason)
			.build();
	}

	@Override
	public @Nullable ModelResponse progress() {
		// An answer that has begun is told as well, since it may never tell its usage
		boolean begun = !this.told && (this.started || !this.blocks.isEmpty());
		if (!this.usage.takeChanged() && !begun) {
			return null;
		}
		this.told = this.told || begun;
		return known(this.usage.soFar()).finishReason(FinishReason.OTHER).build();
	}

	private ModelResponse.Builder known(@Nullable Usage usage) {
		String servingModel = this.blocks.servingModel();
		ModelResponse.Builder response = ModelResponse.builder()
			.provider(this.reply.provider())
			.model((servingModel != null) ? servingModel : this.model)
			.id(this.id)
			.requestId(this.reply.requestId())
			.usage(usage);
		this.metadata.asMap().forEach(response::metadata);
		for (String name : new String[] { "service_tier", "inference_geo", "speed" }) {
			response.metadata(name, this.usage.get(name));
		}
		return response;
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
