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

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link ProblemAdvice}.
 */
class ProblemAdviceTests {

	private final ProblemAdvice advice = new ProblemAdvice();

	private final MockServerHttpResponse response = new MockServerHttpResponse();

	private final IOException failure = new IOException("Connection reset by peer");

	@Test
	void failureIsAProblem() throws Exception {
		assertThat(this.advice.handle(this.failure, this.response).getStatusCode())
			.isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
	}

	@Test
	void failureAfterTheAnswerHasBegunIsLeftToSpring() {
		this.response.setComplete().block();
		assertThatException().isThrownBy(() -> this.advice.handle(this.failure, this.response)).isSameAs(this.failure);
	}

}
