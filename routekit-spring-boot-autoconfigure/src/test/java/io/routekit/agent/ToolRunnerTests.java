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

package io.routekit.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.routekit.ContentPart;
import io.routekit.ImagePart;
import io.routekit.JsonFaultsException;
import io.routekit.TextPart;
import io.routekit.Tool;
import io.routekit.ToolCall;
import io.routekit.fake.FakeModel;
import io.routekit.http.TestCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ToolRunner}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ToolRunnerTests {

	private static final int MAX_LENGTH = 200;

	private static final AgentRun RUN = new AgentRun("run_1", "desk", FakeModel.of("ok"), AgentRequest.of("Hi"),
			Collections.emptyList());

	@Test
	void tellsThatACallBeginsAndThatItHasEnded() {
		ToolCall call = call("c1", "find_order");

		List<AgentEvent> events = events(runner(returning("find_order", ToolResult.of("found"))), call);

		assertThat(events).hasSize(2);
		assertThat(events.get(0)).isEqualTo(new AgentEvent.ToolStarted(3, call));
		ToolStep step = ((AgentEvent.ToolFinished) events.get(1)).step();
		assertThat(step.call()).isEqualTo(call);
		assertThat(step.round()).isEqualTo(3);
		assertThat(step.result()).isEqualTo(ToolResult.of("found"));
		assertThat(step.duration()).isPositive();
	}

	@Test
	void nothingRunsBeforeSomebodySubscribes() {
		AtomicInteger subscriptions = new AtomicInteger();
		AgentTool tool = tool("find_order", (context) -> Mono.fromSupplier(() -> {
			subscriptions.incrementAndGet();
			return ToolResult.of("found");
		}));

		Flux<AgentEvent> events = runner(tool).run(List.of(call("c1", "find_order")), RUN, 1);
		assertThat(subscriptions).hasValue(0);
		events.blockLast(TestCalls.LIMIT);
		events.blockLast(TestCalls.LIMIT);

		assertThat(subscriptions).hasValue(2);
	}

	@Test
	void callsRunAtOnceAndEndInAnyOrder() {
		Controlled tool = new Controlled(false);

		StepVerifier.create(ended(runner(tool), call("c1", "controlled"), call("c2", "controlled")))
			.then(() -> assertThat(tool.started).containsExactly("c1", "c2"))
			.then(() -> tool.end(1))
			.expectNext("c2")
			.then(() -> tool.end(0))
			.expectNext("c1")
			.expectComplete()
			.verify(TestCalls.LIMIT);
	}

	@Test
	void noMoreCallsRunAtOnceThanTheBound() {
		Controlled tool = new Controlled(false);

		StepVerifier.create(ended(runner(tool), calls(10, "controlled")))
			.then(() -> assertThat(tool.started).hasSize(8))
			.then(() -> tool.end(7))
			.expectNext("c7")
			.then(() -> assertThat(tool.started).hasSize(9))
			.thenCancel()
			.verify(TestCalls.LIMIT);
		assertThat(tool.cancelled).hasValue(8);
	}

	@Test
	void callsOfASerialToolRunOneAfterTheOtherBesideOthers() {
		Controlled serial = new Controlled(true);

		StepVerifier
			.create(ended(runner(serial, returning("find_order", ToolResult.of("found"))), call("c1", "controlled"),
					call("c2", "controlled"), call("c3", "find_order")))
			.expectNext("c3")
			.then(() -> assertThat(serial.started).containsExactly("c1"))
			.then(() -> serial.end(0))
			.expectNext("c1")
			.then(() -> assertThat(serial.started).containsExactly("c1", "c2"))
			.then(() -> serial.end(1))
			.expectNext("c2")
			.expectComplete()
			.verify(TestCalls.LIMIT);
	}

	@ParameterizedTest
	@MethodSource("serialOrNot")
	void manyCallsThatEndAtOnceDoNotOverflowTheStack(boolean serial) {
		AgentTool tool = new HandMadeTool("find_order", serial, null, (context) -> Mono.just(ToolResult.of("found")));

		assertThat(ended(runner(tool), calls(10_000, "find_order")).count().block(TestCalls.LIMIT)).isEqualTo(10_000);
	}

	static Stream<Boolean> serialOrNot() {
		return Stream.of(true, false);
	}

	@Test
	void cancelReachesAToolThatNeverEnds() {
		Controlled tool = new Controlled(false);

		StepVerifier.create(ended(runner(tool), call("c1", "controlled")))
			.then(() -> assertThat(tool.started).hasSize(1))
			.thenCancel()
			.verify(TestCalls.LIMIT);

		assertThat(tool.cancelled).hasValue(1);
	}

	@Test
	void cancelInterruptsCodeThatBlocksAndLogsNothing(CapturedOutput output) throws InterruptedException {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		AgentTool tool = function("wait").function((in) -> {
			started.countDown();
			try {
				return new CountDownLatch(1).await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw new IllegalStateException(ex);
			}
		}).build();

		Disposable subscription = ended(runner(tool), call("c1", "wait")).subscribe();
		assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
		subscription.dispose();

		assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output).doesNotContain("IllegalStateException");
	}

	@Test
	void cancelCancelsAFuture() {
		CompletableFuture<String> future = new CompletableFuture<>();
		AgentTool tool = function("wait").function((in) -> future).nonBlocking().build();

		StepVerifier.create(ended(runner(tool), call("c1", "wait")))
			.then(() -> assertThat(future).isNotDone())
			.thenCancel()
			.verify(TestCalls.LIMIT);

		assertThat(future).isCancelled();
	}

	@Test
	void toolThatTakesTooLongIsCancelledAndTheModelIsTold() {
		AtomicBoolean cancelled = new AtomicBoolean();
		AgentTool tool = new HandMadeTool("find_order", false, Duration.ofSeconds(5),
				(context) -> Mono.<ToolResult>never().doOnCancel(() -> cancelled.set(true)));

		StepVerifier
			.withVirtualTime(() -> runner(tool).run(List.of(call("c1", "find_order")), RUN, 1)
				.ofType(AgentEvent.ToolFinished.class)
				.map((event) -> event.step().result()))
			.thenAwait(Duration.ofSeconds(5))
			.expectNext(ToolResult.error("find_order did not answer within 5s. It is not known what it has done."))
			.expectComplete()
			.verify(TestCalls.LIMIT);
		assertThat(cancelled).isTrue();
	}

	@Test
	void modelIsToldWhichToolsThereAre() {
		ToolRunner runner = runner(returning("find_order", ToolResult.of("1")),
				returning("list_orders", ToolResult.of("2")));

		assertThat(result(runner, call("c1", "find\norder")))
			.isEqualTo(ToolResult.error("There is no tool \"find order\". There are: find_order, list_orders."));
		assertThat(result(runner(), call("c1", "x".repeat(100_000))).text()).hasSizeLessThan(200)
			.endsWith("There are no tools.");
	}

	@Test
	void modelIsToldOfNoMoreThanAHundredTools() {
		ToolRunner runner = runner(IntStream.range(0, 150)
			.mapToObj((i) -> returning("tool_" + i, ToolResult.of("1")))
			.toArray(AgentTool[]::new));

		assertThat(result(runner, call("c1", "tool")).text()).endsWith("tool_99 and 50 more.");
	}

	@Test
	void callThatIsNotCompleteDoesNotRun() {
		AgentTool tool = tool("find_order", (context) -> {
			throw new AssertionError("It runs");
		});

		ToolResult result = result(runner(tool),
				ToolCall.of("c1", "find_order", "{\"note\":\"%s\",\"number\":7".formatted("x".repeat(100))));

		assertThat(result.error()).isTrue();
		assertThat(result.text())
			.startsWith("The arguments of find_order are not a complete JSON object; they ended with xxx")
			.contains("x\",\"number\":7. Call it again");
	}

	@Test
	void modelIsToldWhatIsWrongWithTheArguments() {
		AgentTool tool = function("find_order").function((in) -> in).build();

		assertThat(result(runner(tool), ToolCall.of("c1", "find_order", "{\"number\":\"x\"}"))).isEqualTo(ToolResult
			.error("The arguments of find_order are not valid: number must be an integer but was \"x\". Call it again with corrected arguments."));
	}

	@Test
	void modelIsToldOfTwentyFaultsAtMost() {
		List<String> faults = IntStream.range(0, 30).mapToObj((i) -> "f" + i).toList();
		AgentTool tool = tool("find_order", (context) -> Mono.error(new JsonFaultsException(faults)));

		assertThat(result(runner(tool), call("c1", "find_order")).text()).contains("f19; and 10 more.");
	}

	@ParameterizedTest
	@MethodSource("places")
	void toolExceptionSaysWhatTheModelIsTold(Function<Throwable, AgentTool> place, CapturedOutput output) {
		AgentTool tool = place.apply(new ToolException("No such order", new IllegalStateException("secret")));

		assertThat(result(runner(tool), call("c1", "broken"))).isEqualTo(ToolResult.error("No such order"));
		assertThat(output).doesNotContain("secret");
	}

	@ParameterizedTest
	@MethodSource("placesAndFailures")
	void modelIsNotToldWhyAToolFailedUnexpectedly(Function<Throwable, AgentTool> place, Throwable failure,
			CapturedOutput output) {
		assertThat(result(runner(place.apply(failure)), call("c1", "broken")))
			.isEqualTo(ToolResult.error("broken failed. It is not known what it has done."));
		assertThat(output).containsOnlyOnce("The tool 'broken' of the agent 'desk' failed in the run run_1")
			.contains("why it? failed")
			.doesNotContain("Operator called default onErrorDropped");
	}

	@ParameterizedTest
	@MethodSource("places")
	void errorOfTheMachineFailsTheRun(Function<Throwable, AgentTool> place) {
		Throwable failure = new VirtualMachineError("why it failed") {
		};

		Mono<ToolResult> result = runner(place.apply(failure)).run(List.of(call("c1", "broken")), RUN, 1)
			.then(Mono.just(ToolResult.of("ended")));

		assertThatExceptionOfType(VirtualMachineError.class)
			.isThrownBy(() -> result.subscribeOn(Schedulers.single()).block(TestCalls.LIMIT))
			.satisfies((thrown) -> assertThat(thrown).isSameAs(failure));
	}

	static Stream<Arguments> placesAndFailures() {
		return Stream.of(new IllegalStateException("why it\u0007 failed"), new Exception("why it\u0007 failed"),
				new AssertionError("why it\u0007 failed"), new ToolException(" ", new Exception("why it\u0007 failed")),
				new CompletionException(new Exception("why it\u0007 failed")))
			.flatMap((failure) -> places().map((place) -> Arguments.of(place.get()[0], failure)));
	}

	static Stream<Arguments> places() {
		return Stream.<Function<Throwable, AgentTool>>of((failure) -> tool("broken", (context) -> sneak(failure)),
				(failure) -> tool("broken", (context) -> Mono.error(failure)),
				(failure) -> tool("broken", (context) -> new BrokenMono((subscriber) -> sneak(failure))),
				(failure) -> tool("broken", (context) -> new BrokenMono((subscriber) -> {
					subscriber.onSubscribe(Operators.emptySubscription());
					subscriber.onError(failure);
					subscriber.onError(failure);
					return null;
				})), (failure) -> function("broken").function((in) -> sneak(failure)).build(),
				(failure) -> function("broken").function((in) -> sneak(failure)).nonBlocking().build(),
				(failure) -> function("broken").function((in) -> Mono.error(failure)).build(),
				(failure) -> function("broken").function((in) -> CompletableFuture.failedFuture(failure)).build())
			.map(Arguments::of);
	}

	@Test
	void toolWithoutAPublisherHasFailed() {
		AgentTool tool = tool("broken", (context) -> null);

		assertThat(result(runner(tool), call("c1", "broken")).error()).isTrue();
	}

	@Test
	void toolThatGivesTwoResultsHasGivenTheFirst(CapturedOutput output) {
		AgentTool tool = tool("broken", (context) -> new BrokenMono((subscriber) -> {
			subscriber.onSubscribe(Operators.emptySubscription());
			subscriber.onNext(ToolResult.of("first"));
			subscriber.onNext(ToolResult.of("second"));
			subscriber.onComplete();
			subscriber.onComplete();
			return null;
		}));

		assertThat(events(runner(tool), call("c1", "broken"))).hasSize(2);
		assertThat(result(runner(tool), call("c1", "broken"))).isEqualTo(ToolResult.of("first"));
	}

	@ParameterizedTest
	@MethodSource("nothings")
	void modelIsToldThatThereIsNoResult(AgentTool tool) {
		assertThat(result(runner(tool), call("c1", "nothing")).text()).isEqualTo("The call is done. It has no result.");
	}

	static Stream<AgentTool> nothings() {
		return Stream.of(tool("nothing", (context) -> Mono.empty()), returning("nothing", ToolResult.of(" \n")),
				returning("nothing", ToolResult.error("")), function("nothing").function((in) -> null).build(),
				function("nothing").function((in) -> Mono.empty()).build(),
				function("nothing").function((in) -> CompletableFuture.completedFuture(null)).build());
	}

	@Test
	void longResultIsCut() {
		ContentPart image = ImagePart.ofUrl("https://example.org/a.png");
		ToolResult result = new ToolResult(List.of(new TextPart("a".repeat(MAX_LENGTH - 1)), image,
				new TextPart("\uD83D\uDE00b"), new TextPart("c")), true);

		ToolResult cut = result(runner(returning("find_order", result)), call("c1", "find_order"));

		assertThat(cut.error()).isTrue();
		assertThat(cut.parts()).containsExactly(new TextPart("a".repeat(MAX_LENGTH - 1)), image,
				new TextPart("\n[Cut: these are the first 200 of 203 characters]"));
	}

	@Test
	void resultOfTheGreatestLengthIsNotCut() {
		ToolResult result = ToolResult.of("a".repeat(MAX_LENGTH));

		assertThat(result(runner(returning("find_order", result)), call("c1", "find_order"))).isEqualTo(result);
	}

	@Test
	void longTextOfAFailureIsCut() {
		AgentTool tool = tool("find_order", (context) -> Mono.error(new ToolException("x".repeat(1000))));

		assertThat(result(runner(tool), call("c1", "find_order")).text()).hasSizeLessThan(MAX_LENGTH + 60)
			.contains("[Cut: ");
	}

	@Test
	void filtersSurroundACallInTheirOrder() {
		List<String> seen = new ArrayList<>();
		AgentTool tool = tool("find_order", (context) -> Mono.fromSupplier(() -> {
			seen.add("tool");
			return ToolResult.of("found");
		}));

		result(runner(List.of(recording(seen, "outer"), recording(seen, "inner")), tool), call("c1", "find_order"));

		assertThat(seen).containsExactly("outer", "inner", "tool", "inner: false", "outer: false");
	}

	@Test
	void filtersSeeCallsThatFailAsResults() {
		List<String> seen = new ArrayList<>();
		ToolRunner runner = runner(List.of(recording(seen, "filter")),
				tool("find_order", (context) -> Mono.error(new IllegalStateException())));

		result(runner, call("c1", "find_order"));
		result(runner, call("c2", "unknown"));
		result(runner, ToolCall.of("c3", "find_order", "{"));

		assertThat(seen).containsExactly("filter", "filter: true", "filter", "filter: true", "filter", "filter: true");
	}

	@ParameterizedTest
	@MethodSource("brokenFilters")
	void filterThatFailsFailsTheCallAlone(AgentFilter filter) {
		ToolRunner runner = runner(List.of(filter), returning("find_order", ToolResult.of("found")));

		assertThat(result(runner, call("c1", "find_order")))
			.isEqualTo(ToolResult.error("find_order failed. It is not known what it has done."));
	}

	static Stream<AgentFilter> brokenFilters() {
		return Stream.of(filter((step) -> sneak(new IllegalStateException("broken"))),
				filter((step) -> Mono.error(new IllegalStateException("broken"))), filter((step) -> null),
				filter((step) -> step.then(Mono.empty())));
	}

	@Test
	void filterCanRefuseACall() {
		AgentFilter filter = filter((step) -> Mono.error(new ToolException("Not now")));

		assertThat(result(runner(List.of(filter), returning("find_order", ToolResult.of("found"))),
				call("c1", "find_order")))
			.isEqualTo(ToolResult.error("Not now"));
	}

	@Test
	void filterCannotTurnAStepIntoThatOfAnotherCall() {
		AgentFilter filter = filter((step) -> step
			.map((some) -> new ToolStep(9, call("another", "another"), some.result(), some.duration())));

		List<AgentEvent> events = events(runner(List.of(filter), returning("find_order", ToolResult.of("found"))),
				call("c1", "find_order"));

		assertThat(((AgentEvent.ToolFinished) events.get(1)).step().call().id()).isEqualTo("c1");
	}

	@Test
	void knowsItsToolsInTheirOrder() {
		AgentTool first = returning("find_order", ToolResult.of("found"));
		AgentTool second = returning("cancel_order", ToolResult.of("cancelled"));

		ToolRunner runner = runner(first, second);

		assertThat(runner.definitions()).extracting(Tool::name).containsExactly("find_order", "cancel_order");
		assertThat(runner.find("cancel_order")).isSameAs(second);
		assertThat(runner.find("unknown")).isNull();
	}

	@Test
	void refusesTwoToolsOfOneName() {
		AgentTool tool = returning("find_order", ToolResult.of("found"));

		assertThatIllegalArgumentException().isThrownBy(() -> runner(tool, tool))
			.withMessage("Two tools are named 'find_order'; give one of them another name");
	}

	@Test
	void refusesAToolThatDoesNotTellItsDefinition() {
		AgentTool tool = new AgentTool() {

			@Override
			public Tool definition() {
				throw new IllegalStateException("broken");
			}

			@Override
			public Mono<ToolResult> call(ToolContext context) {
				return Mono.empty();
			}

		};

		assertThatIllegalArgumentException().isThrownBy(() -> runner(tool))
			.withMessageContaining("does not tell its definition")
			.withCauseInstanceOf(IllegalStateException.class);
	}

	private static AgentFilter recording(List<String> seen, String name) {
		return new AgentFilter() {

			@Override
			public Mono<ToolStep> filterTool(ToolContext context, Mono<ToolStep> step) {
				return step.doFirst(() -> seen.add(name))
					.doOnNext((some) -> seen.add(name + ": " + some.result().error()));
			}

		};
	}

	private static AgentFilter filter(Function<Mono<ToolStep>, @Nullable Mono<ToolStep>> filter) {
		return new AgentFilter() {

			@Override
			public Mono<ToolStep> filterTool(ToolContext context, Mono<ToolStep> step) {
				return filter.apply(step);
			}

		};
	}

	@SuppressWarnings("unchecked") // Nothing is cast when this runs
	private static <R, E extends Throwable> R sneak(Throwable failure) throws E {
		throw (E) failure;
	}

	private static AgentTool.Builder<Order> function(String name) {
		return AgentTool.builder(name, Order.class);
	}

	private static AgentTool returning(String name, ToolResult result) {
		return tool(name, (context) -> Mono.just(result));
	}

	private static AgentTool tool(String name, Function<ToolContext, @Nullable Mono<ToolResult>> call) {
		return new HandMadeTool(name, false, null, call);
	}

	private static ToolCall call(String id, String name) {
		return ToolCall.of(id, name, "{\"number\":7}");
	}

	private static ToolCall[] calls(int count, String name) {
		return IntStream.range(0, count).mapToObj((i) -> call("c" + i, name)).toArray(ToolCall[]::new);
	}

	private static ToolRunner runner(AgentTool... tools) {
		return runner(Collections.emptyList(), tools);
	}

	private static ToolRunner runner(List<AgentFilter> filters, AgentTool... tools) {
		return new ToolRunner(List.of(tools), filters, 8, MAX_LENGTH);
	}

	private static List<AgentEvent> events(ToolRunner runner, ToolCall... calls) {
		return runner.run(List.of(calls), RUN, 3).collectList().blockOptional(TestCalls.LIMIT).orElseThrow();
	}

	private static Flux<String> ended(ToolRunner runner, ToolCall... calls) {
		return runner.run(List.of(calls), RUN, 1)
			.ofType(AgentEvent.ToolFinished.class)
			.map((event) -> event.step().call().id());
	}

	private static ToolResult result(ToolRunner runner, ToolCall call) {
		return ((AgentEvent.ToolFinished) events(runner, call).get(1)).step().result();
	}

	record Order(int number) {
	}

	private record HandMadeTool(String name, boolean isSerial, @Nullable Duration timeout,
			Function<ToolContext, @Nullable Mono<ToolResult>> call) implements AgentTool {

		@Override
		public Tool definition() {
			return Tool.of(this.name, null, "{}");
		}

		@Override
		public Mono<ToolResult> call(ToolContext context) {
			return this.call.apply(context);
		}

	}

	/**
	 * A tool whose calls end when a test says so.
	 */
	private static final class Controlled implements AgentTool {

		private final boolean serial;

		private final List<String> started = new ArrayList<>();

		private final List<Sinks.One<ToolResult>> ends = new ArrayList<>();

		private final AtomicInteger cancelled = new AtomicInteger();

		Controlled(boolean serial) {
			this.serial = serial;
		}

		@Override
		public Tool definition() {
			return Tool.of("controlled", null, "{}");
		}

		@Override
		public Mono<ToolResult> call(ToolContext context) {
			this.started.add(context.call().id());
			Sinks.One<ToolResult> end = Sinks.one();
			this.ends.add(end);
			return end.asMono().doOnCancel(this.cancelled::incrementAndGet);
		}

		void end(int index) {
			this.ends.get(index).tryEmitValue(ToolResult.of("done"));
		}

		@Override
		public boolean isSerial() {
			return this.serial;
		}

	}

	/**
	 * A publisher that keeps to no rule.
	 */
	private static final class BrokenMono extends Mono<ToolResult> {

		private final Function<CoreSubscriber<? super ToolResult>, @Nullable Object> behaviour;

		BrokenMono(Function<CoreSubscriber<? super ToolResult>, @Nullable Object> behaviour) {
			this.behaviour = behaviour;
		}

		@Override
		public void subscribe(CoreSubscriber<? super ToolResult> actual) {
			this.behaviour.apply(actual);
		}

	}

}
