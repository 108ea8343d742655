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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.Limits;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;
import io.routekit.ProviderSecrets;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.Timeouts;
import io.routekit.ToolChoice;
import org.jspecify.annotations.Nullable;

/**
 * Describes {@link ModelSettings} to people. What is or may be a secret is masked: the
 * key, the values of headers, and texts in the extra fields of the options.
 */
final class SettingsDescription {

	private final ModelSettings settings;

	SettingsDescription(ModelSettings settings) {
		this.settings = settings;
	}

	/**
	 * Return the settings by the names of their properties. Those that are not set are
	 * left out.
	 * @return the settings
	 */
	Map<String, Object> asMap() {
		Map<String, Object> description = new LinkedHashMap<>();
		put(description, "apiKey", (this.settings.apiKey() != null) ? ModelProvider.MASK : null);
		put(description, "baseUrl", this.settings.baseUrl());
		put(description, "organization", this.settings.organization());
		put(description, "project", this.settings.project());
		put(description, "priceProvider", this.settings.priceProvider());
		put(description, "headers", headers());
		put(description, "options", options(this.settings.options()));
		put(description, "timeout", timeout(this.settings.timeouts()));
		put(description, "limit", limit(this.settings.limits()));
		put(description, "ssl",
				(this.settings.sslBundle() != null) ? Map.of("bundle", this.settings.sslBundle()) : null);
		return description;
	}

	private Map<String, Object> headers() {
		Map<String, Object> description = new LinkedHashMap<>();
		this.settings.headers().keySet().forEach((name) -> description.put(name, ModelProvider.MASK));
		return description;
	}

	private static Map<String, Object> options(ChatOptions options) {
		Map<String, Object> description = new LinkedHashMap<>();
		put(description, "model", options.model());
		put(description, "temperature", options.temperature());
		put(description, "topP", options.topP());
		put(description, "maxTokens", options.maxTokens());
		put(description, "stop", options.stop());
		put(description, "seed", options.seed());
		put(description, "toolChoice", toolChoice(options.toolChoice()));
		put(description, "parallelToolCalls", options.parallelToolCalls());
		put(description, "responseFormat", responseFormat(options.responseFormat()));
		put(description, "reasoning", reasoning(options.reasoning()));
		put(description, "serviceTier", options.serviceTier());
		put(description, "user", options.user());
		put(description, "extra", options.extra().isEmpty() ? null : masked(options.extra()));
		put(description, "timeouts", (options.timeouts() != null) ? options.timeouts().asMap() : null);
		put(description, "maxRetries", options.maxRetries());
		return description;
	}

	private static @Nullable Object toolChoice(@Nullable ToolChoice choice) {
		if (choice == null) {
			return null;
		}
		return (choice.tool() != null) ? choice.tool() : choice.mode();
	}

	private static @Nullable Map<String, Object> responseFormat(@Nullable ResponseFormat format) {
		if (format == null) {
			return null;
		}
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("type",
				(format.schema() != null) ? OptionsProperties.Type.JSON_SCHEMA : OptionsProperties.Type.JSON_OBJECT);
		put(description, "name", format.name());
		put(description, "strict", format.strict());
		return description;
	}

	private static @Nullable Map<String, Object> reasoning(@Nullable Reasoning reasoning) {
		if (reasoning == null) {
			return null;
		}
		Map<String, Object> description = new LinkedHashMap<>();
		put(description, "effort", reasoning.effort());
		put(description, "budgetTokens", reasoning.budgetTokens());
		return description;
	}

	private static Map<String, Object> timeout(Timeouts timeouts) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("connect", timeouts.connect());
		description.put("firstEvent", timeouts.firstEvent());
		description.put("idle", timeouts.idle());
		put(description, "total", timeouts.total());
		put(description, "subscriber", timeouts.subscriber());
		return description;
	}

	private static Map<String, Object> limit(Limits limits) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("event", limits.event());
		description.put("response", limits.response());
		description.put("toolArguments", limits.toolArguments());
		description.put("messages", limits.messages());
		description.put("parts", limits.parts());
		description.put("toolCalls", limits.toolCalls());
		description.put("tools", limits.tools());
		return description;
	}

	private static Object masked(Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> masked = new LinkedHashMap<>();
			map.forEach((name, nested) -> masked.put(String.valueOf(name), masked(nested)));
			return masked;
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().map(SettingsDescription::masked).toList();
		}
		return (value instanceof Number || value instanceof Boolean) ? value : ModelProvider.MASK;
	}

	/**
	 * Return what a provider tells of its settings without what it tells to be secret.
	 * @param description values by name
	 * @param secrets the secrets of the provider
	 * @return the values, masked where they are secret
	 */
	static Map<String, Object> withoutSecrets(Map<String, ?> description, ProviderSecrets secrets) {
		return withoutSecrets("", description, secrets);
	}

	private static Map<String, Object> withoutSecrets(String prefix, Map<?, ?> description, ProviderSecrets secrets) {
		Map<String, Object> shown = new LinkedHashMap<>();
		description.forEach((name, value) -> {
			String property = prefix + name;
			if (value != null && secrets.contains(property)) {
				shown.put(String.valueOf(name), ModelProvider.MASK);
			}
			else if (value instanceof Map<?, ?> nested) {
				shown.put(String.valueOf(name), withoutSecrets(property + ".", nested, secrets));
			}
			else {
				put(shown, String.valueOf(name), value);
			}
		});
		return shown;
	}

	private static void put(Map<String, Object> description, String name, @Nullable Object value) {
		if (value != null) {
			description.put(name, value);
		}
	}

}
