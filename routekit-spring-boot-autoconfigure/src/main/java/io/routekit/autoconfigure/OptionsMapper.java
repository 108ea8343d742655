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

import io.routekit.ChatOptions;
import io.routekit.ModelConfigurationException;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.ToolChoice;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * Checks {@link OptionsProperties} and maps them to {@link ChatOptions}.
 *
 * @since 0.1.0
 */
public final class OptionsMapper {

	private final String prefix;

	/**
	 * Create a new {@link OptionsMapper} instance.
	 * @param prefix the prefix of what has the options, for messages
	 */
	public OptionsMapper(String prefix) {
		this.prefix = prefix + ".options";
	}

	/**
	 * Map the properties.
	 * @param options the properties
	 * @return the options
	 * @throws ModelConfigurationException if a property has a wrong value
	 */
	public ChatOptions map(OptionsProperties options) {
		String toolChoice = ModelSettingsMapper.text(options.getToolChoice());
		return ChatOptions.builder()
			.temperature(options.getTemperature())
			.topP(options.getTopP())
			.maxTokens(positive("max-tokens", options.getMaxTokens()))
			.stop(CollectionUtils.isEmpty(options.getStop()) ? null : options.getStop())
			.seed(options.getSeed())
			.toolChoice((toolChoice != null) ? ToolChoice.of(toolChoice) : null)
			.parallelToolCalls(options.getParallelToolCalls())
			.responseFormat(responseFormat(options.getResponseFormat()))
			.reasoning(reasoning(options.getReasoning()))
			.serviceTier(ModelSettingsMapper.text(options.getServiceTier()))
			.user(ModelSettingsMapper.text(options.getUser()))
			.extra(ExtraFields.of(options.getExtra()))
			.build();
	}

	private @Nullable Reasoning reasoning(OptionsProperties.Reasoning reasoning) {
		String effort = ModelSettingsMapper.text(reasoning.getEffort());
		Integer budget = positive("reasoning.budget-tokens", reasoning.getBudgetTokens());
		if (effort != null && budget != null) {
			throw new ModelConfigurationException(
					"'%1$s.reasoning.effort' and '%1$s.reasoning.budget-tokens' are both set".formatted(this.prefix),
					"Remove one of the two");
		}
		return (effort != null || budget != null) ? new Reasoning(effort, budget) : null;
	}

	private @Nullable ResponseFormat responseFormat(OptionsProperties.ResponseFormat format) {
		String name = ModelSettingsMapper.text(format.getName());
		String schema = ModelSettingsMapper.text(format.getSchema());
		if (name == null && schema == null && format.getType() != OptionsProperties.Type.JSON_SCHEMA) {
			return (format.getType() != null) ? ResponseFormat.JSON_OBJECT : null;
		}
		if (name == null || schema == null || format.getType() == OptionsProperties.Type.JSON_OBJECT) {
			throw new ModelConfigurationException(
					"'%s.response-format' is neither a JSON object nor a JSON Schema".formatted(this.prefix),
					"Set '%1$s.response-format.name' and '%1$s.response-format.schema' for a JSON Schema, or nothing but '%1$s.response-format.type' for any JSON object"
						.formatted(this.prefix));
		}
		try {
			return new ResponseFormat(name, schema, format.getStrict());
		}
		catch (IllegalArgumentException ex) {
			throw new ModelConfigurationException(
					"'%s.response-format.schema' is not a JSON object".formatted(this.prefix),
					"Set '%s.response-format.schema' to the JSON text of a JSON Schema".formatted(this.prefix));
		}
	}

	private @Nullable Integer positive(String property, @Nullable Integer value) {
		if (value != null && value <= 0) {
			throw new ModelConfigurationException(
					"'%s.%s' must be positive but is %d".formatted(this.prefix, property, value),
					"Set '%s.%s' to a positive number of tokens".formatted(this.prefix, property));
		}
		return value;
	}

}
