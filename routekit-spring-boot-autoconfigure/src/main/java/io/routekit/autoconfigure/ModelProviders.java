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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The providers to choose from.
 */
final class ModelProviders {

	private final Environment environment;

	private final Map<String, ModelProvider> providers = new LinkedHashMap<>();

	/**
	 * Create a new {@link ModelProviders} instance.
	 * @param environment the environment to find keys in
	 * @param providers the providers; of those with the same type the first one counts,
	 * which is the application's own one
	 */
	ModelProviders(Environment environment, List<ModelProvider> providers) {
		this.environment = environment;
		providers.forEach((provider) -> this.providers.putIfAbsent(provider.type(), provider));
	}

	/**
	 * Choose the provider of a model: by its type, otherwise by the keys among the
	 * environment variables, otherwise by its default type.
	 * @param prefix the prefix of the model's properties
	 * @param properties the properties, without environment variables
	 * @return the provider
	 * @throws ModelConfigurationException if the choice is not clear
	 */
	ModelProvider choose(String prefix, ModelProperties properties) {
		if (StringUtils.hasText(properties.getType())) {
			return get(prefix + ".type", properties.getType());
		}
		List<ModelProvider> withKey = this.providers.values()
			.stream()
			.filter((provider) -> key(provider) != null)
			.toList();
		if (withKey.size() > 1) {
			throw new ModelConfigurationException(
					"There are keys of several providers: the environment variables %s are set, and '%s.type' is not"
						.formatted(quoted(withKey.stream()
							.flatMap((provider) -> Stream.ofNullable(key(provider)))
							.distinct()
							.toList()), prefix),
					"Set '%s.type' to the provider to use (%s), or remove the other keys".formatted(prefix,
							types(withKey)));
		}
		if (!withKey.isEmpty()) {
			return withKey.get(0);
		}
		checkNothingMeantForUnknownType(prefix, "api-key", properties.getApiKey());
		checkNothingMeantForUnknownType(prefix, "base-url", properties.getBaseUrl());
		if (StringUtils.hasText(properties.getDefaultType())) {
			return get(prefix + ".default-type", properties.getDefaultType());
		}
		throw new ModelConfigurationException(
				"No model provider is configured: neither '%s.type' nor an API key is set".formatted(prefix),
				"Set '%s.type' to one of %s, or set one of the environment variables %s; tests can use the type 'fake', which needs no key"
					.formatted(prefix, types(this.providers.values()), keys()));
	}

	private ModelProvider get(String property, String type) {
		ModelProvider provider = this.providers.get(type.strip());
		if (provider == null) {
			throw new ModelConfigurationException("'%s' is '%s', which no provider has".formatted(property, type),
					"Set '%s' to one of %s, or declare a ModelProvider bean for the type '%s'".formatted(property,
							types(this.providers.values()), type));
		}
		return provider;
	}

	private @Nullable String key(ModelProvider provider) {
		return variables(provider).key();
	}

	private void checkNothingMeantForUnknownType(String prefix, String property, @Nullable String value) {
		if (StringUtils.hasText(value)) {
			throw new ModelConfigurationException(
					"'%s.%s' is set, but not which provider it is for".formatted(prefix, property),
					"Set '%s.type' to one of %s".formatted(prefix, types(this.providers.values())));
		}
	}

	private String keys() {
		return this.providers.values()
			.stream()
			.map((provider) -> variables(provider).keys())
			.filter(StringUtils::hasText)
			.collect(Collectors.joining(", "));
	}

	private ProviderVariables variables(ModelProvider provider) {
		return new ProviderVariables(this.environment, provider);
	}

	private static String types(Collection<ModelProvider> providers) {
		return quoted(providers.stream().map(ModelProvider::type).sorted().toList());
	}

	private static String quoted(Collection<String> values) {
		return values.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
	}

}
