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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.wire.DeltaText;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Thinking. Only with its signature does Anthropic take it back, while servers that do
 * not sign want it without.
 */
final class ThinkingBlock implements ReplyBlock {

	private final OwnState own;

	private final JsonRange start;

	private final KeptSize kept;

	private final DeltaText text;

	private @Nullable String signature;

	private boolean changed;

	ThinkingBlock(OwnState own, RawObject start, KeptSize kept, Consumer<StreamEvent> events) {
		this.own = own;
		// The payload is only valid while it is read
		this.start = start.json().copy();
		this.kept = kept;
		this.text = kept.text();
		this.signature = start.text("signature");
		String text = start.text("thinking");
		if (text != null) {
			emit(this.text.append(text), events);
		}
	}

	@Override
	public void append(String type, String value, Consumer<StreamEvent> events) {
		if (type.equals("thinking_delta")) {
			this.changed = true;
			emit(this.text.append(value), events);
		}
		else if (type.equals("signature_delta")) {
			this.changed = true;
			this.kept.addObject(value.length());
			this.signature = value;
		}
	}

	@Override
	public void stop(Consumer<StreamEvent> events) {
		emit(this.text.rest(), events);
	}

	private static void emit(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(new StreamEvent.Reasoning(piece));
		}
	}

	@Override
	public List<AssistantPart> complete(End end, Consumer<StreamEvent> events) {
		stop(events);
		String text = this.text.join();
		boolean signed = this.signature != null && !this.signature.isEmpty();
		if (!signed && text.isEmpty()) {
			return Collections.emptyList();
		}
		boolean whole = signed || end == End.WHOLE && !this.own.isSigned();
		return List.of(new ReasoningPart(text, whole ? this.own.state(block(text)) : null));
	}

	private String block(String text) {
		if (!this.changed) {
			return this.start.toJson();
		}
		Map<String, String> members = new LinkedHashMap<>();
		members.put("thinking", WireJson.write(text));
		if (this.signature != null) {
			members.put("signature", WireJson.write(this.signature));
		}
		return RawObject.of(this.start).with(members);
	}

}
