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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadFilter}.
 */
class LoadFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final WebFilterChain READING = (exchange) -> exchange.getRequest().getBody().then();

	static SampleProperties.Limit limit(int chats, long bodies) {
		return new SampleProperties.Limit(chats, DataSize.ofBytes(bodies), Duration.ofSeconds(30),
				Duration.ofSeconds(30));
	}

	private static LoadFilter filter(int chats, long bodies) {
		return new LoadFilter(
				new SampleProperties(Collections.emptySet(), Collections.emptySet(), limit(chats, bodies)));
	}

	private static MockServerWebExchange exchange(String path, Flux<DataBuffer> body) {
		return MockServerWebExchange.from(MockServerHttpRequest.post(path).body(body));
	}

	private static DataBuffer buffer(int size) {
		return DefaultDataBufferFactory.sharedInstance.wrap("x".repeat(size).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void turnsAwayMoreChatsThanAllowedUntilOneEnds() {
		LoadFilter filter = filter(2, 100);
		List<Disposable> chats = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			chats.add(filter.filter(exchange("/api/chat", Flux.empty()), (exchange) -> Mono.never()).subscribe());
		}

		StepVerifier.create(filter.filter(exchange("/api/chat", Flux.empty()), READING))
			.expectErrorSatisfies(LoadFilterTests::assertBusy)
			.verify(TIMEOUT);
		StepVerifier.create(filter.filter(exchange("/actuator/health", Flux.empty()), READING))
			.expectComplete()
			.verify(TIMEOUT);

		chats.get(0).dispose();
		StepVerifier.create(filter.filter(exchange("/api/chat", Flux.empty()), READING))
			.expectComplete()
			.verify(TIMEOUT);
		chats.get(1).dispose();
		assertThat(filter.chats()).isZero();
	}

	private static void assertBusy(Throwable failure) {
		assertThat(failure).isInstanceOfSatisfying(ModelException.class, (ex) -> {
			assertThat(ex.getKind()).isEqualTo(Kind.OVERLOADED);
			assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(1));
		});
	}

	@Test
	void turnsAwayBodiesThatTogetherAreTooLargeUntilOneEnds() {
		LoadFilter filter = filter(9, 100);
		TestPublisher<DataBuffer> first = TestPublisher.create();
		Disposable chat = filter.filter(exchange("/api/chat", first.flux()), READING).subscribe();
		first.next(buffer(60));

		StepVerifier.create(filter.filter(exchange("/api/chat", Flux.just(buffer(30), buffer(30))), READING))
			.expectErrorSatisfies(LoadFilterTests::assertBusy)
			.verify(TIMEOUT);
		assertThat(filter.bytes()).isEqualTo(60);
		first.next(buffer(40));

		chat.dispose();
		assertThat(filter.bytes()).isZero();
		StepVerifier.create(filter.filter(exchange("/api/chat", Flux.just(buffer(100))), READING))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(filter.bytes()).isZero();
		assertThat(filter.chats()).isZero();
	}

	@Test
	void bodyCountsUntilTheAnswerIsSent() {
		LoadFilter filter = filter(9, 100);
		TestPublisher<Void> answer = TestPublisher.create();

		StepVerifier
			.create(filter.filter(exchange("/api/chat", Flux.just(buffer(60))),
					(exchange) -> exchange.getRequest().getBody().then(answer.mono())))
			.then(() -> assertThat(filter.bytes()).isEqualTo(60))
			.then(answer::complete)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(filter.bytes()).isZero();
	}

	@Test
	void bodyInPiecesOfAByteTakesFewBuffers() {
		LoadFilter filter = filter(9, 1_000_000);
		List<DataBuffer> buffers = new ArrayList<>();

		StepVerifier
			.create(filter.filter(exchange("/api/chat", Flux.range(0, 200_000).map((index) -> buffer(1))),
					(exchange) -> exchange.getRequest().getBody().doOnNext(buffers::add).then()))
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(buffers).hasSize(4);
		assertThat(buffers.stream().mapToInt(DataBuffer::readableByteCount).sum()).isEqualTo(200_000);
	}

	@Test
	void bodyThatDoesNotArriveIsGivenUp() {
		StepVerifier
			.withVirtualTime(() -> filter(9, 100)
				.filter(exchange("/api/chat", Flux.interval(Duration.ofSeconds(1)).map((index) -> buffer(1))), READING))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(29))
			.thenAwait(Duration.ofSeconds(1))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOfSatisfying(ResponseStatusException.class,
					(ex) -> assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.REQUEST_TIMEOUT)))
			.verify(TIMEOUT);
	}

}
