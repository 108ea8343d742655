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

package io.routekit.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * Redacts the events of a stream. What must not be written can be spread over several
 * pieces, so the pieces are redacted as the whole that they make, and cut again where
 * they were.
 */
final class RedactedEvents {

	private final RedactedText texts;

	private final UnaryOperator<ToolCall> toolCalls;

	RedactedEvents(RedactedText texts, UnaryOperator<ToolCall> toolCalls) {
		this.texts = texts;
		this.toolCalls = toolCalls;
	}

	List<TimedEvent> of(List<TimedEvent> events) {
		Map<String, StringBuilder> wholes = new LinkedHashMap<>();
		Map<String, Integer> pieces = new LinkedHashMap<>();
		for (TimedEvent timed : events) {
			String piece = text(timed.event());
			if (piece != null) {
				wholes.computeIfAbsent(key(timed.event()), (key) -> new StringBuilder()).append(piece);
				pieces.merge(key(timed.event()), 1, Integer::sum);
			}
		}
		Map<String, Pieces> redacted = new LinkedHashMap<>();
		wholes.forEach((key, whole) -> {
			String text = whole.toString();
			String redactedText = this.texts.of(text);
			if (!redactedText.equals(text)) {
				redacted.put(key, new Pieces(redactedText, pieces.getOrDefault(key, 0)));
			}
		});
		List<TimedEvent> result = new ArrayList<>(events.size());
		events.forEach((timed) -> result.add(new TimedEvent(timed.at(), of(timed.event(), redacted))));
		return result;
	}

	private static @Nullable String text(StreamEvent event) {
		if (event instanceof StreamEvent.Text text) {
			return text.text();
		}
		if (event instanceof StreamEvent.Reasoning reasoning) {
			return reasoning.text();
		}
		return (event instanceof StreamEvent.ToolCallArguments arguments) ? arguments.arguments() : null;
	}

	private static String key(StreamEvent event) {
		String type = event.getClass().getSimpleName();
		return (event instanceof StreamEvent.ToolCallArguments arguments) ? type + arguments.index() : type;
	}

	private StreamEvent of(StreamEvent event, Map<String, Pieces> redacted) {
		if (event instanceof StreamEvent.ToolCallComplete complete) {
			return new StreamEvent.ToolCallComplete(complete.index(), this.toolCalls.apply(complete.toolCall()));
		}
		String text = text(event);
		Pieces pieces = redacted.get(key(event));
		if (text == null || pieces == null) {
			return event;
		}
		String piece = pieces.next(text.length());
		if (event instanceof StreamEvent.ToolCallArguments arguments) {
			return new StreamEvent.ToolCallArguments(arguments.index(), piece);
		}
		return (event instanceof StreamEvent.Text) ? new StreamEvent.Text(piece) : new StreamEvent.Reasoning(piece);
	}

	/**
	 * A text that is cut into pieces.
	 */
	private static final class Pieces {

		private final String whole;

		private int position;

		private int left;

		Pieces(String whole, int count) {
			this.whole = whole;
			this.left = count;
		}

		/**
		 * Take the next piece.
		 * @param length how long it was; the last one takes all that is left
		 * @return the piece
		 */
		String next(int length) {
			this.left--;
			int end = (this.left > 0) ? Math.min(this.position + length, this.whole.length()) : this.whole.length();
			if (end > this.position && end < this.whole.length()
					&& Character.isHighSurrogate(this.whole.charAt(end - 1))
					&& Character.isLowSurrogate(this.whole.charAt(end))) {
				end++;
			}
			String piece = this.whole.substring(this.position, end);
			this.position = end;
			return piece;
		}

	}

}
