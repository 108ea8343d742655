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

package io.routekit;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The properties whose values only the server of a model may get to know. A model that
 * has another server does not inherit them, and neither the actuator's endpoints nor
 * traces show them. Immutable.
 * <p>
 * Names are relative to the prefix of a model, and meant with all that is below them:
 * {@code custom.client-secret}. They are compared as Spring Boot compares them, so that
 * {@code custom.clientSecret} is the same one. The {@code api-key} is always among them.
 *
 * @since 0.1.0
 * @see ModelProvider#secrets()
 */
public final class ProviderSecrets {

	private static final String API_KEY = "api-key";

	private static final String SEPARATORS = "._[]";

	/**
	 * What the name of a secret contains.
	 */
	private static final List<String> SIGNS = List.of("apikey", "accesskey", "privatekey", "signingkey", "secret",
			"password", "passphrase", "credential", "authorization", "authentication", "cookie", "connectionstring",
			"authtoken", "accesstoken", "bearertoken", "sessiontoken", "refreshtoken");

	/**
	 * What an element of the name of a secret is. With other words they can be anything,
	 * such as a number of tokens.
	 */
	private static final Set<String> WORDS = Set.of("key", "token");

	private static final ProviderSecrets GUESSED = new ProviderSecrets(Set.of(API_KEY), Set.of(API_KEY), true);

	private final Set<String> keys;

	private final Set<String> names;

	private final boolean guessed;

	private ProviderSecrets(Set<String> keys, Set<String> properties, boolean guessed) {
		this.keys = keys;
		this.names = new HashSet<>();
		for (String property : properties) {
			this.names.add(plain(property));
		}
		this.guessed = guessed;
	}

	/**
	 * Return the secrets of a provider that has no others.
	 * @param properties the names of the properties beside {@code api-key}
	 * @return the secrets
	 */
	public static ProviderSecrets of(String... properties) {
		return new ProviderSecrets(Set.of(API_KEY), with(Set.of(API_KEY), properties), false);
	}

	/**
	 * Return what is taken for secret of a provider that tells nothing: the properties
	 * whose names sound like secrets.
	 * @return the secrets
	 */
	public static ProviderSecrets guessed() {
		return GUESSED;
	}

	/**
	 * Return these secrets and further ones that each take the place of the
	 * {@code api-key}: a model that has one of them inherits no other, and an environment
	 * variable for one counts as a key.
	 * @param properties the names of the properties
	 * @return the secrets
	 */
	public ProviderSecrets withKeys(String... properties) {
		return new ProviderSecrets(with(this.keys, properties), with(this.names, properties), this.guessed);
	}

	private static Set<String> with(Set<String> names, String... more) {
		Assert.notNull(more, "'properties' must not be null");
		Assert.noNullElements(more, "'properties' must not contain null");
		Set<String> all = new LinkedHashSet<>(names);
		Collections.addAll(all, more);
		return all;
	}

	/**
	 * Return the properties of which one is enough for a call.
	 * @return the names of the properties: {@code api-key} and those that take its place
	 */
	public Set<String> keys() {
		return Set.copyOf(this.keys);
	}

	/**
	 * Return whether a property holds a key.
	 * @param property the name of the property
	 * @return whether it is the {@code api-key} or takes its place
	 */
	public boolean isKey(String property) {
		Assert.notNull(property, "'property' must not be null");
		String name = plain(property);
		return this.keys.stream().map(ProviderSecrets::plain).anyMatch(name::equals)
				|| (this.guessed && name.endsWith("authtoken"));
	}

	/**
	 * Return whether the value of a property is secret.
	 * @param property the name of the property, in any form that Spring Boot knows
	 * @return whether it is one of these, or below one
	 */
	public boolean contains(String property) {
		Assert.notNull(property, "'property' must not be null");
		for (int end = 0; end <= property.length(); end++) {
			boolean whole = end == property.length() || SEPARATORS.indexOf(property.charAt(end)) >= 0;
			if (whole && this.names.contains(plain(property.substring(0, end)))) {
				return true;
			}
		}
		return this.guessed && soundsSecret(property);
	}

	private static boolean soundsSecret(String property) {
		String name = plain(property);
		return SIGNS.stream().anyMatch(name::contains) || WORDS.stream().anyMatch((word) -> hasElement(property, word));
	}

	private static boolean hasElement(String property, String word) {
		for (int start = 0; start + word.length() <= property.length(); start++) {
			int end = start + word.length();
			boolean whole = (start == 0 || SEPARATORS.indexOf(property.charAt(start - 1)) >= 0)
					&& (end == property.length() || SEPARATORS.indexOf(property.charAt(end)) >= 0);
			if (whole && property.regionMatches(true, start, word, 0, word.length())) {
				return true;
			}
		}
		return false;
	}

	private static String plain(String property) {
		StringBuilder plain = new StringBuilder(property.length());
		for (char character : property.toLowerCase(Locale.ROOT).toCharArray()) {
			if (Character.isLetterOrDigit(character)) {
				plain.append(character);
			}
		}
		return plain.toString();
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ProviderSecrets other && this.keys.equals(other.keys) && this.names.equals(other.names)
				&& this.guessed == other.guessed;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.keys, this.names, this.guessed);
	}

	@Override
	public String toString() {
		return "ProviderSecrets[keys=%s, names=%s, guessed=%s]".formatted(this.keys, this.names, this.guessed);
	}

}
