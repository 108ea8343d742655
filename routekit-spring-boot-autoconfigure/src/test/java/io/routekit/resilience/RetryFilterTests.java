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
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.routekit.CallDeadline;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.WatchedCalls;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryFilter}.
 */
class RetryFilterTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final FakeModel fake = FakeModel.builder().build();

	private final Model model = model(RetryPolicy.defaults(), Timeouts.defaults(), 0);

	private Model model(RetryPolicy policy, Timeouts timeouts, double random) {
		return ModelCall.model("fast", timeouts,
				this.fake.filter(new RetryFilter("fast", policy, new ResilienceMetrics(this.registry), () -> random)));
	}

	private static FakeResponse failure(Kind kind, @Nullable Duration retryAfter) {
		return FakeResponse.failure(FakeResponse.failureOf(kind, "Not now").retryAfter(retryAfter).build());
	}

	private double retries(Kind kind) {
		return this.registry.get("routekit.retries")
			.tags("routekit.model", "fast", "gen_ai.provider.name", "fake", "error.type", kind.errorType())
			.counter()
			.count();
	}

	@Test
	void waitsHalfASecondThenASecond() {
		this.fake.respondWith(failure(Kind.OVERLOADED, null), failure(Kind.SERVER, null), FakeResponse.text("Hello"));
		StepVerifier.withVirtualTime(() -> this.model.chat("Hi").map(ModelResponse::content))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(1499))
			.thenAwait(Duration.ofMillis(1))
			.expectNext("Hello")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.fake.requests()).hasSize(3);
		assertThat(retries(Kind.OVERLOADED)).isEqualTo(1);
		assertThat(retries(Kind.SERVER)).isEqualTo(1);
	}

	@Test
	void takesUpToAQuarterOffAtRandom() {
		this.fake.respondWith(failure(Kind.OVERLOADED, null), FakeResponse.text("Hello"));
		Model model = model(RetryPolicy.defaults(), Timeouts.defaults(), 1);
		StepVerifier.withVirtualTime(() -> model.chat("Hi"))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(374))
			.thenAwait(Duration.ofMillis(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void waitsNoLongerThanTheLongestDelay() {
		RetryPolicy policy = RetryPolicy.builder()
			.maxRetries(100)
			.delay(Duration.ofMillis(500))
			.maxDelay(Duration.ofSeconds(8))
			.maxRetryAfter(Duration.ZERO)
			.build();
		assertThat(policy.backoff(4, 0)).isEqualTo(Duration.ofSeconds(4));
		assertThat(policy.backoff(5, 0)).isEqualTo(Duration.ofSeconds(8));
		assertThat(policy.backoff(100, 1)).isEqualTo(Duration.ofSeconds(6));
		assertThat(RetryPolicy.builder()
			.maxRetries(1)
			.delay(Duration.ZERO)
			.maxDelay(Duration.ZERO)
			.maxRetryAfter(Duration.ZERO)
			.build()
			.backoff(1, 0.5)).isZero();
	}

	@Test
	void givesUpWithTheLastFailure() {
		this.fake.respondWith(failure(Kind.OVERLOADED, Duration.ZERO), failure(Kind.SERVER, Duration.ZERO),
				failure(Kind.RATE_LIMIT, Duration.ZERO));
		assertThat(failureOf(this.model.chat("Hi")).getKind()).isEqualTo(Kind.RATE_LIMIT);
		assertThat(this.fake.requests()).hasSize(3);
	}

	@ParameterizedTest
	@EnumSource
	void triesAgainOnlyAfterWhatMayPass(Kind kind) {
		this.fake.respondWith(failure(kind, Duration.ZERO), FakeResponse.text("Hello"));
		this.fake.respondWith(failure(kind, Duration.ZERO), FakeResponse.text("Hello"));
		if (kind.isRetryable()) {
			assertThat(this.model.chat("Hi").block(LIMIT)).isNotNull();
			assertThat(this.model.stream("Hi").blockLast(LIMIT)).isNotNull();
		}
		else {
			assertThat(failureOf(this.model.chat("Hi")).getKind()).isEqualTo(kind);
			assertThat(this.registry.find("routekit.retries").counters()).isEmpty();
		}
	}

	@Test
	void theFailureSaysWhetherItMayPass() {
		this.fake.respondWith(
				FakeResponse.failure(FakeResponse.failureOf(Kind.INVALID_REQUEST, "Try again")
					.retryable(true)
					.retryAfter(Duration.ZERO)
					.build()),
				FakeResponse.failure(FakeResponse.failureOf(Kind.SERVER, "Don't").retryable(false).build()));
		assertThat(failureOf(this.model.chat("Hi"))).hasMessageContaining("Don't");
		assertThat(this.fake.requests()).hasSize(2);
	}

	@Test
	void waitsAsLongAsTheServerSays() {
		this.fake.respondWith(failure(Kind.RATE_LIMIT, Duration.ofSeconds(60)), FakeResponse.text("Hello"));
		StepVerifier.withVirtualTime(() -> this.model.chat("Hi"))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(59))
			.thenAwait(Duration.ofSeconds(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void failsAtOnceWhenTheServerSaysTooLong() {
		this.fake.respondWith(failure(Kind.RATE_LIMIT, Duration.ofSeconds(61)), FakeResponse.text("Hello"));
		assertThat(failureOf(this.model.chat("Hi")).getRetryAfter()).isEqualTo(Duration.ofSeconds(61));
		assertThat(this.fake.requests()).hasSize(1);
	}

	@Test
	void failsAtOnceWhenTheWaitEndsAfterTheDeadline() {
		this.fake.respondWith(failure(Kind.RATE_LIMIT, Duration.ofSeconds(50)), FakeResponse.text("Hello"));
		Model model = model(RetryPolicy.defaults(), Timeouts.builder().total(Duration.ofSeconds(40)).build(), 0);
		assertThat(failureOf(model.chat("Hi")).getRetryAfter()).isEqualTo(Duration.ofSeconds(50));
		this.fake.reset();
		this.fake.respondWith(failure(Kind.OVERLOADED, null), FakeResponse.text("Hello"));
		assertThat(failureOf(WatchedCalls.within(Duration.ofMillis(100), this.model).stream("Hi")).getKind())
			.isEqualTo(Kind.OVERLOADED);
		assertThat(this.fake.requests()).hasSize(1);
	}

	@Test
	void allAttemptsHaveOneDeadline() {
		List<CallDeadline> deadlines = new ArrayList<>();
		Model model = ModelCall.model("fast", Timeouts.defaults(),
				((Model) (request) -> Mono.deferContextual((context) -> {
					deadlines.add(ModelCall.from(context).deadline());
					return Mono
						.error(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").retryAfter(Duration.ZERO).build());
				})).filter(new RetryFilter("fast", RetryPolicy.defaults(), new ResilienceListener() {
				})));
		failureOf(model.chat("Hi"));
		assertThat(deadlines).hasSize(3).containsOnly(deadlines.get(0));
		assertThat(deadlines.get(0).timeout()).isEqualTo(Timeouts.defaults().chatTotal());
		deadlines.clear();
		failureOf(model.stream("Hi"));
		assertThat(deadlines).hasSize(3).containsOnlyNulls();
	}

	@Test
	void aStreamIsTriedAgainBeforeItsFirstEvent() {
		this.fake.respondWith(failure(Kind.OVERLOADED, Duration.ZERO), FakeResponse.text("Hello"));
		StepVerifier.create(this.model.stream("Hi"), 1)
			.expectNext(new StreamEvent.Text("Hello"))
			.thenRequest(1)
			.expectNextMatches(StreamEvent.Completed.class::isInstance)
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.fake.requests()).hasSize(2);
	}

	@Test
	void aStreamIsNotTriedAgainAfterAnEvent() {
		this.fake.respondWith(
				FakeResponse.text("Hel")
					.thenFail(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").retryAfter(Duration.ZERO).build()),
				FakeResponse.text("Hello"));
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("Hel"))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("Not now"))
			.verify(LIMIT);
		assertThat(this.fake.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3 })
	void aRequestSaysHowOften(int maxRetries) {
		this.fake.when((request) -> true).respondWith(failure(Kind.SERVER, Duration.ZERO));
		ChatRequest request = ChatRequest.of("Hi").withOptions(ChatOptions.builder().maxRetries(maxRetries).build());
		failureOf(this.model.chat(request));
		assertThat(this.fake.requests()).hasSize(maxRetries + 1);
		failureOf(this.model.stream(request));
		assertThat(this.fake.requests()).hasSize(2 * (maxRetries + 1));
	}

	@Test
	void aTokenIsRenewedOnce() {
		this.fake.when((request) -> true)
			.respondWith(FakeResponse.failure(FakeResponse.failureOf(Kind.AUTHENTICATION, "Expired")
				.retryable(true)
				.retryAfter(Duration.ZERO)
				.build()));
		failureOf(this.model.chat("Hi"));
		assertThat(this.fake.requests()).hasSize(2);
	}

	@Test
	void aCancelledCallIsNotTriedAgain() {
		this.fake.respondWith(failure(Kind.OVERLOADED, null), FakeResponse.text("Hello"));
		StepVerifier.withVirtualTime(() -> this.model.stream("Hi"))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(100))
			.thenCancel()
			.verify(LIMIT);
		assertThat(this.fake.requests()).hasSize(1);
		assertThat(this.registry.find("routekit.retries").counters()).isEmpty();
	}

	@Test
	void otherExceptionsAreNoReasonToTryAgain() {
		List<ChatRequest> requests = new ArrayList<>();
		Model model = ((Model) (request) -> {
			requests.add(request);
			return Mono.error(new IllegalStateException("A bug"));
		}).filter(new RetryFilter("fast", RetryPolicy.defaults(), new ResilienceListener() {
		}));
		StepVerifier.create(model.chat("Hi")).expectErrorMessage("A bug").verify(LIMIT);
		assertThat(requests).hasSize(1);
	}

	private static ModelException failureOf(Publisher<?> call) {
		List<ModelException> failures = new ArrayList<>();
		StepVerifier.create(call)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ModelException.class, failures::add))
			.verify(LIMIT);
		return failures.get(0);
	}

}
