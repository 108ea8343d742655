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

package io.routekit.test.autoconfigure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

/**
 * Makes the fake provider the provider of every model that is configured, by whatever
 * name. What else a provider needs reads as not set, so that a placeholder for a key need
 * not be resolved.
 */
final class FakeModelPropertySource extends PropertySource<Pattern> {

	private static final Pattern PROPERTY = Pattern.compile("routekit\\.(?:provider|models(?:\\.[^.\\[]+|\\[[^]]+]))\\."
			+ "(?:(type)|api-key|base-url|organization|project|headers(?:\\..+|\\[.+]))");

	FakeModelPropertySource() {
		super("routekitFakeModel", PROPERTY);
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Matcher matcher = this.source.matcher(name);
		if (!matcher.matches()) {
			return null;
		}
		return (matcher.group(1) != null) ? "fake" : "";
	}

}
