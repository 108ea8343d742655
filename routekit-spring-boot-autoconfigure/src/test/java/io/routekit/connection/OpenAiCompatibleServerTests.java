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

package io.routekit.connection;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link OpenAiCompatibleServer}.
 */
class OpenAiCompatibleServerTests {

	@ParameterizedTest
	@CsvSource({ "ollama/ollama,11434", "vllm/vllm-openai,8000", "localai/localai,8080", "ggml-org/llama.cpp,8080" })
	void knowsThePortsOfServers(String image, int port) {
		assertThat(OpenAiCompatibleServer.connectionNames()).contains(image);
		assertThat(OpenAiCompatibleServer.port(image, Collections.emptyList())).isEqualTo(port);
		assertThat(OpenAiCompatibleServer.port(image, List.of(1, port))).isEqualTo(port);
	}

	@Test
	void takesTheOnlyPortOfAnyOther() {
		assertThat(OpenAiCompatibleServer.port("acme/model", List.of(4010))).isEqualTo(4010);
		assertThat(OpenAiCompatibleServer.port("ollama/ollama", List.of(9999))).isEqualTo(9999);
		assertThatIllegalStateException().isThrownBy(() -> OpenAiCompatibleServer.port("acme/model", List.of(1, 2)))
			.withMessageContaining("'acme/model'")
			.withMessageContaining("[1, 2]");
		assertThatIllegalStateException()
			.isThrownBy(() -> OpenAiCompatibleServer.port("acme/model", Collections.emptyList()));
	}

	@Test
	void takesThePathFromALabel() {
		assertThat(OpenAiCompatibleServer.baseUrl("localhost", 80, Collections.emptyMap()))
			.isEqualTo(URI.create("http://localhost:80/v1"));
		assertThat(OpenAiCompatibleServer.baseUrl("localhost", 80, Map.of("io.routekit.path", "/api/v3")))
			.isEqualTo(URI.create("http://localhost:80/api/v3"));
	}

}
