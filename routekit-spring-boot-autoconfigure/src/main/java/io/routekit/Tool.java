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

import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A tool that a model may call.
 *
 * @param name the name, of letters, digits, {@code _} and {@code -}, 64 at most
 * @param description what the tool does, for the model to read, or {@code null}
 * @param parameters the JSON Schema of the arguments as JSON text, an object; or
 * {@code null} for a tool without arguments
 * @param strict whether the arguments must follow the schema strictly, or {@code null}
 * for the provider's default
 * @since 0.1.0
 */
public record Tool(String name, @Nullable String description, @Nullable String parameters, @Nullable Boolean strict) {

	private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	/**
	 * Create a new {@link Tool} instance.
	 * @throws IllegalArgumentException if the name or the schema is malformed
	 */
	public Tool {
		Assert.notNull(name, "'name' must not be null");
		Assert.isTrue(NAME.matcher(name).matches(),
				() -> "The tool name '%s' must consist of 1 to 64 letters, digits, '_' and '-'".formatted(name));
		Assert.isTrue(parameters == null || JsonText.isObject(parameters),
				() -> "The parameters of tool '%s' must be a JSON Schema object".formatted(name));
	}

	/**
	 * Create a tool.
	 * @param name the name
	 * @param description what the tool does, for the model to read, or {@code null}
	 * @param parameters the JSON Schema of the arguments as JSON text
	 * @return the tool
	 */
	public static Tool of(String name, @Nullable String description, String parameters) {
		Assert.notNull(parameters, "'parameters' must not be null");
		return new Tool(name, description, parameters, null);
	}

	/**
	 * Create a tool from a schema that is given as a map.
	 * @param name the name
	 * @param description what the tool does, for the model to read, or {@code null}
	 * @param parameters the JSON Schema of the arguments
	 * @return the tool
	 */
	public static Tool of(String name, @Nullable String description, Map<String, ?> parameters) {
		Assert.notNull(parameters, "'parameters' must not be null");
		return new Tool(name, description, JsonText.write(parameters), null);
	}

	@Override
	public String toString() {
		return "Tool[name=%s, strict=%s]".formatted(this.name, this.strict);
	}

}
