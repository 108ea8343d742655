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

package io.routekit.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.routekit.JsonTypes;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.scheduler.Scheduler;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the tools among the methods of a bean: those that are annotated with
 * {@link ToolMethod}, be it in a superclass or an interface. They are called through the
 * proxy, if the bean is one.
 *
 * @since 0.1.0
 */
public final class MethodTools {

	private MethodTools() {
	}

	/**
	 * Return the tools of a bean.
	 * @param bean the bean
	 * @param types knows the JSON of the arguments and of the results
	 * @param scheduler runs the methods that may block
	 * @return the tools in the order of their names, at least one
	 * @throws IllegalArgumentException if no method is annotated, two tools have the same
	 * name, or a method cannot be a tool
	 */
	public static List<AgentTool> of(Object bean, JsonTypes types, Scheduler scheduler) {
		Assert.notNull(bean, "'bean' must not be null");
		Assert.notNull(types, "'types' must not be null");
		Assert.notNull(scheduler, "'scheduler' must not be null");
		Class<?> type = AopUtils.getTargetClass(bean);
		Map<Method, ToolMethod> methods = MethodIntrospector.selectMethods(type, MethodTools::annotation);
		Assert.notEmpty(methods, () -> "No method of %s is annotated with @ToolMethod".formatted(type.getName()));
		// Reflection has an order that differs from start to start
		Map<String, AgentTool> tools = new TreeMap<>();
		methods.forEach((method, annotation) -> {
			AgentTool tool = tool(bean, method, annotation, types, scheduler);
			Assert.isTrue(tools.put(tool.definition().name(), tool) == null,
					() -> "Two methods of %s are the tool '%s'; give one of them another name with @ToolMethod(name)"
						.formatted(type.getName(), tool.definition().name()));
		});
		return List.copyOf(tools.values());
	}

	/**
	 * Return the names of the tools among the methods of a type.
	 * @param type the type, not that of a proxy
	 * @return the names, of which there are none if no method is annotated
	 */
	public static Set<String> names(Class<?> type) {
		Assert.notNull(type, "'type' must not be null");
		if (!AnnotationUtils.isCandidateClass(type, ToolMethod.class)) {
			return Collections.emptySet();
		}
		Set<String> names = new TreeSet<>();
		Map<Method, ToolMethod> methods = MethodIntrospector.selectMethods(type, MethodTools::annotation);
		methods.forEach((method, annotation) -> names.add(name(method, annotation)));
		return names;
	}

	private static @Nullable ToolMethod annotation(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, ToolMethod.class);
	}

	private static AgentTool tool(Object bean, Method method, ToolMethod annotation, JsonTypes types,
			Scheduler scheduler) {
		String name = name(method, annotation);
		try {
			Method invocable = invocable(bean, method);
			List<Parameter> parameters = Arrays.stream(named(method).getParameters())
				.filter((parameter) -> parameter.getType() != ToolContext.class)
				.toList();
			AgentTool.Builder<Object[]> tool = new AgentTool.Builder<Object[]>(name,
					(known) -> known.ofParameters(parameters))
				.description(annotation.description().isEmpty() ? null : annotation.description())
				.timeout(timeout(annotation))
				.function((arguments, context) -> invoke(bean, invocable, arguments, context))
				.jsonTypes(types)
				.scheduler(scheduler);
			if (annotation.strict()) {
				tool.strict();
			}
			if (annotation.serial()) {
				tool.serial();
			}
			if (annotation.approval()) {
				tool.approval();
			}
			if (ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType()) != null) {
				tool.nonBlocking();
			}
			return tool.build();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new IllegalArgumentException("The method '%s' of %s cannot be a tool: %s".formatted(method.getName(),
					method.getDeclaringClass().getName(), ex.getMessage()), ex);
		}
	}

	// A lambda or a generated class knows no names, but its interface may
	private static Method named(Method method) {
		boolean named = Arrays.stream(method.getParameters()).allMatch(Parameter::isNamePresent);
		return named ? method : ClassUtils.getInterfaceMethodIfPossible(method, null);
	}

	private static String name(Method method, ToolMethod annotation) {
		return annotation.name().isEmpty() ? snakeCase(method.getName()) : annotation.name();
	}

	private static Method invocable(Object bean, Method method) {
		Assert.state(!Modifier.isPrivate(method.getModifiers()), "it is private, so make it package-private or public");
		Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
		ReflectionUtils.makeAccessible(invocable);
		return invocable;
	}

	private static @Nullable Duration timeout(ToolMethod annotation) {
		return annotation.timeout().isEmpty() ? null : DurationStyle.detectAndParse(annotation.timeout());
	}

	static String snakeCase(String name) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			char character = name.charAt(i);
			if (Character.isUpperCase(character) && i > 0 && beginsWord(name, i)) {
				words.append('_');
			}
			words.append(Character.toLowerCase(character));
		}
		return words.toString();
	}

	private static boolean beginsWord(String name, int index) {
		char before = name.charAt(index - 1);
		boolean endOfAcronym = Character.isUpperCase(before) && index + 1 < name.length()
				&& Character.isLowerCase(name.charAt(index + 1));
		return endOfAcronym || Character.isLowerCase(before) || Character.isDigit(before);
	}

	private static @Nullable Object invoke(Object bean, Method method, Object[] arguments, ToolContext context) {
		List<@Nullable Object> all = new ArrayList<>();
		int next = 0;
		for (Class<?> type : method.getParameterTypes()) {
			all.add((type == ToolContext.class) ? context : arguments[next++]);
		}
		try {
			return method.invoke(bean, all.toArray());
		}
		catch (InvocationTargetException ex) {
			throw Exceptions.propagate(ex.getTargetException());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
