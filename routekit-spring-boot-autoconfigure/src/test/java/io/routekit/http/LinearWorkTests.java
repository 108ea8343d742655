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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import io.routekit.steps.StepCounter;
import io.routekit.steps.StepCountingClassLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that what is done with text from outside takes a number of steps that grows
 * as its length does, however the text is made.
 */
class LinearWorkTests {

	private static final int LENGTH = 4 * 1024;

	private static final int COUNT = 500;

	private static final int FACTOR = 4;

	/**
	 * What is done for any text, however short.
	 */
	private static final long BASE = 200_000;

	private static final long MAX_STEPS = 200_000_000;

	/**
	 * What patterns and searches go back over, or begin again at.
	 */
	private static final List<String> PIECES = List.of("<", "<script ", "<style>", "</script", "<>", "<!--", "&lt;",
			"[", "[{},", "{\"error\":", "{\"detail\":[", "{\"type\":\"error\",", "{\"msg\":\"a\"},", "{}", "\"", "\\",
			"1s", "1", "1.", "9h", "-", "a1", "a", " ", "\t\n", "\n", "\r", ":", ";", ",", "/", "=", "&", "?", "key",
			"auth", "token", "api-_", "headers ", "-2025-01-01", "ft:", "data:", "data: {}\n\n", "event: a\n", ": a\n",
			"data: a\n", "Limit 1 ", "Request too large Limit 1,", "input token count ", "overload", "\uD83D", "\uDE00",
			"😀", "é", "\u2028", "\u001b[31m");

	private static final Map<String, Consumer<String>> texts = StepCountingClassLoader.counted(OutsideText.class);

	private static final Map<String, IntConsumer> pieces = StepCountingClassLoader.counted(OutsidePieces.class);

	static Set<String> texts() {
		return texts.keySet();
	}

	static Set<String> pieces() {
		return pieces.keySet();
	}

	@ParameterizedTest
	@MethodSource("texts")
	void textTakesStepsAsItIsLong(String name) {
		for (String piece : PIECES) {
			String text = piece.repeat(LENGTH / piece.length());
			assertGrowth(steps(() -> texts.get(name).accept(text)),
					steps(() -> texts.get(name).accept(text.repeat(FACTOR))),
					"%s, made of '%s'".formatted(name, piece));
		}
	}

	@ParameterizedTest
	@MethodSource("pieces")
	void piecesTakeStepsAsTheyAreMany(String name) {
		assertGrowth(steps(() -> pieces.get(name).accept(COUNT)), steps(() -> pieces.get(name).accept(FACTOR * COUNT)),
				name);
	}

	// Some things are only done for what is longer, but none take the square
	private static void assertGrowth(long steps, long more, String description) {
		assertThat(more).as("Steps for %s", description)
			.isPositive()
			.isLessThan(Math.min(MAX_STEPS, BASE + 2 * FACTOR * steps));
	}

	private static long steps(Runnable use) {
		return StepCounter.count(MAX_STEPS, () -> {
			try {
				use.run();
			}
			catch (RuntimeException ex) {
				// What it leads to does not matter
			}
		});
	}

}
