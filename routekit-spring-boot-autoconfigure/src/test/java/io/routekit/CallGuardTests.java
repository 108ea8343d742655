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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CallGuard}, {@link FilteredModel} and {@link GuardSubscriber}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallGuardTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final StreamEvent EVENT = new StreamEvent.Text("a");

	private final StackOverflowError error = new StackOverflowError("on purpose");

	private final TestPublisher<StreamEvent> source = TestPublisher.create();

	private final Model model = model(this.source.flux());

	private final Recorder recorder = new Recorder();

	private static Model model(Flux<StreamEvent> events) {
		return new Model() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request) {
				throw new UnsupportedOperationException();
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request) {
				return events;
			}

		};
	}

	private static ModelFilter filter(UnaryOperator<Flux<StreamEvent>> operators) {
		return new ModelFilter() {

			@Override
			public Flux<StreamEvent> stream(ChatRequest request, Model next) {
				return operators.apply(next.stream(request));
			}

			@Override
			public Mono<ModelResponse> chat(ChatRequest request, Model next) {
				return next.chat(request);
			}

		};
	}

	private Model filtered(UnaryOperator<Flux<StreamEvent>> operators) {
		return this.model.filter(filter(operators));
	}

	private void assertFailedBy(Throwable failure) {
		assertThat(this.recorder.signals).endsWith("error " + failure.getClass().getSimpleName());
		assertThat(this.recorder.terminalSignals()).isOne();
		this.source.assertWasCancelled();
	}

	private <T> T fail(T element) {
		throw this.error;
	}

	@ParameterizedTest
	@MethodSource("brokenOperators")
	void errorOfTheMachineInAFilterEndsTheCallOnceAndIsThrownOn(String name, UnaryOperator<Flux<StreamEvent>> operators,
			boolean atTheEnd) {
		filtered(operators).filter(filter((events) -> events.map(Function.identity())))
			.stream("Hi")
			.subscribe(this.recorder);

		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> {
			if (atTheEnd) {
				this.source.error(new IllegalStateException("the end"));
			}
			else {
				this.source.next(EVENT);
			}
		});

		assertThat(this.recorder.signals).containsExactly("error StackOverflowError");
	}

	static Stream<Arguments> brokenOperators() {
		StackOverflowError error = new StackOverflowError("on purpose");
		UnaryOperator<StreamEvent> broken = (event) -> {
			throw error;
		};
		return Stream.of(operators("map", (events) -> events.map(broken)),
				operators("doOnNext", (events) -> events.doOnNext(broken::apply)),
				operators("flatMap", (events) -> events.flatMap((event) -> Mono.just(broken.apply(event)))),
				operators("concatMap", (events) -> events.concatMap((event) -> Mono.just(broken.apply(event)))),
				operators("done before",
						(events) -> events.next().flatMap((event) -> Mono.just(broken.apply(event))).flux()),
				operators("done further on",
						(events) -> events.next()
							.map(Function.identity())
							.flatMap((event) -> Mono.just(broken.apply(event)))
							.flux()),
				operators("fallback is no way out",
						(events) -> events.map(broken).onErrorResume((failure) -> Flux.never())),
				Arguments.of("doOnError", operator((events) -> events.doOnError((failure) -> broken.apply(EVENT))),
						true),
				Arguments.of("onErrorResume", operator((events) -> events.onErrorResume((failure) -> {
					throw error;
				})), true));
	}

	private static Arguments operators(String name, UnaryOperator<Flux<StreamEvent>> operators) {
		return Arguments.of(name, operators, false);
	}

	private static UnaryOperator<Flux<StreamEvent>> operator(UnaryOperator<Flux<StreamEvent>> operator) {
		return operator;
	}

	@Test
	void filtersAroundABrokenOneGetItsErrorAndThoseWithinAreCancelled() {
		List<SignalType> within = new ArrayList<>();
		List<SignalType> around = new ArrayList<>();
		this.model.filter(filter((events) -> events.doFinally(within::add)))
			.filter(filter((events) -> events.map(this::fail)))
			.filter(filter((events) -> events.doFinally(around::add)))
			.stream("Hi")
			.subscribe(this.recorder);

		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.source.next(EVENT));

		assertThat(within).containsExactly(SignalType.CANCEL);
		assertThat(around).containsExactly(SignalType.ON_ERROR);
		assertFailedBy(this.error);
	}

	@Test
	void filterThatThrowsInPlaceOfAnAnswerFailsTheCall() {
		IllegalStateException failure = new IllegalStateException("Broken");
		Model broken = this.model.filter(filter((events) -> {
			throw failure;
		}));
		StepVerifier.create(broken.stream("Hi")).expectErrorMatches(failure::equals).verify(LIMIT);
	}

	@Test
	void errorOfTheMachineInPlaceOfAnAnswerIsSignalledAndThrownOn() {
		Model broken = filtered(this::fail);
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> broken.stream("Hi").subscribe(this.recorder));
		assertThat(this.recorder.signals).containsExactly("error StackOverflowError");
	}

	@Test
	void nothingInPlaceOfAnAnswerFailsTheCall() {
		Model nothing = (request) -> null;
		assertThatIllegalStateException().isThrownBy(() -> CallGuard.model(nothing).chat("Hi").block(LIMIT))
			.withMessageContaining("returned null");
		StepVerifier.create(filtered((events) -> null).stream("Hi"))
			.expectErrorMessage("There is no answer to subscribe to: a model or a filter returned null")
			.verify(LIMIT);
	}

	@Test
	void filterIsAskedAnewForEachSubscription() {
		List<ChatRequest> requests = new ArrayList<>();
		Mono<ModelResponse> answer = ((Model) (request) -> Mono.just(ModelResponse.of("a"))).filter(new ModelFilter() {

			@Override
			public Mono<ModelResponse> chat(ChatRequest request, Model next) {
				requests.add(request);
				return next.chat(request);
			}

			@Override
			public Flux<StreamEvent> stream(ChatRequest request, Model next) {
				return next.stream(request);
			}

		}).chat("Hi");

		assertThat(requests).isEmpty();
		answer.block(LIMIT);
		answer.block(LIMIT);
		assertThat(requests).hasSize(2);
	}

	@Test
	void errorThatASourceThrowsWhenItIsAskedIsSignalledAndThrownOn() {
		Model broken = model(Flux.generate((sink) -> fail(sink)));
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> CallGuard.model(broken).stream("Hi").subscribe(this.recorder));
		assertThat(this.recorder.signals).containsExactly("error StackOverflowError");
	}

	@Test
	void callWithinIsCancelledAlthoughAFilterThrowsWhenItIsCancelled() {
		filtered((events) -> events.doOnCancel(() -> fail(EVENT))).stream("Hi").subscribe(this.recorder);

		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(this.recorder::dispose);

		this.source.assertCancelled();
	}

	@Test
	void callWithinIsCancelledAlthoughAFilterThrowsWhenItsOwnErrorCancelsIt() {
		filtered((events) -> events.doOnCancel(() -> fail(EVENT)).map(this::fail)).stream("Hi")
			.subscribe(this.recorder);

		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.source.next(EVENT));

		assertFailedBy(this.error);
	}

	@Test
	void callsThatAFilterMakesOfOtherModelsAreGuardedAsItsOwn() {
		TestPublisher<ModelResponse> moderation = TestPublisher.create();
		Model moderator = CallGuard.model((request) -> moderation.mono());
		filtered((events) -> moderator.chat("Is that fine?").flatMapMany((verdict) -> Flux.defer(() -> fail(events))))
			.stream("Hi")
			.subscribe(this.recorder);

		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> moderation.next(ModelResponse.of("yes")));

		assertThat(this.recorder.signals).containsExactly("error StackOverflowError");
	}

	@Test
	void subscriberThatThrowsForAnEventGetsTheErrorOnce() {
		Recorder broken = new Recorder() {

			@Override
			protected void hookOnNext(StreamEvent event) {
				fail(event);
			}

		};
		CallGuard.model(this.model).stream("Hi").subscribe(new PlainSubscriber(broken));
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.source.next(EVENT));
		assertThat(broken.signals).containsExactly("error StackOverflowError");
		this.source.assertCancelled();
	}

	@Test
	void subscriberBehindAnOperatorThatIsDoneGetsTheErrorToo() {
		CallGuard.model(this.model)
			.stream("Hi")
			.next()
			.map(Function.identity())
			.flatMap((event) -> Mono.defer(() -> fail(Mono.just(event))))
			.flatMap((event) -> fail(Mono.just(event)))
			.subscribe(this.recorder);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.source.next(EVENT));
		assertThat(this.recorder.signals).containsExactly("error StackOverflowError");
	}

	@Test
	void subscriberThatThrowsAtTheEndGetsNoSecondEnd(CapturedOutput output) {
		PlainSubscriber broken = new PlainSubscriber(this.recorder);
		broken.thrownAtTheEnd = new IllegalStateException("Broken");
		CallGuard.model(this.model).stream("Hi").subscribe(broken);
		this.source.complete();
		assertThat(this.recorder.signals).containsExactly("complete");
		assertThat(output).contains("The subscriber of a call threw when the call ended");
	}

	@Test
	void operatorThatThrowsAtTheEndPassesTheErrorOn() {
		CallGuard.model(this.model).stream("Hi").doOnComplete(() -> fail(EVENT)).subscribe(this.recorder);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(this.source::complete);
		assertThat(this.recorder.signals).containsExactly("error StackOverflowError");
	}

	@Test
	void nothingFollowsTheEndOfAModelThatDoesNotKeepToTheProtocol() {
		Model wild = model(new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super StreamEvent> actual) {
				actual.onSubscribe(Operators.emptySubscription());
				actual.onSubscribe(Operators.emptySubscription());
				actual.onNext(EVENT);
				actual.onComplete();
				actual.onNext(EVENT);
				actual.onError(new IllegalStateException("late"));
				actual.onComplete();
				throw new IllegalStateException("very late");
			}

		});
		CallGuard.model(wild).stream("Hi").subscribe(this.recorder);
		assertThat(this.recorder.signals).containsExactly("next", "complete");
	}

	@Test
	void endWithoutASubscriptionIsAnEnd() {
		Model hasty = model(new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super StreamEvent> actual) {
				actual.onError(new IllegalStateException("at once"));
			}

		});
		StepVerifier.create(CallGuard.model(hasty).stream("Hi")).expectErrorMessage("at once").verify(LIMIT);
		Model empty = model(new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super StreamEvent> actual) {
				actual.onComplete();
			}

		});
		StepVerifier.create(CallGuard.model(empty).stream("Hi")).expectComplete().verify(LIMIT);
	}

	@Test
	void filterThatAddsNothingCostsNothingForAnEvent() {
		boolean contextPropagation = Hooks.isAutomaticContextPropagationEnabled();
		Hooks.disableAutomaticContextPropagation();
		List<CoreSubscriber<?>> subscribers = new ArrayList<>();
		Model seeing = model(new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super StreamEvent> actual) {
				subscribers.add(actual);
				Operators.complete(actual);
			}

		});
		Publisher<StreamEvent> call = seeing.filter(filter(UnaryOperator.identity()))
			.filter(filter(UnaryOperator.identity()))
			.stream("Hi");
		call.subscribe(this.recorder);
		if (contextPropagation) {
			Hooks.enableAutomaticContextPropagation();
		}
		assertThat(subscribers).singleElement().extracting("actual").isSameAs(this.recorder);
	}

	@Test
	void bystanderFailsNoCallAndIsToldOfOnce(CapturedOutput output) {
		Bystander bystander = new Bystander("Somebody");
		for (int i = 0; i < 3; i++) {
			bystander.tell(() -> {
				throw new IllegalStateException("Broken");
			});
		}
		assertThat(bystander.<String>ask(() -> {
			throw new IllegalStateException("Broken");
		})).isNull();
		assertThat(bystander.ask(() -> "a")).isEqualTo("a");
		assertThat(output.getOut().split("Somebody failed", -1)).hasSize(2);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> bystander.tell(() -> fail(EVENT)));
	}

	/**
	 * A subscriber that writes down what it gets.
	 */
	private static class Recorder extends BaseSubscriber<StreamEvent> {

		final List<String> signals = new ArrayList<>();

		@Override
		protected void hookOnNext(StreamEvent event) {
			this.signals.add("next");
		}

		@Override
		protected void hookOnComplete() {
			this.signals.add("complete");
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.signals.add("error " + failure.getClass().getSimpleName());
		}

		long terminalSignals() {
			return this.signals.stream().filter((signal) -> !signal.equals("next")).count();
		}

	}

	/**
	 * A subscriber of somebody's who knows nothing of Reactor.
	 */
	private static final class PlainSubscriber implements CoreSubscriber<StreamEvent> {

		private final Recorder recorder;

		private RuntimeException thrownAtTheEnd;

		PlainSubscriber(Recorder recorder) {
			this.recorder = recorder;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(StreamEvent event) {
			this.recorder.hookOnNext(event);
		}

		@Override
		public void onError(Throwable failure) {
			this.recorder.hookOnError(failure);
		}

		@Override
		public void onComplete() {
			this.recorder.hookOnComplete();
			if (this.thrownAtTheEnd != null) {
				throw this.thrownAtTheEnd;
			}
		}

	}

}
