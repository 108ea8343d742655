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

package io.routekit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an answer into the pieces that are streamed: words with the white space before
 * them, or pieces of a fixed size. Joined, the pieces are the answer.
 */
final class FakePieces {

	private final @Nullable Integer size;

	FakePieces(@Nullable Integer size) {
		this.size = size;
	}

	List<StreamEvent> events(ModelResponse response) {
		return StreamEvent.of(response)
			.stream()
			.filter((event) -> !(event instanceof StreamEvent.Completed))
			.flatMap(this::cut)
			.toList();
	}

	private Stream<StreamEvent> cut(StreamEvent event) {
		if (event instanceof StreamEvent.Text text) {
			return cut(text.text(), StreamEvent.Text::new);
		}
		if (event instanceof StreamEvent.Reasoning reasoning) {
			return cut(reasoning.text(), StreamEvent.Reasoning::new);
		}
		if (event instanceof StreamEvent.ToolCallArguments call) {
			return cut(call.arguments(), (piece) -> new StreamEvent.ToolCallArguments(call.index(), piece));
		}
		return Stream.of(event);
	}

	private Stream<StreamEvent> cut(String text, Function<String, StreamEvent> event) {
		return ((this.size != null) ? bySize(text, this.size) : words(text)).stream().map(event);
	}

	private static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			int end = end(text, end(text, start, true), false);
			words.add(text.substring(start, end));
			start = end;
		}
		return words;
	}

	private static int end(String text, int start, boolean whiteSpace) {
		int end = start;
		while (end < text.length() && Character.isWhitespace(text.charAt(end)) == whiteSpace) {
			end++;
		}
		return end;
	}

	private static List<String> bySize(String text, int size) {
		List<String> pieces = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			int end = start;
			for (int count = 0; count < size && end < text.length(); count++) {
				// By code points: half of a surrogate pair is no text
				end = text.offsetByCodePoints(end, 1);
			}
			pieces.add(text.substring(start, end));
			start = end;
		}
		return pieces;
	}

}
