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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.FinishReason;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.wire.FinishReasons;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.KeptValues;
import io.routekit.wire.OnlyText;
import io.routekit.wire.Reply;
import io.routekit.wire.ReplyReader;
import io.routekit.wire.UsageCounters;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a completion, whole or in chunks. Lenient, since the servers of this format agree
 * on little more than its main fields.
 */
final class CompletionReader implements ReplyReader {

	private static final byte[] INDEX = "\"index\"".getBytes(StandardCharsets.US_ASCII);

	private final Reply reply;

	private final KeptSize kept;

	private final OnlyText onlyText = new OnlyText();

	private final Choices choices;

	private final UsageCounters usage;

	private final KeptValues metadata;

	private @Nullable String id;

	private @Nullable String model;

	private int next;

	private boolean done;

	private boolean told;

	CompletionReader(Reply reply, KeptSize kept, CompletionsDialect dialect) {
		this.reply = reply;
		this.kept = kept;
		this.choices = new Choices(
				(index) -> new Choice(index, new MessageReader(reply, dialect, kept, this.onlyText), kept), kept);
		this.usage = new UsageCounters(this.kept);
		this.metadata = new KeptValues(this.kept);
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
		Choice choice = this.choices.last();
		choice.message().readText(text, this.choices.events(choice, events));
		this.choices.read(choice);
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
				case "model" -> readModel(parser);
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

	private void readModel(JsonParser parser) {
		String known = this.model;
		this.model = firstText(known, parser);
		this.told = this.told && Objects.equals(known, this.model);
	}

	private @Nullable String firstText(@Nullable String known, JsonParser parser) {
		if (known == null) {
			String name = readName(parser);
			this.kept.replace(null, name);
			return name;
		}
		parser.skipChildren();
		return known;
	}

	private @Nullable String readName(JsonParser parser) {
		String text = WireJson.readText(parser);
		return (text != null) ? this.reply.name(text) : null;
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

	// Read the choices, and return whether there are any
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
		return position > 0;
	}

	// Which choice it is may be said last
	private void readChoice(int position, byte[] json, int offset, JsonParser parser, Consumer<StreamEvent> events) {
		if (startsWithIndex(json, offset + (int) parser.currentTokenLocation().getByteOffset())) {
			parser.nextName();
			parser.nextToken();
			Integer index = WireJson.readIndex(parser);
			readMembers(this.choices.get((index != null) ? index : position), json, offset, parser, events);
			return;
		}
		JsonRange range = JsonRange.of(json, offset, parser);
		Choice choice = this.choices.get(index(range, position));
		this.onlyText.move(range.offset());
		try (JsonParser members = range.parser()) {
			members.nextToken();
			readMembers(choice, json, range.offset(), members, events);
		}
		this.onlyText.move(offset);
	}

	private static boolean startsWithIndex(byte[] json, int start) {
		int position = start + 1;
		while (position < json.length && json[position] <= ' ' && json[position] >= 0) {
			position++;
		}
		int end = Math.min(position + INDEX.length, json.length);
		return Arrays.equals(INDEX, 0, INDEX.length, json, Math.min(position, end), end);
	}

	private static int index(JsonRange choice, int position) {
		Integer index = null;
		try (JsonParser parser = choice.parser()) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				if (name.equals("index")) {
					index = WireJson.readIndex(parser);
				}
				else {
					parser.skipChildren();
				}
			}
		}
		return (index != null) ? index : position;
	}

	private void readMembers(Choice choice, byte[] json, int offset, JsonParser parser, Consumer<StreamEvent> events) {
		Consumer<StreamEvent> choiceEvents = this.choices.events(choice, events);
		JsonRange message = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "delta" -> choice.message().readDelta(parser, choiceEvents);
				case "message" -> {
					this.onlyText.mix();
					message = JsonRange.of(json, offset, parser);
				}
				case "finish_reason" -> {
					this.onlyText.mixUnlessNull(parser);
					choice.finish(readName(parser));
				}
				case "usage" -> readUsage(parser);
				case "error" -> this.reply.throwIfError(parser);
				case "native_finish_reason", "stop_reason", "content_filter_results" ->
					choice.metadata().read(name, parser);
				case LogProbabilities.NAME -> {
					this.onlyText.mixUnlessNull(parser);
					choice.logProbabilities().read(json, offset, parser);
				}
				default -> parser.skipChildren();
			}
		}
		if (message != null) {
			// Follows the delta, which it may repeat
			try (JsonParser whole = message.parser()) {
				whole.nextToken();
				choice.message().readMessage(whole, choiceEvents);
			}
		}
		this.choices.read(choice);
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
		return this.choices.isFinished();
	}

	@Override
	public ModelResponse complete(Consumer<StreamEvent> events) {
		if (this.choices.isEmpty()) {
			throw this.reply.invalid("The answer has no choices");
		}
		if ("error".equalsIgnoreCase(this.choices.finishReason())) {
			throw this.reply.exception(Kind.SERVER, "The server stopped with an error that it did not explain").build();
		}
		Choice main = this.choices.main();
		if (!isFinished() && main.message().isEmpty()) {
			throw this.reply.invalid("The answer has neither content nor a finish reason");
		}
		List<AssistantPart> parts = this.choices.complete(events);
		String finishReason = this.choices.finishReason();
		String refusal = main.message().refusal();
		boolean toolCalls = parts.stream().anyMatch(ToolCall.class::isInstance);
		ModelResponse.Builder response = known().parts(parts)
			.refusal(refusal)
			.finishReason(FinishReasons.of(finishReason, toolCalls, refusal != null), finishReason);
		main.message().metadata().asMap().forEach(response::metadata);
		return response.metadata(LogProbabilities.NAME, main.logProbabilities().toObject()).build();
	}

	@Override
	public @Nullable ModelResponse progress() {
		// An answer that has begun is told as well, since it may never tell its usage
		boolean begun = !this.told && !this.choices.isEmpty();
		if (!this.usage.takeChanged() && !begun) {
			return null;
		}
		this.told = !this.choices.isEmpty();
		return known().finishReason(FinishReason.OTHER).build();
	}

	private ModelResponse.Builder known() {
		ModelResponse.Builder response = ModelResponse.builder()
			.provider(this.reply.provider())
			.model(this.model)
			.id(this.id)
			.requestId(this.reply.requestId())
			.usage(this.usage.toUsage());
		this.metadata.asMap().forEach(response::metadata);
		if (!this.choices.isEmpty()) {
			this.choices.main().metadata().asMap().forEach(response::metadata);
		}
		return response;
	}

}
