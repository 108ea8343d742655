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

/**
 * Changes the settings of a configured model before its provider builds the model from
 * them, whatever the provider is: for example to add a header that code knows and
 * properties do not. Beans of this type are applied in their order to each model of
 * {@code routekit.provider} and {@code routekit.models.<name>}, after the properties, the
 * environment variables and the connections to containers.
 * <p>
 * A key that properties give stays with the model. A customizer that leads to another
 * server should set the key of that server, too.
 *
 * @since 0.1.0
 * @see ModelFilter
 */
@FunctionalInterface
public interface ModelSettingsCustomizer {

	/**
	 * Customize the settings of a model.
	 * @param name the name that the application knows the model by,
	 * {@value ModelSettings#DEFAULT_NAME} for that of {@code routekit.provider}
	 * @param settings the settings to customize
	 */
	void customize(String name, ModelSettings.Builder settings);

}
