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

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Makes {@link ModelConnectionDetails} of a Docker Compose service with an
 * OpenAI-compatible server: by its image, or by the label
 * {@code org.springframework.boot.service-connection} with the value {@code openai}.
 */
class OpenAiCompatibleDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<ModelConnectionDetails> {

	OpenAiCompatibleDockerComposeConnectionDetailsFactory() {
		super(OpenAiCompatibleServer.connectionNames().toArray(String[]::new));
	}

	@Override
	protected ModelConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new OpenAiCompatibleDockerComposeConnectionDetails(source.getRunningService());
	}

	/**
	 * {@link ModelConnectionDetails} of a Docker Compose service.
	 */
	private static final class OpenAiCompatibleDockerComposeConnectionDetails extends DockerComposeConnectionDetails
			implements ModelConnectionDetails {

		private final URI baseUrl;

		OpenAiCompatibleDockerComposeConnectionDetails(RunningService service) {
			super(service);
			this.baseUrl = OpenAiCompatibleServer.baseUrl(service.host(), port(service), service.labels());
		}

		// The ports of a service are those of the host, of which one is enough to know
		private static int port(RunningService service) {
			List<Integer> ports = service.ports().getAll();
			return (ports.size() == 1) ? ports.get(0) : service.ports()
				.get(OpenAiCompatibleServer.port(service.image().getName(), Collections.emptyList()));
		}

		@Override
		public URI getBaseUrl() {
			return this.baseUrl;
		}

	}

}
