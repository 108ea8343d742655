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

package io.routekit.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.routekit.FinishReason;
import io.routekit.ModelException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Properties of one answer of the fake model.
 *
 * @since 0.1.0
 */
public final class FakeResponseProperties {

	/**
	 * Text of the answer.
	 */
	private @Nullable String text;

	/**
	 * Reasoning before the text.
	 */
	private @Nullable String reasoning;

	/**
	 * Explanation of a refusal.
	 */
	private @Nullable String refusal;

	/**
	 * Tool calls after the text.
	 */
	private List<ToolCallProperties> toolCalls = new ArrayList<>();

	/**
	 * Reason why the model stopped. If not set, it follows from the answer.
	 */
	private @Nullable FinishReason finishReason;

	/**
	 * Tokens of the call. If not set, they are estimated.
	 */
	private @Nullable UsageProperties usage;

	/**
	 * Time until the first sign of the answer.
	 */
	private @Nullable Duration delay;

	/**
	 * Time before each piece of the stream. If not set, that of the model.
	 */
	private @Nullable Duration eventDelay;

	/**
	 * Kind of failure to end with, after what else there is.
	 */
	private @Nullable Kind error;

	/**
	 * Message of the failure.
	 */
	private @Nullable String message;

	/**
	 * HTTP status of the failure. If not set, the one that all providers have for its
	 * kind.
	 */
	private @Nullable Integer status;

	/**
	 * Time after which the failed call may be tried again.
	 */
	private @Nullable Duration retryAfter;

	/**
	 * Number of events of a stream before the failure. If not set, all of them.
	 */
	private @Nullable Integer failAfter;

	/**
	 * Create the properties of an answer with a text.
	 * @param text the text
	 * @return the properties
	 */
	public static FakeResponseProperties of(String text) {
		FakeResponseProperties properties = new FakeResponseProperties();
		properties.setText(text);
		return properties;
	}

	public @Nullable String getText() {
		return this.text;
	}

	public void setText(@Nullable String text) {
		this.text = text;
	}

	public @Nullable String getReasoning() {
		return this.reasoning;
	}

	public void setReasoning(@Nullable String reasoning) {
		this.reasoning = reasoning;
	}

	public @Nullable String getRefusal() {
		return this.refusal;
	}

	public void setRefusal(@Nullable String refusal) {
		this.refusal = refusal;
	}

	public List<ToolCallProperties> getToolCalls() {
		return this.toolCalls;
	}

	public void setToolCalls(List<ToolCallProperties> toolCalls) {
		this.toolCalls = toolCalls;
	}

	public @Nullable FinishReason getFinishReason() {
		return this.finishReason;
	}

	public void setFinishReason(@Nullable FinishReason finishReason) {
		this.finishReason = finishReason;
	}

	public @Nullable UsageProperties getUsage() {
		return this.usage;
	}

	public void setUsage(@Nullable UsageProperties usage) {
		this.usage = usage;
	}

	public @Nullable Duration getDelay() {
		return this.delay;
	}

	public void setDelay(@Nullable Duration delay) {
		this.delay = delay;
	}

	public @Nullable Duration getEventDelay() {
		return this.eventDelay;
	}

	public void setEventDelay(@Nullable Duration eventDelay) {
		this.eventDelay = eventDelay;
	}

	public @Nullable Kind getError() {
		return this.error;
	}

	public void setError(@Nullable Kind error) {
		this.error = error;
	}

	public @Nullable String getMessage() {
		return this.message;
	}

	public void setMessage(@Nullable String message) {
		this.message = message;
	}

	public @Nullable Integer getStatus() {
		return this.status;
	}

	public void setStatus(@Nullable Integer status) {
		this.status = status;
	}

	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	public void setRetryAfter(@Nullable Duration retryAfter) {
		this.retryAfter = retryAfter;
	}

	public @Nullable Integer getFailAfter() {
		return this.failAfter;
	}

	public void setFailAfter(@Nullable Integer failAfter) {
		this.failAfter = failAfter;
	}

	/**
	 * Properties of a tool call.
	 */
	public static class ToolCallProperties {

		/**
		 * Id of the call. If not set, they are numbered.
		 */
		private @Nullable String id;

		/**
		 * Name of the tool.
		 */
		private @Nullable String name;

		/**
		 * Arguments as JSON text.
		 */
		private String arguments = "{}";

		public @Nullable String getId() {
			return this.id;
		}

		public void setId(@Nullable String id) {
			this.id = id;
		}

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

		public String getArguments() {
			return this.arguments;
		}

		public void setArguments(String arguments) {
			this.arguments = arguments;
		}

	}

	/**
	 * Properties of the usage of a call.
	 */
	public static class UsageProperties {

		/**
		 * Tokens of the prompt, cached ones too.
		 */
		private @Nullable Long promptTokens;

		/**
		 * Tokens that were generated, those of reasoning too.
		 */
		private @Nullable Long completionTokens;

		/**
		 * Tokens of the prompt that were read from a cache.
		 */
		private @Nullable Long cachedTokens;

		/**
		 * Tokens of the prompt that were written to a cache.
		 */
		private @Nullable Long cacheWriteTokens;

		/**
		 * Generated tokens that were spent on reasoning.
		 */
		private @Nullable Long reasoningTokens;

		public @Nullable Long getPromptTokens() {
			return this.promptTokens;
		}

		public void setPromptTokens(@Nullable Long promptTokens) {
			this.promptTokens = promptTokens;
		}

		public @Nullable Long getCompletionTokens() {
			return this.completionTokens;
		}

		public void setCompletionTokens(@Nullable Long completionTokens) {
			this.completionTokens = completionTokens;
		}

		public @Nullable Long getCachedTokens() {
			return this.cachedTokens;
		}

		public void setCachedTokens(@Nullable Long cachedTokens) {
			this.cachedTokens = cachedTokens;
		}

		public @Nullable Long getCacheWriteTokens() {
			return this.cacheWriteTokens;
		}

		public void setCacheWriteTokens(@Nullable Long cacheWriteTokens) {
			this.cacheWriteTokens = cacheWriteTokens;
		}

		public @Nullable Long getReasoningTokens() {
			return this.reasoningTokens;
		}

		public void setReasoningTokens(@Nullable Long reasoningTokens) {
			this.reasoningTokens = reasoningTokens;
		}

	}

}
