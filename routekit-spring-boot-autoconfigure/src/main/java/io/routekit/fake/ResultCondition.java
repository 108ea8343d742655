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

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.routekit.AssistantMessage;
import io.routekit.ChatRequest;
import io.routekit.Message;
import io.routekit.ToolMessage;

import org.springframework.util.Assert;

/**
 * Fits requests that end with the result of a tool, be it one of several.
 *
 * @param tool the name of the tool
 */
record ResultCondition(String tool) implements Predicate<ChatRequest> {

	ResultCondition {
		Assert.hasText(tool, "'tool' must not be empty");
	}

	@Override
	public boolean test(ChatRequest request) {
		List<Message> messages = request.messages();
		Set<String> results = new HashSet<>();
		int index = messages.size() - 1;
		while (index >= 0 && messages.get(index) instanceof ToolMessage result) {
			results.add(result.toolCallId());
			index--;
		}
		return index >= 0 && messages.get(index) instanceof AssistantMessage assistant
				&& assistant.toolCalls()
					.stream()
					.anyMatch((call) -> call.name().equals(this.tool) && results.contains(call.id()));
	}

}
