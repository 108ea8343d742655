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

package io.routekit.test.autoconfigure;

import java.util.List;
import java.util.Set;

import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelProvider;
import io.routekit.ModelSettingsCustomizer;
import io.routekit.agent.AgentFilter;
import io.routekit.cost.CostCalculator;
import io.routekit.observation.AgentObservationConvention;
import io.routekit.observation.ContentRedactor;
import io.routekit.observation.ModelObservationConvention;
import io.routekit.observation.ToolObservationConvention;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * {@link TypeExcludeFilter} for {@link ModelTest}.
 */
class ModelTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<ModelTest> {

	private static final Class<?>[] NO_COMPONENTS = {};

	private final Class<?>[] components;

	ModelTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.components = getAnnotation().getValue("components", Class[].class).orElse(NO_COMPONENTS);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return Set.of(Model.class, ModelFilter.class, ModelProvider.class, ModelSettingsCustomizer.class,
				CostCalculator.class, ModelObservationConvention.class, ContentRedactor.class, AgentFilter.class,
				AgentObservationConvention.class, ToolObservationConvention.class);
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return Set.copyOf(List.of(this.components));
	}

}
