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

package io.routekit.sample;

import io.routekit.StreamEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Turns what happens while a model answers into server-sent events.
 */
final class ChatEvents {

	private ChatEvents() {
	}

	static @Nullable ServerSentEvent<Object> of(StreamEvent event) {
		if (event instanceof StreamEvent.Text text) {
			return event("text", new Piece(text.text()));
		}
		if (event instanceof StreamEvent.Reasoning reasoning) {
			return event("reasoning", new Piece(reasoning.text()));
		}
		if (event instanceof StreamEvent.ToolCallComplete call) {
			return event("tool-call", ChatAnswer.Call.of(call.toolCall()));
		}
		if (event instanceof StreamEvent.Completed completed) {
			return event("completed", ChatAnswer.of(completed.response()));
		}
		return null;
	}

	static ServerSentEvent<Object> of(Problem problem) {
		return event("error", problem);
	}

	static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.<Object>builder(data).event(name).build();
	}

	/**
	 * A piece of text.
	 *
	 * @param text the piece, exactly as it arrived
	 */
	record Piece(String text) {

	}

}
