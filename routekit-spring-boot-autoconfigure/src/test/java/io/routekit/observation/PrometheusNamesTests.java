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

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.Cost;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names under which Prometheus gets the meters.
 */
class PrometheusNamesTests {

	private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final MeteringFilter filter;

	PrometheusNamesTests() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new ModelMeterObservationHandler(this.meters));
		this.filter = new MeteringFilter(observations, null);
	}

	@Test
	void namesAndLabels() {
		call(Usage.of(7, 3).withCost(new Cost(new BigDecimal("0.5"), Cost.USD, Cost.Source.CATALOGUE)));
		call(Usage.of(7, 3));

		String labels = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"azure.ai.openai\","
				+ "gen_ai_request_model=\"configured\",gen_ai_response_model=\"m\"";
		String end = "routekit_outcome=\"success\",server_address=\"none\",server_port=\"none\"} ";
		assertThat(this.meters.scrape()).contains(
				"gen_ai_client_operation_duration_seconds_count{error=\"none\",error_type=\"none\"," + labels + ","
						+ end + "2",
				"gen_ai_client_operation_time_to_first_chunk_seconds_count{" + labels + "," + end + "2",
				"gen_ai_client_token_usage_tokens_sum{" + labels + ",gen_ai_token_type=\"input\"," + end + "14.0",
				"gen_ai_client_token_usage_tokens_count{" + labels + ",gen_ai_token_type=\"output\"," + end + "2",
				"routekit_tokens_total{" + labels + ",routekit_outcome=\"success\",routekit_token_class=\"output\",",
				"routekit_cost_USD_total{" + labels + ",routekit_cost_source=\"catalogue\"," + end + "0.5",
				"routekit_unpriced_total{" + labels + "," + end + "1.0");
	}

	@Test
	void counterOfSpringAiDoesNotClash() {
		Counter.builder("gen_ai.client.token.usage")
			.tag("gen_ai.token.type", "total")
			.register(this.meters)
			.increment();

		call(Usage.of(7, 3));

		assertThat(this.meters.scrape()).contains("gen_ai_client_token_usage_total{",
				"gen_ai_client_token_usage_tokens_sum{");
	}

	private void call(Usage usage) {
		ModelResponse response = ModelResponse.builder().model("m").usage(usage).build();
		new TestModel(Mono.empty(), Flux.just(new StreamEvent.Text("Hi"), new StreamEvent.Completed(response)), null,
				"azure-openai")
			.filter(this.filter)
			.stream("Hi")
			.blockLast();
	}

}
