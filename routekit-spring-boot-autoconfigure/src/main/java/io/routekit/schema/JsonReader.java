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

import java.util.List;

import io.routekit.JsonFaultsException;
import io.routekit.OneLine;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads what models write into a tree. The mapper is the application's, made stricter
 * where a mistake would go unnoticed.
 */
final class JsonReader {

	private static final int MAX_LENGTH = 4 * 1024 * 1024;

	private static final int MAX_QUOTED_LENGTH = 40;

	private final JsonMapper mapper;

	JsonReader(JsonMapper mapper) {
		this.mapper = mapper.rebuild()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.UNWRAP_ROOT_VALUE)
			.withCoercionConfig(LogicalType.Enum,
					(config) -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
			.withCoercionConfig(LogicalType.DateTime,
					(config) -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
			.build();
	}

	JsonMapper mapper() {
		return this.mapper;
	}

	JsonNode read(String json) {
		if (json.length() > MAX_LENGTH) {
			throw fault("The JSON has %d characters but must have %d at most".formatted(json.length(), MAX_LENGTH));
		}
		JsonNode tree;
		try {
			tree = this.mapper.readTree(json);
		}
		catch (UnexpectedEndOfInputException ex) {
			throw incomplete(json);
		}
		catch (JacksonException ex) {
			throw fault(malformed(json, ex));
		}
		if (tree == null || tree.isMissingNode()) {
			throw incomplete(json);
		}
		return tree;
	}

	private static JsonFaultsException incomplete(String json) {
		String text = json.strip();
		return fault(text.isEmpty() ? "The JSON is missing: there is no text"
				: "The JSON must be complete but was cut after " + tail(text, text.length()));
	}

	private static String malformed(String json, JacksonException failure) {
		TokenStreamLocation location = failure.getLocation();
		long offset = (location != null) ? location.getCharOffset() : -1;
		if (offset < 0 || offset > json.length()) {
			return "The JSON must be valid";
		}
		String message = failure.getOriginalMessage();
		boolean duplicate = message != null && message.startsWith("Duplicate");
		return "The JSON must be valid but was not: %s after %s".formatted(
				duplicate ? "there is the same member twice, the second" : "there is a mistake",
				tail(json, (int) offset));
	}

	private static String tail(String json, int end) {
		int start = Math.max(0, end - MAX_QUOTED_LENGTH);
		return ((start > 0) ? "…" : "") + OneLine.of(json.substring(start, end), MAX_QUOTED_LENGTH);
	}

	private static JsonFaultsException fault(String fault) {
		return new JsonFaultsException(List.of(fault));
	}

}
