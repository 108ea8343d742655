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
import java.util.List;
import java.util.Set;

import io.routekit.StructuredOutput;
import io.routekit.completions.CompletionsProperties.MaxTokensField;
import io.routekit.http.ServerAddress;
import io.routekit.wire.ToolCallIds;

/**
 * Servers that are told by their address, and what they take. It holds where
 * configuration says nothing else.
 */
enum KnownServer {

	/**
	 * Takes all that the format has.
	 */
	OPENAI(MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet(),
			StructuredOutput.JSON_SCHEMA, "openai.com"),

	/**
	 * Refuses fields that it does not know, and reports usage in any case.
	 */
	MISTRAL(MaxTokensField.MAX_TOKENS, false, ToolCallIds.Format.NINE_ALPHANUMERICS, Collections.emptySet(),
			StructuredOutput.JSON_SCHEMA_WITHOUT_TOOLS, "mistral.ai"),

	/**
	 * Ignores fields that it does not know.
	 */
	DEEPSEEK(MaxTokensField.MAX_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet(),
			StructuredOutput.JSON_OBJECT, "deepseek.com"),

	/**
	 * Refuses fields that it does not know, of which its own answers have some, and
	 * formats beside tools.
	 */
	GROQ(MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT,
			Set.of("reasoning", "reasoning_content", "executed_tools"), StructuredOutput.JSON_SCHEMA_WITHOUT_TOOLS,
			"groq.com"),

	/**
	 * Knows no schema.
	 */
	MOONSHOT(MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet(),
			StructuredOutput.JSON_OBJECT, "moonshot.ai", "moonshot.cn"),

	/**
	 * Knows no schema.
	 */
	ZAI(MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet(),
			StructuredOutput.JSON_OBJECT, "z.ai", "bigmodel.cn"),

	/**
	 * Binds each token to a schema, so that no tool would be called.
	 */
	OLLAMA(MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet(),
			StructuredOutput.JSON_SCHEMA_WITHOUT_TOOLS, "ollama.com") {

		@Override
		boolean isAt(ServerAddress address) {
			return super.isAt(address) || address.port() == OLLAMA_PORT;
		}

	},

	/**
	 * All others, which take the fields that OpenAI does.
	 */
	OTHER(MaxTokensField.MAX_COMPLETION_TOKENS, true, ToolCallIds.Format.SHORT, Collections.emptySet(),
			StructuredOutput.NONE);

	private static final int OLLAMA_PORT = 11434;

	private final List<String> domains;

	private final MaxTokensField maxTokensField;

	private final boolean streamUsage;

	private final ToolCallIds.Format toolCallIds;

	private final Set<String> answerOnlyFields;

	private final StructuredOutput structuredOutput;

	KnownServer(MaxTokensField maxTokensField, boolean streamUsage, ToolCallIds.Format toolCallIds,
			Set<String> answerOnlyFields, StructuredOutput structuredOutput, String... domains) {
		this.domains = List.of(domains);
		this.maxTokensField = maxTokensField;
		this.streamUsage = streamUsage;
		this.toolCallIds = toolCallIds;
		this.answerOnlyFields = answerOnlyFields;
		this.structuredOutput = structuredOutput;
	}

	static KnownServer of(ServerAddress address) {
		for (KnownServer server : values()) {
			if (server.isAt(address)) {
				return server;
			}
		}
		return OTHER;
	}

	boolean isAt(ServerAddress address) {
		return this.domains.stream().anyMatch(address::isOf);
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

	StructuredOutput structuredOutput() {
		return this.structuredOutput;
	}

}
