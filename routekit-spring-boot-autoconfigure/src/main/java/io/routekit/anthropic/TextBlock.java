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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.wire.DeltaText;
import io.routekit.wire.KeptSize;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Text, possibly with citations. Since Anthropic wants citations back, they are the state
 * of the text.
 */
final class TextBlock implements ReplyBlock {

	private final OwnState own;

	private final KeptSize kept;

	private final DeltaText text;

	private final List<String> citations = new ArrayList<>(0);

	TextBlock(OwnState own, @Nullable RawObject start, KeptSize kept, Consumer<StreamEvent> events) {
		this.own = own;
		this.kept = kept;
		this.text = kept.text();
		String text = (start != null) ? start.text("text") : null;
		if (text != null) {
			emit(this.text.append(text), events);
		}
		String citations = (start != null) ? start.container("citations") : null;
		if (citations != null && citations.startsWith("[")) {
			String elements = citations.substring(1, citations.length() - 1);
			if (!elements.isBlank()) {
				this.citations.add(elements);
			}
		}
	}

	@Override
	public void append(String type, String value, Consumer<StreamEvent> events) {
		if (type.equals("text_delta")) {
			emit(this.text.append(value), events);
		}
		else if (type.equals("citations_delta")) {
			this.kept.addObject(value.length());
			this.citations.add(value);
		}
	}

	@Override
	public void stop(Consumer<StreamEvent> events) {
		emit(this.text.rest(), events);
	}

	private static void emit(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(new StreamEvent.Text(piece));
		}
	}

	@Override
	public List<AssistantPart> complete(End end, Consumer<StreamEvent> events) {
		stop(events);
		String text = this.text.join();
		if (text.isEmpty()) {
			return Collections.emptyList();
		}
		if (this.citations.isEmpty()) {
			return List.of(new TextPart(text));
		}
		String json = "{\"type\":\"text\",\"text\":" + WireJson.write(text) + ",\"citations\":["
				+ String.join(",", this.citations) + "]}";
		return List.of(new TextPart(text, this.own.state(json)));
	}

}
