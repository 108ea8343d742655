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

package io.routekit.benchmarks.jmh;

import java.util.Map;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.Usage;
import io.routekit.cost.CatalogueCostCalculator;
import io.routekit.cost.PriceCatalogue;
import io.routekit.cost.PricingFilter;
import io.routekit.observation.MeteringFilter;
import io.routekit.observation.ModelMeterObservationHandler;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Mono;

/**
 * What surrounds a call of a model that answers at once.
 */
@State(Scope.Thread)
public class FilterBenchmark {

	private final ChatRequest request = ChatRequest.of("Hi");

	private final Model plain = new ReadyModel();

	private final Model priced = this.plain
		.filter(new PricingFilter(new CatalogueCostCalculator(PriceCatalogue.bundled())));

	private final Model metered = this.plain.filter(meteringFilter());

	private static ModelFilter meteringFilter() {
		PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(meters))
			.observationHandler(new ModelMeterObservationHandler(meters));
		return new MeteringFilter(registry, null);
	}

	@Benchmark
	public @Nullable ModelResponse plain() {
		return this.plain.chat(this.request).block();
	}

	@Benchmark
	public @Nullable ModelResponse priced() {
		return this.priced.chat(this.request).block();
	}

	@Benchmark
	public @Nullable ModelResponse metered() {
		return this.metered.chat(this.request).block();
	}

	/**
	 * A model whose answer is there.
	 */
	private static final class ReadyModel implements Model {

		private final Mono<ModelResponse> response = Mono.just(ModelResponse.builder()
			.provider("openai")
			.model("gpt-5-mini-2025-08-07")
			.usage(Usage.builder()
				.promptTokens(1200L)
				.completionTokens(300L)
				.totalTokens(1500L)
				.cachedTokens(1024L)
				.reasoningTokens(0L)
				.raw(Map.of("prompt_tokens", 1200, "completion_tokens", 300, "prompt_tokens_details",
						Map.of("cached_tokens", 1024)))
				.build())
			.build());

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return this.response;
		}

		@Override
		public String provider() {
			return "openai";
		}

		@Override
		public String name() {
			return "gpt-5-mini";
		}

	}

}
