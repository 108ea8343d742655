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

import io.routekit.completions.CompletionsProperties.MaxTokensField;
import org.jspecify.annotations.Nullable;

/**
 * What servers of the Chat Completions format differ in.
 *
 * @param issuer who issues the state of a conversation and gets it back
 * @param deployment the deployment that is called, or {@code null} if the server goes by
 * the names of models
 * @param maxTokensField the field for the largest number of tokens to generate
 * @param streamUsage whether a stream is asked to report usage
 * @since 0.1.0
 */
public record CompletionsDialect(String issuer, @Nullable Deployment deployment, MaxTokensField maxTokensField,
		boolean streamUsage) {

	/**
	 * Create a dialect.
	 * @param issuer who issues the state of a conversation and gets it back
	 * @param deployment the deployment that is called, or {@code null}
	 * @param properties the settings of the server
	 * @return the dialect
	 */
	public static CompletionsDialect of(String issuer, @Nullable Deployment deployment,
			CompletionsProperties properties) {
		return new CompletionsDialect(issuer, deployment, properties.getMaxTokensField(), properties.isStreamUsage());
	}

	/**
	 * A deployment of a model under a name of its own.
	 *
	 * @param name the name of the deployment
	 * @param model the name that requests know the model by
	 * @param inPath whether the path names the deployment, so that a request cannot
	 * choose another one
	 */
	public record Deployment(String name, String model, boolean inPath) {

	}

}
