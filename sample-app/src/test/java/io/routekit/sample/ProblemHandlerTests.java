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

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProblemHandler}.
 */
class ProblemHandlerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ProblemHandler handler = new ProblemHandler(JsonMapper.shared());

	private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

	private final IOException failure = new IOException("Connection reset by peer");

	@Test
	void failureIsAProblem() {
		StepVerifier.create(this.handler.handle(this.exchange, this.failure)).expectComplete().verify(TIMEOUT);

		assertThat(this.exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		StepVerifier.create(this.exchange.getResponse().getBodyAsString())
			.assertNext((body) -> assertThat(body).contains("\"status\":500"))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void failureAfterTheAnswerHasBegunIsLeftToSpring() {
		this.exchange.getResponse().setComplete().block(TIMEOUT);

		StepVerifier.create(this.handler.handle(this.exchange, this.failure))
			.expectErrorMatches(this.failure::equals)
			.verify(TIMEOUT);
	}

}
