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

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;

/**
 * Settings of Jetty's client for calls of models. Must not be touched when it is absent.
 */
final class JettyConnector {

	/**
	 * Gateways add headers of their own, and some of them long policies; but Jetty has no
	 * limit.
	 */
	private static final int MAX_HEADER_SIZE = 64 * 1024;

	private JettyConnector() {
	}

	/**
	 * Let the client keep no cookie, follow no redirect and answer no challenge of a
	 * server, whatever the application has customized; and let it close the connection of
	 * a call that ends early, which a body that is cancelled does not.
	 * @param connector what builds the connector
	 * @param resources takes the client, which the connector does not close
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(JettyClientHttpConnectorBuilder connector,
			Consumer<AutoCloseable> resources) {
		return (settings) -> {
			Handshakes handshakes = new Handshakes();
			ClientHttpConnector jetty = connector.withHttpClientCustomizer((client) -> {
				customize(client);
				client.addBean(handshakes);
				resources.accept(client::stop);
			}).build(settings);
			return (method, uri, writer) -> Mono.deferContextual((context) -> jetty.connect(method, uri, (request) -> {
				CallConnection.from(context).closedBy(() -> close(request));
				return writer.apply(request);
			})).onErrorMap(IOException.class, handshakes::reasonFor);
		};
	}

	private static void close(ClientHttpRequest request) {
		Request exchange = request.getNativeRequest();
		exchange.abort(new CancellationException());
	}

	private static void customize(HttpClient client) {
		client.setHttpCookieStore(new HttpCookieStore.Empty());
		client.setFollowRedirects(false);
		if (client.getMaxResponseHeadersSize() <= 0) {
			client.setMaxResponseHeadersSize(MAX_HEADER_SIZE);
		}
		removeAuthentication(client);
		client.addEventListener(new LifeCycle.Listener() {

			@Override
			public void lifeCycleStarted(LifeCycle started) {
				// The client adds its handlers when it starts
				removeAuthentication(client);
			}

		});
	}

	// It fails for a refused key without the header that describes a challenge, which
	// providers do not send
	private static void removeAuthentication(HttpClient client) {
		client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
	}

	/**
	 * What the last handshake of a client came to. Jetty tells either that it failed, or
	 * that its connection was closed thereupon, whichever it notices first.
	 */
	private static final class Handshakes implements SslHandshakeListener {

		private volatile @Nullable Throwable failure;

		@Override
		public void handshakeSucceeded(Event event) {
			this.failure = null;
		}

		@Override
		public void handshakeFailed(Event event, Throwable failure) {
			this.failure = failure;
		}

		Throwable reasonFor(IOException closed) {
			Throwable failure = this.failure;
			boolean unexplained = closed instanceof ClosedChannelException || closed instanceof EOFException;
			return (unexplained && failure != null) ? failure : closed;
		}

	}

}
