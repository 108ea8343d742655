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

import java.util.Collections;
import java.util.function.Consumer;

import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import reactor.core.publisher.Mono;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;

/**
 * Settings of Apache HttpComponents for calls of models. Must not be touched when it is
 * absent.
 */
final class HttpComponentsConnector {

	private static final String CONNECTION = CallConnection.class.getName();

	private HttpComponentsConnector() {
	}

	/**
	 * Let the client keep no cookie, follow no redirect, answer no challenge of a server
	 * and send no request again, whatever the application has customized; and let it
	 * close the connection of a call that ends early, for which it would wait until the
	 * server sends something.
	 * @param connector what builds the connector
	 * @param resources takes the client, which has to be closed
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(HttpComponentsClientHttpConnectorBuilder connector,
			Consumer<AutoCloseable> resources) {
		HttpComponentsClientHttpConnectorBuilder customized = connector
			.withHttpClientCustomizer(HttpComponentsConnector::customize);
		return (settings) -> {
			HttpComponentsClientHttpConnector httpComponents = customized.build(settings);
			resources.accept(httpComponents);
			return (method, uri, writer) -> Mono
				.deferContextual((context) -> httpComponents.connect(method, uri, (request) -> {
					request.getAttributes().put(CONNECTION, CallConnection.from(context));
					return writer.apply(request);
				}));
		};
	}

	private static void customize(HttpAsyncClientBuilder client) {
		client.disableCookieManagement()
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.setTargetAuthenticationStrategy((type, challenges, context) -> Collections.emptyList())
			.addExecInterceptorFirst(CONNECTION, (request, body, scope, chain, callback) -> {
				if (scope.clientContext.getAttribute(CONNECTION) instanceof CallConnection connection) {
					connection.closedBy(() -> close(scope));
				}
				chain.proceed(request, body, scope, callback);
			});
	}

	private static void close(AsyncExecChain.Scope scope) {
		scope.cancellableDependency.cancel();
		// The application may have turned off that a cancelled request is broken off
		scope.execRuntime.discardEndpoint();
	}

}
