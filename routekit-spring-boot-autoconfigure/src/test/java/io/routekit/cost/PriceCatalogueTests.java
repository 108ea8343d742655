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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.routekit.TokenClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PriceCatalogue}.
 */
class PriceCatalogueTests {

	private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");

	private final PriceCatalogue catalogue = PriceCatalogue.bundled();

	private static BigDecimal input(Price price) {
		return price.rates().get(TokenClass.INPUT);
	}

	private static BigDecimal output(Price price) {
		return price.rates().get(TokenClass.OUTPUT);
	}

	private static Price find(PriceCatalogue catalogue, String model) {
		return catalogue.find("openai", model, null, TODAY);
	}

	private PriceCatalogue with(Map<String, ?> model) {
		return this.catalogue.and(PriceCatalogue.of(List.of(model)));
	}

	@ParameterizedTest
	@CsvSource({ "openai,gpt-5-mini,0.25", "openai,gpt-5-mini-2025-08-07,0.25", "openai,gpt-5-mini-2031-01-01,0.25",
			"openai,gpt-4o-2024-05-13,5", "openai,ft:gpt-4o-mini-2024-07-18:acme:x:9xQ2,0.3",
			"anthropic,claude-sonnet-4-5,3", "anthropic,claude-haiku-4-5-20251001,1", "ollama,anything:7b,0",
			"azure-openai,gpt-5.1-2025-11-13,1.25", "mistral,mistral-medium-latest,1.5" })
	void findsAModelByItsNameAnAliasOrWithoutItsDate(String provider, String model, BigDecimal input) {
		assertThat(input(this.catalogue.find(provider, model, null, TODAY))).isEqualByComparingTo(input);
	}

	@ParameterizedTest
	@CsvSource({ "openai,gpt-5-mini-turbo", "openai,gpt", "openai,gpt-5-mini-2025", "openai,GPT-5-MINI",
			"openai,claude-sonnet-5-5", "acme,gpt-5-mini", "openai,ft:gpt-2:acme::1", "openai,''" })
	void findsNoModelByTheBeginningOfItsName(String provider, String model) {
		assertThat(this.catalogue.find(provider, model, null, TODAY)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-23T00:59:59Z,0.15", "2026-11-23T01:00:00Z,0.3", "2026-11-23T03:59:59Z,0.3",
			"2026-11-23T04:00:00Z,0.15", "2026-11-23T06:00:00Z,0.3", "2026-11-23T10:00:00Z,0.15",
			"2026-11-22T02:00:00Z,0.15", "2026-11-21T02:00:00Z,0.15", "2026-11-20T02:00:00Z,0.3",
			"2026-10-01T02:00:00Z,0.15", "2026-10-07T02:00:00Z,0.15", "2026-10-08T02:00:00Z,0.3",
			"2026-09-09T02:00:00Z,0.44", "2026-08-16T02:00:00Z,0.14" })
	void knowsTheHoursOfTheDayAndTheDaysThatHaveThem(Instant time, BigDecimal input) {
		assertThat(input(this.catalogue.find("deepseek", "deepseek-v4-flash", null, time))).isEqualByComparingTo(input);
	}

	@Test
	void knowsHoursOverMidnight() {
		PriceCatalogue nights = PriceCatalogue.of(List.of(Map.of("provider", "acme", "id", "a", "prices",
				List.of(Map.of("input", "2"), Map.of("input", "1", "hours", List.of("22:00-06:00"))))));
		assertThat(input(nights.find("acme", "a", null, Instant.parse("2026-11-23T22:00:00Z")))).isEqualTo("1");
		assertThat(input(nights.find("acme", "a", null, Instant.parse("2026-11-23T05:59:59Z")))).isEqualTo("1");
		assertThat(input(nights.find("acme", "a", null, Instant.parse("2026-11-23T06:00:00Z")))).isEqualTo("2");
	}

	@ParameterizedTest
	@CsvSource({ "2026-06-15T23:59:59Z,0.4", "2026-06-16T00:00:00Z,1.5" })
	void knowsSinceWhenAnAliasMeansAModel(Instant time, BigDecimal input) {
		PriceCatalogue own = PriceCatalogue.of(List.of(
				Map.of("provider", "acme", "id", "new", "input", "1.5", "aliases",
						List.of(Map.of("id", "latest", "from", "2026-06-16"))),
				Map.of("provider", "acme", "id", "*", "input", "0.4")));
		assertThat(input(own.find("acme", "latest", null, time))).isEqualByComparingTo(input);
	}

	@Test
	void findsTheZoneThatIsAskedForOnly() {
		assertThat(input(this.catalogue.find("azure-openai", "gpt-5.1", "datazone-us-eu", TODAY)))
			.isEqualByComparingTo("1.375");
		assertThat(this.catalogue.find("azure-openai", "gpt-5.1", "moon", TODAY)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "gpt-5.1,datazone-us,1.375", "gpt-5.1,datazone-eu,1.375", "gpt-6-sol,datazone-us,2.2",
			"gpt-6-sol,datazone-eu,2.4", "gpt-4o-2024-11-20,regional-swedencentral,3.025",
			"gpt-4o-2024-11-20,regional-moon,2.75" })
	void findsTheWiderZoneIfTheNarrowerHasNoPrice(String model, String zone, BigDecimal input) {
		assertThat(input(this.catalogue.find("azure-openai", model, zone, TODAY))).isEqualByComparingTo(input);
		assertThat(this.catalogue.knowsZone(zone)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "gpt-6-sol,datazone-apac", "gpt-6-sol,datazone-us-eu", "gpt-6-sol,regional-swedencentral",
			"gpt-6-sol,regional" })
	void findsNeverTheGlobalPriceInAZoneThatHasNone(String model, String zone) {
		assertThat(this.catalogue.find("azure-openai", model, zone, TODAY)).isNull();
		assertThat(this.catalogue.knowsZone("moon")).isFalse();
	}

	@Test
	void addsModels() {
		PriceCatalogue both = with(Map.of("provider", "openai", "id", "acme-7b", "input", "0.1", "output", 0.2));
		assertThat(find(both, "acme-7b").rates().values())
			.isEqualTo(Map.of(TokenClass.INPUT, new BigDecimal("0.1"), TokenClass.OUTPUT, new BigDecimal("0.2")));
		assertThat(find(both, "gpt-5-mini")).isEqualTo(find(this.catalogue, "gpt-5-mini"));
		assertThat(both.size()).isEqualTo(this.catalogue.size() + 1);
		assertThat(both.version()).isEqualTo(this.catalogue.version());
		assertThat(find(this.catalogue, "acme-7b")).isNull();
	}

	@Test
	void changesOneFieldOfAModel() {
		PriceCatalogue both = with(Map.of("provider", "openai", "id", "gpt-5-nano", "input", "0.04"));
		for (String name : List.of("gpt-5-nano", "gpt-5-nano-2025-08-07")) {
			assertThat(input(find(both, name))).isEqualByComparingTo("0.04");
			assertThat(output(find(both, name))).isEqualByComparingTo("0.4");
			assertThat(find(both, name).tiers()).isEqualTo(find(this.catalogue, name).tiers());
		}
		assertThat(input(find(both, "gpt-5-mini"))).isEqualByComparingTo("0.25");
		assertThat(both.size()).isEqualTo(this.catalogue.size());
	}

	@Test
	void changesOneFieldOfATier() {
		PriceCatalogue both = with(
				Map.of("provider", "openai", "id", "gpt-5-nano", "tiers", Map.of("flex", Map.of("input", "0.02"))));
		TierPrice flex = find(both, "gpt-5-nano").tiers().get(Tier.FLEX);
		assertThat(flex.rates().get(TokenClass.INPUT)).isEqualByComparingTo("0.02");
		assertThat(flex.rates().get(TokenClass.OUTPUT)).isEqualByComparingTo("0.2");
	}

	@Test
	void changesOneFieldOfTheLongContext() {
		PriceCatalogue both = with(
				Map.of("provider", "openai", "id", "gpt-6-sol", "long-context", Map.of("threshold", 300_000)));
		assertThat(find(both, "gpt-6-sol").longContext().threshold()).isEqualTo(300_000);
		assertThat(find(both, "gpt-6-sol").longContext().rates())
			.isEqualTo(find(this.catalogue, "gpt-6-sol").longContext().rates());
	}

	@Test
	void changesTheModelThatAnAliasMeans() {
		PriceCatalogue both = with(Map.of("provider", "anthropic", "id", "claude-sonnet-4-5", "input", "2.5"));
		for (String name : List.of("claude-sonnet-4-5", "claude-sonnet-4-5-20250929")) {
			Price price = both.find("anthropic", name, null, TODAY);
			assertThat(input(price)).isEqualByComparingTo("2.5");
			assertThat(output(price)).isEqualByComparingTo("15");
		}
	}

	@Test
	void changesASnapshotOnly() {
		PriceCatalogue both = with(Map.of("provider", "openai", "id", "gpt-5-nano-2025-08-07", "input", "0.04"));
		assertThat(input(find(both, "gpt-5-nano-2025-08-07"))).isEqualByComparingTo("0.04");
		assertThat(output(find(both, "gpt-5-nano-2025-08-07"))).isEqualByComparingTo("0.4");
		assertThat(input(find(both, "gpt-5-nano"))).isEqualByComparingTo("0.05");
	}

	@Test
	void changesAllPeriodsByAPriceWithoutDates() {
		PriceCatalogue both = with(Map.of("provider", "anthropic", "id", "claude-sonnet-5-5", "input", "9"));
		Price before = both.find("anthropic", "claude-sonnet-5-5", null, Instant.parse("2026-10-01T00:00:00Z"));
		Price now = both.find("anthropic", "claude-sonnet-5-5", null, TODAY);
		assertThat(input(before)).isEqualByComparingTo("9");
		assertThat(input(now)).isEqualByComparingTo("9");
		assertThat(before.rates().get(TokenClass.CACHE_READ)).isEqualByComparingTo("0.2");
		assertThat(now.rates().get(TokenClass.CACHE_READ)).isEqualByComparingTo("0.1");
	}

	@Test
	void addsAPeriodByAPriceWithDates() {
		PriceCatalogue both = with(
				Map.of("provider", "anthropic", "id", "claude-sonnet-5-5", "from", "2026-12-01", "input", "9"));
		assertThat(input(both.find("anthropic", "claude-sonnet-5-5", null, TODAY))).isEqualByComparingTo("2");
		Price later = both.find("anthropic", "claude-sonnet-5-5", null, Instant.parse("2026-12-01T00:00:00Z"));
		assertThat(input(later)).isEqualByComparingTo("9");
		assertThat(later.rates().get(TokenClass.CACHE_READ)).isEqualByComparingTo("0.1");
	}

	@Test
	void changesAZoneOnly() {
		PriceCatalogue both = with(
				Map.of("provider", "azure-openai", "id", "gpt-5.1", "zone", "datazone-us-eu", "input", "9"));
		assertThat(input(both.find("azure-openai", "gpt-5.1", "datazone-us-eu", TODAY))).isEqualByComparingTo("9");
		assertThat(output(both.find("azure-openai", "gpt-5.1", "datazone-us-eu", TODAY))).isEqualByComparingTo("11");
		assertThat(input(both.find("azure-openai", "gpt-5.1", "global", TODAY))).isEqualByComparingTo("1.25");
	}

	@Test
	void changesAllZonesByAPriceWithoutAZone() {
		PriceCatalogue both = with(Map.of("provider", "azure-openai", "id", "gpt-5.1", "input", "9"));
		assertThat(input(both.find("azure-openai", "gpt-5.1", "datazone-us-eu", TODAY))).isEqualByComparingTo("9");
		assertThat(output(both.find("azure-openai", "gpt-5.1", "datazone-us-eu", TODAY))).isEqualByComparingTo("11");
		assertThat(input(both.find("azure-openai", "gpt-5.1", "global", TODAY))).isEqualByComparingTo("9");
	}

	@Test
	void addsAZone() {
		PriceCatalogue both = with(
				Map.of("provider", "azure-openai", "id", "gpt-5.1", "zone", "moon", "input", "9", "output", "10"));
		assertThat(input(both.find("azure-openai", "gpt-5.1", "moon", TODAY))).isEqualByComparingTo("9");
		assertThat(this.catalogue.zones()).doesNotContain("moon").contains("global", "datazone-us-eu");
		assertThat(both.zones()).contains("moon");
	}

	@Test
	void addsAPriceForAllOtherModelsOfAProvider() {
		PriceCatalogue both = with(Map.of("provider", "openai", "id", "*", "input", "0", "output", "0"));
		assertThat(input(find(both, "acme-7b"))).isZero();
		assertThat(input(find(both, "gpt-5-mini"))).isEqualByComparingTo("0.25");
	}

	private static PriceCatalogue read(String text, String fileName) {
		return PriceCatalogue.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), fileName);
	}

	@Test
	void readsNumbersAsTheyAreWritten() {
		String json = """
				{"version": "2031-01-01", "models": [
					{"provider": "openai", "id": "a", "input": 0.12345678901234567891, "output": "1e-3"}]}""";
		PriceCatalogue catalogue = read(json, "prices.json");
		assertThat(input(find(catalogue, "a"))).isEqualTo("0.12345678901234567891");
		assertThat(output(find(catalogue, "a"))).isEqualByComparingTo("0.001");
		assertThat(catalogue.date()).isEqualTo(LocalDate.of(2031, 1, 1));
	}

	@Test
	void readsYaml() {
		String yaml = """
				version: of ACME
				models:
				  - provider: openai
				    id: a
				    from: 2026-01-01
				    input: 0.12345678901234567891
				    output: 010
				    long-context:
				      threshold: 200000
				      inclusive: true
				      input: 1e-1
				""";
		PriceCatalogue catalogue = read(yaml, "prices.yml");
		Price price = find(catalogue, "a");
		assertThat(input(price)).isEqualTo("0.12345678901234567891");
		assertThat(output(price)).isEqualByComparingTo("10");
		assertThat(price.from()).isEqualTo(LocalDate.of(2026, 1, 1));
		assertThat(price.longContext().isPassedBy(200_000)).isTrue();
		assertThat(price.longContext().rates().get(TokenClass.INPUT)).isEqualByComparingTo("0.1");
		assertThat(catalogue.version()).isEqualTo("of ACME");
		assertThat(catalogue.date()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{id: a, input: 1}                                     | provider is missing
					{provider: p, input: 1}                               | id is missing
					{provider: p, id: [a], input: 1}                      | id must be a text but was '[a]'
					{provider: p, id: a, input: cheap}                    | input must be a number of at least 0 but was 'cheap'
					{provider: p, id: a, input: -1}                       | input must be a number of at least 0 but was '-1'
					{provider: p, id: a, input: 1e999999}                 | input must be a number of at least 0 but was '1e999999'
					{provider: p, id: a, from: soon}                      | from must be a date such as 2026-11-23 but was 'soon'
					{provider: p, id: a, from: 2026-02-01, to: 2026-01-01} | to must not be before 'from'
					{provider: p, id: a, hours: [noon]}                   | hours[0] must be hours such as 01:00-04:00 but was 'noon'
					{provider: p, id: a, hours: noon}                     | hours must be a list but was 'noon'
					{provider: p, id: a, hours-days: [mon-fry]}           | hours-days[0] must be days such as mon-fri but was 'mon-fry'
					{provider: p, id: a, hours-except: [2026-02-30]}      | hours-except[0] must be days such as 2026-10-01..2026-10-07 but was '2026-02-30'
					{provider: p, id: a, hours-except: [2026-10-07..2026-10-01]} | hours-except[0] must be days such as
					{provider: p, id: a, tiers: {standard: {input: 1}}}   | tiers.standard is unknown, known are batch, flex, priority, ultrafast
					{provider: p, id: a, prices: [{input: 1}, {inputs: 1}]} | prices[1].inputs is unknown, known are audio-input,
					{provider: p, id: a, prices: [{input: 1}], input: 1}  | input is unknown, known are aliases, id, prices, provider
					{provider: p, id: a, tiers: {flexible: {input: 1}}}   | tiers.flexible is unknown, known are batch, flex, priority, ultrafast
					{provider: p, id: a, tiers: {flex: 1}}                | tiers.flex must have members but was '1'
					{provider: p, id: a, tiers: {flex: {factor: half}}}   | tiers.flex.factor must be a number of at least 0 but was 'half'
					{provider: p, id: a, long-context: {threshold: 1.5}}  | long-context.threshold must be a whole number but was '1.5'
					{provider: p, id: a, long-context: {inclusive: si}}   | long-context.inclusive must be true or false but was 'si'
					""")
	void tellsWhatIsWrongAndWhere(String model, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> read("models: [" + model + "]", "a.yaml"))
			.withMessageStartingWith("models[0]." + message);
	}

	@Test
	void refusesASecondEntryOfAModel() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PriceCatalogue
				.of(List.of(Map.of("provider", "p", "id", "a"), Map.of("provider", "p", "id", "a", "input", "1"))))
			.withMessage("[1] is the second entry of 'a' of 'p': give a model several 'prices' instead");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"models": 1}                     | models must be a list but was '1'
			{"models": [1]}                   | models[0] must have members but was '1'
			{"modells": []}                   | modells is unknown, known are currency, models, unit, version
			{"currency": "EUR"}               | currency must be USD but was 'EUR'
			{"models": [                      | it is no JSON object in line 1, column 13: Unexpected
			[]                                | it is no JSON object in line 1, column 1: Cannot
			""")
	void tellsWhatIsWrongWithADocument(String json, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(json, null)).withMessageStartingWith(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "- a", "a: [", "{a: !!java.net.URL [x]}", "" })
	void refusesWhatIsNoYamlMapping(String yaml) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(yaml, "a.yml"))
			.withMessageStartingWith("it is no YAML");
	}

}
