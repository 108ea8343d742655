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

package io.routekit.trace;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of files of calls. The mapper is private, since files must not follow the
 * settings of the application's own. Numbers stay as exact as they are.
 */
final class TraceJson {

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private static final JsonMapper mapper = JsonMapper
		// A file of a message can be longer than texts are by default
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private TraceJson() {
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	static ArrayNode array() {
		return JsonNodeFactory.instance.arrayNode();
	}

	/**
	 * Return any value as JSON.
	 * @param value the value
	 * @return the JSON
	 * @throws tools.jackson.core.JacksonException if JSON does not know the value
	 */
	static JsonNode valueOf(@Nullable Object value) {
		JsonNode json = mapper.valueToTree(value);
		// What writes itself is no tree yet, and nobody could redact it
		return (json.isContainer() || json.isPojo()) ? read(mapper.writeValueAsString(json)) : json;
	}

	static JsonNode read(String json) {
		return mapper.readTree(json);
	}

	/**
	 * Return whether a text is a JSON object, without making one of it.
	 * @param text the text
	 * @return whether it is one
	 */
	static boolean isObject(String text) {
		try (JsonParser parser = mapper.createParser(text)) {
			return parser.nextToken() == JsonToken.START_OBJECT && parser.skipChildren().nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	static String write(JsonNode json) {
		return escapeLoneSurrogates(mapper.writeValueAsString(json));
	}

	// UTF-8 has no bytes for half a character, which a server may well send
	private static String escapeLoneSurrogates(String json) {
		StringBuilder escaped = null;
		int copied = 0;
		for (int i = 0; i < json.length(); i++) {
			char character = json.charAt(i);
			if (!Character.isSurrogate(character)) {
				continue;
			}
			if (Character.isHighSurrogate(character) && i + 1 < json.length()
					&& Character.isLowSurrogate(json.charAt(i + 1))) {
				i++;
				continue;
			}
			escaped = (escaped != null) ? escaped : new StringBuilder();
			escaped.append(json, copied, i).append("\\u%04X".formatted((int) character));
			copied = i + 1;
		}
		return (escaped != null) ? escaped.append(json, copied, json.length()).toString() : json;
	}

	/**
	 * Return a duration in seconds.
	 * @param duration the duration, or {@code null}
	 * @return the number, or {@code null}
	 */
	static @Nullable BigDecimal seconds(@Nullable Duration duration) {
		if (duration == null) {
			return null;
		}
		BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
			.add(BigDecimal.valueOf(duration.getNano(), 9))
			.stripTrailingZeros();
		return (seconds.scale() < 1) ? seconds.setScale(1) : seconds;
	}

	static @Nullable Duration duration(@Nullable JsonNode node) {
		JsonNode seconds = present(node);
		return (seconds != null) ? Duration.ofNanos(seconds.decimalValue().movePointRight(9).longValueExact()) : null;
	}

	static String requiredText(JsonNode object, String name) {
		return object.required(name).stringValue();
	}

	static @Nullable String text(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? value.stringValue() : null;
	}

	static @Nullable Integer integer(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Integer.valueOf(value.intValue()) : null;
	}

	static @Nullable Long longInteger(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Long.valueOf(value.longValue()) : null;
	}

	static @Nullable Double number(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Double.valueOf(value.doubleValue()) : null;
	}

	static @Nullable Boolean bool(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Boolean.valueOf(value.booleanValue()) : null;
	}

	static Map<String, Object> map(@Nullable JsonNode node) {
		JsonNode object = present(node);
		return (object != null) ? mapper.convertValue(object, OBJECT) : Collections.emptyMap();
	}

	static @Nullable JsonNode present(@Nullable JsonNode node) {
		return (node != null && !node.isNull()) ? node : null;
	}

	static void putIfPresent(ObjectNode object, String name, @Nullable Object value) {
		if (value != null) {
			object.set(name, valueOf(value));
		}
	}

}
