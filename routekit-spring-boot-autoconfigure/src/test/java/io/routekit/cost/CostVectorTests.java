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

package io.routekit.cost;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Cost.Source;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.cost.Price.Threshold;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link CostCalculator} with real usages whose cost is known.
 */
class CostVectorTests {

	private static final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final PriceCatalogue bundled = PriceCatalogue.bundled();

	static Stream<Vector> vectors() throws IOException {
		try (InputStream stream = CostVectorTests.class.getResourceAsStream("vectors.json")) {
			return StreamSupport.stream(mapper.readTree(stream).path("vectors").spliterator(), false)
				.map(Vector::new)
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void costsWhatTheBundledCatalogueSays(Vector vector) {
		assertCost(vector, bundled);
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void costsWhatTheRatesOfTheVectorSay(Vector vector) {
		assertCost(vector, vector.catalogue());
	}

	// That a call is part of a batch, or in which zone Azure runs it, is in no answer
	static Stream<Vector> vectorsOfAnswers() throws IOException {
		return vectors().filter((vector) -> !vector.call().batch())
			.filter((vector) -> vector.call().variant() == null || vector.call().variant().equals("global"));
	}

	@ParameterizedTest
	@MethodSource("vectorsOfAnswers")
	void costsTheSameAsAnAnswer(Vector vector) {
		PricingFilter filter = new PricingFilter(bundled, Clock.fixed(vector.call().time(), ZoneOffset.UTC));
		Model model = vector.model();
		ModelResponse response = filter.chat(ChatRequest.of("Hi"), model).block(LIMIT);
		StreamEvent last = filter.stream(ChatRequest.of("Hi"), model).blockLast(LIMIT);
		assertAmount(vector, response.usage().cost());
		assertAmount(vector, ((StreamEvent.Completed) last).response().usage().cost());
	}

	private void assertAmount(Vector vector, @Nullable Cost cost) {
		if (vector.expectedCost() == null) {
			assertThat(cost).isNull();
			return;
		}
		assertThat(cost).isNotNull();
		assertThat(cost.amount()).isEqualByComparingTo(vector.expectedCost());
	}

	private void assertCost(Vector vector, PriceCatalogue catalogue) {
		CostCalculator calculator = new CostCalculator(catalogue);
		Cost cost = calculator.calculate(vector.call(), vector.usage());
		BigDecimal expected = vector.expectedCost();
		if (expected == null) {
			assertThat(cost).isNull();
			return;
		}
		assertThat(cost).isNotNull();
		assertThat(cost.amount()).isEqualByComparingTo(expected);
		assertThat(cost.currency()).isEqualTo("USD");
		boolean reported = vector.json().path("cost_source").stringValue().equals("provider-reported");
		assertThat(cost.source()).isEqualTo(reported ? Source.REPORTED : Source.CATALOGUE);
		vector.json().path("breakdown_usd").properties().forEach((line) -> {
			BigDecimal amount = calculator.lines(vector.call(), vector.usage())
				.getOrDefault(line.getKey(), BigDecimal.ZERO);
			assertThat(amount).as(line.getKey()).isEqualByComparingTo(line.getValue().stringValue());
		});
	}

	/**
	 * A vector of the file.
	 *
	 * @param json the vector as it is in the file
	 */
	record Vector(JsonNode json) {

		private static final Map<String, String> VARIANTS = Map.of("global", "global", "datazone", "datazone-us-eu");

		private static final Map<String, String> ADDRESSES = Map.of("openai", "https://api.openai.com/v1", "deepseek",
				"https://api.deepseek.com", "groq", "https://api.groq.com/openai/v1", "openrouter",
				"https://openrouter.ai/api/v1", "ollama", "http://localhost:11434/v1", "openai-compatible",
				"http://localhost:8080/v1");

		PricedCall call() {
			JsonNode context = this.json.path("context");
			return new PricedCall(text("provider"), text("model"),
					VARIANTS.get(context.path("deployment_type").asString("")),
					this.json.at("/response/service_tier").asString(""), context.path("batch").asBoolean(false),
					context.has("regional_processing"),
					Instant.parse(this.json.path("at").asString("2026-11-23T00:00:00Z")));
		}

		UsageFields usage() {
			return new UsageFields(
					mapper.convertValue(this.json.path("usage"), new TypeReference<Map<String, Object>>() {
					}));
		}

		Model model() {
			ModelResponse response = ModelResponse.of("x")
				.mutate()
				.model(text("model"))
				.usage(new Usage(null, null, null, null, null, null, null,
						mapper.convertValue(this.json.path("usage"), new TypeReference<>() {
						})))
				.metadata("service_tier", this.json.at("/response/service_tier").asString(null))
				.build();
			String provider = text("provider");
			String address = call().regional() ? "https://eu.api.openai.com/v1" : ADDRESSES.get(provider);
			return new Model() {

				@Override
				public Mono<ModelResponse> chat(ChatRequest request) {
					return Mono.just(response);
				}

				@Override
				public String name() {
					return "requested";
				}

				@Override
				public String provider() {
					return (address != null) ? "openai" : provider;
				}

				@Override
				public @Nullable URI endpoint() {
					return (address != null) ? URI.create(address) : null;
				}

			};
		}

		@Nullable BigDecimal expectedCost() {
			JsonNode cost = this.json.path("expected_cost_usd");
			return cost.isNull() ? null : new BigDecimal(cost.stringValue());
		}

		PriceCatalogue catalogue() {
			JsonNode rates = this.json.path("rates_usd_per_1m");
			if (rates.isMissingNode()) {
				return new PriceCatalogue(Collections.emptyList());
			}
			Map<Rate, BigDecimal> map = new EnumMap<>(Rate.class);
			for (Rate rate : Rate.values()) {
				if (rates.has(rate.column())) {
					map.put(rate, new BigDecimal(rates.path(rate.column()).stringValue()));
				}
			}
			Threshold threshold = rates.has("long_context_threshold")
					? new Threshold(rates.path("long_context_threshold").asLong(),
							rates.path("long_context_rule").stringValue().contains(">="))
					: null;
			PricedCall call = call();
			return new PriceCatalogue(List.of(new Price(call.provider(), List.of(call.model()),
					(call.variant() != null) ? call.variant() : "standard", null, null, threshold, map)));
		}

		private String text(String name) {
			return this.json.path(name).stringValue();
		}

		@Override
		public String toString() {
			return text("id") + ": " + text("why");
		}

	}

}
