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

package io.routekit.sample;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.Reasoning;
import io.routekit.ReasoningPart;
import io.routekit.ResponseFormat;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.ToolChoice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ObjectUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a body can say whatever a {@link ChatRequest} can hold, with the exceptions
 * that are named here.
 */
class CompleteBodyTests {

	/**
	 * What no client can say, with the reason.
	 */
	private static final Map<String, String> EXCEPTIONS = Map.of("ChatOptions.timeouts", "the server decides",
			"ChatOptions.maxRetries", "the server decides", "ImagePart.data", "a data: URL has the bytes",
			"ImagePart.mediaType", "a data: URL has the type", "FilePart", "the page sends none");

	private static final String BODY = """
			{"messages": [
				{"role": "system", "content": "Be brief"},
				{"role": "user", "content": [{"type": "text", "text": "What is it?"},
					{"type": "image", "url": "https://example.org/a.png", "detail": "low"}]},
				{"role": "assistant", "content": "Let me see", "toolCalls": [
					{"id": "call_1", "name": "find", "arguments": {"city": "Oslo"}},
					{"id": "call_2", "name": "find", "rawArguments": "{ \\"city\\""}]},
				{"role": "tool", "toolCallId": "call_1", "content": "4 °C"},
				{"role": "tool", "toolCallId": "call_2", "content": "Arguments are cut", "error": true},
				{"role": "assistant", "content": "Done", "toolCalls": [
					{"id": "call_3", "name": "find", "arguments": {}}], "state": "%s"}],
			"tools": [{"name": "find", "description": "Finds", "parameters": {"type": "object"}, "strict": true}],
			"options": {"model": "m", "temperature": 0.2, "topP": 0.9, "maxTokens": 100, "stop": ["a"], "seed": 7,
				"toolChoice": "find", "parallelToolCalls": false, "serviceTier": "flex", "user": "jane",
				"responseFormat": {"type": "json_schema", "name": "answer", "schema": {}, "strict": true},
				"reasoning": %s, "extra": {"top_k": 40}}}
			""";

	private static final ProviderState STATE = new ProviderState("somebody", "{}");

	private static final AssistantMessage WITH_STATE = new AssistantMessage(
			List.of(new ReasoningPart("Let me think", STATE), new TextPart("Done", STATE), new OpaquePart(STATE),
					ToolCall.of("call_3", "find", "{}", STATE)));

	private final Set<String> read = new TreeSet<>();

	@Test
	void readsWhateverARequestCanHold() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
				ChatBodyTests.JsonConfiguration.class)
			.web(WebApplicationType.NONE)
			.run()) {
			JsonMapper mapper = context.getBean(JsonMapper.class);
			StateSeal seal = new StateSeal(mapper, "");
			for (String reasoning : Set.of("{\"effort\": \"low\"}", "{\"budgetTokens\": 1024}")) {
				String body = BODY.formatted(seal.seal(WITH_STATE), reasoning);
				visit(mapper.readValue(body, ChatBody.class).toRequest(Set.of("top_k"), seal));
			}
		}

		Set<String> missing = new TreeSet<>();
		types().forEach((type) -> fields(type).flatMap((field) -> values(type, field)).forEach(missing::add));
		missing.removeAll(this.read);
		assertThat(missing).allMatch((name) -> EXCEPTIONS.keySet().stream().anyMatch(name::startsWith));
		assertThat(EXCEPTIONS.keySet())
			.allMatch((name) -> missing.stream().anyMatch((other) -> other.startsWith(name)));
	}

	private static Set<Class<?>> types() {
		Set<Class<?>> types = new LinkedHashSet<>(
				Set.of(ChatOptions.class, Tool.class, ToolChoice.class, ResponseFormat.class, Reasoning.class));
		Stream.of(Message.class, ContentPart.class, AssistantPart.class)
			.flatMap((sealed) -> Arrays.stream(sealed.getPermittedSubclasses()))
			.forEach(types::add);
		return types;
	}

	private void visit(@Nullable Object value) throws Exception {
		if (value instanceof Collection<?> values) {
			for (Object element : values) {
				visit(element);
			}
		}
		else if (value != null && (types().contains(value.getClass()) || value instanceof ChatRequest)) {
			for (Field field : fields(value.getClass()).toList()) {
				field.setAccessible(true);
				Object held = field.get(value);
				if (field.getType() == boolean.class) {
					this.read.add(name(value.getClass(), field) + " " + held);
				}
				else if (!ObjectUtils.isEmpty(held)) {
					this.read.add(name(value.getClass(), field));
				}
				visit(held);
			}
		}
	}

	private static Stream<String> values(Class<?> type, Field field) {
		String name = name(type, field);
		return (field.getType() == boolean.class) ? Stream.of(name + " false", name + " true") : Stream.of(name);
	}

	private static String name(Class<?> type, Field field) {
		return type.getSimpleName() + "." + field.getName();
	}

	private static Stream<Field> fields(Class<?> type) {
		return Arrays.stream(type.getDeclaredFields()).filter((field) -> !Modifier.isStatic(field.getModifiers()));
	}

}
