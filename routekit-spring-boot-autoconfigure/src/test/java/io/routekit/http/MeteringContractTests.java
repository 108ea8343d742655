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

package io.routekit.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import io.routekit.cost.CatalogueCostCalculator;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PricingFilter;
import io.routekit.http.RawServer.Script;
import io.routekit.observation.MeteringFilter;
import io.routekit.observation.ModelMeterObservationHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static io.routekit.http.TestCalls.LIMIT;
import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is metered of calls of all providers, whichever way they end.
 */
@ParameterizedClass
@EnumSource
class MeteringContractTests {

	private static final String USAGE = """
			"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}""";

	private final RawServer server = new RawServer();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final WireProvider provider;

	MeteringContractTests(WireProvider provider) {
		this.provider = provider;
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private Model model(String pricedModel) {
		return metered(model(), pricedModel);
	}

	// Whose prices a server of a test has is not known
	private Model model() {
		Model model = this.provider.model(this.server);
		return ProviderFacts.of(model).mutate().priceProvider(this.provider.type()).build().describe(model);
	}

	private Model metered(Model model, String pricedModel) {
		PriceCatalogue catalogue = PriceCatalogue.of(List
			.of(Map.of("provider", this.provider.type(), "id", pricedModel, "input", "100000", "output", "1000000")));
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new ModelMeterObservationHandler(this.meters));
		return model.filter(new PricingFilter(new CatalogueCostCalculator(catalogue)))
			.filter(new MeteringFilter(observations, null));
	}

	// As some servers stream: the usage so far is in each event
	private String textWithUsage() {
		String usage = (this.provider == WireProvider.RESPONSES)
				? USAGE.replace("prompt_tokens", "input_tokens").replace("completion_tokens", "output_tokens") : USAGE;
		return this.provider.stream().text("a").take().replace("\"usage\":null", usage);
	}

	@Test
	void recordsWhatIsKnownWhenAStreamIsCancelled() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(textWithUsage());
			connection.stall();
		});
		StreamEvent first = model("model-1").stream("Hi").blockFirst(LIMIT);
		assertThat(first).isEqualTo(new StreamEvent.Text("a"));
		assertRecorded("cancelled", 9, 1, 1.9);
		assertThat(this.meters.find("routekit.unpriced").meters()).isEmpty();
	}

	@Test
	void recordsTheLastAttemptOfACallThatIsTriedAgainBelow() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(textWithUsage());
			connection.reset();
		});
		this.server.reply(Script.events(this.provider.stream("a")));
		metered(model().filter(new RetryFilter()), "model-1").stream("Hi").blockLast(LIMIT);
		assertRecorded("success", 9, 2, 2.9);
	}

	@Test
	void recordsWhatIsKnownWhenAStreamBreaks() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(textWithUsage());
			connection.reset();
		});
		failureOf(model("model-1").stream("Hi"));
		assertRecorded("error", 9, 1, 1.9);
	}

	private String failedWithUsage() {
		WireStream stream = this.provider.stream().text("a").finish(FinishReason.STOP);
		// Nothing follows the last event of one format, which can tell of a failure
		// itself
		return (this.provider == WireProvider.RESPONSES)
				? stream.take()
					.replace("\"status\":\"completed\",\"error\":null",
							"\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"Sorry\"}")
				: stream.error("api_error", "Sorry").take();
	}

	@Test
	void recordsWhatIsKnownWhenAStreamReportsAFailure() {
		this.server.reply(Script.events(failedWithUsage()));
		failureOf(model("model-1").stream("Hi"));
		assertRecorded("error", 9, 2, 2.9);
	}

	@Test
	void countsAsUnpricedWhatIsKnownOfAStreamWithoutAPrice() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(textWithUsage());
			connection.reset();
		});
		failureOf(model("another").stream("Hi"));
		assertThat(this.meters.get("routekit.unpriced").tag("routekit.outcome", "error").counter().count()).isOne();
		assertThat(this.meters.find("routekit.cost").meters()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void countsAsUnpricedAnAnswerThatNeverTellsItsUsage(boolean cancelled) {
		String text = this.provider.stream().text("a").take().replaceAll(",\"usage\":\\{[^}]*}", "");
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(text);
			if (cancelled) {
				connection.stall();
			}
			connection.reset();
		});
		Flux<StreamEvent> stream = model("model-1").stream("Hi");
		if (cancelled) {
			assertThat(stream.blockFirst(LIMIT)).isEqualTo(new StreamEvent.Text("a"));
		}
		else {
			failureOf(stream);
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> this.meters.find("routekit.unpriced").counter() != null);
		assertThat(this.meters.get("routekit.unpriced")
			.tag("routekit.outcome", cancelled ? "cancelled" : "error")
			.tag("gen_ai.response.model", "model-1")
			.counter()
			.count()).isOne();
		assertThat(this.meters.find("routekit.cost").meters()).isEmpty();
		assertThat(this.meters.find("routekit.tokens").meters()).isEmpty();
	}

	@Test
	void marksTheCostOfAnAnswerThatIsNotComplete() {
		this.server.reply((connection) -> {
			connection.startEvents();
			connection.chunk(textWithUsage());
			connection.reset();
		});
		failureOf(model("model-1").stream("Hi"));
		assertThat(this.meters.get("routekit.cost").tag("routekit.cost.source", "estimated").counter().count())
			.isEqualTo(1.9);
	}

	@Test
	void recordsAnAnswerOnceWhenItsStreamIsCancelledAfterwards() {
		this.server.reply(Script.events(this.provider.stream("a")));
		model("model-1").stream("Hi").takeUntil(StreamEvent.Completed.class::isInstance).blockLast(LIMIT);
		assertRecorded("success", 9, 2, 2.9);
	}

	@Test
	void recordsNoTokensOfACallThatFailsAtOnce() {
		this.server.reply(Script.json(503, this.provider.error(503, "Sorry")));
		failureOf(model("model-1").stream("Hi"));
		failureOf(model("model-1").chat("Hi"));
		assertThat(this.meters.get("gen_ai.client.operation.duration").timer().count()).isEqualTo(2);
		assertThat(this.meters.find("routekit.tokens").meters()).isEmpty();
		assertThat(this.meters.find("gen_ai.client.token.usage").meters()).isEmpty();
		assertThat(this.meters.find("routekit.cost").meters()).isEmpty();
		assertThat(this.meters.find("routekit.unpriced").meters()).isEmpty();
	}

	private void assertRecorded(String outcome, double input, double output, double cost) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> this.meters.find("gen_ai.client.operation.duration").timer() != null);
		assertThat(this.meters.get("gen_ai.client.operation.duration")
			.tag("routekit.outcome", outcome)
			.tag("gen_ai.response.model", "model-1")
			.timer()
			.count()).isOne();
		assertThat(this.meters.get("routekit.tokens").counters()).hasSize(2);
		assertThat(tokens(outcome, "input")).isEqualTo(input);
		assertThat(tokens(outcome, "output")).isEqualTo(output);
		assertThat(this.meters.get("gen_ai.client.token.usage").summaries())
			.allSatisfy((summary) -> assertThat(summary.count()).isOne())
			.hasSize(2);
		assertThat(this.meters.get("routekit.cost").tag("routekit.outcome", outcome).counter().count()).isEqualTo(cost);
	}

	private double tokens(String outcome, String tokenClass) {
		return this.meters.get("routekit.tokens")
			.tag("routekit.outcome", outcome)
			.tag("routekit.token.class", tokenClass)
			.counter()
			.count();
	}

	/**
	 * Tries a stream again that breaks.
	 */
	private static final class RetryFilter implements ModelFilter {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request, Model next) {
			return next.chat(request).retry(1);
		}

		@Override
		public Flux<StreamEvent> stream(ChatRequest request, Model next) {
			return next.stream(request).retry(1);
		}

	}

}
