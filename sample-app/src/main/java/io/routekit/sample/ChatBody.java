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

	ChatBody {
		InvalidFieldException.checkNotBlank("model", model);
		Conversation.check(message, messages);
		tools = (tools != null) ? tools : Collections.emptyList();
		Set<String> names = namesOf(tools);
		if (options != null) {
			options.checkToolChoice(names);
		}
	}

	private static Set<String> namesOf(List<ToolBody> tools) {
		Set<String> names = new HashSet<>();
		for (int i = 0; i < tools.size(); i++) {
			String name = tools.get(i).tool().name();
			if (!names.add(name)) {
				throw InvalidFieldException.mustBe("tools[%d].name".formatted(i), "unique among the tools", name);
			}
		}
		return names;
	}

	/**
	 * Make the request for the model.
	 * @param allowedExtra the names of the extra fields that a client may send
	 * @param seal opens what providers want back
	 * @return the request
	 */
	ChatRequest toRequest(Set<String> allowedExtra, StateSeal seal) {
		return ChatRequest.builder()
			.messages(Conversation.toMessages(this.message, this.messages, seal))
			.tools(this.tools.stream().map(ToolBody::tool).toList())
			.options((this.options != null) ? this.options.toOptions(allowedExtra) : ChatOptions.empty())
			.build();
	}

}
