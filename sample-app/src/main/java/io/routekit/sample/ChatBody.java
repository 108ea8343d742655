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

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Message;
import org.jspecify.annotations.Nullable;

/**
 * The body of a chat request. An unknown field is an error, since one with a typo would
 * have no effect. The constructors of the records it is made of refuse what is wrong, so
 * that it need not be checked again.
 *
 * @param model the name of a configured model, or {@code null} for the main one
 * @param message short for a single user message, or {@code null}
 * @param messages the conversation, or {@code null} if there is a {@code message}
 * @param tools the tools that the model may call
 * @param options the options of the call
 */
record ChatBody(@Nullable String model, @Nullable String message, @Nullable List<MessageBody> messages,
		List<ToolBody> tools, @Nullable OptionsBody options) {

	private static final Set<String> TOOL_CHOICES = Set.of("auto", "none", "required");

	ChatBody {
		InvalidFieldException.checkNotBlank("model", model);
		InvalidFieldException.checkNotBlank("message", message);
		checkMessages(message, messages);
		tools = (tools != null) ? tools : Collections.emptyList();
		checkTools(tools, (options != null) ? options.toolChoice() : null);
	}

	private static void checkMessages(@Nullable String message, @Nullable List<MessageBody> messages) {
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

	private static void checkTools(List<ToolBody> tools, @Nullable String choice) {
		Set<String> names = new HashSet<>();
		for (int i = 0; i < tools.size(); i++) {
			String name = tools.get(i).tool().name();
			if (!names.add(name)) {
				throw InvalidFieldException.mustBe("tools[%d].name".formatted(i), "unique among the tools", name);
			}
		}
		if (choice != null && !TOOL_CHOICES.contains(choice) && !names.contains(choice)) {
			throw InvalidFieldException.mustBe("options.toolChoice",
					"auto, none, required or the name of one of the tools", choice);
		}
	}

	/**
	 * Make the request for the model.
	 * @param allowedExtra the names of the extra fields that a client may send
	 * @return the request
	 */
	ChatRequest toRequest(Set<String> allowedExtra) {
		return ChatRequest.builder()
			.messages(toMessages())
			.tools(this.tools.stream().map(ToolBody::tool).toList())
			.options((this.options != null) ? this.options.toOptions(allowedExtra) : ChatOptions.empty())
			.build();
	}

	private List<Message> toMessages() {
		return (this.messages != null) ? this.messages.stream().map(MessageBody::toMessage).toList()
				: List.of(Message.user(String.valueOf(this.message)));
	}

}
