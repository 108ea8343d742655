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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Outcome;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link CallLedger}.
 */
class CallLedgerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final Cost COST = new Cost(new BigDecimal("0.1"), Cost.USD, Cost.Source.CATALOGUE);

	private static final Usage USAGE = Usage.builder()
		.promptTokens(100L)
		.completionTokens(50L)
		.cachedTokens(30L)
		.cacheWriteTokens(20L)
		.reasoningTokens(10L)
		.cost(COST)
		.build();

	private final CallLedger ledger = new CallLedger(new BoundedTags(), Clock.fixed(NOW, ZoneOffset.UTC));

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final MeteringFilter filter;

	CallLedgerTests() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig()
			.observationHandler(this.ledger)
			.observationHandler(new ModelMeterObservationHandler(this.meters));
		this.filter = new MeteringFilter(observations, null);
	}

	@Test
	void costsAreAddedUpExactly() {
		Model model = answering(USAGE);

		IntStream.range(0, 3).forEach((i) -> model.chat("Hi").block(TIMEOUT));

		assertThat(totals().costs()).containsExactly(new Cost(new BigDecimal("0.3"), Cost.USD, Cost.Source.CATALOGUE));
		assertThat(totals().unpriced()).isZero();
	}

	@Test
	void costsOfOtherCurrenciesAndSourcesAreApart() {
		Cost reported = new Cost(BigDecimal.ONE, Cost.USD, Cost.Source.REPORTED);
		Cost euros = new Cost(BigDecimal.TEN, "EUR", Cost.Source.REPORTED);

		answering(USAGE).chat("Hi").block(TIMEOUT);
		answering(USAGE.withCost(reported)).chat("Hi").block(TIMEOUT);
		answering(USAGE.withCost(euros)).chat("Hi").block(TIMEOUT);

		assertThat(totals().costs()).containsExactly(COST, reported, euros);
	}

	@Test
	void tokensAreThoseOfTheMeters() {
		Model model = answering(USAGE);

		model.chat("Hi").block(TIMEOUT);
		model.chat("Hi").block(TIMEOUT);

		assertThat(totals().tokens()).containsExactly(Map.entry("input", 100L), Map.entry("cache_read", 60L),
				Map.entry("cache_write", 40L), Map.entry("output", 80L), Map.entry("reasoning", 20L));
		assertThat(totals().tokens()).allSatisfy((tokenClass,
				amount) -> assertThat(
						this.meters.get("routekit.tokens").tag("routekit.token.class", tokenClass).counter().count())
					.isEqualTo(amount.doubleValue()));
	}

	@Test
	void tokensThatNobodyReportedAreNotThere() {
		answering(Usage.of(7, 3)).chat("Hi").block(TIMEOUT);

		assertThat(totals().tokens()).containsOnlyKeys("input", "output");
	}

	@Test
	void sumThatIsTooLargeStaysTheLargestNumber() {
		Model model = answering(Usage.of(Long.MAX_VALUE, 1));

		model.chat("Hi").block(TIMEOUT);
		model.chat("Hi").block(TIMEOUT);

		assertThat(totals().tokens()).containsEntry("input", Long.MAX_VALUE).containsEntry("output", 2L);
	}

	@Test
	void answerWithoutCostIsUnpriced() {
		answering(Usage.of(7, 3)).chat("Hi").block(TIMEOUT);
		answering(null).chat("Hi").block(TIMEOUT);

		assertThat(totals().unpriced()).isEqualTo(2);
		assertThat(totals().costs()).isEmpty();
	}

	@Test
	void callsAreCountedByTheirOutcome() {
		answering(USAGE).chat("Hi").block(TIMEOUT);
		failing(ModelException.of(Kind.SERVER, "failed")).chat("Hi").onErrorComplete().block(TIMEOUT);
		streaming().stream("Hi").blockFirst(TIMEOUT);
		streaming().stream("Hi").blockFirst(TIMEOUT);

		assertThat(this.ledger.totals()).hasSize(3)
			.anySatisfy((totals) -> assertThat(totals.calls()).isEqualTo(Map.of(Outcome.SUCCESS, 1L)))
			.anySatisfy((totals) -> {
				assertThat(totals.calls()).isEqualTo(Map.of(Outcome.ERROR, 1L));
				assertThat(totals.responseModel()).isNull();
				assertThat(totals.unpriced()).isZero();
			})
			.anySatisfy((totals) -> assertThat(totals.calls()).isEqualTo(Map.of(Outcome.CANCELLED, 2L)));
	}

	@Test
	void usageOfACallThatDidNotSucceedIsCounted() {
		stop(Outcome.CANCELLED, USAGE);
		stop(Outcome.ERROR, USAGE.withCost(null));

		assertThat(totals().calls()).isEqualTo(Map.of(Outcome.CANCELLED, 1L, Outcome.ERROR, 1L));
		assertThat(totals().tokens()).containsEntry("output", 80L);
		assertThat(totals().costs()).containsExactly(COST);
		assertThat(totals().unpriced()).isOne();
	}

	@Test
	void callThatIsMadeOfOtherCallsHasNoTokensOfItsOwn() {
		Model inner = answering(USAGE);
		Model outer = new TestModel(inner.chat("Hi"), Flux.empty(), null, "router").filter(this.filter);

		outer.chat("Hi").block(TIMEOUT);

		assertThat(this.ledger.totals()).extracting(ModelTotals::provider).containsExactly("openai", "router");
		assertThat(this.ledger.totals()).extracting(ModelTotals::calls).containsOnly(Map.of(Outcome.SUCCESS, 1L));
		assertThat(this.ledger.totals().get(0).costs()).containsExactly(COST);
		assertThat(this.ledger.totals().get(1)).satisfies((totals) -> {
			assertThat(totals.tokens()).isEmpty();
			assertThat(totals.costs()).isEmpty();
			assertThat(totals.unpriced()).isZero();
		});
	}

	@Test
	void modelsAreAddedUpByRequestAndResponseAndOrdered() {
		answering(USAGE).chat(request("b")).block(TIMEOUT);
		answering(USAGE).chat(request("a")).block(TIMEOUT);
		answering(null).chat(request("a")).block(TIMEOUT);
		failing(new IllegalStateException()).chat(request("a")).onErrorComplete().block(TIMEOUT);

		assertThat(this.ledger.totals())
			.extracting(ModelTotals::provider, ModelTotals::requestModel, ModelTotals::responseModel)
			.containsExactly(tuple("openai", "a", null), tuple("openai", "a", "answering"),
					tuple("openai", "b", "answering"));
	}

	@Test
	void namesAreBounded() {
		Model model = answering(USAGE);

		IntStream.range(0, 150).forEach((i) -> model.chat(request("model-" + i)).block(TIMEOUT));

		assertThat(this.ledger.totals()).hasSize(101)
			.filteredOn((totals) -> totals.requestModel().equals("_OTHER"))
			.singleElement()
			.extracting(ModelTotals::calls)
			.isEqualTo(Map.of(Outcome.SUCCESS, 50L));
	}

	@Test
	void lastFailureOfEachProviderIsKept() {
		failing(ModelException.of(Kind.SERVER, "first")).chat("Hi").onErrorComplete().block(TIMEOUT);
		failing(ModelException.builder(Kind.RATE_LIMIT, "second").status(429).requestId("req-1").build())
			.chat(request("m"))
			.onErrorComplete()
			.block(TIMEOUT);
		answering(USAGE).chat("Hi").block(TIMEOUT);
		new TestModel(Mono.error(new IllegalStateException("third")), Flux.empty(), null, "custom").filter(this.filter)
			.chat("Hi")
			.onErrorComplete()
			.block(TIMEOUT);

		assertThat(this.ledger.lastFailures()).containsExactly(
				Map.entry("custom", new CallFailure(NOW, "configured", null, null, null, null)),
				Map.entry("openai", new CallFailure(NOW, "m", Kind.RATE_LIMIT, 429, "req-1", true)));
	}

	@Test
	void nothingIsThereBeforeTheFirstCall() {
		assertThat(this.ledger.since()).isEqualTo(NOW);
		assertThat(this.ledger.totals()).isEmpty();
		assertThat(this.ledger.lastFailures()).isEmpty();
	}

	@Test
	void noCallOfManyThreadsIsLost() throws Exception {
		Model model = answering(USAGE);
		int threads = 8;
		int calls = 500;
		CountDownLatch ended = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			Schedulers.boundedElastic().schedule(() -> {
				IntStream.range(0, calls).forEach((j) -> model.chat("Hi").subscribe());
				ended.countDown();
			});
		}

		assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();

		assertThat(totals().calls()).isEqualTo(Map.of(Outcome.SUCCESS, 4000L));
		assertThat(totals().tokens()).containsEntry("input", 200_000L);
		assertThat(totals().costs())
			.containsExactly(new Cost(new BigDecimal("400.0"), Cost.USD, Cost.Source.CATALOGUE));
	}

	private ModelTotals totals() {
		List<ModelTotals> totals = this.ledger.totals();
		assertThat(totals).hasSize(1);
		return totals.get(0);
	}

	private Model answering(Usage usage) {
		ModelResponse response = ModelResponse.builder().model("answering").usage(usage).build();
		return TestModel.of(Mono.just(response)).filter(this.filter);
	}

	private Model failing(Throwable failure) {
		return TestModel.of(Mono.error(failure)).filter(this.filter);
	}

	private Model streaming() {
		return TestModel.of(Flux.just(new StreamEvent.Text("Hi"), new StreamEvent.Text("Ho"))).filter(this.filter);
	}

	private void stop(Outcome outcome, Usage usage) {
		ModelObservationContext context = new ModelObservationContext(TestModel.of(Mono.empty()), ChatRequest.of("Hi"),
				true);
		context.end(outcome);
		context.setResponse(ModelResponse.builder().model("m").usage(usage).build());
		this.ledger.onStop(context);
	}

	private static ChatRequest request(String model) {
		return ChatRequest.of("Hi").withOptions(ChatOptions.builder().model(model).build());
	}

}
