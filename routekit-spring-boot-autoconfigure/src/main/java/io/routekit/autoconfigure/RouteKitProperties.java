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

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the models beside the one of {@code routekit.provider}.
 * Each model is bound on its own, since it may inherit; these are for tools that help to
 * write the properties.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("routekit")
public final class RouteKitProperties {

	/**
	 * Further models by name. What a model does not set is as in 'routekit.provider', if
	 * its type is the same.
	 */
	private final Map<String, ModelProperties> models = new LinkedHashMap<>();

	public Map<String, ModelProperties> getModels() {
		return this.models;
	}

}
