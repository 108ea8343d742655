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

package io.routekit.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.CompleteCalls;
import io.routekit.ContentPart;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ReasoningPart;
import io.routekit.StreamEvent;
import io.routekit.ToolCall;
import io.routekit.UserMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RouteKitJacksonModule}.
 */
class RouteKitJacksonModuleTests {

	private static final JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();

	static Stream<Object> values() {
		ChatRequest request = CompleteCalls.requests().get(0);
		ModelResponse response = CompleteCalls.response();
		List<Object> values = new ArrayList<>(CompleteCalls.requests());
		values.addAll(request.messages());
		values.addAll(((UserMessage) request.messages().get(1)).parts());
		values.addAll(response.toMessage().parts());
		values.addAll(request.tools());
		values.add(request.options());
		values.add(response);
		values.add(response.usage());
		values.add(response.usage().cost());
		values.addAll(events(response));
		return values.stream();
	}

	private static List<StreamEvent> events(ModelResponse response) {
		ToolCall call = response.toolCalls().get(0);
		return List.of(new StreamEvent.Text("4 °C"), new StreamEvent.Reasoning("Hm"),
				new StreamEvent.ToolCallStart(0, call.id(), call.name()), new StreamEvent.ToolCallArguments(0, "{"),
				new StreamEvent.ToolCallComplete(0, call), new StreamEvent.Completed(response));
	}

	@ParameterizedTest
	@MethodSource("values")
	void whatIsReadIsEqualToWhatWasWritten(Object value) {
		assertThat(mapper.readValue(mapper.writeValueAsString(value), value.getClass())).isEqualTo(value);
		assertThat(mapper.treeToValue(mapper.valueToTree(value), value.getClass())).isEqualTo(value);
	}

	@ParameterizedTest
	@MethodSource("values")
	void whatIsReadByItsCommonTypeIsEqualToWhatWasWritten(Object value) {
		for (Class<?> type : List.of(Message.class, AssistantPart.class, ContentPart.class, StreamEvent.class)) {
			if (type.isInstance(value)) {
				assertThat(mapper.readValue(mapper.writeValueAsString(value), type)).isEqualTo(value);
			}
		}
	}

	@Test
	void everyTypeOfMessagePartAndEventIsKnown() {
		assertThat(values().map(Object::getClass))
			.containsAll(Stream.of(Message.class, AssistantPart.class, ContentPart.class, StreamEvent.class)
				.flatMap((type) -> Stream.<Class<?>>of(type.getPermittedSubclasses()))
				.toList());
	}

	@Test
	void conversationOfAnApplicationsOwnTypeCanBeStored() {
		Conversation conversation = new Conversation("c-1", CompleteCalls.requests().get(0).messages());

		assertThat(mapper.readValue(mapper.writeValueAsString(conversation), Conversation.class))
			.isEqualTo(conversation);
	}

	@Test
	void amountsStayExact() {
		ModelResponse response = CompleteCalls.response();

		ModelResponse read = mapper.readValue(mapper.writeValueAsBytes(response), ModelResponse.class);

		assertThat(read.usage().cost().amount()).isEqualTo(new BigDecimal("0.10"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "1", "{\"role\":\"robot\",\"content\":\"Hi\"}", "{\"role\":\"user\"}",
			"{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}", "{\"role\":1,\"content\":\"Hi\"}" })
	void whatIsNoMessageIsAnErrorOfTheInput(String json) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> mapper.readValue(json, Message.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "stop", "toolChoice", "responseFormat", "reasoning", "timeouts", "seed", "extra" })
	void optionThatIsNullIsNotSet(String option) {
		assertThat(mapper.readValue("{\"%s\":null}".formatted(option), ChatOptions.class))
			.isEqualTo(ChatOptions.builder().build());
	}

	@Test
	void stateThatIsNullIsNone() {
		assertThat(mapper.readValue("{\"type\":\"reasoning\",\"text\":\"Hm\",\"state\":null}", AssistantPart.class))
			.isEqualTo(new ReasoningPart("Hm", null));
	}

	@Test
	void anotherTypeOfMessageIsAnErrorOfTheInput() {
		String json = mapper.writeValueAsString(Message.user("Hi"));

		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> mapper.readValue(json, AssistantMessage.class))
			.withMessageContaining("Not the JSON of AssistantMessage");
	}

	@Test
	void mapperOfSpringBootKnowsIt() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.run((context) -> {
				JsonMapper boot = context.getBean(JsonMapper.class);
				ModelResponse response = CompleteCalls.response();
				assertThat(boot.readValue(boot.writeValueAsString(response), ModelResponse.class)).isEqualTo(response);
			});
	}

	@Test
	void controllerReturnsWhatTheModelAnswered() {
		WebTestClient client = WebTestClient
			.bindToController(new Answers((request) -> Mono.just(ModelResponse.of("Hi"))))
			.httpMessageCodecs((codecs) -> codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(mapper)))
			.configureClient()
			.responseTimeout(Duration.ofSeconds(10))
			.build();

		client.post()
			.uri("/answers")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("Hello")
			.exchange()
			.expectBody()
			.jsonPath("$.content")
			.isEqualTo("Hi")
			.jsonPath("$.finishReason")
			.isEqualTo("STOP");
	}

	@Test
	void whatIsNoMessageIsABadRequestOfAController() {
		WebTestClient client = WebTestClient.bindToController(new Answers((request) -> Mono.empty()))
			.httpMessageCodecs((codecs) -> codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(mapper)))
			.build();

		for (String body : List.of("{\"role\":\"robot\",\"content\":\"Hi\"}", "{\"role\":\"user\"}", "{}")) {
			client.post()
				.uri("/messages")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange()
				.expectStatus()
				.isBadRequest();
		}
	}

	@Test
	void whatIsQuotedOfTheInputIsBounded() {
		String json = "{\"role\":\"%s\",\"content\":\"Hi\"}".formatted("x".repeat(10_000));

		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> mapper.readValue(json, Message.class))
			.satisfies((failure) -> assertThat(failure.getOriginalMessage()).hasSizeLessThan(400));
	}

	/**
	 * A conversation as an application stores it.
	 *
	 * @param id the id
	 * @param messages the messages
	 */
	record Conversation(String id, List<Message> messages) {

	}

	@RestController
	static class Answers {

		private final Model model;

		Answers(Model model) {
			this.model = model;
		}

		@PostMapping("/answers")
		Mono<ModelResponse> answer(@RequestBody String question) {
			return this.model.chat(question);
		}

		@PostMapping("/messages")
		Mono<ModelResponse> answer(@RequestBody Message message) {
			return this.model.chat(List.of(message));
		}

	}

}
