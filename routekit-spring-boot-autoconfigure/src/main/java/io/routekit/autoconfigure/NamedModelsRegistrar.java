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

import io.routekit.Model;
import io.routekit.resilience.Route;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean for each model of {@code routekit.models} and each route of
 * {@code routekit.routes}. None of them is a candidate where no qualifier asks for it, so
 * that a single {@link Model} stays unambiguous. An application's own {@link Model} bean
 * of the same name takes the place of one.
 */
final class NamedModelsRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String MODELS = "routekit.models";

	private static final String ROUTES = "routekit.routes";

	private final Environment environment;

	private final BeanFactory beanFactory;

	NamedModelsRegistrar(Environment environment, BeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		NamedBeans models = new NamedBeans("model", Model.class, this.beanFactory, registry);
		NamedBeans routes = new NamedBeans("route", Model.class, this.beanFactory, registry);
		Map<String, String> ofModels = models.prefixes(this.environment, MODELS, ModelProperties.class);
		Map<String, String> ofRoutes = routes.prefixes(this.environment, ROUTES, RouteKitProperties.Route.class);
		ofModels.forEach((name, prefix) -> models.register(name, prefix, definition(Model.class),
				RouteKitAutoConfiguration.MODEL_FACTORY));
		ofRoutes.forEach((name, prefix) -> {
			if (ofModels.containsKey(name)) {
				throw routes.invalid(name, prefix, "is the name of a model");
			}
			routes.register(name, prefix, definition(Route.class), RouteKitAutoConfiguration.ROUTE_FACTORY);
		});
	}

	private static RootBeanDefinition definition(Class<? extends Model> type) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		definition.setDefaultCandidate(false);
		return definition;
	}

}
