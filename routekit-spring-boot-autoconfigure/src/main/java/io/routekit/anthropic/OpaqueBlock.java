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
import java.util.List;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.StreamEvent;
import io.routekit.http.DeltaText;
import io.routekit.http.KeptSize;
import io.routekit.http.WireJson;

/**
 * A block that means nothing to us but goes back as it came: redacted thinking, what the
 * provider's own tools are called with and return, and types of the future.
 */
final class OpaqueBlock implements ReplyBlock {

	private final JsonRange start;

	private final DeltaText input;

	OpaqueBlock(JsonRange start, KeptSize kept) {
		this.input = kept.text();
		// The payload is only valid while it is read
		this.start = JsonRange.of(start.toString());
	}

	@Override
	public void append(String type, String value, Consumer<StreamEvent> events) {
		if (type.equals("input_json_delta")) {
			this.input.append(value);
		}
	}

	@Override
	public List<AssistantPart> complete(boolean cut, Consumer<StreamEvent> events) {
		String json = this.start.toString();
		String input = this.input.toString();
		if (!input.isBlank()) {
			if (!WireJson.isObject(input)) {
				// A call of the provider's that was cut is of no use to it
				return Collections.emptyList();
			}
			json = RawObject.of(this.start).with("input", input).toString();
		}
		return List.of(new OpaquePart(OwnState.of(json)));
	}

}
