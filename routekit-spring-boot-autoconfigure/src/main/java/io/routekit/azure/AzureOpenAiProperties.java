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

package io.routekit.azure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for Azure OpenAI.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit.provider.azure")
public final class AzureOpenAiProperties {

	/**
	 * Name of the deployment to call. The name of the model stands in when it is not set.
	 */
	private @Nullable String deployment;

	/**
	 * Style of the API's addresses. Decided by the base URL when it is not set: 'v1' if
	 * it ends with '/openai/v1', otherwise 'deployments'.
	 */
	private @Nullable ApiStyle apiStyle;

	/**
	 * Version of the API. The addresses of style 'v1' need none.
	 */
	private @Nullable String apiVersion;

	public @Nullable String getDeployment() {
		return this.deployment;
	}

	public void setDeployment(@Nullable String deployment) {
		this.deployment = deployment;
	}

	public @Nullable ApiStyle getApiStyle() {
		return this.apiStyle;
	}

	public void setApiStyle(@Nullable ApiStyle apiStyle) {
		this.apiStyle = apiStyle;
	}

	public @Nullable String getApiVersion() {
		return this.apiVersion;
	}

	public void setApiVersion(@Nullable String apiVersion) {
		this.apiVersion = apiVersion;
	}

	/**
	 * The styles of addresses that Azure OpenAI has.
	 */
	public enum ApiStyle {

		/**
		 * One address a deployment, below {@code /openai/deployments}.
		 */
		DEPLOYMENTS,

		/**
		 * One address for all deployments, below {@code /openai/v1}.
		 */
		V1

	}

}
