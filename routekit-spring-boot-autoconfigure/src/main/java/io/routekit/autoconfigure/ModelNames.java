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
import java.util.Set;
import java.util.TreeSet;

import io.routekit.ModelConfigurationException;
import io.routekit.Models;
import io.routekit.resilience.Route;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Checks the names of models that properties refer to.
 */
final class ModelNames {

	private final Models models;

	private final ListableBeanFactory beanFactory;

	ModelNames(Models models, ListableBeanFactory beanFactory) {
		this.models = models;
		this.beanFactory = beanFactory;
	}

	/**
	 * Check that there are models of the given names, and that they are no routes. None
	 * of them is created.
	 * @param property the name of the property that refers to them
	 * @param names the names of the models
	 */
	void check(String property, Collection<String> names) {
		Set<String> routes = Set.of(this.beanFactory.getBeanNamesForType(Route.class, true, false));
		Set<String> known = new TreeSet<>(this.models.names());
		known.removeAll(routes);
		for (String name : names) {
			if (routes.contains(name)) {
				throw new ModelConfigurationException(
						"'%s' names the route '%s', but must name models only, since a route goes on to others itself"
							.formatted(property, name),
						"Remove '%s' from '%s', or name its models in place of it".formatted(name, property));
			}
			if (!known.contains(name)) {
				throw new ModelConfigurationException("'%s': %s".formatted(property, Models.unknown(name, known)),
						"Define the model below 'routekit.models.%s', or correct '%s'".formatted(name, property));
			}
		}
	}

}
