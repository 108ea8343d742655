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

import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.Models;
import io.routekit.agent.Agent;
import io.routekit.agent.AgentBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/**
 * Builds the agents that are configured by properties.
 */
final class AgentFactory {

	private final Binder binder;

	private final Models models;

	private final ObjectProvider<Model> mainModel;

	private final AgentBuilders builders;

	private final ConfigurableListableBeanFactory beanFactory;

	private final ResourceLoader resourceLoader;

	AgentFactory(Binder binder, Models models, ObjectProvider<Model> mainModel, AgentBuilders builders,
			ConfigurableListableBeanFactory beanFactory, ResourceLoader resourceLoader) {
		this.binder = binder;
		this.models = models;
		this.mainModel = mainModel;
		this.builders = builders;
		this.beanFactory = beanFactory;
		this.resourceLoader = resourceLoader;
	}

	/**
	 * Create an agent.
	 * @param name the name of the agent
	 * @param prefix the prefix of its properties
	 * @return the agent
	 */
	Agent create(String name, String prefix) {
		AgentProperties properties = this.binder.bindOrCreate(prefix, AgentProperties.class);
		Model model = model(prefix + ".model", properties.model());
		ToolSearch search = new ToolSearch(this.beanFactory, prefix + ".tools", this.builders.jsonTypes(model),
				this.builders.scheduler());
		AgentBuilder builder = this.builders.create(model).name(name).tools(search.find(properties.tools()));
		return new AgentMapper(prefix, this.resourceLoader).map(properties, builder).build();
	}

	private Model model(String property, @Nullable String name) {
		if (!StringUtils.hasText(name)) {
			Model model = this.mainModel.getIfUnique();
			if (model == null) {
				throw new ModelConfigurationException(
						"'%s' must be set, since of several models none is the primary one".formatted(property),
						"Set '%s' to one of %s".formatted(property, this.models.names()));
			}
			return model;
		}
		String model = name.strip();
		if (!this.models.names().contains(model)) {
			throw new ModelConfigurationException(
					"'%s': %s".formatted(property, Models.unknown(model, this.models.names())),
					"Define the model below 'routekit.models.%s', or correct '%s'".formatted(model, property));
		}
		return this.models.get(model);
	}

}
