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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.routekit.ModelException;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.OnlyText;
import io.routekit.wire.Reply;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One payload of an answer. Its members may come in any order, so that nothing is done
 * before all of them are known.
 */
final class Payload {

	private final JsonRange json;

	private final OnlyText onlyText;

	private final KeptSize kept;

	private int next;

	private boolean object;

	private boolean error;

	private @Nullable String type;

	private @Nullable Integer index;

	private @Nullable JsonRange block;

	private @Nullable JsonRange message;

	private boolean content;

	private @Nullable String deltaType;

	private @Nullable String impliedDeltaType;

	private @Nullable String deltaValue;

	private Map<String, JsonRange> stop = Collections.emptyMap();

	private @Nullable Map<String, @Nullable Object> usage;

	/**
	 * Create a new {@link Payload} instance.
	 * @param bytes the array that holds the payload
	 * @param offset the position of the payload
	 * @param length the length of the payload
	 * @param onlyText takes note of what the delta of a block consists of
	 * @param kept tells how much may be kept of the payload
	 */
	Payload(byte[] bytes, int offset, int length, OnlyText onlyText, KeptSize kept) {
		this.json = new JsonRange(bytes, offset, length);
		this.onlyText = onlyText;
		this.kept = kept;
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
				case "index" -> this.index = WireJson.readIndex(parser);
				case "delta" -> readDelta(parser);
				case "content_block" -> this.block = range(parser);
				case "message" -> this.message = range(parser);
				case "usage" -> this.usage = this.kept.readObject(parser);
				case "error" -> this.error |= Reply.isError(parser);
				case Reply.GATEWAY_STATUS -> this.error |= Reply.isGatewayError(parser);
				case "stop_details", "context_management" -> readStop(name, parser);
				case "content" -> {
					this.content = token == JsonToken.START_ARRAY;
					parser.skipChildren();
				}
				default -> parser.skipChildren();
			}
		}
	}

	private @Nullable JsonRange range(JsonParser parser) {
		if (parser.currentToken() == JsonToken.START_OBJECT) {
			return this.json.value(parser);
		}
		parser.skipChildren();
		return null;
	}

	private void readDelta(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "type" -> this.deltaType = WireJson.readText(parser);
				case "text" -> readDeltaText("text_delta", parser);
				case "thinking" -> readDeltaText("thinking_delta", parser);
				case "signature" -> readDeltaText("signature_delta", parser);
				case "partial_json" -> readDeltaText("input_json_delta", parser);
				case "citation" -> {
					this.onlyText.mixUnlessNull(parser);
					JsonRange citation = range(parser);
					offerDelta("citations_delta", (citation != null) ? citation.toJson() : null);
				}
				case "stop_reason", "stop_sequence", "stop_details", "container" -> readStop(name, parser);
				default -> parser.skipChildren();
			}
		}
	}

	private void readStop(String name, JsonParser parser) {
		if (parser.currentToken() != JsonToken.VALUE_NULL) {
			this.stop = this.stop.isEmpty() ? new LinkedHashMap<>() : this.stop;
			this.stop.put(name, this.json.value(parser));
		}
	}

	private void readDeltaText(String type, JsonParser parser) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			this.onlyText.found(parser);
			offerDelta(type, parser.getString());
		}
		else {
			this.onlyText.mixUnlessNull(parser);
			JsonRange object = range(parser);
			// Some proxies send the arguments of a tool as they are
			offerDelta(type, (object != null && type.equals("input_json_delta")) ? object.toJson() : null);
		}
	}

	// Proxies add the members of other deltas, without a value
	private void offerDelta(String type, @Nullable String value) {
		boolean settled = this.impliedDeltaType != null && this.impliedDeltaType.equals(this.deltaType);
		boolean known = this.deltaValue != null && !this.deltaValue.isEmpty();
		if (value != null && !settled && (!known || type.equals(this.deltaType))) {
			this.impliedDeltaType = type;
			this.deltaValue = value;
		}
	}

	ModelException failure(Reply reply) {
		return reply.failure(this.json.json(), this.json.offset(), this.json.length());
	}

	void throwIfFailure(Reply reply) {
		reply.throwIfFailure(this.json.json(), this.json.offset(), this.json.length());
	}

	JsonRange json() {
		return this.json;
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

	@Nullable Integer index() {
		return this.index;
	}

	@Nullable JsonRange block() {
		return this.block;
	}

	@Nullable JsonRange message() {
		return this.message;
	}

	/**
	 * Return whether the payload has the content of a whole message.
	 * @return whether it can be a message
	 */
	boolean hasContent() {
		return this.content;
	}

	/**
	 * Return the type of the delta of a block.
	 * @return the type, or {@code null} if it is none that is known
	 */
	@Nullable String deltaType() {
		boolean known = this.deltaType == null || this.deltaType.equals(this.impliedDeltaType);
		return known ? this.impliedDeltaType : null;
	}

	/**
	 * Return the content of the delta of a block.
	 * @return the content, or {@code null} if there is none that is known
	 */
	@Nullable String deltaValue() {
		return this.deltaValue;
	}

	/**
	 * Return the delta as it came.
	 * @return the JSON text, or {@code null} if there is none
	 */
	@Nullable String delta() {
		return RawObject.of(this.json, Set.of("delta")).container("delta");
	}

	/**
	 * Return what the delta of a message says about its end.
	 * @return the members that are set, by name
	 */
	Map<String, JsonRange> stop() {
		return this.stop;
	}

	@Nullable Map<String, @Nullable Object> usage() {
		return this.usage;
	}

}
