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

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;

/**
 * Makes models of configurations that are not complete. A bean of this type is there
 * where calls are answered without a provider, as recordings do; without one, an
 * incomplete configuration fails the start.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IncompleteModels {

	/**
	 * Create a model.
	 * @param provider the provider, of type {@value ModelFactory#UNKNOWN} if the
	 * configuration chooses none
	 * @param settings the settings of the model
	 * @param failure what is missing, which a call of the model fails by
	 * @return the model
	 */
	Model create(ModelProvider provider, ModelSettings settings, ModelConfigurationException failure);

}
