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

package io.routekit.secret.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.stream.IntStream;

import io.routekit.ModelProvider;
import io.routekit.ProviderSecrets;
import io.routekit.secret.SecretNames;

/**
 * Tells by their names which properties and environment variables hold secrets.
 */
final class SecretProperties {

	private static final String ROUTEKIT = "routekit";

	private static final String PROVIDER = "provider";

	private static final String MODELS = "models";

	private static final String HEADERS = "headers";

	private static final String SEPARATORS = "._[]";

	private final List<ProviderSecrets> secrets = new ArrayList<>();

	private final Set<String> secretVariables = new HashSet<>();

	private final Set<String> otherVariables = new HashSet<>();

	/**
	 * Create a new {@link SecretProperties} instance.
	 * @param providers the providers whose environment variables count
	 */
	SecretProperties(Iterable<ModelProvider> providers) {
		for (ModelProvider provider : providers) {
			this.secrets.add(provider.secrets());
			for (Map.Entry<String, String> entry : provider.variables().entrySet()) {
				boolean secret = provider.secrets().contains(entry.getKey());
				(secret ? this.secretVariables : this.otherVariables).add(plain(entry.getValue()));
			}
		}
	}

	/**
	 * Return whether all of the value of a property is secret.
	 * @param name the name of the property or variable, in any form
	 * @return whether it is
	 */
	boolean isSecret(String name) {
		return isOfRouteKit(name) ? isSecret(words(name.substring(ROUTEKIT.length())))
				: this.secretVariables.contains(plain(name));
	}

	/**
	 * Return whether a property belongs to models, so that an address in it is that of a
	 * server.
	 * @param name the name of the property or variable, in any form
	 * @return whether it does
	 */
	boolean isOfModels(String name) {
		return isOfRouteKit(name) || this.otherVariables.contains(plain(name));
	}

	/**
	 * Return the name of the header whose value a property holds.
	 * @param name the name of the property or variable, in any form
	 * @return the name of the header, or an empty text if the property holds none
	 */
	String header(String name) {
		int start = name.toLowerCase(Locale.ROOT).lastIndexOf(HEADERS);
		return (isOfRouteKit(name) && start >= 0) ? name.substring(start + HEADERS.length()) : "";
	}

	private static boolean isOfRouteKit(String name) {
		return name.length() > ROUTEKIT.length() && name.regionMatches(true, 0, ROUTEKIT, 0, ROUTEKIT.length())
				&& SEPARATORS.indexOf(name.charAt(ROUTEKIT.length())) >= 0;
	}

	private boolean isSecret(List<String> words) {
		if (words.size() > 1 && words.get(0).equalsIgnoreCase(PROVIDER)) {
			return isSecretOfModel(words.subList(1, words.size()));
		}
		if (words.size() > 2 && words.get(0).equalsIgnoreCase(MODELS)) {
			// A model may be called what it likes, also several words
			return IntStream.range(2, words.size())
				.mapToObj((start) -> words.subList(start, words.size()))
				.anyMatch(this::isSecretOfModel);
		}
		return soundsSecret(words);
	}

	private boolean isSecretOfModel(List<String> words) {
		String property = String.join(".", words);
		return this.secrets.stream().anyMatch((secrets) -> secrets.contains(property)) || soundsSecret(words);
	}

	// No provider knows the extra fields of options, or can be there for each type. Those
	// of a variable stand alone: AUTH_TOKEN, API_KEY
	private static boolean soundsSecret(List<String> words) {
		String previous = "";
		for (String word : words) {
			if (SecretNames.isMember(word) || SecretNames.isMember(previous + word)) {
				return true;
			}
			previous = word;
		}
		return false;
	}

	private static List<String> words(String name) {
		List<String> words = new ArrayList<>();
		StringTokenizer tokenizer = new StringTokenizer(name, SEPARATORS);
		while (tokenizer.hasMoreTokens()) {
			words.add(tokenizer.nextToken());
		}
		return words;
	}

	// The environment finds OPENAI_API_KEY as openai.api-key as well
	private static String plain(String name) {
		return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
	}

}
