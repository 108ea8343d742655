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
import java.util.Map;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.Usage;
import io.routekit.fake.FakeResponse;
import io.routekit.test.server.ModelServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the whole way through the sample, from HTTP to HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "routekit.provider.type=anthropic", "routekit.provider.model=claude-haiku-4-5",
				"routekit.provider.price-provider=anthropic" })
@AutoConfigureWebTestClient
class ProviderOverHttpTests {

	@RegisterExtension
	static final ModelServerExtension provider = new ModelServerExtension();

	@Autowired
	private WebTestClient client;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry properties) {
		properties.add("routekit.provider.base-url", () -> provider.server().url());
	}

	private static void script(FakeResponse response) {
		provider.server().model().respondWith(response);
	}

	private ResponseSpec post(String path) {
		return this.client.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("message", "Hi"))
			.exchange();
	}

	@Test
	void answerHasItsCost() {
		script(FakeResponse.text("Hello").withUsage(Usage.of(1000, 200)));

		// 1000 tokens of 1 USD and 200 of 5 USD a million
		post("/api/chat").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.content")
			.isEqualTo("Hello")
			.jsonPath("$.provider")
			.isEqualTo("anthropic")
			.jsonPath("$.usage.cost.amount")
			.isEqualTo("0.002");
		assertThat(provider.server().lastRequest().path()).isEqualTo("/v1/messages");
	}

	@Test
	void providerAsksForALongWait() {
		script(FakeResponse
			.failure(ModelException.builder(Kind.RATE_LIMIT, "Slow down").retryAfter(Duration.ofMinutes(2)).build()));

		post("/api/chat").expectStatus()
			.isEqualTo(429)
			.expectBody()
			.jsonPath("$.kind")
			.isEqualTo("RATE_LIMIT")
			.jsonPath("$.retryAfter")
			.isEqualTo(120)
			.jsonPath("$.upstreamStatus")
			.isEqualTo(429);
	}

	@Test
	void cutStreamEndsWithAnError() {
		script(FakeResponse.text("Hello you").thenFail(ModelException.of(Kind.NETWORK, "cut")));
		String events = post("/api/chat/stream").expectBody(String.class).returnResult().getResponseBody();

		assertThat(events).contains("event:text", "\"text\":\" you\"", "event:error", "\"kind\":\"NETWORK\"")
			.doesNotContain("event:completed");
	}

}
