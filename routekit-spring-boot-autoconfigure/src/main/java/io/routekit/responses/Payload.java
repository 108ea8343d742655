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

package io.routekit.responses;

import io.routekit.ModelException;
import io.routekit.wire.JsonRange;
import io.routekit.wire.OnlyText;
import io.routekit.wire.Reply;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One payload of an answer: an event, or a whole response. Its members may come in any
 * order, so that nothing is done before all of them are known.
 */
final class Payload {

	private final JsonRange json;

	private final OnlyText onlyText;

	/**
	 * The payload as a response, which takes the members that events do not have.
	 */
	private @Nullable ResponseJson itself;

	private int next;

	private boolean object;

	private boolean error;

	private @Nullable String type;

	private @Nullable Integer outputIndex;

	private @Nullable Integer partIndex;

	private @Nullable String itemId;

	private @Nullable String toolName;

	private @Nullable String delta;

	private @Nullable JsonRange whole;

	private @Nullable PartJson part;

	private @Nullable JsonRange item;

	private @Nullable ResponseJson response;

	/**
	 * Create a new {@link Payload} instance.
	 * @param bytes the array that holds the payload
	 * @param offset the position of the payload
	 * @param length the length of the payload
	 * @param onlyText takes note of what the event consists of
	 */
	Payload(byte[] bytes, int offset, int length, OnlyText onlyText) {
		this.json = new JsonRange(bytes, offset, length);
		this.onlyText = onlyText;
		onlyText.reset(offset);
		try (JsonParser parser = this.json.parser()) {
			this.object = parser.nextToken() == JsonToken.START_OBJECT;
			if (this.object) {
				read(parser);
				this.next = WireJson.nextObject(parser);
			}
		}
	}

	private void read(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case "type" -> this.type = WireJson.readText(parser);
				case "output_index" -> this.outputIndex = WireJson.readIndex(parser);
				case "content_index", "summary_index" -> this.partIndex = WireJson.readIndex(parser);
				case "item_id" -> {
					ignore(token, parser);
					this.itemId = WireJson.readText(parser);
				}
				case "sequence_number", "obfuscation" -> {
					ignore(token, parser);
					parser.skipChildren();
				}
				case "delta" -> readDelta(token, parser);
				case "text", "refusal", "arguments" -> readWhole(token, parser);
				case "name" -> this.toolName = WireJson.readText(parser);
				case "part" -> readPart(token, parser);
				case "item" -> readItem(token, parser);
				case "response" -> readResponse(token, parser);
				case "error" -> this.error |= Reply.isError(parser);
				case Reply.GATEWAY_STATUS -> this.error |= Reply.isGatewayError(parser);
				case "logprobs" -> parser.skipChildren();
				default -> itself().readMember(name, this.json, parser);
			}
		}
	}

	// Differs from event to event, and means nothing
	private void ignore(JsonToken token, JsonParser parser) {
		if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
			this.onlyText.ignore(parser);
		}
	}

	private void readDelta(JsonToken token, JsonParser parser) {
		if (token == JsonToken.VALUE_STRING) {
			this.delta = parser.getString();
			if (!this.delta.isEmpty()) {
				this.onlyText.found(parser);
			}
		}
		else {
			this.onlyText.mixUnlessNull(parser);
			parser.skipChildren();
		}
	}

	private void readWhole(JsonToken token, JsonParser parser) {
		this.onlyText.mixUnlessNull(parser);
		if (token == JsonToken.VALUE_STRING) {
			this.whole = this.json.value(parser);
		}
		parser.skipChildren();
	}

	private void readPart(JsonToken token, JsonParser parser) {
		this.onlyText.mixUnlessNull(parser);
		if (token == JsonToken.START_OBJECT) {
			this.part = PartJson.read(this.json, parser);
		}
		else {
			parser.skipChildren();
		}
	}

	private void readItem(JsonToken token, JsonParser parser) {
		this.onlyText.mixUnlessNull(parser);
		if (token == JsonToken.START_OBJECT) {
			this.item = this.json.value(parser);
		}
		else {
			parser.skipChildren();
		}
	}

	private void readResponse(JsonToken token, JsonParser parser) {
		this.onlyText.mixUnlessNull(parser);
		if (token == JsonToken.START_OBJECT) {
			this.response = ResponseJson.read(this.json, parser);
		}
		else {
			parser.skipChildren();
		}
	}

	ModelException failure(Reply reply) {
		return reply.failure(this.json.json(), this.json.offset(), this.json.length());
	}

	void throwIfFailure(Reply reply) {
		reply.throwIfFailure(this.json.json(), this.json.offset(), this.json.length());
	}

	/**
	 * Return where another payload begins behind this one.
	 * @return the position relative to this payload, or 0 if there is none
	 */
	int next() {
		return this.next;
	}

	boolean isObject() {
		return this.object;
	}

	/**
	 * Return whether the payload reports a failure, whatever it claims to be.
	 * @return whether it is an error
	 */
	boolean isError() {
		return this.error || "error".equals(this.type);
	}

	@Nullable String type() {
		return this.type;
	}

	OutputItems.Target target() {
		return new OutputItems.Target(this.outputIndex, this.itemId, this.partIndex);
	}

	@Nullable Integer outputIndex() {
		return this.outputIndex;
	}

	/**
	 * Return the name of the tool that is called.
	 * @return the name, or {@code null} if the event does not tell
	 */
	@Nullable String toolName() {
		return this.toolName;
	}

	/**
	 * Return the piece of a text.
	 * @return the piece, or {@code null} if there is none
	 */
	@Nullable String delta() {
		return this.delta;
	}

	/**
	 * Return a text as a whole.
	 * @return the text as JSON, or {@code null} if there is none
	 */
	@Nullable JsonRange whole() {
		return this.whole;
	}

	@Nullable PartJson part() {
		return this.part;
	}

	@Nullable ItemJson item() {
		return (this.item != null) ? ItemJson.of(this.item) : null;
	}

	/**
	 * Return the response that an event brings, or the payload itself if it is one.
	 * @return the response, which may have no members
	 */
	ResponseJson response() {
		return (this.response != null) ? this.response : itself();
	}

	/**
	 * Return what an event has beside the response.
	 * @return the payload as a response
	 */
	ResponseJson itself() {
		ResponseJson itself = this.itself;
		if (itself == null) {
			itself = new ResponseJson();
			this.itself = itself;
		}
		return itself;
	}

}
