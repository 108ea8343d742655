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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.SystemMessage;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.UserMessage;
import io.routekit.json.JsonNodes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.EnumNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.EnumNaming;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message in the body of a request, and in the answer of an agent.
 *
 * @param role who wrote it
 * @param content what it says; an assistant that calls tools may say nothing
 * @param toolCalls the calls of tools, empty unless an assistant made some
 * @param toolCallId the call that is answered, or {@code null} unless a tool answers
 * @param error whether the tool failed
 * @param state what the provider wants back with the message, sealed, or {@code null}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageBody(Role role, @Nullable ContentBody content,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Call> toolCalls, @Nullable String toolCallId,
		@Nullable Boolean error, @Nullable String state) {

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
		checkSignatures(toolCalls);
		toolCallId = (role == Role.TOOL) ? InvalidFieldException.required("toolCallId", toolCallId) : null;
	}

	private static boolean hasParts(Role role) {
		return role == Role.USER || role == Role.TOOL;
	}

	private static void checkSignatures(List<Call> calls) {
		if (signatures(calls).count() > 1) {
			throw new InvalidFieldException("toolCalls", "must have the signatures that an answer had, unchanged");
		}
	}

	private static Stream<String> signatures(List<Call> calls) {
		return calls.stream().map(Call::signature).filter(Objects::nonNull).distinct();
	}

	/**
	 * Return the form of a message.
	 * @param message the message
	 * @param pending the ids of the calls that wait for a decision
	 * @param seal seals what the provider wants back
	 * @return the form
	 */
	static MessageBody of(Message message, Set<String> pending, StateSeal seal) {
		if (message instanceof SystemMessage) {
			return new MessageBody(Role.SYSTEM, ContentBody.of(message.text()), Collections.emptyList(), null, null,
					null);
		}
		if (message instanceof UserMessage user) {
			return new MessageBody(Role.USER, ContentBody.of(user.parts()), Collections.emptyList(), null, null, null);
		}
		if (message instanceof ToolMessage tool) {
			return new MessageBody(Role.TOOL, ContentBody.of(tool.parts()), Collections.emptyList(), tool.toolCallId(),
					tool.error(), null);
		}
		return of((AssistantMessage) message, pending, seal);
	}

	private static MessageBody of(AssistantMessage message, Set<String> pending, StateSeal seal) {
		String signatures = CallSignatures.of(message);
		List<AssistantPart> parts = message.parts()
			.stream()
			.filter((part) -> !CallSignatures.isCarriedBy(part))
			.toList();
		AssistantMessage original = new AssistantMessage(parts);
		List<Call> calls = original.toolCalls()
			.stream()
			.map((call) -> Call.of(call, pending.contains(call.id()) ? signatures : null))
			.toList();
		MessageBody plain = new MessageBody(Role.ASSISTANT, ContentBody.of(original.text()), calls, null, null, null);
		return plain.plainParts().equals(parts) ? plain
				: new MessageBody(Role.ASSISTANT, plain.content(), calls, null, null, seal.seal(original));
	}

	/**
	 * Make the message for the model.
	 * @param path the path of this message
	 * @param seal opens what the provider wants back
	 * @return the message
	 */
	Message toMessage(String path, StateSeal seal) {
		return switch (this.role) {
			case SYSTEM -> Message.system(text());
			case USER -> new UserMessage(parts());
			case ASSISTANT -> new AssistantMessage(assistantParts(path, seal));
			case TOOL -> new ToolMessage(String.valueOf(this.toolCallId), parts(), Boolean.TRUE.equals(this.error));
		};
	}

	private List<ContentPart> parts() {
		return (this.content != null) ? this.content.toParts() : Collections.emptyList();
	}

	private List<AssistantPart> assistantParts(String path, StateSeal seal) {
		List<AssistantPart> parts = new ArrayList<>(
				(this.state != null) ? statefulParts(path, this.state, seal) : plainParts());
		signatures(this.toolCalls).map(CallSignatures::toPart).forEach(parts::add);
		return parts;
	}

	private List<AssistantPart> plainParts() {
		List<AssistantPart> parts = new ArrayList<>();
		if (!text().isEmpty()) {
			parts.add(new TextPart(text()));
		}
		this.toolCalls.forEach((call) -> parts.add(call.toToolCall()));
		return parts;
	}

	private List<AssistantPart> statefulParts(String path, String state, StateSeal seal) {
		AssistantMessage message = seal.open(state);
		if (message == null) {
			throw new InvalidFieldException(path + ".state", "must be what an answer had, unchanged");
		}
		if (!message.text().equals(text())
				|| !message.toolCalls().stream().map(MessageBody::withoutState).toList().equals(calls())) {
			throw new InvalidFieldException(path + ".state",
					"must belong to the message, whose content and toolCalls were changed");
		}
		return message.parts();
	}

	private static ToolCall withoutState(ToolCall call) {
		return new ToolCall(call.id(), call.name(), call.arguments(), call.complete(), null);
	}

	private List<ToolCall> calls() {
		return this.toolCalls.stream().map(Call::toToolCall).toList();
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
	 * @param rawArguments the very text that the model wrote, or {@code null}; it says
	 * the same as {@code arguments}, if both are there
	 * @param signature what a call that waits for approval is known by, or {@code null}
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Call(String id, String name, @Nullable ObjectNode arguments, @Nullable String rawArguments,
			@Nullable String signature) {

		Call {
			InvalidFieldException.required("id", id);
			InvalidFieldException.required("name", name);
			if (arguments != null && rawArguments != null && !isSame(arguments, rawArguments)) {
				throw new InvalidFieldException("rawArguments", "must say the same as arguments");
			}
			if (signature != null) {
				checkSignature(signature);
			}
		}

		private static void checkSignature(String signature) {
			try {
				CallSignatures.toPart(signature);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidFieldException("signature", "must be what an answer had, unchanged");
			}
		}

		private static boolean isSame(ObjectNode arguments, String raw) {
			try {
				return arguments.equals(Call::compare, JsonNodes.read(raw));
			}
			catch (JacksonException ex) {
				return false;
			}
		}

		// Not every client keeps numbers exactly
		private static int compare(JsonNode value, JsonNode other) {
			if (value.isNumber() && other.isNumber()) {
				return Double.compare(value.doubleValue(), other.doubleValue());
			}
			return value.equals(other) ? 0 : 1;
		}

		static Call of(ToolCall call, @Nullable String signature) {
			ObjectNode arguments = call.complete() ? (ObjectNode) JsonNodes.read(call.arguments()) : null;
			return new Call(call.id(), call.name(), arguments, call.arguments(), signature);
		}

		ToolCall toToolCall() {
			if (this.rawArguments != null) {
				return ToolCall.of(this.id, this.name, this.rawArguments);
			}
			return ToolCall.of(this.id, this.name, (this.arguments != null) ? this.arguments.toString() : "");
		}

	}

}
