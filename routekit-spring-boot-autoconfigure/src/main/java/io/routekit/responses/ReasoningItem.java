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

import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning, of which a server shows a summary, the text itself, or both. One of them is
 * passed on. It goes back as it came, unless it was cut: what is encrypted in it may not
 * be whole.
 */
final class ReasoningItem implements OutputItem {

	private final String issuer;

	private final KeptSize kept;

	private final IndexedTexts text;

	private @Nullable ItemText shown;

	private @Nullable ProviderState state;

	ReasoningItem(String issuer, KeptSize kept) {
		this.issuer = issuer;
		this.kept = kept;
		this.text = new IndexedTexts(kept);
	}

	@Override
	public void append(ItemText text, @Nullable Integer index, String piece, Consumer<StreamEvent> events) {
		if (isShown(text)) {
			emit(this.text.append(index, piece), events);
		}
	}

	@Override
	public void settle(ItemText text, @Nullable Integer index, JsonRange whole, Consumer<StreamEvent> events) {
		if (isShown(text)) {
			emit(this.text.settle(index, whole), events);
		}
	}

	// The first one that there is
	private boolean isShown(ItemText text) {
		this.shown = (this.shown != null) ? this.shown : text;
		return this.shown == text;
	}

	private static void emit(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(new StreamEvent.Reasoning(piece));
		}
	}

	@Override
	public void finish(ItemJson json, boolean cut, Consumer<StreamEvent> events) {
		for (ItemText text : new ItemText[] { ItemText.SUMMARY, ItemText.REASONING }) {
			String whole = json.text(text);
			if (!whole.isEmpty() && isShown(text)) {
				emit(this.text.settle(whole), events);
			}
		}
		emit(this.text.rest(), events);
		this.state = (cut || json.isCut()) ? null : json.keep(this.issuer, this.text.length(), this.kept);
	}

	@Override
	public @Nullable AssistantPart complete(boolean cut, Consumer<StreamEvent> events) {
		emit(this.text.rest(), events);
		boolean nothing = this.state == null && this.text.isEmpty();
		return nothing ? null : new ReasoningPart(this.text.join(), this.state);
	}

}
