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

package io.routekit.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turn of one side of the conversation: all that it says before another does.
 */
final class Turn {

	private final Role role;

	private final List<Object> content = new ArrayList<>();

	Turn(Role role) {
		this.role = role;
	}

	Role role() {
		return this.role;
	}

	/**
	 * Return the blocks of the turn: what JSON is written from.
	 * @return the blocks in their order
	 */
	List<Object> content() {
		return this.content;
	}

	Map<String, Object> toJson() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("role", this.role.name().toLowerCase(Locale.ROOT));
		json.put("content", this.content);
		return json;
	}

	/**
	 * The sides of a conversation.
	 */
	enum Role {

		USER, ASSISTANT, SYSTEM

	}

}
