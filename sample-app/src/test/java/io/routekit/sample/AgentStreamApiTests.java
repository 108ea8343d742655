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

import java.time.Duration;
import java.util.List;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code POST /api/agent/stream}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "20s")
@ActiveProfiles("test")
class AgentStreamApiTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENT = new ParameterizedTypeReference<>() {
	};

	@Autowired
	private WebTestClient client;

	@Autowired
	private FakeModel model;

	@BeforeEach
	void reset() {
		this.model.reset();
	}

	@Test
	void streamsEachRoundAndThenTheAnswer() {
		this.model.respondWith(
				FakeResponse.reasoning("Hm").thenText("Let me").thenToolCall("find_order", "{\"number\": 3}"),
				FakeResponse.text("It is"));

		List<ServerSentEvent<JsonNode>> events = events("{\"message\": \"Where is order 3?\"}");

		assertThat(names(events)).containsExactly("reasoning", "text", "text", "tool-call", "tool-result", "round",
				"text", "text", "round", "completed");
		assertThat(data(events, 3).propertyNames()).containsExactly("id", "name", "arguments", "rawArguments",
				"complete");
		JsonNode completed = data(events, 9);
		assertThat(data(events, 4)).isEqualTo(completed.at("/steps/0"));
		assertThat(data(events, 5).path("round").intValue()).isEqualTo(1);
		assertThat(data(events, 8).path("round").intValue()).isEqualTo(2);
		assertThat(data(events, 5).at("/usage/totalTokens").longValue()
				+ data(events, 8).at("/usage/totalTokens").longValue())
			.isEqualTo(completed.at("/usage/totalTokens").longValue());
		assertThat(completed.path("content").stringValue()).isEqualTo("It is");
		assertThat(completed.path("stop").stringValue()).isEqualTo("DONE");
		assertThat(completed.path("messages")).hasSize(4);
	}

	@Test
	void roundWithoutUsageSaysSo() {
		this.model.respondWith(FakeResponse.text("Hi").withUsage(null));

		assertThat(data(events("{\"message\": \"Hi\"}"), 1).path("usage").isNull()).isTrue();
	}

	@Test
	void asksForApprovalAndGoesOn() {
		this.model.respondWith(FakeResponse.toolCall("cancel_order", "{\"number\": 6, \"reason\": \"x\"}"));
		List<ServerSentEvent<JsonNode>> asked = events("{\"message\": \"Cancel order 6\"}");
		assertThat(names(asked)).containsExactly("tool-call", "round", "completed");
		ObjectNode body = data(asked, 2).asObject().retain("messages");
		body.putArray("decisions").addObject().put("id", "call_1").put("approved", true);
		this.model.respondWith("Done");

		List<ServerSentEvent<JsonNode>> events = events(body.toString());

		assertThat(names(events)).containsExactly("tool-result", "text", "round", "completed");
		assertThat(data(events, 0).path("error").booleanValue()).isFalse();
	}

	@Test
	void failureOfALaterRoundIsTheLastEventAndTellsTheSteps() {
		this.model.respondWith(FakeResponse.toolCall("find_order", "{\"number\": 3}"),
				FakeResponse.text("It is on").thenFail(ModelException.of(Kind.OVERLOADED, "Try later")));

		List<ServerSentEvent<JsonNode>> events = events("{\"message\": \"Where is order 3?\"}");

		assertThat(names(events)).containsExactly("tool-call", "tool-result", "round", "text", "text", "text", "error");
		JsonNode problem = data(events, 6);
		assertThat(problem.path("kind").stringValue()).isEqualTo("OVERLOADED");
		assertThat(problem.path("status").intValue()).isEqualTo(503);
		assertThat(problem.at("/steps/0/tool").stringValue()).isEqualTo("find_order");
	}

	@Test
	void failureOfTheFirstRoundIsTheOnlyEvent() {
		this.model.respondWith(FakeResponse.failure(Kind.RATE_LIMIT));

		List<ServerSentEvent<JsonNode>> events = events("{\"message\": \"Hi\"}");

		assertThat(names(events)).containsExactly("error");
		assertThat(data(events, 0).has("steps")).isFalse();
	}

	@Test
	void whatIsWrongWithTheRequestIsAProblemAndNoEvent() {
		assertProblem("{\"messages\": []}", "messages must not be empty");
		assertProblem("""
				{"message": "Hi", "decisions": [{"id": "c1", "approved": true}]}""",
				"decisions[0].id must be the id of a call that waits for a decision but was 'c1'");
		assertProblem("""
				{"messages": [{"role": "user", "content": "Cancel it"}, {"role": "assistant", "content": "",
				  "toolCalls": [{"id": "c1", "name": "cancel_order", "arguments": {}, "signature": "e30"}]}],
				 "decisions": [{"id": "c1", "approved": true}]}""",
				"The signatures of the calls that wait for approval cannot be read");
	}

	private void assertProblem(String body, String detail) {
		post(body).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value((text) -> assertThat((String) text).startsWith(detail));
	}

	@Test
	void toolIsSeenToBeCalledBeforeItHasAnswered() {
		this.model.respondWith(FakeResponse.toolCall("quote_shipping", "{\"country\": \"NO\", \"weight\": 1}"),
				FakeResponse.text("Done").withDelay(Duration.ofMinutes(10)));

		StepVerifier.create(stream("{\"message\": \"What does it cost?\"}").map(ServerSentEvent::event))
			.expectNext("tool-call", "tool-result", "round")
			.thenCancel()
			.verify(TIMEOUT);
	}

	private List<ServerSentEvent<JsonNode>> events(String body) {
		return stream(body).collectList().block(TIMEOUT);
	}

	private Flux<ServerSentEvent<JsonNode>> stream(String body) {
		return post(body).expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(EVENT)
			.getResponseBody();
	}

	private WebTestClient.ResponseSpec post(String body) {
		return this.client.post()
			.uri("/api/agent/stream")
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_PROBLEM_JSON)
			.bodyValue(body)
			.exchange();
	}

	private static List<String> names(List<ServerSentEvent<JsonNode>> events) {
		return events.stream().map(ServerSentEvent::event).toList();
	}

	private static JsonNode data(List<ServerSentEvent<JsonNode>> events, int index) {
		return events.get(index).data();
	}

}
