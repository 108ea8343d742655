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
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.routekit.TokenClass;
import io.routekit.cost.BundledCatalogueTests.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that prices of one's own reach the calls that they are meant for.
 */
class UserPricesTests {

	private static final Instant TODAY = Instant.parse("2026-11-30T12:00:00Z");

	private static final BigDecimal OWN = new BigDecimal("123.456");

	private static final PriceCatalogue bundled = PriceCatalogue.bundled();

	static Stream<Row> rows() {
		return BundledCatalogueTests.rows().stream().filter((row) -> !row.get("model_id").equals("*"));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void reachTheSnapshotsOfTheModel(Row row) {
		String id = row.get("model_id");
		for (String name : namesOfModel(row)) {
			PriceCatalogue catalogue = with(Map.of("provider", row.get("provider"), "id", name, "input", OWN));
			for (String answered : namesOfAnswers(row)) {
				Price before = bundled.find(row.get("provider"), answered, row.zone(), row.time());
				Price price = catalogue.find(row.get("provider"), answered, row.zone(), row.time());
				assertThat(input(price)).as("%s, set for %s", answered, name).isEqualTo(OWN);
				assertThat(output(price)).as(answered).isEqualTo(output(before));
				assertThat(price.tiers()).as(answered).isEqualTo(before.tiers());
				assertThat(price.longContext()).as(answered).isEqualTo(before.longContext());
			}
			assertThat(catalogue.size()).as(id).isEqualTo(bundled.size());
		}
	}

	private static List<String> namesOfModel(Row row) {
		List<String> names = new ArrayList<>(List.of(row.get("model_id")));
		row.aliases()
			.stream()
			.filter((alias) -> ModelId.origins(alias).isEmpty() && !isMeantBefore(row, alias))
			.forEach(names::add);
		return names;
	}

	// Those that the table has, and dates that it cannot know
	private static List<String> namesOfAnswers(Row row) {
		List<String> names = namesOfModel(row);
		row.aliases().stream().filter((alias) -> !alias.contains("{")).forEach(names::add);
		if (ModelId.withoutDate(row.get("model_id")) == null) {
			names.add(row.get("model_id") + "-2031-12-24");
			names.add(row.get("model_id") + "-20311224");
		}
		return names;
	}

	private static boolean isMeantBefore(Row row, String alias) {
		return bundled.find(row.get("provider"), alias, row.zone(), row.time()) == null;
	}

	private static PriceCatalogue with(Map<String, ?> model) {
		return bundled.and(PriceCatalogue.of(List.of(model)));
	}

	private static @Nullable BigDecimal input(Price price) {
		return price.rates().get(TokenClass.INPUT);
	}

	private static @Nullable BigDecimal output(Price price) {
		return price.rates().get(TokenClass.OUTPUT);
	}

	private static Price find(PriceCatalogue catalogue, String model) {
		return catalogue.find("openai", model, null, TODAY);
	}

	@Test
	void leaveASnapshotThatHasAPriceOfItsOwn() {
		PriceCatalogue catalogue = with(Map.of("provider", "openai", "id", "gpt-4o", "input", OWN));
		assertThat(find(catalogue, "gpt-4o-2024-05-13")).isEqualTo(find(bundled, "gpt-4o-2024-05-13"));
		assertThat(input(find(catalogue, "gpt-4o-2024-08-06"))).isEqualTo(OWN);
	}

	@ParameterizedTest
	@CsvSource({ "true", "false" })
	void reachASnapshotThatHasOthersOfItsOwn(boolean snapshotFirst) {
		PriceCatalogue snapshot = PriceCatalogue
			.of(List.of(Map.of("provider", "openai", "id", "gpt-5-mini-2025-08-07", "input", "0.2")));
		PriceCatalogue model = PriceCatalogue
			.of(List.of(Map.of("provider", "openai", "id", "gpt-5-mini", "input", "0.3", "output", "1.9")));
		PriceCatalogue catalogue = bundled.and(snapshotFirst ? snapshot : model).and(snapshotFirst ? model : snapshot);
		assertThat(input(find(catalogue, "gpt-5-mini-2025-08-07"))).isEqualTo("0.2");
		assertThat(output(find(catalogue, "gpt-5-mini-2025-08-07"))).isEqualTo("1.9");
		assertThat(input(find(catalogue, "gpt-5-mini"))).isEqualTo("0.3");
		assertThat(input(find(catalogue, "gpt-5-mini-2031-01-01"))).isEqualTo("0.3");
	}

	@Test
	void ofANewModelReachItsSnapshots() {
		PriceCatalogue catalogue = bundled
			.and(PriceCatalogue.of(List.of(Map.of("provider", "openai", "id", "acme-2031-01-01", "input", "2"),
					Map.of("provider", "openai", "id", "acme", "aliases", List.of("acme-latest"), "input", "1",
							"output", "4"))))
			.and(PriceCatalogue.of(List.of(Map.of("provider", "openai", "id", "acme-latest", "output", "3"))));
		assertThat(input(find(catalogue, "acme-2031-01-01"))).isEqualTo("2");
		assertThat(output(find(catalogue, "acme-2031-01-01"))).isEqualTo("3");
		assertThat(input(find(catalogue, "acme-latest"))).isEqualTo("1");
		assertThat(catalogue.size()).isEqualTo(bundled.size() + 2);
	}

	@Test
	void addTheirAliases() {
		PriceCatalogue catalogue = with(
				Map.of("provider", "openai", "id", "gpt-5.6-sol", "aliases", List.of("ours"), "input", OWN));
		for (String name : List.of("ours", "gpt-5.6", "gpt-5.6-sol", "gpt-5.6-sol-2026-07-09")) {
			assertThat(input(find(catalogue, name))).as(name).isEqualTo(OWN);
		}
	}

	@Test
	void takeAnAliasFromAnotherModel() {
		PriceCatalogue catalogue = bundled.and(PriceCatalogue
			.of(List.of(Map.of("provider", "mistral", "id", "mistral-large-4", "input", "3"), Map.of("provider",
					"mistral", "id", "mistral-large-5", "aliases", List.of("mistral-large-latest"), "input", "4"))));
		assertThat(input(catalogue.find("mistral", "mistral-large-latest", null, TODAY))).isEqualTo("4");
		assertThat(input(catalogue.find("mistral", "mistral-large-4", null, TODAY))).isEqualTo("3");
	}

	@ParameterizedTest
	@CsvSource({ "2026-12-14,0.75,3.75", "2026-12-15,0.7,3.75", "2026-12-31,0.7,3.75", "2027-01-01,0.7,7.5" })
	void inheritThePriceOfTheirDay(LocalDate day, BigDecimal input, BigDecimal output) {
		PriceCatalogue catalogue = with(
				Map.of("provider", "google", "id", "gemini-3.8-flash", "from", "2026-12-15", "input", "0.7"));
		Price price = catalogue.find("google", "gemini-3.8-flash", null, Instant.parse(day + "T12:00:00Z"));
		assertThat(input(price)).isEqualByComparingTo(input);
		assertThat(output(price)).isEqualByComparingTo(output);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-23T03:00:00Z,1.2", "2026-11-23T05:00:00Z,0.6" })
	void inheritThePriceOfTheirHour(Instant time, BigDecimal output) {
		PriceCatalogue catalogue = with(
				Map.of("provider", "deepseek", "id", "deepseek-flash", "from", "2026-11-01", "input", OWN));
		Price price = catalogue.find("deepseek", "deepseek-flash", null, time);
		assertThat(input(price)).isEqualTo(OWN);
		assertThat(output(price)).isEqualByComparingTo(output);
	}

	@Test
	void holdInTheirHoursOnly() {
		PriceCatalogue catalogue = with(Map.of("provider", "openai", "id", "gpt-5-mini", "input", OWN, "hours-days",
				List.of("sat-sun"), "hours", List.of("20:00-24:00")));
		assertThat(input(catalogue.find("openai", "gpt-5-mini", null, Instant.parse("2026-11-28T20:00:00Z"))))
			.isEqualTo(OWN);
		for (String time : List.of("2026-11-28T19:59:59Z", "2026-11-27T20:00:00Z", "2026-11-29T00:00:00Z")) {
			assertThat(input(catalogue.find("openai", "gpt-5-mini", null, Instant.parse(time)))).isEqualTo("0.25");
		}
	}

	@Test
	void ofAZoneInheritThoseOfTheZoneAroundIt() {
		PriceCatalogue catalogue = with(
				Map.of("provider", "azure-openai", "id", "gpt-5.1", "zone", "datazone-eu", "input", OWN));
		assertThat(input(catalogue.find("azure-openai", "gpt-5.1", "datazone-eu", TODAY))).isEqualTo(OWN);
		assertThat(output(catalogue.find("azure-openai", "gpt-5.1", "datazone-eu", TODAY))).isEqualTo("11");
		assertThat(input(catalogue.find("azure-openai", "gpt-5.1", "datazone-us", TODAY))).isEqualTo("1.375");
	}

	@Test
	void takeNothingFromAnotherZone() {
		PriceCatalogue catalogue = with(Map.of("provider", "azure-openai", "id", "gpt-5.1", "input", OWN));
		Price price = catalogue.find("azure-openai", "gpt-5.1", "moon", TODAY);
		assertThat(input(price)).isEqualTo(OWN);
		assertThat(output(price)).isNull();
	}

	@Test
	void tellTheirVersion() {
		PriceCatalogue unversioned = PriceCatalogue.of(List.of(Map.of("provider", "openai", "id", "a")));
		PriceCatalogue own = CatalogueReader.read(Map.of("version", "2031-01-01", "models", Collections.emptyList()));
		assertThat(bundled.and(unversioned).version()).isEqualTo(bundled.version());
		assertThat(bundled.and(own).and(unversioned).version()).isEqualTo("2031-01-01");
		assertThat(bundled.and(own).date()).isEqualTo("2031-01-01");
		assertThat(bundled.and(unversioned.named("ours")).sources())
			.containsExactly("routekit-prices " + bundled.version(), "ours");
		PriceCatalogue ofNoDay = CatalogueReader.read(Map.of("version", "ours", "models", Collections.emptyList()));
		assertThat(bundled.and(ofNoDay).version()).isEqualTo("ours");
		assertThat(bundled.and(ofNoDay).date()).isEqualTo(bundled.date());
	}

}
