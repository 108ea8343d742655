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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.routekit.ModelException.Kind;
import io.routekit.fake.FakeModel;
import io.routekit.fake.FakeResponse;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TypedAnswer}.
 */
class TypedAnswerTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String JSON = "{\"product\":\"bicycle\",\"price\":99.5}";

	private static final Offer OFFER = new Offer("bicycle", new BigDecimal("99.5"));

	private static final Tool TOOL = Tool.of("find", "Finds", "{\"type\":\"object\",\"properties\":{}}");

	private final FakeModel model = FakeModel.builder().build();

	@Test
	void answersWithAValue() {
		this.model.respondWith(JSON);

		assertThat(this.model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);
	}

	@Test
	void tellsTheSchemaInWordsWhereNoServerKeepsToIt() {
		this.model.respondWith(JSON);

		this.model.chat("Offer", Offer.class).block(LIMIT);

		ChatRequest request = this.model.requests().get(0);
		assertThat(request.options().responseFormat()).isNull();
		assertThat(request.messages()).hasSize(2);
		assertThat(request.messages().get(0)).isInstanceOf(SystemMessage.class);
		assertThat(request.messages().get(0).text()).startsWith("Answer with JSON alone")
			.endsWith(this.model.jsonTypes().of(Offer.class).schema());
		assertThat(request.messages().get(1)).isEqualTo(Message.user("Offer"));
	}

	@Test
	void leavesOneSystemMessage() {
		this.model.respondWith(JSON);

		this.model.chat(ChatRequest.of(List.of(Message.system("Be brief"), Message.user("Offer"))), Offer.class)
			.block(LIMIT);

		ChatRequest request = this.model.requests().get(0);
		assertThat(request.messages()).hasSize(2);
		assertThat(request.messages().get(0).text()).startsWith("Be brief\n\nAnswer with JSON alone");
	}

	@Test
	void leavesTheRestOfTheRequestAsItIs() {
		this.model.respondWith(JSON);
		ChatRequest request = ChatRequest.builder()
			.messages(Message.user("Offer"))
			.tools(TOOL)
			.options((options) -> options.temperature(0.5))
			.tag("feature", "offers")
			.build();

		this.model.chat(request, Offer.class).block(LIMIT);

		ChatRequest asked = this.model.requests().get(0);
		assertThat(asked.tools()).containsExactly(TOOL);
		assertThat(asked.options()).isEqualTo(request.options());
		assertThat(asked.tags()).isEqualTo(request.tags());
		assertThat(asked.messages().get(0).text()).startsWith("Call tools as you need them. Then answer with JSON");
	}

	@ParameterizedTest
	@ValueSource(strings = { "```json\n%s\n```", "```\n%s```", "Here you are:\n\n```json\n%s\n```\nEnjoy!",
			"```JSON\n%s", "  %s\n", "\n```json\n  %s\n  ```  " })
	void takesTheJsonOutOfABlockOfCode(String text) {
		this.model.respondWith(text.formatted(JSON));

		assertThat(this.model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);
		assertThat(this.model.requests()).hasSize(1);
	}

	@Test
	void leavesABlockOfCodeInAValueAsItIs() {
		this.model.respondWith("{\"product\":\"```\\nx\\n```\",\"price\":1}");

		assertThat(this.model.chat("Offer", Offer.class).block(LIMIT).product()).isEqualTo("```\nx\n```");
	}

	@Test
	void answersWithAList() {
		this.model.respondWith("{\"value\":[%s,%s]}".formatted(JSON, JSON));

		List<Offer> offers = this.model.chat(ChatRequest.of("Offer"), new ParameterizedTypeReference<List<Offer>>() {
		}).block(LIMIT);

		assertThat(offers).containsExactly(OFFER, OFFER);
	}

	@Test
	void answersWithOneOfSeveralForms() {
		this.model.respondWith("{\"value\":{\"kind\":\"circle\",\"radius\":2}}");

		assertThat(this.model.chat("Draw", Shape.class).block(LIMIT)).isEqualTo(new Circle(2));
	}

	@Test
	void answersWithAPlainValue() {
		this.model.respondWith("{\"value\":7}").respondWith("{\"value\":\"GREEN\"}");

		assertThat(this.model.chat("Count", Integer.class).block(LIMIT)).isEqualTo(7);
		assertThat(this.model.chat("Colour", Colour.class).block(LIMIT)).isEqualTo(Colour.GREEN);
	}

	@Test
	void sendsWhatDoesNotFitBackOnce() {
		this.model.respondWith("{\"product\":\"bicycle\",\"price\":\"cheap\"}").respondWith(JSON);

		assertThat(this.model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);

		List<Message> first = this.model.requests().get(0).messages();
		List<Message> second = this.model.requests().get(1).messages();
		assertThat(second.subList(0, first.size())).isEqualTo(first);
		assertThat(second.subList(first.size(), second.size())).hasSize(2);
		assertThat(second.get(first.size()))
			.isEqualTo(Message.assistant("{\"product\":\"bicycle\",\"price\":\"cheap\"}"));
		assertThat(second.get(first.size() + 1)).isInstanceOf(UserMessage.class)
			.extracting(Message::text)
			.asString()
			.contains("- price must be a number but was \"cheap\"\n");
	}

	@Test
	void sendsViolatedConstraintsBack() {
		this.model.respondWith("{\"product\":\"bicycle\",\"price\":-1}").respondWith(JSON);

		assertThat(this.model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);
		assertThat(this.model.requests().get(1).messages()).last()
			.extracting(Message::text)
			.asString()
			.contains("- price must be");
	}

	@Test
	void sendsNoEmptyAnswerBack() {
		this.model.respondWith(" ").respondWith(JSON);

		assertThat(this.model.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);
		assertThat(this.model.requests().get(1).messages()).hasSize(3)
			.noneMatch(AssistantMessage.class::isInstance)
			.last()
			.extracting(Message::text)
			.asString()
			.contains("- The JSON is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "I would rather not: secret", "{\"product\":\"secret", "{\"product\":\"secret\"} secret",
			"{\"product\":[\"secret\"],\"price\":\"secret\"}", "```json\n{\"secret\n```", "{\"price\":\"secret\"}",
			"[\"secret\"]", "\"secret\"" })
	void failsAfterTheSecondAnswerWithoutItsText(String answer) {
		this.model.respondWith("No").respondWith(answer);

		ModelException failure = failureOf(this.model.chat("Offer", Offer.class));

		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_RESPONSE);
		assertThat(failure).hasMessageStartingWith("The answer does not fit 'Offer': ")
			.message()
			.doesNotContain("secret");
		assertThat(failure.getProvider()).isEqualTo("fake");
		assertThat(failure.isRetryable()).isFalse();
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void failureTellsAllThatDidNotFit() {
		this.model.respondWith("No").respondWith("{\"price\":\"cheap\"}");

		assertThat(failureOf(this.model.chat("Offer", Offer.class))).hasMessage(
				"The answer does not fit 'Offer': product is missing and must be a text; " + "price must be a number");
	}

	@ParameterizedTest
	@MethodSource("incomplete")
	void doesNotSendBackWhatIsNoAnswer(FakeResponse answer, Kind kind, String message) {
		this.model.respondWith(answer);

		ModelException failure = failureOf(this.model.chat("Offer", Offer.class));

		assertThat(failure.getKind()).isEqualTo(kind);
		assertThat(failure.getMessage()).contains(message).doesNotContain("secret");
		assertThat(failure.getDetails()).containsKey("finishReason");
		assertThat(this.model.requests()).hasSize(1);
	}

	static Stream<Object[]> incomplete() {
		return Stream.of(
				new Object[] { FakeResponse.of(response(FinishReason.LENGTH)), Kind.INVALID_RESPONSE, "'maxTokens'" },
				new Object[] { FakeResponse.of(response(FinishReason.CONTENT_FILTERED)), Kind.CONTENT_FILTERED,
						"filter" },
				new Object[] { FakeResponse.of(response(FinishReason.REFUSAL)), Kind.CONTENT_FILTERED, "refused" },
				new Object[] { FakeResponse.refusal("secret"), Kind.CONTENT_FILTERED, "refused" }, new Object[] {
						FakeResponse.toolCall("find", "{\"a\":\"secret\"}"), Kind.INVALID_RESPONSE, "called tools" });
	}

	private static ModelResponse response(FinishReason reason) {
		return ModelResponse.builder().part(new TextPart("{\"product\":\"secret")).finishReason(reason).build();
	}

	@Test
	void failureOfTheModelIsThatOfTheAnswer() {
		this.model.respondWith("No").respondWith(FakeResponse.failure(Kind.OVERLOADED));

		assertThat(failureOf(this.model.chat("Offer", Offer.class)).getKind()).isEqualTo(Kind.OVERLOADED);
	}

	@Test
	void refusesARequestWithAFormatOfItsOwn() {
		ChatRequest request = ChatRequest.of("Offer")
			.withOptions(ChatOptions.builder().responseFormat(ResponseFormat.JSON_OBJECT).build());

		ModelException failure = failureOf(this.model.chat(request, Offer.class));

		assertThat(failure.getKind()).isEqualTo(Kind.INVALID_REQUEST);
		assertThat(failure).hasMessageContaining("'responseFormat'");
		assertThat(this.model.requests()).isEmpty();
	}

	@Test
	void typeThatIsNoJsonIsSignalled() {
		Mono<Thread> answer = this.model.chat("Offer", Thread.class);

		StepVerifier.create(answer).expectError(IllegalArgumentException.class).verify(LIMIT);
		assertThat(this.model.requests()).isEmpty();
	}

	@Test
	void isCold() {
		this.model.respondWith(JSON).respondWith(JSON);

		Mono<Offer> offer = this.model.chat("Offer", Offer.class);
		assertThat(this.model.requests()).isEmpty();

		assertThat(offer.block(LIMIT)).isEqualTo(offer.block(LIMIT));
		assertThat(this.model.requests()).hasSize(2);
	}

	@Test
	void cancelEndsTheCallThatIsUnderWay() {
		List<String> calls = new ArrayList<>();
		Model silent = (request) -> calls.isEmpty()
				? Mono.just(ModelResponse.of("No")).doFirst(() -> calls.add("first"))
				: Mono.<ModelResponse>never().doOnCancel(() -> calls.add("cancelled"));

		silent.chat("Offer", Offer.class).subscribe().dispose();

		assertThat(calls).containsExactly("first", "cancelled");
	}

	@Test
	void anyModelCanBeAsked() {
		Model custom = (request) -> Mono.just(ModelResponse.of(JSON));

		assertThat(custom.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);
	}

	@Test
	void streamsNothing() {
		Model custom = new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				return Mono.just(ModelResponse.of(JSON));
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request) {
				throw new IllegalStateException("Nobody asked for a stream");
			}

		};

		assertThat(custom.chat("Offer", Offer.class).block(LIMIT)).isEqualTo(OFFER);
	}

	@Test
	void whatAModelThrowsEndsTheCall() {
		Model broken = (request) -> {
			throw new IllegalStateException("Broken");
		};

		StepVerifier.create(broken.chat("Offer", Offer.class)).expectErrorMessage("Broken").verify(LIMIT);
	}

	@Test
	void bothCallsAreCallsOfTheModel() {
		WatchedCalls watched = new WatchedCalls();
		this.model.respondWith("No").respondWith(JSON);

		this.model.filter(watched.filter()).chat("Offer", Offer.class).block(LIMIT);

		assertThat(watched.ends()).hasSize(2);
	}

	@Test
	void nothingIsNoType() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.model.chat(ChatRequest.of("Hi"), (Class<?>) null))
			.withMessage("'type' must not be null");
	}

	private static ModelException failureOf(Mono<?> answer) {
		Throwable[] failure = new Throwable[1];
		StepVerifier.create(answer).consumeErrorWith((ex) -> failure[0] = ex).verify(LIMIT);
		assertThat(failure[0]).isInstanceOf(ModelException.class);
		return (ModelException) failure[0];
	}

	record Offer(String product, @Positive BigDecimal price) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	sealed interface Shape permits Circle, Square {

	}

	@JsonTypeName("circle")
	record Circle(int radius) implements Shape {

	}

	@JsonTypeName("square")
	record Square(int side) implements Shape {

	}

	enum Colour {

		RED, GREEN

	}

}
