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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.routekit.JsonTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StrictSchema}.
 */
class StrictSchemaTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static final JsonTypes types = JsonTypes.defaults();

	@Test
	void allMembersAreRequiredAndOptionalOnesMayBeNull() {
		JsonNode schema = strict(SchemaSamples.Offer.class);

		assertThat(schema.path("required")).extracting(JsonNode::asString)
			.containsExactly("name", "note", "stars", "status", "before", "item", "other", "items");
		assertThat(schema.at("/properties/note/type").toString()).isEqualTo("[\"string\",\"null\"]");
		assertThat(schema.at("/properties/before").toString())
			.isEqualTo("{\"type\":[\"string\",\"null\"],\"enum\":[\"open\",\"in-transit\",null]}");
		assertThat(schema.at("/properties/other").toString())
			.isEqualTo("{\"anyOf\":[{\"$ref\":\"#/$defs/Item\"},{\"type\":\"null\"}]}");
	}

	@Test
	void whatCannotBeSaidIsDescribed() {
		JsonNode schema = strict(SchemaSamples.Constrained.class);

		assertThat(schema.at("/properties/stars").toString())
			.isEqualTo("{\"type\":\"integer\",\"description\":\"(minimum=1, maximum=5)\"}");
		assertThat(schema.at("/properties/item/properties/name/description").asString())
			.isEqualTo("the name (minLength=1)");
	}

	@ParameterizedTest
	@MethodSource("impossible")
	void thereIsNone(Class<?> type) {
		assertThat(types.of(type).strictSchema()).isNull();
	}

	static Stream<Class<?>> impossible() {
		return Stream.of(SchemaSamples.Lists.class, SchemaSamples.Anything.class, SchemaSamples.Node.class,
				SchemaSamples.Empty.class, SchemaSamples.Drawing.class, Map.class, Object.class);
	}

	@ParameterizedTest
	@MethodSource("possible")
	void anthropicsClientTakesIt(Class<?> type) throws Exception {
		assertThat(com.anthropic.core.JsonSchemaValidator.Companion.create().validate(told(type)).errors()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("possible")
	void openAisClientTakesIt(Class<?> type) throws Exception {
		List<String> errors = new ArrayList<>(
				com.openai.core.JsonSchemaValidator.Companion.create().validate(told(type)).errors());
		// It knows null in a list of types only, where a reference cannot stand
		errors.removeIf((error) -> error.contains("/anyOf[1]/type: Unsupported 'type' value: 'null'"));

		assertThat(errors).isEmpty();
	}

	static Stream<Class<?>> possible() {
		return SchemaSamples.VALUES.keySet().stream().filter((type) -> types.of(type).strictSchema() != null);
	}

	@Test
	void mostTypesHaveOne() {
		assertThat(possible()).contains(SchemaSamples.Item.class, SchemaSamples.Numbers.class,
				SchemaSamples.Texts.class, SchemaSamples.Times.class, SchemaSamples.Optionals.class,
				SchemaSamples.Enums.class, SchemaSamples.Zoo.class, SchemaSamples.Identified.class,
				SchemaSamples.Renamed.class, SchemaSamples.Described.class, SchemaSamples.Constrained.class,
				SchemaSamples.Offer.class);
	}

	@Test
	void nullsOfAStrictAnswerAreAbsent() {
		assertThat(types.of(SchemaSamples.Optionals.class)
			.read("{\"note\":null,\"item\":null,\"count\":null,\"status\":null,\"told\":null,\"items\":null}"))
			.isEqualTo(SchemaSamples.VALUES.get(SchemaSamples.Optionals.class));
	}

	private static JsonNode strict(Class<?> type) {
		return mapper.readTree(types.of(type).strictSchema());
	}

	private static com.fasterxml.jackson.databind.JsonNode told(Class<?> type) throws Exception {
		ObjectNode schema = strict(type).asObject().put("$schema", "https://json-schema.org/draft/2020-12/schema");
		return new ObjectMapper().readTree(schema.toString());
	}

}
