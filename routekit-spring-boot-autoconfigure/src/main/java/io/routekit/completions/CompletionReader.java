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

import java.util.List;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.FinishReason;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.OneLine;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.wire.FinishReasons;
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
 * Reads a completion, whole or in chunks. Lenient, since the servers of this format agree
 * on little more than its main fields.
 */
final class CompletionReader implements ReplyReader {

	private final Reply reply;

	private final KeptSize kept;

	private final OnlyText onlyText = new OnlyText();

	private final MessageReader message;

	private final CompletionUsage usage;

	private final KeptValues metadata;

	private final LogProbabilities logProbabilities;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String finishReason;

	private int next;

	private boolean choiceSeen;

	private boolean done;

	CompletionReader(Reply reply, KeptSize kept, String issuer) {
		this.reply = reply;
		this.kept = kept;
		this.message = new MessageReader(reply, issuer, this.kept, this.onlyText);
		this.usage = new CompletionUsage(this.kept);
		this.metadata = new KeptValues(this.kept);
		this.logProbabilities = new LogProbabilities(this.kept);
	}

	void addMetadata(String name, Object value) {
		this.metadata.put(name, value);
	}

	@Override
	public boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
		long contentsBefore = this.kept.contents();
		boolean finishedBefore = isFinished();
		this.onlyText.reset(offset);
		try (JsonParser parser = WireJson.parser(json, offset, length)) {
			JsonToken token = parser.nextToken();
			if (token != JsonToken.START_OBJECT) {
				this.reply.throwIfFailure(json, offset, length);
				throw this.reply.invalid("The answer is not a JSON object");
			}
			readChunk(parser, json, offset, length, events);
			this.next = WireJson.nextObject(parser);
		}
		return this.kept.contents() != contentsBefore || isFinished() != finishedBefore;
	}

	@Override
	public OnlyText onlyText() {
		return this.onlyText;
	}

	@Override
	public boolean readText(String text, Consumer<StreamEvent> events) {
		long contentsBefore = this.kept.contents();
		this.message.readText(text, events);
		return this.kept.contents() != contentsBefore;
	}

	@Override
	public int next() {
		return this.next;
	}

	private void readChunk(JsonParser parser, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
		boolean choices = false;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case "choices" -> choices = readChoices(json, offset, parser, token, events);
				case "id" -> this.id = firstText(this.id, parser);
				case "model" -> this.model = firstText(this.model, parser);
				case "usage" -> readUsage(parser);
				case "x_groq" -> readGroq(parser, token);
				case "error" -> {
					if (Reply.isError(parser)) {
						throw this.reply.failure(json, offset, length);
					}
				}
				case Reply.GATEWAY_STATUS -> {
					if (Reply.isGatewayError(parser)) {
						throw this.reply.failure(json, offset, length);
					}
				}
				case "service_tier", "system_fingerprint", "provider", "prompt_filter_results", "citations" ->
					this.metadata.read(name, parser);
				case "obfuscation" -> readPadding(parser, token);
				default -> parser.skipChildren();
			}
		}
		if (!choices) {
			this.reply.throwIfFailure(json, offset, length);
		}
	}

	private @Nullable String firstText(@Nullable String known, JsonParser parser) {
		if (known == null) {
			String text = WireJson.readText(parser);
			String name = (text != null) ? OneLine.ofName(this.reply.secrets().redact(text)) : null;
			this.kept.replace(null, name);
			return name;
		}
		parser.skipChildren();
		return known;
	}

	private void readUsage(JsonParser parser) {
		this.onlyText.mixUnlessNull(parser);
		this.usage.read(parser);
	}

	// Hides the length of the text from who watches the network
	private void readPadding(JsonParser parser, JsonToken token) {
		if (token == JsonToken.VALUE_STRING) {
			this.onlyText.ignore(parser);
		}
		parser.skipChildren();
	}

	private void readGroq(JsonParser parser, JsonToken token) {
		this.onlyText.mix();
		if (token != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "usage" -> this.usage.read(parser);
				case "error" -> this.reply.throwIfError(parser);
				default -> parser.skipChildren();
			}
		}
	}

	// Read the choices, and return whether there are any. There should be one, but
	// gateways spread one answer over several.
	private boolean readChoices(byte[] json, int offset, JsonParser parser, JsonToken token,
			Consumer<StreamEvent> events) {
		if (token != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return false;
		}
		int position = 0;
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				readChoice(position++, json, offset, parser, events);
			}
			else {
				parser.skipChildren();
			}
		}
		if (position > 1) {
			this.onlyText.mix();
		}
		this.choiceSeen |= position > 0;
		return position > 0;
	}

	private void readChoice(int position, byte[] json, int offset, JsonParser parser, Consumer<StreamEvent> events) {
		Integer index = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			int choice = (index != null) ? index : position;
			switch (name) {
				case "index" -> index = WireJson.readIndex(parser);
				case "delta" -> this.message.readDelta(choice, parser, events);
				case "message" -> {
					this.onlyText.mix();
					this.message.readMessage(choice, parser, events);
				}
				case "finish_reason" -> {
					this.onlyText.mixUnlessNull(parser);
					readFinishReason(parser);
				}
				case "usage" -> readUsage(parser);
				case "error" -> this.reply.throwIfError(parser);
				case "native_finish_reason", "stop_reason", "content_filter_results" ->
					this.metadata.read(name, parser);
				case LogProbabilities.NAME -> {
					this.onlyText.mixUnlessNull(parser);
					this.logProbabilities.read(json, offset, parser);
				}
				default -> parser.skipChildren();
			}
		}
	}

	private void readFinishReason(JsonParser parser) {
		String text = WireJson.readText(parser);
		String latest = FinishReasons.latest(this.finishReason,
				(text != null) ? OneLine.ofName(this.reply.secrets().redact(text)) : null);
		this.kept.replace(this.finishReason, latest);
		this.finishReason = latest;
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
		if (this.finishReason == null && this.message.isEmpty()) {
			throw this.reply.invalid("The answer has neither content nor a finish reason");
		}
		List<AssistantPart> parts = this.message.complete(FinishReasons.isCut(this.finishReason), events);
		String refusal = this.message.refusal();
		boolean toolCalls = parts.stream().anyMatch(ToolCall.class::isInstance);
		ModelResponse.Builder response = known().parts(parts)
			.refusal(refusal)
			.finishReason(FinishReasons.of(this.finishReason, toolCalls, refusal != null), this.finishReason);
		this.message.metadata().asMap().forEach(response::metadata);
		return response.metadata(LogProbabilities.NAME, this.logProbabilities.toObject()).build();
	}

	@Override
	public @Nullable ModelResponse progress() {
		return this.usage.takeChanged() ? known().finishReason(FinishReason.OTHER).build() : null;
	}

	private ModelResponse.Builder known() {
		ModelResponse.Builder response = ModelResponse.builder()
			.provider(this.reply.provider())
			.model(this.model)
			.id(this.id)
			.requestId(this.reply.requestId())
			.usage(this.usage.toUsage());
		this.metadata.asMap().forEach(response::metadata);
		return response;
	}

}
