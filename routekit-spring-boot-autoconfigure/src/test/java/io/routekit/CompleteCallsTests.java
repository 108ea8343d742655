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

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.util.ObjectUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CompleteCalls}: whatever is added to a request or an answer has to be
 * in there, and by it in all that writes them and reads them back.
 */
class CompleteCallsTests {

	private final Set<Class<?>> types = new LinkedHashSet<>();

	private final Set<String> held = new TreeSet<>();

	@Test
	void everythingIsInTheCompleteCalls() throws Exception {
		for (ChatRequest request : CompleteCalls.requests()) {
			visit(request);
		}
		visit(CompleteCalls.response());

		for (Class<?> type : Set.copyOf(this.types)) {
			assertThat(this.held).as("fields of %s that hold something", type.getSimpleName())
				.containsAll(fields(type).flatMap((field) -> expected(type, field)).toList());
		}
		for (Class<?> sealed : Set.of(Message.class, ContentPart.class, AssistantPart.class)) {
			assertThat(this.types).contains(sealed.getPermittedSubclasses());
		}
	}

	private void visit(@Nullable Object value) throws Exception {
		if (value instanceof Collection<?> values) {
			for (Object element : values) {
				visit(element);
			}
		}
		else if (value != null && value.getClass().getPackage() == ChatRequest.class.getPackage() && !isEnum(value)) {
			this.types.add(value.getClass());
			for (Field field : fields(value.getClass()).toList()) {
				field.setAccessible(true);
				Object held = field.get(value);
				if (held instanceof Boolean && field.getType() == boolean.class) {
					this.held.add(name(value.getClass(), field) + " " + held);
				}
				else if (!isEmpty(held)) {
					this.held.add(name(value.getClass(), field));
				}
				visit(held);
			}
		}
	}

	private static boolean isEnum(Object value) {
		return value instanceof Enum<?>;
	}

	private static boolean isEmpty(@Nullable Object value) {
		return (value != null && value.getClass().isArray()) ? Array.getLength(value) == 0 : ObjectUtils.isEmpty(value);
	}

	private static Stream<String> expected(Class<?> type, Field field) {
		String name = name(type, field);
		return (field.getType() == boolean.class) ? Stream.of(name + " false", name + " true") : Stream.of(name);
	}

	private static String name(Class<?> type, Field field) {
		return type.getSimpleName() + "." + field.getName();
	}

	static Stream<Field> fields(Class<?> type) {
		return Arrays.stream(type.getDeclaredFields()).filter((field) -> !Modifier.isStatic(field.getModifiers()));
	}

}
