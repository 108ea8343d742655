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

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.routekit.agent.Agent;
import io.routekit.agent.Agents;
import io.routekit.secret.SecretRedactor;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.Assert;

/**
 * The {@link Agent} beans of an application by their names.
 */
final class AgentBeans implements Agents {

	private final ListableBeanFactory beanFactory;

	private final SecretRedactor secrets;

	AgentBeans(ListableBeanFactory beanFactory, SecretRedactor secrets) {
		this.beanFactory = beanFactory;
		this.secrets = secrets;
	}

	@Override
	public Agent get(String name) {
		Set<String> names = names();
		Assert.isTrue(names.contains(name), () -> this.secrets.redact(Agents.unknown(name, names)));
		return this.beanFactory.getBean(name, Agent.class);
	}

	@Override
	public Set<String> names() {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(Agent.class, true, false))
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name))
			.collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));
	}

}
