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

import java.util.function.Consumer;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.component.LifeCycle;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;

/**
 * Settings of Jetty's client for calls of models. Must not be touched when it is absent.
 */
final class JettyConnector {

	private JettyConnector() {
	}

	/**
	 * Let the client keep no cookie, follow no redirect and answer no challenge of a
	 * server, whatever the application has customized.
	 * @param connector what builds the connector
	 * @param resources takes the client, which the connector does not close
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(JettyClientHttpConnectorBuilder connector,
			Consumer<AutoCloseable> resources) {
		return connector.withHttpClientCustomizer((client) -> {
			customize(client);
			resources.accept(client::stop);
		});
	}

	private static void customize(HttpClient client) {
		client.setHttpCookieStore(new HttpCookieStore.Empty());
		client.setFollowRedirects(false);
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

}
