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

package io.routekit.http;

import io.netty.channel.Channel;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;

/**
 * Settings of Reactor Netty that the other connectors have no need for. Must not be
 * touched when Reactor Netty is absent.
 */
final class ReactorNettyConnector {

	private ReactorNettyConnector() {
	}

	/**
	 * Turn off that a request is silently sent again when its connection breaks: the call
	 * of a model costs money each time. And let the connection be closed when a call is
	 * cancelled between the head and the body of its answer.
	 * @param connector what builds the connector
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(ClientHttpConnectorBuilder<?> connector) {
		if (connector instanceof ReactorClientHttpConnectorBuilder reactor) {
			return reactor.withHttpClientCustomizer(
					(client) -> client.disableRetry(true).doOnResponse(ReactorNettyConnector::opened));
		}
		return connector;
	}

	private static void opened(HttpClientResponse response, Connection connection) {
		PendingConnection pending = response.currentContextView().getOrDefault(PendingConnection.class, null);
		if (pending != null) {
			pending.opened(() -> close(connection));
		}
	}

	private static void close(Connection connection) {
		Channel channel = connection.channel();
		channel.eventLoop().execute(() -> {
			// After a short answer, the channel may already serve another call
			if (Connection.from(channel) == connection) {
				channel.close();
			}
		});
	}

}
