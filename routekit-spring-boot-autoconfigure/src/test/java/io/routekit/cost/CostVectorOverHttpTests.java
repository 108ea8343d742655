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

package io.routekit.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;

import io.routekit.Cost;
import io.routekit.Model;
import io.routekit.ModelProvider;
import io.routekit.ProviderFacts;
import io.routekit.StreamEvent;
import io.routekit.Usage;
import io.routekit.anthropic.AnthropicModelProvider;
import io.routekit.azure.AzureOpenAiModelProvider;
import io.routekit.completions.CompletionsProperties;
import io.routekit.completions.CompletionsProperties.Api;
import io.routekit.cost.CostVectorTests.Vector;
import io.routekit.http.RawServer;
import io.routekit.http.RawServer.Script;
import io.routekit.http.TestHttp;
import io.routekit.openai.OpenAiModelProvider;
import io.routekit.secret.SecretRedactor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what calls cost whose answers come over HTTP, for vectors of the APIs that
 * RouteKit calls.
 */
class CostVectorOverHttpTests {

	private static final String RESPONSE = """
			{"id":"a","object":"response","created_at":1,"status":"completed","model":%s,"output":[\
			{"id":"m","type":"message","role":"assistant","status":"completed","content":[\
			{"type":"output_text","text":"x","annotations":[]}]}],"service_tier":%s,"usage":%s}""";

	/**
	 * OpenAI charges for a lifetime that its client does not know.
	 */
	private static final String UNKNOWN_TTL = "com.openai.errors.OpenAIInvalidDataException: Unknown Ttl: 12h";

	private static final JsonMapper mapper = new JsonMapper();

	private static final PriceCatalogue bundled = PriceCatalogue.bundled();

	static Stream<Vector> vectors() throws IOException {
		return CostVectorTests.vectorsOfAnswers().filter((vector) -> !vector.text("api").equals("embeddings"));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void costsWhatTheVectorSays(Vector vector) {
		try (RawServer server = server(Script.json(200, answer(vector)))) {
			assertCost(vector, filter(vector).chat(vector.request(), model(vector, server)).block(LIMIT).usage());
		}
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void costsTheSameAsAStream(Vector vector) {
		try (RawServer server = server(Script.events(stream(vector)))) {
			StreamEvent last = filter(vector).stream(vector.request(), model(vector, server)).blockLast(LIMIT);
			assertCost(vector, ((StreamEvent.Completed) last).response().usage());
		}
	}

	private static void assertCost(Vector vector, Usage usage) {
		Cost cost = usage.cost();
		BigDecimal expected = vector.expectedCost();
		if (expected == null) {
			assertThat(cost).isNull();
		}
		else {
			assertThat(cost).isNotNull();
			assertThat(cost.amount()).isEqualByComparingTo(expected);
		}
	}

	private static RawServer server(Script script) {
		return new RawServer().expectComplaint(UNKNOWN_TTL).reply(script);
	}

	private static PricingFilter filter(Vector vector) {
		return new PricingFilter(new CatalogueCostCalculator(bundled.and(vector.userPrices())), vector.deployments(),
				new SecretRedactor(), Clock.fixed(vector.call().time(), ZoneOffset.UTC));
	}

	// The server is none of those whose prices are known by their address
	private static Model model(Vector vector, RawServer server) {
		CompletionsProperties openAi = new CompletionsProperties();
		openAi.setApi(vector.text("api").equals("responses") ? Api.RESPONSES : Api.CHAT_COMPLETIONS);
		Model model = provider(vector).create(TestHttp.settings(openAi)
			.baseUrl(server.url())
			.apiKey("k")
			.model(Objects.requireNonNullElse(vector.deployment(), vector.text("model")))
			.build());
		return ProviderFacts.of(model)
			.mutate()
			.priceProvider(vector.text("provider"))
			.regional(vector.call().regional())
			.build()
			.describe(model);
	}

	private static ModelProvider provider(Vector vector) {
		if (isMessage(vector)) {
			return new AnthropicModelProvider(TestHttp.factory());
		}
		return (vector.deployment() != null) ? new AzureOpenAiModelProvider(TestHttp.factory(), null)
				: new OpenAiModelProvider(TestHttp.factory());
	}

	private static boolean isMessage(Vector vector) {
		return vector.text("api").startsWith("messages");
	}

	private static String answer(Vector vector) {
		String template = switch (vector.text("api")) {
			case "chat.completions" -> """
					{"id":"a","object":"chat.completion","created":1,"model":%s,"choices":[{"index":0,\
					"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}],\
					"service_tier":%s,"usage":%s}""";
			case "responses" -> RESPONSE;
			default -> """
					{"id":"a","type":"message","role":"assistant","model":%1$s,"content":[{"type":"text","text":"x"}],\
					"stop_reason":"end_turn","stop_sequence":null,"usage":%3$s}""";
		};
		return fill(template, vector);
	}

	private static String stream(Vector vector) {
		String template = switch (vector.text("api")) {
			case "chat.completions" -> """
					data: {"id":"a","object":"chat.completion.chunk","created":1,"model":%1$s,"choices":[{"index":0,\
					"delta":{"role":"assistant","content":"x"},"finish_reason":"stop"}],"service_tier":%2$s}

					data: {"id":"a","object":"chat.completion.chunk","created":1,"model":%1$s,"choices":[],\
					"service_tier":%2$s,"usage":%3$s}

					data: [DONE]

					""";
			case "responses" -> """
					event: response.completed
					data: {"type":"response.completed","sequence_number":0,"response":""" + RESPONSE + "}\n\n";
			default -> """
					event: message_start
					data: {"type":"message_start","message":{"id":"a","type":"message","role":"assistant","model":%1$s,\
					"content":[],"stop_reason":null,"stop_sequence":null,"usage":%3$s}}

					event: content_block_start
					data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"x"}}

					event: content_block_stop
					data: {"type":"content_block_stop","index":0}

					event: message_delta
					data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":%3$s}

					event: message_stop
					data: {"type":"message_stop"}

					""";
		};
		return fill(template, vector);
	}

	private static String fill(String template, Vector vector) {
		return template.formatted(vector.json().path("model"), mapper.writeValueAsString(vector.serviceTier()),
				vector.json().path("usage"));
	}

}
