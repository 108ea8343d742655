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

import java.util.Set;

import io.routekit.StructuredOutput;
import io.routekit.wire.ToolCallIds;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for servers that speak an API of OpenAI: Chat Completions, or Responses.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.provider.openai")
public final class CompletionsProperties {

	/**
	 * API to call. 'auto' takes Responses on hosts of OpenAI and on Azure with addresses
	 * of style 'v1', for models that need it, and otherwise Chat Completions.
	 */
	private Api api = Api.AUTO;

	/**
	 * How much the Responses API tells of the reasoning. Not asked for if not set, since
	 * OpenAI refuses it to organizations that are not verified.
	 */
	private @Nullable ReasoningSummary reasoningSummary;

	/**
	 * Whether a stream of the Responses API may end as soon as all its items are done,
	 * without a word. If not set, hosts that are known to do so may.
	 */
	private @Nullable Boolean streamEndsWithItems;

	/**
	 * Field of the request that limits the tokens to generate. If not set, hosts that are
	 * known to want another one get that.
	 */
	private @Nullable MaxTokensField maxTokensField;

	/**
	 * Whether to ask for the usage of a stream. If not set, hosts that are known to
	 * refuse that are not asked.
	 */
	private @Nullable Boolean streamUsage;

	/**
	 * Role of system messages. Reasoning models of OpenAI prefer 'developer', which many
	 * compatible servers do not know.
	 */
	private SystemRole systemRole = SystemRole.SYSTEM;

	/**
	 * Format of the ids of tool calls. If not set, hosts that are known to want another
	 * one get that. A server of one's own for models of Mistral may want
	 * 'nine-alphanumerics'.
	 */
	private ToolCallIds.@Nullable Format toolCallIds;

	/**
	 * Fields of an answer's message that the server does not take back in the next turn,
	 * such as 'reasoning'. All others that the API does not define go back as they came.
	 * If not set, hosts that are known to refuse some do not get those.
	 */
	private @Nullable Set<String> answerOnlyFields;

	/**
	 * How far the server makes models keep to the format of typed answers. If not set,
	 * hosts that are known to do so are asked for it, and all others are told in words.
	 */
	private @Nullable StructuredOutput structuredOutput;

	public Api getApi() {
		return this.api;
	}

	public void setApi(Api api) {
		this.api = api;
	}

	public @Nullable ReasoningSummary getReasoningSummary() {
		return this.reasoningSummary;
	}

	public void setReasoningSummary(@Nullable ReasoningSummary reasoningSummary) {
		this.reasoningSummary = reasoningSummary;
	}

	public @Nullable Boolean getStreamEndsWithItems() {
		return this.streamEndsWithItems;
	}

	public void setStreamEndsWithItems(@Nullable Boolean streamEndsWithItems) {
		this.streamEndsWithItems = streamEndsWithItems;
	}

	public @Nullable MaxTokensField getMaxTokensField() {
		return this.maxTokensField;
	}

	public void setMaxTokensField(@Nullable MaxTokensField maxTokensField) {
		this.maxTokensField = maxTokensField;
	}

	public @Nullable Boolean getStreamUsage() {
		return this.streamUsage;
	}

	public void setStreamUsage(@Nullable Boolean streamUsage) {
		this.streamUsage = streamUsage;
	}

	public SystemRole getSystemRole() {
		return this.systemRole;
	}

	public void setSystemRole(SystemRole systemRole) {
		this.systemRole = systemRole;
	}

	public ToolCallIds.@Nullable Format getToolCallIds() {
		return this.toolCallIds;
	}

	public void setToolCallIds(ToolCallIds.@Nullable Format toolCallIds) {
		this.toolCallIds = toolCallIds;
	}

	public @Nullable Set<String> getAnswerOnlyFields() {
		return this.answerOnlyFields;
	}

	public void setAnswerOnlyFields(@Nullable Set<String> answerOnlyFields) {
		this.answerOnlyFields = answerOnlyFields;
	}

	public @Nullable StructuredOutput getStructuredOutput() {
		return this.structuredOutput;
	}

	public void setStructuredOutput(@Nullable StructuredOutput structuredOutput) {
		this.structuredOutput = structuredOutput;
	}

	/**
	 * The APIs that a model can be called by.
	 */
	public enum Api {

		/**
		 * The one that the host and the model of the request suggest.
		 */
		AUTO,

		/**
		 * What all servers have.
		 */
		CHAT_COMPLETIONS,

		/**
		 * What the newest models of OpenAI need to use tools while they reason.
		 */
		RESPONSES

	}

	/**
	 * How much is told of the reasoning.
	 */
	public enum ReasoningSummary {

		/**
		 * As much as the model can tell.
		 */
		AUTO,

		/**
		 * Little.
		 */
		CONCISE,

		/**
		 * Much.
		 */
		DETAILED

	}

	/**
	 * The roles that system messages can have.
	 */
	public enum SystemRole {

		/**
		 * What all servers know.
		 */
		SYSTEM,

		/**
		 * What OpenAI's reasoning models prefer.
		 */
		DEVELOPER

	}

	/**
	 * The fields that servers know for the largest number of tokens to generate.
	 */
	public enum MaxTokensField {

		/**
		 * What OpenAI and Azure OpenAI know, also for reasoning models.
		 */
		MAX_COMPLETION_TOKENS,

		/**
		 * What most compatible servers know.
		 */
		MAX_TOKENS

	}

}
