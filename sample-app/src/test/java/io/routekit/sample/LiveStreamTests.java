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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a stream is live, with a model that the test plays.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class LiveStreamTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private WebTestClient client;

	@Autowired
	private Play play;

	@BeforeEach
	void start() {
		this.play.events = TestPublisher.createCold();
		this.play.cancelled = new CountDownLatch(1);
	}

	@Test
	void eachEventIsSentWhenItHappens() {
		StepVerifier.create(stream())
			.then(() -> this.play.events.next(new StreamEvent.Text("Hel")))
			.expectNext("{\"text\":\"Hel\"}")
			.then(() -> this.play.events.next(new StreamEvent.Text("lo")))
			.expectNext("{\"text\":\"lo\"}")
			.then(() -> this.play.events.next(new StreamEvent.Completed(ModelResponse.of("Hello"))).complete())
			.assertNext((completed) -> assertThat(completed).contains("\"content\":\"Hello\""))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void cancelReachesTheModel() throws InterruptedException {
		StepVerifier.create(stream())
			.then(() -> this.play.events.next(new StreamEvent.Text("Hel")))
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);

		assertThat(this.play.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private Flux<String> stream() {
		this.play.events.next(new StreamEvent.Text("Well, "));
		return this.client.post()
			.uri("/api/chat/stream")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"message\": \"Hi\"}")
			.exchange()
			.returnResult(String.class)
			.getResponseBody()
			.skip(1);
	}

	/**
	 * What the test plays and sees.
	 */
	static final class Play {

		private volatile TestPublisher<StreamEvent> events = TestPublisher.createCold();

		private volatile CountDownLatch cancelled = new CountDownLatch(1);

	}

	/**
	 * A model that streams what is played.
	 */
	static class PlayedModel implements Model {

		private final Play play;

		PlayedModel(Play play) {
			this.play = play;
		}

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.never();
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request) {
			return this.play.events.flux().doOnCancel(this.play.cancelled::countDown);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class PlayedModelConfiguration {

		@Bean
		Play play() {
			return new Play();
		}

		@Bean
		PlayedModel playedModel(Play play) {
			return new PlayedModel(play);
		}

	}

}
