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

package io.routekit.observation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import io.routekit.ResponseFormat;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MeteringFilter} and {@link ModelMeterObservationHandler}.
 */
class MeteringFilterTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String DURATION = "gen_ai.client.operation.duration";

	private static final ModelResponse RESPONSE = ModelResponse.builder()
		.provider("openai")
		.model("gpt-5-mini-2025-08-07")
		.id("chatcmpl-1")
		.requestId("req-1")
		.usage(Usage.builder()
			.promptTokens(100L)
			.completionTokens(50L)
			.cachedTokens(30L)
			.cacheWriteTokens(20L)
			.reasoningTokens(10L)
			.cost(new Cost(new BigDecimal("0.0125"), Cost.USD, Cost.Source.CATALOGUE))
			.build())
		.build();

	private static final StreamEvent TEXT = new StreamEvent.Text("Hel");

	private static final StreamEvent COMPLETED = new StreamEvent.Completed(RESPONSE);

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final MeteringFilter filter = new MeteringFilter(this.observations, null);

	MeteringFilterTests() {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new ModelMeterObservationHandler(this.meters));
	}

	@Test
	void chatIsTimedWithTheKeysOfTheConventions() {
		observed(TestModel.of(Mono.just(RESPONSE))).chat(request("gpt-5-mini")).block(TIMEOUT);

		assertThat(duration("success").tag("gen_ai.operation.name", "chat")
			.tag("gen_ai.provider.name", "openai")
			.tag("gen_ai.request.model", "gpt-5-mini")
			.tag("gen_ai.response.model", "gpt-5-mini-2025-08-07")
			.tag("server.address", "llm.example.com")
			.tag("server.port", "443")
			.tag("error.type", "none")
			.timer()
			.count()).isOne();
	}

	@Test
	void spanHasIdsAndUsageButNoContent() {
		observed(TestModel.of(Mono.just(RESPONSE))).chat("secret prompt").block(TIMEOUT);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasContextualNameEqualTo("chat configured")
			.hasHighCardinalityKeyValue("gen_ai.response.id", "chatcmpl-1")
			.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "stop")
			.hasHighCardinalityKeyValue("routekit.request.id", "req-1")
			.hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "100")
			.hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "50")
			.hasHighCardinalityKeyValue("gen_ai.usage.cache_read.input_tokens", "30")
			.hasHighCardinalityKeyValue("gen_ai.usage.cache_creation.input_tokens", "20")
			.hasHighCardinalityKeyValue("gen_ai.usage.reasoning.output_tokens", "10")
			.hasHighCardinalityKeyValue("routekit.usage.cost", "0.0125 USD")
			.doesNotHaveHighCardinalityKeyValueWithKey("gen_ai.request.stream")
			.satisfies((context) -> assertThat(context.getAllKeyValues().toString()).doesNotContain("secret prompt"));
	}

	@Test
	void spanHasTheOptionsOfTheRequest() {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.options((options) -> options.temperature(0.2)
				.topP(0.9)
				.maxTokens(100)
				.seed(7L)
				.stop("END", "\"")
				.responseFormat(ResponseFormat.JSON_OBJECT)
				.serviceTier("auto")
				.extra("top_k", 40)
				.extra("frequency_penalty", 0.5)
				.extra("presence_penalty", -0.5))
			.build();

		observed(TestModel.of(Mono.just(RESPONSE))).chat(request).block(TIMEOUT);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasHighCardinalityKeyValue("gen_ai.request.temperature", "0.2")
			.hasHighCardinalityKeyValue("gen_ai.request.top_p", "0.9")
			.hasHighCardinalityKeyValue("gen_ai.request.top_k", "40")
			.hasHighCardinalityKeyValue("gen_ai.request.max_tokens", "100")
			.hasHighCardinalityKeyValue("gen_ai.request.seed", "7")
			.hasHighCardinalityKeyValue("gen_ai.request.frequency_penalty", "0.5")
			.hasHighCardinalityKeyValue("gen_ai.request.presence_penalty", "-0.5")
			.hasHighCardinalityKeyValue("gen_ai.request.stop_sequences", "[\"END\",\"\\\"\"]")
			.hasHighCardinalityKeyValue("gen_ai.output.type", "json")
			.hasHighCardinalityKeyValue("openai.api.type", "chat_completions")
			.hasHighCardinalityKeyValue("openai.request.service_tier", "auto");
	}

	@Test
	void spanHasTheExtraOptionsThatWinOnTheWire() {
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.options((options) -> options.temperature(0.2)
				.maxTokens(100)
				.serviceTier("auto")
				.extra("temperature", 1)
				.extra("max_completion_tokens", 200)
				.extra("service_tier", "flex")
				.extra("top_k", "no number"))
			.build();

		observed(TestModel.of(Mono.just(RESPONSE))).chat(request).block(TIMEOUT);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasHighCardinalityKeyValue("gen_ai.request.temperature", "1")
			.hasHighCardinalityKeyValue("gen_ai.request.max_tokens", "200")
			.hasHighCardinalityKeyValue("openai.request.service_tier", "flex")
			.doesNotHaveHighCardinalityKeyValueWithKey("gen_ai.request.top_k");
	}

	@Test
	void spanHasWhatIsParticularToOpenAi() {
		ModelResponse response = RESPONSE.mutate()
			.metadata("service_tier", "default")
			.metadata("system_fingerprint", "fp_1")
			.build();

		observed(TestModel.of(Mono.just(response))).chat("Hi").block(TIMEOUT);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasHighCardinalityKeyValue("openai.response.service_tier", "default")
			.hasHighCardinalityKeyValue("openai.response.system_fingerprint", "fp_1");
	}

	@Test
	void spanOfAnotherProviderHasNothingOfOpenAi() {
		ModelResponse response = RESPONSE.mutate().metadata("service_tier", "standard").build();
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Hi"))
			.options((options) -> options.serviceTier("auto"))
			.build();

		observed(new TestModel(Mono.just(response), Flux.empty(), null, "anthropic")).chat(request).block(TIMEOUT);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.satisfies((context) -> assertThat(context.getAllKeyValues()).extracting(KeyValue::getKey)
				.noneMatch((key) -> key.startsWith("openai")));
	}

	@Test
	void finishReasonOfFailedOrCancelledStreamIsError() {
		Flux<StreamEvent> failing = Flux.concat(Flux.just(TEXT), Flux.error(new IllegalStateException("x")));
		observed(TestModel.of(failing)).stream("Hi").onErrorComplete().blockLast(TIMEOUT);
		observed(TestModel.of(Flux.just(TEXT, COMPLETED))).stream("Hi").blockFirst(TIMEOUT);

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasNumberOfObservationsEqualTo(2)
			.hasAnObservation((context) -> context.hasLowCardinalityKeyValue("routekit.outcome", "error")
				.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "error"))
			.hasAnObservation((context) -> context.hasLowCardinalityKeyValue("routekit.outcome", "cancelled")
				.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "error"));
	}

	@Test
	void failedOrCancelledChatHasNoFinishReason() {
		observed(TestModel.of(Mono.error(new IllegalStateException("x")))).chat("Hi").onErrorComplete().block(TIMEOUT);
		observed(TestModel.of(Mono.never())).chat("Hi").subscribe().dispose();

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasNumberOfObservationsEqualTo(2)
			.forAllObservationsWithNameEqualTo(DURATION,
					(context) -> context.doesNotHaveHighCardinalityKeyValueWithKey("gen_ai.response.finish_reasons"));
	}

	@Test
	void tokensAreRecordedByDirectionAndByDisjointClass() {
		observed(TestModel.of(Mono.just(RESPONSE))).chat("Hi").block(TIMEOUT);

		assertThat(tokenUsage("input")).isEqualTo(100);
		assertThat(tokenUsage("output")).isEqualTo(50);
		assertThat(tokens("input")).isEqualTo(50);
		assertThat(tokens("cache_read")).isEqualTo(30);
		assertThat(tokens("cache_write")).isEqualTo(20);
		assertThat(tokens("output")).isEqualTo(40);
		assertThat(tokens("reasoning")).isEqualTo(10);
	}

	@Test
	void tokensThatAreNotKnownAreNotRecorded() {
		observed(TestModel.of(Mono.just(RESPONSE.withUsage(Usage.of(7, 3))))).chat("Hi").block(TIMEOUT);

		assertThat(tokens("input")).isEqualTo(7);
		assertThat(tokens("output")).isEqualTo(3);
		assertThat(this.meters.find("routekit.tokens").tag("routekit.token.class", "cache_read").meter()).isNull();
	}

	@Test
	void costIsCountedInItsCurrency() {
		Model model = observed(TestModel.of(Mono.just(RESPONSE)));

		model.chat("Hi").block(TIMEOUT);
		model.chat("Hi").block(TIMEOUT);

		assertThat(this.meters.get("routekit.cost").tag("routekit.cost.source", "catalogue").counter())
			.satisfies((counter) -> assertThat(counter.count()).isEqualTo(0.025))
			.satisfies((counter) -> assertThat(counter.getId().getBaseUnit()).isEqualTo("USD"));
		assertThat(this.meters.find("routekit.unpriced").meter()).isNull();
	}

	@Test
	void costInAnotherCurrencyHasItsOwnMeter() {
		Usage usage = Usage.of(1, 1).withCost(new Cost(BigDecimal.ONE, "EUR", Cost.Source.REPORTED));

		observed(TestModel.of(Mono.just(RESPONSE.withUsage(usage)))).chat("Hi").block(TIMEOUT);

		assertThat(this.meters.get("routekit.cost.eur").counter().count()).isOne();
		assertThat(this.meters.find("routekit.cost").meter()).isNull();
	}

	@Test
	void answerWithoutPriceIsCountedAsUnpricedAndHasNoCost() {
		observed(TestModel.of(Mono.just(RESPONSE.withUsage(Usage.of(7, 3))))).chat("Hi").block(TIMEOUT);

		assertThat(this.meters.get("routekit.unpriced").counter().count()).isOne();
		assertThat(this.meters.find("routekit.cost").meter()).isNull();
	}

	@Test
	void answerWithoutUsageIsCountedAsUnpriced() {
		observed(TestModel.of(Mono.just(RESPONSE.withUsage(null)))).chat("Hi").block(TIMEOUT);

		assertThat(this.meters.get("routekit.unpriced").counter().count()).isOne();
		assertThat(this.meters.find("gen_ai.client.token.usage").meter()).isNull();
	}

	@Test
	void streamIsMeteredLikeChatAndHasTimeToFirstChunk() {
		Model model = observed(TestModel.of(Flux.just(TEXT, COMPLETED)));

		StepVerifier.create(model.stream(request("d"))).expectNext(TEXT, COMPLETED).expectComplete().verify(seconds());

		assertThat(duration("success").tag("gen_ai.provider.name", "azure.ai.openai")
			.tag("server.address", "none")
			.tag("server.port", "none")
			.timer()
			.count()).isOne();
		assertThat(tokenUsage("output")).isEqualTo(50);
		assertThat(this.meters.get("routekit.cost").counter().count()).isEqualTo(0.0125);
		assertThat(this.meters.get("gen_ai.client.operation.time_to_first_chunk").timer().count()).isOne();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasHighCardinalityKeyValue("gen_ai.request.stream", "true")
			.hasHighCardinalityKeyValueWithKey("gen_ai.response.time_to_first_chunk");
	}

	@Test
	void streamWithoutChunkHasNoTimeToFirstChunk() {
		observed(TestModel.of(Flux.just(COMPLETED))).stream("Hi").blockLast(TIMEOUT);

		assertThat(this.meters.find("gen_ai.client.operation.time_to_first_chunk").meter()).isNull();
	}

	@Test
	void streamIsMeteredBeforeTheSubscriberGetsItsEnd() {
		Model model = observed(TestModel.of(Flux.just(TEXT, COMPLETED)));

		StepVerifier.create(model.stream("Hi").doOnNext((event) -> {
			if (event == COMPLETED) {
				assertThat(duration("success").timer().count()).isOne();
			}
		})).expectNextCount(2).expectComplete().verify(seconds());
	}

	@Test
	void cancellationAfterTheAnswerChangesNothing() {
		observed(TestModel.of(Flux.just(TEXT, COMPLETED).concatWith(Flux.never()))).stream("Hi")
			.take(2)
			.blockLast(TIMEOUT);

		assertThat(duration("success").timers()).hasSize(1);
		assertThat(this.meters.find(DURATION).timers()).hasSize(1);
	}

	@Test
	void cancelledStreamIsMeteredOnceWithWhatIsKnown() {
		Sinks.Many<StreamEvent> events = Sinks.many().unicast().onBackpressureBuffer();
		Disposable subscription = observed(TestModel.of(events.asFlux())).stream("Hi").subscribe();
		events.tryEmitNext(TEXT);

		subscription.dispose();
		subscription.dispose();
		events.tryEmitComplete();

		assertThat(events.currentSubscriberCount()).isZero();
		assertThat(duration("cancelled").tag("error.type", "none").timer().count()).isOne();
		assertThat(this.meters.find(DURATION).timers()).hasSize(1);
		assertThat(this.meters.get("gen_ai.client.operation.time_to_first_chunk").timer().count()).isOne();
		assertThat(this.meters.find("routekit.unpriced").meter()).isNull();
		TestObservationRegistryAssert.assertThat(this.observations).hasSingleObservationThat().hasBeenStopped();
	}

	@Test
	void cancelledChatIsMeteredOnce() {
		observed(TestModel.of(Mono.never())).chat("Hi").subscribe().dispose();

		assertThat(duration("cancelled").timer().count()).isOne();
	}

	@Test
	void racingEndAndCancellationAreMeteredOnce() throws Exception {
		int rounds = 200;
		for (int i = 0; i < rounds; i++) {
			Sinks.One<ModelResponse> answer = Sinks.one();
			Disposable subscription = observed(TestModel.of(answer.asMono())).chat("Hi").subscribe();
			CountDownLatch start = new CountDownLatch(1);
			CountDownLatch end = new CountDownLatch(1);
			Schedulers.parallel().schedule(() -> {
				start.countDown();
				subscription.dispose();
				end.countDown();
			});
			start.await(10, TimeUnit.SECONDS);
			answer.tryEmitValue(RESPONSE);
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
		}

		assertThat(this.meters.get(DURATION).timers().stream().mapToLong((timer) -> timer.count()).sum())
			.isEqualTo(rounds);
	}

	@ParameterizedTest
	@EnumSource(ModelException.Kind.class)
	void failureIsMeteredWithItsKind(ModelException.Kind kind) {
		Model model = observed(TestModel.of(Mono.error(ModelException.of(kind, "failed"))));

		StepVerifier.create(model.chat("Hi")).expectError(ModelException.class).verify(seconds());

		assertThat(duration("error").tag("error.type", kind.errorType()).timer().count()).isOne();
		assertThat(this.meters.find("routekit.unpriced").meter()).isNull();
	}

	@Test
	void failureInMidStreamIsMeteredOnce() {
		Model model = observed(TestModel.of(Flux.concat(Flux.just(TEXT), Flux.error(new IllegalStateException("x")))));

		StepVerifier.create(model.stream("Hi")).expectNext(TEXT).expectError().verify(seconds());

		assertThat(duration("error").tag("error.type", "_OTHER").timer().count()).isOne();
		assertThat(this.meters.get("gen_ai.client.operation.time_to_first_chunk").timer().count()).isOne();
	}

	@Test
	void exceptionOfTheModelIsMetered() {
		Model model = observed((request) -> {
			throw ModelException.of(ModelException.Kind.SERVER, "failed");
		});

		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> model.chat("Hi").block(TIMEOUT));
		assertThat(duration("error").tag("error.type", "server").timer().count()).isOne();
	}

	@Test
	void subscriptionsAreCalls() {
		Mono<ModelResponse> answer = observed(TestModel.of(Mono.just(RESPONSE))).chat("Hi");
		assertThat(this.meters.find(DURATION).meter()).isNull();

		answer.block(TIMEOUT);
		answer.block(TIMEOUT);

		assertThat(duration("success").timer().count()).isEqualTo(2);
	}

	@Test
	void parentIsTheObservationOfTheReactorContext() {
		Observation parent = Observation.start("parent", this.observations);

		observed(TestModel.of(Mono.just(RESPONSE))).chat("Hi")
			.contextWrite((context) -> context.put(ObservedSubscription.CONTEXT_KEY, parent))
			.block(TIMEOUT);
		parent.stop();

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(DURATION)
			.that()
			.hasParentObservationEqualTo(parent);
	}

	@Test
	void parentIsOtherwiseTheObservationOfTheThread() {
		Observation parent = Observation.start("parent", this.observations);

		parent.scoped(
				(Runnable) () -> observed(TestModel.of(Flux.just(TEXT, COMPLETED))).stream("Hi").blockLast(TIMEOUT));
		parent.stop();

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(DURATION)
			.that()
			.hasParentObservationEqualTo(parent);
	}

	@Test
	void callsBelowGetTheObservationInTheirContextAndInTheScopeOfTheModel() {
		AtomicReference<Observation> inScope = new AtomicReference<>();
		AtomicReference<Observation> inContext = new AtomicReference<>();
		Model model = observed((request) -> {
			inScope.set(this.observations.getCurrentObservation());
			return Mono.deferContextual((context) -> {
				inContext.set(context.get(ObservedSubscription.CONTEXT_KEY));
				return Mono.just(RESPONSE);
			});
		});

		model.chat("Hi")
			.doOnNext((response) -> assertThat(this.observations.getCurrentObservation()).isNull())
			.block(TIMEOUT);

		assertThat(inContext.get().getContext().getName()).isEqualTo(DURATION);
		assertThat(inScope.get()).isSameAs(inContext.get());
		assertThat(this.observations.getCurrentObservation()).isNull();
	}

	@Test
	void observationIsTheCurrentOneOfTheThreadThatSubscribes() {
		AtomicReference<Observation> current = new AtomicReference<>();
		Model model = observed((request) -> Mono.fromCallable(() -> {
			current.set(this.observations.getCurrentObservation());
			return RESPONSE;
		}));
		Observation parent = Observation.createNotStarted("parent", this.observations);

		parent.observe(() -> {
			model.chat("Hi").block(TIMEOUT);

			assertThat(current.get().getContext().getName()).isEqualTo(DURATION);
			assertThat(this.observations.getCurrentObservation()).isSameAs(parent);
		});
	}

	@Test
	void subscriberIsNotInTheScopeOfTheCall() {
		Model model = observed(TestModel.of(Flux.just(TEXT, TEXT, COMPLETED)));

		StepVerifier
			.create(model.stream("Hi")
				.doOnNext((event) -> assertThat(this.observations.getCurrentObservation()).isNull()))
			.expectNextCount(3)
			.expectComplete()
			.verify(seconds());
		assertThat(this.observations.getCurrentObservation()).isNull();
	}

	@Test
	void callThatEndsElsewhereWhileItIsSubscribedToLeavesNothingBehind() {
		Model model = observed((request) -> Mono.create((sink) -> {
			Thread other = new Thread(() -> sink.success(RESPONSE));
			other.start();
			joinQuietly(other);
			assertThat(this.observations.getCurrentObservation()).isNotNull();
			assertThat(this.meters.find(DURATION).timer()).isNull();
		}));

		assertThat(model.chat("Hi").block(TIMEOUT)).isSameAs(RESPONSE);

		assertThat(duration("success").timer().count()).isOne();
		assertThat(this.observations.getCurrentObservation()).isNull();
	}

	private static void joinQuietly(Thread thread) {
		try {
			thread.join(TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void modelThatCallsOtherModelsIsTimedButItsTokensAreCountedOnce() {
		Model inner = observed(TestModel.of(Mono.just(RESPONSE)));
		Model outer = observed((request) -> inner.chat(request).map((response) -> response.mutate().build()));

		outer.chat("Hi").block(TIMEOUT);

		assertThat(this.meters.get(DURATION).timers()).hasSize(2);
		assertThat(tokenUsage("input")).isEqualTo(100);
		assertThat(this.meters.get("routekit.cost").counter().count()).isEqualTo(0.0125);
	}

	@Test
	void modelNamesAreBounded() {
		Model model = observed(TestModel.of(Mono.just(RESPONSE)));

		for (int i = 0; i < 150; i++) {
			model.chat(request("model-" + i)).block(TIMEOUT);
		}

		assertThat(this.meters.get(DURATION).timers()).hasSize(101);
		assertThat(duration("success").tag("gen_ai.request.model", "_OTHER").timer().count()).isEqualTo(50);
		assertThat(duration("success").tag("gen_ai.request.model", "model-0").timer().count()).isOne();
	}

	@Test
	void eachMeterHasOneSetOfKeys() {
		observed(TestModel.of(Mono.just(RESPONSE))).chat("Hi").block(TIMEOUT);
		observed(TestModel.of(Mono.just(ModelResponse.of("Hi")))).chat("Hi").block(TIMEOUT);
		observed(TestModel.of(Flux.just(TEXT, COMPLETED))).stream("Hi").blockLast(TIMEOUT);
		observed(TestModel.of(Flux.just(TEXT, COMPLETED))).stream("Hi").blockFirst(TIMEOUT);
		observed(TestModel.of(Mono.error(new IllegalStateException("x")))).chat("Hi").onErrorComplete().block(TIMEOUT);

		assertThat(this.meters.getMeters()).isNotEmpty()
			.extracting((meter) -> meter.getId().getName()
					+ meter.getId().getTags().stream().map((tag) -> tag.getKey()).toList())
			.satisfies((names) -> assertThat(names.stream().distinct().map((name) -> name.split("\\[")[0]))
				.doesNotHaveDuplicates());
	}

	@Test
	void noopRegistryLeavesTheCallAlone() {
		Mono<ModelResponse> answer = Mono.just(RESPONSE);

		assertThat(new MeteringFilter(ObservationRegistry.NOOP, null).chat(ChatRequest.of("Hi"), TestModel.of(answer)))
			.isSameAs(answer);
	}

	@Test
	void tellsWhetherCallsAreObserved() {
		assertThat(this.filter.isObserving()).isTrue();
		assertThat(new MeteringFilter(ObservationRegistry.NOOP, null).isObserving()).isFalse();
		assertThat(new MeteringFilter(ObservationRegistry.create(), null).isObserving()).isFalse();
		this.observations.observationConfig().observationPredicate((name, context) -> !DURATION.equals(name));
		assertThat(this.filter.isObserving()).isFalse();
		assertThat(this.observations).as("nothing is observed by asking")
			.satisfies((registry) -> TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation());
	}

	@Test
	void deniedObservationLeavesTheParentInTheContext() {
		this.observations.observationConfig().observationPredicate((name, context) -> !DURATION.equals(name));
		AtomicReference<Object> parent = new AtomicReference<>();
		Model model = observed((request) -> Mono.deferContextual((context) -> {
			parent.set(context.get(ObservedSubscription.CONTEXT_KEY));
			return Mono.just(RESPONSE);
		}));
		Observation observation = Observation.start("parent", this.observations);

		model.chat("Hi")
			.contextWrite((context) -> context.put(ObservedSubscription.CONTEXT_KEY, observation))
			.block(TIMEOUT);
		observation.stop();

		assertThat(parent.get()).isSameAs(observation);
	}

	@Test
	void customConventionReplacesTheDefault() {
		MeteringFilter custom = new MeteringFilter(this.observations, new ModelObservationConvention() {

			@Override
			public String getName() {
				return "custom";
			}

		});

		TestModel.of(Mono.just(RESPONSE)).filter(custom).chat("Hi").block(TIMEOUT);

		TestObservationRegistryAssert.assertThat(this.observations).hasSingleObservationThat().hasNameEqualTo("custom");
	}

	@Test
	void failureOfObservationDoesNotBreakTheCall() {
		this.observations.observationConfig().observationHandler(new FailingHandler());

		assertThat(observed(TestModel.of(Mono.just(RESPONSE))).chat("Hi").block(TIMEOUT)).isSameAs(RESPONSE);
	}

	@Test
	void errorOfTheModelIsPassedOnUnchanged() {
		IllegalStateException failure = new IllegalStateException("x");

		assertThatIllegalStateException()
			.isThrownBy(() -> observed(TestModel.of(Mono.error(failure))).chat("Hi").block(TIMEOUT))
			.isSameAs(failure);
	}

	private Model observed(Model model) {
		return model.filter(this.filter);
	}

	private static ChatRequest request(String model) {
		return ChatRequest.builder().messages(Message.user("Hi")).options((options) -> options.model(model)).build();
	}

	private RequiredSearch duration(String outcome) {
		return this.meters.get(DURATION).tag("routekit.outcome", outcome);
	}

	private double tokenUsage(String type) {
		return this.meters.get("gen_ai.client.token.usage").tag("gen_ai.token.type", type).summary().totalAmount();
	}

	private double tokens(String tokenClass) {
		return this.meters.get("routekit.tokens").tag("routekit.token.class", tokenClass).counter().count();
	}

	private static Duration seconds() {
		return Duration.ofSeconds(10);
	}

	static class FailingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("x");
		}

	}

}
