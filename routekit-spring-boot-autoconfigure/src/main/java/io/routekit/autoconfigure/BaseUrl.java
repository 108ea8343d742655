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
import java.net.URISyntaxException;
import java.util.function.UnaryOperator;

import io.routekit.ModelConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * The property {@code base-url} of a model. Its value is in no message, since it can hold
 * a password.
 */
final class BaseUrl {

	private static final String NAME = "base-url";

	private final String prefix;

	private final UnaryOperator<String> descriptions;

	BaseUrl(String prefix, UnaryOperator<String> descriptions) {
		this.prefix = prefix;
		this.descriptions = descriptions;
	}

	@Nullable URI parse(@Nullable String value) {
		if (value == null) {
			return null;
		}
		URI url;
		try {
			url = new URI(value);
		}
		catch (URISyntaxException ex) {
			throw invalid("is not a URL: %s at index %d".formatted(ex.getReason(), ex.getIndex()));
		}
		if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
			throw invalid("does not start with 'https://' or 'http://'");
		}
		if (url.getRawUserInfo() != null) {
			throw invalid("has a user name or a password in it");
		}
		if (url.getHost() == null || url.getPort() > 65535) {
			throw invalid("has no valid host and port");
		}
		if (url.getRawFragment() != null) {
			throw invalid("has a fragment ('#') in it");
		}
		return url;
	}

	private ModelConfigurationException invalid(String reason) {
		return new ModelConfigurationException(this.descriptions.apply(NAME) + " " + reason,
				"Set '%s.%s' to an absolute URL without credentials, for example https://llm.example.com/v1"
					.formatted(this.prefix, NAME));
	}

}
