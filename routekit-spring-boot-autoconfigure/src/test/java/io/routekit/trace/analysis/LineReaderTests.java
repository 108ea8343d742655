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

package io.routekit.trace.analysis;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineReader}.
 */
class LineReaderTests {

	private static final String[] PIECES = { "a", "\u00e9", "\uD83D\uDE00", "\\n", "\\\"", "\\\\", "\\/", "\\u0041",
			"\\u005c", "\\ud83d\\ude00", ",", "}", "[" };

	private static String read(LineReader lines) throws IOException {
		StringBuilder text = new StringBuilder();
		char[] buffer = new char[7];
		for (int count = lines.read(buffer, 0, buffer.length); count > 0; count = lines.read(buffer, 0,
				buffer.length)) {
			text.append(buffer, 0, count);
		}
		return text.toString();
	}

	// Whatever is cut must stay JSON
	@Test
	void cutsTextsButNotWithinAnEscape() throws IOException {
		Random random = new Random(1);
		for (int i = 0; i < 500; i++) {
			StringBuilder text = new StringBuilder("x".repeat(LineReader.MAX_TEXT_LENGTH - random.nextInt(50)));
			random.ints(random.nextInt(60), 0, PIECES.length).forEach((piece) -> text.append(PIECES[piece]));
			String json = "[\"%s\",1]".formatted(text);
			LineReader lines = new LineReader(new SlowReader(json + "\n[2]", random));

			assertThat(lines.next()).isTrue();
			assertThat(value(new StringReader(json))).startsWith(value(lines))
				.hasSizeLessThan(2 * LineReader.MAX_TEXT_LENGTH);
			assertThat(lines.next()).isTrue();
			assertThat(read(lines)).isEqualTo("[2]");
			assertThat(lines.next()).isFalse();
		}
	}

	private static String value(Reader json) {
		try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
			assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
			assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
			String text = parser.getString();
			assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
			assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
			assertThat(parser.nextToken()).isNull();
			return text;
		}
	}

	@Test
	void cutsOnlyTexts() throws IOException {
		String line = " ".repeat(10_000) + "[" + "\"x\",".repeat(10_000) + "1]";
		LineReader lines = new LineReader(new StringReader(line + "\n" + line));

		assertThat(lines.next()).isTrue();
		assertThat(read(lines)).isEqualTo(line);
		assertThat(lines.next()).isTrue();
		assertThat(read(lines)).isEqualTo(line);
	}

	@Test
	void aTextWithoutEndEndsWithTheLine() throws IOException {
		for (String start : new String[] { "\"x", "\"\\", "\"\\u00" }) {
			LineReader lines = new LineReader(new StringReader(start + "\n" + "\"%s\"".formatted("y".repeat(10_000))));

			assertThat(lines.next()).isTrue();
			assertThat(read(lines)).isEqualTo(start);
			assertThat(lines.next()).isTrue();
			assertThat(read(lines)).isEqualTo("\"%s\"".formatted("y".repeat(LineReader.MAX_TEXT_LENGTH)));
		}
	}

	@Test
	void goesToTheNextLineWhateverIsLeft() throws IOException {
		String lines = "a".repeat(100_000) + "\n\nb\n";
		for (int count : IntStream.of(0, 1, 8191, 8192, 8193, 99_999, 100_000).toArray()) {
			LineReader reader = new LineReader(new StringReader(lines));

			assertThat(reader.next()).isTrue();
			for (int i = 0; i < count; i++) {
				assertThat(reader.read()).isEqualTo('a');
			}
			assertThat(reader.next()).isTrue();
			assertThat(read(reader)).isEmpty();
			assertThat(reader.next()).isTrue();
			assertThat(read(reader)).isEqualTo("b");
			assertThat(reader.next()).isFalse();
		}
	}

	/**
	 * Gives a few characters at a time.
	 */
	private static final class SlowReader extends Reader {

		private final Reader source;

		private final Random random;

		SlowReader(String text, Random random) {
			this.source = new StringReader(text);
			this.random = random;
		}

		@Override
		public int read(char[] target, int offset, int length) throws IOException {
			return this.source.read(target, offset, Math.min(length, 1 + this.random.nextInt(40)));
		}

		@Override
		public void close() {
		}

	}

}
