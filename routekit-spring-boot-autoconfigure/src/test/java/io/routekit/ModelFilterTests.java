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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ModelFilter} and for the {@link CallListener} of one.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModelFilterTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final StreamEvent TEXT = new StreamEvent.Text("Hel");

	private static final StreamEvent LAST = new StreamEvent.Completed(ModelResponse.of("Hello"));

	private final List<String> notes = new ArrayList<>();

	private final Model hello = TestModels.streaming(Flux.just(TEXT, LAST));

	@Test
	void requestIsChangedForBothKindsOfCall() {
		Model echo = ((Model) (request) -> Mono.just(ModelResponse.of(request.messages().get(0).text())))
			.filter(ModelFilter.ofRequest((request) -> ChatRequest.of(request.messages().get(0).text() + "!")));
		assertThat(echo.chat("Hi").block(LIMIT).content()).isEqualTo("Hi!");
		assertThat(echo.stream("Hi").collectList().block(LIMIT)).first().isEqualTo(new StreamEvent.Text("Hi!"));
	}

	@Test
	void responseIsChangedForBothKindsOfCall() {
		Model loud = this.hello
			.filter(ModelFilter.ofResponse((response) -> ModelResponse.of(response.content() + "!")));
		assertThat(loud.chat("Hi").block(LIMIT).content()).isEqualTo("Hello!");
		List<StreamEvent> events = loud.stream("Hi").collectList().block(LIMIT);
		assertThat(events).first().isEqualTo(TEXT);
		assertThat(events).last()
			.isInstanceOfSatisfying(StreamEvent.Completed.class,
					(completed) -> assertThat(completed.response().content()).isEqualTo("Hello!"));
	}

	@Test
	void filterHasTheDefaultOrderUnlessItSaysAnother() {
		assertThat(ModelFilter.ofRequest((request) -> request).getOrder()).isEqualTo(ModelFilter.DEFAULT_ORDER);
		assertThat(ModelFilter.ofResponse((response) -> response).withOrder(7).getOrder()).isEqualTo(7);
	}

	@Test
	void filterWithAnotherOrderDoesTheSame() {
		Model loud = this.hello
			.filter(ModelFilter.ofResponse((response) -> ModelResponse.of(response.content() + "!")).withOrder(7));
		assertThat(loud.chat("Hi").block(LIMIT).content()).isEqualTo("Hello!");
		assertThat(loud.stream("Hi").blockLast(LIMIT)).isInstanceOfSatisfying(StreamEvent.Completed.class,
				(completed) -> assertThat(completed.response().content()).isEqualTo("Hello!"));
	}

	@Test
	void listenerLearnsOfEventsAndOfTheEndBeforeTheSubscriber() {
		Model model = this.hello.filter(noting());
		model.stream("Hi").doOnNext((event) -> this.notes.add("subscriber")).blockLast(LIMIT);
		assertThat(this.notes).containsExactly("start", "event", "subscriber", "SUCCESS Hello", "subscriber");
		this.notes.clear();
		model.chat("Hi").doOnNext((response) -> this.notes.add("subscriber")).block(LIMIT);
		assertThat(this.notes).containsExactly("start", "SUCCESS Hello", "subscriber");
	}

	@Test
	void listenersLearnOfAnyEndFromTheModelOutwards() {
		for (Flux<StreamEvent> events : List.of(Flux.just(TEXT, LAST),
				Flux.just(TEXT).concatWith(Flux.error(new IllegalStateException("broken"))),
				Flux.just(TEXT).concatWith(Flux.never()))) {
			this.notes.clear();
			Model model = TestModels.streaming(events).filter(naming("inner")).filter(naming("outer"));
			model.stream("Hi").onErrorComplete().take(Duration.ofMillis(10)).blockLast(LIMIT);
			assertThat(this.notes).containsExactly("inner", "outer");
		}
	}

	@Test
	void listenerLearnsOfOneEnd() {
		IllegalStateException broken = new IllegalStateException("broken");
		assertThat(ends(Flux.just(TEXT, LAST).concatWith(Flux.error(broken)))).singleElement()
			.satisfies((end) -> assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS));
		assertThat(ends(Flux.error(broken))).containsExactly(new CallEnd(Outcome.ERROR, null, broken, false));
		assertThat(ends(Flux.just(TEXT).concatWith(Flux.error(broken))))
			.containsExactly(new CallEnd(Outcome.ERROR, null, broken, true));
		assertThat(ends(Flux.never())).containsExactly(new CallEnd(Outcome.CANCELLED, null, null, false));
		assertThat(ends(Flux.just(TEXT).concatWith(Flux.never())))
			.containsExactly(new CallEnd(Outcome.CANCELLED, null, null, true));
	}

	private List<CallEnd> ends(Flux<StreamEvent> events) {
		WatchedCalls watched = new WatchedCalls();
		TestModels.streaming(events).filter(watched.filter()).stream("Hi").onErrorComplete().subscribe().dispose();
		return watched.ends();
	}

	@Test
	void listenerCanRefuseACall() {
		ModelException refusal = ModelException.invalidRequest("Not today");
		Model model = this.hello.filter(ModelFilter.ofListener((start) -> {
			throw refusal;
		}));
		StepVerifier.create(model.chat("Hi"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(refusal))
			.verify(LIMIT);
		StepVerifier.create(model.stream("Hi"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(refusal))
			.verify(LIMIT);
	}

	@Test
	void nobodyNeedsToListen() {
		Model model = this.hello.filter(ModelFilter.ofListener((start) -> null));
		assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("Hello");
		assertThat(model.stream("Hi").blockLast(LIMIT)).isEqualTo(LAST);
	}

	@ParameterizedTest
	@MethodSource("faultyListeners")
	void listenerThatThrowsFailsNoCall(CallListener listener, CapturedOutput output) {
		Model model = this.hello.filter(ModelFilter.ofListener((start) -> listener));
		assertThat(model.stream("Hi").collectList().block(LIMIT)).containsExactly(TEXT, LAST);
		assertThat(model.chat("Hi").block(LIMIT).content()).isEqualTo("Hello");
		assertThat(output).containsOnlyOnce("A CallListener failed, which is logged once and fails no call");
	}

	static Stream<CallListener> faultyListeners() {
		return Stream.of((end) -> fail(), new CallListener() {

			@Override
			public void onEvent(StreamEvent event) {
				fail();
			}

			@Override
			public void subscribe(Runnable subscription) {
				fail();
			}

			@Override
			public Context addToContext(Context context) {
				return fail();
			}

			@Override
			public void onEnd(CallEnd end) {
			}

		});
	}

	private static <T> T fail() {
		throw new IllegalStateException("The listener is broken");
	}

	@Test
	void listenerFindsTheCallThatHasNoNameInTheApplication() {
		WatchedCalls watched = new WatchedCalls();
		this.hello.filter(watched.filter()).stream("Hi").blockLast(LIMIT);
		assertThat(watched.calls()).singleElement().satisfies((call) -> {
			assertThat(call.name()).isEqualTo("unnamed");
			assertThat(call.isStreaming()).isTrue();
			assertThat(call.deadline()).isNull();
		});
	}

	@Test
	void nothingIsMadeOfNull() {
		assertThatIllegalArgumentException().isThrownBy(() -> ModelFilter.ofListener(null))
			.withMessage("'factory' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> ModelFilter.ofResponse(null))
			.withMessage("'mapper' must not be null");
	}

	private ModelFilter noting() {
		return ModelFilter.ofListener((start) -> {
			this.notes.add("start");
			return new CallListener() {

				@Override
				public void onEvent(StreamEvent event) {
					ModelFilterTests.this.notes.add("event");
				}

				@Override
				public void onEnd(CallEnd end) {
					ModelFilterTests.this.notes.add(end.outcome() + " " + end.response().content());
				}

			};
		});
	}

	private ModelFilter naming(String name) {
		return ModelFilter.ofListener((start) -> (end) -> this.notes.add(name));
	}

}
