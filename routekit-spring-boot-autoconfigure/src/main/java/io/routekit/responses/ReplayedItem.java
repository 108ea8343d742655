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

package io.routekit.responses;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.wire.JsonRange;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An item that the server issued, as it takes it back: all members but those that only
 * answers have.
 */
final class ReplayedItem {

	/**
	 * The items whose status is refused. All others must have theirs.
	 */
	private static final Set<String> WITHOUT_STATUS = Set.of("reasoning", "compaction", "function_call");

	private final Map<String, JsonRange> members;

	private final String type;

	private ReplayedItem(Map<String, JsonRange> members) {
		this.members = members;
		String type = text("type");
		this.type = (type != null) ? type : "message";
	}

	static ReplayedItem of(String state) {
		if (!WireJson.isObject(state)) {
			throw ModelException.of(Kind.INVALID_REQUEST,
					"The provider state of a message is not what the server sent");
		}
		return new ReplayedItem(JsonRange.of(state).members());
	}

	boolean isReasoning() {
		return this.type.equals("reasoning");
	}

	/**
	 * Return whether the server takes the item back. It takes no reasoning that it did
	 * not keep unless it is encrypted, or told as a text as open models do.
	 * @return whether to send the item
	 */
	boolean isTakenBack() {
		return switch (this.type) {
			case "reasoning" -> has("encrypted_content", "\"\"") || has("content", "[]");
			case "custom_tool_call_output" -> !this.members.containsKey("status") || isStatus("completed");
			case "computer_call_output" -> !isStatus("failed");
			case "additional_tools" -> "developer".equals(text("role"));
			default -> true;
		};
	}

	private boolean has(String name, String nothing) {
		JsonRange value = this.members.get(name);
		return value != null && !value.isNull() && !value.toJson().equals(nothing);
	}

	private boolean isStatus(String status) {
		return status.equals(text("status"));
	}

	/**
	 * Return a member that is a text.
	 * @param name the name
	 * @return the text, or {@code null} if there is none
	 */
	@Nullable String text(String name) {
		JsonRange value = this.members.get(name);
		return (value != null) ? value.text() : null;
	}

	void write(JsonGenerator json) {
		json.writeStartObject();
		writeMembers(json, Collections.emptySet());
		if (isReasoning() && !has("summary", "")) {
			json.writeName("summary");
			json.writeRawValue("[]");
		}
		json.writeEndObject();
	}

	/**
	 * Write the members into the object that is being written.
	 * @param json the generator
	 * @param except the names of members to leave out
	 */
	void writeMembers(JsonGenerator json, Set<String> except) {
		this.members.forEach((name, value) -> {
			boolean answerOnly = name.equals("created_by")
					|| name.equals("status") && WITHOUT_STATUS.contains(this.type);
			if (!answerOnly && !value.isNull() && !except.contains(name)) {
				json.writeName(name);
				json.writeRawValue(WireJson.encodable(value.toJson()));
			}
		});
	}

	@Override
	public String toString() {
		return "ReplayedItem[%s]".formatted(this.type);
	}

}
