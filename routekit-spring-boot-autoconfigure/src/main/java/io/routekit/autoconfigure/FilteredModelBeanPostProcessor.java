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

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import io.routekit.CallGuard;
import io.routekit.Model;
import io.routekit.ModelCall;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts the filters around the {@link Model} beans of an application, and next to the
 * model the limits of what a request may hold, which are those of
 * {@code routekit.provider}. A bean keeps its type, unless its class or a method of it is
 * final: then it keeps its interfaces.
 */
final class FilteredModelBeanPostProcessor implements BeanPostProcessor, BeanFactoryAware {

	private final SingletonSupplier<RequestLimitFilter> limit;

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	FilteredModelBeanPostProcessor(Environment environment) {
		this.limit = SingletonSupplier.of(() -> limit(environment, ModelFactory.DEFAULT_PREFIX));
	}

	private static RequestLimitFilter limit(Environment environment, String prefix) {
		ModelProperties.Limit properties = PropertiesBindHandler.binder(environment)
			.bindOrCreate(prefix + ".limit", ModelProperties.Limit.class);
		return new RequestLimitFilter(ModelSettingsMapper.limits(prefix, properties), prefix);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		if (beanFactory instanceof ConfigurableListableBeanFactory listable) {
			this.beanFactory = listable;
		}
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		// Behind a scoped proxy there is another bean, which is filtered
		if (!(bean instanceof Model model) || bean instanceof ScopedObject || isInfrastructure(beanName)) {
			return bean;
		}
		// Wrong settings fail the start, not the first call
		this.limit.obtain();
		ProxyFactory factory = new ProxyFactory();
		factory.setTarget(bean);
		factory.setInterfaces(ClassUtils.getAllInterfacesForClass(bean.getClass()));
		factory.setProxyTargetClass(isExtensible(ClassUtils.getUserClass(bean)));
		factory.addAdvice(new FilteredModelInterceptor(() -> filtered(beanName, model)));
		return factory.getProxy(bean.getClass().getClassLoader());
	}

	private Model filtered(String name, Model model) {
		Assert.state(this.beanFactory != null, "There must be a bean factory");
		return ModelCall.model(name, null,
				new ModelFilters(this.beanFactory).surround(CallGuard.model(model), List.of(this.limit.obtain())));
	}

	private boolean isInfrastructure(String beanName) {
		Assert.state(this.beanFactory != null, "There must be a bean factory");
		return this.beanFactory.containsBeanDefinition(beanName)
				&& this.beanFactory.getMergedBeanDefinition(beanName).getRole() == BeanDefinition.ROLE_INFRASTRUCTURE;
	}

	private boolean isExtensible(Class<?> type) {
		return !Modifier.isFinal(type.getModifiers()) && !type.isHidden()
				&& Arrays.stream(type.getMethods())
					.filter((method) -> method.getDeclaringClass() != Object.class)
					.noneMatch((method) -> Modifier.isFinal(method.getModifiers()));
	}

}
