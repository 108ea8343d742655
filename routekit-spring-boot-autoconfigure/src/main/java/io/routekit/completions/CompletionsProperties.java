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

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for servers that speak Chat Completions.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.provider.openai")
public final class CompletionsProperties {

	/**
	 * Field of the request that limits the tokens to generate.
	 */
	private MaxTokensField maxTokensField = MaxTokensField.MAX_COMPLETION_TOKENS;

	/**
	 * Whether to ask for the usage of a stream.
	 */
	private boolean streamUsage = true;

	public MaxTokensField getMaxTokensField() {
		return this.maxTokensField;
	}

	public void setMaxTokensField(MaxTokensField maxTokensField) {
		this.maxTokensField = maxTokensField;
	}

	public boolean isStreamUsage() {
		return this.streamUsage;
	}

	public void setStreamUsage(boolean streamUsage) {
		this.streamUsage = streamUsage;
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
