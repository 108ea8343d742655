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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text that should be in UTF-8. What is malformed reads as the replacement character, as
 * the specification of server-sent events has it.
 */
final class Utf8 {

	private Utf8() {
	}

	static boolean isMalformed(byte[] text, int offset, int length) {
		return !isAscii(text, offset, length) && !isDecodable(text, offset, length);
	}

	private static boolean isAscii(byte[] text, int offset, int length) {
		int signs = 0;
		for (int i = offset; i < offset + length; i++) {
			signs |= text[i];
		}
		return signs >= 0;
	}

	private static boolean isDecodable(byte[] text, int offset, int length) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, offset, length));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	static byte[] repair(byte[] text, int offset, int length) {
		return new String(text, offset, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
	}

}
