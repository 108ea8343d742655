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

package io.routekit.autoconfigure;

import java.net.URI;
import java.util.Set;

import io.routekit.ProviderSecrets;
import io.routekit.http.ServerAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What a model gets from the properties of another one where it sets nothing. Secrets and
 * headers go to the server that they are meant for and to no other one.
 */
final class Inheritance {

	private static final Set<String> OWN = Set.of("type", "defaulttype", "fallback", "fallbackon");

	/**
	 * What only the server means that it was set for, as its prices are its own.
	 */
	private static final Set<String> OF_SERVER = Set.of("headers", "priceprovider");

	/**
	 * The block within that of a provider that tells what a model takes, which another
	 * model may not.
	 */
	private static final String OF_MODEL = "generation";

	private final ConfigurationPropertyName from;

	private final ConfigurationPropertyName to;

	private final ProviderSecrets secrets;

	private final boolean sameServer;

	private final boolean ownKey;

	private final boolean ownModel;

	/**
	 * Create a new {@link Inheritance} instance.
	 * @param environment the environment
	 * @param from the prefix of the properties to inherit
	 * @param to the prefix of the properties of the model
	 * @param secrets the secrets of the provider
	 * @param server the URL of the server that the inherited properties are for, or
	 * {@code null} if it is not known
	 */
	Inheritance(Environment environment, String from, String to, ProviderSecrets secrets, @Nullable URI server) {
		this.from = ConfigurationPropertyName.of(from);
		this.to = ConfigurationPropertyName.of(to);
		this.secrets = secrets;
		Binder binder = Binder.get(environment);
		String baseUrl = binder.bind(to + ".base-url", String.class).orElse("");
		this.sameServer = !StringUtils.hasText(baseUrl) || isSameServer(baseUrl.strip(), server);
		this.ownKey = secrets.keys().stream().anyMatch((key) -> isSet(binder, to + "." + key));
		this.ownModel = isSet(binder, to + ".model");
	}

	private static boolean isSet(Binder binder, String property) {
		return StringUtils.hasText(binder.bind(property, String.class).orElse(""));
	}

	private static boolean isSameServer(String baseUrl, @Nullable URI server) {
		try {
			return server != null && ServerAddress.of(URI.create(baseUrl)).equals(ServerAddress.of(server));
		}
		catch (IllegalArgumentException ex) {
			// Reported when the property is read
			return false;
		}
	}

	/**
	 * Return the properties of a source as the model inherits them.
	 * @param source the source
	 * @return the inherited properties
	 */
	ConfigurationPropertySource of(ConfigurationPropertySource source) {
		return new InheritedProperties(source, this.from, this.to, this::isInherited);
	}

	private boolean isInherited(ConfigurationPropertyName name) {
		String first = name.getElement(0, Form.UNIFORM);
		if (OWN.contains(first)) {
			return false;
		}
		if (OF_SERVER.contains(first)) {
			return this.sameServer;
		}
		if (name.getNumberOfElements() > 1 && name.getElement(1, Form.UNIFORM).equals(OF_MODEL)) {
			return !this.ownModel;
		}
		String property = name.toString();
		if (!this.secrets.contains(property)) {
			return true;
		}
		return this.sameServer && !(this.ownKey && this.secrets.isKey(property));
	}

}
