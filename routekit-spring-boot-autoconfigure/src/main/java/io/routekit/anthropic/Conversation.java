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
import java.util.List;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.Message;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.UserMessage;
import io.routekit.anthropic.Turn.Role;
import io.routekit.wire.ToolCallIds;
import io.routekit.wire.ToolResults;

/**
 * A conversation arranged as the API demands: turns of user and assistant that alternate,
 * no empty text, and right after the calls of tools one turn of the user that begins with
 * all their results. A system message that stands among the others comes after the turn
 * of the user that it is in or precedes, where it stays as the conversation goes on; if
 * the model takes none there, it is moved to the front.
 */
final class Conversation {

	private final List<Map<String, Object>> system = new ArrayList<>();

	private final List<Turn> turns = new ArrayList<>();

	/**
	 * System messages that wait for the end of a turn of the user.
	 */
	private final List<Map<String, Object>> waiting = new ArrayList<>();

	private final ToolCallIds ids = new ToolCallIds(ToolCallIds.Format.WORD);

	private final OwnState own;

	/**
	 * Create a new {@link Conversation} instance.
	 * @param messages the messages
	 * @param own the state of the server
	 * @param systemMessages whether a system message can stand among the others
	 */
	Conversation(List<Message> messages, OwnState own, boolean systemMessages) {
		this.own = own;
		for (int i = 0; i < messages.size(); i++) {
			Message message = messages.get(i);
			if (message instanceof SystemMessage && !message.text().isBlank()) {
				boolean inPlace = systemMessages && !this.turns.isEmpty();
				(inPlace ? this.waiting : this.system).add(Blocks.text(message.text()));
			}
			else if (message instanceof UserMessage user) {
				user.parts()
					.stream()
					.filter((part) -> !Blocks.isBlank(part))
					.map(Blocks::content)
					.forEach(this::addToUser);
			}
			else if (message instanceof AssistantMessage assistant) {
				add(assistant, messages.subList(i + 1, messages.size()));
			}
		}
		addWaiting();
		check();
	}

	private void check() {
		if (this.turns.isEmpty()) {
			throw OptionsCheck.invalid("Anthropic needs a message with content that is not a system message");
		}
		if (!this.waiting.isEmpty()) {
			throw OptionsCheck.invalid("A system message that follows an answer needs a message of the user "
					+ "for Anthropic: add one, or put the system message first");
		}
	}

	/**
	 * Return the system messages that precede all others.
	 * @return their blocks in order
	 */
	List<Map<String, Object>> system() {
		return this.system;
	}

	/**
	 * Return the turns.
	 * @return the turns, at least one
	 */
	List<Turn> turns() {
		return this.turns;
	}

	private void add(AssistantMessage message, List<Message> following) {
		List<Map<String, Object>> results = new ArrayList<>();
		ToolResults toolResults = new ToolResults(following);
		for (AssistantPart part : message.parts()) {
			String state = this.own.json(part);
			if (state != null) {
				addToAssistant(Blocks.raw(state));
			}
			else if (part instanceof TextPart text && !text.text().isBlank()) {
				addToAssistant(Blocks.text(text.text()));
			}
			else if (part instanceof ToolCall toolCall) {
				String members = this.own.json(toolCall.state());
				String id = this.ids.take(toolCall.id(), members != null);
				addToAssistant(Blocks.toolUse(id, toolCall, members));
				results.add(Blocks.toolResult(id, toolResults.take(toolCall)));
			}
		}
		results.forEach(this::addToUser);
	}

	private void addToUser(Object block) {
		add(Role.USER, block);
	}

	private void addToAssistant(Object block) {
		addWaiting();
		add(Role.ASSISTANT, block);
	}

	// They must follow a turn of the user and precede one of the assistant
	private void addWaiting() {
		if (!this.turns.isEmpty() && last().role() == Role.USER) {
			this.waiting.forEach((block) -> add(Role.SYSTEM, block));
			this.waiting.clear();
		}
	}

	private void add(Role role, Object block) {
		if (this.turns.isEmpty() || last().role() != role) {
			this.turns.add(new Turn(role));
		}
		last().content().add(block);
	}

	private Turn last() {
		return this.turns.get(this.turns.size() - 1);
	}

}
