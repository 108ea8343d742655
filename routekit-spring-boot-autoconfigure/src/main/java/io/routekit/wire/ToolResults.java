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

package io.routekit.wire;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.routekit.AssistantMessage;
import io.routekit.Message;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The results of the tool calls of a message. Providers want them right after it, in the
 * order of the calls.
 *
 * @since 0.1.0
 */
public final class ToolResults {

	/**
	 * Stands for the result of a call that has none, since providers demand one.
	 */
	public static final String NOT_CALLED = "The tool was not called";

	/**
	 * Stands for the result of a call that failed without a word.
	 */
	public static final String FAILED = "The tool failed";

	private final Map<String, Queue<ToolMessage>> results = new HashMap<>();

	/**
	 * Create a new {@link ToolResults} instance.
	 * @param following the messages that follow the one with the calls
	 */
	public ToolResults(List<Message> following) {
		Assert.notNull(following, "'following' must not be null");
		for (Message message : following) {
			if (message instanceof AssistantMessage) {
				break;
			}
			if (message instanceof ToolMessage result) {
				this.results.computeIfAbsent(result.toolCallId(), (id) -> new ArrayDeque<>(1)).add(result);
			}
		}
	}

	/**
	 * Take the result of a call. Some servers give two calls one id, so that each result
	 * is taken once.
	 * @param toolCall the call
	 * @return the result, or {@code null} if there is none
	 */
	public @Nullable ToolMessage take(ToolCall toolCall) {
		Queue<ToolMessage> results = this.results.get(toolCall.id());
		return (results != null) ? results.poll() : null;
	}

}
