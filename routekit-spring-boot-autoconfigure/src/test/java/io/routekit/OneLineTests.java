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

import java.io.IOException;
import java.io.UncheckedIOException;

import io.routekit.ModelException.Kind;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OneLine}.
 */
class OneLineTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "gpt-5-mini", "Grüße, 世界", "👩‍👩‍👧 \u200B", "שלום", "\uFFFD" })
	void harmlessTextStaysTheSame(String text) {
		assertThat(OneLine.of(text, 100)).isSameAs(text);
	}

	@ParameterizedTest
	@CsvSource({ "000A", "000D", "0009", "000B", "000C", "0085", "2028", "2029" })
	void whatBreaksOrMovesALineBecomesASpace(String hex) {
		assertThat(OneLine.of("a" + character(hex) + "b", 100)).isEqualTo("a b");
	}

	@ParameterizedTest
	@CsvSource({ "0000", "0007", "0008", "001B", "007F", "0080", "009B", "009F", "202A", "202B", "202C", "202D", "202E",
			"2066", "2067", "2068", "2069", "D800", "DFFF" })
	void otherControlCharactersBecomeQuestionMarks(String hex) {
		assertThat(OneLine.of("a" + character(hex) + "b", 100)).isEqualTo("a?b");
	}

	@Test
	void longTextIsCut() {
		assertThat(OneLine.of("abcdef", 3)).isEqualTo("abc…");
		assertThat(OneLine.of("abc", 3)).isEqualTo("abc");
		assertThat(OneLine.of("abc", 0)).isEqualTo("…");
		assertThat(OneLine.ofName("x".repeat(300))).isEqualTo("x".repeat(OneLine.MAX_NAME_LENGTH) + "…");
	}

	@Test
	void surrogatePairIsNotCutInTwo() {
		assertThat(OneLine.of("ab😀cd", 3)).isEqualTo("ab…");
		assertThat(OneLine.of("ab😀cd", 4)).isEqualTo("ab😀…");
	}

	@Test
	void harmlessExceptionStaysTheSame() {
		Exception failure = new IllegalStateException("No", new IOException("Broken pipe"));
		failure.addSuppressed(failure.getCause());

		assertThat(OneLine.of(failure)).isSameAs(failure);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u001B[2Jb", "a\rb", "a\u0000b", "a\nb" })
	void eachMessageOfAStackTraceIsInOneLine(String text) {
		Exception root = new IOException(text);
		Exception failure = new IllegalStateException("No",
				ModelException.builder(Kind.NETWORK, "No").cause(root).build());
		failure.addSuppressed(new UncheckedIOException(text, new IOException("Broken pipe")));
		root.initCause(failure);

		Throwable line = OneLine.of(failure);

		String quoted = OneLine.of(text, 100);
		assertThat(line).hasToString("java.lang.IllegalStateException: No");
		assertThat(line.getCause()).isInstanceOf(ModelException.class)
			.cause()
			.hasToString("java.io.IOException: " + quoted)
			.hasNoCause();
		assertThat(line.getSuppressed()).extracting(Throwable::toString)
			.containsExactly("java.io.UncheckedIOException: " + quoted);
		assertThat(line.getStackTrace()).isEqualTo(failure.getStackTrace());
		assertThat(Throwables.getStackTrace(line).lines()).noneMatch((part) -> part.startsWith("b"))
			.allMatch((part) -> OneLine.of(part.strip(), 1000).equals(part.strip()));
	}

	private static char character(String hex) {
		return (char) Integer.parseInt(hex, 16);
	}

}
