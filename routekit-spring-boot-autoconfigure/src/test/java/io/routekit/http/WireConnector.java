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

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;

import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.eclipse.jetty.client.AuthenticationStore;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.http.HttpCookieStore;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;

/**
 * The connectors that Spring Boot knows, each as it is and as an application may have
 * customized it. What the contract tests say holds for all of them.
 */
enum WireConnector {

	/**
	 * Reactor Netty, which comes with the starter.
	 */
	REACTOR {

		@Override
		ClientHttpConnectorBuilder<?> builder() {
			return ClientHttpConnectorBuilder.reactor();
		}

		@Override
		ClientHttpConnectorBuilder<?> customized(URI server) {
			return ClientHttpConnectorBuilder.reactor()
				.withHttpClientCustomizer((client) -> client.followRedirect(true).disableRetry(false));
		}

	},

	/**
	 * Reactor Netty without what Spring Boot adds, which is that answers are compressed.
	 */
	REACTOR_WITHOUT_DEFAULTS {

		@Override
		ClientHttpConnectorBuilder<?> builder() {
			return ClientHttpConnectorBuilder.reactor().withoutHttpClientDefaults();
		}

		@Override
		ClientHttpConnectorBuilder<?> customized(URI server) {
			return ClientHttpConnectorBuilder.reactor()
				.withoutHttpClientDefaults()
				.withHttpClientCustomizer((client) -> client.followRedirect((request, response) -> true));
		}

	},

	/**
	 * Jetty.
	 */
	JETTY {

		@Override
		ClientHttpConnectorBuilder<?> builder() {
			return ClientHttpConnectorBuilder.jetty();
		}

		@Override
		ClientHttpConnectorBuilder<?> customized(URI server) {
			return ClientHttpConnectorBuilder.jetty().withHttpClientCustomizer((client) -> {
				client.setHttpCookieStore(new HttpCookieStore.Default());
				client.setFollowRedirects(true);
				AuthenticationStore store = client.getAuthenticationStore();
				store.addAuthentication(new BasicAuthentication(server, "realm", "user", "password"));
			});
		}

	},

	/**
	 * Apache HttpComponents.
	 */
	HTTP_COMPONENTS {

		@Override
		ClientHttpConnectorBuilder<?> builder() {
			return ClientHttpConnectorBuilder.httpComponents();
		}

		@Override
		ClientHttpConnectorBuilder<?> customized(URI server) {
			BasicCredentialsProvider credentials = new BasicCredentialsProvider();
			credentials.setCredentials(new AuthScope(server.getHost(), server.getPort()),
					new UsernamePasswordCredentials("user", "password".toCharArray()));
			return ClientHttpConnectorBuilder.httpComponents()
				.withDefaultRequestConfigCustomizer((config) -> config.setCookieSpec(StandardCookieSpec.RELAXED))
				.withHttpClientCustomizer((client) -> client.setDefaultCookieStore(new BasicCookieStore())
					.setDefaultCredentialsProvider(credentials)
					.setRetryStrategy(DefaultHttpRequestRetryStrategy.INSTANCE)
					.setRedirectStrategy(DefaultRedirectStrategy.INSTANCE));
		}

	},

	/**
	 * The JDK's HTTP client.
	 */
	JDK {

		@Override
		ClientHttpConnectorBuilder<?> builder() {
			return ClientHttpConnectorBuilder.jdk();
		}

		@Override
		ClientHttpConnectorBuilder<?> customized(URI server) {
			return ClientHttpConnectorBuilder.jdk()
				.withHttpClientCustomizer((client) -> client.cookieHandler(new CookieManager())
					.followRedirects(HttpClient.Redirect.ALWAYS));
		}

	};

	/**
	 * Return what builds the connector.
	 */
	abstract ClientHttpConnectorBuilder<?> builder();

	/**
	 * Return what builds the connector of an application that wants cookies, redirects,
	 * retries and authentication.
	 * @param server the address of the server
	 */
	abstract ClientHttpConnectorBuilder<?> customized(URI server);

}
