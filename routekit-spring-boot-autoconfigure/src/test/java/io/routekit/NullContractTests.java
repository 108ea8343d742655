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

package io.routekit;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.routekit.observation.CallFailure;
import io.routekit.trace.analysis.Analyze;
import io.routekit.wire.Reply;
import io.routekit.wire.WireJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that whatever makes an object of a public type refuses {@code null}, unless it
 * says otherwise, and names the argument.
 */
class NullContractTests {

	private static final String MESSAGE = "'%s' must not be (null|empty)|The value of the tag '.*' must not be empty";

	/**
	 * Types that make nothing for a user, with the reason why they do not check.
	 */
	private static final Map<Class<?>, String> OTHERS = Map.of(WireJson.class,
			"reads each member of each payload for providers", Reply.class, "checks in its constructor", Analyze.class,
			"is called by the virtual machine", CallGuard.class, "is told of failures, where nothing may be thrown",
			ModelCall.class, "looks into contexts, which Reactor gives", CallFailure.class,
			"has a parameter of a nested type, whose annotation reflection does not tell");

	@ParameterizedTest
	@MethodSource("types")
	void nullIsRefusedByName(Class<?> type) throws Exception {
		List<String> accepted = new ArrayList<>();
		for (Executable method : methods(type)) {
			for (int i = 0; i < method.getParameterCount(); i++) {
				Parameter parameter = method.getParameters()[i];
				if (isRequired(parameter)) {
					String result = tryNull(type, method, i);
					if (!result.matches(MESSAGE.formatted(parameter.getName()))) {
						accepted.add(describe(method) + ": " + result);
					}
				}
			}
		}

		assertThat(accepted).isEmpty();
	}

	private static String describe(Executable method) {
		return method.getName() + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
	}

	private static boolean isRequired(Parameter parameter) {
		AnnotatedType type = parameter.getAnnotatedType();
		return !parameter.getType().isPrimitive() && !type.isAnnotationPresent(Nullable.class);
	}

	private static String tryNull(Class<?> type, Executable method, int index) throws Exception {
		Object[] arguments = TestArguments.all(method);
		arguments[index] = null;
		try {
			Object result = (method instanceof Constructor<?> constructor) ? constructor.newInstance(arguments)
					: ((Method) method).invoke(target(type, method), arguments);
			if (result != null && result.getClass().getSimpleName().equals("Builder")) {
				result.getClass().getMethod("build").invoke(result);
			}
			return "accepts null as '%s'".formatted(method.getParameters()[index].getName());
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getCause();
			return (cause instanceof IllegalArgumentException) ? String.valueOf(cause.getMessage()) : cause.toString();
		}
	}

	private static @Nullable Object target(Class<?> type, Executable method) throws Exception {
		if (Modifier.isStatic(method.getModifiers())) {
			return null;
		}
		if (!type.getSimpleName().equals("Builder")) {
			return Samples.orNull(type);
		}
		Method builder = Arrays.stream(type.getEnclosingClass().getMethods())
			.filter((candidate) -> candidate.getName().equals("builder"))
			.findFirst()
			.orElseThrow();
		return builder.invoke(null, TestArguments.all(builder));
	}

	private static List<Executable> methods(Class<?> type) {
		boolean builder = type.getSimpleName().equals("Builder");
		Stream<Executable> methods = Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> !method.isSynthetic())
			.filter((method) -> Modifier.isStatic(method.getModifiers()) || builder || isCopy(type, method))
			.map(Executable.class::cast);
		return Stream.concat(methods, Arrays.stream(type.getDeclaredConstructors()))
			.filter((method) -> Modifier.isPublic(method.getModifiers()))
			.toList();
	}

	private static boolean isCopy(Class<?> type, Method method) {
		return Samples.types().contains(type) && method.getReturnType() == type;
	}

	static Stream<Class<?>> types() {
		return ValueContractTests.publicClasses()
			.filter((type) -> !type.isEnum() && !type.isAnnotation() && !OTHERS.containsKey(type))
			.filter((type) -> !type.getPackageName().equals("io.routekit.autoconfigure")
					&& !type.getName().endsWith("Properties"))
			.filter((type) -> !ModelFilter.class.isAssignableFrom(type))
			.filter((type) -> !methods(type).isEmpty());
	}

}
