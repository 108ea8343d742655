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

package io.routekit.openai;

import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import io.routekit.ProviderSecrets;
import io.routekit.completions.CompletionsProperties;
import io.routekit.http.HttpModelBuilder;
import io.routekit.http.HttpModelFactory;
import io.routekit.http.ServerAddress;
import io.routekit.responses.ApiChoice;
import io.routekit.wire.ErrorWords;

import org.springframework.util.Assert;

/**
 * Builds models that OpenAI or an OpenAI-compatible server answers for.
 *
 * @since 0.1.0
 */
public final class OpenAiModelProvider implements ModelProvider {

	/**
	 * The type of this provider.
	 */
	public static final String TYPE = "openai";

	private static final URI BASE_URL = URI.create("https://api.openai.com/v1");

	private static final String DOMAIN = "api.openai.com";

	private static final String MODEL = "gpt-5-mini";

	private final HttpModelFactory http;

	/**
	 * Create a new {@link OpenAiModelProvider} instance.
	 * @param http makes the models
	 */
	public OpenAiModelProvider(HttpModelFactory http) {
		Assert.notNull(http, "'http' must not be null");
		this.http = http;
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public Map<String, String> variables() {
		return Map.of("api-key", "OPENAI_API_KEY", "base-url", "OPENAI_BASE_URL", "organization", "OPENAI_ORG_ID",
				"project", "OPENAI_PROJECT_ID");
	}

	@Override
	public ProviderSecrets secrets() {
		return ProviderSecrets.of();
	}

	@Override
	public URI endpoint(ModelSettings settings) {
		return (settings.baseUrl() != null) ? settings.baseUrl() : BASE_URL;
	}

	@Override
	public ProviderFacts facts(ModelSettings settings) {
		ServerAddress server = ServerAddress.of(endpoint(settings));
		ApiChoice api = api(settings);
		return ProviderFacts.builder(TYPE)
			.telemetryAttributes(api.telemetryAttributes(model(settings)))
			.structuredOutput(api.structuredOutput())
			.priceProvider(null)
			// Such as eu.api.openai.com
			.regional(server.isOf(DOMAIN) && !server.host().equals(DOMAIN))
			.build();
	}

	@Override
	public Model create(ModelSettings settings) {
		URI baseUrl = endpoint(settings);
		if (isVendor(baseUrl) && settings.apiKey() == null && !this.http.isSupplyingKeys()) {
			throw new ModelConfigurationException("The API key for OpenAI is missing",
					"Set the environment variable OPENAI_API_KEY or the property '%s'; for a server of your own set '%s'"
						.formatted(settings.property("api-key"), settings.property("base-url")));
		}
		HttpModelBuilder model = this.http.model(this, settings)
			.name(model(settings))
			.apiKeyHeader("Authorization", "Bearer ");
		api(settings).addTo(model, baseUrl, UnaryOperator.identity(), ErrorWords.NONE);
		if (settings.organization() != null) {
			model.header("OpenAI-Organization", settings.organization());
		}
		if (settings.project() != null) {
			model.header("OpenAI-Project", settings.project());
		}
		return model.build();
	}

	@Override
	public Map<String, Object> describe(ModelSettings settings) {
		return Map.of("openai", api(settings).describe());
	}

	private static String model(ModelSettings settings) {
		return (settings.model() != null) ? settings.model() : MODEL;
	}

	private ApiChoice api(ModelSettings settings) {
		URI baseUrl = endpoint(settings);
		boolean vendor = isVendor(baseUrl);
		return ApiChoice.of(baseUrl, vendor ? TYPE : null, null, settings.bind("openai", CompletionsProperties.class),
				vendor);
	}

	private static boolean isVendor(URI baseUrl) {
		return ServerAddress.of(baseUrl).isOf(DOMAIN);
	}

}
