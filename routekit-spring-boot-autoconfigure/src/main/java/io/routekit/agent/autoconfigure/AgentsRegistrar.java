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

import io.routekit.agent.Agent;
import io.routekit.autoconfigure.NamedBeans;
import io.routekit.autoconfigure.PropertiesBindHandler;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean for each agent of {@code routekit.agents}. An application's own
 * {@link Agent} bean of the same name takes the place of one, and one of another name is
 * preferred where no qualifier asks for any.
 */
final class AgentsRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String AGENTS = "routekit.agents";

	private static final ConfigurationPropertyName APPROVAL = ConfigurationPropertyName.of("routekit.agents.approval");

	private final Environment environment;

	private final BeanFactory beanFactory;

	AgentsRegistrar(Environment environment, BeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		NamedBeans agents = new NamedBeans("agent", Agent.class, this.beanFactory, registry);
		agents.prefixes(this.environment, AGENTS, AgentProperties.class).forEach((name, prefix) -> {
			if (!ConfigurationPropertyName.of(prefix).equals(APPROVAL)) {
				agents.register(name, prefix, new RootBeanDefinition(Agent.class),
						RouteKitAgentAutoConfiguration.AGENT_FACTORY);
			}
			else if (isAgent(prefix)) {
				throw agents.invalid(name, prefix, "is the name of what all agents have in common");
			}
		});
	}

	private boolean isAgent(String prefix) {
		return PropertiesBindHandler.binder(this.environment).bind(prefix, AgentProperties.class).isBound();
	}

}
