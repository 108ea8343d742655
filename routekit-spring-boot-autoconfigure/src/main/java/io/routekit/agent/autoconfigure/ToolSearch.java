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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.routekit.JsonTypes;
import io.routekit.ModelConfigurationException;
import io.routekit.OneLine;
import io.routekit.agent.AgentTool;
import io.routekit.agent.MethodTools;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the tools that a property names, by the names of beans or by their own. A bean
 * may be a tool, a builder of one or a collection of these, or have methods that are
 * tools.
 */
final class ToolSearch {

	private final ConfigurableListableBeanFactory beanFactory;

	private final String property;

	private final JsonTypes types;

	private final Scheduler scheduler;

	/**
	 * Create a new {@link ToolSearch} instance.
	 * @param beanFactory has the beans
	 * @param property the property that has the names
	 * @param types knows the JSON of the arguments and of the results
	 * @param scheduler runs what may block
	 */
	ToolSearch(ConfigurableListableBeanFactory beanFactory, String property, JsonTypes types, Scheduler scheduler) {
		this.beanFactory = beanFactory;
		this.property = property;
		this.types = types;
		this.scheduler = scheduler;
	}

	/**
	 * Find tools.
	 * @param names the names of beans or tools
	 * @return the tools in the order of the names
	 * @throws ModelConfigurationException if there is no such tool, or there are two
	 */
	List<AgentTool> find(List<String> names) {
		Map<String, String> origins = new HashMap<>();
		List<AgentTool> tools = new ArrayList<>();
		for (String name : names) {
			for (AgentTool tool : find(name.strip())) {
				String other = origins.put(tool.definition().name(), name.strip());
				if (other != null) {
					throw invalid(
							"has two tools of the name '%s', by '%s' and by '%s'".formatted(tool.definition().name(),
									other, name.strip()),
							"Give one of the tools another name, or remove one from '%s'".formatted(this.property));
				}
				tools.add(tool);
			}
		}
		return tools;
	}

	private List<AgentTool> find(String name) {
		List<AgentTool> ofBean = this.beanFactory.containsBean(name) ? ofBean(name) : Collections.emptyList();
		if (!ofBean.isEmpty()) {
			return ofBean;
		}
		Map<String, AgentTool> found = byName(name);
		if (found.size() > 1) {
			throw invalid("names the tool '%s', which several beans have: %s".formatted(name, quoted(found.keySet())),
					"Name the bean in place of the tool, or give one of the tools another name");
		}
		if (found.isEmpty()) {
			throw invalid("names the tool '%s', which there is not. Known: %s".formatted(OneLine.ofName(name), known()),
					"Correct '%s', or add a bean that is the tool, or has a method with @ToolMethod that is"
						.formatted(this.property));
		}
		return List.copyOf(found.values());
	}

	private List<AgentTool> ofBean(String bean) {
		try {
			return tools(this.beanFactory.getBean(bean));
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw invalid("names the bean '%s', whose tools cannot be told: %s".formatted(bean, ex.getMessage()),
					"Correct the tools of the bean, or remove it from '%s'".formatted(this.property));
		}
	}

	private List<AgentTool> tools(Object bean) {
		if (bean instanceof AgentTool tool) {
			return List.of(tool);
		}
		if (bean instanceof AgentTool.Builder<?> builder) {
			return List.of(builder.build(this.types, this.scheduler));
		}
		if (bean instanceof Collection<?> collection) {
			return collection.stream().flatMap((element) -> tools(element).stream()).toList();
		}
		return MethodTools.names(AopUtils.getTargetClass(bean)).isEmpty() ? Collections.emptyList()
				: MethodTools.of(bean, this.types, this.scheduler);
	}

	// By the names of their beans
	private Map<String, AgentTool> byName(String name) {
		Map<String, AgentTool> found = new TreeMap<>();
		toolBeans().forEach((bean, names) -> {
			if (names == null || names.contains(name)) {
				ofBean(bean).stream()
					.filter((tool) -> tool.definition().name().equals(name))
					.forEach((tool) -> found.put(bean, tool));
			}
		});
		return found;
	}

	// The names of the tools of each bean that has some, null if only the bean can tell
	private Map<String, @Nullable Set<String>> toolBeans() {
		Map<String, @Nullable Set<String>> beans = new TreeMap<>();
		for (String bean : BeanFactoryUtils.beanNamesIncludingAncestors(this.beanFactory)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(bean) ? null : type(bean);
			if (type != null && (AgentTool.class.isAssignableFrom(type) || type == AgentTool.Builder.class)) {
				beans.put(bean, null);
			}
			else if (type != null && !MethodTools.names(type).isEmpty()) {
				beans.put(bean, MethodTools.names(type));
			}
		}
		return beans;
	}

	private @Nullable Class<?> type(String bean) {
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, bean);
		if (type != null && ScopedObject.class.isAssignableFrom(type)) {
			type = AutoProxyUtils.determineTargetClass(this.beanFactory, ScopedProxyUtils.getTargetBeanName(bean));
		}
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	private String known() {
		Set<String> known = new TreeSet<>();
		toolBeans().forEach((bean, names) -> {
			known.add(bean);
			known.addAll(
					(names != null) ? names : ofBean(bean).stream().map((tool) -> tool.definition().name()).toList());
		});
		return known.isEmpty() ? "none" : quoted(known);
	}

	private static String quoted(Set<String> names) {
		return names.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
	}

	private ModelConfigurationException invalid(String problem, String action) {
		return new ModelConfigurationException("'%s' %s".formatted(this.property, problem), action);
	}

}
