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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Route}.
 */
class RouteTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Map<String, Model> models = new LinkedHashMap<>();

	private final FakeModel large = fake("large");

	private final FakeModel small = fake("small");

	private final FakeModel other = fake("other");

	private final Model ordered = Route.ordered("route", List.of("large", "small", "other"), Fallback.DEFAULT_KINDS,
			Models.of(this.models), new ResilienceMetrics(this.registry));

	@BeforeEach
	void everyModelAnswersWithItsName() {
		this.models.forEach((name, model) -> answer((FakeModel) model, FakeResponse.text(name)));
	}

	private FakeModel fake(String name) {
		FakeModel model = FakeModel.builder().name(name).build();
		this.models.put(name, model);
		return model;
	}

	private static void answer(FakeModel model, FakeResponse response) {
		model.reset();
		model.when((request) -> true).respondWith(response);
	}

	private static FakeResponse failure(Kind kind) {
		return FakeResponse.failure(FakeResponse.failureOf(kind, "Not now").build());
	}

	private Model weighted(DoubleSupplier random, Object... weights) {
		Map<String, Integer> byName = new LinkedHashMap<>();
		for (int i = 0; i < weights.length; i += 2) {
			byName.put((String) weights[i], (Integer) weights[i + 1]);
		}
		return Route.weighted("route", byName, Fallback.DEFAULT_KINDS, Models.of(this.models),
				new ResilienceMetrics(this.registry), random);
	}

	private static DoubleSupplier numbers(double... numbers) {
		return DoubleStream.of(numbers).iterator()::nextDouble;
	}

	// As many numbers as asked for, as far from each other
	private static DoubleSupplier evenly(int count) {
		return IntStream.range(0, count).mapToDouble((i) -> (double) i / count).iterator()::nextDouble;
	}

	private static Map<String, Long> answers(Model route, int calls) {
		return IntStream.range(0, calls)
			.mapToObj((i) -> text(route))
			.collect(Collectors.groupingBy((text) -> text, Collectors.counting()));
	}

	private static String text(Model route) {
		return route.chat("Hi").map(ModelResponse::content).block(LIMIT);
	}

	private static ModelException failureOf(Publisher<?> call) {
		List<ModelException> failures = new ArrayList<>();
		StepVerifier.create(call)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ModelException.class, failures::add))
			.verify(LIMIT);
		return failures.get(0);
	}

	@Test
	void theFirstModelOfTheOrderAnswersAloneWhileItCan() {
		ModelResponse response = this.ordered.chat("Hi").block(LIMIT);
		assertThat(response.content()).isEqualTo("large");
		assertThat(response.metadata()).doesNotContainKey("fallback");
		assertThat(this.small.requests()).isEmpty();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void theNextModelOfTheOrderAnswersWhenOneFails() {
		answer(this.large, failure(Kind.OVERLOADED));
		answer(this.small, failure(Kind.CIRCUIT_OPEN));
		ModelResponse response = this.ordered.chat("Hi").block(LIMIT);
		assertThat(response.content()).isEqualTo("other");
		assertThat(response.metadata().get("fallback"))
			.isEqualTo(List.of(Map.of("model", "large", "provider", "fake", "error", "overloaded"),
					Map.of("model", "small", "provider", "fake", "error", "circuit_open")));
		assertThat(this.registry.get("routekit.fallback")
			.tags("routekit.model", "large", "routekit.fallback.model", "small", "error.type", "overloaded")
			.counter()
			.count()).isOne();
		assertThat(this.registry.get("routekit.fallback")
			.tags("routekit.model", "small", "routekit.fallback.model", "other", "error.type", "circuit_open")
			.counter()
			.count()).isOne();
	}

	@Test
	void modelsAreDrawnByTheirWeights() {
		Model route = weighted(evenly(1000), "large", 14, "small", 5, "other", 1);
		assertThat(answers(route, 1000)).isEqualTo(Map.of("large", 700L, "small", 250L, "other", 50L));
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void aWeightMayBeAsLargeAsANumberCanBe() {
		Model route = weighted(evenly(100), "large", Integer.MAX_VALUE, "small", Integer.MAX_VALUE);
		assertThat(answers(route, 100)).isEqualTo(Map.of("large", 50L, "small", 50L));
	}

	@Test
	void whenAModelFailsTheNextIsDrawnFromTheOthers() {
		answer(this.large, failure(Kind.OVERLOADED));
		Iterator<Double> others = IntStream.range(0, 12).mapToObj((i) -> i / 12.0).iterator();
		List<Boolean> first = new ArrayList<>();
		Model route = weighted(() -> {
			first.add(first.size() % 2 == 0);
			return first.get(first.size() - 1) ? 0 : others.next();
		}, "large", 8, "small", 3, "other", 1);
		assertThat(answers(route, 12)).isEqualTo(Map.of("small", 9L, "other", 3L));
	}

	@Test
	void aModelWithoutWeightIsAskedWhenTheOthersFailed() {
		assertThat(answers(weighted(evenly(10), "other", 0, "large", 1, "small", 1), 10)).doesNotContainKey("other");
		answer(this.large, failure(Kind.OVERLOADED));
		answer(this.small, failure(Kind.OVERLOADED));
		assertThat(text(weighted(numbers(0.9, 0.9, 0.9), "other", 0, "large", 1, "small", 1))).isEqualTo("other");
	}

	@Test
	void eachSubscriptionDrawsForItself() {
		Model route = weighted(numbers(0.9, 0.1, 0.9, 0.1), "large", 1, "small", 1);
		Mono<String> chat = route.chat("Hi").map(ModelResponse::content);
		Mono<String> stream = route.stream("Hi").transform(StreamEvent::text).next();
		assertThat(List.of(chat.block(LIMIT), chat.block(LIMIT), stream.block(LIMIT), stream.block(LIMIT)))
			.containsExactly("small", "large", "small", "large");
	}

	@Test
	void callsAtTheSameTimeDoNotDisturbEachOther() {
		answer(this.large, failure(Kind.OVERLOADED));
		Model route = Route.weighted("route", Map.of("large", 1, "small", 1, "other", 1), Fallback.DEFAULT_KINDS,
				Models.of(this.models), new ResilienceMetrics(this.registry));
		List<ModelResponse> responses = Flux.range(0, 1000)
			.parallel(8)
			.runOn(Schedulers.parallel())
			.flatMap((number) -> route.chat("Hi"))
			.sequential()
			.collectList()
			.block(LIMIT);
		assertThat(responses).hasSize(1000);
		long failures = responses.stream().filter((response) -> response.metadata().containsKey("fallback")).count();
		assertThat(this.large.requests()).hasSize((int) failures);
		assertThat(this.small.requests().size() + this.other.requests().size()).isEqualTo(1000);
		assertThat(this.small.requests()).hasSizeBetween(400, 600);
	}

	@Test
	void aStreamGoesOnWithTheNextModelBeforeItsFirstEvent() {
		answer(this.small, failure(Kind.OVERLOADED));
		StepVerifier.create(weighted(numbers(0.9, 0), "large", 1, "small", 1).stream("Hi"), 1)
			.expectNext(new StreamEvent.Text("large"))
			.thenRequest(1)
			.assertNext((event) -> assertThat(((StreamEvent.Completed) event).response().metadata())
				.containsKey("fallback"))
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aStreamEndsWithTheModelThatBeganIt() {
		answer(this.large,
				FakeResponse.text("Hel").thenFail(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").build()));
		StepVerifier.create(this.ordered.stream("Hi"))
			.expectNext(new StreamEvent.Text("Hel"))
			.expectErrorMessage("Not now")
			.verify(LIMIT);
		assertThat(this.small.requests()).isEmpty();
	}

	@Test
	void onlyItsKindsOfFailureLeadToTheNextModel() {
		Model route = Route.ordered("route", List.of("large", "small"), EnumSet.of(Kind.QUOTA), Models.of(this.models),
				new ResilienceMetrics(this.registry));
		answer(this.large, failure(Kind.QUOTA));
		assertThat(text(route)).isEqualTo("small");
		answer(this.large, failure(Kind.OVERLOADED));
		assertThat(failureOf(route.chat("Hi"))).hasMessage("Not now");
	}

	@Test
	void ifAllFailTheFailureOfTheFirstTellsTheStory() {
		answer(this.large, failure(Kind.OVERLOADED));
		answer(this.small, failure(Kind.NETWORK));
		ModelException failure = failureOf(
				weighted(numbers(0.9, 0), "large", 1, "small", 1).stream("Hi").onErrorStop());
		assertThat(failure.getKind()).isEqualTo(Kind.NETWORK);
		assertThat(failure)
			.hasMessage("All 2 models failed: small (fake): NETWORK, Not now; large (fake): OVERLOADED, Not now");
	}

	@Test
	void aCallThatIsCancelledDoesNotGoOn() {
		this.models.put("large", new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.never();
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request) {
				return Flux.never();
			}

		});
		Model route = Route.ordered("route", List.of("large", "small"), Fallback.DEFAULT_KINDS, Models.of(this.models),
				new ResilienceMetrics(this.registry));
		StepVerifier.create(route.chat("Hi")).thenCancel().verify(LIMIT);
		StepVerifier.create(route.stream("Hi")).thenCancel().verify(LIMIT);
		assertThat(this.small.requests()).isEmpty();
	}

	@Test
	void theTotalOfARequestBoundsAllModels() {
		List<CallDeadline> deadlines = new ArrayList<>();
		Model watched = (request) -> Mono.deferContextual((context) -> {
			deadlines.add(ModelCall.from(context).deadline());
			return Mono.error(FakeResponse.failureOf(Kind.OVERLOADED, "Not now").build());
		});
		Model route = Route.ordered("route", List.of("a", "b"), Fallback.DEFAULT_KINDS,
				Models.of(Map.of("a", watched, "b", watched)), new ResilienceMetrics(this.registry));
		failureOf(route.chat(ChatRequest.of("Hi")
			.withOptions(ChatOptions.builder().timeouts(Timeouts.builder().total(LIMIT).build()).build())));
		assertThat(deadlines).hasSize(2).doesNotContainNull().containsOnly(deadlines.get(0));
	}

	@Test
	void noModelIsAskedAfterTheTotalOfTheRequest() {
		Timeouts over = Timeouts.builder().total(Duration.ofNanos(1)).build();
		answer(this.large, failure(Kind.TIMEOUT));
		failureOf(this.ordered.chat(ChatRequest.of("Hi").withOptions(ChatOptions.builder().timeouts(over).build())));
		assertThat(this.small.requests()).isEmpty();
	}

	@Test
	void aModelThatIsAskedByARouteDoesNotFallBackItself() {
		this.models.put("large", new Fallback("large", this.large, List.of("other"), Fallback.DEFAULT_KINDS,
				Models.of(this.models), new ResilienceMetrics(this.registry)));
		answer(this.large, failure(Kind.OVERLOADED));
		assertThat(text(weighted(numbers(0, 0), "large", 1, "small", 1))).isEqualTo("small");
		assertThat(this.other.requests()).isEmpty();
		assertThat(text(this.models.get("large"))).isEqualTo("other");
	}

	@Test
	void aRequestThatNamesAModelFails() {
		ChatRequest request = request((options) -> options.model("gpt-5"));
		for (Publisher<?> call : List.of(this.ordered.chat(request), this.ordered.stream(request))) {
			ModelException failure = failureOf(call);
			assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
			assertThat(failure).hasMessage("The route 'route' chooses the model, so that a request must not name one");
		}
		assertThat(this.large.requests()).isEmpty();
	}

	@Test
	void whatIsInTheWordsOfAProviderReachesAllModelsOfIt() {
		answer(this.large, failure(Kind.OVERLOADED));
		this.ordered.chat(request((options) -> options.serviceTier("priority").extra("verbosity", "low"))).block(LIMIT);
		assertThat(this.small.lastRequest().options().serviceTier()).isEqualTo("priority");
		assertThat(this.small.lastRequest().options().extra()).containsEntry("verbosity", "low");
	}

	@Test
	void whatIsInTheWordsOfAProviderFailsWhereThereAreOthers() {
		this.models.put("custom", (request) -> Mono.just(ModelResponse.of("custom")));
		Model route = weighted(evenly(10), "large", 1, "custom", 1);
		for (ChatRequest request : List.of(request((options) -> options.serviceTier("priority")),
				request((options) -> options.extra("verbosity", "low")))) {
			ModelException failure = failureOf(route.chat(request));
			assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
			assertThat(failure).hasMessageContaining("'route' are of several providers");
		}
		assertThat(text(route)).isEqualTo("large");
	}

	private static ChatRequest request(Consumer<ChatOptions.Builder> options) {
		return ChatRequest.builder().messages(ChatRequest.of("Hi").messages()).options(options).build();
	}

	@Test
	void aRouteTellsWhatItIs() {
		Model weighted = weighted(evenly(1), "small", 2, "large", 1);
		assertThat(this.ordered.name()).isEqualTo("route");
		assertThat(this.ordered.provider()).isEqualTo("route");
		assertThat(this.ordered).hasToString("Route[name=route, {models=[large, small, other]}]");
		assertThat(weighted).hasToString("Route[name=route, {weights={small=2, large=1}}]");
	}

	@Test
	void aRouteLeadsSomewhere() {
		assertThatIllegalArgumentException().isThrownBy(() -> weighted(evenly(1)));
	}

}
