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

import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;

/**
 * Settings of Apache HttpComponents for calls of models. Must not be touched when it is
 * absent.
 */
final class HttpComponentsConnector {

	private HttpComponentsConnector() {
	}

	/**
	 * Let the client keep no cookie, follow no redirect, answer no challenge of a server
	 * and send no request again, whatever the application has customized.
	 * @param connector what builds the connector
	 * @return the same for calls of models
	 */
	static ClientHttpConnectorBuilder<?> forModels(HttpComponentsClientHttpConnectorBuilder connector) {
		return connector.withHttpClientCustomizer(HttpComponentsConnector::customize);
	}

	private static void customize(HttpAsyncClientBuilder client) {
		client.disableCookieManagement()
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.setTargetAuthenticationStrategy((type, challenges, context) -> Collections.emptyList());
	}

}
