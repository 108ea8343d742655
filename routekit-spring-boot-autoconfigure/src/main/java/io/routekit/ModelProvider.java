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

package io.routekit;

import java.net.URI;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Builds the models of one {@link #type() type}. Beans of this type are the providers
 * that {@code routekit.provider.type} can name; an application adds its own by declaring
 * one.
 *
 * @since 0.1.0
 */
public interface ModelProvider {

	/**
	 * What stands for a secret in a description.
	 */
	String MASK = "******";

	/**
	 * Return the type that selects this provider.
	 * @return the value of {@code routekit.provider.type}
	 */
	String type();

	/**
	 * Create a model. Nothing may be sent over the network here.
	 * @param settings the settings of the model
	 * @return the model
	 * @throws ModelConfigurationException if the settings are incomplete or wrong
	 */
	Model create(ModelSettings settings);

	/**
	 * Return the environment variables that stand in for properties which are not set.
	 * The presence of the variable for a {@linkplain ProviderSecrets#keys() key} also
	 * selects this provider when no type is configured. Of several keys only one is used:
	 * that of a property, otherwise that of the first variable in the order of the map.
	 * @return names of variables by the name of the property, relative to the prefix of a
	 * model: {@code api-key}, {@code base-url}, …
	 */
	default Map<String, String> variables() {
		return Collections.emptyMap();
	}

	/**
	 * Return the properties whose values are secret: neither shown to anyone nor
	 * inherited by a model that has another server. The default guesses by their names; a
	 * provider that knows better says so.
	 * @return the secrets of the models of this provider
	 */
	default ProviderSecrets secrets() {
		return ProviderSecrets.guessed();
	}

	/**
	 * Return the address of the server that a model of this provider calls. Nothing is
	 * created to tell it, and the settings need not be complete.
	 * @param settings the settings of the model
	 * @return the base URL, that of the settings by default, or {@code null} if there is
	 * no server or nothing tells which
	 */
	default @Nullable URI endpoint(ModelSettings settings) {
		return settings.baseUrl();
	}

	/**
	 * Return what is particular to this provider outside of its calls, such as its name
	 * in telemetry and in the price list. If it differs from the default, it holds for
	 * each model of this provider; otherwise for a model that names no provider itself.
	 * @param settings the settings of the model
	 * @return the facts, by default those of a provider that has its type for a name
	 * everywhere
	 */
	default ProviderFacts facts(ModelSettings settings) {
		return ProviderFacts.of(type());
	}

	/**
	 * Describe the settings that only this provider knows to people who look at a running
	 * application. Nothing in the description may be secret: {@link #MASK} stands for
	 * what is.
	 * @param settings the settings of a model that this provider created
	 * @return values by the name of the block of keys: maps, lists, texts, numbers,
	 * booleans, enums, durations, sizes and addresses, of which only the part without
	 * user and query is shown
	 */
	default Map<String, Object> describe(ModelSettings settings) {
		return Collections.emptyMap();
	}

}
