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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import io.routekit.ProviderSecrets;
import io.routekit.StructuredOutput;
import io.routekit.azure.AzureOpenAiProperties.ApiStyle;
import io.routekit.completions.CompletionsDialect.Deployment;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.http.HttpModelBuilder;
import io.routekit.http.HttpModelFactory;
import io.routekit.http.ServerAddress;
import io.routekit.responses.ApiChoice;
import io.routekit.wire.ErrorWords;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * Builds models that a deployment of Azure OpenAI answers for.
 *
 * @since 0.1.0
 * @see AzureTokenSupplier
 */
public final class AzureOpenAiModelProvider implements ModelProvider {

	/**
	 * The type of this provider.
	 */
	public static final String TYPE = "azure-openai";

	private static final String API_VERSION = "2024-10-21";

	private static final List<String> DOMAINS = List.of("azure.com", "azure-api.net", "azure.us", "azure.cn");

	private static final ErrorWords ERROR_WORDS = ErrorWords.ofCodes(Map.of("DeploymentNotFound", Kind.NOT_FOUND));

	private final HttpModelFactory http;

	private final @Nullable AzureTokenSupplier tokenSupplier;

	/**
	 * Create a new {@link AzureOpenAiModelProvider} instance.
	 * @param http makes the models
	 * @param tokenSupplier supplies the token that takes the place of the API key, or
	 * {@code null} if there is none
	 */
	public AzureOpenAiModelProvider(HttpModelFactory http, @Nullable AzureTokenSupplier tokenSupplier) {
		Assert.notNull(http, "'http' must not be null");
		this.http = http;
		this.tokenSupplier = tokenSupplier;
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public Map<String, String> variables() {
		return Map.of("api-key", "AZURE_OPENAI_API_KEY", "base-url", "AZURE_OPENAI_ENDPOINT", "azure.api-version",
				"OPENAI_API_VERSION");
	}

	@Override
	public ProviderSecrets secrets() {
		return ProviderSecrets.of();
	}

	@Override
	public ProviderFacts facts(ModelSettings settings) {
		ProviderFacts.Builder facts = ProviderFacts.builder(TYPE).telemetryName("azure.ai.openai");
		AzureOpenAiProperties properties = settings.bind("azure", AzureOpenAiProperties.class);
		// Recorded calls need no server
		if (settings.baseUrl() != null && findDeployment(settings, properties) != null) {
			ApiChoice api = api(settings, properties);
			facts.telemetryAttributes(api.telemetryAttributes(null)).structuredOutput(api.structuredOutput());
		}
		return facts.build();
	}

	@Override
	public Model create(ModelSettings settings) {
		AzureOpenAiProperties properties = settings.bind("azure", AzureOpenAiProperties.class);
		URI endpoint = requiredEndpoint(settings);
		String deployment = deployment(settings, properties);
		ApiStyle style = style(endpoint, properties);
		ApiChoice api = api(settings, properties);
		HttpModelBuilder model = this.http.model(this, settings)
			.name((settings.model() != null) ? settings.model() : deployment);
		api.addTo(model, endpoint,
				(resource) -> path(endpoint, deployment, style, resource, apiVersion(style, properties)), ERROR_WORDS);
		authenticate(model, endpoint, settings);
		return model.build();
	}

	@Override
	public Map<String, Object> describe(ModelSettings settings) {
		AzureOpenAiProperties properties = settings.bind("azure", AzureOpenAiProperties.class);
		ApiStyle style = style(requiredEndpoint(settings), properties);
		String apiVersion = apiVersion(style, properties);
		Map<String, Object> azure = new LinkedHashMap<>();
		azure.put("deployment", deployment(settings, properties));
		azure.put("apiStyle", style);
		if (apiVersion != null) {
			azure.put("apiVersion", apiVersion);
		}
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("azure", azure);
		description.put("openai", api(settings, properties).describe());
		return description;
	}

	private static ApiChoice api(ModelSettings settings, AzureOpenAiProperties properties) {
		URI endpoint = requiredEndpoint(settings);
		String deployment = deployment(settings, properties);
		String model = (settings.model() != null) ? settings.model() : deployment;
		boolean inPath = style(endpoint, properties) == ApiStyle.DEPLOYMENTS;
		CompletionsProperties openai = settings.bind("openai", CompletionsProperties.class);
		if (inPath && openai.getApi() == Api.RESPONSES) {
			throw new ModelConfigurationException(
					"The Responses API of Azure OpenAI has no addresses of style 'deployments'",
					"Set '%s' to 'v1', or '%s' to 'chat-completions'".formatted(settings.property("azure.api-style"),
							settings.property("openai.api")));
		}
		if (openai.getStructuredOutput() == null) {
			openai.setStructuredOutput(StructuredOutput.JSON_SCHEMA);
		}
		return ApiChoice.of(endpoint, null, new Deployment(deployment, model, inPath), openai, !inPath);
	}

	private static URI requiredEndpoint(ModelSettings settings) {
		if (settings.baseUrl() == null) {
			throw new ModelConfigurationException("The endpoint of Azure OpenAI is missing",
					("Set the environment variable AZURE_OPENAI_ENDPOINT or the property '%s', for example to "
							+ "https://my-resource.openai.azure.com")
						.formatted(settings.property("base-url")));
		}
		return settings.baseUrl();
	}

	private static String deployment(ModelSettings settings, AzureOpenAiProperties properties) {
		String deployment = findDeployment(settings, properties);
		if (deployment == null) {
			throw new ModelConfigurationException("The deployment of Azure OpenAI is missing",
					"Set the property '%s' to the name of the deployment"
						.formatted(settings.property("azure.deployment")));
		}
		return deployment;
	}

	private static @Nullable String findDeployment(ModelSettings settings, AzureOpenAiProperties properties) {
		return StringUtils.hasText(properties.getDeployment()) ? properties.getDeployment() : settings.model();
	}

	private static ApiStyle style(URI endpoint, AzureOpenAiProperties properties) {
		ApiStyle style = properties.getApiStyle();
		if (style != null) {
			return style;
		}
		return path(endpoint).endsWith("/openai/v1") ? ApiStyle.V1 : ApiStyle.DEPLOYMENTS;
	}

	private static @Nullable String apiVersion(ApiStyle style, AzureOpenAiProperties properties) {
		if (StringUtils.hasText(properties.getApiVersion())) {
			return properties.getApiVersion();
		}
		return (style == ApiStyle.DEPLOYMENTS) ? API_VERSION : null;
	}

	private static String path(URI endpoint, String deployment, ApiStyle style, String resource,
			@Nullable String apiVersion) {
		String base = path(endpoint);
		String query = (apiVersion != null) ? "?api-version=" + encode(apiVersion) : "";
		if (style == ApiStyle.V1) {
			return (base.endsWith("/openai/v1") ? "" : "/openai/v1") + resource + query;
		}
		return (base.endsWith("/openai") ? "" : "/openai") + "/deployments/" + encode(deployment) + resource + query;
	}

	private static String path(URI endpoint) {
		String path = endpoint.getPath();
		return (path != null) ? StringUtils.trimTrailingCharacter(path, '/') : "";
	}

	private static String encode(String value) {
		return UriUtils.encode(value, StandardCharsets.UTF_8);
	}

	private void authenticate(HttpModelBuilder model, URI endpoint, ModelSettings settings) {
		AzureTokenSupplier tokenSupplier = this.tokenSupplier;
		if (settings.headers().keySet().stream().anyMatch(HttpHeaders.AUTHORIZATION::equalsIgnoreCase)) {
			// Two credentials would be refused
			return;
		}
		if (tokenSupplier != null) {
			model.secretHeader("Authorization", "Bearer ", "The token of the AzureTokenSupplier", tokenSupplier::token,
					tokenSupplier::freshToken);
			return;
		}
		if (settings.apiKey() == null && !this.http.isSupplyingKeys() && isVendor(endpoint)) {
			throw new ModelConfigurationException("The API key for Azure OpenAI is missing",
					("Set the environment variable AZURE_OPENAI_API_KEY or the property '%s', or declare a bean of type "
							+ "AzureTokenSupplier")
						.formatted(settings.property("api-key")));
		}
		model.apiKeyHeader("api-key", "");
	}

	private static boolean isVendor(URI endpoint) {
		return DOMAINS.stream().anyMatch(ServerAddress.of(endpoint)::isOf);
	}

}
