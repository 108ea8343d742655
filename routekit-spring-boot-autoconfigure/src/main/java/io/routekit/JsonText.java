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

package io.routekit;

import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the JSON texts that are part of the API: tool schemas and arguments.
 * Uses a mapper of its own, since the wire format must not follow the application's
 * settings.
 */
final class JsonText {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private JsonText() {
	}

	static boolean isObject(String json) {
		try (JsonParser parser = mapper.createParser(json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return false;
			}
			parser.skipChildren();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	static String write(Map<String, ?> object) {
		return mapper.writeValueAsString(object);
	}

	static Map<String, Object> readObject(String json, String message, String name) {
		try {
			return mapper.readValue(json, new TypeReference<>() {
			});
		}
		catch (JacksonException ex) {
			throw invalid(message, name);
		}
	}

	static <T> T read(String json, Class<T> type, String message, String name) {
		try {
			return mapper.readValue(json, type);
		}
		catch (JacksonException ex) {
			throw invalid(message, name);
		}
	}

	private static ModelException invalid(String message, String name) {
		// The cause is left out: its message quotes the arguments
		return ModelException.of(ModelException.Kind.INVALID_RESPONSE, message.formatted(name));
	}

}
