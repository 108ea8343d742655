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
import java.util.Objects;
import java.util.stream.Stream;

import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for that what a server sends is fit for one line wherever it is a name or a
 * message.
 */
@ParameterizedClass
@EnumSource
class OneLineContractTests {

	private static final int LONGEST_NAME = 257;

	private final CannedExchange exchange = new CannedExchange();

	private final WireProvider provider;

	private final Model model;

	OneLineContractTests(WireProvider provider) {
		this.provider = provider;
		this.model = provider.model(provider.settings(URI.create("http://localhost")),
				WebClient.builder().exchangeFunction(this.exchange));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r\nb", "a\tb", "a\u001B[31mb", "a\u0000b", "a\u009Bb", "a\u2028b", "a\u202Eb" })
	void namesAndMessagesHaveNoControlCharacters(String text) {
		String json = new JsonMapper().writeValueAsString(text);
		HttpHeaders headers = new HttpHeaders();
		headers.set(this.provider.requestIdHeader(), text);
		this.exchange.headers(headers);

		answer(HttpStatus.OK, withNames(this.provider.answer("a"), json));
		assertNames(this.model.chat("Hi").block(TestCalls.LIMIT));
		answer(HttpStatus.OK, withNames(this.provider.stream("a"), json));
		assertNames(TestCalls.responseOf(TestCalls.eventsOf(this.model.stream("Hi"))));
		answer(HttpStatus.BAD_REQUEST,
				"{\"error\":{\"message\":%1$s,\"type\":%1$s,\"code\":%1$s,\"param\":%1$s}}".formatted(json));
		assertFailure(TestCalls.failureOf(this.model.chat("Hi")));
		answer(HttpStatus.BAD_GATEWAY, text);
		assertFailure(TestCalls.failureOf(this.model.chat("Hi")));
	}

	@Test
	void namesAreNotLongerThanNamesAre() {
		answer(HttpStatus.OK, withNames(this.provider.answer("a"), "\"" + "x".repeat(100_000) + "\""));
		ModelResponse response = this.model.chat("Hi").block(TestCalls.LIMIT);
		assertThat(response.model()).hasSize(LONGEST_NAME);
		assertThat(response.id()).hasSize(LONGEST_NAME);
	}

	private static String withNames(String answer, String json) {
		return answer.replace("\"answer-1\"", json)
			.replace("\"model-1\"", json)
			.replace("\"stop\"", json)
			.replace("\"end_turn\"", json);
	}

	private void answer(HttpStatus status, String body) {
		this.exchange.answer(status, List.of(body.getBytes(StandardCharsets.UTF_8)));
	}

	private static void assertNames(ModelResponse response) {
		assertThat(Stream.of(response.model(), response.id(), response.requestId(), response.rawFinishReason(),
				response.toString()))
			.filteredOn(Objects::nonNull)
			.allSatisfy(OneLineContractTests::assertLine);
	}

	private static void assertFailure(ModelException failure) {
		assertThat(Stream.concat(Stream.of(failure.getMessage(), failure.getRequestId(), failure.toString()),
				failure.getDetails().values().stream().map(Object::toString)))
			.filteredOn(Objects::nonNull)
			.allSatisfy(OneLineContractTests::assertLine);
	}

	private static void assertLine(String line) {
		assertThat(line.chars())
			.noneMatch((character) -> Character.isISOControl(character) || character == 0x2028 || character == 0x202E);
	}

}
