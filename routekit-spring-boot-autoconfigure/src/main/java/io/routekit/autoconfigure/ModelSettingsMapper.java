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

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.routekit.DurationText;
import io.routekit.Limits;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelSettings;
import io.routekit.OneLine;
import io.routekit.Timeouts;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Checks {@link ModelProperties} and maps them to {@link ModelSettings}. Blank values are
 * taken as not set.
 */
final class ModelSettingsMapper {

	private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]++");

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\uFFFF]*+");

	private final String prefix;

	private final UnaryOperator<String> descriptions;

	/**
	 * Create a new {@link ModelSettingsMapper} instance.
	 * @param prefix the prefix of the properties
	 * @param descriptions tells how to speak of a property of the given name
	 */
	ModelSettingsMapper(String prefix, UnaryOperator<String> descriptions) {
		this.prefix = prefix;
		this.descriptions = descriptions;
	}

	ModelSettings.Builder map(ModelProperties properties) {
		return ModelSettings.builder()
			.prefix(this.prefix)
			.model(text(properties.getModel()))
			.apiKey(properties.getApiKey())
			.baseUrl(new BaseUrl(this.prefix, this.descriptions).parse(text(properties.getBaseUrl())))
			.organization(text(properties.getOrganization()))
			.project(text(properties.getProject()))
			.headers(headers(properties.getHeaders()))
			.options(new OptionsMapper(this.prefix).map(properties.getOptions()))
			.timeouts(timeouts(properties.getTimeout()))
			.limits(limits(this.prefix, properties.getLimit()))
			.sslBundle(text(properties.getSsl().getBundle()))
			.priceProvider(text(properties.getPriceProvider()));
	}

	static @Nullable String text(@Nullable String value) {
		return (value != null && StringUtils.hasText(value)) ? value.strip() : null;
	}

	private Map<String, String> headers(Map<String, String> headers) {
		headers.forEach((name, value) -> {
			// The value is left out of the messages: it can be a secret
			if (!HEADER_NAME.matcher(name).matches()) {
				throw new ModelConfigurationException(
						"'%s.headers' has the name '%s', which no HTTP header can have".formatted(this.prefix,
								OneLine.ofName(name)),
						"Use letters, digits and hyphens in the names below '%s.headers'".formatted(this.prefix));
			}
			if (!HEADER_VALUE.matcher(value).matches()) {
				throw new ModelConfigurationException(
						"The value of '%s.headers.%s' has control characters, such as a line break"
							.formatted(this.prefix, name),
						"Remove the control characters from '%s.headers.%s'".formatted(this.prefix, name));
			}
		});
		return headers;
	}

	private Timeouts timeouts(ModelProperties.Timeout timeout) {
		return Timeouts.builder()
			.connect(positive("timeout.connect", timeout.getConnect()))
			.firstEvent(positive("timeout.first-event", timeout.getFirstEvent()))
			.idle(positive("timeout.idle", timeout.getIdle()))
			.total((timeout.getTotal() != null) ? positive("timeout.total", timeout.getTotal()) : null)
			.subscriber(
					(timeout.getSubscriber() != null) ? positive("timeout.subscriber", timeout.getSubscriber()) : null)
			.build();
	}

	static Limits limits(String prefix, ModelProperties.Limit limit) {
		return Limits.builder()
			.event(sensible(prefix, "limit.event", limit.getEvent()))
			.response(sensible(prefix, "limit.response", limit.getResponse()))
			.toolArguments(sensible(prefix, "limit.tool-arguments", limit.getToolArguments()))
			.messages(sensible(prefix, "limit.messages", limit.getMessages()))
			.parts(sensible(prefix, "limit.parts", limit.getParts()))
			.toolCalls(sensible(prefix, "limit.tool-calls", limit.getToolCalls()))
			.tools(sensible(prefix, "limit.tools", limit.getTools()))
			.build();
	}

	private static DataSize sensible(String prefix, String property, DataSize size) {
		if (size.toBytes() <= 0 || size.compareTo(Limits.MAX) > 0) {
			throw new ModelConfigurationException(
					"'%s.%s' must be positive and at most %s but is %s".formatted(prefix, property, Limits.MAX, size),
					"Set '%s.%s' to a size, for example 16MB".formatted(prefix, property));
		}
		return size;
	}

	private static int sensible(String prefix, String property, int count) {
		if (count <= 0 || count > Limits.MAX_COUNT) {
			throw new ModelConfigurationException("'%s.%s' must be positive and at most %s but is %s".formatted(prefix,
					property, Limits.MAX_COUNT, count),
					"Set '%s.%s' to a number, for example 1000".formatted(prefix, property));
		}
		return count;
	}

	private Duration positive(String property, Duration duration) {
		if (duration.isNegative() || duration.isZero() || duration.compareTo(Timeouts.MAX) > 0) {
			throw new ModelConfigurationException(
					"'%s.%s' must be positive and at most %s days but is %s".formatted(this.prefix, property,
							Timeouts.MAX.toDays(), DurationText.of(duration)),
					"Set '%s.%s' to a duration, for example 30s".formatted(this.prefix, property));
		}
		return duration;
	}

}
