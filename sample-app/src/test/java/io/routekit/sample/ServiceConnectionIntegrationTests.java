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

package io.routekit.sample;

import java.time.Duration;
import java.util.Optional;

import io.routekit.Model;
import io.routekit.ModelResponse;
import io.routekit.StreamEvent;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.MountableFile;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a container with a model server is all that the sample needs.
 */
@SpringBootTest(properties = "routekit.provider.model=gpt-5-mini")
@Testcontainers(disabledWithoutDocker = true)
class ServiceConnectionIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@Container
	@ServiceConnection("openai")
	private static final GenericContainer<?> modelServer = new GenericContainer<>(
			Optional.ofNullable(System.getenv("ROUTEKIT_MODEL_SERVER_IMAGE"))
				.orElse("ghcr.io/copilotkit/aimock:1.43.0"))
		.withCopyFileToContainer(MountableFile.forClasspathResource("model-server/fixtures.json"),
				"/conversation/fixtures.json")
		.withCommand("--host", "0.0.0.0", "--port", "4010", "--fixtures", "/conversation/fixtures.json")
		.withExposedPorts(4010)
		.waitingFor(Wait.forHttp("/health"));

	@Autowired
	private Model model;

	@Test
	void theModelIsThatOfTheContainer() {
		ModelResponse response = this.model.chat("Hello").block(LIMIT);
		assertThat(response.provider()).isEqualTo("openai");
		assertThat(response.content()).startsWith("Hello from the model server.");
		assertThat(this.model.endpoint().getPort()).isEqualTo(modelServer.getMappedPort(4010));
	}

	@Test
	void theModelStreams() {
		String text = this.model.stream("Hello").transform(StreamEvent::text).reduce("", String::concat).block(LIMIT);
		assertThat(text).startsWith("Hello from the model server.");
	}

}
