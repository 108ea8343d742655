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

package io.routekit.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.Message;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import org.jspecify.annotations.Nullable;

/**
 * The last reply of a conversation, if some of its calls have no result.
 *
 * @param index the place of the reply in the conversation
 * @param reply the reply
 * @param calls the calls without a result, in the order of the reply
 */
record OpenCalls(int index, AssistantMessage reply, List<ToolCall> calls) {

	/**
	 * Find the calls that a conversation ends with.
	 * @param messages the conversation
	 * @return the calls, or {@code null} if it does not end with calls or their results,
	 * or all of them have one
	 */
	static @Nullable OpenCalls of(List<Message> messages) {
		int index = messages.size() - 1;
		Map<String, Integer> results = new HashMap<>();
		while (index >= 0 && messages.get(index) instanceof ToolMessage result) {
			results.merge(result.toolCallId(), 1, Integer::sum);
			index--;
		}
		if (index < 0 || !(messages.get(index) instanceof AssistantMessage reply)) {
			return null;
		}
		List<ToolCall> calls = reply.toolCalls()
			.stream()
			.filter((call) -> results.merge(call.id(), -1, Integer::sum) < 0)
			.toList();
		return calls.isEmpty() ? null : new OpenCalls(index, reply, calls);
	}

}
