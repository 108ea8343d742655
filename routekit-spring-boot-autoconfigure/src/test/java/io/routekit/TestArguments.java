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
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.routekit.agent.ApprovalDecision;
import org.mockito.Mockito;

import org.springframework.util.unit.DataSize;

/**
 * Arguments for any method, for tests that hold for all of them.
 */
final class TestArguments {

	private static final Map<Class<?>, Object> BY_TYPE = Map.ofEntries(Map.entry(String.class, "another"),
			Map.entry(Object.class, "another"), Map.entry(Double.class, 0.5), Map.entry(Integer.class, 7),
			Map.entry(int.class, 7), Map.entry(Long.class, 7L), Map.entry(long.class, 7L),
			Map.entry(Boolean.class, true), Map.entry(boolean.class, true), Map.entry(byte[].class, new byte[] { 1 }),
			Map.entry(String[].class, new String[] { "another" }),
			Map.entry(Message[].class, new Message[] { Message.user("another") }),
			Map.entry(ContentPart[].class, new ContentPart[] { new TextPart("another") }),
			Map.entry(Tool[].class, new Tool[] { Tool.of("another", null, "{}") }),
			Map.entry(Duration.class, Duration.ofSeconds(7)), Map.entry(DataSize.class, DataSize.ofBytes(7)),
			Map.entry(Instant.class, Instant.EPOCH), Map.entry(LocalDate.class, LocalDate.EPOCH),
			Map.entry(URI.class, URI.create("https://another.example.org")),
			Map.entry(BigDecimal.class, BigDecimal.TEN), Map.entry(AssistantPart.class, new TextPart("another")),
			Map.entry(Cost.class, new Cost(BigDecimal.TEN, "EUR", Cost.Source.REPORTED)),
			Map.entry(StreamEvent.class, new StreamEvent.Text("another")),
			Map.entry(Message.class, Message.user("another")),
			Map.entry(Timeouts.class, Timeouts.builder().total(Duration.ofSeconds(7)).build()),
			Map.entry(Limits.class, Limits.builder().parts(7).build()), Map.entry(ToolChoice.class, ToolChoice.NONE),
			Map.entry(Reasoning.class, Reasoning.budget(7)),
			Map.entry(ResponseFormat.class, ResponseFormat.JSON_OBJECT), Map.entry(Usage.class, Usage.of(1, 1)),
			Map.entry(ChatOptions.class, ChatOptions.builder().seed(7L).build()),
			Map.entry(FinishReason.class, FinishReason.OTHER),
			Map.entry(BiFunction.class, (BiFunction<?, ?, ?>) (name, type) -> type),
			Map.entry(UnaryOperator.class, UnaryOperator.identity()),
			Map.entry(Consumer.class, (Consumer<ChatOptions.Builder>) (options) -> options.seed(8L)),
			Map.entry(Map.class, Map.of("another", "another")));

	private static final Map<String, Object> BY_NAME = Map.of("by", "day", "numbers", Map.of(TokenClass.INPUT, 7L));

	private static final Map<String, Object> LISTS = Map.of("messages", List.of(Message.user("another")), "tools",
			List.of(Tool.of("another", null, "{}")), "stop", List.of("another"), "parts",
			List.of(new TextPart("another")), "decisions", List.of(ApprovalDecision.approve("another")));

	private TestArguments() {
	}

	/**
	 * Return the methods of a builder that set one thing.
	 */
	static List<Method> setters(Class<?> type) {
		Class<?> builder = Arrays.stream(type.getDeclaredClasses())
			.filter((nested) -> nested.getSimpleName().equals("Builder"))
			.findFirst()
			.orElseThrow();
		return Arrays.stream(builder.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 1)
			.toList();
	}

	static Object[] all(Executable method) {
		Object[] arguments = new Object[method.getParameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = of(method, i);
		}
		return arguments;
	}

	static Object of(Executable method, int index) {
		Parameter parameter = method.getParameters()[index];
		Class<?> type = parameter.getType();
		if (BY_NAME.containsKey(parameter.getName())) {
			return BY_NAME.get(parameter.getName());
		}
		if (BY_TYPE.containsKey(type)) {
			return BY_TYPE.get(type);
		}
		if (List.class.isAssignableFrom(type)) {
			return LISTS.getOrDefault(parameter.getName(), Collections.emptyList());
		}
		Object sample = Samples.orNull(type);
		if (sample != null) {
			return sample;
		}
		if (type.isArray()) {
			return Array.newInstance(type.getComponentType(), 0);
		}
		if (type == Class.class) {
			return Map.class;
		}
		return type.isEnum() ? type.getEnumConstants()[0] : Mockito.mock(type);
	}

}
