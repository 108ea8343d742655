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

import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.ProviderState;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.Reply;
import io.routekit.wire.ToolArguments;
import org.jspecify.annotations.Nullable;

/**
 * A tool call. It is complete once it came as a whole, or at the end of the answer.
 */
final class FunctionCallItem implements OutputItem {

	private final Reply reply;

	private final String issuer;

	private final int position;

	private final KeptSize kept;

	private final ToolArguments arguments;

	private @Nullable String id;

	private @Nullable String itemId;

	private @Nullable String name;

	private @Nullable ProviderState state;

	private @Nullable ToolCall toolCall;

	private boolean started;

	/**
	 * Create a new {@link FunctionCallItem} instance.
	 * @param reply what is known of the reply
	 * @param issuer who issues the item
	 * @param position the position among the tool calls of the answer
	 * @param kept counts what is kept of the answer
	 */
	FunctionCallItem(Reply reply, String issuer, int position, KeptSize kept) {
		this.reply = reply;
		this.issuer = issuer;
		this.position = position;
		this.kept = kept;
		this.arguments = kept.toolArguments();
	}

	/**
	 * Return whether another call has this id.
	 * @param id the id, or {@code null} if it is not known
	 * @return whether the call is known by another id
	 */
	boolean isOther(@Nullable String id) {
		return id != null && this.id != null && !id.equals(this.id);
	}

	/**
	 * Take note of the id of the item, which stands for that of the call where there is
	 * none.
	 * @param itemId the id
	 */
	void itemId(String itemId) {
		this.itemId = itemId;
	}

	void name(@Nullable String name) {
		this.name = keep(this.name, name);
	}

	@Override
	public void announce(ItemJson json, Consumer<StreamEvent> events) {
		name(json.name());
		this.id = keep(this.id, json.callId());
		String piece = this.arguments.isEmpty() ? this.arguments.append(json.text(ItemText.ARGUMENTS)) : "";
		if (this.started) {
			emit(piece, events);
		}
		else {
			start(events);
		}
	}

	private @Nullable String keep(@Nullable String known, @Nullable String value) {
		if (known == null && value != null) {
			this.kept.addObject(value.length());
			return value;
		}
		return known;
	}

	private void start(Consumer<StreamEvent> events) {
		if (!this.started && this.name != null) {
			this.started = true;
			this.id = (this.id != null) ? this.id : otherId();
			events.accept(new StreamEvent.ToolCallStart(this.position, this.id, this.name));
			emit(this.arguments.emitted(), events);
		}
	}

	private String otherId() {
		return (this.itemId != null) ? this.itemId : "call_" + UUID.randomUUID().toString().replace("-", "");
	}

	@Override
	public void append(ItemText text, @Nullable Integer index, String piece, Consumer<StreamEvent> events) {
		if (this.toolCall == null) {
			String ready = this.arguments.append(piece);
			if (this.started) {
				emit(ready, events);
			}
		}
	}

	@Override
	public void settle(ItemText text, @Nullable Integer index, JsonRange whole, Consumer<StreamEvent> events) {
		if (this.toolCall == null) {
			this.arguments.settle(Objects.requireNonNullElse(whole.text(), ""));
		}
	}

	private void emit(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(new StreamEvent.ToolCallArguments(this.position, piece));
		}
	}

	@Override
	public void finish(ItemJson json, boolean cut, Consumer<StreamEvent> events) {
		// Some servers tell only now by which id the result is known
		this.id = isOther(json.callId()) ? keep(null, json.callId()) : keep(this.id, json.callId());
		name(json.name());
		this.arguments.settle(json.text(ItemText.ARGUMENTS));
		this.state = json.keep(this.issuer, json.text(ItemText.ARGUMENTS).length(), this.kept);
		complete(cut || json.isCut(), events);
	}

	@Override
	public @Nullable AssistantPart complete(boolean cut, Consumer<StreamEvent> events) {
		if (this.toolCall == null && !isNoise(cut)) {
			this.toolCall = end(cut, events);
		}
		return this.toolCall;
	}

	// The model was stopped before it named the tool, or the server sent nothing of it
	private boolean isNoise(boolean cut) {
		return this.name == null && (cut || this.arguments.isEmpty());
	}

	private ToolCall end(boolean cut, Consumer<StreamEvent> events) {
		start(events);
		if (this.id == null || this.name == null) {
			throw this.reply.invalid("The answer has a tool call without a name");
		}
		emit(this.arguments.rest(), events);
		String arguments = this.arguments.join();
		if (cut) {
			return new ToolCall(this.id, this.name, arguments, false, this.state);
		}
		ToolCall whole = ToolCall.of(this.id, this.name, arguments, this.state);
		if (whole.complete()) {
			events.accept(new StreamEvent.ToolCallComplete(this.position, whole));
		}
		return whole;
	}

}
