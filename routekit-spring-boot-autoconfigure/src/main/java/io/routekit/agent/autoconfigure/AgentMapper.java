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

package io.routekit.agent.autoconfigure;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.routekit.DurationText;
import io.routekit.ModelConfigurationException;
import io.routekit.agent.AgentBuilder;
import io.routekit.agent.AgentLimits;
import io.routekit.autoconfigure.OptionsMapper;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/**
 * Checks {@link AgentProperties} and maps them to an {@link AgentBuilder}.
 */
final class AgentMapper {

	private final String prefix;

	private final ResourceLoader resourceLoader;

	/**
	 * Create a new {@link AgentMapper} instance.
	 * @param prefix the prefix of the properties
	 * @param resourceLoader reads instructions from files
	 */
	AgentMapper(String prefix, ResourceLoader resourceLoader) {
		this.prefix = prefix;
		this.resourceLoader = ApplicationResourceLoader.get(resourceLoader, true);
	}

	AgentBuilder map(AgentProperties properties, AgentBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		builder.instructions(instructions(properties))
			.options(new OptionsMapper(this.prefix).map(properties.options()))
			.limits(limits(properties.limits()));
		map.from(properties::parallelCalls)
			.as((number) -> positive("parallel-calls", number))
			.to(builder::parallelCalls);
		map.from(properties::maxResultLength)
			.as((number) -> positive("max-result-length", number))
			.to(builder::maxResultLength);
		return builder;
	}

	private @Nullable String instructions(AgentProperties properties) {
		String text = properties.instructions();
		String location = properties.instructionsLocation();
		if (text != null && location != null) {
			throw new ModelConfigurationException(
					"'%1$s.instructions' and '%1$s.instructions-location' are both set".formatted(this.prefix),
					"Remove one of the two");
		}
		if (text != null) {
			return notBlank("instructions", "", text);
		}
		return (location != null) ? read(notBlank("instructions-location", "", location).strip()) : null;
	}

	private String read(String location) {
		Resource resource = this.resourceLoader.getResource(location);
		try {
			return notBlank("instructions-location", ": the text of " + location,
					resource.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new ModelConfigurationException(
					"'%s.instructions-location' is %s, which cannot be read".formatted(this.prefix, location),
					"Set it to a file in UTF-8: a path, or an address that begins with 'file:' or 'classpath:'");
		}
	}

	private String notBlank(String property, String of, String text) {
		if (!StringUtils.hasText(text)) {
			throw new ModelConfigurationException("'%s.%s'%s is blank".formatted(this.prefix, property, of),
					"Write what the agent is there for, or remove '%s.%s'".formatted(this.prefix, property));
		}
		return text;
	}

	private AgentLimits limits(AgentProperties.Limits limits) {
		Integer rounds = limits.rounds();
		Integer toolCalls = limits.toolCalls();
		return new AgentLimits((rounds != null) ? positive("limits.rounds", rounds) : AgentLimits.DEFAULT_ROUNDS,
				(toolCalls != null) ? positive("limits.tool-calls", toolCalls) : AgentLimits.DEFAULT_TOOL_CALLS,
				cost(limits.cost()), total(limits.total()));
	}

	private @Nullable BigDecimal cost(@Nullable BigDecimal cost) {
		if (cost != null && cost.signum() <= 0) {
			throw notPositive("limits.cost", cost.toPlainString(), "an amount in USD, for example 0.50");
		}
		return cost;
	}

	private @Nullable Duration total(@Nullable Duration total) {
		if (total != null && (total.isNegative() || total.isZero())) {
			throw notPositive("limits.total", DurationText.of(total), "a duration, for example 2m");
		}
		return total;
	}

	private int positive(String property, int number) {
		if (number <= 0) {
			throw notPositive(property, String.valueOf(number), "a positive number");
		}
		return number;
	}

	private ModelConfigurationException notPositive(String property, String value, String example) {
		return new ModelConfigurationException(
				"'%s.%s' must be positive but is %s".formatted(this.prefix, property, value),
				"Set '%s.%s' to %s, or remove it".formatted(this.prefix, property, example));
	}

}
