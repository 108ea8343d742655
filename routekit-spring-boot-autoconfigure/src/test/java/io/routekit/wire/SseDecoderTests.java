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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.routekit.http.Chunking;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SseDecoder}.
 */
class SseDecoderTests {

	@ParameterizedTest
	@EnumSource
	void endsLinesAtLineFeedCarriageReturnOrBoth(Chunking chunking) {
		assertThat(decode("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\n", chunking)).containsExactly("a", "b",
				"c", "d");
	}

	@ParameterizedTest
	@EnumSource
	void skipsOneByteOrderMarkAtTheStart(Chunking chunking) {
		assertThat(decode("\uFEFFdata: a\n\ndata: \uFEFFb\n\n", chunking)).containsExactly("a", "\uFEFFb");
	}

	@ParameterizedTest
	@EnumSource
	void stripsOneSpaceAfterTheColonAndNothingElse(Chunking chunking) {
		assertThat(decode("data:a\n\ndata:  b \n\ndata:\tc\n\n", chunking)).containsExactly("a", " b ", "\tc");
	}

	@ParameterizedTest
	@EnumSource
	void joinsDataLinesWithLineFeeds(Chunking chunking) {
		assertThat(decode("data: {\ndata:  \"a\": 1\r\nevent: x\ndata\ndata: }\n\n", chunking))
			.containsExactly("x:{\n \"a\": 1\n\n}");
	}

	@ParameterizedTest
	@EnumSource
	void keepsTheNameOfTheEventForThatEventOnly(Chunking chunking) {
		assertThat(
				decode("event: ping\ndata: 1\n\ndata: 2\n\nevent: pong\ndata: 3\n\nevent:pong\ndata: 4\n\n", chunking))
			.containsExactly("ping:1", "2", "pong:3", "pong:4");
	}

	@ParameterizedTest
	@EnumSource
	void ignoresCommentsIdsRetriesAndEventsWithoutData(Chunking chunking) {
		String stream = ": keep-alive\n\nid: 7\nretry: abc\n\nevent: nothing\n\ndata:\n\n:data: no\ndata: yes\n\n";
		assertThat(decode(stream, chunking)).containsExactly("yes");
	}

	@ParameterizedTest
	@EnumSource
	void doesNotEndLinesAtOtherSeparators(Chunking chunking) {
		assertThat(decode("data: a\u2028b\u2029c\u0085d\u000Be\n\n", chunking))
			.containsExactly("a\u2028b\u2029c\u0085d\u000Be");
	}

	@ParameterizedTest
	@EnumSource
	void decodesCharactersThatAreCutAnywhere(Chunking chunking) {
		assertThat(decode("data: Grüße, 世界 \uD83D\uDE00\n\n", chunking)).containsExactly("Grüße, 世界 \uD83D\uDE00");
	}

	@ParameterizedTest
	@EnumSource
	void handsOverALastBlockThatNoEmptyLineEnds(Chunking chunking) {
		assertThat(decode("data: a\n\ndata: b\n", chunking)).containsExactly("a", "b (cut)");
		assertThat(decode("data: a\n\ndata: [DONE] ", chunking)).containsExactly("a", "[DONE]  (cut)");
		assertThat(decode("data: a\n\nid: 3", chunking)).containsExactly("a");
	}

	@ParameterizedTest
	@EnumSource
	void keepsAnEventThatGrowsOverManyBuffers(Chunking chunking) {
		String text = "0123456789".repeat(2000);
		assertThat(decode("data: x\n\ndata: " + text + "\n\ndata: y\n\n", chunking)).containsExactly("x", text, "y");
	}

	@ParameterizedTest
	@EnumSource
	void keepsWhatIsNotFramed(Chunking chunking) {
		Listener listener = new Listener();
		SseDecoder decoder = new SseDecoder(new Bytes(), 1000, listener);
		feed(decoder, "error: {\"code\":400}\ndata: [DONE]\n\n", chunking);
		assertThat(decoder.unframed()).isNotNull();
		Bytes unframed = decoder.unframed();
		assertThat(new String(unframed.array(), 0, unframed.length(), StandardCharsets.UTF_8))
			.isEqualTo("error: {\"code\":400}");
		assertThat(listener.events).containsExactly("[DONE]");
	}

	@Test
	void keepsLittleOfALongPage() {
		SseDecoder decoder = new SseDecoder(new Bytes(), 1_000_000, new Listener());
		feed(decoder, "<p>no stream</p>\n".repeat(100_000), Chunking.LINES);
		assertThat(decoder.unframed().length()).isEqualTo(1024 * 1024);
	}

	@ParameterizedTest
	@EnumSource
	void refusesAnEventThatIsTooLarge(Chunking chunking) {
		Listener listener = new Listener();
		SseDecoder decoder = new SseDecoder(new Bytes(), 1000, listener);
		String stream = "data: x\n\n" + "data: %s\n".formatted("x".repeat(300)).repeat(4) + "\n";
		assertThatIllegalStateException().isThrownBy(() -> feed(decoder, stream, chunking)).withMessage("Too large");
		assertThat(listener.events).containsExactly("x");
	}

	@ParameterizedTest
	@EnumSource
	void refusesALineThatIsTooLarge(Chunking chunking) {
		SseDecoder decoder = new SseDecoder(new Bytes(), 1000, new Listener());
		assertThatIllegalStateException().isThrownBy(() -> feed(decoder, "data: " + "x".repeat(1000), chunking))
			.withMessage("Too large");
	}

	private static List<String> decode(String stream, Chunking chunking) {
		Listener listener = new Listener();
		SseDecoder decoder = new SseDecoder(new Bytes(), 100_000, listener);
		feed(decoder, stream, chunking);
		decoder.end();
		return listener.events;
	}

	private static void feed(SseDecoder decoder, String stream, Chunking chunking) {
		for (byte[] piece : chunking.split(stream.getBytes(StandardCharsets.UTF_8))) {
			decoder.decode(DefaultDataBufferFactory.sharedInstance.wrap(piece));
		}
	}

	private static final class Listener implements SseDecoder.Listener {

		private final List<String> events = new ArrayList<>();

		@Override
		public boolean onEvent(@Nullable String event, byte[] data, int offset, int length, boolean whole) {
			String text = new String(data, offset, length, StandardCharsets.UTF_8);
			this.events.add(((event != null) ? event + ":" : "") + text + (whole ? "" : " (cut)"));
			return true;
		}

		@Override
		public void onTooLarge() {
			throw new IllegalStateException("Too large");
		}

	}

}
