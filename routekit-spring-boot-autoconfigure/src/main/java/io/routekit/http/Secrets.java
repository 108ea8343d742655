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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a request carries that nobody may see. Servers and proxies repeat it in errors.
 *
 * @param values the secrets
 */
record Secrets(List<String> values) {

	private static final List<String> HEADERS = List.of("auth", "key", "token", "secret", "password", "cookie",
			"credential");

	// Shorter words of a header are names of schemes
	private static final int MIN_WORD_LENGTH = 8;

	// No real key is shorter, while a test's "k" would turn messages into riddles
	private static final int MIN_LENGTH = 6;

	/**
	 * Return the secrets in a header.
	 * @param name the name of the header
	 * @param value the value
	 * @return the secrets, none if the name does not suggest any
	 */
	static List<String> ofHeader(String name, String value) {
		String lowerCaseName = name.toLowerCase(Locale.ROOT);
		List<String> secrets = new ArrayList<>();
		if (HEADERS.stream().anyMatch(lowerCaseName::contains)) {
			for (String word : value.split("[ ;,=]+")) {
				if (word.length() >= MIN_WORD_LENGTH) {
					secrets.add(word);
				}
			}
		}
		return secrets;
	}

	/**
	 * Return the secrets in an address: the user and the values of the query.
	 * @param url the address
	 * @return the secrets, as they are written in the address and decoded
	 */
	static List<String> ofUrl(URI url) {
		List<String> secrets = new ArrayList<>();
		for (String part : new String[] { url.getRawUserInfo(), url.getUserInfo(), url.getRawQuery(),
				url.getQuery() }) {
			for (String word : (part != null) ? part.split("[:&]") : new String[0]) {
				String value = word.substring(word.indexOf('=') + 1);
				if (value.length() >= MIN_WORD_LENGTH) {
					secrets.add(value);
				}
			}
		}
		return secrets;
	}

	String redact(String text) {
		String redacted = text;
		for (String secret : this.values) {
			if (secret.length() >= MIN_LENGTH) {
				redacted = redactEnd(replace(redacted, secret), secret);
			}
		}
		return redacted;
	}

	// Some servers repeat it in upper case
	private static String replace(String text, String secret) {
		return !contains(text, secret) ? text
				: Pattern.compile(secret, Pattern.LITERAL | Pattern.CASE_INSENSITIVE).matcher(text).replaceAll("***");
	}

	private static boolean contains(String text, String secret) {
		for (int i = 0; i <= text.length() - secret.length(); i++) {
			if (text.regionMatches(true, i, secret, 0, secret.length())) {
				return true;
			}
		}
		return false;
	}

	// A text that was cut may end with the beginning of a secret
	private static String redactEnd(String text, String secret) {
		for (int length = Math.min(secret.length() - 1, text.length()); length >= MIN_LENGTH; length--) {
			if (text.regionMatches(true, text.length() - length, secret, 0, length)) {
				return text.substring(0, text.length() - length) + "***";
			}
		}
		return text;
	}

	JsonNode redact(JsonNode json) {
		if (json.isString()) {
			return StringNode.valueOf(redact(json.stringValue()));
		}
		if (json.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode();
			json.forEach((element) -> array.add(redact(element)));
			return array;
		}
		if (json.isObject()) {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			json.forEachEntry((name, value) -> object.set(redact(name), redact(value)));
			return object;
		}
		return json;
	}

}
