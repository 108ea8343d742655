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

import io.routekit.AnswerFormat;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.JsonType;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException.Kind;
import io.routekit.ModelSettings;
import io.routekit.Tool;
import io.routekit.WatchedCalls;
import io.routekit.http.RawServer.Request;
import io.routekit.http.RawServer.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.routekit.http.TestCalls.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for answers of a type, which each provider is asked for in its own form.
 */
@ParameterizedClass
@EnumSource
class TypedAnswerContractTests {

	private static final JsonMapper mapper = new JsonMapper();

	private static final String JSON = "{\\\"product\\\":\\\"bicycle\\\",\\\"price\\\":99}";

	private static final Offer OFFER = new Offer("bicycle", 99);

	private static final Tool TOOL = Tool.of("find", "Finds", "{\"type\":\"object\",\"properties\":{}}");

	private final RawServer server = new RawServer();

	private final WireProvider provider;

	TypedAnswerContractTests(WireProvider provider) {
		this.provider = provider;
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void asksForTheStrictSchemaInTheFormOfTheApi() {
		Model model = model();
		reply(JSON);

		assertThat(model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);

		JsonType<Offer> type = model.jsonTypes().of(Offer.class);
		JsonNode body = this.server.request().json();
		assertThat(schema(body)).isEqualTo(mapper.readTree(type.strictSchema()));
		assertThat(strict(body)).isTrue();
		assertThat(this.provider.messages(body)).hasSize(1);
	}

	@Test
	void asksForTheSchemaBesideTools() {
		Model model = model();
		reply(JSON);

		model.chat(withTool(), Offer.class).block(LIMIT);

		JsonNode body = this.server.request().json();
		assertThat(schema(body).isObject()).isTrue();
		assertThat(body.path("tools")).hasSize(1);
	}

	@Test
	void asksForWhatNoStrictSchemaSaysAsTheApiTakesIt() {
		Model model = model();
		reply("{\\\"value\\\":{\\\"a\\\":1}}");
		ChatRequest request = ChatRequest.of("Count");

		assertThat(model.chat(request, Counts.class).block(LIMIT).value()).isEqualTo(Map.of("a", 1));

		JsonNode body = this.server.request().json();
		if (this.provider == WireProvider.ANTHROPIC) {
			// The API takes strict schemas alone
			assertThat(body.has("output_config")).isFalse();
			assertThat(body.path("system").toString()).contains("JSON Schema");
		}
		else {
			assertThat(schema(body)).isEqualTo(mapper.readTree(model.jsonTypes().of(Counts.class).schema()));
			assertThat(strict(body)).isFalse();
		}
	}

	@Test
	void sendsWhatDoesNotFitBackWithTheSchema() {
		Model model = model();
		reply("{\\\"product\\\":\\\"bicycle\\\"}");
		reply(JSON);

		assertThat(model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);

		JsonNode first = this.server.requests().get(0).json();
		JsonNode second = this.server.requests().get(1).json();
		assertThat(schema(second)).isEqualTo(schema(first));
		assertThat(this.provider.messages(second)).hasSize(3);
		assertThat(this.provider.messages(second).get(2).toString()).contains("price is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Invalid parameter: 'response_format' of type 'json_schema' is not supported",
			"output_config: Extra inputs are not permitted", "The compiled grammar is too large",
			"This model does not support response format", "Invalid value: text.format" })
	void asksInWordsWhenTheServerRefusesTheSchema(String message) {
		Model model = model();
		refuse(message);
		reply(JSON);

		assertThat(model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);

		assertThat(this.server.requests()).hasSize(2);
		assertInWords(this.server.requests().get(1));
	}

	@Test
	void remembersTheSchemasThatTheServerRefuses() {
		Model model = model();
		refuse("The compiled grammar is too large");
		reply(JSON);
		model.chat("Offer", Offer.class).block(LIMIT);
		reply(JSON);
		reply("{\\\"name\\\":\\\"a\\\"}");

		model.chat("Offer", Offer.class).block(LIMIT);
		model.chat("Name", Name.class).block(LIMIT);

		List<Request> requests = this.server.requests();
		assertThat(requests).hasSize(4);
		assertInWords(requests.get(2));
		assertThat(schema(requests.get(3).json()).isObject()).as("Another type").isTrue();
	}

	@Test
	void remembersTheSchemasThatTheServerRefusesForOneModelAlone() {
		// A deployment is one model
		boolean fixed = this.provider == WireProvider.AZURE_DEPLOYMENTS;
		ChatOptions another = ChatOptions.builder().model(fixed ? null : "claude-opus-5-5").build();
		Model model = model();
		refuse("The compiled grammar is too large");
		reply(JSON);
		model.chat("Offer", Offer.class).block(LIMIT);
		reply(JSON);

		model.chat(ChatRequest.of("Offer").withOptions(another), Offer.class).block(LIMIT);

		Request request = this.server.requests().get(2);
		if (fixed) {
			assertInWords(request);
		}
		else {
			assertThat(schema(request.json()).isObject()).isTrue();
		}
	}

	@Test
	void remembersNothingIfTheSchemaWasNotTheReason() {
		Model model = model();
		refuse("The grammar of the prompt is wrong");
		refuse("The grammar of the prompt is wrong");
		assertThat(TestCalls.failureOf(model.chat("Offer", Offer.class)).getKind()).isEqualTo(Kind.INVALID_REQUEST);
		reply(JSON);

		model.chat("Offer", Offer.class).block(LIMIT);

		assertThat(schema(this.server.requests().get(2).json()).isObject()).isTrue();
	}

	@Test
	void asksOnceWhenTheServerRefusesSomethingElse() {
		Model model = model();
		refuse("The image is too large");

		assertThat(TestCalls.failureOf(model.chat("Offer", Offer.class)).getKind()).isEqualTo(Kind.INVALID_REQUEST);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void streamAsksInWordsWhenTheServerRefusesTheSchema() {
		Model model = AnswerFormat.of(model().jsonTypes().of(Offer.class)).applyTo(model());
		refuse("The compiled grammar is too large");
		this.server.reply(Script.events(this.provider.stream(JSON)));

		assertThat(TestCalls.textOf(TestCalls.eventsOf(model.stream("Offer")))).contains("bicycle");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void eachRequestIsACallOfTheModel() {
		WatchedCalls watched = new WatchedCalls();
		Model model = model().filter(watched.filter());
		reply("No");
		reply(JSON);

		model.chat("Offer", Offer.class).block(LIMIT);

		assertThat(watched.ends()).hasSize(2)
			.allSatisfy((end) -> assertThat(end.response().usage().totalTokens()).isEqualTo(11));
	}

	private Model model() {
		ModelSettings.Builder settings = this.provider.settings(this.server);
		settings.model((this.provider == WireProvider.ANTHROPIC) ? "claude-sonnet-5-5" : "m");
		return this.provider.model(settings);
	}

	private static ChatRequest withTool() {
		return ChatRequest.builder().messages(Message.user("Offer")).tools(TOOL).build();
	}

	private void reply(String json) {
		this.server.reply(Script.json(200, this.provider.answer(json)));
	}

	private void refuse(String message) {
		this.server.reply(Script.json(400, this.provider.error(400, message)));
	}

	private JsonNode schema(JsonNode body) {
		return switch (this.provider) {
			case RESPONSES -> body.at("/text/format/schema");
			case ANTHROPIC -> body.at("/output_config/format/schema");
			default -> body.at("/response_format/json_schema/schema");
		};
	}

	private boolean strict(JsonNode body) {
		return switch (this.provider) {
			case RESPONSES -> body.at("/text/format/strict").booleanValue();
			case ANTHROPIC -> body.at("/output_config/format/type").stringValue().equals("json_schema");
			default -> body.at("/response_format/json_schema/strict").booleanValue();
		};
	}

	private void assertInWords(Request request) {
		assertThat(schema(request.json()).isMissingNode()).isTrue();
		assertThat(request.body()).contains("Answer with JSON alone");
	}

	record Offer(String product, int price) {

	}

	record Counts(Map<String, Integer> value) {

	}

	record Name(String name) {

	}

}
