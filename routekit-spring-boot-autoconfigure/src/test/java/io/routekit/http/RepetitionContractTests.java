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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import io.routekit.FinishReason;
import io.routekit.Model;
import io.routekit.StreamEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that an event which repeats the one before but for its text is read as it
 * would be alone. It is parsed if it comes in pieces.
 */
@ParameterizedClass
@EnumSource
class RepetitionContractTests {

	private static final String[] TEXTS = { "Hello", " ", ",", "", "0", "\\n", "\\\"", "\\\\", "ü", "世界",
			"\uD83D\uDE00", "\uFFFD", "\\u00e9", "\\ud83d", "\\ude00", "{", "}", "data: ", "null", "\u2028",
			"a longer text, as some servers send" };

	private final CannedExchange exchange = new CannedExchange();

	private final WireProvider provider;

	private final Model model;

	RepetitionContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(provider.settings(URI.create("http://localhost")),
				WebClient.builder().exchangeFunction(this.exchange));
	}

	private StreamOutcome outcome(String stream, Chunking chunking) {
		return outcome(stream.getBytes(StandardCharsets.UTF_8), chunking);
	}

	private StreamOutcome outcome(byte[] stream, Chunking chunking) {
		this.exchange.answer(chunking.split(stream));
		return StreamOutcome.of(this.model.stream("Hi"));
	}

	private void assertAlike(byte[] stream) {
		String parsed = outcome(stream, Chunking.BYTES).signature();
		assertThat(outcome(stream, Chunking.WHOLE).signature()).isEqualTo(parsed);
		assertThat(outcome(stream, Chunking.RANDOM).signature()).isEqualTo(parsed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void textsOfAllKindsAreReadAlike(String lineEnd) {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed * 0x9E3779B97F4A7C15L);
			WireStream stream = this.provider.stream();
			for (int i = 0; i < 20; i++) {
				stream.text(TEXTS[random.nextInt(TEXTS.length)]);
			}
			String bytes = stream.finish(FinishReason.STOP).end().take().replace("\n", lineEnd);
			assertAlike(bytes.getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void whatIsBetweenTextsIsReadAlike() {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed * 0x9E3779B97F4A7C15L);
			WireStream stream = this.provider.stream().text("a");
			StringBuilder written = new StringBuilder(stream.take());
			for (int i = 0; i < 20; i++) {
				String text = stream.text(TEXTS[random.nextInt(TEXTS.length)]).take();
				String next = switch (random.nextInt(6)) {
					case 0 -> ": keep-alive\n\n" + text;
					case 1 -> "id: " + i + "\n" + text;
					case 2 -> text + text;
					case 3 -> text.replace(":{", ": {");
					case 4 -> text.replace("\n\n", "\ndata: \n\n");
					default -> text;
				};
				written.append(next);
			}
			written.append(stream.finish(FinishReason.STOP).end().take());
			assertAlike(written.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void toolCallsBetweenTextsAreReadAlike() {
		WireStream stream = this.provider.stream().text("a").text("b").call("call_a", "find");
		stream.arguments(0, "{\"a\":").arguments(0, "1").arguments(0, "2").arguments(0, "}");
		assertAlike(stream.finish(FinishReason.TOOL_CALLS).end().take().getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void bytesThatAreNotUtf8AreReadAlike() {
		String stream = this.provider.stream()
			.text("a")
			.text("b")
			.text("\u00e9")
			.text("c")
			.finish(FinishReason.STOP)
			.end()
			.take();
		// As ISO 8859-1, the accented letter is half a character of UTF-8
		byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
		assertAlike(bytes);
		assertThat(outcome(bytes, Chunking.WHOLE).text()).isEqualTo("ab\uFFFDc");
	}

	@ParameterizedTest
	@EnumSource
	void aControlCharacterIsNoText(Chunking chunking) {
		String stream = this.provider.stream().text("a").text("b").text("\t").finish(FinishReason.STOP).end().take();
		StreamOutcome outcome = outcome(stream, chunking);
		assertThat(outcome.failure()).hasMessageContaining("not the JSON that was expected");
		assertThat(outcome.events()).containsExactly(new StreamEvent.Text("a"), new StreamEvent.Text("b"));
	}

	@ParameterizedTest
	@EnumSource
	void anErrorAfterTextsIsSeen(Chunking chunking) {
		String stream = this.provider.stream().text("a").text("b").error("overloaded_error", "Not now").take();
		StreamOutcome outcome = outcome(stream, chunking);
		assertThat(outcome.failure()).hasMessageContaining("Not now");
		assertThat(outcome.events()).isEqualTo(List.of(new StreamEvent.Text("a"), new StreamEvent.Text("b")));
	}

}
