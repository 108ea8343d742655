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
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message in the body of a request.
 *
 * @param role who wrote it
 * @param content what it says; an assistant that calls tools may say nothing
 * @param toolCalls the calls of tools, empty unless an assistant made some
 * @param toolCallId the call that is answered, or {@code null} unless a tool answers
 * @param error whether the tool failed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record MessageBody(Role role, @Nullable ContentBody content, List<Call> toolCalls, @Nullable String toolCallId,
		@Nullable Boolean error) {

	MessageBody {
		if (role == null) {
			throw InvalidFieldException.mustBe("role", "one of system, user, assistant, tool", null);
		}
		if (content == null && (role != Role.ASSISTANT || toolCalls == null)) {
			throw InvalidFieldException.mustBe("content", hasParts(role) ? ContentBody.DESCRIPTION : "a string", null);
		}
		if (content != null && content.text() == null && !hasParts(role)) {
			throw InvalidFieldException.mustBe("content", "a string", content.parts());
		}
		if (content != null && content.text() == null && content.parts().isEmpty()) {
			throw new InvalidFieldException("content", "must not be empty");
		}
		toolCalls = (role == Role.ASSISTANT && toolCalls != null) ? toolCalls : Collections.emptyList();
		toolCallId = (role == Role.TOOL) ? InvalidFieldException.required("toolCallId", toolCallId) : null;
	}

	private static boolean hasParts(Role role) {
		return role == Role.USER || role == Role.TOOL;
	}

	Message toMessage() {
		return switch (this.role) {
			case SYSTEM -> Message.system(text());
			case USER -> new UserMessage(parts());
			case ASSISTANT -> new AssistantMessage(assistantParts());
			case TOOL -> new ToolMessage(String.valueOf(this.toolCallId), parts(), Boolean.TRUE.equals(this.error));
		};
	}

	private List<ContentPart> parts() {
		return (this.content != null) ? this.content.toParts() : Collections.emptyList();
	}

	private List<AssistantPart> assistantParts() {
		List<AssistantPart> parts = new ArrayList<>();
		if (!text().isEmpty()) {
			parts.add(new TextPart(text()));
		}
		this.toolCalls.forEach((call) -> parts.add(call.toToolCall()));
		return parts;
	}

	private String text() {
		return (this.content != null && this.content.text() != null) ? this.content.text() : "";
	}

	/**
	 * Who wrote a message.
	 */
	@EnumNaming(SnakeCaseStrategy.class)
	enum Role {

		SYSTEM, USER, ASSISTANT, TOOL

	}

	/**
	 * A call of a tool.
	 *
	 * @param id the id that the result names
	 * @param name the name of the tool
	 * @param arguments the arguments, or {@code null}
	 * @param rawArguments the very text that the model wrote, which wins, or {@code null}
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Call(String id, String name, @Nullable ObjectNode arguments, @Nullable String rawArguments) {

		Call {
			InvalidFieldException.required("id", id);
			InvalidFieldException.required("name", name);
		}

		ToolCall toToolCall() {
			if (this.rawArguments != null) {
				return ToolCall.of(this.id, this.name, this.rawArguments);
			}
			return ToolCall.of(this.id, this.name, (this.arguments != null) ? this.arguments.toString() : "");
		}

	}

}
