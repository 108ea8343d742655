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
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.wire.JsonRange;
import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;

/**
 * What the model says, or why it says nothing. It goes back as it came, unless other
 * words of it were passed on.
 */
final class MessageItem implements OutputItem {

	private final String issuer;

	private final KeptSize kept;

	private final IndexedTexts text;

	private final IndexedTexts refusal;

	private @Nullable ProviderState state;

	MessageItem(String issuer, KeptSize kept) {
		this.issuer = issuer;
		this.kept = kept;
		this.text = new IndexedTexts(kept);
		this.refusal = new IndexedTexts(kept);
	}

	@Override
	public void append(ItemText text, @Nullable Integer index, String piece, Consumer<StreamEvent> events) {
		if (text == ItemText.REFUSAL) {
			this.refusal.append(index, piece);
		}
		else {
			emit(this.text.append(index, piece), events);
		}
		// There is more to it than what came as a whole
		this.state = null;
	}

	@Override
	public void settle(ItemText text, @Nullable Integer index, JsonRange whole, Consumer<StreamEvent> events) {
		if (text == ItemText.REFUSAL) {
			this.refusal.settle(index, whole);
		}
		else {
			emit(this.text.settle(index, whole), events);
		}
	}

	private static void emit(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(new StreamEvent.Text(piece));
		}
	}

	@Override
	public void finish(ItemJson json, boolean cut, Consumer<StreamEvent> events) {
		String text = json.text(ItemText.OUTPUT);
		String refusal = json.text(ItemText.REFUSAL);
		emit(this.text.settle(text), events);
		emit(this.text.rest(), events);
		this.refusal.settle(refusal);
		// Some gateways send back less than they streamed
		if (this.text.is(text) && this.refusal.is(refusal)) {
			this.state = json.keep(this.issuer, this.text.length() + this.refusal.length(), this.kept);
		}
	}

	/**
	 * Return why the model says nothing.
	 * @return the text, possibly empty
	 */
	String refusal() {
		return this.refusal.join();
	}

	@Override
	public @Nullable AssistantPart complete(boolean cut, Consumer<StreamEvent> events) {
		emit(this.text.rest(), events);
		boolean nothing = this.state == null && this.text.isEmpty() && this.refusal.isEmpty();
		return nothing ? null : new TextPart(this.text.join(), this.state);
	}

}
