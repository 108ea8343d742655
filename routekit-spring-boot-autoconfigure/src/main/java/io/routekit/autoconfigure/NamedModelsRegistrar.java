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

import java.util.Set;

import io.routekit.Model;
import io.routekit.ModelConfigurationException;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean for each model of {@code routekit.models}. None of them is a candidate
 * where no qualifier asks for it, so that a single {@link Model} stays unambiguous. An
 * application's own {@link Model} bean of the same name takes the place of one.
 */
final class NamedModelsRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String PREFIX = "routekit.models";

	private static final Set<String> RESERVED = Set.of(RouteKitAutoConfiguration.MODEL,
			RouteKitAutoConfiguration.FAKE_MODEL);

	private final Environment environment;

	private final BeanFactory beanFactory;

	NamedModelsRegistrar(Environment environment, BeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Binder.get(this.environment)
			.bind(PREFIX, Bindable.mapOf(String.class, Object.class))
			.ifBound((models) -> models.keySet().forEach((name) -> register(name, registry)));
	}

	private void register(String name, BeanDefinitionRegistry registry) {
		if (RESERVED.contains(name)) {
			throw invalid(name, "is the name of the model of 'routekit.provider'");
		}
		if (registry.containsBeanDefinition(name)) {
			if (this.beanFactory.isTypeMatch(name, Model.class)) {
				return;
			}
			throw invalid(name, "is the name of another bean");
		}
		registry.registerBeanDefinition(name, definition(name));
	}

	private static RootBeanDefinition definition(String name) {
		RootBeanDefinition definition = new RootBeanDefinition(Model.class);
		definition.setFactoryBeanName(RouteKitAutoConfiguration.MODEL_FACTORY);
		definition.setFactoryMethodName("create");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, PREFIX + "." + name);
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		definition.setDefaultCandidate(false);
		definition.setFallback(true);
		return definition;
	}

	private static ModelConfigurationException invalid(String name, String reason) {
		return new ModelConfigurationException(
				"'%s.%s' cannot be a model: '%s' %s".formatted(PREFIX, name, name, reason),
				"Give the model another name");
	}

}
