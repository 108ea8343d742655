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

import io.routekit.ModelConfigurationException;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;

/**
 * Registers the beans that properties give names to, of one kind: models, for example. An
 * application's own bean of the name and the type takes the place of one.
 *
 * @since 0.1.0
 */
public final class NamedBeans {

	/**
	 * What the names of RouteKit's own beans begin with.
	 */
	static final String OWN = "routeKit";

	private final String kind;

	private final Class<?> type;

	private final BeanFactory beanFactory;

	private final BeanDefinitionRegistry registry;

	/**
	 * Create a new {@link NamedBeans} instance.
	 * @param kind what has the names, for messages
	 * @param type the type of an application's own bean that takes the place
	 * @param beanFactory knows the types of the beans that there are
	 * @param registry the registry, which is that of the bean factory
	 */
	public NamedBeans(String kind, Class<?> type, BeanFactory beanFactory, BeanDefinitionRegistry registry) {
		this.kind = kind;
		this.type = type;
		this.beanFactory = beanFactory;
		this.registry = registry;
	}

	/**
	 * Return the prefixes of the properties of each name.
	 * @param environment the environment
	 * @param prefix the prefix that is followed by the names
	 * @param properties the class that the properties below a name are bound to
	 * @return the prefixes by the names
	 * @throws ModelConfigurationException if a name is not what was written
	 */
	public Map<String, String> prefixes(Environment environment, String prefix, Class<?> properties) {
		return new NamesOfProperties(environment, this.kind, prefix, properties).prefixes();
	}

	/**
	 * Register a bean that a factory creates from its name and the prefix of its
	 * properties, unless the application has its own.
	 * @param name the name of the bean
	 * @param prefix the prefix of its properties
	 * @param definition the definition, which is told how to create the bean
	 * @param factory the name of the bean that has a method {@code create} for it
	 * @throws ModelConfigurationException if the bean cannot have the name
	 */
	public void register(String name, String prefix, RootBeanDefinition definition, String factory) {
		if (isFree(name, prefix)) {
			// Live arguments and suppliers would not pass ahead-of-time processing
			definition.setFactoryBeanName(factory);
			definition.setFactoryMethodName("create");
			definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
			definition.getConstructorArgumentValues().addIndexedArgumentValue(1, prefix);
			definition.setFallback(true);
			this.registry.registerBeanDefinition(name, definition);
		}
	}

	private boolean isFree(String name, String prefix) {
		if (RouteKitAutoConfiguration.MODEL.equals(name)) {
			throw invalid(name, prefix, "is the name of the model of 'routekit.provider'");
		}
		if (name.startsWith(OWN)) {
			throw invalid(name, prefix, "begins like the names of RouteKit's own beans");
		}
		if (!this.registry.isBeanNameInUse(name)) {
			return true;
		}
		if (this.beanFactory.isTypeMatch(name, this.type)) {
			return false;
		}
		throw invalid(name, prefix, "is the name of another bean");
	}

	/**
	 * Return a failure that tells why a name cannot be one.
	 * @param name the name
	 * @param prefix the prefix of the properties
	 * @param reason the reason, as it follows the name
	 * @return the failure
	 */
	public ModelConfigurationException invalid(String name, String prefix, String reason) {
		return new ModelConfigurationException(
				"'%s' cannot be %s: '%s' %s".formatted(prefix, NamesOfProperties.one(this.kind), name, reason),
				"Give the %s another name".formatted(this.kind));
	}

}
