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

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.routekit.Model;
import io.routekit.Models;
import io.routekit.secret.SecretRedactor;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.Assert;

/**
 * The {@link Model} beans of an application by their names.
 */
final class ModelBeans implements Models {

	private final ConfigurableListableBeanFactory beanFactory;

	private final SecretRedactor secrets;

	ModelBeans(ConfigurableListableBeanFactory beanFactory, SecretRedactor secrets) {
		this.beanFactory = beanFactory;
		this.secrets = secrets;
	}

	@Override
	public Model get(String name) {
		Map<String, String> beans = beans();
		String bean = beans.get(name);
		Assert.notNull(bean, () -> this.secrets.redact(Models.unknown(name, beans.keySet())));
		return this.beanFactory.getBean(bean, Model.class);
	}

	@Override
	public Set<String> names() {
		return Collections.unmodifiableSet(beans().keySet());
	}

	private Map<String, String> beans() {
		Map<String, String> beans = new TreeMap<>();
		for (String name : this.beanFactory.getBeanNamesForType(Model.class, true, false)) {
			if (isCandidate(name)) {
				beans.put(name, name);
			}
		}
		beans.remove(RouteKitAutoConfiguration.FAKE_MODEL);
		if (beans.remove(DefaultModelRegistrar.OTHER_NAME) != null) {
			beans.putIfAbsent(RouteKitAutoConfiguration.MODEL, DefaultModelRegistrar.OTHER_NAME);
		}
		return beans;
	}

	// What a scoped proxy stands for is none
	private boolean isCandidate(String name) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return true;
		}
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(name);
		return definition.isAutowireCandidate();
	}

}
