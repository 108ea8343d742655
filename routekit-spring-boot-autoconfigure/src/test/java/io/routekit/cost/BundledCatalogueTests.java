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
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.routekit.TokenClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that the bundled catalogue is what the table of prices says.
 */
class BundledCatalogueTests {

	private static final Pattern CELL = Pattern.compile("(?<=^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");

	private static final List<Reason> NO_LONGER_PRICED = List.of(
			// Anthropic ended its higher price of long prompts
			new Reason("anthropic", "claude-opus-4-6", "long_context|lc"),
			new Reason("anthropic", "claude-sonnet-4-6", "long_context|lc"),
			new Reason("anthropic", "claude-sonnet-4-5-20250929", "long_context|lc"),
			// No meter of Azure was found that followed the cut
			new Reason("azure-openai", "gpt-5.6-(sol|terra|luna)", "priority"));

	private static final List<String> columns = cells(lines().get(0));

	private static final PriceCatalogue catalogue = PriceCatalogue.bundled();

	private static List<String> lines() {
		return resource("prices.csv").lines().toList();
	}

	private static String resource(String name) {
		try (InputStream stream = BundledCatalogueTests.class.getResourceAsStream(name)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> cells(String line) {
		return CELL.matcher(line)
			.results()
			.map((cell) -> (cell.group(1) != null) ? cell.group(1).replace("\"\"", "\"") : cell.group(2))
			.toList();
	}

	static List<Row> rows() {
		return lines().stream().skip(1).map(BundledCatalogueTests::cells).map(Row::of).toList();
	}

	@Test
	void hasTheCellsOfTheTableAndNoOthers() {
		List<Map<String, String>> entries = StreamSupport.stream(
				JsonMapper.shared().readTree(resource("/" + BundledCatalogues.LOCATION)).path("models").spliterator(),
				false)
			.flatMap((model) -> prices(model).map((price) -> new Entry(model, price).cells()))
			.toList();
		assertThat(entries).hasSize(397).containsExactlyInAnyOrderElementsOf(rows().stream().map(Row::cells).toList());
	}

	private static Stream<JsonNode> prices(JsonNode model) {
		return model.has("prices") ? StreamSupport.stream(model.path("prices").spliterator(), false) : Stream.of(model);
	}

	@Test
	void isAsOldAsThePricesOfTheTable() {
		assertThat(catalogue.version()).isEqualTo("2026-11-30");
		assertThat(catalogue.date()).isEqualTo(LocalDate.of(2026, 11, 30));
		assertThat(catalogue.size()).isEqualTo((int) rows().stream().map(Row::model).distinct().count());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void findsTheRatesOfTheRow(Row row) {
		Price price = catalogue.find(row.get("provider"), row.get("model_id"), row.zone(), row.time());
		assertThat(price).isNotNull();
		for (TokenClass tokenClass : TokenClass.values()) {
			assertThat(price.rates().get(tokenClass)).isEqualTo(row.rate(tokenClass.name()));
		}
		for (Tier tier : Tier.values()) {
			TierPrice tierPrice = price.tiers().get(tier);
			for (TokenClass tokenClass : List.of(TokenClass.INPUT, TokenClass.OUTPUT, TokenClass.CACHE_READ)) {
				assertThat((tierPrice != null) ? tierPrice.rates().get(tokenClass) : null)
					.isEqualTo(row.rate(tier + "_" + tokenClass));
			}
		}
		assertThat(price.webSearch()).isEqualTo(row.rate("WEB_SEARCH_PER_1K"));
		assertThat(price.regionMultiplier()).isEqualTo(row.rate("REGION_MULTIPLIER"));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void knowsTheModelsThatSearchInEachCall(Row row) {
		Price price = catalogue.find(row.get("provider"), row.get("model_id"), row.zone(), row.time());
		assertThat(Boolean.TRUE.equals(price.searchesInEachCall()))
			.isEqualTo(row.get("notes").contains("per-call search fee"));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void findsTheRatesOfTheRowForLongPrompts(Row row) {
		LongContext longContext = catalogue.find(row.get("provider"), row.get("model_id"), row.zone(), row.time())
			.longContext();
		assertThat(longContext.threshold()).isEqualTo(
				row.get("long_context_threshold").isEmpty() ? null : Long.valueOf(row.get("long_context_threshold")));
		assertThat(Boolean.TRUE.equals(longContext.inclusive())).isEqualTo(row.get("long_context_rule").contains(">="));
		for (TokenClass tokenClass : List.of(TokenClass.INPUT, TokenClass.OUTPUT, TokenClass.CACHE_READ,
				TokenClass.CACHE_WRITE_1H)) {
			assertThat(longContext.rates().get(tokenClass)).isEqualTo(row.rate("LC_" + tokenClass));
		}
		Stream<BigDecimal> writes = Stream.of(TokenClass.CACHE_WRITE_5M, TokenClass.CACHE_WRITE_30M)
			.map(longContext.rates()::get)
			.filter(Objects::nonNull);
		BigDecimal write = row.rate("LC_CACHE_WRITE");
		assertThat(writes).containsExactlyElementsOf((write != null) ? List.of(write) : Collections.emptyList());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void findsTheRowOnItsLastDay(Row row) {
		if (row.get("valid_to").isEmpty()) {
			return;
		}
		Instant lastDay = row.timeOf(LocalDate.parse(row.get("valid_to")));
		Price price = catalogue.find(row.get("provider"), row.get("model_id"), row.zone(), lastDay);
		assertThat(price.to()).isEqualTo(row.get("valid_to"));
		assertThat(price.rates().get(TokenClass.INPUT)).isEqualTo(row.rate("INPUT"));
	}

	@Test
	void pricesWhatItPricedInThePeriodBefore() {
		List<String> lost = new ArrayList<>();
		periods()
			.forEach((before, after) -> columns.subList(columns.indexOf("input"), columns.indexOf("context_window"))
				.stream()
				.filter((column) -> !before.get(column).isEmpty() && after.get(column).isEmpty())
				.filter((column) -> NO_LONGER_PRICED.stream().noneMatch((reason) -> reason.explains(after, column)))
				.forEach((column) -> lost.add("%s has no %s any more".formatted(after, column))));
		assertThat(lost).isEmpty();
	}

	@Test
	void leavesNoDayBetweenTwoPeriods() {
		periods().forEach((before, after) -> assertThat(LocalDate.parse(after.get("valid_from"))).as(after.toString())
			.isEqualTo(LocalDate.parse(before.get("valid_to")).plusDays(1)));
	}

	/**
	 * Return the rows that follow another one of the same model and variant.
	 * @return the rows by the one before
	 */
	private static Map<Row, Row> periods() {
		Map<List<String>, List<Row>> variants = rows().stream()
			.collect(Collectors
				.groupingBy((row) -> List.of(row.get("provider"), row.get("model_id"), row.get("variant"))));
		Map<Row, Row> periods = new LinkedHashMap<>();
		variants.values().forEach((rows) -> {
			List<Row> sorted = rows.stream().sorted(Comparator.comparing((row) -> row.get("valid_from"))).toList();
			for (int i = 1; i < sorted.size(); i++) {
				periods.put(sorted.get(i - 1), sorted.get(i));
			}
		});
		assertThat(periods).isNotEmpty();
		return periods;
	}

	@Test
	void isOfTheDayOfItsArtifact() throws IOException {
		String version = catalogue.version().replace('-', '.');
		assertThat(Path.of("../routekit-prices/pom.xml")).content()
			.contains("<version>%s</version>".formatted(version));
	}

	@Test
	void isTheNewestOfThoseOnTheClassPath(@TempDir Path folder) throws IOException {
		List<URL> urls = new ArrayList<>();
		for (String version : List.of("2031-01-02", "2031-01-03", "next", "2031-01-01")) {
			Path file = folder.resolve("of" + version).resolve(BundledCatalogues.LOCATION);
			Files.createDirectories(file.getParent());
			Files.writeString(file, "{\"version\": \"%s\", \"models\": []}".formatted(version));
			urls.add(folder.resolve("of" + version).toUri().toURL());
		}
		try (URLClassLoader classLoader = new URLClassLoader(urls.toArray(URL[]::new))) {
			assertThat(BundledCatalogues.newest(classLoader).version()).isEqualTo("2031-01-03");
		}
		try (URLClassLoader classLoader = new URLClassLoader(new URL[0], null)) {
			assertThatIllegalStateException().isThrownBy(() -> BundledCatalogues.newest(classLoader))
				.withMessageContaining("'routekit-prices' is not on the class path");
		}
	}

	@Test
	void hasTheNamesOfTheTable() {
		for (Row row : rows()) {
			for (String alias : row.aliases()) {
				Price price = catalogue.find(row.get("provider"), alias, row.zone(), row.time());
				assertThat(price).as("%s of %s", alias, row)
					.isEqualTo(catalogue.find(row.get("provider"), row.get("model_id"), row.zone(), row.time()));
			}
		}
	}

	/**
	 * Why a model has no prices any more that it had in the period before.
	 *
	 * @param provider the provider
	 * @param model the pattern of models
	 * @param prices the pattern of the first part of the columns
	 */
	record Reason(String provider, String model, String prices) {

		boolean explains(Row row, String column) {
			return row.get("provider").equals(this.provider) && row.get("model_id").matches(this.model)
					&& column.matches("(%s)_.*".formatted(this.prices));
		}

	}

	/**
	 * A row of the table.
	 *
	 * @param cells the cells by the name of their column
	 */
	record Row(Map<String, String> cells) {

		static Row of(List<String> cells) {
			assertThat(cells).hasSameSizeAs(columns);
			return new Row(IntStream.range(0, columns.size())
				.boxed()
				.collect(Collectors.toMap(columns::get, cells::get, (one, two) -> one, LinkedHashMap::new)));
		}

		String get(String column) {
			return this.cells.get(column);
		}

		List<String> model() {
			return List.of(get("provider"), get("model_id"));
		}

		BigDecimal rate(String column) {
			String cell = this.cells.getOrDefault(column.toLowerCase(Locale.ROOT), "");
			return cell.isEmpty() ? null : new BigDecimal(cell);
		}

		List<String> aliases() {
			return Arrays.stream(get("aliases").split(";"))
				.map((alias) -> alias.replaceFirst(" \\(since .*", ""))
				.filter((alias) -> !alias.isEmpty())
				.toList();
		}

		String zone() {
			return get("provider").equals("azure-openai") ? get("variant") : null;
		}

		Instant time() {
			return timeOf(Stream.of(get("valid_from"), get("valid_to"), "2026-11-23")
				.filter((cell) -> !cell.isEmpty())
				.map(LocalDate::parse)
				.findFirst()
				.orElseThrow());
		}

		Instant timeOf(LocalDate day) {
			return day.atTime(LocalTime.of(get("variant").equals("peak") ? 3 : 5, 0)).toInstant(ZoneOffset.UTC);
		}

		@Override
		public String toString() {
			return model() + " " + get("variant") + " " + get("valid_from");
		}

	}

	/**
	 * A price in the catalogue.
	 *
	 * @param model the model
	 * @param price the price
	 */
	record Entry(JsonNode model, JsonNode price) {

		Map<String, String> cells() {
			Map<String, String> cells = new LinkedHashMap<>();
			columns.forEach((column) -> cells.put(column, cell(column)));
			return cells;
		}

		private String cell(String column) {
			return switch (column) {
				case "provider" -> text(this.model, "provider");
				case "model_id" -> text(this.model, "id");
				case "aliases" -> aliases();
				case "variant" -> variant();
				case "valid_from" -> text(this.price, "from");
				case "valid_to" -> text(this.price, "to");
				case "hours_utc" -> list(this.price, "hours");
				case "hours_days", "hours_except" -> list(this.price, name(column));
				case "long_context_threshold" -> text(longContext(), "threshold");
				case "long_context_rule" -> rule();
				case "lc_cache_write" -> text(longContext(), "cache-write-5m") + text(longContext(), "cache-write-30m");
				default -> rate(column);
			};
		}

		private String aliases() {
			if (text(this.model, "id").startsWith("ft:")) {
				return text(this.model, "id") + ":{org}:{suffix}:{id}";
			}
			return StreamSupport.stream(this.model.path("aliases").spliterator(), false)
				.map((alias) -> alias.isObject() ? "%s (since %s)".formatted(text(alias, "id"), text(alias, "from"))
						: alias.stringValue())
				.collect(Collectors.joining(";"));
		}

		private String variant() {
			if (text(this.model, "id").startsWith("ft:")) {
				return "fine-tuned";
			}
			if (this.price.has("zone")) {
				return text(this.price, "zone");
			}
			boolean hasHours = prices(this.model)
				.anyMatch((other) -> other.has("hours") && text(other, "from").equals(text(this.price, "from")));
			if (this.price.has("hours")) {
				return "peak";
			}
			return hasHours ? "off-peak" : "standard";
		}

		private JsonNode longContext() {
			return this.price.path("long-context");
		}

		private String rule() {
			if (longContext().isMissingNode()) {
				return "";
			}
			String comparison = longContext().path("inclusive").asString("").equals("true") ? ">=" : ">";
			return "prompt %s threshold, whole request".formatted(comparison);
		}

		private String rate(String column) {
			String[] parts = column.split("_", 2);
			if (parts[0].equals("lc")) {
				return text(longContext(), name(parts[1]));
			}
			if (Arrays.stream(Tier.values()).map(Tier::key).anyMatch(parts[0]::equals)) {
				return text(this.price.path("tiers").path(parts[0]), name(parts[1]));
			}
			return text(this.price, name(column));
		}

		private static String list(JsonNode node, String name) {
			return StreamSupport.stream(node.path(name).spliterator(), false)
				.map(JsonNode::stringValue)
				.collect(Collectors.joining(";"));
		}

		private static String name(String column) {
			return column.replace('_', '-');
		}

		private static String text(JsonNode node, String name) {
			return node.path(name).asString("");
		}

	}

}
