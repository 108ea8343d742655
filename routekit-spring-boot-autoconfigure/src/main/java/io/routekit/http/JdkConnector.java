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
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;

/**
 * Settings of the JDK's HTTP client for calls of models.
 */
final class JdkConnector {

	private JdkConnector() {
	}

	/**
	 * Let the client keep no cookie and follow no redirect, whatever the application has
	 * customized.
	 * @param connector what builds the connector
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(JdkClientHttpConnectorBuilder connector) {
		return connector.withHttpClientCustomizer(JdkConnector::customize);
	}

	private static void customize(HttpClient.Builder client) {
		client.cookieHandler(new NoCookies()).followRedirects(HttpClient.Redirect.NEVER);
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
