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

import java.util.Arrays;
import java.util.List;

import org.springframework.util.Assert;

/**
 * A message of a conversation.
 * <p>
 * Further kinds of messages may be added, so code that tells them apart needs a default
 * branch.
 *
 * @since 0.1.0
 */
public sealed interface Message permits SystemMessage, UserMessage, AssistantMessage, ToolMessage {

	/**
	 * Return the text of the message: its text parts, joined as they are.
	 * @return the text, empty if there is none
	 */
	String text();

	/**
	 * Create an instruction to the model.
	 * @param text the instruction
	 * @return the message
	 */
	static SystemMessage system(String text) {
		return new SystemMessage(text);
	}

	/**
	 * Create a message of the user.
	 * @param text the text
	 * @return the message
	 */
	static UserMessage user(String text) {
		return new UserMessage(List.of(new TextPart(text)));
	}

	/**
	 * Create a message of the user from several parts.
	 * @param parts the parts in their order
	 * @return the message
	 */
	static UserMessage user(ContentPart... parts) {
		Assert.notNull(parts, "'parts' must not be null");
		return new UserMessage(Arrays.asList(parts));
	}

	/**
	 * Create an answer of the model.
	 * @param text the text
	 * @return the message
	 * @see ModelResponse#toMessage()
	 */
	static AssistantMessage assistant(String text) {
		return new AssistantMessage(List.of(new TextPart(text)));
	}

	/**
	 * Create an answer of the model from several parts.
	 * @param parts the parts in their order
	 * @return the message
	 * @see ModelResponse#toMessage()
	 */
	static AssistantMessage assistant(AssistantPart... parts) {
		Assert.notNull(parts, "'parts' must not be null");
		return new AssistantMessage(Arrays.asList(parts));
	}

	/**
	 * Create the result of a tool call.
	 * @param toolCallId the id of the call
	 * @param text the result
	 * @return the message
	 */
	static ToolMessage tool(String toolCallId, String text) {
		return new ToolMessage(toolCallId, List.of(new TextPart(text)), false);
	}

	/**
	 * Create the result of a tool call from several parts, such as an image. Providers
	 * that take only text fail with {@link ModelException.Kind#INVALID_REQUEST}.
	 * @param toolCallId the id of the call
	 * @param parts the parts in their order
	 * @return the message
	 */
	static ToolMessage tool(String toolCallId, ContentPart... parts) {
		Assert.notNull(parts, "'parts' must not be null");
		return new ToolMessage(toolCallId, Arrays.asList(parts), false);
	}

	/**
	 * Create the result of a tool call that failed.
	 * @param toolCallId the id of the call
	 * @param text what went wrong, for the model to read
	 * @return the message
	 */
	static ToolMessage toolError(String toolCallId, String text) {
		return new ToolMessage(toolCallId, List.of(new TextPart(text)), true);
	}

}
