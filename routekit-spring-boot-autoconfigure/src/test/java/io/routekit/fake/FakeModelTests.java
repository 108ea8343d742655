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

package io.routekit.fake;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.routekit.AssistantMessage;
import io.routekit.ChatOptions;
import io.routekit.ChatRequest;
import io.routekit.FinishReason;
import io.routekit.Message;
import io.routekit.Model;
import io.routekit.ModelException;
import io.routekit.ModelException.Kind;
import io.routekit.ModelResponse;
import io.routekit.Reasoning;
import io.routekit.StreamEvent;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.Usage;
import io.routekit.WatchedCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FakeModel}.
 */
class FakeModelTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Test
	void answersInTheOrderOfTheScript() {
		FakeModel model = FakeModel.of("one", "two");

		assertThat(contents(model, 2)).containsExactly("one", "two");
	}

	@Test
	void repeatsTheLastAnswerWhenToldTo() {
		FakeModel model = FakeModel.builder()
			.respondWith("one", "two")
			.whenExhausted(WhenExhausted.REPEAT_LAST)
			.build();

		assertThat(contents(model, 4)).containsExactly("one", "two", "two", "two");
	}

	@Test
	void tellsTheTokensOfThePromptBeforeAStreamIsComplete() {
		WatchedCalls watched = new WatchedCalls();
		FakeModel model = FakeModel.builder()
			.respondWith(FakeResponse.text("one two").withUsage(Usage.of(7, 3)))
			.build();

		model.filter(watched.filter()).stream("Hi").blockFirst(TIMEOUT);

		assertThat(watched.known().usage().promptTokens()).isEqualTo(7);
		assertThat(watched.known().usage().completionTokens()).isNull();
	}

	@Test
	void cyclesWhenToldTo() {
		FakeModel model = FakeModel.builder().respondWith("one", "two").whenExhausted(WhenExhausted.CYCLE).build();

		assertThat(contents(model, 5)).containsExactly("one", "two", "one", "two", "one");
	}

	@Test
	void echoesWhenToldTo() {
		FakeModel model = FakeModel.builder().respondWith("one").whenExhausted(WhenExhausted.ECHO).build();

		assertThat(contents(model, 2)).containsExactly("one", "Hi");
	}

	@Test
	void failsByDefaultAndTellsWhichCallHasNoAnswer() {
		FakeModel model = FakeModel.of("one", "two");
		contents(model, 2);

		StepVerifier.create(model.chat("What about " + "this? ".repeat(30))).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(ModelException.class)
				.hasMessageStartingWith("The fake model has no answer to call 3, which asked “What about this? this?")
				.hasMessageContaining("…”: all its 2 are given.")
				.hasMessageContaining("FakeModel.respondWith")
				.hasMessageContaining("routekit.provider.fake.when-exhausted")
				.hasMessageNotContaining("this? ".repeat(20));
			assertThat(((ModelException) ex).getKind()).isEqualTo(Kind.INVALID_REQUEST);
			assertThat(((ModelException) ex).isRetryable()).isFalse();
		}).verify(TIMEOUT);
	}

	@Test
	void failsWithoutAScriptOnceAnAnswerWasGivenOrIfToldTo() {
		FakeModel unscripted = FakeModel.builder().build().respondWith("one");
		FakeModel strict = FakeModel.builder().whenExhausted(WhenExhausted.FAIL).build();
		contents(unscripted, 1);

		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> unscripted.chat("Hi").block(TIMEOUT))
			.withMessageContaining("its only one is given");
		assertThatExceptionOfType(ModelException.class).isThrownBy(() -> strict.chat("Hi").block(TIMEOUT))
			.withMessageContaining("it has none");
	}

	@Test
	void knowsHowManyAnswersRemain() {
		FakeModel model = FakeModel.of("one", "two").respondWith("zero");
		assertThat(model.remainingResponses()).isEqualTo(3);

		contents(model, 2);

		assertThat(model.remainingResponses()).isOne();
	}

	@Test
	void noAnswerRemainsOfAScriptThatStartsAgain() {
		FakeModel model = FakeModel.builder().respondWith("one", "two").whenExhausted(WhenExhausted.CYCLE).build();

		contents(model, 3);

		assertThat(model.remainingResponses()).isZero();
		model.reset();
		assertThat(model.remainingResponses()).isEqualTo(2);
	}

	@Test
	void failsAfterSomeEvents() {
		ModelException failure = FakeResponse.failureOf(Kind.OVERLOADED, "Busy").build();
		FakeModel model = FakeModel.builder()
			.respondWith(FakeResponse.text("one two three").failAfter(2, failure),
					FakeResponse.text("one two three").cutAfter(1), FakeResponse.text("one").failAfter(5, failure))
			.build();

		StepVerifier.create(model.stream("Hi").transform(StreamEvent::text))
			.expectNext("one", " two")
			.expectErrorMatches(failure::equals)
			.verify(TIMEOUT);
		StepVerifier.create(model.stream("Hi").transform(StreamEvent::text))
			.expectNext("one")
			.expectErrorMatches((ex) -> ((ModelException) ex).getKind() == Kind.NETWORK)
			.verify(TIMEOUT);
		StepVerifier.create(model.stream("Hi").transform(StreamEvent::text))
			.expectNext("one")
			.expectErrorMatches(failure::equals)
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@CsvSource({ "RATE_LIMIT,429", "AUTHENTICATION,401", "SERVER,500", "OVERLOADED,", "NETWORK,", "TIMEOUT," })
	void failureHasTheStatusThatIsUsual(Kind kind, Integer status) {
		assertThat(FakeResponse.failureOf(kind, "x").build().getStatus()).isEqualTo(status);
	}

	@Test
	void refusesToAnswer() {
		ModelResponse response = response(FakeModel.builder().respondWith(FakeResponse.refusal("I must not")).build(),
				ChatRequest.of("Hi"));

		assertThat(response.refusal()).isEqualTo("I must not");
		assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
	}

	@Test
	void answerCanHaveAPaceOfItsOwn() {
		StepVerifier
			.withVirtualTime(() -> FakeModel.builder()
				.respondWith(FakeResponse.text("one two").withEventDelay(Duration.ofSeconds(7)))
				.delay(Duration.ofSeconds(1))
				.build()
				.stream("Hi")
				.transform(StreamEvent::text))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(7))
			.expectNext("one")
			.expectNoEvent(Duration.ofSeconds(7))
			.expectNext(" two")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void takesAnAnswerAtEachSubscriptionAndNoneBefore() {
		FakeModel model = FakeModel.of("one", "two");
		Mono<String> answer = model.chat("Hi").map(ModelResponse::content);
		assertThat(model.requests()).isEmpty();

		StepVerifier.create(answer.concatWith(answer)).expectNext("one", "two").expectComplete().verify(TIMEOUT);

		assertThat(model.requests()).hasSize(2);
	}

	@Test
	void fillsInWhatAResponseHas() {
		ModelResponse response = response(FakeModel.of("Hello you"), ChatRequest.of("How are you?"));

		assertThat(response.provider()).isEqualTo("fake");
		assertThat(response.model()).isEqualTo("fake-model");
		assertThat(response.id()).isEqualTo("fake-1");
		assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
	}

	@Test
	void estimatesFourCharactersAToken() {
		Usage usage = response(FakeModel.of("Hello you"), ChatRequest.of("How are you?")).usage();

		assertThat(usage).isNotNull();
		assertThat(usage.promptTokens()).isEqualTo(3);
		assertThat(usage.completionTokens()).isEqualTo(3);
		assertThat(usage.totalTokens()).isEqualTo(6);
		assertThat(usage.reasoningTokens()).isZero();
		assertThat(usage.cost()).isNull();
	}

	@Test
	void countsReasoningAsPartOfTheCompletion() {
		FakeModel model = FakeModel.builder()
			.respondWith(FakeResponse.reasoning("Twelve chars").thenText("Four"))
			.build();

		Usage usage = response(model, ChatRequest.of("Hi")).usage();

		assertThat(usage).isNotNull();
		assertThat(usage.reasoningTokens()).isEqualTo(3);
		assertThat(usage.completionTokens()).isEqualTo(4);
	}

	@Test
	void scriptedUsageWinsAndMayBeUnknown() {
		FakeModel model = FakeModel.builder()
			.respondWith(FakeResponse.text("one").withUsage(Usage.of(100, 20)),
					FakeResponse.text("two").withUsage(null))
			.build();

		assertThat(response(model, ChatRequest.of("Hi")).usage()).isEqualTo(Usage.of(100, 20));
		assertThat(response(model, ChatRequest.of("Hi")).usage()).isNull();
	}

	@Test
	void givesAWholeResponseAsItIs() {
		ModelResponse scripted = ModelResponse.builder().refusal("No").finishReason(FinishReason.REFUSAL).build();
		FakeModel model = FakeModel.builder().respondWith(FakeResponse.of(scripted)).build();

		ModelResponse response = response(model, ChatRequest.of("Hi"));

		assertThat(response.refusal()).isEqualTo("No");
		assertThat(response.finishReason()).isEqualTo(FinishReason.REFUSAL);
		assertThat(response.usage()).isNull();
		assertThat(response.content()).isEmpty();
	}

	@Test
	void callsToolsWithIdsThatAreUniqueInTheConversation() {
		FakeModel model = FakeModel.builder()
			.respondWith(FakeResponse.toolCall("weather", "{\"city\":\"Oslo\"}").thenToolCall("time", ""))
			.whenExhausted(WhenExhausted.REPEAT_LAST)
			.build();

		ModelResponse first = response(model, ChatRequest.of("Hi"));
		ModelResponse second = response(model,
				ChatRequest.of(List.of(Message.user("Hi"), first.toMessage(), Message.tool("call_1", "4 °C"))));

		assertThat(first.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		assertThat(first.toolCalls()).extracting("id").containsExactly("call_1", "call_2");
		assertThat(first.toolCalls()).extracting("arguments").containsExactly("{\"city\":\"Oslo\"}", "{}");
		assertThat(second.toolCalls()).extracting("id").containsExactly("call_3", "call_4");
	}

	@Test
	void toolArgumentsThatAreNoJsonAreFlagged() {
		FakeModel model = FakeModel.builder().respondWith(FakeResponse.toolCall("weather", "{\"city\":")).build();

		assertThat(response(model, ChatRequest.of("Hi")).toolCalls()).singleElement()
			.satisfies((call) -> assertThat(call.complete()).isFalse());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Hello  world,\n\n\tthis  is it. ", " ", "\n", "日本語のテキスト", "a 😀 b" })
	void streamsTextWordByWordWithItsWhiteSpace(String text) {
		StepVerifier.create(FakeModel.of(text).stream("Hi").transform(StreamEvent::text).collectList())
			.assertNext((pieces) -> {
				assertThat(String.join("", pieces)).isEqualTo(text);
				assertThat(pieces).allMatch((piece) -> !piece.isEmpty());
			})
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void streamsAWordAtATime() {
		StepVerifier.create(FakeModel.of("Hello  world\n").stream("Hi").transform(StreamEvent::text))
			.expectNext("Hello", "  world", "\n")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void streamsPiecesOfTheChosenSizeWithoutBreakingCharacters() {
		FakeModel model = FakeModel.builder().respondWith("ab😀cd").chunkSize(3).build();

		StepVerifier.create(model.stream("Hi").transform(StreamEvent::text))
			.expectNext("ab😀", "cd")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void streamEndsWithTheResponseThatChatGives() {
		FakeResponse scripted = FakeResponse.reasoning("Think")
			.thenText("Hi you")
			.thenToolCall("weather", "{\"a\": 1}");
		ModelResponse chat = response(FakeModel.builder().respondWith(scripted).build(), ChatRequest.of("Hi"));

		StepVerifier.create(FakeModel.builder().respondWith(scripted).build().stream("Hi"))
			.expectNext(new StreamEvent.Reasoning("Think"), new StreamEvent.Text("Hi"), new StreamEvent.Text(" you"),
					new StreamEvent.ToolCallStart(0, "call_1", "weather"),
					new StreamEvent.ToolCallArguments(0, "{\"a\":"), new StreamEvent.ToolCallArguments(0, " 1}"),
					new StreamEvent.ToolCallComplete(0, chat.toolCalls().get(0)))
			.assertNext((event) -> assertThat(event).isInstanceOfSatisfying(StreamEvent.Completed.class,
					(completed) -> assertThat(completed.response()).usingRecursiveComparison().isEqualTo(chat)))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void streamGivesNoMoreThanIsAskedFor() {
		StepVerifier.create(FakeModel.of("one two three").stream("Hi"), 2)
			.expectNext(new StreamEvent.Text("one"), new StreamEvent.Text(" two"))
			.thenRequest(1)
			.expectNext(new StreamEvent.Text(" three"))
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void streamWaitsBeforeEachPiece() {
		StepVerifier
			.withVirtualTime(() -> FakeModel.builder()
				.respondWith("one two")
				.delay(Duration.ofSeconds(30))
				.build()
				.stream("Hi")
				.transform(StreamEvent::text))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(30))
			.expectNext("one")
			.expectNoEvent(Duration.ofSeconds(30))
			.expectNext(" two")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void answerWaitsForItsDelay() {
		FakeResponse slow = FakeResponse.text("one").withDelay(Duration.ofMinutes(1));

		StepVerifier
			.withVirtualTime(() -> FakeModel.builder().respondWith(slow).build().chat("Hi").map(ModelResponse::content))
			.expectSubscription()
			.expectNoEvent(Duration.ofMinutes(1))
			.expectNext("one")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void cancelStopsADelayedStream() {
		StepVerifier
			.withVirtualTime(() -> FakeModel.builder()
				.respondWith("one two three")
				.delay(Duration.ofSeconds(1))
				.build()
				.stream("Hi"))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext(new StreamEvent.Text("one"))
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void failureInMidStreamComesAfterThePieces() {
		ModelException failure = ModelException.of(Kind.NETWORK, "The connection broke");
		FakeModel model = FakeModel.builder().respondWith(FakeResponse.text("one two").thenFail(failure)).build();

		StepVerifier.create(model.stream("Hi"))
			.expectNext(new StreamEvent.Text("one"), new StreamEvent.Text(" two"))
			.expectErrorMatches(failure::equals)
			.verify(TIMEOUT);
	}

	@Test
	void failureInMidStreamDoesNotOvertakeDelayedPieces() {
		ModelException failure = ModelException.of(Kind.NETWORK, "The connection broke");

		StepVerifier
			.withVirtualTime(() -> FakeModel.builder()
				.respondWith(FakeResponse.text("one two").thenFail(failure))
				.delay(Duration.ofSeconds(1))
				.build()
				.stream("Hi"))
			.thenAwait(Duration.ofSeconds(2))
			.expectNext(new StreamEvent.Text("one"), new StreamEvent.Text(" two"))
			.expectErrorMatches(failure::equals)
			.verify(TIMEOUT);
	}

	@Test
	void failsAChatAsScripted() {
		FakeModel model = FakeModel.builder().respondWith(FakeResponse.failure(Kind.RATE_LIMIT)).build();

		StepVerifier.create(model.chat("Hi"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ModelException.class, (failure) -> {
				assertThat(failure.getKind()).isEqualTo(Kind.RATE_LIMIT);
				assertThat(failure.getProvider()).isEqualTo("fake");
			}))
			.verify(TIMEOUT);
	}

	@Test
	void rulesAnswerBeforeTheScriptAndDoNotUseItUp() {
		FakeModel model = FakeModel.builder()
			.when((request) -> request.messages().get(0).text().contains("weather"))
			.respondWith("Sunny", "Rainy")
			.respondWith("one", "two")
			.build();

		assertThat(contents(model, "Hi", "The weather?", "Hi", "weather", "weather")).containsExactly("one", "Sunny",
				"two", "Rainy", "Rainy");
	}

	@Test
	void functionAnswersEveryCallWhenItIsTheLastAnswer() {
		FakeModel model = FakeModel.builder()
			.respondWith((request) -> FakeResponse.text(request.messages().get(0).text().toUpperCase(Locale.ROOT)))
			.build();

		assertThat(contents(model, "one", "two")).containsExactly("ONE", "TWO");
	}

	@Test
	void answersAddedAtRunTimeComeFirstAndOnce() {
		FakeModel model = FakeModel.builder()
			.when((request) -> request.messages().get(0).text().equals("rule"))
			.respondWith("by rule")
			.respondWith("one", "two")
			.build();
		model.respondWith("now").respondWith(FakeResponse.text("and then"));

		assertThat(contents(model, "rule", "Hi", "rule", "Hi", "Hi")).containsExactly("now", "and then", "by rule",
				"one", "two");
	}

	@Test
	void rulesAddedAtRunTimeGoBeforeOthers() {
		FakeModel model = FakeModel.builder().when((request) -> true).respondWith("built").build();

		model.when((request) -> request.messages().get(0).text().equals("Hi")).respondWith("added");

		assertThat(contents(model, "Hi", "Ho")).containsExactly("added", "built");
	}

	@Test
	void ruleForTheResultOfAToolLooksAtTheLastResultsOnly() {
		FakeModel model = FakeModel.builder()
			.whenResultOf("find_order")
			.respondWith("It is shipped")
			.respondWith("first", "second", "third")
			.build();
		model.whenResultOf("cancel_order").respondWith("It is cancelled");
		List<Message> found = List.of(Message.user("7?"),
				Message.assistant(ToolCall.of("c1", "list_orders", "{}"), ToolCall.of("c2", "find_order", "{}")),
				Message.tool("c1", "7, 8"), Message.tool("c2", "7"));
		List<Message> cancelled = Stream
			.concat(found.stream(),
					Stream.of(Message.assistant(ToolCall.of("c3", "cancel_order", "{}")), Message.tool("c3", "done")))
			.toList();

		assertThat(contents(model, "7?")).containsExactly("first");
		assertThat(model.chat(found.subList(0, 3)).block(TIMEOUT).content()).isEqualTo("second");
		assertThat(model.chat(found).block(TIMEOUT).content()).isEqualTo("It is shipped");
		assertThat(model.chat(cancelled).block(TIMEOUT).content()).isEqualTo("It is cancelled");
	}

	@Test
	void resetReturnsToTheBeginning() {
		FakeModel model = FakeModel.of("one", "two");
		model.when((request) -> true).respondWith("added");
		contents(model, 1);
		model.respondWith("left over");

		model.reset();

		assertThat(model.requests()).isEmpty();
		assertThat(contents(model, 2)).containsExactly("one", "two");
	}

	@Test
	void recordsRequestsOfBothKinds() {
		FakeModel model = FakeModel.of("one", "two");
		ChatRequest chat = ChatRequest.of("first");
		ChatRequest stream = ChatRequest.of("second");

		model.chat(chat)
			.thenMany(model.stream(stream))
			.as(StepVerifier::create)
			.thenConsumeWhile((event) -> true)
			.expectComplete()
			.verify(TIMEOUT);

		assertThat(model.requests()).containsExactly(chat, stream);
		assertThat(model.lastRequest()).isSameAs(stream);
	}

	@Test
	void lastRequestNeedsARequest() {
		assertThatIllegalStateException().isThrownBy(() -> FakeModel.of("one").lastRequest())
			.withMessage("The fake model got no request");
	}

	@Test
	void forgetsTheOldestRequests() {
		FakeModel model = FakeModel.of();
		contents(model, FakeRequests.LIMIT);
		contents(model, "the last one");

		assertThat(model.requests()).hasSize(FakeRequests.LIMIT);
		assertThat(model.lastRequest().messages().get(0).text()).isEqualTo("the last one");
	}

	@Test
	void defaultOptionsCompleteARequest() {
		FakeModel model = FakeModel.builder().options(ChatOptions.builder().temperature(0.5).build()).build();

		ModelResponse response = response(model,
				ChatRequest.builder()
					.messages(Message.user("Hi"))
					.options((options) -> options.model("other"))
					.build());

		assertThat(model.lastRequest().options().temperature()).isEqualTo(0.5);
		assertThat(response.model()).isEqualTo("other");
	}

	@Test
	void givesEachAnswerOnceToManyThreads() {
		String[] answers = Flux.range(0, 200).map(String::valueOf).collectList().block(TIMEOUT).toArray(String[]::new);
		FakeModel model = FakeModel.builder().respondWith(answers).whenExhausted(WhenExhausted.FAIL).build();

		StepVerifier
			.create(Flux.range(0, 200)
				.flatMap((index) -> model.chat("Hi").subscribeOn(Schedulers.parallel()), 50)
				.map(ModelResponse::content)
				.collectList())
			.assertNext((contents) -> assertThat(contents).containsExactlyInAnyOrder(answers))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void improvisesWithoutAScript() {
		FakeModel model = FakeModel.of();

		assertThat(contents(model, "Hi", "Hi")).hasSize(2).allMatch((answer) -> answer.contains("“Hi”"));
		assertThat(contents(model, "a", "b", "c", "d")).doesNotHaveDuplicates();
	}

	@Test
	void improvisedAnswerQuotesALongPromptInPart() {
		assertThat(contents(FakeModel.of(), "x".repeat(500))).first()
			.satisfies((answer) -> assertThat(answer).contains("x".repeat(80) + "…").doesNotContain("x".repeat(81)));
	}

	@Test
	void improvisedAnswerReasonsWhenAsked() {
		ModelResponse response = response(FakeModel.of(),
				ChatRequest.builder()
					.messages(Message.user("Hi"))
					.options((options) -> options.reasoning(Reasoning.effort("low")))
					.build());

		assertThat(response.reasoning()).contains("“Hi”");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Use get_weather please", "get weather for Oslo", "GET_WEATHER" })
	void improvisationCallsAToolThatTheUserNames(String prompt) {
		ModelResponse response = FakeModel.of()
			.chat(List.of(Message.user(prompt)), List.of(Tool.of("time", "The time", "{}"), weather()))
			.block(TIMEOUT);

		assertThat(response.toolCalls()).singleElement().satisfies((call) -> {
			assertThat(call.name()).isEqualTo("get_weather");
			assertThat(call.arguments()).isEqualTo("{}");
		});
	}

	@Test
	void improvisationCallsNoToolThatNobodyNames() {
		ModelResponse response = FakeModel.of().chat(List.of(Message.user("Hi")), List.of(weather())).block(TIMEOUT);

		assertThat(response.toolCalls()).isEmpty();
	}

	@Test
	void improvisationReportsTheResultsOfTools() {
		AssistantMessage calls = response(FakeModel.builder()
			.respondWith(FakeResponse.toolCall("get_weather", "{}").thenToolCall("get_time", "{}"))
			.build(), ChatRequest.of("get_weather")).toMessage();

		String report = response(FakeModel.of(), ChatRequest.of(List.of(Message.user("get_weather"), calls,
				Message.tool("call_1", "4 °C"), Message.toolError("call_2", "no clock"))))
			.content();

		assertThat(report).contains("`get_weather` answered “4 °C”").contains("`get_time` failed with “no clock”");
	}

	@Test
	void canBeProxied() {
		ProxyFactory factory = new ProxyFactory(FakeModel.of("one"));
		factory.setProxyTargetClass(true);
		FakeModel proxy = (FakeModel) factory.getProxy();

		assertThat(contents(proxy.respondWith("now"), 2)).containsExactly("now", "one");
		assertThat(proxy.requests()).isNotNull();
	}

	private static Tool weather() {
		return Tool.of("get_weather", "The weather", "{\"type\": \"object\"}");
	}

	private static List<String> contents(Model model, int count) {
		return Flux.range(0, count)
			.concatMap((index) -> model.chat("Hi"))
			.map(ModelResponse::content)
			.collectList()
			.block(TIMEOUT);
	}

	private static List<String> contents(Model model, String... prompts) {
		return Flux.just(prompts).concatMap(model::chat).map(ModelResponse::content).collectList().block(TIMEOUT);
	}

	private static ModelResponse response(Model model, ChatRequest request) {
		return model.chat(request).block(TIMEOUT);
	}

}
