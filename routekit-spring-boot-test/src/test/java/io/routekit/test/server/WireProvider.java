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

package io.routekit.test.server;

import java.net.URI;
import java.util.Collections;
import java.util.Map;

import io.routekit.ModelSettings;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The providers that are called over HTTP, with the settings that each of them needs.
 */
enum WireProvider {

	/**
	 * OpenAI.
	 */
	OPENAI("openai", "Authorization", Collections.emptyMap()),

	/**
	 * Azure OpenAI with an address for each deployment.
	 */
	AZURE_DEPLOYMENTS("azure-openai", "api-key", Map.of("azure.api-style", "deployments")),

	/**
	 * Azure OpenAI with one address.
	 */
	AZURE_V1("azure-openai", "api-key", Map.of("azure.api-style", "v1")),

	/**
	 * OpenAI by its Responses API.
	 */
	RESPONSES("openai", "Authorization", Map.of("openai.api", "responses")),

	/**
	 * Azure OpenAI by its Responses API.
	 */
	AZURE_RESPONSES("azure-openai", "api-key", Map.of("azure.api-style", "v1", "openai.api", "responses")),

	/**
	 * Anthropic.
	 */
	ANTHROPIC("anthropic", "x-api-key", Collections.emptyMap());

	static final String KEY = "sk-secret-0123456789";

	private final String type;

	private final String keyHeader;

	private final Map<String, String> properties;

	WireProvider(String type, String keyHeader, Map<String, String> properties) {
		this.type = type;
		this.keyHeader = keyHeader;
		this.properties = properties;
	}

	String type() {
		return this.type;
	}

	boolean isResponses() {
		return this == RESPONSES || this == AZURE_RESPONSES;
	}

	String keyHeader() {
		return this.keyHeader;
	}

	ModelSettings.Builder settings(ModelServer server) {
		Binder binder = new Binder(new MapConfigurationPropertySource(this.properties));
		return ModelSettings.builder()
			.blocks(binder::bindOrCreate)
			.baseUrl(URI.create(server.url()))
			.apiKey(KEY)
			.model("m");
	}

}
