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

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.routekit.ChatRequest;
import io.routekit.ModelException.Kind;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the headers of all answers, {@link SecurityHeadersFilter}, and for who is
 * answered at all, {@link SameOriginFilter}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.allowed-hosts=chat.example.org")
@AutoConfigureWebTestClient
@ActiveProfiles("test")
class SecurityHeadersTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private FakeModel model;

	@BeforeEach
	void reset() {
		this.model.reset();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			GET    | /index.html           | -               | 200
			GET    | /app.js               | -               | 200
			GET    | /nowhere              | -               | 404
			GET    | /api/chat             | -               | 405
			POST   | /api/chat             | {"message":"a"} | 200
			POST   | /api/chat/stream      | {"message":"a"} | 200
			POST   | /api/chat             | {"message":""}  | 400
			POST   | /api/chat/stream      | {               | 400
			POST   | /api/chat             | -               | 415
			GET    | /actuator/health      | -               | 200
			GET    | /actuator/prometheus  | -               | 200
			GET    | /actuator/routekit    | -               | 200
			GET    | /actuator/routekit/no | -               | 404
			GET    | /actuator/env         | -               | 404
			""")
	void everyAnswerTellsBrowsersWhatThePageMayDo(String method, String path, String body, int status) {
		assertHeaders(send(method, path, body), status);
	}

	@Test
	void failuresTellItToo() {
		this.model.respondWith(FakeResponse.failure(Kind.OVERLOADED));
		assertHeaders(send("POST", "/api/chat", "{\"message\":\"a\"}"), 503);

		this.model.respondWith((ChatRequest request) -> {
			throw new IllegalStateException("broken");
		});
		assertHeaders(send("POST", "/api/chat", "{\"message\":\"a\"}"), 500);
	}

	private ResponseSpec send(String method, String path, String body) {
		RequestBodySpec request = this.client.method(HttpMethod.valueOf(method)).uri(path);
		return ((body != null) ? request.contentType(MediaType.APPLICATION_JSON).bodyValue(body) : request).exchange();
	}

	private static void assertHeaders(ResponseSpec response, int status) {
		HttpHeaders headers = response.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseHeaders();
		assertThat(headers.getFirst("Content-Security-Policy"))
			.contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'",
					"base-uri 'none'", "form-action 'none'")
			.doesNotContain("unsafe", "*", "http");
		assertThat(headers.toSingleValueMap()).containsEntry("X-Content-Type-Options", "nosniff")
			.containsEntry("X-Frame-Options", "DENY")
			.containsEntry("Referrer-Policy", "no-referrer")
			.containsEntry("Cross-Origin-Opener-Policy", "same-origin")
			.containsEntry("Cross-Origin-Resource-Policy", "same-origin")
			.containsKey("Permissions-Policy");
		assertThat(headers.headerNames()).noneMatch((name) -> name.startsWith("Access-Control-"));
	}

	@ParameterizedTest
	@CsvSource({ "/api/chat", "/api/chat/stream", "/actuator/health", "/actuator/routekit", "/nowhere" })
	void noAnswerIsKept(String path) {
		this.client.get().uri(path).exchange().expectHeader().valueEquals("Cache-Control", "no-store");
		send("POST", path, "{\"message\":\"a\"}").expectHeader().valueEquals("Cache-Control", "no-store");
	}

	@Test
	void filesOfThePageAreKept() {
		this.client.get().uri("/app.js").exchange().expectHeader().doesNotExist("Cache-Control");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
	void acceptsNothingThatAFormCouldSend(String type) {
		this.client.post()
			.uri("/api/chat")
			.header("Content-Type", type)
			.bodyValue("{\"message\": \"Hi\"}".getBytes(StandardCharsets.UTF_8))
			.exchange()
			.expectStatus()
			.is4xxClientError();

		assertThat(this.model.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://evil.example", "https://localhost", "http://localhost", "http://localhost:1",
			"http://localhost.evil.example", "null" })
	void refusesPagesOfOtherOrigins(String origin) {
		for (String path : new String[] { "/api/chat", "/api/chat/stream" }) {
			this.client.post()
				.uri(path)
				.header("Origin", origin)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"message\": \"Hi\"}")
				.exchange()
				.expectStatus()
				.isForbidden()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("The request comes from a page of another origin");
		}
		assertThat(this.model.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example",
			"10.0.0.1", "chat.example.org.evil.example" })
	void refusesNamesThatAreTurnedToThisMachine(String host) {
		for (String path : new String[] { "/index.html", "/api/chat", "/actuator/routekit", "/actuator/prometheus" }) {
			this.client.get()
				.uri(path)
				.header("Host", host)
				.exchange()
				.expectStatus()
				.isForbidden()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("The host is not among those that sample.allowed-hosts lists");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080", "chat.example.org",
			"Chat.Example.org:443" })
	void answersItsOwnPage(String host) {
		for (String scheme : new String[] { "http://", "https://" }) {
			this.client.post()
				.uri("/api/chat")
				.header("Host", host)
				.header("Origin", scheme + host.toLowerCase(Locale.ROOT))
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"message\": \"Hi\"}")
				.exchange()
				.expectStatus()
				.isOk();
		}
	}

}
