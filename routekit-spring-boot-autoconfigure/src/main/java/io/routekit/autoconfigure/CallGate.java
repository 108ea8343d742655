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

import java.util.Map;

import io.routekit.ModelFilter;

/**
 * What lets the calls of a model through or not.
 *
 * @param name the name of its properties, in camel case
 * @param filter the filter that lets calls through
 * @param settings what is configured, by the names of the properties in camel case
 * @param state supplies what it knows at the moment, by name
 */
record CallGate(String name, ModelFilter filter, Map<String, Object> settings, State state) {

	/**
	 * What a gate knows at the moment.
	 */
	@FunctionalInterface
	interface State {

		Map<String, Object> describe();

	}

}
