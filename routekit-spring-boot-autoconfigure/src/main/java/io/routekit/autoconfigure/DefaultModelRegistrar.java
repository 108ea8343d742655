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

import io.routekit.Model;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the model of {@code routekit.provider}. Where a bean of the application that
 * is no model has the name already, the model gets another one. The qualifier stays.
 */
final class DefaultModelRegistrar implements ImportBeanDefinitionRegistrar {

	/**
	 * The name of the bean if {@link RouteKitAutoConfiguration#MODEL} is taken.
	 */
	static final String OTHER_NAME = "routeKitModel";

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		RootBeanDefinition definition = new RootBeanDefinition(Model.class);
		definition.setFactoryBeanName(RouteKitAutoConfiguration.MODEL_FACTORY);
		definition.setFactoryMethodName("createDefault");
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, RouteKitAutoConfiguration.MODEL));
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		definition.setPrimary(true);
		boolean taken = registry.isBeanNameInUse(RouteKitAutoConfiguration.MODEL);
		registry.registerBeanDefinition(taken ? OTHER_NAME : RouteKitAutoConfiguration.MODEL, definition);
	}

}
