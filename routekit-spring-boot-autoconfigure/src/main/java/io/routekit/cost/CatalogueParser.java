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

import java.io.InputStream;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses catalogues. Numbers stay as they are written.
 */
final class CatalogueParser {

	private CatalogueParser() {
	}

	static Map<?, ?> parse(InputStream stream, @Nullable String fileName) {
		boolean yaml = fileName != null && (fileName.endsWith(".yaml") || fileName.endsWith(".yml"));
		return yaml ? YamlParser.parse(stream) : parseJson(stream);
	}

	private static Map<?, ?> parseJson(InputStream stream) {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		try {
			return mapper.readValue(stream, new TypeReference<Map<String, Object>>() {
			});
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			String place = (location != null)
					? " in line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()) : "";
			throw new IllegalArgumentException("it is no JSON object%s: %s".formatted(place, ex.getOriginalMessage()),
					ex);
		}
	}

}
