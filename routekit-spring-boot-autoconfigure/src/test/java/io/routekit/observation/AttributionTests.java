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
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for tags of requests on meters and spans.
 */
class AttributionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	AttributionTests() {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new ModelMeterObservationHandler(this.meters));
	}

	@Test
	void everyMeterHasTheTags() {
		Usage usage = Usage.of(7, 3);
		Usage priced = usage.withCost(new Cost(BigDecimal.ONE, Cost.USD, Cost.Source.CATALOGUE));

		call(model(usage, "feature", "cost-centre"), request("feature", "search"));
		call(model(priced, "feature", "cost-centre"), request("feature", "search"));

		List<String> samples = this.meters.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#") && !line.contains("_active_"))
			.toList();
		assertThat(samples)
			.allSatisfy((sample) -> assertThat(sample).contains("routekit_tag_feature=\"search\"",
					"routekit_tag_cost_centre=\"none\""))
			.extracting((sample) -> sample.substring(0, sample.indexOf('{')))
			.contains("gen_ai_client_operation_duration_seconds_count",
					"gen_ai_client_operation_time_to_first_chunk_seconds_count", "gen_ai_client_token_usage_tokens_sum",
					"routekit_tokens_total", "routekit_cost_USD_total", "routekit_unpriced_total");
	}

	@Test
	void callUnderWayHasTheTagsThatAnotherOneHasEndedWith() {
		Model model = model(null, "feature");

		call(model, request("feature", "search"));
		call(model, request("feature", "search"));

		assertThat(this.meters.get("gen_ai.client.operation.duration.active").longTaskTimers())
			.extracting((timer) -> timer.getId().getTag("routekit.tag.feature"))
			.containsExactlyInAnyOrder("_OTHER", "search");
	}

	@Test
	void spanHasTheTags() {
		call(model(null, "feature"), request("feature", "search"));

		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("routekit.tag.feature", "search");
	}

	@Test
	void requestsWithAndWithoutTheTagHaveOneSetOfKeys() {
		Model model = model(null, "feature");

		call(model, request("feature", "search"));
		call(model, ChatRequest.of("Hi"));

		assertThat(this.meters.get("gen_ai.client.operation.duration").timers())
			.extracting((timer) -> timer.getId().getTag("routekit.tag.feature"))
			.containsExactlyInAnyOrder("search", "none");
	}

	@Test
	void tagsThatAreNotConfiguredAreIgnored() {
		call(model(null, "feature"), request("user", "somebody"));
		call(model(null), request("user", "somebody"));

		assertThat(this.meters.scrape()).contains("routekit_tag_feature=\"none\"").doesNotContain("user", "somebody");
	}

	@Test
	void valuesOfEachKeyAreBounded() {
		Model model = model(null, "tenant", "feature");

		IntStream.range(0, 150).forEach((i) -> call(model, request("tenant", "tenant-" + i)));
		call(model, request("feature", "search"));

		assertThat(this.meters.get("gen_ai.client.operation.duration").timers()).hasSize(102);
		assertThat(this.meters.get("gen_ai.client.operation.duration")
			.tag("routekit.tag.tenant", "_OTHER")
			.timer()
			.count()).isEqualTo(50);
		assertThat(this.meters.get("gen_ai.client.operation.duration")
			.tag("routekit.tag.feature", "search")
			.timer()
			.count()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "Feature", "1st", "a b", "a..b", "a_-b", "a.", "-a", "größe" })
	void keyThatCannotBeOneOfAMeterIsRefused(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> new DefaultModelObservationConvention(List.of(key)))
			.withMessageContaining("The key '%s' of a tag", key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cost.centre", "cost_centre", "cost-centre" })
	void keysThatPrometheusTakesForOneAreRefused(String key) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DefaultModelObservationConvention(List.of("cost-centre", key)))
			.withMessageContaining("The key '%s' of a tag is there twice", key);
	}

	@Test
	void tooManyKeysAreRefused() {
		List<String> keys = IntStream.range(0, 11).mapToObj((i) -> "key" + i).toList();

		assertThat(new DefaultModelObservationConvention(keys.subList(0, 10))).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new DefaultModelObservationConvention(keys))
			.withMessage("There are 11 keys of tags, and at most 10 are possible");
	}

	private Model model(Usage usage, String... keys) {
		ModelResponse response = ModelResponse.builder().model("m").usage(usage).build();
		return new TestModel(Mono.empty(), Flux.just(new StreamEvent.Text("Hi"), new StreamEvent.Completed(response)),
				null, "openai")
			.filter(new MeteringFilter(this.observations, null, new DefaultModelObservationConvention(List.of(keys))));
	}

	private static void call(Model model, ChatRequest request) {
		model.stream(request).blockLast(TIMEOUT);
	}

	private static ChatRequest request(String key, String value) {
		return ChatRequest.builder().messages(Message.user("Hi")).tag(key, value).build();
	}

}
