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

package io.routekit.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ValueReader}.
 */
class ValueReaderTests {

	private final ValueReader reader = new ValueReader(() -> ModelException.of(Kind.INVALID_RESPONSE, "Too large"));

	@ParameterizedTest
	@ValueSource(strings = { "null", "true", "false", "\"\"", "\"caf\u00e9 \\u20ac\"", "0", "-1", "2147483648",
			"123456789012345678901234567890", "0.1", "-2.50e-7", "1E400", "{}", "[]", "[[],{},[null,[1,2.0,\"3\"]]]",
			"{\"b\":1,\"a\":{\"c\":[{\"d\":null}],\"e\":1.10},\"b\":2}" })
	void readsValuesAsTheMapperDoes(String json) {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		assertThat(readValue(json)).isEqualTo(mapper.readValue(json, Object.class));
	}

	@Test
	void readsWhatCanGrow() {
		assertThat(readValue("{\"list\":[1]}")).isExactlyInstanceOf(LinkedHashMap.class);
		assertThat(readValue("[{}]")).isExactlyInstanceOf(ArrayList.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "[{},{}]", "[[1,2.0,\"3\"],null]", "{\"b\":1,\"a\":{\"c\":[true]}}", "\"a\"" })
	void readsNoMoreThanMayBeKept(String json) {
		long size = ValueReader.sizeOf(readValue(json));
		assertThat(ValueReader.sizeOf(readValue(json, size))).isEqualTo(size);
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> readValue(json, size - 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":", "[1,", "{\"a\" 1}", "[1 2]", "{\"a\":tru}" })
	void failsForWhatIsNoJson(String json) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> readValue(json));
	}

	@Test
	void failsForWhatIsNestedTooDeeply() {
		String json = "[".repeat(2000) + "]".repeat(2000);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> readValue(json));
	}

	@Test
	void stopsAtTheEndOfTheValue() {
		byte[] json = "{\"a\":{\"b\":[1]},\"c\":2}".getBytes(StandardCharsets.UTF_8);
		try (JsonParser parser = WireJson.parser(json, 0, json.length)) {
			parser.nextToken();
			parser.nextName();
			parser.nextToken();
			assertThat(this.reader.read(parser, 1000)).isEqualTo(Map.of("b", List.of(1)));
			assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
			assertThat(parser.nextName()).isEqualTo("c");
			parser.nextToken();
			assertThat(this.reader.read(parser, 1000)).isEqualTo(2);
			assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
		}
	}

	private Object readValue(String json) {
		return readValue(json, Integer.MAX_VALUE);
	}

	private Object readValue(String json, long maxSize) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		try (JsonParser parser = WireJson.parser(bytes, 0, bytes.length)) {
			parser.nextToken();
			return this.reader.read(parser, maxSize);
		}
	}

}
