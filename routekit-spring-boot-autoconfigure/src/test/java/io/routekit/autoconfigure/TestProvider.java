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

package io.routekit.autoconfigure;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A provider with environment variables whose models keep their settings.
 */
public class TestProvider implements ModelProvider {

	private final String type;

	private final Map<String, String> variables = new LinkedHashMap<>();

	TestProvider(String type) {
		this.type = type;
	}

	public static TestProvider openAi() {
		return new TestProvider("openai").variable("api-key", "OPENAI_API_KEY")
			.variable("base-url", "OPENAI_BASE_URL")
			.variable("organization", "OPENAI_ORG_ID");
	}

	public static TestProvider anthropic() {
		return new TestProvider("anthropic").variable("api-key", "ANTHROPIC_API_KEY")
			.variable("auth-token", "ANTHROPIC_AUTH_TOKEN")
			.variable("base-url", "ANTHROPIC_BASE_URL");
	}

	public static TestProvider azure() {
		return new TestProvider("azure-openai").variable("api-key", "AZURE_OPENAI_API_KEY")
			.variable("base-url", "AZURE_OPENAI_ENDPOINT")
			.variable("azure.api-version", "OPENAI_API_VERSION");
	}

	private TestProvider variable(String property, String variable) {
		this.variables.put(property, variable);
		return this;
	}

	@Override
	public String type() {
		return this.type;
	}

	@Override
	public Map<String, String> variables() {
		return this.variables;
	}

	@Override
	public Model create(ModelSettings settings) {
		return new TestModel(this.type, settings);
	}

	/**
	 * A model that answers with nothing but keeps its settings and last request.
	 */
	public static class TestModel implements Model {

		private final String provider;

		private final ModelSettings settings;

		private @Nullable ChatRequest request;

		TestModel(String provider, ModelSettings settings) {
			this.provider = provider;
			this.settings = settings;
		}

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			this.request = request;
			return Mono.just(ModelResponse.of("Hello"));
		}

		@Override
		public String provider() {
			return this.provider;
		}

		@Override
		public @Nullable URI endpoint() {
			return this.settings.baseUrl();
		}

		ModelSettings settings() {
			return this.settings;
		}

		ChatRequest request() {
			Assert.state(this.request != null, "There was no request");
			return this.request;
		}

	}

}
