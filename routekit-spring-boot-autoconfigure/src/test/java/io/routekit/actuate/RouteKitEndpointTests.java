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

package io.routekit.actuate;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelFilter;
import io.routekit.ModelResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteKitEndpoint}.
 */
class RouteKitEndpointTests {

	@Test
	void showsModelsWithoutSecrets() {
		RouteKitEndpoint endpoint = new RouteKitEndpoint(() -> Map.of("model", new SecretModel()),
				() -> List.of(new OwnFilter()));

		assertThat(JsonMapper.builder().build().writeValueAsString(endpoint.routekit())).isEqualTo(
				"{\"models\":{\"model\":{\"provider\":\"openai\",\"name\":\"gpt\",\"endpoint\":\"https://a.example.com:8443/v1\","
						+ "\"filters\":[\"RouteKitEndpointTests.OwnFilter\"]}}}");
	}

	@Test
	void modelWithoutServerHasNoEndpoint() {
		Model model = (request) -> Mono.empty();

		assertThat(new RouteKitEndpoint(() -> Map.of("m", model), List::of).routekit().models().get("m").endpoint())
			.isNull();
	}

	static class OwnFilter implements ModelFilter {

	}

	static class SecretModel implements Model {

		@Override
		public Mono<ModelResponse> chat(ChatRequest request) {
			return Mono.empty();
		}

		@Override
		public String name() {
			return "gpt";
		}

		@Override
		public String provider() {
			return "openai";
		}

		@Override
		public URI endpoint() {
			return URI.create("https://user:secret@a.example.com:8443/v1?key=secret#secret");
		}

	}

}
