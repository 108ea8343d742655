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

package io.routekit.schema;

import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.routekit.JsonFaultsException;
import io.routekit.JsonTypes;
import jakarta.validation.constraints.AssertTrue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what is told of JSON that does not fit, and for what fits all the same.
 */
class JsonFaultsTests {

	private static final JsonTypes types = JsonTypes.defaults();

	@ParameterizedTest
	@MethodSource("fitting")
	void readsWhatIsMeant(Type type, String json, Object expected) {
		Object value = types.of(type).read(json);
		assertThat(value).isEqualTo(expected);
	}

	static Stream<Arguments> fitting() {
		return Stream.of(Arguments.of(int.class, "{\"value\":\"7\"}", 7), Arguments.of(int.class, "7.0", 7),
				Arguments.of(int.class, "1e3", 1000), Arguments.of(double.class, "\"0.5\"", 0.5),
				Arguments.of(boolean.class, "\"true\"", true), Arguments.of(boolean.class, "1", true),
				Arguments.of(String.class, "5", "5"),
				Arguments.of(SchemaSamples.Status.class, "\"OPEN\"", SchemaSamples.Status.OPEN),
				Arguments.of(SchemaSamples.Single.class, "\"only\"", SchemaSamples.Single.ONLY),
				Arguments.of(SchemaSamples.Priority.class, "20", SchemaSamples.Priority.HIGH),
				Arguments.of(SchemaSamples.Empty.class, "{\"noise\":1}", new SchemaSamples.Empty()),
				Arguments.of(SchemaSamples.Shape.class, "{\"value\":{\"kind\":\"CIRCLE\",\"radius\":2}}",
						new SchemaSamples.Circle(2)),
				Arguments.of(new ParameterizedTypeReference<Map<SchemaSamples.Status, Integer>>() {
				}.getType(), "{\"open\":1}", Map.of(SchemaSamples.Status.OPEN, 1)));
	}

	@ParameterizedTest
	@MethodSource("faulty")
	void saysWhatDoesNotFit(Type type, String json, String... faults) {
		assertThat(faults(type, json)).containsExactly(faults);
	}

	static Stream<Arguments> faulty() {
		return Stream.of(fault(int.class, "7.9", "value must be an integer but was 7.9"),
				fault(int.class, "\"\"", "value must be an integer but was \"\""),
				fault(int.class, "{\"value\":null}", "value is missing and must be an integer"),
				fault(int.class, "{}", "value is missing and must be an integer"),
				fault(int.class, "3000000000",
						"value must be an integer from -2147483648 to 2147483647 but was 3000000000"),
				fault(int.class, "1e999999999", "value must be an integer but was 1E+999999999"),
				fault(double.class, "\"NaN\"", "value must be a number but was \"NaN\""),
				fault(double.class, "1e310", "value must be a number but was 1E+310"),
				fault(SchemaSamples.Status.class, "1", "value must be one of \"open\", \"in-transit\" but was 1"),
				fault(SchemaSamples.Single.class, "0", "value must be \"ONLY\" but was 0"),
				fault(LocalDate.class, "20000", "value must be a date (yyyy-MM-dd) but was 20000"),
				fault(LocalDate.class, "\"2026-02-30\"", "value must be a date (yyyy-MM-dd) but was \"2026-02-30\""),
				fault(Currency.class, "\"XYY\"", "value must be a currency by ISO 4217 (EUR) but was \"XYY\""),
				fault(UUID.class, "\"\"", "value must be a UUID but was \"\""),
				fault(byte[].class, "\"%%\"", "value must be a text in Base64 but was \"%%\""),
				fault(int[].class, "\"x\"", "value must be an array but was \"x\""),
				fault(SchemaSamples.Item.class, "[]", "The JSON must be an object but was an array"),
				fault(SchemaSamples.Item.class, "", "The JSON is missing: there is no text"),
				fault(SchemaSamples.Item.class, "{\"number\": 7",
						"The JSON must be complete but was cut after {\"number\": 7"),
				fault(SchemaSamples.Item.class, "{} x",
						"The JSON must be valid but was not: there is a mistake after {} "),
				fault(SchemaSamples.Item.class, "{\"number\":7,\"number\":8}",
						"The JSON must be valid but was not: there is the same member twice, the second after {\"number\":7,\"number\""),
				fault(SchemaSamples.Shape.class, "{\"value\":{\"kind\":\"cube\"}}",
						"value.kind must be one of \"circle\", \"square\" but was \"cube\""),
				fault(SchemaSamples.Shape.class, "{\"value\":{\"radius\":1}}",
						"value.kind is missing and must be one of \"circle\", \"square\""),
				fault(SchemaSamples.Times.class,
						"{\"day\":\"2026-01-01\",\"time\":\"10:00:00Z\",\"local\":\"x\",\"instant\":\"y\",\"duration\":1,\"german\":\"01.02.2026\"}",
						"time must be a time (HH:mm:ss) but was \"10:00:00Z\"",
						"local must be a date with time (yyyy-MM-ddTHH:mm:ss) but was \"x\"",
						"instant must be a date with time and offset (yyyy-MM-ddTHH:mm:ssZ) but was \"y\"",
						"duration must be a duration by ISO 8601 (PT1H30M) but was 1"),
				fault(SchemaSamples.Offer.class,
						"{\"name\":{},\"stars\":7,\"status\":\"closed\",\"item\":{\"number\":0},\"items\":[{\"number\":1,\"name\":\"a\"},{\"number\":\"x\",\"name\":null},null]}",
						"name must be a text but was an object", "stars must be at most 5 but was 7",
						"status must be one of \"open\", \"in-transit\" but was \"closed\"",
						"item.number must be at least 1 but was 0", "item.name is missing and must be a text",
						"items[1].number must be an integer but was \"x\"",
						"items[1].name is missing and must be a text", "items[2] must be an object but was null"));
	}

	private static Arguments fault(Type type, String json, String... faults) {
		return Arguments.of(type, json, faults);
	}

	@Test
	void constraintsOfTheSchemaAndOthersAreToldTogether() {
		assertThat(faults(SchemaSamples.Constrained.class,
				"{\"stars\":7,\"title\":\"none\",\"item\":{\"number\":0,\"name\":\" \"}}"))
			.containsExactlyInAnyOrder("stars must be at most 5 but was 7", "item.number must be at least 1 but was 0",
					"item.name must not be blank", "titled a good one must have a title");
	}

	@Test
	void constraintsAreToldInEnglish() {
		LocaleContextHolder.setLocale(Locale.GERMAN);
		try {
			assertThat(faults(SchemaSamples.Item.class, "{\"number\":1,\"name\":\" \"}"))
				.containsExactly("name must not be blank");
			assertThat(LocaleContextHolder.getLocale()).isEqualTo(Locale.GERMAN);
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	@Test
	void constraintsOfItemsOfAListAreChecked() {
		Type type = new ParameterizedTypeReference<List<SchemaSamples.Item>>() {
		}.getType();

		assertThat(faults(type, "{\"value\":[{\"number\":1,\"name\":\"a\"},{\"number\":1,\"name\":\" \"}]}"))
			.containsExactly("value[1].name must not be blank");
	}

	@Test
	void valuesAreQuotedToFortyCharacters() {
		assertThat(faults(int.class, "\"" + "x".repeat(1000) + "\""))
			.containsExactly("value must be an integer but was \"" + "x".repeat(40) + "…\"");
	}

	@Test
	void faultsAreBounded() {
		String json = "[" + "\"x\",".repeat(5000) + "1]";

		assertThat(faults(int[].class, "{\"value\":" + json + "}")).hasSize(21)
			.endsWith("There is more that does not fit");
	}

	@Test
	void nothingIsCheckedOnceThereAreEnoughFaults() {
		String json = "[" + "{\"checks\":1},".repeat(5000) + "{\"checks\":1}]";

		assertThat(faults(Counting[].class, json)).hasSize(21).endsWith("There is more that does not fit");
		assertThat(Counting.checked).hasValueLessThan(50);
	}

	@Test
	void textIsBounded() {
		assertThat(faults(String.class, "\"" + "x".repeat(5_000_000) + "\"")).singleElement()
			.asString()
			.startsWith("The JSON has 5000002 characters");
	}

	@Test
	void depthIsBounded() {
		String json = "{\"name\":\"a\",\"children\":[".repeat(2000);

		assertThat(faults(SchemaSamples.Node.class, json)).hasSize(1);
		assertThat(faults(SchemaSamples.Node.class, json + "]}".repeat(2000))).hasSize(1);
	}

	@Test
	void nothingNamesAJavaClass() {
		Random random = new Random(7);
		for (Class<?> type : SchemaSamples.VALUES.keySet()) {
			String written = types.write(SchemaSamples.VALUES.get(type));
			for (int i = 0; i < 300; i++) {
				assertNoClass(type, mutate(written, random));
			}
		}
	}

	private static void assertNoClass(Class<?> type, String json) {
		try {
			types.of(type).read(json);
		}
		catch (JsonFaultsException ex) {
			assertThat(ex.getFaults() + ex.getMessage()).doesNotContain("java.", "jackson", "routekit", "SchemaSamples",
					"Feature", "Exception");
			assertThat(ex).hasNoCause();
		}
	}

	private static String mutate(String json, Random random) {
		List<String> pieces = List.of("null", "7", "\"x\"", "[]", "{}", "true", "-1.5", "1e400", "", ",", "\"", "}");
		StringBuilder mutated = new StringBuilder(json);
		for (int i = 0; i <= random.nextInt(3); i++) {
			int colon = mutated.indexOf(":", random.nextInt(mutated.length() + 1));
			if (colon < 0) {
				continue;
			}
			int end = colon + 1;
			while (end < mutated.length() && ",}]".indexOf(mutated.charAt(end)) < 0) {
				end++;
			}
			mutated.replace(colon + 1, end, pieces.get(random.nextInt(pieces.size())));
		}
		return mutated.toString();
	}

	private static List<String> faults(Type type, String json) {
		return assertThatExceptionOfType(JsonFaultsException.class).isThrownBy(() -> types.of(type).read(json))
			.as(() -> Arrays.toString(new Object[] { type, json }))
			.actual()
			.getFaults();
	}

	record Counting(int checks) {

		private static final AtomicInteger checked = new AtomicInteger();

		@AssertTrue
		boolean isFine() {
			checked.incrementAndGet();
			return false;
		}

	}

}
