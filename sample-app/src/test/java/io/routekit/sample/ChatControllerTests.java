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

import java.util.Map;

import io.routekit.Message;
import io.routekit.fake.FakeModel;
import io.routekit.test.autoconfigure.AutoConfigureFakeModel;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatController} alone, with a fake in the place of the model.
 */
@WebFluxTest(ChatController.class)
@AutoConfigureFakeModel
@Import({ ChatModels.class, StateSeal.class, StrictJson.class })
class ChatControllerTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private FakeModel model;

	@Test
	void answers() {
		this.model.respondWith("Hello");

		this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("message", "Hi"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.content")
			.isEqualTo("Hello");
		assertThat(this.model.lastRequest().messages()).containsExactly(Message.user("Hi"));
	}

}
