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

package io.routekit.sample;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses what a page of another origin sends with the browser of somebody who can reach
 * the sample, be it by its address or by a name of its own that it turns to it (DNS
 * rebinding). Pages elsewhere must not spend money, nor read what was said.
 */
@Component
@Order(SameOriginFilter.AFTER_HEADERS)
final class SameOriginFilter implements WebFilter {

	static final int AFTER_HEADERS = 1;

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private final Set<String> allowedHosts;

	SameOriginFilter(SampleProperties properties) {
		this.allowedHosts = properties.allowedHosts();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders headers = request.getHeaders();
		String host = headers.getFirst(HttpHeaders.HOST);
		if (!isAllowed(host, request.getLocalAddress())) {
			return refuse("The host is not among those that sample.allowed-hosts lists");
		}
		if (!isSame(headers.getOrigin(), host)) {
			return refuse("The request comes from a page of another origin");
		}
		return chain.filter(exchange);
	}

	private boolean isAllowed(@Nullable String host, @Nullable InetSocketAddress address) {
		if (host == null) {
			// Not from a browser
			return true;
		}
		String name = nameOf(host);
		if (this.allowedHosts.contains(name)) {
			return true;
		}
		boolean loopback = address != null && address.getAddress().isLoopbackAddress();
		return loopback ? LOOPBACK.contains(name) : this.allowedHosts.isEmpty();
	}

	private static String nameOf(String host) {
		int port = host.lastIndexOf(':');
		return ((port > host.lastIndexOf(']')) ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
	}

	private static boolean isSame(@Nullable String origin, @Nullable String host) {
		return origin == null || origin.equalsIgnoreCase("http://" + host)
				|| origin.equalsIgnoreCase("https://" + host);
	}

	private static Mono<Void> refuse(String reason) {
		return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN, reason));
	}

}
