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

import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

import org.reactivestreams.Subscription;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;

/**
 * Settings of the JDK's HTTP client for calls of models.
 */
final class JdkConnector {

	private JdkConnector() {
	}

	/**
	 * Let the client keep no cookie and follow no redirect, whatever the application has
	 * customized; and let it close the connection of a call that ends early, which a body
	 * that is cancelled does not.
	 * @param connector what builds the connector
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(JdkClientHttpConnectorBuilder connector) {
		JdkClientHttpConnectorBuilder customized = connector.withHttpClientCustomizer(JdkConnector::customize);
		return (settings) -> {
			ClientHttpConnector jdk = customized.build(settings);
			return (method, uri,
					request) -> Mono.deferContextual((context) -> jdk.connect(method, uri, request)
						.doOnDiscard(HttpResponse.class, JdkConnector::close)
						.doOnDiscard(ClientHttpResponse.class, (response) -> close(response.getBody()))
						.map((response) -> new Response(response, CallConnection.from(context))));
		};
	}

	// Of an answer that came when nobody waited any more
	private static void close(HttpResponse<?> response) {
		if (response.body() instanceof Flow.Publisher<?> body) {
			close(JdkFlowAdapter.flowPublisherToFlux(body));
		}
	}

	private static void close(Flux<?> body) {
		Disposable subscriber = body.subscribe((buffer) -> {
		}, (failure) -> {
		});
		cancel(Scannable.from(subscriber));
		subscriber.dispose();
	}

	// Spring Framework shares the body among its subscribers, so it goes on without them
	private static void cancel(Scannable subscriber) {
		subscriber.parents()
			.filter(Subscription.class::isInstance)
			.map(Subscription.class::cast)
			.forEach(Subscription::cancel);
	}

	private static void customize(HttpClient.Builder client) {
		client.cookieHandler(new NoCookies()).followRedirects(HttpClient.Redirect.NEVER);
	}

	/**
	 * A response that tells how its connection is closed.
	 */
	private static final class Response extends ClientHttpResponseDecorator {

		private final CallConnection connection;

		Response(ClientHttpResponse delegate, CallConnection connection) {
			super(delegate);
			this.connection = connection;
			connection.closedBy(() -> close(delegate.getBody()));
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().doOnSubscribe((body) -> this.connection.closedBy(() -> {
				cancel(Scannable.from(body));
				body.cancel();
			}));
		}

	}

	/**
	 * Takes the place of a handler that the application has set, since a client cannot be
	 * left without one again.
	 */
	private static final class NoCookies extends CookieHandler {

		@Override
		public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
			return Collections.emptyMap();
		}

		@Override
		public void put(URI uri, Map<String, List<String>> responseHeaders) {
			// No cookie is kept
		}

	}

}
