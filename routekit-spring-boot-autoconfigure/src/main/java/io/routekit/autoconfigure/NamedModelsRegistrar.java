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
import io.routekit.ModelConfigurationException;
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

	/**
	 * What the names of RouteKit's own beans begin with.
	 */
	static final String OWN = "routeKit";

	private final Environment environment;

	private final BeanFactory beanFactory;

	NamedModelsRegistrar(Environment environment, BeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Map<String, String> models = new NamesOfProperties(this.environment, "model", MODELS, ModelProperties.class)
			.prefixes();
		Map<String, String> routes = new NamesOfProperties(this.environment, "route", ROUTES,
				RouteKitProperties.Route.class)
			.prefixes();
		models.forEach((name, prefix) -> {
			if (isFree(name, "model", prefix, registry)) {
				registry.registerBeanDefinition(name,
						definition(Model.class, RouteKitAutoConfiguration.MODEL_FACTORY, name, prefix));
			}
		});
		routes.forEach((name, prefix) -> {
			if (models.containsKey(name)) {
				throw invalid(name, "route", prefix, "is the name of a model");
			}
			if (isFree(name, "route", prefix, registry)) {
				registry.registerBeanDefinition(name,
						definition(Route.class, RouteKitAutoConfiguration.ROUTE_FACTORY, name, prefix));
			}
		});
	}

	private boolean isFree(String name, String kind, String prefix, BeanDefinitionRegistry registry) {
		if (RouteKitAutoConfiguration.MODEL.equals(name)) {
			throw invalid(name, kind, prefix, "is the name of the model of 'routekit.provider'");
		}
		if (name.startsWith(OWN)) {
			throw invalid(name, kind, prefix, "begins like the names of RouteKit's own beans");
		}
		if (!registry.isBeanNameInUse(name)) {
			return true;
		}
		if (this.beanFactory.isTypeMatch(name, Model.class)) {
			return false;
		}
		throw invalid(name, kind, prefix, "is the name of another bean");
	}

	private static RootBeanDefinition definition(Class<? extends Model> type, String factory, String... arguments) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setFactoryBeanName(factory);
		definition.setFactoryMethodName("create");
		for (int i = 0; i < arguments.length; i++) {
			definition.getConstructorArgumentValues().addIndexedArgumentValue(i, arguments[i]);
		}
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		definition.setDefaultCandidate(false);
		definition.setFallback(true);
		return definition;
	}

	private static ModelConfigurationException invalid(String name, String kind, String prefix, String reason) {
		return new ModelConfigurationException("'%s' cannot be a %s: '%s' %s".formatted(prefix, kind, name, reason),
				"Give the %s another name".formatted(kind));
	}

}
