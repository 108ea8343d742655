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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The format that an answer must have.
 *
 * @param name the name of the schema, or {@code null} for any JSON object
 * @param schema the JSON Schema as JSON text, or {@code null} for any JSON object
 * @param strict whether the answer must follow the schema strictly, or {@code null} for
 * the provider's default
 * @since 0.1.0
 */
public record ResponseFormat(@Nullable String name, @Nullable String schema, @Nullable Boolean strict) {

	/**
	 * Any JSON object.
	 */
	public static final ResponseFormat JSON_OBJECT = new ResponseFormat(null, null, null);

	/**
	 * Create a new {@link ResponseFormat} instance.
	 * @throws IllegalArgumentException if the schema is malformed
	 */
	public ResponseFormat {
		Assert.isTrue(schema == null || JsonText.isObject(schema),
				"The schema of the response format must be a JSON Schema object");
		Assert.isTrue((schema == null) == (name == null), "'name' and 'schema' must be set together");
	}

	/**
	 * Return a format that follows a JSON Schema.
	 * @param name the name of the schema
	 * @param schema the schema as JSON text
	 * @return the format
	 */
	public static ResponseFormat jsonSchema(String name, String schema) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(schema, "'schema' must not be null");
		return new ResponseFormat(name, schema, null);
	}

	@Override
	public String toString() {
		return "ResponseFormat[name=%s, strict=%s]".formatted(this.name, this.strict);
	}

}
