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

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.cost.Deployments.Deployment;
import io.routekit.http.TestHttp;
import io.routekit.secret.SecretRedactor;
import io.routekit.wire.UsageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PricingFilter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PricingFilterTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final ChatRequest REQUEST = ChatRequest.of("Hi");

	private final PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(PriceCatalogue.bundled()),
			Deployments.NONE, new SecretRedactor(), Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC));

	private static Usage usage(Map<String, Object> raw) {
		Map<String, Object> whole = new HashMap<>(raw);
		whole.putIfAbsent("completion_tokens", 0);
		return UsageReader.read(whole);
	}

	private static ModelResponse response(String model, Usage usage) {
		return ModelResponse.of("x").mutate().model(model).usage(usage).build();
	}

	private static Model model(String provider, String url, ModelResponse response) {
		return new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.just(response);
			}

			@Override
			public String name() {
				return "gpt-5-mini";
			}

			@Override
			public String provider() {
				return provider;
			}

			@Override
			public URI endpoint() {
				return (url != null) ? URI.create(url) : null;
			}

			@Override
			public ProviderFacts facts() {
				return TestHttp.facts(provider, endpoint());
			}

		};
	}

	private Cost cost(Model model) {
		return this.filter.chat(REQUEST, model).block(LIMIT).usage().cost();
	}

	@Test
	void pricesAnswersAndStreamsAlike() {
		Model model = model("openai", null,
				response("gpt-5-mini-2025-08-07", usage(Map.of("prompt_tokens", 12, "completion_tokens", 7L))));
		Cost expected = new Cost(new BigDecimal("0.000017"), "USD", Cost.Source.CATALOGUE);
		assertThat(cost(model).amount()).isEqualByComparingTo(expected.amount());
		List<StreamEvent> events = this.filter.stream(REQUEST, model).collectList().block(LIMIT);
		assertThat(events).hasSize(2).first().isEqualTo(new StreamEvent.Text("x"));
		Cost streamed = ((StreamEvent.Completed) events.get(1)).response().usage().cost();
		assertThat(streamed.amount()).isEqualByComparingTo(expected.amount());
		assertThat(streamed.source()).isEqualTo(Cost.Source.CATALOGUE);
	}

	@ParameterizedTest
	@CsvSource({ "gpt-5-mini,2,,0.27", "gpt-5-mini,2,1,0.26", "gpt-5-mini,2,0,0.25", "gpt-5-mini,,3,0.28" })
	void addsTheFeeOfEachSearchOfTheWeb(String name, Integer called, Integer billed, BigDecimal expected) {
		ModelResponse.Builder response = response(name,
				usage(Map.of("prompt_tokens", 1_000_000, "completion_tokens", 0)))
			.mutate();
		if (called != null) {
			response.metadata("web_search_calls", called);
		}
		if (billed != null) {
			response.metadata("tool_usage", Map.of("web_search", Map.of("num_requests", billed)));
		}
		assertThat(cost(model("openai", null, response.build())).amount()).isEqualByComparingTo(expected);
	}

	@Test
	void searchesWithoutAFeeLeaveTheCallWithoutACost() {
		ModelResponse response = response("gpt-3.5-turbo-0125",
				usage(Map.of("prompt_tokens", 1, "completion_tokens", 1)))
			.mutate()
			.metadata("web_search_calls", 1)
			.build();
		assertThat(cost(model("openai", null, response))).isNull();
	}

	@Test
	void pricesTheTierThatServedTheCall() {
		ModelResponse response = response("gpt-5-mini", usage(Map.of("prompt_tokens", 1_000_000))).mutate()
			.metadata("service_tier", "flex")
			.build();
		assertThat(cost(model("openai", null, response)).amount()).isEqualByComparingTo("0.125");
	}

	@ParameterizedTest
	@CsvSource({ "30m,100000,0.25", "12h,100000,0.5", ",100000,0.25", "30m,1000000,5", "12h,1000000,10" })
	void pricesWhatIsCachedByTheTimeThatWasAskedFor(String ttl, int tokens, BigDecimal expected) {
		Map<String, Object> raw = Map.of("prompt_tokens", tokens, "prompt_tokens_details",
				Map.of("cache_write_tokens", tokens));
		Model model = model("openai", null, response("gpt-6.2-sol", usage(raw)));
		ChatOptions options = ChatOptions.builder()
			.extra("prompt_cache_options", Collections.singletonMap("ttl", ttl))
			.build();
		Cost cost = this.filter.chat(REQUEST.withOptions(options), model).block(LIMIT).usage().cost();
		assertThat((cost != null) ? cost.amount() : null)
			.usingComparator(Comparator.nullsFirst(Comparator.naturalOrder()))
			.isEqualTo(expected);
	}

	@Test
	void pricesDeploymentsOfAzureByTheirModelAndZone() {
		Deployments deployments = new Deployments("datazone-us-eu",
				Map.of("chat", new Deployment("gpt-5.1", null), "global", new Deployment(null, "global")));
		PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(PriceCatalogue.bundled()), deployments,
				new SecretRedactor());
		Map<String, BigDecimal> millions = Map.of("chat", new BigDecimal("1.375"), "global", new BigDecimal("1.25"),
				"other", new BigDecimal("1.375"));
		millions.forEach((deployment, million) -> {
			ModelResponse response = response(deployment.equals("chat") ? "gpt-35-turbo" : "gpt-5.1-2025-11-13",
					usage(Map.of("prompt_tokens", 1_000_000, "completion_tokens", 0)))
				.mutate()
				.metadata("deployment", deployment)
				.build();
			Model model = model("azure-openai", "https://acme.openai.azure.com", response);
			Cost cost = filter.chat(REQUEST, model).block(LIMIT).usage().cost();
			assertThat(cost.amount()).as(deployment).isEqualByComparingTo(million);
		});
	}

	@Test
	void leavesAnAnswerWithoutACostWhenTheCalculatorFails(CapturedOutput output) {
		PricingFilter filter = new PricingFilter((call) -> {
			throw new IllegalStateException("No rates");
		});
		Model model = model("openai", null, response("gpt-5-mini", usage(Map.of("prompt_tokens", 1))));
		assertThat(filter.chat(REQUEST, model).block(LIMIT).usage().cost()).isNull();
		assertThat(output).contains("The CostCalculator failed");
	}

	@Test
	void pricesCachedTokensWhereverTheServerCountsThem() {
		for (String name : new String[] { "prompt_cache_hit_tokens", "cached_tokens" }) {
			Model model = model("openai", null,
					response("gpt-5-mini", usage(Map.of("prompt_tokens", 1_000_000, name, 1_000_000))));
			assertThat(cost(model).amount()).isEqualByComparingTo("0.025");
		}
	}

	@Test
	void pricesByTheTimeWhenTheCallStarted() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T03:59:59Z"));
		PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(PriceCatalogue.bundled()),
				Deployments.NONE, new SecretRedactor(), new Clock() {

					@Override
					public Instant instant() {
						return now.get();
					}

					@Override
					public ZoneId getZone() {
						return ZoneOffset.UTC;
					}

					@Override
					public Clock withZone(ZoneId zone) {
						return this;
					}

				});
		ModelResponse response = response("deepseek-v4-flash", usage(Map.of("prompt_tokens", 1_000_000)));
		Model model = model("openai", "https://api.deepseek.com", response).filter(new ModelFilter() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request, Model next) {
				return next.chat(request).doOnNext((answer) -> now.set(Instant.parse("2026-11-23T04:00:01Z")));
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request, Model next) {
				return next.stream(request).doOnNext((event) -> now.set(Instant.parse("2026-11-23T04:00:01Z")));
			}

		});
		Mono<ModelResponse> call = model.filter(filter).chat(REQUEST);
		assertThat(call.block(LIMIT).usage().cost().amount()).isEqualByComparingTo("0.3");
		assertThat(call.block(LIMIT).usage().cost().amount()).isEqualByComparingTo("0.15");
		now.set(Instant.parse("2026-11-23T03:59:59Z"));
		StreamEvent last = filter.stream(REQUEST, model).blockLast(LIMIT);
		assertThat(((StreamEvent.Completed) last).response().usage().cost().amount()).isEqualByComparingTo("0.3");
	}

	@Test
	void pricesByTheNameThatWasAskedForWhenTheAnswerNamesNone() {
		Model model = model("openai", null, response(null, usage(Map.of("prompt_tokens", 1_000_000))));
		assertThat(cost(model).amount()).isEqualByComparingTo("0.25");
		ChatRequest other = REQUEST.withOptions(ChatOptions.builder().model("gpt-4o").build());
		assertThat(this.filter.chat(other, model).block(LIMIT).usage().cost().amount()).isEqualByComparingTo("2.5");
	}

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1,gpt-5-mini,0.25", "http://localhost:11434/v1,gpt-5-mini,0",
			"https://api.deepseek.com,deepseek-v4-flash,0.15",
			"https://api.groq.com/openai/v1,openai/gpt-oss-20b,0.075",
			"https://openrouter.ai/api/v1,openai/gpt-6-sol,4", "http://gpu:11434/v1,llama3.2:3b,0",
			"https://api.mistral.ai/v1,codestral-2508,0.3", "https://api.x.ai/v1,grok-4.5,4",
			"https://api.together.xyz/v1,openai/gpt-oss-120b,0.15" })
	void tellsProvidersApartByTheAddress(String url, String model, BigDecimal million) {
		assertThat(cost(model("openai", url, response(model, usage(Map.of("prompt_tokens", 1_000_000))))).amount())
			.isEqualByComparingTo(million);
	}

	@ParameterizedTest
	@CsvSource({ "https://eu.api.openai.com/v1,gpt-5.4-mini,0.825", "https://us.api.openai.com/v1,gpt-5.4-mini,0.825",
			"https://api.openai.com/v1,gpt-5.4-mini,0.75", "https://eu.api.openai.com/v1,gpt-5-mini,0.25" })
	void pricesTheRegionThatTheAddressNames(String url, String model, BigDecimal million) {
		assertThat(cost(model("openai", url, response(model, usage(Map.of("prompt_tokens", 1_000_000))))).amount())
			.isEqualByComparingTo(million);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt-4o-search-preview", "gpt-4o-search-preview-2025-03-11" })
	void addsTheFeeOfAModelThatSearchesInEachCall(String name) {
		Map<String, Object> raw = Map.of("prompt_tokens", 1000, "completion_tokens", 100);
		assertThat(cost(model("openai", null, response(name, usage(raw)))).amount()).isEqualByComparingTo("0.0285");
	}

	@Test
	void takesTheCostThatTheProviderReports() {
		Map<String, Object> raw = Map.of("prompt_tokens", 9421, "cost", new BigDecimal("0.0102318"), "is_byok", true,
				"cost_details", Map.of("upstream_inference_cost", new BigDecimal("0.01")));
		Cost cost = cost(model("openai", "https://openrouter.ai/api/v1", response("any/model", usage(raw))));
		assertThat(cost.amount()).isEqualByComparingTo("0.0202318");
		assertThat(cost.source()).isEqualTo(Cost.Source.REPORTED);
		raw = Map.of("prompt_tokens", 1, "cost_in_usd_ticks", 37_756_000L);
		assertThat(cost(model("openai", "https://api.x.ai/v1", response("grok-4.3", usage(raw)))).amount())
			.isEqualByComparingTo("0.0037756");
	}

	@Test
	void leavesUnknownModelsWithoutACostAndWarnsOnce(CapturedOutput output) {
		ModelResponse response = response("acme-7b", usage(Map.of("prompt_tokens", 1)));
		Model model = model("openai", "https://api.openai.com/v1", response);
		assertThat(cost(model)).isNull();
		assertThat(cost(model)).isNull();
		assertThat(output.getAll()).containsOnlyOnce("There is no price for the model 'acme-7b' of 'openai'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080/v1", "https://eu.api.openai.com.example/v1",
			"https://models.github.ai/inference", "https://gateway.example.com/openai/v1" })
	void leavesCallsToAServerThatNobodyKnowsWithoutACostAndNamesTheProperty(String url, CapturedOutput output) {
		Model model = model("openai", url, response("gpt-4o", usage(Map.of("prompt_tokens", 1))));
		assertThat(cost(model)).isNull();
		assertThat(cost(model)).isNull();
		assertThat(output.getAll()).containsOnlyOnce("Nobody knows the prices of '" + URI.create(url).getAuthority())
			.contains("'gpt-4o'", "'routekit.provider.price-provider'");
	}

	@Test
	void believesACostThatAServerReportsWhichNobodyKnows() {
		Model model = model("openai", "http://localhost:8080/v1",
				response("any", usage(Map.of("prompt_tokens", 1, "cost", new BigDecimal("0.5")))));
		assertThat(cost(model).amount()).isEqualByComparingTo("0.5");
	}

	@Test
	void leavesCallsThatAreDeclaredToHaveNoPriceWithoutACostAndSaysNothing(CapturedOutput output) {
		Model model = model("openai", "https://api.openai.com/v1",
				response("gpt-4o", usage(Map.of("prompt_tokens", 1, "cost", BigDecimal.ONE))));
		assertThat(cost(pricedBy("none", model))).isNull();
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void callsThatAreDeclaredToBeFreeCostNothing() {
		Model model = model("openai", "http://localhost:8080/v1",
				response("llama", usage(Map.of("prompt_tokens", 1, "cost", BigDecimal.ONE))));
		Cost cost = cost(pricedBy("free", model));
		assertThat(cost.amount()).isZero();
		assertThat(cost.source()).isEqualTo(Cost.Source.CATALOGUE);
	}

	@Test
	void pricesAsTheDeclaredProviderWhateverTheServer() {
		Model model = model("openai", "http://localhost:8080/v1",
				response("gpt-5-mini", usage(Map.of("prompt_tokens", 1_000_000))));
		assertThat(cost(pricedBy("openai", model)).amount()).isEqualByComparingTo("0.25");
	}

	@Test
	void pricesByTheNameThatWasAskedForWhereAnswersNameAnotherOne() {
		PriceCatalogue catalogue = PriceCatalogue
			.of(List.of(Map.of("provider", "bedrock", "id", "global.anthropic.claude-sonnet-5-5", "input", "2"),
					Map.of("provider", "bedrock", "id", "anthropic.claude-sonnet-5-5", "input", "2.2")));
		PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(catalogue));
		Model model = model("anthropic", "https://bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages",
				response("anthropic.claude-sonnet-5-5", usage(Map.of("input_tokens", 1_000_000, "output_tokens", 0))));
		ChatRequest request = REQUEST
			.withOptions(ChatOptions.builder().model("global.anthropic.claude-sonnet-5-5").build());
		assertThat(filter.chat(request, model).block(LIMIT).usage().cost().amount()).isEqualByComparingTo("2");
	}

	@Test
	void theZoneOfADeploymentCountsWhateverTypeCallsIt() {
		PriceCatalogue catalogue = PriceCatalogue.of(List.of(Map.of("provider", "azure-openai", "id", "gpt-5.1",
				"prices", List.of(Map.of("zone", "global", "input", "1"), Map.of("zone", "regional", "input", "2")))));
		PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(catalogue),
				new Deployments("global", Map.of("chat", new Deployments.Deployment("gpt-5.1", "regional"))),
				new SecretRedactor());
		Model model = model("openai", "https://r.openai.azure.com/openai/v1/chat/completions",
				response("gpt-5.1", usage(Map.of("prompt_tokens", 1_000_000, "completion_tokens", 0))));
		assertThat(filter.chat(REQUEST, model).block(LIMIT).usage().cost().amount()).isEqualByComparingTo("1");
		ChatRequest request = REQUEST.withOptions(ChatOptions.builder().model("chat").build());
		assertThat(filter.chat(request, model).block(LIMIT).usage().cost().amount()).isEqualByComparingTo("2");
	}

	private static Model pricedBy(String provider, Model model) {
		return ProviderFacts.of(model).mutate().priceProvider(provider).build().describe(model);
	}

	@Test
	void doesNotWarnOfAModelWithoutAServer(CapturedOutput output) {
		assertThat(cost(model("fake", null, response("fake-model", Usage.of(1, 1))))).isNull();
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void pricesTheCountersOfAModelThatHasNoWireFormat() {
		PriceCatalogue catalogue = PriceCatalogue.of(List.of(Map.of("provider", "fake", "id", "*", "input", "1",
				"output", "2", "cache-read", "0.1", "cache-write-5m", "1.25")));
		PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(catalogue));
		Usage usage = Usage.builder()
			.promptTokens(1_000_000L)
			.completionTokens(100_000L)
			.cachedTokens(400_000L)
			.cacheWriteTokens(100_000L)
			.reasoningTokens(50_000L)
			.build();
		Model model = model("fake", null, response("any", usage));
		assertThat(filter.chat(REQUEST, model).block(LIMIT).usage().cost().amount()).isEqualByComparingTo("0.865");
		Model unknown = model("fake", null, response("any", Usage.builder().build()));
		assertThat(filter.chat(REQUEST, unknown).block(LIMIT).usage().cost()).isNull();
	}

	@Test
	void leavesATierWithoutAPriceWithoutACost() {
		ModelResponse response = response("gpt-4-turbo", usage(Map.of("prompt_tokens", 1))).mutate()
			.metadata("service_tier", "priority")
			.build();
		assertThat(cost(model("openai", null, response))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "total_tokens | 640", "prompt_tokens | 640",
			"prompt_tokens | -1", "prompt_tokens | 9007199254740993", "cost | 250000", "prompt_tokens | 0" })
	void leavesWhatIsNotKnownWithoutACost(String name, long value) {
		Usage usage = UsageReader.read(Map.of(name, value));
		assertThat(cost(model("openai", null, response("gpt-5-mini", usage)))).isNull();
	}

	@Test
	void leavesAnImplausibleCostOutAndWarnsOnce(CapturedOutput output) {
		PriceCatalogue catalogue = PriceCatalogue
			.of(List.of(Map.of("provider", "openai", "id", "*", "input", "250000", "output", "1")));
		PricingFilter filter = new PricingFilter(new CatalogueCostCalculator(catalogue));
		Model model = model("openai", "https://api.openai.com/v1", response("m", Usage.of(1_000_000, 1)));
		assertThat(filter.chat(REQUEST, model).block(LIMIT).usage().cost()).isNull();
		assertThat(filter.chat(REQUEST, model).block(LIMIT).usage().cost()).isNull();
		assertThat(output.getAll()).containsOnlyOnce("A call of the model 'm' of 'openai' would cost more");
		Model cheaper = model("openai", "https://api.openai.com/v1", response("m", Usage.of(1000, 1)));
		assertThat(filter.chat(REQUEST, cheaper).block(LIMIT).usage().cost()).isNotNull();
	}

	@Test
	void warnsOnceOfACounterThatIsNone(CapturedOutput output) {
		Usage usage = UsageReader.read(Map.of("prompt_tokens", 1, "completion_tokens", "n/a"));
		Model model = model("openai", "https://api.openai.com/v1", response("gpt-5-mini", usage));
		assertThat(cost(model)).isNull();
		assertThat(cost(model)).isNull();
		assertThat(output.getAll()).containsOnlyOnce("since 'completion_tokens' is no number of tokens");
	}

	@Test
	void pricesAndTellsWhatAModelOfOnesOwnHandsOn() {
		Map<String, Object> raw = Map.of("input_tokens", 100, "output_tokens", 10, "cache_read_input_tokens", 900);
		Model model = model("anthropic", null, response("claude-sonnet-4-5", Usage.builder().raw(raw).build()));
		Usage usage = this.filter.chat(REQUEST, model).block(LIMIT).usage();
		assertThat(usage.promptTokens()).isEqualTo(1000);
		assertThat(usage.cost().amount()).isEqualByComparingTo("0.00072");
	}

	@Test
	void chargesNoAttemptThatWasDeclinedBeforeAnyOutput() {
		Usage usage = UsageReader.read(Map.of("input_tokens", 412, "output_tokens", 264, "iterations",
				List.of(Map.of("type", "message", "model", "claude-fable-5", "input_tokens", 408, "output_tokens", 0),
						Map.of("type", "fallback_message", "model", "claude-opus-4-8", "input_tokens", 412,
								"output_tokens", 264))));
		assertThat(usage.promptTokens()).isEqualTo(412);
		assertThat(cost(model("anthropic", null, response("claude-opus-4-8", usage))).amount())
			.isEqualByComparingTo("0.00866");
	}

	@Test
	void takesTheTotalOfACostThatIsReportedInParts() {
		Map<String, Object> raw = Map.of("prompt_tokens", 7, "completion_tokens", 149, "cost",
				Map.of("input_tokens_cost", 0.000021, "request_cost", 0.006, "total_cost", new BigDecimal("0.008256")));
		Cost cost = cost(model("openai", null, response("sonar-pro", usage(raw))));
		assertThat(cost).isEqualTo(new Cost(new BigDecimal("0.008256"), Cost.USD, Cost.Source.REPORTED));
	}

	@Test
	void takesNoCostOfAGatewayThatLeavesOutTheProvidersOwn() {
		Map<String, Object> raw = Map.of("prompt_tokens", 1_000_000, "completion_tokens", 0, "cost", 0, "is_byok",
				true);
		Cost cost = cost(model("openai", "https://openrouter.ai/api/v1", response("openai/gpt-6-sol", usage(raw))));
		assertThat(cost.source()).isEqualTo(Cost.Source.CATALOGUE);
		assertThat(cost.amount()).isEqualByComparingTo("4");
	}

	@Test
	void keepsACostThatIsThere() {
		Cost cost = new Cost(BigDecimal.TEN, "USD", Cost.Source.REPORTED);
		Usage usage = usage(Map.of("prompt_tokens", 1)).withCost(cost);
		assertThat(cost(model("openai", null, response("gpt-5-mini", usage)))).isSameAs(cost);
	}

	@Test
	void leavesAnAnswerWithoutUsageAsItIs() {
		ModelResponse response = response("gpt-5-mini", null);
		assertThat(this.filter.chat(REQUEST, model("openai", null, response)).block(LIMIT)).isSameAs(response);
	}

	@Test
	void survivesAbsurdUsage() {
		Map<String, Object> raw = new HashMap<>();
		raw.put("prompt_tokens", "-5");
		raw.put("completion_tokens", new BigDecimal("1e30"));
		raw.put("prompt_tokens_details", "none");
		raw.put("completion_tokens_details", null);
		raw.put("cost", "a lot");
		raw.put("iterations", List.of(1, 2));
		assertThat(cost(model("openai", null, response("gpt-5-mini", usage(raw))))).isNull();
		raw.put("cost", -1);
		assertThat(cost(model("openai", null, response("gpt-5-mini", usage(raw))))).isNull();
		raw.put("cost", 1);
		assertThat(cost(model("openai", null, response("gpt-5-mini", usage(raw)))).source())
			.isEqualTo(Cost.Source.REPORTED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "1e300000000", "1e-300000000", "-1", "1000001", "NaN", "Infinity" })
	@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
	void fallsBackOnTheCatalogueWhenTheReportedCostIsAbsurd(String cost) {
		Map<String, Object> raw = Map.of("prompt_tokens", 1_000_000, "cost", cost, "is_byok", true, "cost_details",
				Map.of("upstream_inference_cost", new BigDecimal("0.01")));
		Model model = model("openai", "https://openrouter.ai/api/v1", response("openai/gpt-6-sol", usage(raw)));
		Cost computed = this.filter.chat(REQUEST, model).map((response) -> response.usage().cost()).block(LIMIT);
		assertThat(computed.source()).isEqualTo(Cost.Source.CATALOGUE);
		assertThat(computed.amount()).isEqualByComparingTo("4");
	}

	@Test
	@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
	void leavesCountersOfAbsurdLengthWithoutACost() {
		Map<String, Object> raw = Map.of("prompt_tokens", "9".repeat(3_000_000), "completion_tokens", "1000000");
		assertThat(cost(model("openai", null, response("gpt-5-mini", usage(raw))))).isNull();
	}

	@Test
	void addsUpWithoutError() {
		Model model = model("openai", null, response("gpt-5-nano", usage(Map.of("prompt_tokens", 1))));
		BigDecimal sum = BigDecimal.ZERO;
		for (int i = 0; i < 1000; i++) {
			sum = sum.add(cost(model).amount());
		}
		assertThat(sum).isEqualByComparingTo("0.00005");
	}

	@Test
	void passesFailuresOn() {
		Model model = (request) -> Mono.error(ModelException.of(Kind.OVERLOADED, "Busy"));
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> this.filter.chat(REQUEST, model).block(LIMIT))
			.withMessage("Busy");
		assertThatExceptionOfType(ModelException.class)
			.isThrownBy(() -> this.filter.stream(REQUEST, model).blockLast(LIMIT))
			.withMessage("Busy");
	}

}
