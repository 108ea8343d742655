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

package io.routekit.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the metadata of the configuration properties.
 */
class ConfigurationMetadataTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("properties")
	void propertyHasDescription(String name, String description) {
		assertThat(description).as(name).matches("[A-Z].*\\.").doesNotStartWith("The ").doesNotStartWith("A ");
	}

	static Stream<Object[]> properties() throws IOException {
		try (InputStream metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json")
			.getInputStream()) {
			JsonNode properties = JsonMapper.builder().build().readTree(metadata).get("properties");
			return properties.values()
				.stream()
				.filter((property) -> property.get("name").asString().startsWith("routekit."))
				.map((property) -> new Object[] { property.get("name").asString(),
						property.path("description").asString("") });
		}
	}

}
