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

package io.routekit.cost;

import io.routekit.http.ServerAddress;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * A server whose prices are known, or all servers of a domain or a port.
 *
 * @param host the host or the domain, of which a label can be {@code *} for any; empty
 * for all
 * @param port the port, or {@code -1} for all
 * @param path what the paths of its addresses begin with; empty for all
 */
record PricedServer(String host, int port, String path) {

	private static final String ANY_LABEL = "*";

	/**
	 * Parse a server, such as {@code api.example.com}, {@code *.example.com/v1} or
	 * {@code :8080}.
	 * @param text the text
	 * @return the server
	 * @throws IllegalArgumentException if it is none
	 */
	static PricedServer parse(String text) {
		int slash = text.indexOf('/');
		String path = (slash >= 0) ? text.substring(slash) : "";
		String authority = (slash >= 0) ? text.substring(0, slash) : text;
		int colon = authority.indexOf(':');
		String host = (colon >= 0) ? authority.substring(0, colon) : authority;
		String port = (colon >= 0) ? authority.substring(colon + 1) : "";
		boolean valid = !authority.isEmpty() && (colon < 0 || !port.isEmpty())
				&& port.chars().allMatch(Character::isDigit);
		Assert.isTrue(valid, "must have a host or a port but was '%s'".formatted(text));
		return new PricedServer(host, port.isEmpty() ? -1 : Integer.parseInt(port), path);
	}

	/**
	 * Tell whether an address leads to the server.
	 * @param server the server of the address
	 * @param path the path of the address
	 * @return whether it does
	 */
	boolean isAt(ServerAddress server, String path) {
		return (this.port == -1 || this.port == server.port()) && (this.host.isEmpty() || isHost(server))
				&& (this.path.isEmpty() || path.equals(this.path) || path.startsWith(this.path + "/"));
	}

	private boolean isHost(ServerAddress server) {
		return this.host.contains(ANY_LABEL) ? isBelow(server.host()) : server.isOf(this.host);
	}

	private boolean isBelow(String host) {
		String[] known = StringUtils.delimitedListToStringArray(this.host, ".");
		String[] labels = StringUtils.delimitedListToStringArray(host, ".");
		int offset = labels.length - known.length;
		for (int i = 0; i < known.length; i++) {
			if (offset < 0 || !(known[i].equals(ANY_LABEL) || known[i].equals(labels[offset + i]))) {
				return false;
			}
		}
		return true;
	}

}
