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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.routekit.Model;
import io.routekit.ModelFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.Order;

/**
 * Puts the filters of an application and those that a model has for itself in one order.
 */
final class ModelFilters {

	private final ConfigurableListableBeanFactory beanFactory;

	ModelFilters(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Put the filters around a model.
	 * @param model the model
	 * @param own the filters of the model itself
	 * @return the filtered model
	 */
	Model surround(Model model, List<ModelFilter> own) {
		List<Place> places = new ArrayList<>();
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, ModelFilter.class)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				places.add(place(name));
			}
		}
		for (ModelFilter filter : own) {
			places.add(new Place(filter.getOrder(), filter));
		}
		Collections.sort(places);
		Model filtered = model;
		for (int i = places.size() - 1; i >= 0; i--) {
			filtered = filtered.filter(places.get(i).filter());
		}
		return filtered;
	}

	private Place place(String name) {
		ModelFilter filter = this.beanFactory.getBean(name, ModelFilter.class);
		Order order = annotation(name);
		return new Place((order != null) ? order.value() : filter.getOrder(), filter);
	}

	private @Nullable Order annotation(String name) {
		BeanFactory factory = this.beanFactory;
		while (factory instanceof ConfigurableListableBeanFactory owner && !owner.containsLocalBean(name)) {
			factory = owner.getParentBeanFactory();
		}
		return (factory instanceof ConfigurableListableBeanFactory owner)
				? owner.findAnnotationOnBean(name, Order.class) : null;
	}

	/**
	 * The place of a filter.
	 *
	 * @param order the order
	 * @param filter the filter
	 */
	private record Place(int order, ModelFilter filter) implements Comparable<Place> {

		@Override
		public int compareTo(Place other) {
			return Integer.compare(this.order, other.order);
		}

	}

}
