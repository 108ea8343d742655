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

import java.lang.reflect.AnnotatedElement;

import io.routekit.Model;
import io.routekit.ModelSettings;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeModelProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Bindable.BindRestriction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Replaces the {@link Model} beans of the application by fakes that are injected where
 * the beans were. Beans with the infrastructure role are RouteKit's own, which are made
 * from properties.
 */
final class ModelBeanReplacer implements BeanFactoryPostProcessor {

	private static final Log logger = LogFactory.getLog(ModelBeanReplacer.class);

	private final Environment environment;

	ModelBeanReplacer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beanFactory;
		for (String name : beanFactory.getBeanNamesForType(Model.class, true, false)) {
			if (isReplaceable(beanFactory, name)) {
				logger.debug("Replacing the Model bean '" + name + "' by a fake");
				RootBeanDefinition fake = fake(name, beanFactory.getMergedBeanDefinition(name));
				registry.removeBeanDefinition(name);
				registry.registerBeanDefinition(name, fake);
			}
		}
	}

	private static boolean isReplaceable(ConfigurableListableBeanFactory beanFactory, String name) {
		return beanFactory.containsBeanDefinition(name) && !beanFactory.isTypeMatch(name, FakeModel.class)
				&& beanFactory.getMergedBeanDefinition(name).getRole() != BeanDefinition.ROLE_INFRASTRUCTURE;
	}

	private RootBeanDefinition fake(String name, BeanDefinition original) {
		RootBeanDefinition fake = new RootBeanDefinition(FakeModel.class, () -> create(name));
		fake.setPrimary(original.isPrimary());
		fake.setFallback(original.isFallback());
		fake.setAutowireCandidate(original.isAutowireCandidate());
		if (original instanceof RootBeanDefinition root) {
			fake.setDefaultCandidate(root.isDefaultCandidate());
			fake.copyQualifiersFrom(root);
			fake.setQualifiedElement(qualifiedElement(root));
		}
		return fake;
	}

	private static @Nullable AnnotatedElement qualifiedElement(RootBeanDefinition definition) {
		if (definition.getQualifiedElement() != null) {
			return definition.getQualifiedElement();
		}
		AnnotatedElement factoryMethod = definition.getResolvedFactoryMethod();
		return (factoryMethod != null) ? factoryMethod : definition.getTargetType();
	}

	private FakeModel create(String name) {
		ModelSettings settings = ModelSettings.builder().model(name).blocks(this::bind).build();
		return new FakeModelProvider().create(settings).unwrap(FakeModel.class);
	}

	// A block that is empty in one file hides nothing of another one
	private Object bind(String block, Class<?> type) {
		return Binder.get(this.environment)
			.bindOrCreate("routekit.provider." + block,
					Bindable.of(type).withBindRestrictions(BindRestriction.NO_DIRECT_PROPERTY));
	}

}
