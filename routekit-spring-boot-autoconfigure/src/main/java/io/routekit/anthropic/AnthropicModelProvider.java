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

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderFacts;
import io.routekit.ProviderSecrets;
import io.routekit.http.HttpModelBuilder;
import io.routekit.http.HttpModelFactory;
import io.routekit.http.ServerAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Builds models that Anthropic or a server that speaks its Messages format answers for.
 * <p>
 * Next to the fields of the body, the extra fields of a request may have
 * {@code anthropic_beta}: a text or a list of texts that name beta features for this
 * request. It is sent as a header, together with the features that are configured.
 * <p>
 * When a conversation goes on after tool calls that came without reasoning of Anthropic,
 * for example from another provider, reasoning is left off until the next answer, as the
 * API demands. The level of detail of an image and the name of a response format have no
 * meaning for Anthropic, which always follows a schema strictly.
 * <p>
 * What configuration caches of prompts, an extra field {@code cache_control} can ask for
 * in a single request.
 *
 * @since 0.1.0
 */
public final class AnthropicModelProvider implements ModelProvider {

	/**
	 * The type of this provider.
	 */
	public static final String TYPE = "anthropic";

	private static final URI BASE_URL = URI.create("https://api.anthropic.com");

	private static final String DOMAIN = "api.anthropic.com";

	private static final String MODEL = "claude-sonnet-5-5";

	private static final String OAUTH_BETA = "oauth-2025-04-20";

	private final HttpModelFactory http;

	/**
	 * Create a new {@link AnthropicModelProvider} instance.
	 * @param http makes the models
	 */
	public AnthropicModelProvider(HttpModelFactory http) {
		Assert.notNull(http, "'http' must not be null");
		this.http = http;
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public Map<String, String> variables() {
		Map<String, String> variables = new LinkedHashMap<>();
		variables.put("api-key", "ANTHROPIC_API_KEY");
		variables.put("anthropic.auth-token", "ANTHROPIC_AUTH_TOKEN");
		variables.put("base-url", "ANTHROPIC_BASE_URL");
		return variables;
	}

	@Override
	public ProviderSecrets secrets() {
		return ProviderSecrets.of().withKeys("anthropic.auth-token");
	}

	@Override
	public URI endpoint(ModelSettings settings) {
		return (settings.baseUrl() != null) ? settings.baseUrl() : BASE_URL;
	}

	@Override
	public ProviderFacts facts(ModelSettings settings) {
		Generations generations = Generations.of(settings,
				settings.bind("anthropic", AnthropicProperties.class).getGeneration());
		return ProviderFacts.builder(TYPE)
			.priceProvider(null)
			.structuredOutput(new GenerationOutput(generations, model(settings)))
			.build();
	}

	@Override
	public Model create(ModelSettings settings) {
		AnthropicProperties properties = settings.bind("anthropic", AnthropicProperties.class);
		URI baseUrl = endpoint(settings);
		String authToken = authToken(settings, baseUrl, properties.getAuthToken());
		HttpModelBuilder model = this.http.model(this, settings)
			.name(model(settings))
			.uri(baseUrl, path(baseUrl))
			.header("anthropic-version", properties.getVersion())
			.protocol(new AnthropicProtocol(
					isVendor(baseUrl) ? OwnState.ANTHROPIC : OwnState.of(ServerAddress.of(baseUrl)),
					Generations.of(settings, properties.getGeneration()), maxTokens(settings, properties),
					PromptCaching.of(settings, properties.getPromptCaching()),
					betas(settings, properties, authToken != null)));
		if (authToken != null) {
			model.secretHeader("Authorization", "Bearer ", "anthropic.auth-token", authToken);
		}
		else {
			model.apiKeyHeader("x-api-key", "");
		}
		return model.build();
	}

	private static String model(ModelSettings settings) {
		return (settings.model() != null) ? settings.model() : MODEL;
	}

	@Override
	public Map<String, Object> describe(ModelSettings settings) {
		AnthropicProperties properties = settings.bind("anthropic", AnthropicProperties.class);
		Map<String, Object> description = new LinkedHashMap<>();
		if (StringUtils.hasText(properties.getAuthToken())) {
			description.put("authToken", MASK);
		}
		description.put("version", properties.getVersion());
		description.put("beta", properties.getBeta());
		if (properties.getMaxTokens() != null) {
			description.put("maxTokens", properties.getMaxTokens());
		}
		description.put("promptCaching", describe(properties.getPromptCaching()));
		Map<String, Object> generation = describe(properties.getGeneration());
		if (!generation.isEmpty()) {
			description.put("generation", generation);
		}
		return Map.of("anthropic", description);
	}

	private static Map<String, Object> describe(AnthropicProperties.PromptCaching caching) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("system", caching.isSystem());
		description.put("tools", caching.isTools());
		description.put("messages", caching.isMessages());
		if (caching.getTtl() != null) {
			description.put("ttl", caching.getTtl());
		}
		return description;
	}

	private static Map<String, Object> describe(AnthropicProperties.Generation generation) {
		Map<String, Object> description = new LinkedHashMap<>();
		PropertyMapper map = PropertyMapper.get();
		map.from(generation::getModel).to((model) -> description.put("model", model));
		map.from(generation::getThinking).to((thinking) -> description.put("thinking", thinking));
		map.from(generation::getEffort).to((effort) -> description.put("effort", effort));
		map.from(generation::getBudget).to((budget) -> description.put("budget", budget));
		map.from(generation::getSampling).to((sampling) -> description.put("sampling", sampling));
		map.from(generation::getForcedTools).to((forced) -> description.put("forcedTools", forced));
		map.from(generation::getSystemMessages).to((system) -> description.put("systemMessages", system));
		map.from(generation::getStructuredOutput).to((output) -> description.put("structuredOutput", output));
		return description;
	}

	private @Nullable String authToken(ModelSettings settings, URI baseUrl, @Nullable String configured) {
		String authToken = StringUtils.hasText(configured) ? configured.strip() : null;
		if (authToken != null && settings.apiKey() != null) {
			throw new ModelConfigurationException("There are both an API key and an OAuth token for Anthropic",
					"Set either '%s' or '%s'".formatted(settings.property("api-key"),
							settings.property("anthropic.auth-token")));
		}
		if (authToken != null && this.http.isSupplyingKeys()) {
			throw new ModelConfigurationException("There are both an ApiKeySupplier and an OAuth token for Anthropic",
					"Remove either the bean or '%s'".formatted(settings.property("anthropic.auth-token")));
		}
		if (isVendor(baseUrl) && authToken == null && settings.apiKey() == null && !this.http.isSupplyingKeys()) {
			throw new ModelConfigurationException("The API key for Anthropic is missing",
					("Set the environment variable ANTHROPIC_API_KEY or the property '%s'; for an OAuth token "
							+ "ANTHROPIC_AUTH_TOKEN or '%s'; for a server of your own set '%s'")
						.formatted(settings.property("api-key"), settings.property("anthropic.auth-token"),
								settings.property("base-url")));
		}
		return authToken;
	}

	private static boolean isVendor(URI baseUrl) {
		return ServerAddress.of(baseUrl).isOf(DOMAIN);
	}

	// Base URLs of compatible servers are often given with the version
	private static String path(URI baseUrl) {
		String path = (baseUrl.getPath() != null) ? StringUtils.trimTrailingCharacter(baseUrl.getPath(), '/') : "";
		return path.endsWith("/v1") ? "/messages" : "/v1/messages";
	}

	private static @Nullable Integer maxTokens(ModelSettings settings, AnthropicProperties properties) {
		if (properties.getMaxTokens() != null && properties.getMaxTokens() <= 0) {
			String name = settings.property("anthropic.max-tokens");
			throw new ModelConfigurationException(
					"'%s' must be positive but is %s".formatted(name, properties.getMaxTokens()),
					"Set '%s' to a positive number".formatted(name));
		}
		return properties.getMaxTokens();
	}

	private static Betas betas(ModelSettings settings, AnthropicProperties properties, boolean oauth) {
		Betas betas = new Betas();
		try {
			betas.add(properties.getBeta());
			settings.headers().forEach((name, value) -> {
				if (name.equalsIgnoreCase(Betas.HEADER)) {
					betas.add(value);
				}
			});
		}
		catch (IllegalArgumentException ex) {
			throw new ModelConfigurationException(String.valueOf(ex.getMessage()),
					"Correct '%s'".formatted(settings.property("anthropic.beta")));
		}
		if (oauth) {
			betas.add(OAUTH_BETA);
		}
		return betas;
	}

}
