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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Facts about servers in containers that speak OpenAI's Chat Completions.
 */
final class OpenAiCompatibleServer {

	/**
	 * The name of a connection to any such server.
	 */
	static final String CONNECTION_NAME = "openai";

	/**
	 * The label with the path of the base URL, if it is not that of most servers.
	 */
	static final String PATH_LABEL = "io.routekit.path";

	private static final String DEFAULT_PATH = "/v1";

	/**
	 * The port by the name of the image.
	 */
	private static final Map<String, Integer> PORTS = Map.of("ollama/ollama", 11434, "vllm/vllm-openai", 8000,
			"localai/localai", 8080, "ggml-org/llama.cpp", 8080, "ggerganov/llama.cpp", 8080);

	private OpenAiCompatibleServer() {
	}

	static List<String> connectionNames() {
		return Stream.concat(Stream.of(CONNECTION_NAME), PORTS.keySet().stream().sorted()).toList();
	}

	/**
	 * Return the port that a server listens on within its container.
	 * @param image the name of its image, without registry and tag
	 * @param exposed the ports that the container exposes
	 * @return the port
	 * @throws IllegalStateException if it cannot be told
	 */
	static int port(String image, List<Integer> exposed) {
		Integer known = PORTS.get(image);
		if (known != null && (exposed.isEmpty() || exposed.contains(known))) {
			return known;
		}
		if (exposed.size() != 1) {
			throw new IllegalStateException(
					"The port of the model server '%s' is not known: expose one port, but it exposes %s"
						.formatted(image, exposed));
		}
		return exposed.get(0);
	}

	static URI baseUrl(String host, int port, Map<String, String> labels) {
		return URI.create("http://%s:%d%s".formatted(host, port, labels.getOrDefault(PATH_LABEL, DEFAULT_PATH)));
	}

}
