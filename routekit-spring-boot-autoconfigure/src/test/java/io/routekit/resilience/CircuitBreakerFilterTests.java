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

package io.routekit.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CircuitBreakerFilter}.
 */
class CircuitBreakerFilterTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String PROPERTY = "routekit.provider.circuit-breaker";

	private static final StreamEvent TEXT = new StreamEvent.Text("one");

	private static final StreamEvent COMPLETED = new StreamEvent.Completed(ModelResponse.of("one"));

	private final FakeModel fake = FakeModel.builder().build();

	private final CircuitBreaker breaker = CircuitBreaker.of("fast",
			CircuitBreakerConfig.custom()
				.slidingWindowSize(10)
				.minimumNumberOfCalls(2)
				.permittedNumberOfCallsInHalfOpenState(1)
				.waitDurationInOpenState(Duration.ofSeconds(7))
				.build());

	private final Model model = filter(this.fake);

	private Model filter(Model model) {
		return model.filter(new CircuitBreakerFilter(this.breaker, PROPERTY));
	}

	private Model streaming(Publisher<StreamEvent> events) {
		return filter(new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.never();
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request) {
				return Flux.from(events);
			}

		});
	}

	private void assertCounted(int successes, int failures) {
		assertThat(this.breaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(successes);
		assertThat(this.breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(failures);
	}

	private void assertPermissionIsBack() {
		assertThat(this.breaker.tryAcquirePermission()).isTrue();
		this.breaker.releasePermission();
	}

	private static ModelException failureOf(Publisher<?> call) {
		AtomicInteger calls = new AtomicInteger();
		ModelException[] failure = new ModelException[1];
		StepVerifier.create(call).thenConsumeWhile((event) -> true).expectErrorSatisfies((ex) -> {
			calls.incrementAndGet();
			failure[0] = (ModelException) ex;
		}).verify(LIMIT);
		assertThat(calls).hasValue(1);
		return failure[0];
	}

	@Test
	void callsOfAModelThatAnswersSucceed() {
		this.fake.respondWith(FakeResponse.text("Hello"), FakeResponse.text("Hello"));
		StepVerifier.create(this.model.chat("Hi")).expectNextCount(1).expectComplete().verify(LIMIT);
		StepVerifier.create(this.model.stream("Hi").transform(StreamEvent::text))
			.expectNext("Hello")
			.expectComplete()
			.verify(LIMIT);
		assertCounted(2, 0);
	}

	@Test
	void opensAfterFailuresAndCallsTheModelNoMore() {
		this.fake.respondWith(FakeResponse.failure(Kind.SERVER), FakeResponse.failure(Kind.TIMEOUT));
		failureOf(this.model.chat("Hi"));
		failureOf(this.model.stream("Hi"));
		assertThat(this.breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);

		for (Publisher<?> call : new Publisher<?>[] { this.model.chat("Hi"), this.model.stream("Hi") }) {
			ModelException failure = failureOf(call);
			assertThat(failure.getKind()).isEqualTo(Kind.CIRCUIT_OPEN);
			assertThat(failure.isRetryable()).isFalse();
			assertThat(failure).hasMessage("The circuit of the model '%s' is open after too many failures (%s)"
				.formatted(this.fake.name(), PROPERTY));
			assertThat(failure.getProvider()).isEqualTo(this.fake.provider());
			assertThat(failure.getModel()).isEqualTo(this.fake.name());
			assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
		}
		assertThat(this.fake.requests()).hasSize(2);
	}

	@Test
	void takesThePermissionAtSubscription() {
		this.fake.respondWith(FakeResponse.text("Hello"));
		Mono<ModelResponse> answer = this.model.chat("Hi");
		this.breaker.transitionToOpenState();
		assertThat(failureOf(answer).getKind()).isEqualTo(Kind.CIRCUIT_OPEN);
		this.breaker.transitionToClosedState();
		StepVerifier.create(answer).expectNextCount(1).expectComplete().verify(LIMIT);
	}

	@ParameterizedTest
	@EnumSource(names = { "RATE_LIMIT", "OVERLOADED", "SERVER", "TIMEOUT", "NETWORK", "INVALID_RESPONSE" })
	void failureOfTheModelCounts(Kind kind) {
		this.fake.respondWith(FakeResponse.failure(kind));
		assertThat(failureOf(this.model.chat("Hi")).getKind()).isEqualTo(kind);
		assertCounted(0, 1);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE,
			names = { "RATE_LIMIT", "OVERLOADED", "SERVER", "TIMEOUT", "NETWORK", "INVALID_RESPONSE" })
	void failureOfTheRequestGivesThePermissionBack(Kind kind) {
		halfOpen();
		this.fake.respondWith(FakeResponse.failure(kind));
		assertThat(failureOf(this.model.stream("Hi")).getKind()).isEqualTo(kind);
		assertCounted(0, 0);
		assertPermissionIsBack();
	}

	@Test
	void anyOtherExceptionCounts() {
		Model model = filter((request) -> Mono.error(new IllegalStateException("Broken")));
		StepVerifier.create(model.chat("Hi")).expectError(IllegalStateException.class).verify(LIMIT);
		assertCounted(0, 1);
	}

	@Test
	void exceptionThatAModelThrowsCounts() {
		Model model = filter((request) -> {
			throw new IllegalStateException("Broken");
		});
		StepVerifier.create(model.chat("Hi")).expectError(IllegalStateException.class).verify(LIMIT);
		assertCounted(0, 1);
	}

	@Test
	void failureInMidStreamCounts() {
		Model model = streaming(Flux.concat(Flux.just(TEXT), Flux.error(ModelException.of(Kind.NETWORK, "Cut"))));
		assertThat(failureOf(model.stream("Hi")).getKind()).isEqualTo(Kind.NETWORK);
		assertCounted(0, 1);
	}

	@Test
	void cancelBeforeTheFirstEventGivesThePermissionBack() {
		halfOpen();
		StepVerifier.create(streaming(Flux.never()).stream("Hi")).expectSubscription().thenCancel().verify(LIMIT);
		assertCounted(0, 0);
		assertPermissionIsBack();
		StepVerifier.create(streaming(Flux.never()).chat("Hi")).expectSubscription().thenCancel().verify(LIMIT);
		assertCounted(0, 0);
		assertPermissionIsBack();
	}

	@Test
	void cancelAfterTheFirstEventIsASuccess() {
		TestPublisher<StreamEvent> events = TestPublisher.create();
		StepVerifier.create(streaming(events).stream("Hi"))
			.then(() -> events.next(TEXT))
			.expectNext(TEXT)
			.thenCancel()
			.verify(LIMIT);
		events.assertCancelled();
		assertCounted(1, 0);
	}

	@Test
	void whatFollowsTheEndDoesNotCount() {
		TestPublisher<StreamEvent> events = TestPublisher
			.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		StepVerifier.create(streaming(events).stream("Hi"))
			.then(() -> events.next(TEXT, COMPLETED))
			.expectNext(TEXT, COMPLETED)
			.then(() -> events.error(new IllegalStateException("Late")))
			.expectError()
			.verify(LIMIT);
		assertCounted(1, 0);
	}

	@Test
	void callThatFollowsTheLastEventFindsTheCircuitClosed() {
		halfOpen();
		this.fake.respondWith(FakeResponse.text("one"), FakeResponse.text("two"), FakeResponse.text("three"));
		StepVerifier
			.create(this.model.chat("Hi")
				.flatMapMany((response) -> this.model.stream("Hi"))
				.flatMap((event) -> (event instanceof StreamEvent.Completed) ? this.model.chat("Hi") : Mono.empty())
				.map(ModelResponse::content))
			.expectNext("three")
			.expectComplete()
			.verify(LIMIT);
		assertCounted(2, 0);
	}

	private void halfOpen() {
		this.breaker.transitionToOpenState();
		this.breaker.transitionToHalfOpenState();
	}

}
