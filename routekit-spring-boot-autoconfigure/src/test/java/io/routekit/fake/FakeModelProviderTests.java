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

package io.routekit.fake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelConfigurationException;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.ModelSettings;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link FakeModelProvider}.
 */
class FakeModelProviderTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final FakeModelProvider provider = new FakeModelProvider();

	@Test
	void typeIsFake() {
		assertThat(this.provider.type()).isEqualTo("fake");
	}

	@Test
	void needsNoVariables() {
		assertThat(this.provider.variables()).isEmpty();
	}

	@Test
	void createsAModelFromItsProperties() {
		Model model = this.provider
			.create(settings(Map.of("test.fake.responses[0]", "one", "test.fake.responses[1]", "two, three",
					"test.fake.when-exhausted", "cycle", "test.fake.chunk-size", "2"))
				.model("pretender")
				.build());

		assertThat(model.name()).isEqualTo("pretender");
		assertThat(model.provider()).isEqualTo("fake");
		StepVerifier
			.create(model.stream("Hi")
				.concatWith(model.stream("Hi"))
				.concatWith(model.stream("Hi"))
				.transform(StreamEvent::text))
			.expectNext("on", "e", "tw", "o,", " t", "hr", "ee", "on", "e")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void createsAModelWithoutAnyProperty() {
		Model model = this.provider.create(settings(Collections.emptyMap()).build());

		assertThat(model.name()).isEqualTo("fake-model");
		assertThat(model.unwrap(FakeModel.class).requests()).isEmpty();
	}

	private Model model(String yaml) {
		YamlPropertiesFactoryBean properties = new YamlPropertiesFactoryBean();
		properties.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		Map<String, String> map = new HashMap<>();
		properties.getObject().forEach((name, value) -> map.put("test.fake." + name, value.toString()));
		return this.provider.create(settings(map).build());
	}

	private static ModelException failure(Model model) {
		return catchThrowableOfType(ModelException.class, () -> model.chat("Hi").block(LIMIT));
	}

	@Test
	void answersAsItsPropertiesSay() {
		Model model = model("""
				responses:
				  - A text
				  - text: It is 4 °C
				    reasoning: Let me see
				    finish-reason: length
				    usage: {prompt-tokens: 12, completion-tokens: 7, cached-tokens: 3, reasoning-tokens: 2}
				  - tool-calls:
				      - name: get_weather
				        arguments: '{"city":"Oslo"}'
				      - {id: mine, name: get_time}
				  - refusal: I must not
				  - text: ""
				""");

		assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("A text");
		ModelResponse second = model.chat("Hi").block(LIMIT);
		assertThat(second.content()).isEqualTo("It is 4 °C");
		assertThat(second.reasoning()).isEqualTo("Let me see");
		assertThat(second.finishReason()).isEqualTo(FinishReason.LENGTH);
		assertThat(second.usage()).isEqualTo(
				Usage.builder().promptTokens(12L).completionTokens(7L).cachedTokens(3L).reasoningTokens(2L).build());
		ModelResponse third = model.chat("Hi").block(LIMIT);
		assertThat(third.toolCalls()).containsExactly(ToolCall.of("call_1", "get_weather", "{\"city\":\"Oslo\"}"),
				ToolCall.of("mine", "get_time", "{}"));
		assertThat(third.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(model.chat("Hi").block(LIMIT).refusal()).isEqualTo("I must not");
		assertThat(model.chat("Hi").block(LIMIT).content()).isEmpty();
		assertThat(failure(model)).hasMessageContaining("no answer to call 6");
	}

	@Test
	void failsAsItsPropertiesSay() {
		Model model = model("""
				responses:
				  - error: rate-limit
				    retry-after: 3s
				  - error: server
				    status: 502
				    message: Bad gateway
				  - text: one two three
				    error: network
				    fail-after: 2
				""");

		assertThat(failure(model)).satisfies((failure) -> {
			assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
			assertThat(failure.getStatus()).isEqualTo(429);
			assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofSeconds(3));
		});
		assertThat(failure(model)).hasMessage("Bad gateway")
			.satisfies((failure) -> assertThat(failure.getStatus()).isEqualTo(502));
		StepVerifier.create(model.stream("Hi").transform(StreamEvent::text))
			.expectNext("one", " two")
			.expectErrorMatches((ex) -> ((ModelException) ex).getKind() == Kind.NETWORK)
			.verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void failsInEachWay(Kind kind) {
		assertThat(failure(model("responses: [{error: %s}]".formatted(kind.errorType()))).getKind()).isEqualTo(kind);
	}

	@Test
	void takesItsTime() {
		StepVerifier
			.withVirtualTime(() -> model("responses: [{text: one two, delay: 5s, event-delay: 2s}]").stream("Hi"))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(7))
			.expectNext(new StreamEvent.Text("one"))
			.expectNoEvent(Duration.ofSeconds(2))
			.expectNext(new StreamEvent.Text(" two"))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void rulesAnswerBeforeTheResponses() {
		Model model = model("""
				responses: [Something else]
				rules:
				  - when: {tool-result: true}
				    responses: [It is 4 °C]
				  - when: {text-contains: weather, tool: get_weather}
				    responses:
				      - tool-calls: [{name: get_weather}]
				  - when: {text-contains: weather}
				    responses: [First, Then]
				  - when: {model: large}
				    responses: [A large answer]
				""");
		ChatRequest weather = ChatRequest.of("How is the WEATHER?");
		ChatRequest withTool = weather.mutate().tools(Tool.of("get_weather", "Tells it", "{}")).build();
		ChatRequest withResult = withTool.mutate()
			.messages(Message.assistant(ToolCall.of("c1", "get_weather", "{}")), Message.tool("c1", "4 °C"))
			.build();

		assertThat(model.chat(weather).block(LIMIT).content()).isEqualTo("First");
		assertThat(model.chat(withTool).block(LIMIT).toolCalls()).hasSize(1);
		assertThat(model.chat(withResult).block(LIMIT).content()).isEqualTo("It is 4 °C");
		assertThat(model.chat(weather).block(LIMIT).content()).isEqualTo("Then");
		assertThat(model.chat(weather).block(LIMIT).content()).isEqualTo("Then");
		assertThat(model.chat(ChatRequest.of("Hi").withOptions(ChatOptions.builder().model("large").build()))
			.block(LIMIT)
			.content()).isEqualTo("A large answer");
		assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("Something else");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			responses: [{finish-reason: stop}]            | responses[0]' answers nothing
			responses: [a, {text: b, status: 500}]        | responses[1].status' is set, but there is no error
			responses: [{text: b, retry-after: 3s}]       | responses[0].retry-after' is set, but there is no error
			responses: [{text: b, fail-after: 3}]         | responses[0].fail-after' is set, but there is no error
			responses: [{error: server, fail-after: -1}]  | responses[0].fail-after' is -1
			responses: [{error: server, retry-after: -1s}] | responses[0].retry-after' is -1s
			responses: [{refusal: ""}]                    | responses[0].refusal' is empty
			responses: [{error: server, status: 42}]      | responses[0].status' is 42
			responses: [{text: b, usage: {prompt-tokens: -1}}] | responses[0].usage' has a negative number
			responses: [{text: b, delay: -1s}]            | responses[0].delay' is -1s
			responses: [{text: b, event-delay: -1s}]      | responses[0].event-delay' is -1s
			responses: [{tool-calls: [{arguments: x}]}]   | responses[0].tool-calls[0].name' is missing
			rules: [{responses: [a]}]                     | rules[0].when' has no condition
			rules: [{when: {model: m}}]                   | rules[0].responses' is missing
			rules: [{when: {model: m}, responses: [{}]}]  | rules[0].responses' is missing
			""")
	void rejectsAScriptThatMakesNoSense(String yaml, String message) {
		assertThatExceptionOfType(ModelConfigurationException.class).isThrownBy(() -> model(yaml))
			.withMessage("'test.fake." + message)
			.satisfies((ex) -> assertThat(ex.getAction()).isNotEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "responses: [{txt: typo}]", "responses: [{error: no-such-kind}]" })
	void rejectsWhatItDoesNotKnow(String yaml) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> model(yaml));
	}

	@Test
	void rejectsANegativeDelay() {
		ModelSettings settings = settings(Map.of("test.fake.delay", "-1ms")).build();

		assertThatExceptionOfType(ModelConfigurationException.class).isThrownBy(() -> this.provider.create(settings))
			.withMessage("'test.fake.delay' is -1ms")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("30ms"));
	}

	@Test
	void rejectsAChunkSizeOfZero() {
		ModelSettings settings = settings(Map.of("test.fake.chunk-size", "0")).build();

		assertThatExceptionOfType(ModelConfigurationException.class).isThrownBy(() -> this.provider.create(settings))
			.withMessage("'test.fake.chunk-size' is 0");
	}

	private static ModelSettings.Builder settings(Map<String, String> properties) {
		Binder binder = new Binder(new MapConfigurationPropertySource(properties));
		return ModelSettings.builder().prefix("test").blocks((name, type) -> binder.bindOrCreate("test." + name, type));
	}

}
