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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.routekit.Message;
import org.jspecify.annotations.Nullable;

/**
 * The conversation in the body of a request: messages, or a single one of the user in
 * short.
 */
final class Conversation {

	private Conversation() {
	}

	static void check(@Nullable String message, @Nullable List<MessageBody> messages) {
		InvalidFieldException.checkNotBlank("message", message);
		if (messages == null) {
			if (message == null) {
				throw new InvalidFieldException("messages", "must not be missing, unless there is a message");
			}
			return;
		}
		if (message != null) {
			throw new InvalidFieldException("message",
					"must not be set together with messages, since it is short for one user message");
		}
		if (messages.isEmpty()) {
			throw new InvalidFieldException("messages", "must not be empty");
		}
		Set<String> callIds = new HashSet<>();
		for (int i = 0; i < messages.size(); i++) {
			messages.get(i).toolCalls().forEach((call) -> callIds.add(call.id()));
			String answered = messages.get(i).toolCallId();
			if (answered != null && !callIds.contains(answered)) {
				throw InvalidFieldException.mustBe("messages[%d].toolCallId".formatted(i),
						"the id of a tool call in an assistant message before it", answered);
			}
		}
	}

	/**
	 * Return the calls that wait for a decision: those with a signature that the
	 * conversation ends with and that have no result.
	 * @param messages the messages, or {@code null} if there is a single one
	 * @return the ids of the calls
	 */
	static Set<String> pending(@Nullable List<MessageBody> messages) {
		Set<String> pending = new HashSet<>();
		for (MessageBody message : (messages != null) ? messages : Collections.<MessageBody>emptyList()) {
			if (message.toolCallId() != null) {
				pending.remove(message.toolCallId());
				continue;
			}
			pending.clear();
			message.toolCalls()
				.stream()
				.filter((call) -> call.signature() != null)
				.forEach((call) -> pending.add(call.id()));
		}
		return pending;
	}

	static List<Message> toMessages(@Nullable String message, @Nullable List<MessageBody> messages, StateSeal seal) {
		if (messages == null) {
			return List.of(Message.user(String.valueOf(message)));
		}
		List<Message> converted = new ArrayList<>();
		for (int i = 0; i < messages.size(); i++) {
			converted.add(messages.get(i).toMessage("messages[%d]".formatted(i), seal));
		}
		return converted;
	}

}
