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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Cost.Source;
import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.cost.Deployments.Deployment;
import io.routekit.http.TestHttp;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link CatalogueCostCalculator} with real usages whose cost is known.
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

	@Test
	void areSixtySeven() throws IOException {
		assertThat(vectors()).hasSize(67);
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void costsWhatTheBundledCatalogueSays(Vector vector) {
		assertCost(vector, bundled.and(vector.userPrices()));
	}

	// One without rates is for the bundled catalogue alone
	static Stream<Vector> vectorsOfRates() throws IOException {
		return vectors().filter((vector) -> vector.json().has("rates_usd_per_1m") || !isFromCatalogue(vector));
	}

	private static boolean isFromCatalogue(Vector vector) {
		return vector.json().path("cost_source").stringValue().equals("catalogue");
	}

	@ParameterizedTest
	@MethodSource("vectorsOfRates")
	void costsWhatTheRatesOfTheVectorSay(Vector vector) {
		assertCost(vector, vector.catalogue().and(vector.userPrices()));
	}

	private void assertCost(Vector vector, PriceCatalogue catalogue) {
		CatalogueCostCalculator calculator = new CatalogueCostCalculator(catalogue);
		Cost cost = calculator.calculate(vector.call());
		assertAmount(vector, cost);
		if (cost == null) {
			return;
		}
		assertThat(cost.currency()).isEqualTo("USD");
		boolean reported = vector.json().path("cost_source").stringValue().equals("provider-reported");
		assertThat(cost.source()).isEqualTo(reported ? Source.REPORTED : Source.CATALOGUE);
		vector.json().path("breakdown_usd").properties().forEach((line) -> {
			BigDecimal amount = calculator.breakdown(vector.call()).getOrDefault(line.getKey(), BigDecimal.ZERO);
			assertThat(amount).as(line.getKey()).isEqualByComparingTo(line.getValue().stringValue());
		});
	}

	// That a call is part of a batch is in no answer
	static Stream<Vector> vectorsOfAnswers() throws IOException {
		return vectors().filter((vector) -> !vector.call().batch());
	}

	@ParameterizedTest
	@MethodSource("vectorsOfAnswers")
	void costsTheSameAsAnAnswer(Vector vector) {
		PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(bundled.and(vector.userPrices())),
				vector.deployments(), new SecretRedactor(), Clock.fixed(vector.call().time(), ZoneOffset.UTC));
		Model model = vector.model();
		ModelResponse response = filter.chat(vector.request(), model).block(LIMIT);
		StreamEvent last = filter.stream(vector.request(), model).blockLast(LIMIT);
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

	/**
	 * A vector of the file.
	 *
	 * @param json the vector as it is in the file
	 */
	record Vector(JsonNode json) {

		private static final Map<String, String> ADDRESSES = Map.ofEntries(
				Map.entry("openai", "https://api.openai.com/v1"),
				Map.entry("azure-openai", "https://acme.openai.azure.com/openai/v1"),
				Map.entry("anthropic", "https://api.anthropic.com"),
				Map.entry("bedrock", "https://bedrock-mantle.eu-west-1.api.aws/anthropic"),
				Map.entry("google", "https://generativelanguage.googleapis.com/v1beta/openai"),
				Map.entry("deepseek", "https://api.deepseek.com"), Map.entry("groq", "https://api.groq.com/openai/v1"),
				Map.entry("mistral", "https://api.mistral.ai/v1"), Map.entry("xai", "https://api.x.ai/v1"),
				Map.entry("openrouter", "https://openrouter.ai/api/v1"),
				Map.entry("ollama", "http://localhost:11434/v1"),
				Map.entry("openai-compatible", "http://localhost:8080/v1"));

		private static final Set<String> TIERS = Set.of("batch", "flex", "priority", "ultrafast");

		PricedCall call() {
			return PricedCall.builder(text("provider"), text("model"), usage())
				.zone(zone())
				.serviceTier(serviceTier())
				.batch(context().path("batch").asBoolean(false))
				.regional(context().has("regional_processing"))
				.cacheTtl(this.json.at("/context/request/prompt_cache_options/ttl").asString(null))
				.time(Instant.parse(this.json.path("at").asString("2026-11-23T12:00:00Z")))
				.build();
		}

		private Map<String, Object> usage() {
			return mapper.convertValue(this.json.path("usage"), new TypeReference<>() {
			});
		}

		private JsonNode context() {
			return this.json.path("context");
		}

		private @Nullable String zone() {
			String type = context().path("deployment_type").asString(null);
			if (!"datazone".equals(type)) {
				return type;
			}
			return (context().path("region").stringValue().equals("eastus2")) ? "datazone-us" : "datazone-eu";
		}

		@Nullable String serviceTier() {
			return this.json.at("/response/service_tier").asString(null);
		}

		@Nullable String deployment() {
			return context().path("deployment").asString(null);
		}

		Deployments deployments() {
			return (deployment() != null)
					? new Deployments("regional", Map.of(deployment(), new Deployment(null, zone())))
					: Deployments.NONE;
		}

		Model model() {
			ModelResponse response = ModelResponse.of("x")
				.mutate()
				.model(text("model"))
				.usage(Usage.builder().raw(usage()).build())
				.metadata("service_tier", serviceTier())
				.metadata("deployment", deployment())
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
					return provider.equals("bedrock") ? text("model") : "requested";
				}

				@Override
				public String provider() {
					return text("api").equals("messages") ? "anthropic" : "openai";
				}

				@Override
				public URI endpoint() {
					return URI.create(address);
				}

				@Override
				public ProviderFacts facts() {
					return TestHttp.facts(provider(), endpoint());
				}

			};
		}

		ChatRequest request() {
			ChatOptions.Builder options = ChatOptions.builder();
			context().path("request")
				.properties()
				.forEach((field) -> options.extra(field.getKey(), mapper.convertValue(field.getValue(), Object.class)));
			return ChatRequest.of("Hi").mutate().options(options.build()).build();
		}

		PriceCatalogue userPrices() {
			List<Map<String, Object>> prices = this.json.has("user_prices")
					? mapper.convertValue(this.json.path("user_prices"), new TypeReference<>() {
					}) : Collections.emptyList();
			return PriceCatalogue.of(prices);
		}

		@Nullable BigDecimal expectedCost() {
			JsonNode cost = this.json.path("expected_cost_usd");
			return cost.isNull() ? null : new BigDecimal(cost.stringValue());
		}

		/**
		 * Return a catalogue of the rates that the vector needs, and no others.
		 * @return the catalogue
		 */
		PriceCatalogue catalogue() {
			if (!this.json.has("rates_usd_per_1m")) {
				return PriceCatalogue.of(Collections.emptyList());
			}
			Map<String, Object> model = new HashMap<>(Map.of("provider", text("provider"), "id",
					this.json.at("/user_prices/0/id").asString(text("model"))));
			Map<String, Map<String, Object>> tiers = new HashMap<>();
			Map<String, Object> longContext = new HashMap<>();
			this.json.path("rates_usd_per_1m").properties().forEach((rate) -> {
				String name = rate.getKey().replace('_', '-');
				String value = rate.getValue().asString();
				String prefix = name.substring(0, name.indexOf('-') + 1).replace("-", "");
				String rest = name.substring(name.indexOf('-') + 1);
				if (TIERS.contains(prefix)) {
					tiers.computeIfAbsent(prefix, (tier) -> new HashMap<>()).put(rest, value);
				}
				else if (prefix.equals("lc")) {
					longContext.put(rest.equals("cache-write") ? cacheWrite() : rest, value);
				}
				else if (name.equals("long-context-rule")) {
					longContext.put("inclusive", value.contains(">="));
				}
				else if (name.equals("long-context-threshold")) {
					longContext.put("threshold", value);
				}
				else {
					model.put(name, value);
				}
			});
			model.put("tiers", tiers);
			model.put("long-context", longContext);
			return PriceCatalogue.of(List.of(model));
		}

		private String cacheWrite() {
			return this.json.at("/rates_usd_per_1m/cache_write_5m").isMissingNode() ? "cache-write-30m"
					: "cache-write-5m";
		}

		String text(String name) {
			return this.json.path(name).stringValue();
		}

		@Override
		public String toString() {
			return text("id") + ": " + text("why");
		}

	}

}
