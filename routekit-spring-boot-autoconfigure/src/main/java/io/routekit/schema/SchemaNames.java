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

package io.routekit.schema;

import tools.jackson.databind.JavaType;

/**
 * Makes names that providers take for a schema.
 */
final class SchemaNames {

	static final String DEFAULT = "value";

	private static final int MAX_LENGTH = 64;

	private SchemaNames() {
	}

	/**
	 * Return the name of a type.
	 * @param type the type
	 * @return its simple name, with those of its type arguments behind it
	 */
	static String of(JavaType type) {
		StringBuilder name = new StringBuilder();
		append(type, name);
		return of(name.toString());
	}

	private static void append(JavaType type, StringBuilder name) {
		name.append(name.isEmpty() ? "" : "_").append(type.getRawClass().getSimpleName());
		for (int i = 0; i < type.containedTypeCount(); i++) {
			append(type.containedType(i), name);
		}
	}

	/**
	 * Return a name with those characters only that are allowed.
	 * @param name the name
	 * @return the name, never empty
	 */
	static String of(String name) {
		StringBuilder allowed = new StringBuilder();
		name.codePoints()
			.limit(MAX_LENGTH)
			.forEach((character) -> allowed.appendCodePoint(isAllowed(character) ? character : '_'));
		return allowed.isEmpty() ? DEFAULT : allowed.toString();
	}

	private static boolean isAllowed(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '_' || character == '-';
	}

}
