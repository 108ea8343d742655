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

import static io.routekit.http.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorCodes} of a provider of the application.
 */
class ErrorCodesTests {

	private final RawServer server = new RawServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void codeOfItsOwnDecidesTheKind() {
		ErrorCodes codes = new ErrorCodes(Map.of("OutOfCredits", Kind.QUOTA));
		this.server.reply(Script.json(400, "{\"error\":{\"code\":\"outofcredits\",\"message\":\"No\"}}"));
		assertThat(failureOf(model(new OwnProtocol(codes)).chat("Hi")).getKind()).isEqualTo(Kind.QUOTA);
		assertThat(failureOf(model(new OwnProtocol(ErrorCodes.NONE)).chat("Hi")).getKind())
			.isEqualTo(Kind.INVALID_REQUEST);
	}

	@Test
	void codeOfAnotherProviderMeansNothing() {
		this.server.reply(Script.json(400, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"No\"}}"));
		assertThat(failureOf(model(new OwnProtocol(ErrorCodes.NONE)).chat("Hi")).getKind())
			.isEqualTo(Kind.INVALID_REQUEST);
		assertThat(failureOf(model(completions(ErrorCodes.NONE)).chat("Hi")).getKind()).isEqualTo(Kind.QUOTA);
	}

	@Test
	void compatibleServerCanHaveCodesOfItsOwn() {
		this.server.reply(Script.json(400, "{\"error\":{\"type\":\"insufficient_quota\",\"code\":\"slow\"}}"));
		assertThat(failureOf(model(completions(new ErrorCodes(Map.of("slow", Kind.RATE_LIMIT)))).chat("Hi")).getKind())
			.isEqualTo(Kind.RATE_LIMIT);
	}

	private Model model(Protocol protocol) {
		return TestHttp.factory()
			.model(TestHttp.provider("own"), TestHttp.settings().build())
			.name("m")
			.uri(this.server.url(), "/chat")
			.protocol(protocol)
			.build();
	}

	private static CompletionsProtocol completions(ErrorCodes codes) {
		return new CompletionsProtocol(
				CompletionsDialect.of(URI.create("https://llm.example.com"), null, null, new CompletionsProperties()),
				codes);
	}

	/**
	 * A wire format of the application.
	 *
	 * @param errorCodes the codes that it declares
	 */
	private record OwnProtocol(ErrorCodes errorCodes) implements Protocol {

		@Override
		public byte[] write(ChatRequest request, boolean stream) {
			return completions(ErrorCodes.NONE).write(request, stream);
		}

		@Override
		public ReplyReader read(Reply reply, KeptSize kept) {
			return completions(ErrorCodes.NONE).read(reply, kept);
		}

	}

}
