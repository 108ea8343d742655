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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PriceCatalogue} and {@link PriceList}.
 */
class PriceCatalogueTests {

	private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");

	private static final Pattern CELL = Pattern.compile("(?<=^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)");

	private final PriceCatalogue catalogue = PriceCatalogue.bundled();

	@Test
	void holdsEveryCellOfThePriceList() throws IOException {
		List<String> lines = lines();
		List<String> columns = Arrays.asList(lines.get(0).split(","));
		List<Price> prices = PriceList.read(PriceCatalogueTests.class.getResourceAsStream("prices.csv"));
		assertThat(prices).hasSize(lines.size() - 1).hasSizeGreaterThan(150);
		for (int i = 0; i < prices.size(); i++) {
			List<String> cells = CELL.matcher(lines.get(i + 1)).results().map(MatchResult::group).toList();
			Price price = prices.get(i);
			assertThat(price.provider()).isEqualTo(cells.get(columns.indexOf("provider")));
			assertThat(price.models()).first().isEqualTo(cells.get(columns.indexOf("model_id")));
			assertThat(price.variant()).isEqualTo(cells.get(columns.indexOf("variant")));
			for (Rate rate : Rate.values()) {
				String cell = cells.get(columns.indexOf(rate.column()));
				assertThat(price.rate(rate)).as("%s of %s", rate, price.models())
					.isEqualTo(cell.isEmpty() ? null : new BigDecimal(cell));
			}
		}
	}

	@Test
	void knowsEveryColumnThatHoldsARate() throws IOException {
		Stream<String> columns = Arrays.stream(lines().get(0).split(","));
		assertThat(columns.skip(7).limit(29).filter((column) -> !column.startsWith("long_context")))
			.containsExactlyElementsOf(Arrays.stream(Rate.values()).map(Rate::column).toList());
	}

	private static List<String> lines() throws IOException {
		try (InputStream stream = PriceCatalogueTests.class.getResourceAsStream("prices.csv")) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
	}

	@ParameterizedTest
	@CsvSource({ "openai,gpt-5-mini,0.25", "openai,gpt-5-mini-2025-08-07,0.25", "openai,gpt-5-mini-2031-01-01,0.25",
			"openai,gpt-4o-2024-05-13,5", "openai,ft:gpt-4o-mini-2024-07-18:acme:x:9xQ2,0.3",
			"anthropic,claude-sonnet-4-5,3", "anthropic,claude-haiku-4-5-20251001,1", "ollama,anything:7b,0",
			"azure-openai,gpt-5.1-2025-11-13,1.25", "mistral,mistral-medium-latest,1.5" })
	void findsAModelByItsNameAnAliasOrWithoutItsDate(String provider, String model, BigDecimal input) {
		assertThat(this.catalogue.find(provider, model, null, TODAY).rate(Rate.INPUT)).isEqualByComparingTo(input);
	}

	@ParameterizedTest
	@CsvSource({ "openai,gpt-5-mini-turbo", "openai,gpt", "openai,gpt-5-mini-2025", "openai,GPT-5-MINI",
			"openai,claude-sonnet-5-5", "acme,gpt-5-mini", "openai,ft:gpt-2:acme::1" })
	void findsNoModelByTheBeginningOfItsName(String provider, String model) {
		assertThat(this.catalogue.find(provider, model, null, TODAY)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-23T00:59:59Z,0.22", "2026-11-23T01:00:00Z,0.44", "2026-11-23T03:59:59Z,0.44",
			"2026-11-23T04:00:00Z,0.22", "2026-11-23T06:00:00Z,0.44", "2026-11-23T10:00:00Z,0.22",
			"2026-08-16T02:00:00Z,0.14" })
	void knowsTheHoursOfTheDay(Instant time, BigDecimal input) {
		assertThat(this.catalogue.find("deepseek", "deepseek-v4-flash", null, time).rate(Rate.INPUT))
			.isEqualByComparingTo(input);
	}

	private static PriceCatalogue read(String csv) {
		return PriceCatalogue.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
	}

	private static Price find(PriceCatalogue catalogue, String model) {
		return catalogue.find("openai", model, null, TODAY);
	}

	@Test
	void readsPricesOfOnesOwn() {
		PriceCatalogue both = this.catalogue.and(read("provider,model_id,input,output\nopenai,acme-7b,0.1,0.2\n\n"));
		assertThat(find(both, "acme-7b").rates())
			.isEqualTo(Map.of(Rate.INPUT, dollars("0.1"), Rate.OUTPUT, dollars("0.2")));
		assertThat(find(both, "gpt-5-mini")).isEqualTo(find(this.catalogue, "gpt-5-mini"));
		assertThat(find(this.catalogue, "acme-7b")).isNull();
	}

	@Test
	void keepsOfAPriceWhatAnotherOneLeavesOut() {
		PriceCatalogue both = this.catalogue.and(read("provider,model_id,input\nopenai,gpt-5-nano,0.04"));
		for (String name : List.of("gpt-5-nano", "gpt-5-nano-2025-08-07")) {
			assertThat(find(both, name).rate(Rate.INPUT)).isEqualByComparingTo("0.04");
			assertThat(find(both, name).rate(Rate.OUTPUT)).isEqualByComparingTo("0.4");
		}
		assertThat(find(both, "gpt-5-mini").rate(Rate.INPUT)).isEqualByComparingTo("0.25");
	}

	@Test
	void takesWhatASnapshotLeavesOutFromItsModel() {
		PriceCatalogue both = this.catalogue.and(read("provider,model_id,input\nopenai,gpt-5-nano-2025-08-07,0.04"));
		assertThat(find(both, "gpt-5-nano-2025-08-07").rate(Rate.INPUT)).isEqualByComparingTo("0.04");
		assertThat(find(both, "gpt-5-nano-2025-08-07").rate(Rate.OUTPUT)).isEqualByComparingTo("0.4");
		assertThat(find(both, "gpt-5-nano").rate(Rate.INPUT)).isEqualByComparingTo("0.05");
	}

	@Test
	void replacesAllPeriodsByAPriceWithoutDates() {
		Instant early = Instant.parse("2026-10-01T00:00:00Z");
		PriceCatalogue both = this.catalogue.and(read("provider,model_id,input\nanthropic,claude-sonnet-5-5,9"));
		for (Instant time : List.of(early, TODAY)) {
			Price price = both.find("anthropic", "claude-sonnet-5-5", null, time);
			assertThat(price.rate(Rate.INPUT)).isEqualByComparingTo("9");
			// Of the period that is still valid
			assertThat(price.rate(Rate.CACHE_READ)).isEqualByComparingTo("0.1");
		}
	}

	@Test
	void replacesAPeriodByAPriceWithDates() {
		PriceCatalogue both = this.catalogue
			.and(read("provider,model_id,valid_from,input\nanthropic,claude-sonnet-5-5,2026-12-01,9"));
		assertThat(both.find("anthropic", "claude-sonnet-5-5", null, TODAY).rate(Rate.INPUT)).isEqualByComparingTo("2");
		assertThat(both.find("anthropic", "claude-sonnet-5-5", null, Instant.parse("2026-12-01T00:00:00Z"))
			.rate(Rate.INPUT)).isEqualByComparingTo("9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai,x,1,2", "openai,x", "openai,x,cheap", "openai,x,-1", ",x,1", "openai,,1" })
	void namesTheLineThatIsNotValid(String line) {
		assertThatIllegalArgumentException().isThrownBy(() -> read("provider,model_id,input\nopenai,a,1\n" + line))
			.withMessageStartingWith("Line 3 of the price list is not valid: ");
	}

	@Test
	void needsColumns() {
		assertThatIllegalArgumentException().isThrownBy(() -> read(""))
			.withMessage("A price list must name its columns in its first line");
	}

	private static BigDecimal dollars(String amount) {
		return new BigDecimal(amount);
	}

	@Test
	void findsTheVariantThatIsAskedForOnly() {
		assertThat(this.catalogue.find("azure-openai", "gpt-5.1", "datazone-us-eu", TODAY).rate(Rate.INPUT))
			.isEqualByComparingTo("1.375");
		assertThat(this.catalogue.find("azure-openai", "gpt-5.1", "moon", TODAY)).isNull();
	}

}
