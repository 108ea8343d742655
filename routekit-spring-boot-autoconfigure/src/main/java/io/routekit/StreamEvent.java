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

package io.routekit;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.util.Assert;

/**
 * Something that happens while a model answers.
 * <p>
 * Further kinds of events may be added, so code that tells them apart needs a default
 * branch.
 *
 * @since 0.1.0
 * @see Model#stream(ChatRequest)
 */
public sealed interface StreamEvent {

	/**
	 * Return the texts among the given events, for
	 * {@code model.stream(…).transform(StreamEvent::text)}.
	 * @param events the events
	 * @return the texts, as they arrive; cancel and failures pass through
	 */
	static Flux<String> text(Flux<StreamEvent> events) {
		Assert.notNull(events, "'events' must not be null");
		return events.handle((event, sink) -> {
			if (event instanceof Text text) {
				sink.next(text.text());
			}
		});
	}

	/**
	 * Return the events that a whole response amounts to.
	 * @param response the response
	 * @return the events, of which the last one is {@link Completed}
	 */
	static List<StreamEvent> of(ModelResponse response) {
		Assert.notNull(response, "'response' must not be null");
		List<StreamEvent> events = new ArrayList<>();
		int index = 0;
		for (AssistantPart part : response.toMessage().parts()) {
			if (part instanceof TextPart text && response.refusal() == null && !text.text().isEmpty()) {
				events.add(new Text(text.text()));
			}
			else if (part instanceof ReasoningPart reasoning && !reasoning.text().isEmpty()) {
				events.add(new Reasoning(reasoning.text()));
			}
			else if (part instanceof ToolCall toolCall) {
				events.add(new ToolCallStart(index, toolCall.id(), toolCall.name()));
				events.add(new ToolCallArguments(index, toolCall.arguments()));
				if (toolCall.complete()) {
					events.add(new ToolCallComplete(index, toolCall));
				}
				index++;
			}
		}
		events.add(new Completed(response));
		return events;
	}

	/**
	 * A piece of the answer's text.
	 *
	 * @param text the piece, never empty, exactly as it arrived
	 */
	record Text(String text) implements StreamEvent {

		public Text {
			Assert.notNull(text, "'text' must not be null");
		}

		@Override
		public String toString() {
			return "Text[%d characters]".formatted(this.text.length());
		}

	}

	/**
	 * A piece of the model's reasoning.
	 *
	 * @param text the piece, never empty, exactly as it arrived
	 */
	record Reasoning(String text) implements StreamEvent {

		public Reasoning {
			Assert.notNull(text, "'text' must not be null");
		}

		@Override
		public String toString() {
			return "Reasoning[%d characters]".formatted(this.text.length());
		}

	}

	/**
	 * The start of a tool call.
	 *
	 * @param index the position among the tool calls of the answer, from 0
	 * @param id the id of the call
	 * @param name the name of the tool
	 */
	record ToolCallStart(int index, String id, String name) implements StreamEvent {

		public ToolCallStart {
			Assert.notNull(id, "'id' must not be null");
			Assert.notNull(name, "'name' must not be null");
		}

		@Override
		public String toString() {
			return "ToolCallStart[index=%d, id=%s, name=%s]".formatted(this.index, OneLine.ofName(this.id),
					OneLine.ofName(this.name));
		}

	}

	/**
	 * A piece of the arguments of a tool call.
	 *
	 * @param index the position among the tool calls of the answer, from 0
	 * @param arguments a piece of JSON text
	 */
	record ToolCallArguments(int index, String arguments) implements StreamEvent {

		public ToolCallArguments {
			Assert.notNull(arguments, "'arguments' must not be null");
		}

		@Override
		public String toString() {
			return "ToolCallArguments[index=%d, %d characters]".formatted(this.index, this.arguments.length());
		}

	}

	/**
	 * A tool call with all its arguments, which can be executed. A call whose arguments
	 * were cut or are not a JSON object has no such event; the response tells of it.
	 *
	 * @param index the position among the tool calls of the answer, from 0
	 * @param toolCall the call, which is {@linkplain ToolCall#complete() complete}
	 */
	record ToolCallComplete(int index, ToolCall toolCall) implements StreamEvent {

		public ToolCallComplete {
			Assert.notNull(toolCall, "'toolCall' must not be null");
		}

	}

	/**
	 * The end of the answer.
	 *
	 * @param response the whole response, with usage and cost
	 */
	record Completed(ModelResponse response) implements StreamEvent {

		public Completed {
			Assert.notNull(response, "'response' must not be null");
		}

	}

}
