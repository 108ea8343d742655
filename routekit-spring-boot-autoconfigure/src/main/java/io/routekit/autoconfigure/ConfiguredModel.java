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
import java.util.function.Supplier;

import io.routekit.DelegatingModel;
import io.routekit.DescribedModel;
import io.routekit.JsonTypes;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;

/**
 * A model that knows the properties which describe it.
 */
final class ConfiguredModel extends DelegatingModel implements DescribedModel {

	private final ModelProvider provider;

	private final ModelSettings settings;

	private final Resilience resilience;

	private final Supplier<JsonTypes> jsonTypes;

	ConfiguredModel(Model delegate, ModelProvider provider, ModelSettings settings, Resilience resilience,
			Supplier<JsonTypes> jsonTypes) {
		super(delegate);
		this.provider = provider;
		this.settings = settings;
		this.resilience = resilience;
		this.jsonTypes = jsonTypes;
	}

	@Override
	public JsonTypes jsonTypes() {
		return this.jsonTypes.get();
	}

	@Override
	public Map<String, Object> settings() {
		Map<String, Object> description = new SettingsDescription(this.settings).asMap();
		description.putAll(this.resilience.describe());
		description
			.putAll(SettingsDescription.withoutSecrets(this.provider.describe(this.settings), this.provider.secrets()));
		return description;
	}

	@Override
	public Map<String, Object> state() {
		return this.resilience.state();
	}

}
