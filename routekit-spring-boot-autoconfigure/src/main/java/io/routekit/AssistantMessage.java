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

package io.routekit;

import java.util.List;

import org.springframework.util.Assert;

/**
 * An answer of the model: text, reasoning, tool calls and what else the provider sent, in
 * the order of the provider.
 *
 * @param parts the parts in their order; empty for an empty answer
 * @since 0.1.0
 */
public record AssistantMessage(List<AssistantPart> parts) implements Message {

	public AssistantMessage {
		Assert.notNull(parts, "'parts' must not be null");
		Assert.noNullElements(parts, "'parts' must not contain null elements");
		parts = List.copyOf(parts);
	}

	@Override
	public String text() {
		return TextPart.textOf(this.parts);
	}

	/**
	 * Return the tool calls of the message.
	 * @return the calls in their order, empty if there is none
	 */
	public List<ToolCall> toolCalls() {
		return parts(ToolCall.class);
	}

	<T extends AssistantPart> List<T> parts(Class<T> type) {
		return this.parts.stream().filter(type::isInstance).map(type::cast).toList();
	}

	@Override
	public String toString() {
		return "AssistantMessage[%d parts, %d tool calls, %d characters]".formatted(this.parts.size(),
				toolCalls().size(), text().length());
	}

}
