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

package io.routekit.secret;

/**
 * Texts in which capital letters are small ones, as {@link String#equalsIgnoreCase} sees
 * them: servers repeat keys in upper case.
 */
final class Folded {

	private Folded() {
	}

	static char of(char character) {
		if (character < 0x80) {
			return (character >= 'A' && character <= 'Z') ? (char) (character + ('a' - 'A')) : character;
		}
		return Character.toLowerCase(Character.toUpperCase(character));
	}

	static String of(String text) {
		char[] folded = text.toCharArray();
		for (int i = 0; i < folded.length; i++) {
			folded[i] = of(folded[i]);
		}
		return new String(folded);
	}

}
