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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RepeatedEvent}.
 */
class RepeatedEventTests {

	private static final String EVENT = "data: {\"id\":\"1\",\"text\":\"%s\",\"pad\":\"%s\"}\n\n";

	private static final String NUMBERED = "data: {\"number\":%s,\"text\":\"%s\",\"last\":%s}\n\n";

	private final RepeatedEvent event = new RepeatedEvent();

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static OnlyText onlyText(String event, String text, String... ignored) {
		OnlyText onlyText = new OnlyText();
		int offset = event.indexOf('{');
		onlyText.reset(offset);
		byte[] bytes = bytes(event);
		try (JsonParser parser = WireJson.parser(bytes, offset, bytes.length - offset)) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				parser.nextToken();
				if (name.equals(text)) {
					onlyText.found(parser);
				}
				else if (List.of(ignored).contains(name)) {
					onlyText.ignore(parser);
				}
			}
		}
		return onlyText;
	}

	private void remember(String event, String text, String... ignored) {
		byte[] bytes = bytes(": before\n\n" + event + ": after\n\n");
		int start = ": before\n\n".length();
		this.event.remember(bytes, start, start + bytes(event).length, onlyText(": before\n\n" + event, text, ignored));
	}

	private String match(String stream) {
		byte[] bytes = bytes(stream);
		int end = this.event.match(bytes, 0, bytes.length);
		return (end >= 0)
				? this.event.text(bytes) + "|" + new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8)
				: null;
	}

	@ParameterizedTest
	@ValueSource(strings = { "b", "", "another one", "ü世\uD83D\uDE00" })
	void matchesTheSameEventWithAnotherText(String text) {
		remember(EVENT.formatted("a", "x"), "text");
		assertThat(match(EVENT.formatted(text, "x") + "data: next")).isEqualTo(text + "|data: next");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "y", "yyyy", "text" })
	void looksOverWhatMeansNothing(String padding) {
		remember(EVENT.formatted("a", "x"), "text", "pad");
		assertThat(match(EVENT.formatted("b", padding))).isEqualTo("b|");
		remember(EVENT.formatted("x", "a"), "pad", "text");
		assertThat(match(EVENT.formatted(padding, "b"))).isEqualTo("b|");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "8", "10", "123456789012345678" })
	void looksOverANumberThatMeansNothing(String number) {
		remember(NUMBERED.formatted("7", "a", "1"), "text", "number");
		assertThat(match(NUMBERED.formatted(number, "b", "1"))).isEqualTo("b|");
		remember(NUMBERED.formatted("1", "a", "9"), "text", "last");
		assertThat(match(NUMBERED.formatted("1", "b", number))).isEqualTo("b|");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "007", "1.5", "1e3", "1234567890123456789", "\"7\"", "null" })
	void leavesANumberToTheParserThatIsMoreThanItsDigits(String number) {
		remember(NUMBERED.formatted("7", "a", "1"), "text", "number");
		assertThat(match(NUMBERED.formatted(number, "b", "1"))).isNull();
	}

	@Test
	void looksOverSeveralValues() {
		String event = "data: {\"number\": 3,\"item\":\"i1\",\"text\":\"a\",\"pad\":\"x\"}\n\n";
		remember(event, "text", "number", "item", "pad");
		assertThat(match("data: {\"number\": 10,\"item\":\"another\",\"text\":\"b\",\"pad\":\"\"}\n\n"))
			.isEqualTo("b|");
		assertThat(match(event.replace("pad", "add"))).isNull();
	}

	@Test
	void remembersAnEventWhoseTextIsEscaped() {
		remember(EVENT.formatted("\\\"\\n\\\\", "x"), "text");
		assertThat(match(EVENT.formatted("b", "x"))).isEqualTo("b|");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\n", "\\\"", "\\u00e9", "\t", "\u0001" })
	void leavesATextToTheParserThatIsMoreThanItsBytes(String text) {
		remember(EVENT.formatted("a", "x"), "text", "pad");
		assertThat(match(EVENT.formatted(text, "x"))).isNull();
		assertThat(match(EVENT.formatted("b", text))).isNull();
	}

	@Test
	void leavesATextToTheParserThatIsNotUtf8() {
		remember(EVENT.formatted("a", "x"), "text");
		byte[] bytes = EVENT.formatted("\u00e9", "x").getBytes(StandardCharsets.ISO_8859_1);
		assertThat(this.event.match(bytes, 0, bytes.length)).isEqualTo(bytes.length);
		assertThat(this.event.text(bytes)).isNull();
	}

	@Test
	void matchesNoOtherEvent() {
		remember(EVENT.formatted("a", "x"), "text");
		assertThat(match(EVENT.formatted("b", "y"))).isNull();
		assertThat(match(EVENT.formatted("b", "x").replace("\"1\"", "\"2\""))).isNull();
		assertThat(match("event: x\n" + EVENT.formatted("b", "x"))).isNull();
		assertThat(match(EVENT.formatted("b", "x").replace("\n\n", "\ndata: x\n\n"))).isNull();
	}

	@Test
	void matchesNoEventOfWhichAPartIsMissing() {
		remember(EVENT.formatted("a", "x"), "text", "pad");
		String event = EVENT.formatted("b", "y");
		for (int i = 0; i < event.length(); i++) {
			assertThat(match(event.substring(0, i))).isNull();
		}
	}

	@Test
	void matchesNothingAfterAnEventWithMoreThanOneText() {
		OnlyText twoTexts = onlyText(EVENT, "text");
		twoTexts.mix();
		byte[] bytes = bytes(EVENT.formatted("a", "x"));
		this.event.remember(bytes, 0, bytes.length, twoTexts);
		assertThat(match(EVENT.formatted("b", "x"))).isNull();
	}

	@Test
	void matchesNothingOnceItHasForgotten() {
		remember(EVENT.formatted("a", "x"), "text");
		this.event.forget();
		assertThat(match(EVENT.formatted("b", "x"))).isNull();
	}

}
