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

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.routekit.JsonFaultsException;
import io.routekit.JsonType;
import io.routekit.JsonTypes;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SchemaJsonTypes}: the schemas.
 */
class SchemaJsonTypesTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static final JsonTypes types = JsonTypes.defaults();

	private static final String ITEM = """
			{"type":"object","properties":{"number":{"type":"integer","minimum":1},
			"name":{"type":"string","description":"the name","minLength":1}},
			"required":["number","name"],"additionalProperties":false}""";

	@ParameterizedTest
	@MethodSource("schemas")
	void typeHasTheSchema(Type type, String path, String expected) {
		JsonNode schema = mapper.readTree(types.of(type).schema());

		assertThat(schema.at(path)).as(schema::toString).isEqualTo(mapper.readTree(expected));
	}

	static Stream<Arguments> schemas() {
		return Stream.of(value(String.class, "{'type':'string'}"), value(int.class, "{'type':'integer'}"),
				value(byte.class, "{'type':'integer'}"), value(Byte.class, "{'type':'integer'}"),
				value(short.class, "{'type':'integer'}"), value(long.class, "{'type':'integer'}"),
				value(double.class, "{'type':'number'}"), value(boolean.class, "{'type':'boolean'}"),
				value(char.class, "{'type':'string'}"), value(byte[].class, "{'type':'string'}"),
				value(Currency.class, "{'type':'string'}"), value(java.util.Locale.class, "{'type':'string'}"),
				value(java.net.URL.class, "{'type':'string'}"),
				value(java.net.URI.class, "{'type':'string','format':'uri'}"),
				value(java.nio.charset.Charset.class, "{'type':'string'}"),
				value(java.util.TimeZone.class, "{'type':'string'}"),
				value(java.nio.file.Path.class, "{'type':'string'}"), value(java.io.File.class, "{'type':'string'}"),
				value(java.util.regex.Pattern.class, "{'type':'string'}"),
				value(java.time.YearMonth.class, "{'type':'string'}"),
				value(java.time.MonthDay.class, "{'type':'string'}"), value(java.time.Year.class, "{'type':'integer'}"),
				value(java.time.LocalTime.class, "{'type':'string'}"),
				value(java.time.LocalDateTime.class, "{'type':'string'}"),
				value(LocalDate.class, "{'type':'string','format':'date'}"),
				value(java.time.Instant.class, "{'type':'string','format':'date-time'}"),
				value(java.time.OffsetDateTime.class, "{'type':'string','format':'date-time'}"),
				value(java.time.Duration.class, "{'type':'string','format':'duration'}"),
				value(java.util.UUID.class, "{'type':'string','format':'uuid'}"), value(Object.class, "{}"),
				value(JsonNode.class, "{}"),
				value(SchemaSamples.Status.class, "{'type':'string','enum':['open','in-transit']}"),
				value(SchemaSamples.Priority.class, "{'type':'integer','enum':[10,20]}"),
				value(SchemaSamples.Single.class, "{'type':'string','enum':['ONLY']}"),
				value(SchemaSamples.OrderId.class, "{'type':'string'}"),
				value(int[].class, "{'type':'array','items':{'type':'integer'}}"),
				value(new ParameterizedTypeReference<List<SchemaSamples.Item>>() {
				}.getType(), "{'type':'array','items':" + ITEM + "}"),
				value(new ParameterizedTypeReference<Optional<String>>() {
				}.getType(), "{'type':'string'}"), root(SchemaSamples.Item.class, ITEM),
				root(SchemaSamples.Empty.class, "{'type':'object','properties':{},'additionalProperties':false}"),
				root(new ParameterizedTypeReference<Map<String, Integer>>() {
				}.getType(), "{'type':'object','additionalProperties':{'type':'integer'}}"),
				root(SchemaSamples.Bean.class,
						"{'type':'object','properties':{'name':{'type':'string'}},'required':['name'],'additionalProperties':false}"),
				root(SchemaSamples.Described.class,
						"{'type':'object','properties':{'who':{'type':'string','description':'who ordered'}},'required':['who'],'description':'An order','additionalProperties':false}"),
				Arguments.of(SchemaSamples.Node.class, "/properties/children",
						json("{'type':'array','items':{'$ref':'#'}}")),
				Arguments.of(SchemaSamples.Optionals.class, "/properties/note", json("{'type':['string','null']}")),
				Arguments.of(SchemaSamples.Optionals.class, "/properties/count", json("{'type':['integer','null']}")),
				Arguments.of(SchemaSamples.Lists.class, "/properties/gaps",
						json("{'type':'array','items':{'type':['string','null']}}")),
				Arguments.of(SchemaSamples.Renamed.class, "/required", json("['full_name','orderNumber']")),
				Arguments.of(SchemaSamples.Constrained.class, "/properties/stars",
						json("{'type':'integer','minimum':1,'maximum':5}")),
				Arguments.of(SchemaSamples.Times.class, "/properties/german",
						json("{'type':'string','description':'in the form dd.MM.yyyy'}")),
				Arguments.of(SchemaSamples.Shape.class, "/properties/value",
						json("{'anyOf':[{'$ref':'#/$defs/Circle'},{'$ref':'#/$defs/Square-2'}]}")));
	}

	private static Arguments value(Type type, String schema) {
		return Arguments.of(type, "/properties/value", json(schema));
	}

	private static Arguments root(Type type, String schema) {
		return Arguments.of(type, "", json(schema));
	}

	private static String json(String text) {
		return text.replace('\'', '"');
	}

	@Test
	void propertiesAreInTheOrderOfTheRecord() {
		JsonNode schema = mapper.readTree(types.of(SchemaSamples.Offer.class).schema());

		assertThat(schema.path("properties").propertyNames()).containsExactly("name", "note", "stars", "status",
				"before", "item", "other", "items");
	}

	@Test
	void whatMayBeMissingIsNotRequired() {
		JsonNode schema = mapper.readTree(types.of(SchemaSamples.Optionals.class).schema());

		assertThat(schema.path("required")).isEmpty();
	}

	@Test
	void namesAreThoseOfTheMapper() {
		JsonTypes renaming = new SchemaJsonTypes(
				JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
		JsonType<SchemaSamples.Renamed> type = renaming.of(SchemaSamples.Renamed.class);

		assertThat(mapper.readTree(type.schema()).path("properties").propertyNames()).containsExactly("full_name",
				"order_number");
		assertThat(type.read("{\"full_name\":\"a\",\"order_number\":7}")).isEqualTo(new SchemaSamples.Renamed("a", 7));
	}

	@Test
	void refusesWhatNothingWouldFit() {
		assertThatIllegalArgumentException().isThrownBy(() -> types.of(SchemaSamples.Unwrapping.class))
			.withMessageContaining("'item'")
			.withMessageContaining("@JsonUnwrapped");
	}

	@Test
	void refusesAnAbstractTypeThatJacksonCannotRead() {
		assertThatIllegalArgumentException().isThrownBy(() -> types.of(SchemaSamples.Unmarked.class))
			.withMessageContaining("@JsonTypeInfo");
	}

	@ParameterizedTest
	@ValueSource(classes = { InetAddress.class, Inet6Address.class, InetSocketAddress.class, Class.class })
	void refusesWhatActsWhenItIsRead(Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> types.of(type))
			.withMessageStartingWith(type.getName() + " has no schema: to read it, Jackson");
	}

	@ParameterizedTest
	@MethodSource("samples")
	void schemaValidatesWhatJacksonWrites(Class<?> type) {
		Object value = SchemaSamples.VALUES.get(type);
		JsonNode written = mapper.readTree(types.write(value));

		assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(types.of(type).schema())
			.validate(written, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true))))
			.isEmpty();
	}

	@ParameterizedTest
	@MethodSource("samples")
	void readsWhatJacksonWrites(Class<?> type) {
		String written = types.write(SchemaSamples.VALUES.get(type));

		assertThat(types.write(types.of(type).read(written))).isEqualTo(written);
	}

	static Stream<Class<?>> samples() {
		return SchemaSamples.VALUES.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("named")
	void nameIsOneThatProvidersTake(Type type, String name) {
		assertThat(types.of(type).name()).isEqualTo(name).matches("[a-zA-Z0-9_-]{1,64}");
	}

	static Stream<Arguments> named() {
		return Stream.of(Arguments.of(SchemaSamples.Item.class, "Item"), Arguments.of(int[].class, "int__"), Arguments
			.of(ResolvableType.forClassWithGenerics(List.class, SchemaSamples.Item.class).getType(), "List_Item"));
	}

	@Test
	void genericTypeIsToldWithItsArguments() {
		Type type = new ParameterizedTypeReference<SchemaSamples.Pair<Integer, List<LocalDate>>>() {
		}.getType();

		assertThat(types.of(type).read("{\"left\":1,\"right\":[\"2026-01-02\"]}"))
			.isEqualTo(new SchemaSamples.Pair<>(1, List.of(LocalDate.of(2026, 1, 2))));
	}

	@Test
	void parametersAreMembersOfOneObject() {
		JsonType<Object[]> type = types.ofParameters(parameters("method"));
		ObjectNode schema = mapper.readTree(type.schema()).asObject();

		assertThat(schema.path("properties").propertyNames()).containsExactly("number", "note", "status", "items",
				"tree");
		assertThat(schema.path("required")).extracting(JsonNode::asString).containsExactly("number", "items", "tree");
		assertThat(type.name()).isEqualTo("method");
	}

	@Test
	void parametersAreToldWithTheirAnnotations() {
		JsonType<Object[]> type = types.ofParameters(parameters("annotated"));

		assertThat(mapper.readTree(type.schema()).path("properties")).isEqualTo(mapper.readTree("""
				{"number":{"type":"integer","description":"on the invoice","minimum":1,"maximum":9},
				"weight":{"type":"number","exclusiveMinimum":0,"maximum":30.5},
				"name":{"type":"string","minLength":1,"maxLength":3,"pattern":"[a-z]+"},
				"tags":{"type":"array","items":{"type":"string"},"minItems":2},
				"other":{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},
				"mail":{"type":"string","format":"email"}}"""));
	}

	@Test
	void constraintsOfParametersAreChecked() {
		JsonType<Object[]> type = types.ofParameters(parameters("annotated"));

		assertThatExceptionOfType(JsonFaultsException.class)
			.isThrownBy(() -> type.read("{\"number\":0,\"weight\":31,\"name\":\"\",\"tags\":[\"a\"],\"other\":{}}"))
			.extracting(JsonFaultsException::getFaults, InstanceOfAssertFactories.list(String.class))
			.containsExactly("number must be at least 1 but was 0", "weight must be at most 30.5 but was 31",
					"name must have at least 1 characters but has 0", "tags must have at least 2 items but has 1",
					"other must have at least 1 entries but has 0");
	}

	@SuppressWarnings("unused")
	private static void annotated(@JsonPropertyDescription("on the invoice") @Min(1) @Max(9) int number,
			@Positive @DecimalMax("30.5") double weight,
			@NotBlank @Size(max = 3) @Pattern(regexp = "[a-z]+") String name, @Size(min = 2) List<String> tags,
			@NotEmpty Map<String, String> other, @Email Optional<String> mail) {
	}

	@Test
	void readsOneValueForEachParameter() {
		Object[] values = types.<Object[]>ofParameters(parameters("method"))
			.read("{\"number\":\"7\",\"items\":[],\"tree\":{\"name\":\"a\",\"children\":[]}}");

		assertThat(values).containsExactly(7, null, Optional.empty(), Collections.emptyList(),
				new SchemaSamples.Node("a", Collections.emptyList(), null));
	}

	@Test
	void methodWithoutParametersTakesAnEmptyObject() {
		assertThat(types.ofParameters(Collections.emptyList()).read("{}")).isEmpty();
		assertThat(types.ofParameters(Collections.emptyList()).strictSchema()).isNull();
	}

	@Test
	void refusesParametersWithoutNames() throws Exception {
		// The JDK is compiled without
		Parameter nameless = String.class.getMethod("charAt", int.class).getParameters()[0];

		assertThatIllegalArgumentException().isThrownBy(() -> types.ofParameters(List.of(nameless)))
			.withMessageContaining("-parameters");
	}

	private static List<Parameter> parameters(String name) {
		return Arrays.stream(SchemaJsonTypesTests.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.flatMap((method) -> Arrays.stream(method.getParameters()))
			.toList();
	}

	@SuppressWarnings("unused")
	private static void method(int number, @Nullable String note, Optional<SchemaSamples.Status> status,
			List<SchemaSamples.Item> items, SchemaSamples.Node tree) {
	}

	@Test
	void manyThreadsAskAtOnce() throws Exception {
		JsonTypes fresh = new SchemaJsonTypes(mapper);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<String>> futures = IntStream.range(0, 200)
				.mapToObj((number) -> threads.submit(() -> schemas(fresh)))
				.toList();
			String expected = schemas(types);
			for (Future<String> future : futures) {
				assertThat(future.get(1, TimeUnit.MINUTES)).isEqualTo(expected);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static String schemas(JsonTypes types) {
		return samples().map((type) -> types.of(type).schema()).toList().toString();
	}

}
