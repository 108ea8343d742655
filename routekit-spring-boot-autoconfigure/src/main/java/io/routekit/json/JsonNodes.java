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

package io.routekit.json;

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
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * Trees of JSON and what they hold. The mapper is private, since what is stored must not
 * follow the settings of the application's own. Numbers stay as exact as they are. What
 * reads a node takes one that is absent or {@code null} as nothing.
 *
 * @since 0.1.0
 */
public final class JsonNodes {

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

	private static final ObjectReader withinOthers = mapper.reader()
		.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private JsonNodes() {
	}

	/**
	 * Return a new object.
	 * @return the object
	 */
	public static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	/**
	 * Return a new array.
	 * @return the array
	 */
	public static ArrayNode array() {
		return JsonNodeFactory.instance.arrayNode();
	}

	/**
	 * Return any value as JSON.
	 * @param value the value
	 * @return the JSON
	 * @throws tools.jackson.core.JacksonException if JSON does not know the value
	 */
	public static JsonNode valueOf(@Nullable Object value) {
		JsonNode json = mapper.valueToTree(value);
		// What writes itself is no tree yet, and nobody could redact it
		return (json.isContainer() || json.isPojo()) ? read(mapper.writeValueAsString(json)) : json;
	}

	/**
	 * Read a text.
	 * @param json the text
	 * @return the JSON
	 */
	public static JsonNode read(String json) {
		Assert.notNull(json, "'json' must not be null");
		return mapper.readTree(json);
	}

	static JsonNode read(JsonParser parser) {
		return withinOthers.readTree(parser);
	}

	/**
	 * Return whether a text is a JSON object, without making one of it.
	 * @param text the text
	 * @return whether it is one
	 */
	public static boolean isObject(String text) {
		Assert.notNull(text, "'text' must not be null");
		try (JsonParser parser = mapper.createParser(text)) {
			return parser.nextToken() == JsonToken.START_OBJECT && parser.skipChildren().nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/**
	 * Write JSON as one line, whose characters all have bytes in UTF-8.
	 * @param json the JSON
	 * @return the text
	 */
	public static String write(JsonNode json) {
		Assert.notNull(json, "'json' must not be null");
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
	public static @Nullable BigDecimal seconds(@Nullable Duration duration) {
		if (duration == null) {
			return null;
		}
		BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
			.add(BigDecimal.valueOf(duration.getNano(), 9))
			.stripTrailingZeros();
		return (seconds.scale() < 1) ? seconds.setScale(1) : seconds;
	}

	/**
	 * Return the duration that a number of seconds is.
	 * @param node the number
	 * @return the duration, or {@code null} if there is none
	 */
	public static @Nullable Duration duration(@Nullable JsonNode node) {
		JsonNode seconds = present(node);
		return (seconds != null) ? Duration.ofNanos(seconds.decimalValue().movePointRight(9).longValueExact()) : null;
	}

	/**
	 * Return the text of a member.
	 * @param object the object
	 * @param name the name of the member
	 * @return the text
	 */
	public static String requiredText(JsonNode object, String name) {
		Assert.notNull(object, "'object' must not be null");
		Assert.notNull(name, "'name' must not be null");
		return object.required(name).stringValue();
	}

	/**
	 * Return a text.
	 * @param node the text
	 * @return the text, or {@code null} if there is none
	 */
	public static @Nullable String text(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? value.stringValue() : null;
	}

	/**
	 * Return a number.
	 * @param node the number
	 * @return the number, or {@code null} if there is none
	 */
	public static @Nullable Integer integer(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Integer.valueOf(value.intValue()) : null;
	}

	/**
	 * Return a number.
	 * @param node the number
	 * @return the number, or {@code null} if there is none
	 */
	public static @Nullable Long longInteger(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Long.valueOf(value.longValue()) : null;
	}

	/**
	 * Return a number.
	 * @param node the number
	 * @return the number, or {@code null} if there is none
	 */
	public static @Nullable Double number(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Double.valueOf(value.doubleValue()) : null;
	}

	/**
	 * Return a truth value.
	 * @param node the truth value
	 * @return the value, or {@code null} if there is none
	 */
	public static @Nullable Boolean bool(@Nullable JsonNode node) {
		JsonNode value = present(node);
		return (value != null) ? Boolean.valueOf(value.booleanValue()) : null;
	}

	/**
	 * Return the members of an object.
	 * @param node the object
	 * @return the members, empty if there is no object
	 */
	public static Map<String, Object> map(@Nullable JsonNode node) {
		JsonNode object = present(node);
		return (object != null) ? mapper.convertValue(object, OBJECT) : Collections.emptyMap();
	}

	/**
	 * Return a node unless it is {@code null} in JSON.
	 * @param node the node
	 * @return the node, or {@code null} if there is none
	 */
	public static @Nullable JsonNode present(@Nullable JsonNode node) {
		return (node != null && !node.isNull()) ? node : null;
	}

	/**
	 * Add a member unless its value is {@code null}.
	 * @param object the object
	 * @param name the name of the member
	 * @param value the value
	 */
	public static void putIfPresent(ObjectNode object, String name, @Nullable Object value) {
		Assert.notNull(object, "'object' must not be null");
		Assert.notNull(name, "'name' must not be null");
		if (value != null) {
			object.set(name, valueOf(value));
		}
	}

}
