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

import io.routekit.benchmarks.Client;
import io.routekit.benchmarks.ClientFactory;
import io.routekit.benchmarks.ClientSettings;
import io.routekit.benchmarks.Format;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes clients with a plain {@link WebClient}.
 */
public final class WebClientFactory implements ClientFactory {

	@Override
	public String name() {
		return "webclient";
	}

	@Override
	public Client create(ClientSettings settings) {
		HttpClient connections = HttpClient.create(ConnectionProvider.create("models", settings.concurrency()));
		return create(WebClient.builder().clientConnector(new ReactorClientHttpConnector(connections)), settings);
	}

	static Client create(WebClient.Builder builder, ClientSettings settings) {
		WebClient client = builder.baseUrl(settings.baseUrl().toString()).build();
		return (settings.format() == Format.OPENAI) ? new CompletionsClient(client, settings)
				: new MessagesClient(client, settings);
	}

}
