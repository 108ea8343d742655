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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.routekit.CallDeadline;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelCall;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Models;
import io.routekit.StreamEvent;
import io.routekit.Timeouts;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Fallback}.
 */
class FallbackTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final FakeModel first = FakeModel.builder().name("first-model").build();

	private final FakeModel fast = FakeModel.builder().name("fast-model").build();

	private final FakeModel other = FakeModel.builder().name("other-model").build();

	private final Model model = model(this.first, Fallback.DEFAULT_KINDS);

	private Model model(Model first, Set<Kind> kinds) {
		return new Fallback("model", first, List.of("fast", "other"), kinds,
				Models.of(Map.of("fast", this.fast, "other", this.other)), new ResilienceMetrics(this.registry));
	}

	private static FakeResponse failure(Kind kind, String message) {
		return FakeResponse.failure(FakeResponse.failureOf(kind, message).build());
	}

	private double fallbacks(String from, String to, Kind kind) {
		return this.registry.get("routekit.fallback")
			.tags("routekit.model", from, "routekit.fallback.model", to, "error.type", kind.errorType())
			.counter()
			.count();
	}

	@Test
	void theFirstModelAnswersAloneWhileItCan() {
		this.first.respondWith("Hello");
		ModelResponse response = this.model.chat("Hi").block(LIMIT);
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.metadata()).doesNotContainKey("fallback");
		assertThat(this.fast.requests()).isEmpty();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void theNextModelAnswersWhenOneFails() {
		this.first.respondWith(failure(Kind.OVERLOADED, "Not now"));
		this.fast.respondWith(failure(Kind.NETWORK, "Nobody there"));
		this.other.respondWith("Hello");
		ModelResponse response = this.model.chat("Hi").block(LIMIT);
		assertThat(response.content()).isEqualTo("Hello");
		assertThat(response.metadata().get("fallback"))
			.isEqualTo(List.of(Map.of("model", "model", "provider", "fake", "error", "overloaded"),
					Map.of("model", "fast", "provider", "fake", "error", "network")));
		assertThat(fallbacks("model", "fast", Kind.OVERLOADED)).isEqualTo(1);
		assertThat(fallbacks("fast", "other", Kind.NETWORK)).isEqualTo(1);
	}

	@Test
	void aStreamGoesOnWithTheNextModelBeforeItsFirstEvent() {
		this.first.respondWith(failure(Kind.OVERLOADED, "Not now"));
		this.fast.respondWith("Hello");
		StepVerifier.create(this.model.stream("Hi"), 1)
			.expectNext(new StreamEvent.Text("Hello"))
			.thenRequest(1)
			.assertNext((event) -> assertThat(((StreamEvent.Completed) event).response().metadata())
				.containsKey("fallback"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aStreamEndsWithTheModelThatBeganIt() {
		this.first
			.respondWith(FakeResponse.text("Hel").thenFail(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").build()));
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("Hel"))
			.expectErrorMessage("Not now")
			.verify(LIMIT);
		this.first.respondWith(failure(Kind.OVERLOADED, "Not now"));
		this.fast
			.respondWith(FakeResponse.text("Hel").thenFail(FakeResponse.failureOf(Kind.OVERLOADED, "Nor now").build()));
		StepVerifier.create(this.model.stream("Hi"))
			.expectNext(new StreamEvent.Text("Hel"))
			.expectErrorMessage("Nor now")
			.verify(LIMIT);
		assertThat(this.other.requests()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void onlySomeKindsOfFailureAreNotThoseOfTheNextModel(Kind kind) {
		this.first.respondWith(failure(kind, "No"), failure(kind, "No"));
		this.fast.respondWith("Hello", "Hello");
		if (Fallback.DEFAULT_KINDS.contains(kind)) {
			assertThat(this.model.chat("Hi").block(LIMIT)).isNotNull();
			assertThat(this.model.stream("Hi").blockLast(LIMIT)).isNotNull();
		}
		else {
			assertThat(failureOf(this.model.chat("Hi"))).hasMessage("No");
			assertThat(failureOf(this.model.stream("Hi"))).hasMessage("No");
			assertThat(this.fast.requests()).isEmpty();
		}
	}

	@Test
	void theKindsCanBeOthers() {
		Model model = model(this.first, EnumSet.of(Kind.QUOTA));
		this.first.respondWith(failure(Kind.QUOTA, "No money"), failure(Kind.OVERLOADED, "Not now"));
		this.fast.respondWith("Hello");
		assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("Hello");
		assertThat(failureOf(model.chat("Hi"))).hasMessage("Not now");
	}

	@Test
	void ifAllFailTheFailureOfTheFirstTellsTheStory() {
		for (boolean stream : new boolean[] { false, true }) {
			this.first.respondWith(FakeResponse.failure(FakeResponse.failureOf(Kind.RATE_LIMIT, "Slow down")
				.status(429)
				.requestId("req_1")
				.retryAfter(Duration.ofMinutes(2))
				.build()));
			this.fast.respondWith(failure(Kind.TIMEOUT, "Too late"));
			this.other.respondWith(FakeResponse
				.failure(FakeResponse.failureOf(Kind.SERVER, "Broken").retryAfter(Duration.ofMinutes(1)).build()));
			ModelException failure = failureOf(stream ? this.model.stream("Hi") : this.model.chat("Hi"));
			assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
			assertThat(failure.getStatus()).isEqualTo(429);
			assertThat(failure.getRequestId()).isEqualTo("req_1");
			assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofMinutes(1));
			assertThat(failure.isRetryable()).isTrue();
			assertThat(failure).hasMessage("All 3 models failed: model (fake): RATE_LIMIT, Slow down; "
					+ "fast (fake): TIMEOUT, Too late; other (fake): SERVER, Broken");
			assertThat(failure).hasCauseInstanceOf(ModelException.class);
			assertThat(failure.getSuppressed()).hasSize(2);
			assertThat(failure.getDetails().get("fallback")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(3);
		}
	}

	@Test
	void aFailureThatOthersWouldHaveAsWellEndsTheStory() {
		this.first.respondWith(failure(Kind.OVERLOADED, "Not now"));
		this.fast.respondWith(failure(Kind.CONTEXT_LENGTH, "Too long"));
		assertThat(failureOf(this.model.chat("Hi"))).hasMessageContaining("fast (fake): CONTEXT_LENGTH, Too long");
		assertThat(this.other.requests()).isEmpty();
	}

	@Test
	void theNextModelIsAskedInItsOwnWords() {
		ChatRequest request = ChatRequest.builder()
			.messages(ChatRequest.of("Hi").messages())
			.options((options) -> options.model("first-model-2")
				.temperature(0.5)
				.serviceTier("priority")
				.extra("logit_bias", Map.of("50256", -100)))
			.build();
		Model foreign = new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.error(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").build());
			}

			@Override
			public String provider() {
				return "foreign";
			}

		};
		this.fast.respondWith("Hello", "Hello");
		model(foreign, Fallback.DEFAULT_KINDS).chat(request).block(LIMIT);
		ChatOptions options = this.fast.lastRequest().options();
		assertThat(options.model()).isNull();
		assertThat(options.serviceTier()).isNull();
		assertThat(options.extra()).isEmpty();
		assertThat(options.temperature()).isEqualTo(0.5);
		this.first.respondWith(failure(Kind.OVERLOADED, "Not now"));
		this.model.chat(request).block(LIMIT);
		options = this.fast.lastRequest().options();
		assertThat(options.model()).isNull();
		assertThat(options.serviceTier()).isEqualTo("priority");
		assertThat(options.extra()).containsKey("logit_bias");
	}

	@Test
	void aModelThatIsFallenBackToDoesNotFallBackItself() {
		List<Model> models = new ArrayList<>();
		Models byName = Models.of(Map.of("fast", (Model) (request) -> models.get(0).chat(request)));
		Model model = new Fallback("model", this.first, List.of("fast"), Fallback.DEFAULT_KINDS, byName,
				new ResilienceMetrics(this.registry));
		models.add(model);
		this.first.when((request) -> true).respondWith(failure(Kind.OVERLOADED, "Not now"));
		failureOf(model.chat("Hi"));
		assertThat(this.first.requests()).hasSize(2);
	}

	@Test
	void theTotalOfARequestBoundsAllModels() {
		List<CallDeadline> deadlines = new ArrayList<>();
		Model watched = (request) -> Mono.deferContextual((context) -> {
			deadlines.add(ModelCall.from(context).deadline());
			return Mono.error(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").build());
		});
		Model model = new Fallback("model", watched, List.of("fast"), Fallback.DEFAULT_KINDS,
				Models.of(Map.of("fast", watched)), new ResilienceMetrics(this.registry));
		failureOf(model.chat("Hi"));
		assertThat(deadlines).hasSize(2).containsOnlyNulls();
		deadlines.clear();
		failureOf(model.chat(ChatRequest.of("Hi")
			.withOptions(ChatOptions.builder().timeouts(Timeouts.builder().total(LIMIT).build()).build())));
		assertThat(deadlines).hasSize(2).doesNotContainNull().containsOnly(deadlines.get(0));
	}

	@Test
	void aCallThatIsCancelledDoesNotGoOn() {
		Model never = new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.never();
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request) {
				return Flux.never();
			}

		};
		StepVerifier.create(model(never, Fallback.DEFAULT_KINDS).stream("Hi")).thenCancel().verify(LIMIT);
		StepVerifier.create(model(never, Fallback.DEFAULT_KINDS).chat("Hi")).thenCancel().verify(LIMIT);
		assertThat(this.fast.requests()).isEmpty();
	}

	private static ModelException failureOf(Publisher<?> call) {
		List<ModelException> failures = new ArrayList<>();
		StepVerifier.create(call)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ModelException.class, failures::add))
			.verify(LIMIT);
		return failures.get(0);
	}

}
