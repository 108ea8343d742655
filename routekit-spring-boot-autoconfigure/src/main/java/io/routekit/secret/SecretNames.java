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

package io.routekit.secret;

import java.util.List;
import java.util.Locale;

import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

/**
 * Tells by a name whether a value is a secret.
 *
 * @since 0.1.0
 */
public final class SecretNames {

	private static final int MAX_LENGTH = 256;

	private static final List<String> HEADERS = List.of("auth", "key", "token", "secret", "password", "cookie",
			"credential");

	private static final List<String> MEMBERS = List.of("authorization", "authentication", "credential", "password",
			"secret", "cookie", "apikey", "accesskey", "connectionstring");

	// A token alone can be anything, of which models make many
	private static final List<String> BEFORE_TOKEN = List.of("auth", "access", "bearer", "session", "refresh");

	private static final String TOKEN = "token";

	private static final List<String> PROBABILITIES = List.of("logprob", "logprobability", "prob", "probability");

	private SecretNames() {
	}

	/**
	 * Return whether the value of an HTTP header is a secret.
	 * @param name the name of the header
	 * @return whether the name suggests it
	 */
	public static boolean isHeader(String name) {
		Assert.notNull(name, "'name' must not be null");
		String lowerCaseName = name.toLowerCase(Locale.ROOT);
		return HEADERS.stream().anyMatch(lowerCaseName::contains);
	}

	/**
	 * Return whether the value of a member of JSON, of a map or of a property is a
	 * secret: a credential for something that the provider calls, for example.
	 * @param name the name, in camel, kebab or snake case
	 * @return whether the name suggests it, or is longer than names are
	 */
	public static boolean isMember(String name) {
		Assert.notNull(name, "'name' must not be null");
		if (name.length() > MAX_LENGTH) {
			return true;
		}
		String plainName = plain(name);
		if (plainName.equals("key") || plainName.equals(TOKEN) || plainName.endsWith("headers")) {
			return true;
		}
		return MEMBERS.stream().anyMatch(plainName::contains) || isToken(plainName);
	}

	/**
	 * Return whether the value of a member of an object is a secret. A {@code token}
	 * beside the number of its probability is one that a model wrote.
	 * @param object the object
	 * @param name the name of the member
	 * @return whether the name suggests it, and what is beside it does not tell otherwise
	 * @see #isMember(String)
	 */
	public static boolean isMember(JsonNode object, String name) {
		Assert.notNull(object, "'object' must not be null");
		return isMember(name) && !(name.equals(TOKEN) && hasProbability(object));
	}

	private static boolean hasProbability(JsonNode object) {
		return object.propertyStream()
			.anyMatch((member) -> member.getValue().isNumber() && PROBABILITIES.contains(plain(member.getKey())));
	}

	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
	}

	private static boolean isToken(String plainName) {
		int end = plainName.lastIndexOf(TOKEN);
		for (String word : BEFORE_TOKEN) {
			int start = plainName.indexOf(word);
			if (start >= 0 && start + word.length() <= end) {
				return true;
			}
		}
		return false;
	}

}
