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

package io.routekit.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Utf8}, with the decoder of the JDK as the judge.
 */
class Utf8Tests {

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	@Test
	void judgesEachPairOfBytes() {
		for (int pair = 0; pair < 0x10000; pair++) {
			judge((byte) (pair >> 8), (byte) pair);
		}
	}

	@Test
	void judgesEachThreeBytesThatMayBeACharacter() {
		for (int three = 0xE00000; three < 0xF00000; three++) {
			judge((byte) (three >> 16), (byte) (three >> 8), (byte) three);
		}
	}

	@Test
	void judgesEachBeginningOfFourBytes() {
		for (int two = 0xF000; two < 0x10000; two++) {
			judge((byte) (two >> 8), (byte) two, (byte) 0x80, (byte) 0xBF);
			judge((byte) (two >> 8), (byte) two, (byte) 0x80);
		}
	}

	@Test
	void judgesFourBytesThatMayBeACharacter() {
		Random random = new Random(7);
		for (int i = 0; i < 200_000; i++) {
			judge((byte) (0xF0 + random.nextInt(6)), (byte) random.nextInt(), (byte) random.nextInt(),
					(byte) random.nextInt());
		}
	}

	@Test
	void judgesAPartOfAnArray() {
		byte[] text = "\u00e9 caf\u00e9 \u20ac \ud83d\ude00".getBytes(StandardCharsets.UTF_8);
		assertThat(Utf8.isMalformed(text, 0, text.length)).isFalse();
		assertThat(Utf8.isMalformed(text, 1, text.length - 1)).isTrue();
		assertThat(Utf8.isMalformed(text, 2, text.length - 2)).isFalse();
		assertThat(Utf8.isMalformed(text, 0, text.length - 1)).isTrue();
	}

	private void judge(byte... text) {
		if (Utf8.isMalformed(text, 0, text.length) == isDecodable(text)) {
			assertThat(text).as("Malformed").asHexString().isEmpty();
		}
	}

	private boolean isDecodable(byte[] text) {
		try {
			this.decoder.decode(ByteBuffer.wrap(text));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
