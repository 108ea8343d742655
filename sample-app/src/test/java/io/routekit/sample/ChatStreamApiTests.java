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
import tools.jackson.databind.JsonNode;

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
 * Tests for {@code POST /api/chat/stream}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
@ActiveProfiles("test")
class ChatStreamApiTests {

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
	void streamsTheAnswerAndThenTheResponse() {
		List<ServerSentEvent<JsonNode>> events = stream();

		assertThat(names(events)).containsExactly("text", "text", "text", "completed");
		assertThat(events.stream().limit(3).map((event) -> event.data().path("text").stringValue()))
			.containsExactly("A", " short", " summary.");
		assertThat(events.get(3).data().path("content").stringValue()).isEqualTo("A short summary.");
		assertThat(events.get(3).data().path("usage").path("completionTokens").intValue()).isEqualTo(4);
	}

	@Test
	void streamsReasoningAndWholeToolCalls() {
		this.model.respondWith(FakeResponse.reasoning("Think").thenToolCall("get_weather", "{\"city\": \"Oslo\"}"));

		List<ServerSentEvent<JsonNode>> events = stream();

		assertThat(names(events)).containsExactly("reasoning", "tool-call", "completed");
		assertThat(events.get(0).data().path("text").stringValue()).isEqualTo("Think");
		assertThat(events.get(1).data()).isEqualTo(events.get(2).data().path("toolCalls").get(0));
		assertThat(events.get(1).data().path("arguments").path("city").stringValue()).isEqualTo("Oslo");
	}

	@Test
	void failureInMidStreamIsTheLastEvent() {
		this.model.respondWith(FakeResponse.text("A short")
			.thenFail(ModelException.builder(Kind.OVERLOADED, "Try later").provider("anthropic").status(529).build()));

		List<ServerSentEvent<JsonNode>> events = stream();

		assertThat(names(events)).containsExactly("text", "text", "error");
		JsonNode problem = events.get(2).data();
		assertThat(problem.path("kind").stringValue()).isEqualTo("OVERLOADED");
		assertThat(problem.path("status").intValue()).isEqualTo(503);
		assertThat(problem.path("upstreamStatus").intValue()).isEqualTo(529);
		assertThat(problem.path("detail").stringValue()).isEqualTo("Try later");
	}

	@Test
	void badBodyIsAProblemAndNoEvent() {
		post("{\"messages\": []}").expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("messages must not be empty");
	}

	private List<ServerSentEvent<JsonNode>> stream() {
		return post("{\"message\": \"Hi\"}").expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(EVENT)
			.getResponseBody()
			.collectList()
			.block(Duration.ofSeconds(20));
	}

	private WebTestClient.ResponseSpec post(String body) {
		return this.client.post()
			.uri("/api/chat/stream")
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(body)
			.exchange();
	}

	private static List<String> names(List<ServerSentEvent<JsonNode>> events) {
		return events.stream().map(ServerSentEvent::event).toList();
	}

}
