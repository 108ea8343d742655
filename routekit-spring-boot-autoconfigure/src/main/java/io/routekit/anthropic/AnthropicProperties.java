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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for Anthropic.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.provider.anthropic")
public final class AnthropicProperties {

	/**
	 * OAuth token to authenticate with in place of an API key.
	 */
	private @Nullable String authToken;

	/**
	 * Version of the API.
	 */
	private String version = "2023-06-01";

	/**
	 * List of beta features to ask for.
	 */
	private final List<String> beta = new ArrayList<>();

	/**
	 * Largest number of tokens to generate where neither the request nor the options of
	 * the model set one, since the API demands a number. A reasoning budget is added. If
	 * not set, it is 4096 and what a model that thinks may take for that.
	 */
	private @Nullable Integer maxTokens;

	private final PromptCaching promptCaching = new PromptCaching();

	private final Generation generation = new Generation();

	public @Nullable String getAuthToken() {
		return this.authToken;
	}

	public void setAuthToken(@Nullable String authToken) {
		this.authToken = authToken;
	}

	public String getVersion() {
		return this.version;
	}

	public void setVersion(String version) {
		this.version = version;
	}

	public List<String> getBeta() {
		return this.beta;
	}

	public @Nullable Integer getMaxTokens() {
		return this.maxTokens;
	}

	public void setMaxTokens(@Nullable Integer maxTokens) {
		this.maxTokens = maxTokens;
	}

	public PromptCaching getPromptCaching() {
		return this.promptCaching;
	}

	public Generation getGeneration() {
		return this.generation;
	}

	/**
	 * Caching of prompts, which makes writing to the cache dearer and reading from it
	 * cheaper.
	 */
	public static class PromptCaching {

		/**
		 * Whether to cache the prompt up to the last system message, tools included.
		 */
		private boolean system;

		/**
		 * Whether to cache the tools.
		 */
		private boolean tools;

		/**
		 * Whether to cache the prompt up to its last message, unless that is one of the
		 * assistant.
		 */
		private boolean messages;

		/**
		 * Time that the cache lives without being read: 5m or 1h. If not set, the API
		 * decides.
		 */
		private @Nullable Duration ttl;

		public boolean isSystem() {
			return this.system;
		}

		public void setSystem(boolean system) {
			this.system = system;
		}

		public boolean isTools() {
			return this.tools;
		}

		public void setTools(boolean tools) {
			this.tools = tools;
		}

		public boolean isMessages() {
			return this.messages;
		}

		public void setMessages(boolean messages) {
			this.messages = messages;
		}

		public @Nullable Duration getTtl() {
			return this.ttl;
		}

		public void setTtl(@Nullable Duration ttl) {
			this.ttl = ttl;
		}

	}

	/**
	 * What the model takes, where its name does not tell.
	 */
	public static class Generation {

		/**
		 * Name that Anthropic has for the model, for a server that calls it otherwise,
		 * such as claude-sonnet-5-5. If not set, the name of the model tells what it
		 * takes.
		 */
		private @Nullable String model;

		/**
		 * When the model thinks. If not set, the name of the model tells.
		 */
		private @Nullable ThinkingMode thinking;

		/**
		 * Whether the model takes a reasoning effort. If not set, its name tells.
		 */
		private @Nullable Boolean effort;

		/**
		 * Whether the model takes a reasoning budget. If not set, its name tells.
		 */
		private @Nullable Boolean budget;

		/**
		 * Whether the model takes another temperature than 1, a lower top-p and a top-k.
		 * If not set, its name tells.
		 */
		private @Nullable Boolean sampling;

		/**
		 * Whether the model can be forced to call a tool. If not set, its name tells.
		 */
		private @Nullable Boolean forcedTools;

		/**
		 * Whether the model takes system messages among the others. Those that it does
		 * not take there precede all others. If not set, its name tells.
		 */
		private @Nullable Boolean systemMessages;

		/**
		 * Whether the model keeps to a JSON Schema. If not set, its name tells. One that
		 * does not is told in words what a typed answer must be like.
		 */
		private @Nullable Boolean structuredOutput;

		public @Nullable String getModel() {
			return this.model;
		}

		public void setModel(@Nullable String model) {
			this.model = model;
		}

		public @Nullable ThinkingMode getThinking() {
			return this.thinking;
		}

		public void setThinking(@Nullable ThinkingMode thinking) {
			this.thinking = thinking;
		}

		public @Nullable Boolean getEffort() {
			return this.effort;
		}

		public void setEffort(@Nullable Boolean effort) {
			this.effort = effort;
		}

		public @Nullable Boolean getBudget() {
			return this.budget;
		}

		public void setBudget(@Nullable Boolean budget) {
			this.budget = budget;
		}

		public @Nullable Boolean getSampling() {
			return this.sampling;
		}

		public void setSampling(@Nullable Boolean sampling) {
			this.sampling = sampling;
		}

		public @Nullable Boolean getForcedTools() {
			return this.forcedTools;
		}

		public void setForcedTools(@Nullable Boolean forcedTools) {
			this.forcedTools = forcedTools;
		}

		public @Nullable Boolean getSystemMessages() {
			return this.systemMessages;
		}

		public void setSystemMessages(@Nullable Boolean systemMessages) {
			this.systemMessages = systemMessages;
		}

		public @Nullable Boolean getStructuredOutput() {
			return this.structuredOutput;
		}

		public void setStructuredOutput(@Nullable Boolean structuredOutput) {
			this.structuredOutput = structuredOutput;
		}

	}

	/**
	 * When a model thinks.
	 */
	public enum ThinkingMode {

		/**
		 * If a request asks for it.
		 */
		ON_REQUEST,

		/**
		 * Unless a request turns it off.
		 */
		BY_DEFAULT,

		/**
		 * Unless a request turns it off, and then still between calls of tools.
		 */
		BETWEEN_TOOLS,

		/**
		 * Always.
		 */
		ALWAYS

	}

}
