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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.routekit.AssistantPart;
import io.routekit.OpaquePart;
import io.routekit.StreamEvent;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.wire.FinishReasons;
import io.routekit.wire.KeptSize;
import org.jspecify.annotations.Nullable;

/**
 * The choices of an answer. There should be one, since requests cannot ask for more, but
 * some servers send several, and gateways spread one answer over several. The first one
 * with content is the answer. Of the others come the tool calls that it has not, and the
 * text if it has none, at the end.
 */
final class Choices {

	private static final Consumer<StreamEvent> NOWHERE = (event) -> {
	};

	/**
	 * What a choice takes, roughly, with all that reads it.
	 */
	private static final int CHOICE = 1000;

	private final IntFunction<Choice> factory;

	private final KeptSize kept;

	private final Map<Integer, Choice> byIndex = new LinkedHashMap<>(2);

	private @Nullable Choice main;

	private @Nullable Choice last;

	private boolean finished;

	private @Nullable String finishReason;

	Choices(IntFunction<Choice> factory, KeptSize kept) {
		this.factory = factory;
		this.kept = kept;
	}

	/**
	 * Return a choice.
	 * @param index the index of the choice
	 * @return the choice, which is a new one if there was none
	 */
	Choice get(int index) {
		if (this.last == null || this.last.index() != index) {
			this.last = this.byIndex.computeIfAbsent(index, this::create);
		}
		return this.last;
	}

	private Choice create(int index) {
		if (!this.byIndex.isEmpty()) {
			this.kept.addPart();
			this.kept.addObject(CHOICE);
		}
		return this.factory.apply(index);
	}

	/**
	 * Return the choice that was asked for last.
	 * @return the choice
	 * @throws IllegalStateException if there was none
	 */
	Choice last() {
		if (this.last == null) {
			throw new IllegalStateException("There is no choice");
		}
		return this.last;
	}

	boolean isEmpty() {
		return this.byIndex.isEmpty();
	}

	/**
	 * Return what takes the events of a choice.
	 * @param choice the choice
	 * @param events takes the events of the answer
	 * @return {@code events} unless another choice is the answer
	 */
	Consumer<StreamEvent> events(Choice choice, Consumer<StreamEvent> events) {
		return (this.main == null || this.main == choice) ? events : NOWHERE;
	}

	/**
	 * Take note of what was read of a choice.
	 * @param choice the choice
	 */
	void read(Choice choice) {
		if (this.main == null && !choice.message().isEmpty()) {
			this.main = choice;
		}
		this.finished |= choice.finishReason() != null;
	}

	/**
	 * Return the choice that is the answer.
	 * @return the choice, or the first one as long as none has content
	 */
	Choice main() {
		return (this.main != null) ? this.main : this.byIndex.values().iterator().next();
	}

	boolean isFinished() {
		return this.finished;
	}

	/**
	 * Return why the model stopped. What is known of choices that tell nothing new does
	 * not count.
	 * @return the reason, or {@code null} if there is none
	 */
	@Nullable String finishReason() {
		if (this.finishReason != null || this.byIndex.isEmpty()) {
			return this.finishReason;
		}
		String reason = main().finishReason();
		for (Choice choice : this.byIndex.values()) {
			reason = (reason != null) ? reason : choice.finishReason();
		}
		return reason;
	}

	/**
	 * Complete the choices.
	 * @param events takes the events that were held back
	 * @return the parts
	 */
	List<AssistantPart> complete(Consumer<StreamEvent> events) {
		Choice main = main();
		String reason = finishReason();
		List<AssistantPart> parts = new ArrayList<>(main.complete(reason, events));
		if (this.byIndex.size() > 1) {
			Addition addition = new Addition(parts, main.message(), events);
			for (Choice choice : this.byIndex.values()) {
				if (choice != main && addition.add(choice.complete(reason, NOWHERE))) {
					reason = FinishReasons.latest(reason, choice.finishReason());
				}
			}
		}
		this.finishReason = reason;
		return parts;
	}

	/**
	 * Adds the parts of other choices.
	 */
	private static final class Addition {

		private final List<AssistantPart> parts;

		private final Consumer<StreamEvent> events;

		private final Set<List<Object>> calls = new HashSet<>();

		private final boolean refused;

		private int position;

		Addition(List<AssistantPart> parts, MessageReader message, Consumer<StreamEvent> events) {
			this.parts = parts;
			this.events = events;
			this.refused = message.refusal() != null;
			this.position = message.toolCalls();
			parts.forEach((part) -> {
				if (part instanceof ToolCall call) {
					this.calls.add(key(call));
				}
			});
		}

		private static List<Object> key(ToolCall call) {
			return List.of(call.name(), call.complete() ? call.argumentsAsMap() : call.arguments());
		}

		// Return whether there was anything to add
		boolean add(List<AssistantPart> others) {
			boolean textKnown = this.refused || this.parts.stream().anyMatch(TextPart.class::isInstance);
			List<AssistantPart> added = new ArrayList<>();
			for (AssistantPart part : others) {
				if (part instanceof TextPart other && !textKnown) {
					this.events.accept(new StreamEvent.Text(other.text()));
					added.add(other);
				}
				else if (part instanceof ToolCall call && !this.calls.contains(key(call))) {
					emit(call);
					added.add(call);
				}
			}
			if (added.isEmpty()) {
				return false;
			}
			added.forEach((part) -> {
				if (part instanceof ToolCall call) {
					this.calls.add(key(call));
				}
			});
			this.parts.addAll(added);
			if (this.parts.stream().noneMatch(OpaquePart.class::isInstance)) {
				others.stream().filter(OpaquePart.class::isInstance).forEach(this.parts::add);
			}
			return true;
		}

		private void emit(ToolCall call) {
			int index = this.position++;
			this.events.accept(new StreamEvent.ToolCallStart(index, call.id(), call.name()));
			if (!call.arguments().isEmpty()) {
				this.events.accept(new StreamEvent.ToolCallArguments(index, call.arguments()));
			}
			if (call.complete()) {
				this.events.accept(new StreamEvent.ToolCallComplete(index, call));
			}
		}

	}

}
