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

package io.routekit.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Damages answers, as networks, proxies and careless servers might: characters, lines and
 * whole events are lost or repeated, JSON values take the place of others.
 */
final class Mutator {

	private static final List<String> VALUES = List.of("null", "1", "-1", "1e400", "\"x\"", "\"\"", "true", "[]", "{}",
			"[[[[1]]]]", "{\"a\":{\"b\":null}}", "[null]", "\"\\ud800\"", "99999999999999999999999999", "0.1",
			"[\"a\",{\"type\":\"text\",\"text\":5}]", "\"" + "long ".repeat(200) + "\"");

	private final Random random;

	Mutator(Random random) {
		this.random = random;
	}

	byte[] mutate(String answer) {
		StringBuilder text = new StringBuilder(answer);
		for (int i = 1 + this.random.nextInt(4); i > 0 && text.length() > 2; i--) {
			mutate(text, this.random.nextInt(text.length()));
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		if (bytes.length > 0 && this.random.nextInt(5) == 0) {
			bytes[this.random.nextInt(bytes.length)] = (byte) this.random.nextInt(256);
		}
		return bytes;
	}

	private void mutate(StringBuilder text, int position) {
		switch (this.random.nextInt(10)) {
			case 0 -> text.setCharAt(position, (char) this.random.nextInt(256));
			case 1 -> text.insert(position, (char) this.random.nextInt(128));
			case 2 -> text.delete(position, Math.min(text.length(), position + 1 + this.random.nextInt(8)));
			case 3 -> text.insert(position,
					text.substring(position, Math.min(text.length(), position + this.random.nextInt(200))));
			case 4 -> text.setLength(position);
			case 5, 6 -> loseOrRepeatAnEvent(text, position);
			default -> replaceAValue(text, position);
		}
	}

	private void loseOrRepeatAnEvent(StringBuilder text, int position) {
		int start = text.indexOf("\n\n", position);
		int end = (start >= 0) ? text.indexOf("\n\n", start + 2) : -1;
		if (end < 0) {
			return;
		}
		if (this.random.nextBoolean()) {
			text.delete(start, end);
		}
		else {
			text.insert(start, text.substring(start, end).repeat(1 + this.random.nextInt(3)));
		}
	}

	private void replaceAValue(StringBuilder text, int position) {
		int start = text.indexOf(":", position) + 1;
		if (start > 0) {
			text.replace(start, endOfValue(text, start), VALUES.get(this.random.nextInt(VALUES.size())));
		}
	}

	private static int endOfValue(StringBuilder text, int start) {
		int depth = 0;
		boolean quoted = false;
		for (int i = start; i < text.length(); i++) {
			char character = text.charAt(i);
			if (quoted) {
				quoted = character != '"';
				i += (character == '\\') ? 1 : 0;
			}
			else if (character == '"') {
				quoted = true;
			}
			else if (character == '{' || character == '[') {
				depth++;
			}
			else if (depth == 0 && (character == '}' || character == ']' || character == ',' || character == '\n')) {
				return i;
			}
			else if (character == '}' || character == ']') {
				depth--;
			}
		}
		return text.length();
	}

}
