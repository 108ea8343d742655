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
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.UserMessage;
import io.routekit.wire.ToolCallIds;
import io.routekit.wire.ToolResults;

/**
 * A conversation arranged as the API demands: turns of user and assistant that alternate,
 * no empty text, and right after the calls of tools one turn of the user that begins with
 * all their results.
 */
final class Conversation {

	private final List<Turn> turns = new ArrayList<>();

	private final ToolCallIds ids = new ToolCallIds(ToolCallIds.Format.WORD);

	private final OwnState own;

	Conversation(List<Message> messages, OwnState own) {
		this.own = own;
		for (int i = 0; i < messages.size(); i++) {
			Message message = messages.get(i);
			if (message instanceof UserMessage user) {
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
	}

	List<Turn> turns() {
		return this.turns;
	}

	private void add(AssistantMessage message, List<Message> following) {
		List<Map<String, Object>> results = new ArrayList<>();
		ToolResults toolResults = new ToolResults(following);
		for (AssistantPart part : message.parts()) {
			String state = this.own.json(part);
			if (state != null) {
				add(false, Blocks.raw(state));
			}
			else if (part instanceof TextPart text && !text.text().isBlank()) {
				add(false, Blocks.text(text.text()));
			}
			else if (part instanceof ToolCall toolCall) {
				String members = this.own.json(toolCall.state());
				String id = this.ids.take(toolCall.id(), members != null);
				add(false, Blocks.toolUse(id, toolCall, members));
				results.add(Blocks.toolResult(id, toolResults.take(toolCall)));
			}
		}
		results.forEach(this::addToUser);
	}

	private void addToUser(Object block) {
		add(true, block);
	}

	private void add(boolean user, Object block) {
		Turn last = this.turns.isEmpty() ? null : this.turns.get(this.turns.size() - 1);
		if (last == null || last.isUser() != user) {
			last = new Turn(user);
			this.turns.add(last);
		}
		last.content().add(block);
	}

}
