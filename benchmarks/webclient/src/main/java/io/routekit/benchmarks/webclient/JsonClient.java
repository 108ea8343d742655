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

package io.routekit.benchmarks.webclient;

import java.util.List;
import java.util.Map;

import io.routekit.benchmarks.Call;
import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Reads answers into records, and the events of streams into trees.
 *
 * @param <A> the type of answers
 */
abstract class JsonClient<A> implements Client {

	private static final JsonMapper JSON = new JsonMapper();

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebClient client;

	private final ClientSettings settings;

	private final String path;

	private final Class<A> type;

	JsonClient(WebClient client, ClientSettings settings, String path, Class<A> type) {
		this.client = client;
		this.settings = settings;
		this.path = path;
		this.type = type;
	}

	@Override
	public void stream(Call call) {
		exchange().bodyToFlux(EVENT).subscribe((event) -> {
			String data = event.data();
			if (data != null && !data.equals("[DONE]")) {
				receive(JSON.readTree(data), call);
			}
		}, call::fail, call::end);
	}

	abstract void receive(JsonNode event, Call call);

	@Override
	public void chat(Call call) {
		exchange().bodyToMono(this.type).subscribe((answer) -> receive(answer, call), call::fail, call::end);
	}

	abstract void receive(A answer, Call call);

	private WebClient.ResponseSpec exchange() {
		Map<String, Object> request = Map.of("model", this.settings.format().model(), "messages",
				List.of(Map.of("role", "user", "content", "Hi")), "stream", this.settings.workload().isStream());
		return this.client.post().uri(this.path).bodyValue(request).retrieve();
	}

}
