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

import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a service that uses a model, in the way that any service would be tested: the
 * profile {@code test} configures the answers, and {@link FakeModel} tells what was
 * asked.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ActiveProfiles("test")
@Import(ServiceTests.Summarizer.class)
class ServiceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Autowired
	private Summarizer summarizer;

	@Autowired
	private FakeModel model;

	@BeforeEach
	void reset() {
		this.model.reset();
	}

	@Test
	void summarizes() {
		StepVerifier.create(this.summarizer.summarize("A long text"))
			.expectNext("A short summary.")
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(this.model.lastRequest().messages()).containsExactly(Message.system("Summarize in one sentence."),
				Message.user("A long text"));
	}

	@Test
	void summarizesLive() {
		StepVerifier.create(this.summarizer.live("A long text"))
			.expectNext("A", " short", " summary.")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void passesOnThatTheProviderIsOverloaded() {
		this.model.respondWith(FakeResponse.failure(Kind.OVERLOADED));

		StepVerifier.create(this.summarizer.summarize("A long text"))
			.expectErrorMatches((ex) -> ex instanceof ModelException failure && failure.isRetryable())
			.verify(TIMEOUT);
	}

	/**
	 * The service.
	 */
	@Service
	static class Summarizer {

		private final Model model;

		Summarizer(Model model) {
			this.model = model;
		}

		Mono<String> summarize(String text) {
			return this.model.chat(List.of(Message.system("Summarize in one sentence."), Message.user(text)))
				.map(ModelResponse::content);
		}

		Flux<String> live(String text) {
			return this.model.stream(text).transform(StreamEvent::text);
		}

	}

}
