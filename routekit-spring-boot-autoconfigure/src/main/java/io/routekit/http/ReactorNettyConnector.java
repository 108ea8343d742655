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
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;

/**
 * Settings of Reactor Netty that the other connectors have no need for. Must not be
 * touched when Reactor Netty is absent.
 */
final class ReactorNettyConnector {

	/**
	 * Gateways add headers of their own, and some of them long policies.
	 */
	private static final int MAX_HEADER_SIZE = 64 * 1024;

	private ReactorNettyConnector() {
	}

	/**
	 * Turn off that a request is silently sent again when its connection breaks: the call
	 * of a model costs money each time. Let the connection be closed when a call is
	 * cancelled between the head and the body of its answer. And wait for the answer
	 * after interim responses. Follow no redirect and have no timeout but those of the
	 * model, whatever the application has customized; cookies are not kept anyway.
	 * @param connector what builds the connector
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(ReactorClientHttpConnectorBuilder connector) {
		return connector.withHttpClientCustomizer(ReactorNettyConnector::customize);
	}

	private static HttpClient customize(HttpClient client) {
		return client.disableRetry(true)
			.followRedirect(false)
			.responseTimeout(null)
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_HEADER_SIZE))
			.doOnChannelInit((observer, channel, address) -> ReactorNettyResponses.handle(channel.pipeline()))
			.doOnRequest((request, connection) -> connected(request))
			.doOnResponse(ReactorNettyConnector::opened);
	}

	private static void connected(HttpClientRequest request) {
		CallConnection.from(request.currentContextView()).connected();
	}

	private static void opened(HttpClientResponse response, Connection connection) {
		if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			// Nobody asked for it, and nothing that follows is an answer
			connection.markPersistent(false);
			close(connection);
		}
		CallConnection.from(response.currentContextView()).closedBy(() -> close(connection));
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
