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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.routekit.AssistantMessage;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.FinishReason;
import io.routekit.ImagePart;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Reasoning;
import io.routekit.ResponseFormat;
import io.routekit.TextPart;
import io.routekit.ToolChoice;
import io.routekit.Usage;
import io.routekit.UserMessage;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code POST /api/chat}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.allowed-extra=top_k,nested")
@AutoConfigureWebTestClient
@ActiveProfiles("test")
class ChatApiTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private FakeModel model;

	@BeforeEach
	void reset() {
		this.model.reset();
	}

	@Test
	void answersAMessage() {
		chat("""
				{"message": "Hi"}""").expectStatus().isOk().expectBody().json("""
				{"content": "A short summary.", "reasoning": null, "refusal": null, "finishReason": "STOP",
				 "toolCalls": [], "provider": "fake", "model": "fake-model", "id": "fake-1", "requestId": null,
				 "usage": {"promptTokens": 1, "completionTokens": 4, "totalTokens": 5, "cachedTokens": 0,
				   "cacheWriteTokens": null, "reasoningTokens": 0, "cost": null}}""");

		assertThat(this.model.lastRequest().messages()).containsExactly(Message.user("Hi"));
	}

	@Test
	void showsTheCostAsAPlainDecimal() {
		this.model.respondWith(FakeResponse.text("Hi")
			.withUsage(
					Usage.of(1, 1).withCost(new Cost(new BigDecimal("1.6900E-5"), Cost.USD, Cost.Source.CATALOGUE))));

		chat("""
				{"message": "Hi"}""").expectBody()
			.jsonPath("$.usage.cost")
			.isEqualTo(Map.of("amount", "0.0000169", "currency", "USD", "source", "catalogue"));
	}

	@Test
	void showsRoundCostWithoutAnExponent() {
		this.model.respondWith(FakeResponse.text("Hi")
			.withUsage(Usage.of(1, 1).withCost(new Cost(new BigDecimal("100.00"), Cost.USD, Cost.Source.REPORTED))));

		chat("""
				{"message": "Hi"}""").expectBody()
			.jsonPath("$.usage.cost.amount")
			.isEqualTo("100")
			.jsonPath("$.usage.cost.source")
			.isEqualTo("reported");
	}

	@Test
	void showsThatNoUsageIsKnown() {
		this.model.respondWith(FakeResponse.text("Hi").withUsage(null));

		chat("""
				{"message": "Hi"}""").expectBody().jsonPath("$.usage").value((usage) -> assertThat(usage).isNull());
	}

	@Test
	void showsReasoningAndToolCalls() {
		this.model.respondWith(FakeResponse.reasoning("Think")
			.thenToolCall("get_weather", "{\"city\":\"Oslo\"}")
			.thenToolCall("get_weather", "{\"city\":"));

		chat("""
				{"message": "Hi"}""").expectBody().json("""
				{"content": "", "reasoning": "Think", "finishReason": "TOOL_CALLS", "toolCalls": [
				  {"id": "call_1", "name": "get_weather", "arguments": {"city": "Oslo"},
				   "rawArguments": "{\\"city\\":\\"Oslo\\"}", "complete": true},
				  {"id": "call_2", "name": "get_weather", "arguments": null,
				   "rawArguments": "{\\"city\\":", "complete": false}]}""");
	}

	@Test
	void showsARefusal() {
		this.model.respondWith(FakeResponse.text("")
			.with((response) -> response.refusal("I will not"))
			.withFinishReason(FinishReason.REFUSAL));

		chat("""
				{"message": "Hi"}""").expectBody().json("""
				{"content": "", "refusal": "I will not", "finishReason": "REFUSAL"}""");
	}

	@Test
	void readsAWholeConversation() {
		chat("""
				{"messages": [
				  {"role": "system", "content": "Be brief"},
				  {"role": "user", "content": [{"type": "text", "text": "What is this?"},
				    {"type": "image", "url": "https://example.org/a.png", "detail": "low"}]},
				  {"role": "assistant", "content": "", "toolCalls": [
				    {"id": "c1", "name": "get_weather", "arguments": {"city": "Oslo", "ratio": 1.10}},
				    {"id": "c2", "name": "get_time", "rawArguments": "{ }"}]},
				  {"role": "tool", "toolCallId": "c1", "content": [{"type": "text", "text": "4 °C"},
				    {"type": "image", "url": "https://example.org/sky.png"}], "error": false},
				  {"role": "tool", "toolCallId": "c2", "content": "no clock", "error": true},
				  {"role": "assistant", "content": "Cold", "ignored": true}]}""").expectStatus().isOk();

		List<Message> messages = this.model.lastRequest().messages();
		assertThat(messages.get(0)).isEqualTo(Message.system("Be brief"));
		assertThat(messages.get(1)).isEqualTo(new UserMessage(List.of(new TextPart("What is this?"),
				ImagePart.ofUrl("https://example.org/a.png").withDetail("low"))));
		assertThat(((AssistantMessage) messages.get(2)).toolCalls()).extracting("arguments")
			.containsExactly("{\"city\":\"Oslo\",\"ratio\":1.10}", "{ }");
		assertThat(messages.subList(3, 5)).containsExactly(
				Message.tool("c1", new TextPart("4 °C"), ImagePart.ofUrl("https://example.org/sky.png")),
				Message.toolError("c2", "no clock"));
		assertThat(messages.get(5)).isEqualTo(Message.assistant("Cold"));
	}

	@Test
	void readsTools() {
		chat("""
				{"message": "Hi", "tools": [{"name": "get_weather", "description": "The weather", "strict": true,
				  "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}, {"name": "now"}]}""")
			.expectStatus()
			.isOk();

		assertThat(this.model.lastRequest().tools().get(0)).satisfies((tool) -> {
			assertThat(tool.description()).isEqualTo("The weather");
			assertThat(tool.strict()).isTrue();
			assertThat(tool.parameters())
				.isEqualTo("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
		});
		assertThat(this.model.lastRequest().tools().get(1).parameters()).isNull();
	}

	@Test
	void readsAllOptions() {
		chat("""
				{"message": "Hi", "tools": [{"name": "now"}], "options": {"model": "other", "temperature": 0.2,
				  "topP": 1, "maxTokens": 200, "stop": ["a", "\\n\\n"], "seed": 9007199254740993, "toolChoice": "now",
				  "parallelToolCalls": false, "reasoning": {"budgetTokens": 1024}, "serviceTier": "flex",
				  "responseFormat": {"type": "json_schema", "name": "answer", "schema": {"type": "object"}},
				  "user": "u1", "extra": {"top_k": 3, "nested": {"a": [true, null]}}}}""").expectStatus().isOk();

		ChatOptions options = this.model.lastRequest().options();
		assertThat(options.model()).isEqualTo("other");
		assertThat(options.temperature()).isEqualTo(0.2);
		assertThat(options.topP()).isEqualTo(1);
		assertThat(options.maxTokens()).isEqualTo(200);
		assertThat(options.stop()).containsExactly("a", "\n\n");
		assertThat(options.seed()).isEqualTo(9007199254740993L);
		assertThat(options.toolChoice()).isEqualTo(ToolChoice.tool("now"));
		assertThat(options.parallelToolCalls()).isFalse();
		assertThat(options.reasoning()).isEqualTo(Reasoning.budget(1024));
		assertThat(options.serviceTier()).isEqualTo("flex");
		assertThat(options.responseFormat()).isEqualTo(ResponseFormat.jsonSchema("answer", "{\"type\":\"object\"}"));
		assertThat(options.user()).isEqualTo("u1");
		assertThat(options.extra()).containsEntry("top_k", 3).containsKey("nested");
	}

	@Test
	void readsShortFormsOfOptionsAndIgnoresNulls() {
		chat("""
				{"message": "Hi", "tools": null, "options": {"temperature": null, "stop": "a", "toolChoice": "none",
				  "reasoning": "low", "responseFormat": "json_object"}}""").expectStatus().isOk();

		ChatOptions options = this.model.lastRequest().options();
		assertThat(options.temperature()).isNull();
		assertThat(options.stop()).containsExactly("a");
		assertThat(options.toolChoice()).isEqualTo(ToolChoice.NONE);
		assertThat(options.reasoning()).isEqualTo(Reasoning.effort("low"));
		assertThat(options.responseFormat()).isEqualTo(ResponseFormat.JSON_OBJECT);
	}

	@Test
	void answersWithTheModelThatIsNamed() {
		chat("{\"message\": \"Hi\", \"model\": \"fake-model\"}").expectStatus().isOk();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"messages": []}                                             | messages must not be empty
					{}                                                           | messages must not be missing, unless there is a message
					{"message": "a", "messages": []}                             | message must not be set together with messages, since it is short for one user message
					{"message": "a", "tols": []}                                 | tols is unknown, known are model, message, messages, tools, options
					{"message": " "}                                             | message must not be empty
					{"message": 5}                                               | message must be a string but was 5
					{"messages": {}}                                             | messages must be a list but was an object
					{"messages": ["a"]}                                          | messages[0] must be an object but was a string
					{"messages": [{"role": "bot", "content": "a"}]}              | messages[0].role must be one of system, user, assistant, tool but was 'bot'
					{"messages": [{"content": "a"}]}                             | messages[0].role must be one of system, user, assistant, tool but is missing
					{"messages": [{"role": "system"}]}                           | messages[0].content must be a string but is missing
					{"messages": [{"role": "user"}]}                             | messages[0].content must be a string or a list of parts but is missing
					{"messages": [{"role": "user", "content": []}]}              | messages[0].content must not be empty
					{"messages": [{"role": "user", "content": [{"type": "video"}]}]} | messages[0].content[0].type must be one of text, image but was 'video'
					{"messages": [{"role": "user", "content": [{"type": "image"}]}]} | messages[0].content[0].url must be a string but is missing
					{"messages": [{"role": "assistant"}]}                        | messages[0].content must be a string but is missing
					{"messages": [{"role": "assistant", "toolCalls": [{"id": "a", "name": "b", "arguments": "c"}]}]} | messages[0].toolCalls[0].arguments must be an object but was a string
					{"messages": [{"role": "tool", "content": "a", "toolCallId": "c9"}]} | messages[0].toolCallId must be the id of a tool call in an assistant message before it but was 'c9'
					{"message": "a", "tools": [{"name": "a b"}]}                 | tools[0] is malformed: The tool name 'a b' must consist of 1 to 64 letters, digits, '_' and '-'
					{"message": "a", "tools": [{"name": "a", "parameters": "x"}]} | tools[0].parameters must be an object but was a string
					{"message": "a", "tools": [{"name": "a", "parameters": {"type": "array"}}]} | tools[0].parameters.type must be 'object' but was 'array'
					{"message": "a", "tools": [{"name": "a", "parameters": {"properties": []}}]} | tools[0].parameters.properties must be an object but was a list
					{"message": "a", "tools": [{"name": "a"}, {"name": "a"}]}    | tools[1].name must be unique among the tools but was 'a'
					{"message": "a", "options": []}                              | options must be an object but was a list
					{"message": "a", "options": {"temperature": 1e999}}          | options.temperature must be a number that can be represented
					{"message": "a", "options": {"temperature": "hot"}}          | options.temperature must be a number but was a string
					{"message": "a", "options": {"maxTokens": -1}}               | options.maxTokens must be a whole number that is not negative but was -1
					{"message": "a", "options": {"maxTokens": 1.5}}              | options.maxTokens must be a whole number but was 1.5
					{"message": "a", "options": {"stop": [""]}}                  | options.stop[0] must not be empty
					{"message": "a", "options": {"stop": [1]}}                   | options.stop[0] must be a string but was 1
					{"message": "a", "options": {"toolChoice": "x"}}             | options.toolChoice must be auto, none, required or the name of one of the tools but was 'x'
					{"message": "a", "options": {"reasoning": {}}}               | options.reasoning must have either effort or budgetTokens
					{"message": "a", "options": {"responseFormat": "xml"}}       | options.responseFormat must be one of text, json_object, json_schema but was 'xml'
					{"message": "a", "options": {"top_p": 1}}                    | options.top_p is unknown, known are model, temperature, topP, maxTokens, stop, seed, toolChoice, parallelToolCalls, responseFormat, reasoning, serviceTier, user, extra
					{"message": "a", "options": {"extra": {"model": "x"}}}       | options.extra.model is not among the fields that sample.allowed-extra lists
					{"message": "a", "model": "x"}                               | Unknown model 'x', known: 'model'
					["a"]                                                        | The body must be an object but was a list
					{"message":                                                  | The body is not valid JSON at line 1, column 12
					``                                                           | The body is empty; send a JSON object with 'message' or 'messages'
					""")
	void tellsWhatIsWrongWithABody(String body, String detail) {
		chat(body).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo(detail)
			.jsonPath("$.kind")
			.isEqualTo("INVALID_REQUEST")
			.jsonPath("$.status")
			.isEqualTo(400);

		assertThat(this.model.requests()).isEmpty();
	}

	@Test
	void rejectsABodyThatIsTooLarge() {
		chat("{\"message\": \"%s\"}".formatted("x".repeat(9 * 1024 * 1024))).expectStatus()
			.isEqualTo(413)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The body is larger than spring.http.codecs.max-in-memory-size allows");
	}

	@Test
	void acceptsALargeBody() {
		chat("{\"message\": \"%s\"}".formatted("x".repeat(7 * 1024 * 1024))).expectStatus().isOk();
	}

	@Test
	void acceptsNothingButJson() {
		this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("{\"message\": \"Hi\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(415)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@ParameterizedTest
	@CsvSource({ "INVALID_REQUEST, 400", "CONTEXT_LENGTH, 400", "CONTENT_FILTERED, 400", "RATE_LIMIT, 429",
			"QUOTA, 429", "BUDGET_EXCEEDED, 429", "OVERLOADED, 503", "CIRCUIT_OPEN, 503", "CONCURRENCY_LIMIT, 503",
			"TIMEOUT, 504", "AUTHENTICATION, 502", "PERMISSION, 502", "NOT_FOUND, 502", "SERVER, 502", "NETWORK, 502",
			"INVALID_RESPONSE, 502" })
	void answersAFailureWithItsStatus(Kind kind, int status) {
		this.model.respondWith(FakeResponse.failure(kind));

		chat("""
				{"message": "Hi"}""").expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.kind")
			.isEqualTo(kind.name())
			.jsonPath("$.status")
			.isEqualTo(status);
	}

	@Test
	void tellsAllThatIsKnownAboutAFailure() {
		this.model.respondWith(FakeResponse.failure(ModelException.builder(Kind.RATE_LIMIT, "Too many calls")
			.provider("openai")
			.status(429)
			.retryAfter(Duration.ofMillis(1500))
			.requestId("req_1")
			.build()));

		chat("""
				{"message": "Hi"}""").expectHeader().valueEquals("Retry-After", "2").expectBody().json("""
				{"type": "about:blank", "title": "Rate limit", "status": 429, "detail": "Too many calls",
				 "kind": "RATE_LIMIT", "provider": "openai", "upstreamStatus": 429, "retryAfter": 2,
				 "requestId": "req_1"}""");
	}

	@Test
	void hidesWhatIsUnexpected() {
		this.model.respondWith((ChatRequest request) -> {
			throw new IllegalStateException("secret");
		});

		chat("""
				{"message": "Hi"}""").expectStatus()
			.isEqualTo(500)
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("the log tells more").doesNotContain("secret"));
	}

	private WebTestClient.ResponseSpec chat(String body) {
		return this.client.post().uri("/api/chat").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

}
