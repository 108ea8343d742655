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

import java.util.List;

import io.routekit.AssistantMessage;
import io.routekit.Message;
import io.routekit.UserMessage;

/**
 * The end of a conversation in which the model calls tools and goes on with their
 * results. To the API it is a single turn, which must begin with thinking if the model is
 * to think in it.
 */
final class ToolLoop {

	private ToolLoop() {
	}

	/**
	 * Return whether the model must not think in its next answer.
	 * @param messages the conversation
	 * @param own the state of the server
	 * @return whether the conversation ends in a loop that began without thinking
	 */
	static boolean forbidsThinking(List<Message> messages, OwnState own) {
		boolean loop = false;
		for (int i = messages.size() - 1; i >= 0; i--) {
			Message message = messages.get(i);
			if (message instanceof AssistantMessage assistant) {
				if (assistant.parts().stream().anyMatch((part) -> OwnState.isThinking(own.json(part)))) {
					return false;
				}
				if (assistant.toolCalls().isEmpty()) {
					return loop;
				}
				loop = true;
			}
			else if (loop && message instanceof UserMessage) {
				return true;
			}
		}
		return loop;
	}

}
