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

import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link OpenAiCompatibleDockerComposeConnectionDetailsFactory}. What Docker
 * Compose says is given, since its client is not there everywhere.
 */
class OpenAiCompatibleDockerComposeTests {

	private static ModelConnectionDetails details(String image, Map<String, String> labels, Integer... hostPorts) {
		RunningService service = mock(RunningService.class);
		given(service.image()).willReturn(ImageReference.of(image));
		given(service.labels()).willReturn(labels);
		given(service.host()).willReturn("127.0.0.1");
		ConnectionPorts ports = mock(ConnectionPorts.class);
		given(ports.getAll()).willReturn(List.of(hostPorts));
		given(ports.get(11434)).willReturn(32768);
		given(service.ports()).willReturn(ports);
		DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
		given(source.getRunningService()).willReturn(service);
		given(source.getEnvironment()).willReturn(new MockEnvironment());
		return new OpenAiCompatibleDockerComposeConnectionDetailsFactory().getConnectionDetails(source);
	}

	@ParameterizedTest
	@CsvSource({ "ollama/ollama:0.12", "vllm/vllm-openai:v0.11", "localai/localai",
			"ghcr.io/ggml-org/llama.cpp:server" })
	void knowsTheImagesOfServers(String image) {
		assertThat(details(image, Collections.emptyMap(), 8080).getBaseUrl())
			.isEqualTo(URI.create("http://127.0.0.1:8080/v1"));
	}

	@Test
	void takesTheKnownPortOfSeveral() {
		assertThat(details("ollama/ollama", Collections.emptyMap(), 32767, 32768).getBaseUrl())
			.isEqualTo(URI.create("http://127.0.0.1:32768/v1"));
	}

	@Test
	void knowsAnyImageByItsLabel() {
		ModelConnectionDetails details = details("acme/model",
				Map.of("org.springframework.boot.service-connection", "openai", "io.routekit.path", "/api"), 8080);
		assertThat(details.getBaseUrl()).isEqualTo(URI.create("http://127.0.0.1:8080/api"));
		assertThat(details.getType()).isEqualTo("openai");
		assertThat(details.getApiKey()).isNull();
	}

	@Test
	void leavesOtherImagesAlone() {
		assertThat(details("redis", Collections.emptyMap(), 6379)).isNull();
	}

}
