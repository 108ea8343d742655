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

import java.util.List;
import java.util.Locale;
import java.util.Set;
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
import io.routekit.wire.UsageCounters;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads a response, streamed or whole. Events, items and parts of unknown types are no
 * failure.
 */
final class ResponsesReader implements ReplyReader {

	private static final String PREFIX = "response.";

	private static final String COMPLETED = "completed";

	private static final String INCOMPLETE = "incomplete";

	private static final String FAILED = "failed";

	private static final Set<String> ENDS = Set.of(COMPLETED, INCOMPLETE, FAILED);

	/**
	 * What a response is that is worked on in the background, or was.
	 */
	private static final Set<String> UNFINISHED = Set.of("queued", "in_progress", "cancelled");

	private final Reply reply;

	private final KeptSize kept;

	private final boolean endsWithItems;

	private final OutputItems items;

	private final UsageCounters usage;

	private final KeptValues metadata;

	private final OnlyText onlyText = new OnlyText();

	private OutputItems.Target target = new OutputItems.Target(null, null, null);

	private ItemText text = ItemText.OUTPUT;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String status;

	private @Nullable String reason;

	private int next;

	private boolean started;

	private boolean marked;

	private boolean told;

	/**
	 * Create a new {@link ResponsesReader} instance.
	 * @param reply what is known before the body
	 * @param kept counts what is kept of the answer
	 * @param issuer who issues the items and gets them back
	 * @param endsWithItems whether the server may close a stream once all items are done
	 */
	ResponsesReader(Reply reply, KeptSize kept, String issuer, boolean endsWithItems) {
		this.reply = reply;
		this.kept = kept;
		this.endsWithItems = endsWithItems;
		this.items = new OutputItems(reply, issuer, kept);
		this.usage = new UsageCounters(kept);
		this.metadata = new KeptValues(kept);
	}

	void addMetadata(String name, Object value) {
		this.metadata.put(name, value);
	}

	@Override
	public boolean read(@Nullable String event, byte[] json, int offset, int length, Consumer<StreamEvent> events) {
		Payload payload = new Payload(json, offset, length, this.onlyText);
		this.next = payload.next();
		if (payload.isError()) {
			this.model = keep(this.model, payload.itself().model());
			readUsage(payload.itself());
			throw payload.failure(this.reply);
		}
		if (!payload.isObject()) {
			payload.throwIfFailure(this.reply);
			throw this.reply.invalid("The answer is not a JSON object");
		}
		long contentsBefore = this.kept.contents();
		String type = (payload.type() != null) ? payload.type() : event;
		if (payload.type() == null && (type == null || !type.startsWith(PREFIX))) {
			readUntyped(payload, events);
		}
		else if (type != null) {
			readType(type, payload, events);
		}
		this.started |= this.kept.contents() != contentsBefore;
		return this.started && (this.kept.contents() != contentsBefore || isEvent(type)) || isDone();
	}

	// Once there is content, what the server does in between counts as well
	private static boolean isEvent(@Nullable String type) {
		return type != null && (type.startsWith(PREFIX) || type.equals("keepalive"));
	}

	// A whole response, or what a gateway sends that is no event
	private void readUntyped(Payload payload, Consumer<StreamEvent> events) {
		this.onlyText.mix();
		ResponseJson response = payload.itself();
		if (!response.isResponse()) {
			payload.throwIfFailure(this.reply);
			return;
		}
		String status = (response.status() != null) ? lowerCase(response.status()) : COMPLETED;
		if (UNFINISHED.contains(status)) {
			throw this.reply.invalid("The answer is not finished (status %s)".formatted(status));
		}
		if (status.equals(COMPLETED) && response.output() == null) {
			throw this.reply.invalid("The answer has no output");
		}
		end(status, response, events);
	}

	private void readType(String type, Payload payload, Consumer<StreamEvent> events) {
		ItemText text = ItemText.ofDelta(type);
		if (text != null) {
			append(text, payload, events);
			return;
		}
		this.onlyText.mix();
		switch (type) {
			case "response.created", "response.in_progress", "response.queued" -> start(payload.response());
			case "response.output_item.added" -> {
				ItemJson item = payload.item();
				if (item != null) {
					this.items.announce(payload.outputIndex(), item, events);
				}
			}
			case "response.output_item.done" -> {
				ItemJson item = payload.item();
				if (item != null) {
					this.items.finish(payload.outputIndex(), item, events);
				}
			}
			case "response.content_part.added", "response.content_part.done" ->
				settle(ItemText.OUTPUT, payload, events);
			case "response.reasoning_summary_part.added", "response.reasoning_summary_part.done" ->
				settle(ItemText.SUMMARY, payload, events);
			case "response.completed", "response.incomplete", "response.failed" -> readEnd(type, payload, events);
			default -> readOther(type, payload, events);
		}
	}

	private void append(ItemText text, Payload payload, Consumer<StreamEvent> events) {
		this.text = text;
		this.target = payload.target();
		if (payload.delta() != null) {
			this.items.append(text, this.target, payload.delta(), events);
		}
		if (!this.items.isIndexEnough(text, this.target)) {
			this.onlyText.mix();
		}
	}

	private void settle(ItemText usual, Payload payload, Consumer<StreamEvent> events) {
		PartJson part = payload.part();
		ItemText text = (part != null) ? part.kind(usual) : null;
		if (part != null && part.text() != null && text != null) {
			this.items.settle(text, payload.target(), part.text(), events);
		}
	}

	private void readOther(String type, Payload payload, Consumer<StreamEvent> events) {
		ItemText text = ItemText.ofWhole(type);
		if (text == null) {
			if (!type.startsWith(PREFIX)) {
				// An error of some gateway
				payload.throwIfFailure(this.reply);
			}
			return;
		}
		if (text == ItemText.ARGUMENTS && payload.toolName() != null) {
			this.items.name(payload.target(), payload.toolName());
		}
		if (payload.whole() != null) {
			this.items.settle(text, payload.target(), payload.whole(), events);
		}
	}

	private void start(ResponseJson response) {
		this.id = (this.id != null) ? this.id : keep(null, response.id());
		this.model = (this.model != null) ? this.model : keep(null, response.model());
		readUsage(response);
	}

	private @Nullable String keep(@Nullable String known, @Nullable String name) {
		if (name == null) {
			return known;
		}
		String kept = this.reply.name(name);
		this.kept.replace(known, kept);
		return kept;
	}

	private void readEnd(String type, Payload payload, Consumer<StreamEvent> events) {
		ResponseJson response = payload.response();
		String status = (response.status() != null) ? lowerCase(response.status()) : "";
		readMetadata(payload.itself());
		end(ENDS.contains(status) ? status : type.substring(PREFIX.length()), response, events);
	}

	private static String lowerCase(String status) {
		return OneLine.ofName(status).toLowerCase(Locale.ROOT);
	}

	private void end(String status, ResponseJson response, Consumer<StreamEvent> events) {
		this.id = (this.id != null) ? this.id : keep(null, response.id());
		this.model = keep(this.model, response.model());
		readUsage(response);
		readMetadata(response);
		throwIfError(response);
		if (status.equals(FAILED)) {
			throw this.reply.exception(Kind.SERVER, "The model failed to answer, and the server gave no reason")
				.build();
		}
		if (response.output() != null) {
			this.items.finishAll(response.output(), status.equals(INCOMPLETE), events);
		}
		this.status = status;
		this.reason = (response.reason() != null) ? keep(null, response.reason()) : null;
	}

	private void throwIfError(ResponseJson response) {
		if (response.error() != null) {
			try (JsonParser parser = response.error().parser()) {
				parser.nextToken();
				this.reply.throwIfError(parser);
			}
		}
	}

	private void readUsage(ResponseJson response) {
		if (response.usage() != null) {
			try (JsonParser parser = response.usage().parser()) {
				parser.nextToken();
				this.usage.read(parser);
			}
		}
	}

	private void readMetadata(ResponseJson response) {
		response.metadata().forEach((name, value) -> this.metadata.put(name, value.read(this.kept)));
		this.metadata.put("reasoning_effort", response.effort());
	}

	@Override
	public OnlyText onlyText() {
		return this.onlyText;
	}

	@Override
	public boolean readText(String text, Consumer<StreamEvent> events) {
		long contentsBefore = this.kept.contents();
		this.items.append(this.text, this.target, text, events);
		return this.kept.contents() != contentsBefore;
	}

	@Override
	public int next() {
		return this.next;
	}

	@Override
	public void readDone() {
		this.marked = true;
	}

	@Override
	public boolean isDone() {
		return this.status != null || this.marked;
	}

	@Override
	public boolean isFinished() {
		return this.status != null || this.endsWithItems && this.items.areFinished();
	}

	@Override
	public ModelResponse complete(Consumer<StreamEvent> events) {
		if (!isFinished()) {
			throw this.marked
					? this.reply.exception(Kind.NETWORK, "The stream ended before the answer was complete").build()
					: this.reply.invalid("The answer has neither content nor a status");
		}
		boolean cut = INCOMPLETE.equals(this.status);
		List<AssistantPart> parts = this.items.complete(cut, events);
		String refusal = this.items.refusal();
		ModelResponse.Builder response = known().parts(parts).refusal(refusal);
		if (cut) {
			// Calls do not tell why the model was stopped
			return response
				.finishReason(FinishReasons.of(this.reason, false, false),
						(this.reason != null) ? this.reason : INCOMPLETE)
				.build();
		}
		boolean toolCalls = parts.stream().anyMatch(ToolCall.class::isInstance);
		String words = (this.status != null) ? this.status : COMPLETED;
		return response.finishReason(FinishReasons.of(words, toolCalls, refusal != null), this.status).build();
	}

	@Override
	public @Nullable ModelResponse progress() {
		// An answer that has begun is told as well, since its usage comes at its end
		boolean begun = !this.told && this.kept.contents() > 0;
		if (!this.usage.takeChanged() && !begun) {
			return null;
		}
		this.told = this.told || begun;
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
		int webSearches = this.items.webSearches();
		// Each of them costs a fee, which the usage does not tell
		response.metadata("web_search_calls", (webSearches > 0) ? webSearches : null);
		return response;
	}

}
