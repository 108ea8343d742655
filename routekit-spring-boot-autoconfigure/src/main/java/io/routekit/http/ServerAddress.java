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

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The server that an address leads to, as servers are compared: names of hosts have no
 * case and may end with a dot, and a port that the scheme implies need not be written.
 *
 * @param scheme the scheme in lower case
 * @param host the name of the host in lower case, without a dot at its end; empty if the
 * address has none
 * @param port the port, also if only the scheme tells it, or {@code -1} if nothing does
 * @since 0.1.0
 */
public record ServerAddress(String scheme, String host, int port) {

	public ServerAddress {
		Assert.notNull(scheme, "'scheme' must not be null");
		Assert.notNull(host, "'host' must not be null");
	}

	/**
	 * Return the server that an address leads to.
	 * @param address the address, of which the path does not matter
	 * @return the server
	 */
	public static ServerAddress of(URI address) {
		Assert.notNull(address, "'address' must not be null");
		String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
		String host = Objects.requireNonNullElse(address.getHost(), "").toLowerCase(Locale.ROOT);
		int port = (address.getPort() != -1) ? address.getPort() : impliedPort(scheme);
		return new ServerAddress(scheme, StringUtils.trimTrailingCharacter(host, '.'), port);
	}

	private static int impliedPort(String scheme) {
		return switch (scheme) {
			case "https" -> 443;
			case "http" -> 80;
			default -> -1;
		};
	}

	/**
	 * Return whether the host is one of a domain.
	 * @param domain the domain in lower case, for example {@code example.com}
	 * @return whether the host is the domain itself or below it
	 */
	public boolean isOf(String domain) {
		Assert.hasText(domain, "'domain' must not be empty");
		return this.host.equals(domain) || this.host.endsWith("." + domain);
	}

	/**
	 * Return the host, with the port unless the scheme implies it.
	 * @return the name of the server
	 */
	public String hostAndPort() {
		return (this.port == impliedPort(this.scheme)) ? this.host : this.host + ":" + this.port;
	}

}
