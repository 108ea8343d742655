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
import io.routekit.OpaquePart;
import io.routekit.StreamEvent;
import io.routekit.wire.DeltaText;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import io.routekit.wire.WireJson;

/**
 * A block that means nothing to us but goes back as it came: redacted thinking, what the
 * provider's own tools are called with and return, and types of the future. Texts in its
 * deltas are appended to the members of their names, other members replace those.
 */
final class OpaqueBlock implements ReplyBlock {

	private static final String DELTA = "_delta";

	private final OwnState own;

	private final JsonRange start;

	private final KeptSize kept;

	private final DeltaText input;

	private final Map<String, DeltaText> texts = new LinkedHashMap<>(0);

	private final Map<String, String> members = new LinkedHashMap<>(0);

	OpaqueBlock(OwnState own, JsonRange start, KeptSize kept) {
		this.own = own;
		// The payload is only valid while it is read
		this.start = start.copy();
		this.kept = kept;
		this.input = kept.text();
	}

	@Override
	public void append(String type, String value, Consumer<StreamEvent> events) {
		if (type.equals("input_json_delta")) {
			this.input.append(value);
		}
		else if (type.equals(OTHER_DELTA)) {
			RawObject.of(value).forEach(this::append);
		}
		else if (!type.equals("citations_delta") && type.endsWith(DELTA)) {
			appendText(type.substring(0, type.length() - DELTA.length()), value);
		}
	}

	private void append(String name, JsonRange json) {
		String text = json.text();
		if (name.equals("type")) {
			return;
		}
		if (text != null) {
			appendText(name, text);
		}
		else if (!json.isNull()) {
			this.kept.addObject(name.length() + json.length());
			this.members.put(name, json.toJson());
		}
	}

	private void appendText(String name, String text) {
		this.texts.computeIfAbsent(name, this::newText).append(text);
	}

	private DeltaText newText(String name) {
		this.kept.addObject(name.length());
		return this.kept.text();
	}

	@Override
	public List<AssistantPart> complete(End end, Consumer<StreamEvent> events) {
		String input = this.input.join();
		if (!input.isBlank()) {
			if (!WireJson.isObject(input)) {
				// A call of the provider's that was cut is of no use to it
				return Collections.emptyList();
			}
			this.members.put("input", input);
		}
		RawObject start = RawObject.of(this.start, this.texts.keySet());
		this.texts.forEach((name, text) -> {
			String begun = start.text(name);
			this.members.put(name, WireJson.write((begun != null) ? begun + text.join() : text.join()));
		});
		String json = this.members.isEmpty() ? this.start.toJson() : start.with(this.members);
		return List.of(new OpaquePart(this.own.state(json)));
	}

}
