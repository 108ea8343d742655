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

package io.routekit.anthropic;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives the tool calls of a request ids that Anthropic accepts: of letters, digits,
 * {@code _} and {@code -}, and each of them once. The calls may come from other
 * providers, some of which number the calls of each answer from zero.
 */
final class ToolCallIds {

	private static final Pattern FORBIDDEN = Pattern.compile("[^a-zA-Z0-9_-]");

	private final Set<String> taken = new HashSet<>();

	/**
	 * Return the id to send for a call. The same request always leads to the same ids, so
	 * that it can be found in the cache.
	 * @param id the id of the call
	 * @return the id to send
	 */
	String take(String id) {
		String base = FORBIDDEN.matcher(id).replaceAll("_");
		String candidate = base;
		for (int i = 2; !this.taken.add(candidate); i++) {
			candidate = base + "_" + i;
		}
		return candidate;
	}

}
