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
import java.util.Map;

import org.testcontainers.containers.Container;
import org.testcontainers.utility.DockerImageName;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

/**
 * Makes {@link ModelConnectionDetails} of a container with an OpenAI-compatible server
 * that is a {@link ServiceConnection @ServiceConnection}: by the name {@code openai}, or
 * by its image.
 */
class OpenAiCompatibleContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, ModelConnectionDetails> {

	OpenAiCompatibleContainerConnectionDetailsFactory() {
		super(OpenAiCompatibleServer.connectionNames());
	}

	@Override
	protected ModelConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new OpenAiCompatibleContainerConnectionDetails(source);
	}

	/**
	 * {@link ModelConnectionDetails} of a container.
	 */
	private static final class OpenAiCompatibleContainerConnectionDetails
			extends ContainerConnectionDetails<Container<?>> implements ModelConnectionDetails {

		OpenAiCompatibleContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public URI getBaseUrl() {
			Container<?> container = getContainer();
			String image = DockerImageName.parse(container.getDockerImageName()).getRepository();
			int port = OpenAiCompatibleServer.port(image, container.getExposedPorts());
			Map<String, String> labels = container.getContainerInfo().getConfig().getLabels();
			return OpenAiCompatibleServer.baseUrl(container.getHost(), container.getMappedPort(port),
					(labels != null) ? labels : Collections.emptyMap());
		}

	}

}
