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

package io.routekit.test;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.routekit.fake.FakeModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that whatever makes an object of a public type refuses {@code null}, unless it
 * says otherwise, and names the argument.
 */
class NullContractTests {

	private static final Map<Class<?>, Object> ARGUMENTS = Map.of(String.class, "a", HttpHeaders.class,
			HttpHeaders.EMPTY, FakeModel.class, FakeModel.of());

	@ParameterizedTest
	@MethodSource("requiredArguments")
	void nullIsRefusedByName(Executable method, int index) {
		Object[] arguments = Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
		arguments[index] = null;

		assertThatExceptionOfType(InvocationTargetException.class).isThrownBy(() -> invoke(method, arguments))
			.withCauseExactlyInstanceOf(IllegalArgumentException.class)
			.havingCause()
			.withMessage("'%s' must not be null", method.getParameters()[index].getName());
	}

	private static void invoke(Executable method, Object[] arguments) throws ReflectiveOperationException {
		if (method instanceof Constructor<?> constructor) {
			constructor.newInstance(arguments);
		}
		else {
			((Method) method).invoke(null, arguments);
		}
	}

	static Stream<Arguments> requiredArguments() {
		return PublicTypes.all()
			.filter((type) -> !type.isEnum())
			.flatMap((type) -> Stream.concat(Arrays.stream(type.getConstructors()), staticMethods(type)))
			.flatMap((method) -> IntStream.range(0, method.getParameterCount())
				.filter((index) -> isRequired(method.getParameters()[index]))
				.mapToObj((index) -> Arguments.of(method, index)));
	}

	private static Stream<Method> staticMethods(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()));
	}

	private static boolean isRequired(Parameter parameter) {
		return !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
	}

}
