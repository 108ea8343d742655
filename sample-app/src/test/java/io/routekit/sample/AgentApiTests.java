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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.routekit.AssistantMessage;
import io.routekit.AssistantPart;
import io.routekit.ChatOptions;
import io.routekit.Cost;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.OpaquePart;
import io.routekit.ProviderState;
import io.routekit.ReasoningPart;
import io.routekit.TextPart;
import io.routekit.ToolCall;
import io.routekit.ToolMessage;
import io.routekit.Usage;
import io.routekit.agent.ApprovalDecision;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code POST /api/agent}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "routekit.models.other.type=fake", "routekit.models.other.fake.responses=I am the other one" })
@AutoConfigureWebTestClient(timeout = "20s")
@ActiveProfiles("test")
class AgentApiTests {

	private static final String SIX = "{\"number\": 6, \"reason\": \"Placed twice\"}";

	private static final JsonMapper mapper = JsonMapper.shared();

	@Autowired
	private WebTestClient client;

	@Autowired
	private FakeModel model;

	@Autowired
	private Orders orders;

	@BeforeEach
	void reset() {
		this.model.reset();
	}

	@Test
	void answersWithWhatTheToolsSaid() {
		this.model.respondWith(FakeResponse.text("Let me see")
			.thenToolCall("find_order", "{\"number\": 3}")
			.withUsage(usage(100, "0.1")), FakeResponse.text("It is on its way").withUsage(usage(200, "0.2")));

		JsonNode answer = answer("""
				{"message": "Where is order 3?"}""");

		String result = answer.at("/steps/0/result").stringValue();
		assertThat(mapper.readTree(result).path("item").stringValue()).isEqualTo("Desk lamp");
		assertThat(answer.at("/steps/0/millis").isIntegralNumber()).isTrue();
		((ObjectNode) answer.at("/steps/0")).remove("millis");
		String quoted = mapper.writeValueAsString(result);
		JsonAssert.comparator(JsonCompareMode.STRICT).assertIsMatch("""
				{"content": "It is on its way", "reasoning": null, "refusal": null, "finishReason": "STOP",
				 "toolCalls": [], "provider": "fake", "model": "fake-model", "id": "fake-2", "requestId": null,
				 "usage": {"promptTokens": 300, "completionTokens": 10, "totalTokens": 310, "cachedTokens": null,
				   "cacheWriteTokens": null, "reasoningTokens": null,
				   "cost": {"amount": "0.3", "currency": "USD", "source": "reported"}},
				 "stop": "DONE", "rounds": 2, "pending": [],
				 "steps": [{"round": 1, "id": "call_1", "tool": "find_order", "arguments": {"number": 3},
				   "result": %1$s, "error": false}],
				 "messages": [{"role": "user", "content": "Where is order 3?"},
				   {"role": "assistant", "content": "Let me see", "toolCalls": [{"id": "call_1",
				     "name": "find_order", "arguments": {"number": 3}, "rawArguments": "{\\"number\\": 3}"}]},
				   {"role": "tool", "toolCallId": "call_1", "content": %1$s, "error": false},
				   {"role": "assistant", "content": "It is on its way"}]}""".formatted(quoted), answer.toString());
	}

	@Test
	void goesOnWithTheConversationOfAnAnswer() {
		this.model.respondWith(FakeResponse.toolCall("find_order", "{\"number\": 3}"), FakeResponse.text("Shipped"),
				FakeResponse.text("On Friday"));
		ArrayNode messages = messages(answer("""
				{"message": "Where is order 3?"}"""));
		List<Message> sent = this.model.lastRequest().messages();

		messages.addObject().put("role", "user").put("content", "When will it come?");
		JsonNode answer = answer(body(messages));

		assertThat(answer.path("content").stringValue()).isEqualTo("On Friday");
		assertThat(this.model.lastRequest().messages()).startsWith(sent.toArray(Message[]::new))
			.endsWith(Message.assistant("Shipped"), Message.user("When will it come?"));
	}

	@Test
	void runsSeveralToolsOfOneReplyInItsOrder() {
		this.model.respondWith(FakeResponse.toolCall("quote_shipping", "{\"country\": \"NO\", \"weight\": 2.5}")
			.thenToolCall("list_orders", "{\"status\": \"delivered\"}")
			.thenToolCall("find_order", "{\"number\": 1}"), FakeResponse.text("Done"));

		JsonNode answer = answer("""
				{"message": "Tell me all"}""");

		assertThat(answer.path("steps").valueStream().map((step) -> step.path("tool").stringValue()))
			.containsExactly("quote_shipping", "list_orders", "find_order");
		assertThat(mapper.readTree(answer.at("/steps/0/result").stringValue()).path("country").stringValue())
			.isEqualTo("Norway");
		assertThat(answer.at("/steps/0/millis").intValue()).isGreaterThanOrEqualTo(1000);
		assertThat(mapper.readTree(answer.at("/steps/1/result").stringValue())).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			find_order     | {"number": 99}                                    | There is no order 99
			find_order     | {"number": "seven"}                               | number must be
			find_order     | {"number":                                        | not a complete JSON object
			list_orders    | {"status": "lost"}                                | status must be
			quote_shipping | {"country": "Narnia", "weight": 1}                | There is no country of that name
			quote_shipping | {"country": "Norway", "weight": 31}               | no more than 30
			quote_shipping | {"country": "Norway", "weight": -1}               | more than 0
			delete_order   | {}                                                | There is no tool
			""")
	void tellsTheModelWhatIsWrongWithACall(String tool, String arguments, String error) {
		this.model.respondWith(FakeResponse.toolCall(tool, arguments), FakeResponse.text("Sorry"));

		JsonNode answer = answer("""
				{"message": "Hi"}""");

		assertThat(answer.path("stop").stringValue()).isEqualTo("DONE");
		assertThat(answer.at("/steps/0/error").booleanValue()).isTrue();
		assertThat(answer.at("/steps/0/result").stringValue()).contains(error);
		assertThat(this.model.lastRequest().messages()).last()
			.isEqualTo(Message.toolError("call_1", answer.at("/steps/0/result").stringValue()));
	}

	@Test
	void asksForApprovalBeforeAnyToolOfTheReplyRuns() {
		JsonNode answer = askForApproval("6", "find_order", "{\"number\": 6}");

		JsonAssert.comparator(JsonCompareMode.LENIENT).assertIsMatch("""
				{"stop": "APPROVAL", "rounds": 1, "steps": [], "finishReason": "TOOL_CALLS",
				 "pending": [{"id": "call_1", "name": "cancel_order",
				   "arguments": {"number": 6, "reason": "Placed twice"}}]}""", answer.toString());
		assertThat(answer.at("/pending/0").propertyNames()).containsExactly("id", "name", "arguments");
		assertThat(answer.at("/messages/1/toolCalls/0/signature").stringValue()).isNotBlank();
		assertThat(answer.at("/messages/1/toolCalls/1").has("signature")).isFalse();
		assertThat(this.orders.find(6)).extracting(Order::status).isEqualTo(Order.Status.OPEN);
	}

	@Test
	void runsAnApprovedCall() {
		JsonNode asked = askForApproval("8");
		this.model.respondWith("Order 8 is cancelled");

		JsonNode answer = answer(body(messages(asked), decision("call_1", true, null)));

		JsonAssert.comparator(JsonCompareMode.LENIENT)
			.assertIsMatch("""
					{"content": "Order 8 is cancelled", "stop": "DONE", "rounds": 1, "pending": [],
					 "steps": [{"round": 1, "id": "call_1", "tool": "cancel_order", "error": false}]}""",
					answer.toString());
		assertThat(this.orders.find(8)).extracting(Order::status, Order::reason)
			.containsExactly(Order.Status.CANCELLED, "Placed twice");
		assertThat(this.model.lastRequest().messages()).extracting("class.simpleName")
			.containsExactly("SystemMessage", "UserMessage", "AssistantMessage", "ToolMessage");
	}

	@Test
	void tellsTheModelWhyACallWasRefused() {
		JsonNode asked = askForApproval("6");
		this.model.respondWith("Then it stays");

		JsonNode answer = answer(body(messages(asked), decision("call_1", false, "It is packed")));

		assertThat(answer.path("content").stringValue()).isEqualTo("Then it stays");
		assertThat(this.model.lastRequest().messages()).last().isInstanceOfSatisfying(ToolMessage.class, (result) -> {
			assertThat(result.error()).isTrue();
			assertThat(result.text()).contains("refused", "It is packed");
		});
		assertThat(this.orders.find(6)).extracting(Order::status).isEqualTo(Order.Status.OPEN);
	}

	@Test
	void callWithoutADecisionStaysPending() {
		JsonNode asked = askForApproval("6", "cancel_order", SIX);
		int calls = this.model.requests().size();

		JsonNode answer = answer(body(messages(asked), decision("call_1", false, null)));

		assertThat(answer.path("stop").stringValue()).isEqualTo("APPROVAL");
		assertThat(answer.path("pending").valueStream().map((call) -> call.path("id").stringValue()))
			.containsExactly("call_2");
		assertThat(this.model.requests()).hasSize(calls);

		this.model.respondWith("Nothing is cancelled");
		JsonNode last = answer(body(messages(answer), decision("call_2", false, null)));

		assertThat(last.path("content").stringValue()).isEqualTo("Nothing is cancelled");
		assertThat(last.path("stop").stringValue()).isEqualTo("DONE");
	}

	@Test
	void runsWhatNeededNoApprovalWithWhatWasApproved() {
		JsonNode asked = askForApproval("6", "find_order", "{\"number\": 6}");
		this.model.respondWith("It stays");

		JsonNode answer = answer(body(messages(asked), decision("call_1", false, null)));

		assertThat(answer.path("steps").valueStream().map((step) -> step.path("tool").stringValue()))
			.containsExactly("find_order");
		assertThat(answer.path("messages").valueStream().map((message) -> message.path("toolCallId").asString("")))
			.containsExactly("", "", "call_1", "call_2", "");
	}

	@Test
	void decisionForACallThatDoesNotWaitNamesIt() {
		JsonNode asked = askForApproval("6", "find_order", "{\"number\": 6}");

		problem(body(messages(asked), decision("call_2", true, null)), 400, "INVALID_REQUEST", "call_2");
		problem(body(messages(asked), decision("call_9", true, null)), 400, "INVALID_REQUEST", "call_9");
		problem("""
				{"message": "Hi", "decisions": [{"id": "c1", "approved": true}]}""", 400, "INVALID_REQUEST", "c1");
	}

	@Test
	void refusesTwoDecisionsForACall() {
		JsonNode asked = askForApproval("6");

		problem(body(messages(asked), decision("call_1", true, null), decision("call_1", false, null)), 400,
				"INVALID_REQUEST", "call_1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			arguments      | {"arguments": {"number": 8, "reason": "Placed twice"}}
			raw arguments  | {"arguments": null, "rawArguments": "{\\"number\\": 8, \\"reason\\": \\"Placed twice\\"}"}
			both           | {"arguments": {"number": 8}, "rawArguments": "{\\"number\\": 8}"}
			name           | {"name": "find_order"}
			id             | {"id": "call_1 "}
			signature      | {"signature": "eyJydW4iOiJhIiwic2lnbmF0dXJlcyI6eyJjYWxsXzEiOiJiIn19"}
			nonsense       | {"signature": "abcd"}
			no text        | {"signature": "a.b"}
			no signature   | {"signature": null}
			""")
	void refusesACallThatWasChanged(String what, String change) {
		ArrayNode messages = messages(askForApproval("6"));
		ObjectNode call = (ObjectNode) messages.at("/1/toolCalls/0");
		call.setAll((ObjectNode) mapper.readTree(change));
		int calls = this.model.requests().size();

		problem(body(messages, decision(call.path("id").stringValue(), true, null)), 400, "INVALID_REQUEST", "");

		assertThat(this.model.requests()).hasSize(calls);
		assertThat(this.orders.find(6)).extracting(Order::status).isEqualTo(Order.Status.OPEN);
	}

	@Test
	void refusesACallThatWasMadeUp() {
		ArrayNode messages = messages(askForApproval("6"));
		ArrayNode calls = (ArrayNode) messages.at("/1/toolCalls");
		ObjectNode madeUp = calls.get(0).deepCopy().asObject();
		calls.add(madeUp.put("id", "call_2"));

		problem(body(messages, decision("call_1", true, null), decision("call_2", true, null)), 400, "INVALID_REQUEST",
				"call_2");
		problem("""
				{"messages": [{"role": "user", "content": "Cancel it"}, {"role": "assistant", "content": "",
				  "toolCalls": [{"id": "c1", "name": "cancel_order", "arguments": {"number": 6, "reason": "x"}}]}],
				 "decisions": [{"id": "c1", "approved": true}]}""", 400, "INVALID_REQUEST", "c1");
	}

	@Test
	void keepsWhatTheProviderWantsBackWithAMessage() {
		ProviderState state = new ProviderState("somebody", "{\"signature\":\"abc\"}");
		AssistantMessage reply = new AssistantMessage(
				List.of(new ReasoningPart("Let me think", state), new TextPart("Now ", state), new OpaquePart(state),
						new TextPart("then"), ToolCall.of("c1", "cancel_order", SIX, state)));
		this.model.respondWith(FakeResponse.reasoning("Let me think")
			.with((response) -> response.parts(reply.parts()).finishReason(FinishReason.TOOL_CALLS)));
		JsonNode asked = answer("""
				{"message": "Cancel order 6"}""");
		assertThat(asked.at("/messages/1/content").stringValue()).isEqualTo("Now then");
		this.model.respondWith("It stays");

		answer(body(messages(asked), decision("c1", false, null)));

		assertThat(this.model.lastRequest().messages().get(2)).isInstanceOfSatisfying(AssistantMessage.class,
				(message) -> assertThat(message.parts()).endsWith(reply.parts().toArray(AssistantPart[]::new)));
	}

	@Test
	void refusesAStateThatWasChangedOrBelongsToAnotherMessage() {
		this.model.respondWith(FakeResponse.reasoning("Let me think").thenText("Hello"));
		ArrayNode messages = messages(answer("""
				{"message": "Hi"}"""));
		messages.addObject().put("role", "user").put("content", "Hi");
		ObjectNode message = (ObjectNode) messages.get(1);
		String state = message.path("state").stringValue();

		message.put("state", "x" + state);
		problem(body(messages), 400, "INVALID_REQUEST", "messages[1].state");
		message.put("state", "no state");
		problem(body(messages), 400, "INVALID_REQUEST", "messages[1].state");
		message.put("state", state).put("content", "Good bye");
		problem(body(messages), 400, "INVALID_REQUEST", "messages[1].state");
		message.put("content", "Hello");
		answer(body(messages));
	}

	@Test
	void asksTheModelThatIsNamed() {
		assertThat(answer("""
				{"message": "Hi", "model": "other"}""").path("content").stringValue()).isEqualTo("I am the other one");
		problem("""
				{"message": "Hi", "model": "nobody"}""", 400, "INVALID_REQUEST", "nobody");
	}

	@Test
	void asksTheModelWithTheOptions() {
		answer("""
				{"message": "Hi", "options": {"temperature": 0.2, "maxTokens": 100, "toolChoice": "find_order"}}""");

		ChatOptions options = this.model.lastRequest().options();
		assertThat(options.temperature()).isEqualTo(0.2);
		assertThat(options.maxTokens()).isEqualTo(100);
		assertThat(this.model.lastRequest().tools()).extracting("name")
			.containsExactlyInAnyOrder("find_order", "list_orders", "quote_shipping", "cancel_order");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"message": "a", "tools": []}                                 | tools is unknown, known are model, message, messages, options, decisions
					{}                                                            | messages must not be missing, unless there is a message
					{"messages": []}                                              | messages must not be empty
					{"message": " "}                                              | message must not be empty
					{"message": "a", "model": ""}                                 | model must not be empty
					{"message": "a", "options": {"toolChoice": "get_weather"}}    | options.toolChoice must be auto, none, required or the name of one of the tools but was 'get_weather'
					{"message": "a", "options": {"extra": {"a": 1}}}              | options.extra.a is not among the fields that sample.allowed-extra lists
					{"message": "a", "decisions": {}}                             | decisions must be a list but was an object
					{"message": "a", "decisions": [{"approved": true}]}           | decisions[0].id must be a string but is missing
					{"message": "a", "decisions": [{"id": "c1"}]}                 | decisions[0].approved must be true or false but is missing
					{"message": "a", "decisions": [{"id": "c1", "approved": 1}]}  | decisions[0].approved must be true or false but was 1
					{"message": "a", "decisions": [{"id": "c1", "approved": true, "reason": 1}]} | decisions[0].reason must be a string but was 1
					{"messages": [{"role": "assistant", "toolCalls": [{"id": "a", "name": "b", "arguments": {"n": 1}, "rawArguments": "{\\"n\\": 2}"}]}]} | messages[0].toolCalls[0].rawArguments must say the same as arguments
					{"messages": [{"role": "assistant", "toolCalls": [{"id": "a", "name": "b", "signature": "c.d"}]}]} | messages[0].toolCalls[0].signature must be what an answer had, unchanged
					{"messages": [{"role": "assistant", "toolCalls": [{"id": "a", "name": "b", "signature": "abcd"}, {"id": "e", "name": "b", "signature": "efgh"}]}]} | messages[0].toolCalls must have the signatures that an answer had, unchanged
					""")
	void tellsWhatIsWrongWithABody(String body, String detail) {
		JsonNode problem = problem(body, 400, "INVALID_REQUEST", "");

		assertThat(problem.path("detail").stringValue()).isEqualTo(detail);
		assertThat(this.model.requests()).isEmpty();
	}

	@Test
	void failureOfTheFirstRoundIsThatOfAChat() {
		this.model.respondWith(FakeResponse.failure(FakeResponse.failureOf(Kind.RATE_LIMIT, "Slow down").build()),
				FakeResponse.failure(FakeResponse.failureOf(Kind.RATE_LIMIT, "Slow down").build()));

		JsonNode problem = problem("""
				{"message": "Hi"}""", 429, "RATE_LIMIT", "Slow down");

		JsonNode ofChat = post("/api/chat", """
				{"message": "Hi"}""", 429);
		assertThat(problem).isEqualTo(ofChat);
	}

	@Test
	void failureOfALaterRoundTellsTheSteps() {
		this.model.respondWith(FakeResponse.toolCall("find_order", "{\"number\": 3}"), FakeResponse
			.failure(ModelException.builder(Kind.OVERLOADED, "Try later").provider("anthropic").status(529).build()));

		JsonNode problem = problem("""
				{"message": "Where is order 3?"}""", 503, "OVERLOADED", "Try later");

		assertThat(problem.path("upstreamStatus").intValue()).isEqualTo(529);
		assertThat(problem.path("provider").stringValue()).isEqualTo("anthropic");
		assertThat(problem.at("/steps/0/tool").stringValue()).isEqualTo("find_order");
		assertThat(problem.at("/steps/0/result").stringValue()).contains("Desk lamp");
	}

	@Test
	void threeFailedCallsInARowTellTheSteps() {
		this.model.respondWith(IntStream.range(0, 3)
			.mapToObj((number) -> FakeResponse.toolCall("find_order", "{\"number\": 99}"))
			.toArray(FakeResponse[]::new));

		JsonNode problem = problem("""
				{"message": "Where is order 99?"}""", 422, "AGENT_FAILED_CALLS", "3");

		assertThat(problem.path("steps")).hasSize(3).allMatch((step) -> step.path("error").booleanValue());
	}

	@Test
	void limitTellsTheSteps() {
		this.model.respondWith(IntStream.range(0, 20)
			.mapToObj((number) -> FakeResponse.toolCall("list_orders", "{}"))
			.toArray(FakeResponse[]::new));

		JsonNode problem = problem("""
				{"message": "List the orders for ever"}""", 422, "AGENT_LIMIT", "10 rounds");

		assertThat(problem.path("limit").stringValue()).isEqualTo("rounds");
		assertThat(problem.path("steps")).hasSize(10);
		assertThat(problem.path("title").stringValue()).isEqualTo("Agent limit");
	}

	@Test
	void roundWithoutUsageMakesTheSumUnknown() {
		this.model.respondWith(FakeResponse.toolCall("list_orders", "{}").withUsage(usage(100, "0.1")),
				FakeResponse.text("Many").withUsage(null));

		JsonNode usage = answer("""
				{"message": "How many?"}""").path("usage");

		assertThat(usage.path("cost").isNull()).isTrue();
		assertThat(usage.path("totalTokens").isNull()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "LENGTH, LENGTH", "CONTENT_FILTERED, REFUSAL", "STOP, DONE" })
	void tellsWhyItStopped(FinishReason reason, String stop) {
		this.model.respondWith(FakeResponse.text("Well").withFinishReason(reason));

		assertThat(answer("""
				{"message": "Hi"}""").path("stop").stringValue()).isEqualTo(stop);
	}

	@Test
	void acceptsNothingButJson() {
		this.client.post()
			.uri("/api/agent")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("{\"message\": \"Hi\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(415);
	}

	private static Usage usage(long prompt, String amount) {
		return Usage.of(prompt, 5).withCost(new Cost(new BigDecimal(amount), Cost.USD, Cost.Source.REPORTED));
	}

	private JsonNode askForApproval(String order) {
		return askForApproval(order, null, null);
	}

	private JsonNode askForApproval(String order, String otherTool, String otherArguments) {
		FakeResponse reply = FakeResponse.toolCall("cancel_order",
				"{\"number\": %s, \"reason\": \"Placed twice\"}".formatted(order));
		this.model.respondWith((otherTool != null) ? reply.thenToolCall(otherTool, otherArguments) : reply);
		return answer("""
				{"message": "Cancel it, it was placed twice"}""");
	}

	private static ApprovalDecision decision(String id, boolean approved, String reason) {
		return new ApprovalDecision(id, approved, reason);
	}

	private static ArrayNode messages(JsonNode answer) {
		return answer.path("messages").asArray();
	}

	private static String body(ArrayNode messages, ApprovalDecision... decisions) {
		return mapper.writeValueAsString(Map.of("messages", messages, "decisions", decisions));
	}

	private JsonNode answer(String body) {
		return post("/api/agent", body, 200);
	}

	private JsonNode problem(String body, int status, String kind, String detail) {
		JsonNode problem = post("/api/agent", body, status);
		assertThat(problem.path("status").intValue()).isEqualTo(status);
		assertThat(problem.path("kind").stringValue()).isEqualTo(kind);
		assertThat(problem.path("detail").stringValue()).contains(detail);
		return problem;
	}

	private JsonNode post(String uri, String body, int status) {
		return mapper.readTree(this.client.post()
			.uri(uri)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType((status == 200) ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

}
