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

import java.util.List;

import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Builds the models that are configured by properties.
 */
final class ModelFactory {

	private final Environment environment;

	private final ObjectProvider<ModelProvider> providers;

	private final ObjectProvider<ModelFilter> filters;

	ModelFactory(Environment environment, ObjectProvider<ModelProvider> providers,
			ObjectProvider<ModelFilter> filters) {
		this.environment = environment;
		this.providers = providers;
		this.filters = filters;
	}

	/**
	 * Create a model with all the filters around it.
	 * @param prefix the prefix of its properties
	 * @return the model
	 */
	Model create(String prefix) {
		ModelProvider provider = new ModelProviders(this.environment, this.providers.orderedStream().toList())
			.choose(prefix, Binder.get(this.environment).bindOrCreate(prefix, ModelProperties.class));
		ModelSettings settings = new ModelSettingsReader(this.environment, prefix, provider).read();
		Model model = filter(provider.create(settings), this.filters.orderedStream().toList())
			.filter(new DefaultsFilter(settings.options().mutate().model(settings.model()).build()));
		return new ConfiguredModel(model, provider, settings);
	}

	/**
	 * Put filters around a model.
	 * @param model the model
	 * @param filters the filters, the outermost first
	 * @return the filtered model
	 */
	static Model filter(Model model, List<ModelFilter> filters) {
		Model filtered = model;
		for (int i = filters.size() - 1; i >= 0; i--) {
			filtered = filtered.filter(filters.get(i));
		}
		return filtered;
	}

}
