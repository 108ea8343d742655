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

package io.routekit.completions;

import java.util.Collections;
import java.util.Set;

import io.routekit.completions.CompletionsProperties.MaxTokensField;
import io.routekit.http.ServerAddress;
import io.routekit.wire.ToolCallIds;
import org.jspecify.annotations.Nullable;

/**
 * Public servers that take less than OpenAI does. It holds where configuration says
 * nothing else.
 */
enum KnownServer {

	/**
	 * Refuses fields that it does not know, and reports usage in any case.
	 */
	MISTRAL("mistral.ai", MaxTokensField.MAX_TOKENS, false, ToolCallIds.Format.NINE_ALPHANUMERICS,
			Collections.emptySet()),

	/**
	 * Ignores fields that it does not know.
	 */
	DEEPSEEK("deepseek.com", MaxTokensField.MAX_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet()),

	/**
	 * Refuses fields that it does not know, of which its own answers have some.
	 */
	GROQ("groq.com", MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT,
			Set.of("reasoning", "reasoning_content", "executed_tools")),

	/**
	 * OpenAI and all others.
	 */
	OTHER(null, MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet());

	private final @Nullable String domain;

	private final MaxTokensField maxTokensField;

	private final boolean streamUsage;

	private final ToolCallIds.Format toolCallIds;

	private final Set<String> answerOnlyFields;

	KnownServer(@Nullable String domain, MaxTokensField maxTokensField, boolean streamUsage,
			ToolCallIds.Format toolCallIds, Set<String> answerOnlyFields) {
		this.domain = domain;
		this.maxTokensField = maxTokensField;
		this.streamUsage = streamUsage;
		this.toolCallIds = toolCallIds;
		this.answerOnlyFields = answerOnlyFields;
	}

	static KnownServer of(ServerAddress address) {
		for (KnownServer server : values()) {
			if (server.domain != null && address.isOf(server.domain)) {
				return server;
			}
		}
		return OTHER;
	}

	MaxTokensField maxTokensField() {
		return this.maxTokensField;
	}

	boolean streamUsage() {
		return this.streamUsage;
	}

	ToolCallIds.Format toolCallIds() {
		return this.toolCallIds;
	}

	/**
	 * Return the fields of an answer's message that the server does not take back.
	 * @return their names
	 */
	Set<String> answerOnlyFields() {
		return this.answerOnlyFields;
	}

}
