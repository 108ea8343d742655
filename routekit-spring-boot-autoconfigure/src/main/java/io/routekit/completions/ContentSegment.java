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

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.wire.DeltaText;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A run of text or of reasoning, or a part of a content that is a list.
 *
 * @param reasoning whether it is reasoning
 * @param text the text
 * @param part the part that its server wants back in its place, or {@code null} if the
 * text is all there is
 */
record ContentSegment(boolean reasoning, DeltaText text, @Nullable Object part) {

	boolean isRunOf(boolean reasoning) {
		return this.part == null && this.reasoning == reasoning;
	}

	boolean isContinuedBy(Map<?, ?> next) {
		return this.part instanceof Map<?, ?> known && JsonPieces.isContinued(known, next);
	}

	void emit(String piece, Consumer<StreamEvent> events) {
		if (!piece.isEmpty()) {
			events.accept(this.reasoning ? new StreamEvent.Reasoning(piece) : new StreamEvent.Text(piece));
		}
	}

	/**
	 * Return the part of the message. State of the content is a list, unlike state of the
	 * message, which is an object.
	 * @param dialect tells who issued the state
	 * @return the part
	 */
	AssistantPart toPart(CompletionsDialect dialect) {
		ProviderState state = (this.part != null) ? dialect.state(WireJson.write(List.of(JsonPieces.whole(this.part))))
				: null;
		if (this.reasoning) {
			return new ReasoningPart(this.text.join(), state);
		}
		return (state != null) ? new OpaquePart(state) : new TextPart(this.text.join());
	}

}
