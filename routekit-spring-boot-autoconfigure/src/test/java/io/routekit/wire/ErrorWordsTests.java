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

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import io.routekit.ChatRequest;
import io.routekit.Model;
import io.routekit.ModelException.Kind;
import io.routekit.completions.CompletionsDialect;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProtocol;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.TestHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ErrorWords} of a provider of the application.
 */
class ErrorWordsTests {

	private final RawServer server = new RawServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void codeOfItsOwnDecidesTheKind() {
		ErrorWords codes = ErrorWords.ofCodes(Map.of("OutOfCredits", Kind.QUOTA));
		this.server.reply(Script.json(400, "{\"error\":{\"code\":\"outofcredits\",\"message\":\"No\"}}"));
		assertThat(failureOf(model(new OwnProtocol(codes)).chat("Hi")).getKind()).isEqualTo(Kind.QUOTA);
		assertThat(failureOf(model(new OwnProtocol(ErrorWords.NONE)).chat("Hi")).getKind())
			.isEqualTo(Kind.INVALID_REQUEST);
	}

	@Test
	void codeOfAnotherProviderMeansNothing() {
		this.server.reply(Script.json(400, "{\"error\":{\"code\":\"billing_error\",\"message\":\"No\"}}"));
		assertThat(failureOf(model(new OwnProtocol(ErrorWords.NONE)).chat("Hi")).getKind())
			.isEqualTo(Kind.INVALID_REQUEST);
		assertThat(failureOf(model(completions(ErrorWords.NONE)).chat("Hi")).getKind()).isEqualTo(Kind.QUOTA);
	}

	@Test
	void compatibleServerCanHaveCodesOfItsOwn() {
		this.server.reply(Script.json(400, "{\"error\":{\"type\":\"insufficient_quota\",\"code\":\"slow\"}}"));
		assertThat(
				failureOf(model(completions(ErrorWords.ofCodes(Map.of("slow", Kind.RATE_LIMIT)))).chat("Hi")).getKind())
			.isEqualTo(Kind.RATE_LIMIT);
	}

	@Test
	void phraseOfItsOwnDecidesWhateverTheStatusIs() {
		ErrorWords words = ErrorWords.ofPhrases(Map.of("purse .. empty|exhausted", Kind.QUOTA));
		this.server.reply(Script.json(404, "{\"error\":\"The team's purse, sorry to say, is EMPTY. (42)\"}"));
		assertThat(failureOf(model(new OwnProtocol(words)).chat("Hi")).getKind()).isEqualTo(Kind.QUOTA);
		assertThat(failureOf(model(new OwnProtocol(ErrorWords.NONE)).chat("Hi")).getKind()).isEqualTo(Kind.NOT_FOUND);
	}

	@Test
	void wordsOfTheApplicationWin() {
		ErrorWords protocol = new ErrorWords(Map.of("slow", Kind.RATE_LIMIT), Map.of("queue full", Kind.OVERLOADED));
		ErrorWords application = new ErrorWords(Map.of("slow", Kind.QUOTA), Map.of("queue full", Kind.RATE_LIMIT));
		Model model = TestHttp.factory(Map.of("words", application))
			.model(TestHttp.provider("own"), TestHttp.settings().build())
			.name("m")
			.uri(this.server.url(), "/chat")
			.protocol(new OwnProtocol(protocol))
			.build();
		this.server.reply(Script.json(400, "{\"error\":{\"code\":\"slow\",\"message\":\"No\"}}"));
		assertThat(failureOf(model.chat("Hi")).getKind()).isEqualTo(Kind.QUOTA);
		this.server.reply(Script.json(400, "{\"error\":\"The queue is full\"}"));
		assertThat(failureOf(model.chat("Hi")).getKind()).isEqualTo(Kind.RATE_LIMIT);
	}

	@Test
	void firstOfSeveralPhrasesCounts() {
		Map<String, Kind> phrases = new LinkedHashMap<>();
		phrases.put("full", Kind.OVERLOADED);
		phrases.put("queue full", Kind.RATE_LIMIT);
		this.server.reply(Script.json(400, "{\"error\":\"The queue is full\"}"));
		assertThat(failureOf(model(new OwnProtocol(ErrorWords.ofPhrases(phrases))).chat("Hi")).getKind())
			.isEqualTo(Kind.OVERLOADED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "..", "the 42", "a|b", "one two|it" })
	void phraseHasWordsThatMatter(String phrase) {
		assertThatIllegalArgumentException().isThrownBy(() -> ErrorWords.ofPhrases(Map.of(phrase, Kind.QUOTA)))
			.withMessageContaining("matter");
	}

	private Model model(Protocol protocol) {
		return TestHttp.factory()
			.model(TestHttp.provider("own"), TestHttp.settings().build())
			.name("m")
			.uri(this.server.url(), "/chat")
			.protocol(protocol)
			.build();
	}

	private static CompletionsProtocol completions(ErrorWords codes) {
		return new CompletionsProtocol(
				CompletionsDialect.of(URI.create("https://llm.example.com"), null, null, new CompletionsProperties()),
				codes);
	}

	/**
	 * A wire format of the application.
	 *
	 * @param errorWords the codes that it declares
	 */
	private record OwnProtocol(ErrorWords errorWords) implements Protocol {

		@Override
		public byte[] write(ChatRequest request, boolean stream) {
			return completions(ErrorWords.NONE).write(request, stream);
		}

		@Override
		public ReplyReader read(Reply reply, KeptSize kept) {
			return completions(ErrorWords.NONE).read(reply, kept);
		}

	}

}
