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

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Supplier;

import io.routekit.Model;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Sends the calls of the methods of {@link Model} to the filtered model, and all others
 * to the bean itself. The filters are looked up at the first call, so that creating a
 * model early creates nothing else early.
 */
final class FilteredModelInterceptor implements MethodInterceptor {

	private static final Method[] MODEL_METHODS = Model.class.getMethods();

	private final SingletonSupplier<Model> filtered;

	FilteredModelInterceptor(Supplier<Model> filtered) {
		this.filtered = SingletonSupplier.of(filtered);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Method method = modelMethod(invocation.getMethod());
		return (method != null)
				? AopUtils.invokeJoinpointUsingReflection(this.filtered.obtain(), method, invocation.getArguments())
				: invocation.proceed();
	}

	private @Nullable Method modelMethod(Method method) {
		for (Method candidate : MODEL_METHODS) {
			if (candidate.getName().equals(method.getName())
					&& Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes())) {
				return candidate;
			}
		}
		return null;
	}

}
