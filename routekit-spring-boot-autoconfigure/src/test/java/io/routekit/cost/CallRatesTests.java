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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.routekit.Cost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallRates}.
 */
class CallRatesTests {

	private static final int MILLION = 1_000_000;

	private static final Map<String, Object> NONE = Collections.emptyMap();

	private final Map<String, Object> model = new HashMap<>(
			Map.of("provider", "acme", "id", "a", "input", "2", "output", "10"));

	private @Nullable BigDecimal cost(@Nullable String tier, Map<String, Object> promptDetails) {
		return cost(tier, promptDetails, NONE, null);
	}

	private @Nullable BigDecimal cost(@Nullable String tier, Map<String, Object> promptDetails,
			Map<String, Object> outputDetails, @Nullable String cacheTtl) {
		PricedCall call = PricedCall
			.builder("acme", "a",
					Map.of("prompt_tokens", MILLION, "completion_tokens", MILLION, "total_tokens", 2 * MILLION,
							"prompt_tokens_details", promptDetails, "completion_tokens_details", outputDetails))
			.serviceTier(tier)
			.cacheTtl(cacheTtl)
			.build();
		Cost cost = new CatalogueCostCalculator(PriceCatalogue.of(List.of(this.model))).calculate(call);
		return (cost != null) ? cost.amount() : null;
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "auto", "standard", "scale", "on_demand", "STANDARD", "" })
	void takesTheStandardTierByAllItsNames(String tier) {
		assertThat(cost(tier, NONE)).isEqualByComparingTo("12");
		assertThat(cost(null, NONE)).isEqualByComparingTo("12");
	}

	@ParameterizedTest
	@ValueSource(strings = { "flex", "fast", "ultrafast", "batch", "turbo" })
	void knowsNoPriceOfATierThatHasNone(String tier) {
		assertThat(cost(tier, NONE)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cached_tokens", "cache_write_tokens", "audio_tokens" })
	void scalesWhatATierDoesNotList(String counter) {
		this.model.putAll(Map.of("cache-read", "0.2", "cache-write-30m", "2.5", "audio-input", "32", "tiers",
				Map.of("flex", Map.of("input", "1", "output", "5"))));
		BigDecimal standard = cost("default", Map.of(counter, MILLION));
		BigDecimal flex = cost("flex", Map.of(counter, MILLION));
		assertThat(flex.add(flex)).isEqualByComparingTo(standard);
	}

	@Test
	void scalesTheAudioOfTheAnswerByTheInputOfTheTier() {
		this.model.putAll(Map.of("audio-output", "64", "tiers", Map.of("flex", Map.of("input", "0.5", "output", "5"))));
		assertThat(cost("flex", NONE, Map.of("audio_tokens", MILLION), null)).isEqualByComparingTo("16.5");
	}

	@Test
	void dividesByTheLastOnly() {
		this.model.putAll(Map.of("input", "0.165", "output", "0", "cache-read", "0.083", "tiers",
				Map.of("flex", Map.of("input", "0.083", "output", "0"))));
		// 330,000 * 0.083 * 0.083 / 0.165 + 670,000 * 0.083
		assertThat(cost("flex", Map.of("cached_tokens", 330_000))).isEqualByComparingTo("0.069388");
		// What no decimal can hold
		assertThat(cost("flex", Map.of("cached_tokens", MILLION)).precision()).isEqualTo(34);
	}

	@Test
	void takesTheFactorOfATierThatListsNothing() {
		this.model.put("tiers", Map.of("flex", Map.of("factor", "0.25")));
		assertThat(cost("flex", NONE)).isEqualByComparingTo("3");
	}

	@Test
	void knowsNoRateThatATierDoesNotListWithoutItsInput() {
		this.model.put("tiers", Map.of("flex", Map.of("output", "5")));
		assertThat(cost("flex", NONE)).isNull();
	}

	@Test
	void isFreeInATierOfAFreeModel() {
		this.model.putAll(Map.of("input", "0", "output", "0", "cache-read", "0", "tiers",
				Map.of("flex", Map.of("input", "0", "output", "0"))));
		assertThat(cost("flex", Map.of("cached_tokens", 10))).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "cached_tokens,0.4", "cache_write_tokens,5", "audio_tokens,64" })
	void scalesWhatLongPromptsDoNotList(String counter, BigDecimal rate) {
		this.model.putAll(Map.of("cache-read", "0.2", "cache-write-30m", "2.5", "audio-input", "32", "long-context",
				Map.of("threshold", "1000", "input", "4", "output", "15")));
		assertThat(cost(null, Map.of(counter, MILLION))).isEqualByComparingTo(rate.add(new BigDecimal("15")));
	}

	@Test
	void scalesTheAudioOfAnAnswerToALongPromptAsItsText() {
		this.model.putAll(Map.of("audio-output", "64", "long-context",
				Map.of("threshold", "1000", "input", "4", "output", "15")));
		assertThat(cost(null, NONE, Map.of("audio_tokens", MILLION), null)).isEqualByComparingTo("100");
	}

	@Test
	void scalesTheRatesOfLongPromptsInATier() {
		this.model.putAll(
				Map.of("cache-read", "0.2", "long-context", Map.of("threshold", "1000", "input", "4", "output", "15"),
						"tiers", Map.of("flex", Map.of("input", "1", "output", "5", "cache-read", "0.15"))));
		assertThat(cost("flex", Map.of("cached_tokens", MILLION))).isEqualByComparingTo("7.7");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = { "none,2.5", "30m,2.5", "12h,5", "1h,3" })
	void takesTheRateOfTheTimeThatACacheKeeps(@Nullable String ttl, BigDecimal rate) {
		this.model.putAll(Map.of("cache-write-30m", "2.5", "cache-write-12h", "5", "cache-write-1h", "3"));
		assertThat(cost(null, Map.of("cache_write_tokens", MILLION), NONE, ttl))
			.isEqualByComparingTo(rate.add(BigDecimal.TEN));
	}

	@ParameterizedTest
	@ValueSource(strings = { "12h", "7d" })
	void knowsNoPriceOfATimeThatHasNone(String ttl) {
		this.model.put("cache-write-30m", "2.5");
		assertThat(cost(null, Map.of("cache_write_tokens", MILLION), NONE, ttl)).isNull();
		assertThat(cost(null, NONE, NONE, ttl)).isEqualByComparingTo("12");
	}

	@Test
	void takesTheRateOfTheInputWhereWritingHasNone() {
		assertThat(cost(null, Map.of("cache_write_tokens", MILLION), NONE, "12h")).isEqualByComparingTo("12");
	}

}
