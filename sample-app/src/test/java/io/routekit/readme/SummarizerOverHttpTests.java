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

package io.routekit.readme;

import java.time.Duration;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.fake.FakeResponse;
import io.routekit.test.server.ModelServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of the page on tests, over HTTP.
 */
@SpringBootTest(properties = "routekit.provider.type=anthropic")
class SummarizerOverHttpTests {

	@RegisterExtension
	static final ModelServerExtension provider = new ModelServerExtension();

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("routekit.provider.base-url", () -> provider.server().url());
	}

	@Autowired
	private Summarizer summarizer;

	@Test
	void summarizes() {
		provider.server().model().respondWith("A short summary.");
		assertThat(this.summarizer.summarize("A long text").block()).isEqualTo("A short summary.");
		assertThat(provider.server().lastRequest().json().at("/system/0/text").asString())
			.isEqualTo("Summarize in one sentence.");
	}

	@Test
	void triesAgain() {
		provider.server()
			.model()
			.respondWith(FakeResponse
				.failure(ModelException.builder(Kind.RATE_LIMIT, "Slow down").retryAfter(Duration.ofMillis(5)).build()))
			.respondWith("A short summary.");
		assertThat(this.summarizer.summarize("A long text").block()).isEqualTo("A short summary.");
	}

	@Test
	void doesNotWaitForLong() {
		provider.server()
			.model()
			.respondWith(FakeResponse.failure(
					ModelException.builder(Kind.RATE_LIMIT, "Slow down").retryAfter(Duration.ofMinutes(2)).build()));
		StepVerifier.create(this.summarizer.summarize("A long text")).expectErrorSatisfies((ex) -> {
			assertThat(((ModelException) ex).getStatus()).isEqualTo(429);
			assertThat(((ModelException) ex).getRetryAfter()).isEqualTo(Duration.ofMinutes(2));
		}).verify(Duration.ofSeconds(10));
	}

	@Test
	void doesNotTakeHalfAnAnswerForOne() {
		provider.server()
			.model()
			.respondWith(FakeResponse.text("A short").thenFail(ModelException.of(Kind.NETWORK, "cut")));
		StepVerifier.create(this.summarizer.live("A long text"))
			.expectNext("A", " short")
			.expectError(ModelException.class)
			.verify(Duration.ofSeconds(10));
	}

}
