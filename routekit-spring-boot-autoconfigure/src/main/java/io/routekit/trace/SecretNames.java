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

package io.routekit.trace;

import java.util.List;
import java.util.Locale;

/**
 * The names of members whose values are credentials for something that the provider
 * calls.
 */
final class SecretNames {

	private static final int MAX_LENGTH = 256;

	private static final List<String> PARTS = List.of("authorization", "authentication", "credential", "password",
			"secret", "cookie", "apikey", "accesskey", "connectionstring");

	private static final List<String> TOKENS = List.of("auth", "access", "bearer", "session", "refresh");

	private SecretNames() {
	}

	/**
	 * Return whether the value of a member is to be taken for a credential.
	 * @param name the name of the member
	 * @return whether the name suggests one, or is longer than names are
	 */
	static boolean contains(String name) {
		if (name.length() > MAX_LENGTH) {
			return true;
		}
		String words = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
		return words.equals("key") || words.equals("token") || words.endsWith("headers")
				|| PARTS.stream().anyMatch(words::contains) || isKindOfToken(words);
	}

	private static boolean isKindOfToken(String words) {
		int token = words.lastIndexOf("token");
		return TOKENS.stream().mapToInt(words::indexOf).anyMatch((kind) -> kind >= 0 && kind < token);
	}

}
