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
import io.routekit.StreamEvent;
import io.routekit.wire.JsonRange;
import org.jspecify.annotations.Nullable;

/**
 * An item of an answer, which is whole from the start or grows by deltas.
 */
interface OutputItem {

	/**
	 * Take note of the item as it is announced, which tells what it is but has no content
	 * that counts.
	 * @param json the item
	 * @param events takes the events that it amounts to
	 */
	default void announce(ItemJson json, Consumer<StreamEvent> events) {
	}

	/**
	 * Append a piece of a text.
	 * @param text the text
	 * @param index the index of the part that the text is in, or {@code null} if it is
	 * not known
	 * @param piece the piece, never empty
	 * @param events takes the events that it amounts to
	 */
	default void append(ItemText text, @Nullable Integer index, String piece, Consumer<StreamEvent> events) {
	}

	/**
	 * Take note of a text as a whole, of which pieces may have been missing.
	 * @param text the text
	 * @param index the index of the part that the text is in, or {@code null} if it is
	 * not known
	 * @param whole the whole text as JSON, never empty
	 * @param events takes the events that it amounts to
	 */
	default void settle(ItemText text, @Nullable Integer index, JsonRange whole, Consumer<StreamEvent> events) {
	}

	/**
	 * Take note of the item as a whole.
	 * @param json the item
	 * @param cut whether the model was stopped in the item
	 * @param events takes the events that it amounts to
	 */
	void finish(ItemJson json, boolean cut, Consumer<StreamEvent> events);

	/**
	 * Complete the item at the end of the answer.
	 * @param cut whether the model was stopped in the item
	 * @param events takes the events that were held back
	 * @return the part that the item amounts to, or {@code null} if it is none
	 */
	@Nullable AssistantPart complete(boolean cut, Consumer<StreamEvent> events);

}
