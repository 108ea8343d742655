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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Supplier;

import io.routekit.ModelProvider;
import io.routekit.secret.SecretRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@link SanitizingFunction} that keeps the secrets of models out of the endpoints that
 * show properties and variables, whether their names tell that they hold one or not.
 */
final class SecretSanitizingFunction implements SanitizingFunction {

	private final ConfigurableEnvironment environment;

	private final SecretRedactor secrets;

	private final Supplier<SecretProperties> properties;

	private final Supplier<SecretRedactor> secretsOfEnvironment = SingletonSupplier.of(this::findInEnvironment);

	/**
	 * Create a new {@link SecretSanitizingFunction} instance.
	 * @param environment the environment
	 * @param providers the providers, which are asked when an endpoint is
	 * @param secrets knows the secrets in use
	 */
	SecretSanitizingFunction(ConfigurableEnvironment environment, Iterable<ModelProvider> providers,
			SecretRedactor secrets) {
		this.environment = environment;
		this.secrets = secrets;
		this.properties = SingletonSupplier.of(() -> new SecretProperties(providers));
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		if (value == null) {
			return data;
		}
		if (properties().isSecret(data.getKey())) {
			return data.withSanitizedValue();
		}
		if (!(value instanceof CharSequence)) {
			return data;
		}
		String text = value.toString();
		String shown = properties().isOfModels(data.getKey()) ? withoutSecrets(text) : text;
		if (holdsSecret(shown)) {
			return data.withSanitizedValue();
		}
		return shown.equals(text) ? data : data.withValue(shown);
	}

	private SecretProperties properties() {
		return this.properties.get();
	}

	private boolean holdsSecret(String text) {
		return isChanged(this.secrets, text) || isChanged(this.secretsOfEnvironment.get(), text);
	}

	private static boolean isChanged(SecretRedactor secrets, String text) {
		return !secrets.redact(text).equals(text);
	}

	private static String withoutSecrets(String text) {
		if (!text.contains("://")) {
			return text;
		}
		URI address = parse(text);
		if (address == null || address.getHost() == null) {
			return (text.indexOf('@') >= 0 || text.indexOf('?') >= 0) ? SanitizableData.SANITIZED_VALUE : text;
		}
		if (address.getRawUserInfo() == null && address.getRawQuery() == null) {
			return text;
		}
		return UriComponentsBuilder.fromUri(address).userInfo(null).replaceQuery(null).fragment(null).toUriString();
	}

	private static @Nullable URI parse(String text) {
		try {
			return new URI(text.strip());
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	// No model has made those known if it was not created yet, or uses another provider
	private SecretRedactor findInEnvironment() {
		SecretRedactor found = new SecretRedactor();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					Object value = isRelevant(name) ? enumerable.getProperty(name) : null;
					if (value instanceof CharSequence text) {
						add(found, name, this.environment.resolvePlaceholders(text.toString()).strip());
					}
				}
			}
		}
		return found;
	}

	private boolean isRelevant(String name) {
		return properties().isSecret(name) || properties().isOfModels(name);
	}

	private void add(SecretRedactor found, String name, String value) {
		String header = properties().header(name);
		if (!header.isEmpty()) {
			found.addHeader(header, value);
		}
		else if (properties().isSecret(name)) {
			found.add(value);
		}
		else {
			URI address = value.contains("://") ? parse(value) : null;
			if (address != null) {
				found.addUrl(address);
			}
		}
	}

}
