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

import io.routekit.http.HttpModelFactory;
import io.routekit.observation.ContentRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Takes the keys of the models out of content, and then what the application's own
 * redactor knows of.
 */
final class SecretRedactor implements ContentRedactor {

	private final @Nullable HttpModelFactory http;

	private final @Nullable ContentRedactor redactor;

	SecretRedactor(ObjectProvider<HttpModelFactory> http, ObjectProvider<ContentRedactor> redactor) {
		this.http = http.getIfAvailable();
		this.redactor = redactor.getIfAvailable();
	}

	@Override
	public String redact(String content) {
		String redacted = (this.http != null) ? this.http.redact(content) : content;
		return (this.redactor != null) ? this.redactor.redact(redacted) : redacted;
	}

}
